"""Desks and who works on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from articles.actions._writing import changed, locked, record, write
from articles.actions.people import taken_on
from articles.actions.scales import store_terms, told_of
from articles.errors import Refused
from articles.models import Desk, Membership, Person, RatingScale, Role
from articles.scales import SCALES, Scale

if TYPE_CHECKING:
    from uuid import UUID


@transaction.atomic
def found(*, name: str, slug: str, administrator: Person, scale_code: str = "evidence") -> Membership:
    """Open a desk with its rating scales and its first administrator, whose membership it returns."""
    desk = Desk.objects.create(name=name, slug=slug, scale_code=scale_code)
    for scale in SCALES:
        _store_scale(desk, scale)
    first = Membership.objects.create(desk=desk, person=administrator, role=Role.ADMINISTRATOR)
    record(None, "desk.founded", first, {"name": name, "administrator": administrator})
    return first


@write("member.added")
def add_member(*, by: Membership, person: Person, role: Role, request_id: UUID | None = None) -> Membership:
    """Take a person onto the desk, or take back one who left."""
    membership, told = taken_on(desk_id=by.desk_id, person=person, role=role)
    record(by, "member.added", membership, told, request_id=request_id)
    return membership


@write("member.changed")
def change_role(
    *, by: Membership, membership: Membership, revision: int, role: Role, request_id: UUID | None = None
) -> Membership:
    """Takes effect with the member's next request."""
    administrators = _locked_administrators(by)
    membership = locked(membership)
    if membership.ended_at:
        raise Refused(f"{membership.person} has already left this desk.")
    if role != Role.ADMINISTRATOR:
        _keep_an_administrator(administrators, membership)
    change = changed(membership, {"role": role}, revision=revision)
    if change:
        record(by, "member.changed", membership, change | {"person": membership.person}, request_id=request_id)
    return membership


@write("member.removed")
def remove_member(*, by: Membership, membership: Membership, request_id: UUID | None = None) -> Membership:
    """End a membership. What the person did stays, with their name."""
    administrators = _locked_administrators(by)
    membership = locked(membership)
    if membership.ended_at:
        raise Refused(f"{membership.person} has already left this desk.")
    if membership.pk == by.pk:
        raise Refused("You cannot remove yourself. Ask another administrator.")
    _keep_an_administrator(administrators, membership)
    change = changed(membership, {"ended_at": timezone.now()})
    record(by, "member.removed", membership, change | {"person": membership.person}, request_id=request_id)
    return membership


@write("desk.second_factor_required")
def require_second_factor(*, by: Membership, request_id: UUID | None = None) -> Membership:
    """Open the desk only to sessions with a second factor from now on. Returns ``by``, whom the event is about."""
    return _set_second_factor(by, "desk.second_factor_required", required=True, request_id=request_id)


@write("desk.second_factor_waived")
def waive_second_factor(*, by: Membership, request_id: UUID | None = None) -> Membership:
    """Open the desk to everyone on it again. Returns ``by``, whom the event is about."""
    return _set_second_factor(by, "desk.second_factor_waived", required=False, request_id=request_id)


def _set_second_factor(by: Membership, verb: str, *, required: bool, request_id: UUID | None) -> Membership:
    if not by.may(Role.ADMINISTRATOR):
        raise Refused("Only an administrator decides how people get in.")
    desk = Desk.objects.select_for_update(no_key=True).get(pk=by.desk_id)
    if desk.second_factor_required != required:
        desk.second_factor_required = required
        desk.save(update_fields=["second_factor_required"])
        name = "second_factor_required"
        record(by, verb, by, {"before": {name: not required}, "after": {name: required}}, request_id=request_id)
    return by


def _locked_administrators(by: Membership) -> list[Membership]:
    current = Membership.objects.current().filter(desk_id=by.desk_id, role=Role.ADMINISTRATOR)
    return list(current.select_for_update(no_key=True).order_by("id"))


def _keep_an_administrator(administrators: list[Membership], leaving: Membership) -> None:
    if administrators == [leaving]:
        raise Refused("A desk keeps at least one administrator. Make someone else administrator first.", "role")


def _store_scale(desk: Desk, scale: Scale) -> None:
    row = RatingScale.objects.create(desk=desk, code=scale.code, name=scale.name)
    record(None, "scale.added", row, told_of(row, scale.terms))
    store_terms(row, scale.terms)
