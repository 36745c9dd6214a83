"""The desk's origins: named once, corrected, and made one where they are double; and what the desk asks of sourcing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from articles.actions._writing import changed, locked, record, write
from articles.errors import SENTENCES, Refused
from articles.models import MOST_ORIGINS, Desk, Membership, Origin, OriginKind, Role
from articles.queries.origins import origin_named, ways_of

if TYPE_CHECKING:
    from uuid import UUID

MERGED = "This origin is part of another one by now. Open that one."
STANDS = "This origin stands by itself."


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """What is said of an origin. ``kind`` is a value of OriginKind; a Root that it comes from is found by its name."""

    name: str
    kind: str = OriginKind.OTHER
    note: str = ""
    comes_from: Origin | Root | None = None


@write("origin.added")
def add(*, by: Membership, root: Root, request_id: UUID | None = None) -> Origin:
    _require_new_name(by, root.name)
    told = _tidy(by, root)
    origin = Origin.objects.create(desk_id=by.desk_id, made_by=by.person, **told)
    record(by, "origin.added", origin, told, request_id=request_id)
    return origin


@write("origin.edited")
def edit(*, by: Membership, origin: Origin, revision: int, root: Root, request_id: UUID | None = None) -> Origin:
    """Correct what is said of an origin. Approvals stay: they cover the evidence, and not what else is known of it."""
    origin = _standing(origin)
    _require_new_name(by, root.name, origin)
    told = _tidy(by, root)
    _require_no_circle(origin, told["comes_from"], "comes_from")
    change = changed(origin, told, revision=revision)
    if change:
        record(by, "origin.edited", origin, change, request_id=request_id)
    return origin


@write("origin.merged")
def merge(*, by: Membership, origin: Origin, revision: int, into: Origin, request_id: UUID | None = None) -> Origin:
    """Make an origin part of another: whatever comes from it comes from that one. ``revision`` is its own.

    Nothing else is changed, so ``part`` has all as it was. Returns the origin that was given up.
    """
    # Locked in the same order whichever way they are merged.
    stored = {row.pk: _standing(row) for row in sorted((origin, into), key=lambda row: row.pk)}
    origin, into = stored[origin.pk], stored[into.pk]
    if origin.pk == into.pk:
        raise Refused("These are one and the same origin.", "into")
    _require_no_circle(origin, into, "into")
    _require_same_root(origin, into)
    change = changed(origin, {"merged_into": into}, revision=revision)
    record(by, "origin.merged", origin, change | {"into": into}, request_id=request_id)
    return origin


@write("origin.parted")
def part(*, by: Membership, origin: Origin, request_id: UUID | None = None) -> Origin:
    """Take a merging back."""
    origin = locked(origin)
    into = origin.merged_into
    if into is None:
        raise Refused(STANDS)
    _require_no_circle(origin, origin.comes_from, None)
    record(by, "origin.parted", origin, changed(origin, {"merged_into": None}) | {"from": into}, request_id=request_id)
    return origin


@write("desk.sourcing_set")
def set_sourcing(*, by: Membership, origins: int, primary: bool, request_id: UUID | None = None) -> Membership:
    """How many independent origins the desk asks for (0: none), and whether one primary source is enough instead.

    It says what is missing and blocks nothing. Returns ``by``, whom the event is about.
    """
    if not by.may(Role.ADMINISTRATOR):
        raise Refused("Only an administrator decides on the sourcing rule.")
    if not 0 <= origins <= MOST_ORIGINS:
        raise Refused(SENTENCES["desk_origins_in_reason"], "origins")
    desk = Desk.objects.select_for_update(no_key=True).get(pk=by.desk_id)
    values = {"origins_needed": origins, "primary_is_enough": primary}
    before = {name: getattr(desk, name) for name in values if getattr(desk, name) != values[name]}
    if before:
        for name in before:
            setattr(desk, name, values[name])
        desk.save(update_fields=[*before])
        after = {name: values[name] for name in before}
        rule = {"origins": origins, "primary": primary}
        record(by, "desk.sourcing_set", by, {"before": before, "after": after, **rule}, request_id=request_id)
    return by


def found(by: Membership, origin: Origin | Root | None) -> Origin | None:
    """What is meant, as it stands by itself: a known origin, or the one of that name. Runs inside another action."""
    match origin:
        case None:
            return None
        case Root():
            return named(by=by, root=origin)
        case _:
            return standing_for(locked(origin))


def named(*, by: Membership, root: Root) -> Origin:
    """The one of this name, or a new one as it is described. Runs inside another action."""
    known = origin_named(by.desk_id, root.name)
    return standing_for(known) if known else add(by=by, root=root)


def standing_for(origin: Origin) -> Origin:
    """The origin itself, or the one that it is part of by now."""
    while origin.merged_into is not None:
        origin = origin.merged_into
    return origin


def _tidy(by: Membership, root: Root) -> dict[str, Any]:
    name = " ".join(root.name.split())
    if not name:
        raise Refused("Give the origin a name.", "name")
    return {"name": name, "kind": root.kind, "note": root.note, "comes_from": found(by, root.comes_from)}


def _require_new_name(by: Membership, name: str, own: Origin | None = None) -> None:
    known = origin_named(by.desk_id, name)
    if known and (own is None or known.pk != own.pk):
        part_of = f", which is part of “{standing_for(known)}”" if known.merged_into_id else ""
        raise Refused(f"There is an origin of this name already{part_of}. Take that one, or merge the two.", "name")


def _require_no_circle(origin: Origin, following: Origin | None, field: str | None) -> None:
    """Refuse to have it go on from the origin to one that comes from it."""
    if following is None:
        return
    if ways_of(origin.desk_id, [following.pk]).leads_to(following.pk, origin.pk):
        raise Refused(f"“{following}” comes from “{origin}” already: neither would be the root of the other.", field)


def _require_same_root(origin: Origin, into: Origin) -> None:
    """What the one given up comes from would be forgotten, and its root count as one more."""
    before = origin.comes_from
    if before is None:
        return
    ways = ways_of(origin.desk_id, [before.pk, into.pk])
    if ways.root(before.pk) != ways.root(into.pk):
        raise Refused(f"“{origin}” comes from “{before}”, and “{into}” does not. Correct one of them first.", "into")


def _standing(origin: Origin) -> Origin:
    origin = locked(origin)
    if origin.merged_into_id:
        raise Refused(MERGED)
    return origin
