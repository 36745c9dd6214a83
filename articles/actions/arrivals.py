"""Articles on their way in: kept as they came, read, corrected, and then added to the desk or discarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.actions._writing import changed, locked, record, write
from articles.actions.drafts import corrections_of, draft_of
from articles.actions.originals import keep_original
from articles.errors import Refused
from articles.intake import corrections as intake
from articles.intake.codec import to_json
from articles.intake.corrections import Correction, CorrectionError, What
from articles.models import Arrival, ArrivalState, Article, ArticleVersion, Membership, Method
from articles.text.blocks import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from uuid import UUID

    from articles.intake.draft import Draft
    from articles.intake.reading import Received

MOST_CORRECTIONS = 2_000
MAKE: Mapping[What, Callable[..., Correction]] = {
    What.RETYPE: intake.retype,
    What.SPLIT: intake.split_at,
    What.MERGE: intake.merge,
}


@write("arrival.came")
def bring(
    *,
    by: Membership,
    received: Received,
    method: Method,
    batch: UUID,
    story: str = "",
    article: Article | None = None,
    request_id: UUID | None = None,
) -> Arrival:
    """Keep the bytes as they came. ``batch`` is the same for what comes together, ``story`` the title it is for.

    ``article`` is the one whose next version it is meant to be; whether it becomes that is decided at its preview.
    """
    original = keep_original(
        by.desk, by, received.raw, media_type=received.media_type or "application/octet-stream", name=received.filename
    )
    arrival = Arrival.objects.create(
        desk=by.desk,
        original=original,
        article=article,
        batch=batch,
        method=method,
        filename=received.filename[:255],
        address=received.address[:2000],
        media_type=received.media_type[:100],
        charset=received.charset[:40],
        report=[[note.kind.value, note.count, note.detail] for note in received.report],
        details={"story": story} if story else {},
        arrived_by=by.person,
    )
    told = {"name": str(arrival), "method": method, "sha256": original.sha256}
    record(by, "arrival.came", arrival, told, request_id=request_id)
    return arrival


@write("arrival.read")
def keep_draft(*, by: Membership, arrival: Arrival, draft: Draft, request_id: UUID | None = None) -> Arrival:
    """Keep what was read in it. Whoever reads it a second time finds the first reading."""
    arrival = _waiting(arrival)
    if arrival.draft is not None:
        return arrival
    changed(arrival, {"draft": to_json(draft), "failure": ""})
    told = {"name": str(arrival), "sha256": draft.text_sha256, "blocks": len(draft.kinds)}
    record(by, "arrival.read", arrival, told, request_id=request_id)
    return arrival


@write("arrival.unreadable")
def keep_failure(*, by: Membership, arrival: Arrival, sentence: str, request_id: UUID | None = None) -> Arrival:
    """Keep the reason why it could not be read. Its bytes stay, and it can be read again."""
    arrival = _waiting(arrival)
    if arrival.draft is None and changed(arrival, {"failure": sentence}):
        told = {"name": str(arrival), "reason": sentence}
        record(by, "arrival.unreadable", arrival, told, request_id=request_id)
    return arrival


@write("arrival.corrected")
def retype(
    *, by: Membership, arrival: Arrival, revision: int, at: int, kind: str, request_id: UUID | None = None
) -> Arrival:
    """Say that the block that begins at ``at`` in the text as it was read is of another kind."""
    if kind not in BlockKind:
        raise Refused("There is no such kind of block.")
    return _correct(by, arrival, revision, What.RETYPE, {"at": at, "kind": BlockKind(kind)}, request_id=request_id)


@write("arrival.corrected")
def split(
    *, by: Membership, arrival: Arrival, revision: int, at: int, offset: int, request_id: UUID | None = None
) -> Arrival:
    """Split a block before its character ``offset``, in code points."""
    return _correct(by, arrival, revision, What.SPLIT, {"at": at, "offset": offset}, request_id=request_id)


@write("arrival.corrected")
def merge(*, by: Membership, arrival: Arrival, revision: int, at: int, request_id: UUID | None = None) -> Arrival:
    """Join a block to the one before it."""
    return _correct(by, arrival, revision, What.MERGE, {"at": at}, request_id=request_id)


@write("arrival.corrected_back")
def take_back(
    *, by: Membership, arrival: Arrival, revision: int, number: int, request_id: UUID | None = None
) -> Arrival:
    """Take one correction back, whatever was corrected after it."""
    arrival = _waiting(arrival)
    kept = [row for row in arrival.corrections if row["number"] != number]
    taken = [row for row in arrival.corrections if row["number"] == number]
    if taken:
        _refuse_unfit(arrival, kept)
    change = changed(arrival, {"corrections": kept}, revision=revision)
    if change:
        record(by, "arrival.corrected_back", arrival, _told(taken[0]), request_id=request_id)
    return arrival


@write("arrival.described")
def describe(
    *, by: Membership, arrival: Arrival, revision: int, details: Mapping[str, str], request_id: UUID | None = None
) -> Arrival:
    """Keep what a person wrote over the guesses, by field and as it was typed, and no more than that."""
    arrival = _waiting(arrival)
    change = changed(arrival, {"details": dict(details)}, revision=revision)
    if change:
        record(by, "arrival.described", arrival, change, request_id=request_id)
    return arrival


@write("arrival.discarded")
def discard(*, by: Membership, arrival: Arrival, request_id: UUID | None = None) -> Arrival:
    """Put it aside. Nothing of it is lost, and it can be restored."""
    arrival = _waiting(arrival)
    changed(arrival, {"state": ArrivalState.DISCARDED})
    record(by, "arrival.discarded", arrival, {"name": str(arrival)}, request_id=request_id)
    return arrival


@write("arrival.restored")
def restore(*, by: Membership, arrival: Arrival, request_id: UUID | None = None) -> Arrival:
    arrival = locked(arrival)
    if arrival.state == ArrivalState.ADDED:
        raise Refused("This is an article by now.")
    if changed(arrival, {"state": ArrivalState.WAITING}):
        record(by, "arrival.restored", arrival, {"name": str(arrival)}, request_id=request_id)
    return arrival


@write("arrival.added")
def settle(
    *,
    by: Membership,
    arrival: Arrival,
    version: ArticleVersion,
    revision: int | None = None,
    request_id: UUID | None = None,
) -> Arrival:
    """Say which version it has become."""
    arrival = _waiting(arrival)
    changed(arrival, {"state": ArrivalState.ADDED, "version": version}, revision=revision)
    told = {"name": str(arrival), "article": str(version.article_id), "number": version.number}
    record(by, "arrival.added", arrival, told, request_id=request_id)
    return arrival


def _correct(
    by: Membership, arrival: Arrival, revision: int, what: What, asked: dict[str, Any], *, request_id: UUID | None
) -> Arrival:
    arrival = _waiting(arrival)
    if arrival.draft is None:
        raise Refused("It has not been read yet.")
    if len(arrival.corrections) >= MOST_CORRECTIONS:
        raise Refused(f"These are {MOST_CORRECTIONS:,} corrections already. Take some back, or paste the text anew.")
    number = max((row["number"] for row in arrival.corrections), default=0) + 1
    # Whether it can be made is asked only of what the person saw.
    made = _made(arrival, what, asked) if revision == arrival.revision else None
    row = {"number": number, "what": what.value, **(_row(made) if made else asked)}
    changed(arrival, {"corrections": [*arrival.corrections, row]}, revision=revision)
    record(by, "arrival.corrected", arrival, _told(row), request_id=request_id)
    return arrival


def _made(arrival: Arrival, what: What, asked: Mapping[str, Any]) -> Correction:
    try:
        return MAKE[what](draft_of(arrival), corrections_of(arrival), **asked)
    except CorrectionError as error:
        raise Refused(str(error)) from error


def _refuse_unfit(arrival: Arrival, kept: Sequence[Mapping[str, Any]]) -> None:
    try:
        intake.refuse_unfit(draft_of(arrival), corrections_of(arrival), corrections_of(arrival, kept))
    except CorrectionError as error:
        raise Refused(str(error)) from error


def _row(made: Correction) -> dict[str, Any]:
    return {"at": made.at} | ({"kind": made.kind.value} if made.kind else {})


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"correction": dict(row)}


def _waiting(arrival: Arrival) -> Arrival:
    arrival = locked(arrival)
    if arrival.state == ArrivalState.ADDED:
        raise Refused("This has been added to the desk meanwhile. Load the page again.")
    if arrival.state == ArrivalState.DISCARDED:
        raise Refused("This has been discarded meanwhile. Restore it first.")
    return arrival
