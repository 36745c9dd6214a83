"""An invitation: made in one's own name and within one's own role, for a week at most, taken or revoked once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from articles import actions
from articles.errors import Refused
from articles.models import AuditEvent, Invitation, Membership, Role
from articles.models.invitation import LASTS, hash_of
from tests import factories
from tests.invariants.attacks import DENIED, change, refused, run, tell, twin

DAY = timedelta(days=1)
COLUMNS = "(id, desk_id, invited, role, link_sha256, made_by_id, made_at, expires_at, revision)"


@pytest.fixture
def invitation(erin: Membership) -> Invitation:
    return factories.make_invitation(by=erin)


def insert(by: Membership, *, role: str = "reviewer", teller: Membership | None = None) -> None:
    own = uuid4()
    values = (own, by.desk_id, "Nina", role, hash_of(str(own)), by.person_id)
    placed = "(%s, %s, %s, %s, %s, %s, now(), now() + interval '1 day', 1)"
    run(f"INSERT INTO articles_invitation {COLUMNS} VALUES {placed}", *values)
    tell(teller or by, own, kind="invitation")


def overdue(by: Membership) -> Invitation:
    """One whose week is over."""
    now = timezone.now()
    made = factories.make_invitation(by=by)
    own = twin(made, by, link_sha256=hash_of("late"), made_at=str(now - LASTS - DAY), expires_at=str(now - DAY))
    return Invitation.objects.get(pk=own)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("invited", "Somebody else"),
        ("role", "administrator"),
        ("link_sha256", "1" * 64),
        ("expires_at", "2036-01-01Z"),
        ("made_at", "2036-01-01Z"),
        ("made_by_id", None),
    ],
)
def test_what_was_invited_to_cannot_be_written(
    column: str, value: str | None, invitation: Invitation, erin: Membership
) -> None:
    with refused(DENIED):
        change(invitation, erin, **{column: value or erin.person_id})


def test_the_owner_could_not_change_it_either(invitation: Invitation) -> None:
    guards = run(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'articles_invitation'::regclass AND NOT tgisinternal"
        " AND tgenabled = 'O'"
    )

    assert {name for (name,) in guards} >= {"invitation_stays", "invitation_is_settled", "invitation_within_own_role"}


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"invited": " "}, "invitation_says_who"),
        ({"role": "owner"}, "invitation_role_is_known"),
        ({"link_sha256": "the token itself"}, "invitation_keeps_a_hash"),
        ({"expires_at": "2126-01-01Z"}, "invitation_lasts_a_week"),
        ({"expires_at": "2016-01-01Z"}, "invitation_lasts_a_week"),
        ({"accepted_at": "2026-01-01Z"}, "invitation_accepted_by_someone"),
        ({"revoked_at": "2026-01-01Z"}, "invitation_revoked_by_someone"),
        ({}, "invitation_link_once"),
    ],
)
def test_an_invitation_that_contradicts_itself_is_refused(
    columns: dict[str, Any], constraint: str, invitation: Invitation, erin: Membership
) -> None:
    with refused(constraint):
        twin(invitation, erin, **({"link_sha256": "0" * 64} if columns else {}) | columns)


def test_it_is_not_both_accepted_and_revoked(invitation: Invitation, erin: Membership, bob: Membership) -> None:
    accepted = {"accepted_at": timezone.now(), "accepted_by_id": bob.person_id}
    revoked = {"revoked_at": timezone.now(), "revoked_by_id": erin.person_id}

    with refused("invitation_ends_in_one_way"):
        change(invitation, erin, **accepted, **revoked)


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_below_an_editor_nobody_invites(role: Role, erin: Membership) -> None:
    member = factories.make_member("dora", by=erin, role=role)

    with refused("invitation_within_own_role"):
        insert(member, role="reader", teller=erin)
    with pytest.raises(Refused):
        factories.make_invitation(by=member, role=Role.READER)


def test_an_editor_makes_no_administrator(erin: Membership) -> None:
    editor = factories.make_member("dora", by=erin, role=Role.EDITOR)

    with refused("invitation_within_own_role"):
        insert(editor, role="administrator")
    with pytest.raises(Refused) as caught:
        factories.make_invitation(by=editor, role=Role.ADMINISTRATOR)

    assert caught.value.field == "role"
    insert(editor, role="editor")


def test_who_left_invites_nobody(erin: Membership) -> None:
    editor = factories.make_member("dora", by=erin, role=Role.EDITOR)
    actions.desks.remove_member(by=erin, membership=editor)

    with refused("invitation_within_own_role"):
        insert(editor, teller=erin)


def test_nobody_invites_in_anothers_name(erin: Membership) -> None:
    editor = factories.make_member("dora", by=erin, role=Role.EDITOR)

    with refused("done_in_own_name"):
        insert(erin, teller=editor)


def test_nobody_revokes_in_anothers_name(erin: Membership, alice: Membership) -> None:
    invitation = factories.make_invitation(by=factories.make_member("dora", by=erin, role=Role.EDITOR))

    with refused("done_in_own_name"):
        change(invitation, alice, revoked_at=timezone.now(), revoked_by_id=erin.person_id)


@pytest.mark.parametrize("how", ["accepted", "revoked"])
def test_what_is_settled_stays(how: str, invitation: Invitation, erin: Membership, alice: Membership) -> None:
    if how == "accepted":
        actions.invitations.accept(invitation=invitation, person=factories.make_person("nina"))
    else:
        actions.invitations.revoke(by=erin, invitation=invitation)
    settled = factories.fresh(invitation)
    events = AuditEvent.objects.count()

    for columns in (
        {"accepted_at": None, "accepted_by_id": None, "revoked_at": None, "revoked_by_id": None},
        {"accepted_at": timezone.now(), "accepted_by_id": alice.person_id, "revoked_at": None, "revoked_by_id": None},
    ):
        with refused("invitation_is_settled"):
            change(settled, erin, **columns)
    with pytest.raises(Refused):
        actions.invitations.revoke(by=erin, invitation=invitation)
    with pytest.raises(Refused):
        actions.invitations.accept(invitation=invitation, person=factories.make_person("olga"))

    assert AuditEvent.objects.count() == events


def test_what_is_overdue_is_not_accepted(erin: Membership, alice: Membership) -> None:
    late = overdue(erin)

    with refused("invitation_is_settled"):
        change(late, erin, accepted_at=timezone.now(), accepted_by_id=alice.person_id)
    with pytest.raises(Refused, match="not open"):
        actions.invitations.accept(invitation=late, person=factories.make_person("nina"))


def test_what_is_overdue_is_still_revoked(erin: Membership) -> None:
    assert actions.invitations.revoke(by=erin, invitation=overdue(erin)).revoked_at


def test_the_token_is_nowhere_in_the_database(invitation: Invitation) -> None:
    stored = run(
        "SELECT to_jsonb(i)::text FROM articles_invitation i UNION ALL SELECT canonical FROM articles_auditevent"
    )

    assert len(invitation.token) >= 43
    assert not any(invitation.token in text for (text,) in stored)


def test_two_accept_it_and_one_is_in(invitation: Invitation) -> None:
    first = actions.invitations.accept(invitation=invitation, person=factories.make_person("nina"))

    with pytest.raises(Refused, match="not open"):
        actions.invitations.accept(invitation=invitation, person=factories.make_person("olga"))

    assert factories.fresh(invitation).accepted_by == first.person


def test_sign_in_names_are_told_apart_without_their_case(alice: Membership) -> None:
    with refused("username_once"):
        run(
            "INSERT INTO articles_person (username, name, password, email, is_superuser, is_staff, is_active,"
            " date_joined, keys, keys_on, whole_words, closed)"
            " VALUES ('ALICE', 'A', '', '', false, false, true, now(), '{}', true, true, '[]')"
        )
