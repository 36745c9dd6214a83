"""Accounts, and memberships that a command makes where no one is signed in yet."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.db import transaction

from articles.actions._writing import changed, record
from articles.errors import Refused
from articles.models import Membership, Person

if TYPE_CHECKING:
    from uuid import UUID

    from articles.models import Desk, Role


def add_person(*, username: str, name: str, email: str = "") -> tuple[Person, str]:
    """Make an account. Returns it with its password, which is random and stored nowhere but in its hash."""
    password = secrets.token_urlsafe(12)
    return Person.objects.create_user(username, email, password, name=name), password


@transaction.atomic
def join_by_command(*, desk: Desk, person: Person, role: Role) -> Membership:
    """Take a person onto the desk, or take back one who left. The event names no one, because no one is signed in."""
    membership, told = taken_on(desk_id=desk.pk, person=person, role=role)
    record(None, "member.added", membership, told)
    return membership


def taken_on(*, desk_id: UUID, person: Person, role: Role) -> tuple[Membership, dict[str, Any]]:
    """The membership, new or given again, and what its event tells. Call it within a transaction that records one."""
    past = Membership.objects.select_for_update(no_key=True).filter(desk_id=desk_id, person=person).first()
    if past is None:
        membership = Membership.objects.create(desk_id=desk_id, person=person, role=role)
        return membership, {"person": person, "role": role}
    if past.ended_at is None:
        raise Refused(f"{person} is already on this desk.", "person")
    return past, {"person": person} | changed(past, {"role": role, "ended_at": None})
