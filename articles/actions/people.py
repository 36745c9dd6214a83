"""Accounts, and memberships that a command makes where no one is signed in yet."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from articles.actions._writing import changed, locked, record
from articles.errors import Refused
from articles.models import Membership, Person

if TYPE_CHECKING:
    from articles.models import Desk, Role


def add_person(*, username: str, name: str, email: str = "") -> tuple[Person, str]:
    """Make an account. Returns it with its password, which is random and stored nowhere but in its hash."""
    password = secrets.token_urlsafe(12)
    return Person.objects.create_user(username, email, password, name=name), password


@transaction.atomic
def join_by_command(*, desk: Desk, person: Person, role: Role) -> Membership:
    """Take a person onto the desk, or take back one who left. The event names no one, because no one is signed in."""
    past = Membership.objects.filter(desk=desk, person=person).first()
    if past is None:
        membership = Membership.objects.create(desk=desk, person=person, role=role)
        record(None, "member.added", membership, {"person": person, "role": role})
        return membership
    if past.ended_at is None:
        raise Refused(f"{person} is already on this desk.")
    membership = locked(past)
    record(None, "member.added", membership, {"person": person} | changed(membership, {"role": role, "ended_at": None}))
    return membership
