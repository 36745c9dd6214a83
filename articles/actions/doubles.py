"""Two sources that are the same work become one, and two again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from articles.actions._writing import changed, locked, record_all, write
from articles.actions.claims import unsettle
from articles.actions.origins import found
from articles.actions.sources import MERGED, claims_citing
from articles.errors import Refused
from articles.models import Claim, Evidence, Membership, Snapshot, Source
from articles.queries.doubles import what_moved
from articles.queries.origins import ways_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from articles.actions._writing import Event
    from articles.models import EditableRow, Origin

STANDS = "This source stands by itself."
MOST = 2_000
"""Pieces of evidence and copies that go along at once."""


@write("source.merged")
def merge(*, by: Membership, source: Source, revision: int, into: Source, request_id: UUID | None = None) -> Source:
    """Make a source part of another: its evidence and its copies go there, and its address leads there.

    So does what is known of its origin where nothing is known of the other's. ``revision`` is that of the source that
    is given up. Claims whose evidence goes along are unsettled. Returns the source that was given up; ``part`` takes it
    back.
    """
    claims = _claims_locked(source)
    source, into = _both_locked(source, into)
    if source.pk == into.pk:
        raise Refused("These are one and the same source.", "into")
    if source.merged_into_id or into.merged_into_id:
        raise Refused(MERGED, "into")
    if source.withdrawn_at or into.withdrawn_at:
        # Otherwise evidence from a forged work would carry a verdict again, or that of a sound one none, unasked.
        raise Refused("One of the two was withdrawn. Restore it first, or withdraw the other, too.", "into")
    _require_same_root(source, into)
    evidence = _locked_with(source, Evidence.objects.all())
    copies = _locked_with(source, Snapshot.objects.defer("text"))
    if len(evidence) + len(copies) > MOST:
        raise Refused(f"More than {MOST:,} pieces of evidence would go along at once. Merge the other way.")
    change = changed(source, {"merged_into": into}, revision=revision)
    told = {"into": into, "evidence": _ids(evidence), "snapshots": _ids(copies)}
    traced = _traced(by, into, source.origin) if source.origin and into.origin is None else []
    events = [*traced, *(_moved(row, into) for row in (*evidence, *copies))]
    record_all(by, [("source.merged", source, change | told), *events], request_id=request_id)
    _unsettle(by, claims, evidence, "A source of its evidence was merged into another one.")
    return source


@write("source.parted")
def part(*, by: Membership, source: Source, request_id: UUID | None = None) -> Source:
    """Take a merging back: what went along with the source comes back to it, where it still is with the other."""
    other = Source.objects.get(desk_id=source.desk_id, pk=source.pk).merged_into
    if other is None:
        raise Refused(STANDS)
    claims = _claims_locked(other)
    source, into = _both_locked(source, other)
    if source.merged_into_id != into.pk:
        raise Refused(STANDS)
    if into.merged_into_id:
        raise Refused(f"“{into}” was merged on. Take that back first.")
    if into.withdrawn_at:
        # Otherwise what comes back would carry a verdict again, though it went along into what turned out unusable.
        raise Refused(f"“{into}” was withdrawn. Restore it first.")
    moved = what_moved(source)
    evidence = _locked_with(into, Evidence.objects.filter(pk__in=moved.evidence))
    copies = _locked_with(into, Snapshot.objects.defer("text").filter(_and_their_checks(moved.snapshots)))
    told = {"from": into, "evidence": _ids(evidence), "snapshots": _ids(copies)}
    # It stands by itself only when all is back: the rows go along with the merging, one way or the other.
    events = [_moved(row, source) for row in (*evidence, *copies)]
    change = changed(source, {"merged_into": None})
    record_all(by, [("source.parted", source, change | told), *events], request_id=request_id)
    _unsettle(by, claims, evidence, "The merging of a source of its evidence was taken back.")
    return source


def _traced(by: Membership, source: Source, origin: Origin) -> list[Event]:
    root = found(by, origin)
    return [("source.traced", source, changed(source, {"origin": root}) | {"origin": root, "automatic": True})]


def _require_same_root(source: Source, into: Source) -> None:
    """Where both are known to come from somewhere it is the same: otherwise one would be forgotten."""
    if source.origin is None or into.origin is None:
        return
    ways = ways_of(source.desk_id, [source.origin.pk, into.origin.pk])
    if ways.root(source.origin.pk) != ways.root(into.origin.pk):
        said = f"“{source}” comes from “{source.origin}”, and “{into}” from “{into.origin}”."
        raise Refused(f"{said} Correct one of them first.", "into")


def _moved(row: EditableRow, to: Source) -> Event:
    verb = "evidence.moved" if isinstance(row, Evidence) else "snapshot.moved"
    return verb, row, changed(row, {"source": to}) | {"automatic": True}


def _locked_with[Row: (Evidence, Snapshot)](source: Source, rows: QuerySet[Row]) -> list[Row]:
    """Those of the rows that are with the source, locked."""
    here = rows.filter(desk_id=source.desk_id, source=source).order_by("id").select_for_update(no_key=True)
    found = list(here[: MOST + 1])
    for row in found:
        row.source = source  # as it is stored, so that nobody asks for it once for each row
    return found


def _and_their_checks(copies: Sequence[UUID]) -> Q:
    """What was compared with a copy since goes where the copy goes."""
    return Q(pk__in=copies) | Q(compared_with__in=copies)


def _both_locked(one: Source, other: Source) -> tuple[Source, Source]:
    """Both as they are stored now, locked in the same order whichever way they are merged."""
    stored = {row.pk: locked(row) for row in sorted((one, other), key=lambda row: row.pk)}
    return stored[one.pk], stored[other.pk]


def _claims_locked(source: Source) -> dict[UUID, Claim]:
    """Every claim that cites it, also by evidence that was withdrawn, which goes along as well."""
    rows = claims_citing(Evidence.objects.filter(desk_id=source.desk_id, source=source))
    return {claim.pk: claim for claim in rows}


def _unsettle(by: Membership, claims: Mapping[UUID, Claim], evidence: Iterable[Evidence], reason: str) -> None:
    """``reason`` names no source: it is published with the claim, and a source may be on background."""
    resting = dict.fromkeys(row.claim_id for row in evidence if row.withdrawn_at is None)
    for claim in resting:
        # Cited only since the claims were locked: it is locked now, and nothing of it is locked after it.
        unsettle(claims.get(claim) or locked(Claim.objects.get(desk_id=by.desk_id, pk=claim)), by=by, reason=reason)


def _ids(rows: Iterable[Any]) -> list[str]:
    return [str(row.pk) for row in rows]
