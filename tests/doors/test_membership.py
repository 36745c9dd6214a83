"""What changes about a member counts with their next request, and two who come in at once do not both get one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from articles import actions, history
from articles.errors import Refused
from articles.models import Invitation, Membership, Role
from tests.actions.threads import overlapping
from tests.doors.keys import sign_in
from tests.factories import fresh, make_invitation, make_person

if TYPE_CHECKING:
    from articles.models import Desk

DESK = "/d/night-desk/"


def test_who_is_removed_is_out_with_the_next_request(alices: Client, alice: Membership, erin: Membership) -> None:
    assert alices.get(DESK).status_code == 200

    actions.desks.remove_member(by=erin, membership=alice)

    assert alices.get(DESK).status_code == 404
    assert alices.post(f"{DESK}stories/", {"title": "The bridge"}).status_code == 404
    assert "You are not on a desk yet" in alices.get("/").content.decode()


@pytest.mark.parametrize(("role", "status"), [(Role.READER, 403), (Role.EDITOR, 302)])
def test_another_role_counts_with_the_next_request(
    alices: Client, alice: Membership, erin: Membership, role: Role, status: int
) -> None:
    actions.desks.change_role(by=erin, membership=alice, revision=fresh(alice).revision, role=role)

    assert alices.post(f"{DESK}stories/", {"title": "The bridge"}).status_code == status
    assert alices.post(f"{DESK}people/invite/", {"invited": "Nina", "role": "reader"}).status_code == (
        200 if role == Role.EDITOR else 403
    )


def test_who_is_on_no_desk_is_told_so_in_plain_words(client: Client, db: None) -> None:
    sign_in(client, make_person("nils"))

    page = client.get("/").content.decode()

    assert "You are not on a desk yet" in page
    assert "Ask an editor of your desk for an invitation" in page


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_one_invitation_at_once_one_is_in(erin: Membership, desk: Desk) -> None:
    invitation = make_invitation(by=erin)
    nina, olga = make_person("nina"), make_person("olga")

    first, second = overlapping(
        lambda: actions.invitations.accept(invitation=invitation, person=nina),
        lambda: actions.invitations.accept(invitation=invitation, person=olga),
    )

    assert first == Membership.objects.get(person=nina)
    assert isinstance(second, Refused)
    assert not Membership.objects.filter(person=olga).exists()
    history.verify(desk)


@pytest.mark.django_db(transaction=True)
def test_an_invitation_that_is_revoked_as_it_is_taken_opens_nothing(erin: Membership) -> None:
    invitation, nina = make_invitation(by=erin), make_person("nina")

    first, second = overlapping(
        lambda: actions.invitations.revoke(by=erin, invitation=invitation),
        lambda: actions.invitations.accept(invitation=invitation, person=nina),
    )

    assert first == Invitation.objects.get()
    assert isinstance(second, Refused)
    assert not Membership.objects.filter(person=nina).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_invitations_that_one_person_takes_at_once_one_stays(erin: Membership) -> None:
    one, other, nina = make_invitation(by=erin), make_invitation(by=erin), make_person("nina")

    first, second = overlapping(
        lambda: actions.invitations.accept(invitation=one, person=nina),
        lambda: actions.invitations.accept(invitation=other, person=nina),
    )

    assert first == Membership.objects.get(person=nina)
    assert isinstance(second, Refused)
    assert Invitation.objects.open().get() == other


@pytest.mark.django_db(transaction=True)
def test_of_two_who_choose_one_name_at_once_one_has_it(erin: Membership) -> None:
    one, other = make_invitation(by=erin), make_invitation(by=erin)
    account = {"name": "Nina", "password": "seven lamps along the quay"}

    first, second = overlapping(
        lambda: actions.invitations.enrol(invitation=one, username="nina", **account),
        lambda: actions.invitations.enrol(invitation=other, username="NINA", **account),
    )

    assert first == Membership.objects.get(person__name="Nina")
    assert isinstance(second, Refused)
    assert "Someone else signs in with this name." in second.sentence


@pytest.mark.django_db(transaction=True)
def test_an_inviter_who_is_removed_meanwhile_lets_nobody_in(erin: Membership, desk: Desk) -> None:
    dora = actions.desks.add_member(by=erin, person=make_person("dora"), role=Role.EDITOR)
    invitation, nina = make_invitation(by=dora), make_person("nina")

    actions.desks.remove_member(by=erin, membership=dora)

    with pytest.raises(Refused, match="not open"):
        actions.invitations.accept(invitation=invitation, person=nina)
