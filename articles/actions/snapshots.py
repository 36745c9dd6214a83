"""Copies of sources: what the checker saw, kept for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from articles.actions._writing import locked, record, write
from articles.actions.originals import keep_original, sha256_of
from articles.actions.sources import MERGED
from articles.errors import Refused
from articles.models import Means, Membership, Original, Snapshot, SnapshotOutcome, Source
from articles.models.snapshot import COPIES

if TYPE_CHECKING:
    from uuid import UUID

    from articles.intake.reading import Received


NOT_KEPT = "No page was kept of this address. Keep a copy first."
VERBS = {
    SnapshotOutcome.KEPT: "snapshot.kept",
    SnapshotOutcome.SAME: "snapshot.checked",
    SnapshotOutcome.DIFFERS: "snapshot.checked",
    SnapshotOutcome.FAILED: "snapshot.failed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a try to keep a source brought: bytes that came with their text, or the sentence of a ``failure``.

    ``text`` is what was read in the bytes; ``unreadable`` says why nothing was. ``asked`` is the address that was
    fetched, and empty where nothing was.
    """

    asked: str = ""
    received: Received | None = None
    text: str = ""
    unreadable: str = ""
    failure: str = ""


@write("snapshot.kept")
def keep(*, by: Membership, source: Source, means: Means, found: Found, request_id: UUID | None = None) -> Snapshot:
    """Keep what a person brought: a file, a screenshot or a pasted text."""
    if found.received is None or not found.received.raw:
        raise Refused("There is nothing in it to keep.")
    kept = SnapshotOutcome.KEPT
    return _store(by, _standing(source), found, means=means, outcome=kept, request_id=request_id)


@write("snapshot.kept")
def keep_page(*, by: Membership, source: Source, fetched: Found, request_id: UUID | None = None) -> Snapshot:
    """Keep the page at the address of the source, or the reason why there is none."""
    outcome = SnapshotOutcome.FAILED if fetched.received is None else SnapshotOutcome.KEPT
    return _store(by, _standing(source), fetched, outcome=outcome, request_id=request_id)


@write("snapshot.checked")
def check(
    *, by: Membership, source: Source, copy: Snapshot, fetched: Found, request_id: UUID | None = None
) -> Snapshot:
    """Keep what a look at the page brought that ``copy`` was kept of: it says the same, or something else.

    What it says is kept only where it differs.
    """
    source = _standing(source)
    kept = copy.source_id == source.pk and copy.means == Means.FETCH and copy.outcome == SnapshotOutcome.KEPT
    if not kept or copy.asked != fetched.asked:
        raise Refused(NOT_KEPT)
    if fetched.received is None:
        return _store(by, source, fetched, outcome=SnapshotOutcome.FAILED, request_id=request_id)
    outcome = SnapshotOutcome.DIFFERS if differs(copy, fetched) else SnapshotOutcome.SAME
    return _store(by, source, fetched, outcome=outcome, copy=copy, request_id=request_id)


def differs(copy: Snapshot, found: Found) -> bool:
    """Whether the page has other words than its copy; where no words could be read in one of them, other bytes."""
    if copy.text and found.text:
        return copy.text != found.text
    sha256 = copy.original.sha256 if copy.original else ""
    return found.received is None or sha256 != sha256_of(found.received.raw)


def _store(
    by: Membership,
    source: Source,
    found: Found,
    *,
    means: Means = Means.FETCH,
    outcome: SnapshotOutcome,
    copy: Snapshot | None = None,
    request_id: UUID | None,
) -> Snapshot:
    """The source may have another address by now than the one that was asked, and a page may have led on from that."""
    fetched = means == Means.FETCH
    told: dict[str, Any] = {
        "source": source,
        "means": means.value,
        "outcome": outcome.value,
        "asked": found.asked,
        "failure": found.failure,
        "compared_with": copy,
    }
    if found.received is not None:
        told |= _about(found.received, fetched=fetched)
    original = _kept(by, found.received) if outcome in COPIES and found.received is not None else None
    if original is not None:
        told |= {"original": original, "text": found.text, "unreadable": found.unreadable}
    snapshot = Snapshot.objects.create(desk_id=by.desk_id, kept_by=by.person, **told)
    if original is not None:
        # The text is in the row, which never changes, and can be read in the bytes again.
        told |= {"sha256": original.sha256, "text": sha256_of(found.text.encode())}
    record(by, VERBS[outcome], snapshot, told, request_id=request_id)
    return snapshot


def _kept(by: Membership, received: Received) -> Original:
    media_type = received.media_type or "application/octet-stream"
    return keep_original(by.desk, by, received.raw, media_type=media_type, name=received.filename)


def _about(received: Received, *, fetched: bool) -> dict[str, str]:
    about = {"filename": received.filename[:255], "media_type": received.media_type[:100]}
    return about | ({"reached": received.address[:2000]} if fetched else {})


def _standing(source: Source) -> Source:
    source = locked(source)
    if source.merged_into_id:
        raise Refused(MERGED)
    return source
