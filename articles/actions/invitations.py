"""Invitations: a link that takes one person onto the desk, once, within a week, in a role the inviter may give."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.access import stands_behind
from articles.actions._writing import changed, locked, record, record_all, sentence_of, write
from articles.actions.people import taken_on
from articles.errors import SENTENCES, Refused
from articles.models import Invitation, Membership, Person, Role
from articles.models.invitation import LASTS, hash_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

MOST_OPEN = 50
"""Open invitations of one desk. More would be nobody's any more."""


@write("invitation.made")
def invite(*, by: Membership, invited: str, role: Role, request_id: UUID | None = None) -> Invitation:
    """Returns the invitation with its ``token``. A repeated request gets it without: no one can read it again."""
    if not by.may_give(role):
        raise Refused("You can invite people up to your own role.", "role")
    if Invitation.objects.open().filter(desk_id=by.desk_id).count() >= MOST_OPEN:
        raise Refused(f"{MOST_OPEN} invitations are open already. Revoke those that nobody waits for.", "invited")
    token, now = secrets.token_urlsafe(32), timezone.now()
    told = {"invited": invited, "role": role, "link_sha256": hash_of(token), "made_at": now, "expires_at": now + LASTS}
    invitation = Invitation.objects.create(desk_id=by.desk_id, made_by=by.person, **told)
    record(by, "invitation.made", invitation, told, request_id=request_id)
    invitation.token = token
    return invitation


@write("invitation.revoked")
def revoke(*, by: Membership, invitation: Invitation, request_id: UUID | None = None) -> Invitation:
    """Close it at once. An invitation that is open no more is left as it is, and the refusal says why."""
    invitation = locked(invitation)
    if not by.may_give(Role(invitation.role)):
        raise Refused("This invitation gives more than your own role. Ask an administrator to revoke it.")
    if invitation.accepted_at:
        raise Refused(f"{invitation.accepted_by} has accepted this invitation meanwhile.")
    if invitation.revoked_at:
        raise Refused("This invitation was revoked already.")
    change = changed(invitation, {"revoked_at": timezone.now(), "revoked_by": by.person})
    record(by, "invitation.revoked", invitation, change | {"invited": invitation.invited}, request_id=request_id)
    return invitation


def accept(*, invitation: Invitation, person: Person) -> Membership:
    """Take the person onto the desk. The events name them and the inviter, and are in nobody's name: who comes in is
    not on the desk yet. The same person again gets the same answer.
    """
    with _in_words(), transaction.atomic():
        return _accept(invitation, person)


def enrol(*, invitation: Invitation, username: str, name: str, password: str) -> Membership:
    """Make an account for the one who was invited, and take them onto the desk."""
    if Person.objects.filter(username__iexact=username).exists():
        raise Refused(SENTENCES["username_once"], "username")
    with _in_words(), transaction.atomic():
        person = Person.objects.create_user(username, password=password, name=name)
        return _accept(invitation, person)


@contextmanager
def _in_words() -> Iterator[None]:
    """Where two do the same at once, the database lets one in; the other hears why."""
    try:
        yield
    except IntegrityError as error:
        sentence = sentence_of(error)
        if not sentence:
            raise
        raise Refused(sentence) from error


def _accept(invitation: Invitation, person: Person) -> Membership:
    invitation = locked(invitation)
    here = Membership.objects.current().filter(desk_id=invitation.desk_id, person=person).first()
    if here and invitation.accepted_by_id == person.pk:
        return here
    if not (invitation.is_open and stands_behind(invitation, lock=True)):
        raise Refused(SENTENCES["invitation_is_settled"])
    membership, told = taken_on(desk_id=invitation.desk_id, person=person, role=Role(invitation.role))
    change = changed(invitation, {"accepted_at": timezone.now(), "accepted_by": person})
    came = {"invited": invitation.invited, "person": person}
    inviter = {"inviter": invitation.made_by, "invitation": invitation}
    record_all(
        None,
        [("member.joined", membership, told | inviter), ("invitation.accepted", invitation, change | came)],
    )
    return membership
