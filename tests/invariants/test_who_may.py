"""To someone outside the desk nothing of it exists: the same answer as for a made-up name or id."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory

from articles import access, actions
from articles.http import Request
from articles.models import Claim, Membership, Role
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

DOORS: dict[Role, Callable[[Request, str], Membership]] = {
    Role.READER: access.member,
    Role.REVIEWER: access.reviewer,
    Role.EDITOR: access.editor,
    Role.ADMINISTRATOR: access.administrator,
}


@pytest.mark.parametrize("needed", Role)
@pytest.mark.parametrize("role", Role)
def test_a_member_passes_the_doors_up_to_their_role(needed: Role, role: Role, erin: Membership) -> None:
    member = factories.make_member("dora", by=erin, role=role)
    request = request_of(member)

    if role.rank >= needed.rank:
        assert DOORS[needed](request, "night-desk") == member
    else:
        with pytest.raises(PermissionDenied, match=needed.label.lower()):
            DOORS[needed](request, "night-desk")
    assert request.member == member


@pytest.mark.parametrize("needed", Role)
def test_a_stranger_is_answered_as_if_there_were_no_desk(needed: Role, erin: Membership, mallory: Membership) -> None:
    answers = []
    for slug in ("night-desk", "no-such-desk"):
        with pytest.raises(Http404) as caught:
            DOORS[needed](request_of(mallory), slug)
        answers.append(str(caught.value))

    assert answers[0] == answers[1]


def test_a_member_who_left_is_a_stranger(bob: Membership, erin: Membership) -> None:
    actions.desks.remove_member(by=erin, membership=bob)

    with pytest.raises(Http404):
        access.member(request_of(bob), "night-desk")


def test_a_role_that_changed_counts_at_once(bob: Membership, erin: Membership) -> None:
    actions.desks.change_role(by=erin, membership=bob, revision=1, role=Role.READER)

    with pytest.raises(PermissionDenied):
        access.reviewer(request_of(bob), "night-desk")


def test_a_row_of_another_desk_is_answered_like_a_made_up_id(alice: Membership, mallory: Membership) -> None:
    claim = factories.make_claim(by=alice)

    assert access.found(alice, Claim, claim.pk) == claim
    answers = []
    for rows in (Claim, Claim.objects.all(), Claim.objects.filter(desk_id=alice.desk_id)):
        for pk in (claim.pk, uuid4()):
            with pytest.raises(Http404) as caught:
                access.found(mallory, rows, pk)
            answers.append(str(caught.value))
    assert len(set(answers)) == 1


def request_of(member: Membership) -> Request:
    request = cast("Request", RequestFactory().get("/"))
    request.user = member.person
    return request
