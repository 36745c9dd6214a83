"""Marking: a span of a version becomes a highlight, with a claim or as a passage of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from articles.actions._writing import changed, locked, record, record_all, stored, write
from articles.actions.claims import move, reopen_if_approved, unsettle
from articles.actions.versions import catch_up
from articles.errors import SENTENCES, Refused
from articles.models import ArticleVersion, Claim, Evidence, Highlight, Membership, Status

if TYPE_CHECKING:
    from uuid import UUID

    from articles.models.evidence import EvidenceQuerySet

NO_OFFSET = 2**31
"""Larger than any offset that the database holds."""

ONLY_HIGHLIGHT_REMOVED = "Its only highlight was removed."


@write("highlight.marked")
def mark(
    *, by: Membership, version: ArticleVersion, start: int, end: int, quote: str, request_id: UUID | None = None
) -> Highlight:
    """Mark ``[start, end)`` (code points) as a new claim, whose text begins as the quotation."""
    require_place(start, end, quote)
    claim = stored(Claim, desk_id=by.desk_id, text=quote.strip(), made_by=by.person)
    highlight = place(by=by, version=version, start=start, end=end, quote=quote, claim=claim)
    made = {"text": claim.text, "highlight": str(highlight.pk)}
    marked = ("highlight.marked", highlight, span(highlight))
    record_all(by, [marked, ("claim.made", claim, made)], request_id=request_id)
    return highlight


@write("highlight.added")
def add_to_claim(
    *,
    by: Membership,
    version: ArticleVersion,
    start: int,
    end: int,
    quote: str,
    claim: Claim,
    request_id: UUID | None = None,
) -> Highlight:
    """Mark ``[start, end)`` as one more occurrence of a claim. An approved claim is reopened."""
    claim = locked(claim)
    highlight = place(by=by, version=version, start=start, end=end, quote=quote, claim=claim)
    record(by, "highlight.added", highlight, span(highlight) | {"claim": claim}, request_id=request_id)
    reopen_if_approved(claim, by=by, reason="The claim was found in another place.")
    return highlight


@write("highlight.removed")
def remove(*, by: Membership, highlight: Highlight, request_id: UUID | None = None) -> Highlight:
    """Take a highlight off the text. Nothing is deleted: ``restore`` brings it back.

    A claim on which no work was done goes aside with its only highlight; an approved one is reopened.
    """
    claim = locked(highlight.claim) if highlight.claim else None
    highlight = locked(highlight)
    if highlight.removed_at:
        raise Refused("This highlight is already removed.")
    if highlight.ended_in_id:
        raise Refused("This article has a newer version by now. Remove the highlight there.")
    if evidence_on(highlight).exists():
        raise Refused("This passage is evidence. Withdraw the evidence first.")
    change = changed(highlight, {"removed_at": timezone.now(), "removed_by": by.person})
    record(by, "highlight.removed", highlight, change | span(highlight), request_id=request_id)
    if claim:
        _claim_lost_a_place(claim, by=by)
    return highlight


@write("highlight.restored")
def restore(*, by: Membership, highlight: Highlight, request_id: UUID | None = None) -> Highlight:
    claim = locked(highlight.claim) if highlight.claim else None
    highlight = locked(highlight)
    if not highlight.removed_at:
        raise Refused("This highlight is still there.")
    bring_back(highlight, claim, by=by, request_id=request_id)
    if claim:
        reopen_if_approved(claim, by=by, reason="A place where the claim stands was restored.")
        if (claim.status, claim.status_reason) == (Status.SET_ASIDE, ONLY_HIGHLIGHT_REMOVED):
            move(claim, Status.OPEN, by=by, verb="claim.resumed", automatic=True)
    return highlight


def place(
    *, by: Membership, version: ArticleVersion, start: int, end: int, quote: str, claim: Claim | None = None
) -> Highlight:
    """Store a highlight without its event. The database refuses one that differs from the text under it."""
    require_place(start, end, quote)
    span = {"start": start, "end": end, "quote": quote}
    return stored(Highlight, desk_id=by.desk_id, version=version, **span, claim=claim, made_by=by.person)


def evidence_on(highlight: Highlight) -> EvidenceQuerySet:
    """The evidence in force that cites the passage, in whatever version it was first marked."""
    first = highlight.first_id or highlight.pk
    return Evidence.objects.in_force().filter(desk_id=highlight.desk_id, highlight_id=first)


def bring_back(highlight: Highlight, claim: Claim | None, *, by: Membership, request_id: UUID | None = None) -> None:
    """Restore a locked highlight that was removed, with the locked claim that rests on it."""
    change = changed(highlight, {"removed_at": None, "removed_by": None})
    events, reason = catch_up(highlight)
    restored = ("highlight.restored", highlight, change | span(highlight))
    record_all(by, [restored, *events], request_id=request_id)
    if claim and reason:
        unsettle(claim, by=by, reason=reason)


def _claim_lost_a_place(claim: Claim, *, by: Membership) -> None:
    reopen_if_approved(claim, by=by, reason="A place where the claim stands was removed.")
    untouched = claim.status == Status.OPEN and not claim.evidence.exists() and not claim.verdict_id
    if untouched and not claim.highlights.live().exists():
        move(claim, Status.SET_ASIDE, by=by, verb="claim.set_aside", reason=ONLY_HIGHLIGHT_REMOVED, automatic=True)


def require_place(start: int, end: int, quote: str) -> None:
    if not quote.strip():
        raise Refused(SENTENCES["highlight_not_empty"], "quote")
    # The driver sends 32 bits and drops what is above them, so that the database could not tell.
    if max(abs(start), abs(end)) >= NO_OFFSET:
        raise Refused(SENTENCES["highlight_equals_text"], "quote")


def span(highlight: Highlight) -> dict[str, object]:
    """Where a highlight stands, for its event."""
    return {
        "version": str(highlight.version_id),
        "start": highlight.start,
        "end": highlight.end,
        "quote": highlight.quote,
    }
