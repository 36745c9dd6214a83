"""Making copies of sources: fetched or brought, read in a process of its own, and kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from articles.actions import snapshots
from articles.actions.snapshots import NOT_KEPT, Found
from articles.errors import Refused
from articles.intake.apart import read_apart
from articles.intake.draft import IntakeError
from articles.intake.failures import FetchError
from articles.intake.rasters import raster_type
from articles.intake.url import fetch
from articles.models import AuditEvent, Snapshot
from articles.queries.snapshots import reference_of
from articles.text.blocks import BlockKind, split

if TYPE_CHECKING:
    from uuid import UUID

    from articles.intake.draft import Draft
    from articles.intake.reading import Received
    from articles.models import Means, Membership, Source

PICTURE = "This is a picture; no text is read in it."

# None of these is called within a transaction: to fetch and to read can take many seconds.


def keep_page(*, by: Membership, source: Source, request_id: UUID | None = None) -> Snapshot:
    """Fetch the page at the address of the source and keep it, or the sentence that says why there is none."""
    first = _first_answer(by, source, request_id)
    return first or snapshots.keep_page(by=by, source=source, fetched=_fetched(source), request_id=request_id)


def check_page(*, by: Membership, source: Source, request_id: UUID | None = None) -> Snapshot:
    """Fetch the page once more and keep whether it says what its newest copy says."""
    first = _first_answer(by, source, request_id)
    if first is not None:
        return first
    copy = reference_of(source)
    if copy is None:
        raise Refused(NOT_KEPT)
    return snapshots.check(by=by, source=source, copy=copy, fetched=_fetched(source), request_id=request_id)


def keep_brought(
    *, by: Membership, source: Source, received: Received, means: Means, request_id: UUID | None = None
) -> Snapshot:
    """Keep a file, a screenshot or a pasted text."""
    return snapshots.keep(by=by, source=source, means=means, found=_read(received), request_id=request_id)


def _first_answer(by: Membership, source: Source, request_id: UUID | None) -> Snapshot | None:
    """What this request brought already: a repeated one does not fetch again."""
    if request_id is None:
        return None
    event = AuditEvent.objects.filter(desk_id=by.desk_id, request_id=request_id, subject_kind="snapshot").first()
    rows = Snapshot.objects.filter(desk_id=by.desk_id, source=source)
    return rows.filter(pk=event.subject_id).first() if event else None


def _fetched(source: Source) -> Found:
    if not source.url:
        raise Refused("This source has no address. Write it down first, or bring a copy.", "url")
    try:
        received = fetch(source.url)
    except FetchError as error:
        return Found(asked=source.url, failure=str(error))
    return replace(_read(received), asked=source.url)


def _read(received: Received) -> Found:
    if raster_type(received.raw):
        return Found(received=received, unreadable=PICTURE)
    try:
        draft = read_apart(received)
    except IntakeError as error:
        return Found(received=received, unreadable=str(error))
    return Found(received=received, text=_without_furniture(draft))


def _without_furniture(draft: Draft) -> str:
    """What the page says itself; menus and lists of what else there is change every hour."""
    blocks = zip(split(draft.text), draft.kinds, strict=True)
    kept = [draft.text[start:end] for (start, end), kind in blocks if kind is not BlockKind.FURNITURE]
    return "\n\n".join(kept) or draft.text
