from __future__ import annotations

import pytest

from articles import actions
from articles.errors import Refused
from articles.models import AuditEvent, Membership, RatingScale, Role
from articles.scales import SCALES
from tests import factories


def test_a_desk_begins_with_its_scales_and_an_administrator(mallory: Membership) -> None:
    scales = RatingScale.objects.filter(desk_id=mallory.desk_id)

    assert {scale.code: scale.ratings.count() for scale in scales} == {scale.code: len(scale.terms) for scale in SCALES}
    assert mallory.role == Role.ADMINISTRATOR


def test_a_member_who_left_is_taken_back_with_the_same_name(bob: Membership, erin: Membership) -> None:
    actions.desks.remove_member(by=erin, membership=bob)

    back = actions.desks.add_member(by=erin, person=bob.person, role=Role.EDITOR)

    assert (back, back.ended_at, back.role) == (bob, None, Role.EDITOR)


def test_a_member_is_added_once(bob: Membership, erin: Membership) -> None:
    with pytest.raises(Refused, match="already on this desk"):
        actions.desks.add_member(by=erin, person=bob.person, role=Role.EDITOR)


def test_a_desk_keeps_an_administrator(erin: Membership, bob: Membership) -> None:
    with pytest.raises(Refused, match="at least one administrator"):
        actions.desks.change_role(by=erin, membership=erin, revision=1, role=Role.EDITOR)

    actions.desks.change_role(by=erin, membership=bob, revision=1, role=Role.ADMINISTRATOR)
    actions.desks.change_role(by=erin, membership=erin, revision=1, role=Role.EDITOR)

    assert factories.fresh(erin).role == Role.EDITOR


def test_nobody_removes_themselves(erin: Membership) -> None:
    with pytest.raises(Refused, match="cannot remove yourself"):
        actions.desks.remove_member(by=erin, membership=erin)


def test_who_left_is_neither_removed_again_nor_given_a_role(erin: Membership, bob: Membership) -> None:
    gone = actions.desks.remove_member(by=erin, membership=bob)
    events = AuditEvent.objects.count()

    with pytest.raises(Refused, match="already left"):
        actions.desks.remove_member(by=erin, membership=bob)
    with pytest.raises(Refused, match="already left"):
        actions.desks.change_role(by=erin, membership=bob, revision=gone.revision, role=Role.EDITOR)

    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize("role", Role)
def test_each_role_may_what_the_one_before_it_may(role: Role) -> None:
    membership = Membership(role=role)

    assert [membership.may(other) for other in Role] == [other.rank <= role.rank for other in Role]


def test_who_left_may_nothing(bob: Membership, erin: Membership) -> None:
    gone = actions.desks.remove_member(by=erin, membership=bob)

    assert not any(gone.may(role) for role in Role)
