"""Marking: a span of a version becomes a highlight, with a claim or as a passage of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from articles.actions._writing import changed, locked, record, record_all, stored, write
from articles.actions.claims import move, reopen_if_approved, unsettle
from articles.actions.versions import catch_up, shortened
from articles.errors import SENTENCES, Refused
from articles.models import UNCLOSED, ArticleVersion, Claim, Evidence, Highlight, Membership, Query, Status
from articles.queries.versions import claims_on
from articles.text.offsets import is_grapheme_edge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from articles.actions._writing import Event
    from articles.models.evidence import EvidenceQuerySet

NO_OFFSET = 2**31
"""Larger than any offset that the database holds."""

ONLY_HIGHLIGHT_REMOVED = "Its only highlight was removed."
MERGED = "Duplicate: its highlight was merged with that of another claim."


@write("highlight.marked")
def mark(
    *, by: Membership, version: ArticleVersion, start: int, end: int, quote: str, request_id: UUID | None = None
) -> Highlight:
    """Mark ``[start, end)`` (code points) as a new claim, whose text begins as the quotation."""
    require_place(version, start, end, quote)
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
    if queries_on(highlight).exists():
        raise Refused("A query about these words is not closed. Close it first.")
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
        resume_with_highlight(claim, by=by)
    return highlight


@write("highlight.adjusted")
def adjust(
    *,
    by: Membership,
    highlight: Highlight,
    revision: int,
    start: int,
    end: int,
    quote: str,
    request_id: UUID | None = None,
) -> Highlight:
    """Move the borders of a highlight to ``[start, end)`` (code points). All that is attached to it stays attached.

    A claim that rests on its words is unsettled; the quotation of a piece of evidence follows its passage, and so does
    the text of a claim that nobody has worded yet.
    """
    require_place(highlight.version, start, end, quote)
    claims, (highlight,) = locked_with_claims(highlight)
    require_movable(highlight)
    before = highlight.quote
    told = move_borders(highlight, start, end, quote, revision=revision)
    if told["before"] == told["after"]:
        return highlight
    followed = words_follow(highlight, before, claims)
    record_all(by, [("highlight.adjusted", highlight, told), *followed], request_id=request_id)
    for claim in claims:
        unsettle(claim, by=by, reason=other_words(before, quote))
    return highlight


def place(
    *,
    by: Membership,
    version: ArticleVersion,
    start: int,
    end: int,
    quote: str,
    claim: Claim | None = None,
    origin_id: UUID | None = None,
) -> Highlight:
    """Store a highlight without its event. The database refuses one that differs from the text under it."""
    require_place(version, start, end, quote)
    row = {"version": version, "start": start, "end": end, "quote": quote, "claim": claim, "origin_id": origin_id}
    return stored(Highlight, desk_id=by.desk_id, **row, made_by=by.person)


def evidence_on(highlight: Highlight) -> EvidenceQuerySet:
    """The evidence in force that cites the passage, in whatever version it was first marked."""
    first = highlight.first_id or highlight.pk
    return Evidence.objects.in_force().filter(desk_id=highlight.desk_id, highlight_id=first)


def queries_on(highlight: Highlight) -> QuerySet[Query]:
    """The queries about these words that are not closed."""
    first = highlight.first_id or highlight.pk
    return Query.objects.filter(desk_id=highlight.desk_id, highlight_id=first, status__in=UNCLOSED)


def removed_passage(row: Evidence | Query) -> Highlight | None:
    """The highlight of the passage, locked, where it last stood; None where it still stands, or is gone since."""
    first = row.highlight_id
    rows = Highlight.objects.filter(Q(pk=first) | Q(first=first), desk_id=row.desk_id)
    if first is None or rows.live().exists():
        return None
    last = rows.filter(ended_in=None).order_by("-removed_at").first()
    return locked(last) if last else None


def bring_back(
    highlight: Highlight,
    claim: Claim | None,
    *,
    by: Membership,
    automatic: bool = False,
    request_id: UUID | None = None,
) -> None:
    """Restore a locked highlight that was removed, with the locked claim that rests on it.

    ``automatic`` says that it follows from something else that ``by`` did.
    """
    change = changed(highlight, {"removed_at": None, "removed_by": None})
    events, reason = catch_up(highlight)
    told = change | span(highlight) | ({"automatic": True} if automatic else {})
    restored = ("highlight.restored", highlight, told)
    record_all(by, [restored, *events], request_id=request_id)
    if claim and reason:
        unsettle(claim, by=by, reason=reason)


def _claim_lost_a_place(claim: Claim, *, by: Membership) -> None:
    reopen_if_approved(claim, by=by, reason="A place where the claim stands was removed.")
    untouched = claim.status == Status.OPEN and not claim.evidence.in_force().exists() and not claim.verdict_id
    if untouched and not claim.queries.filter(status__in=UNCLOSED).exists() and not claim.highlights.live().exists():
        _set_aside(claim, by=by)


def set_aside_without_a_place(claim: Claim, *, by: Membership) -> None:
    """A claim whose marking is undone goes aside whatever was done on it, where all of that was taken back before."""
    claim = locked(claim)
    is_bare = not claim.evidence.in_force().exists() and not claim.queries.filter(status__in=UNCLOSED).exists()
    if claim.status == Status.OPEN and is_bare:
        _set_aside(claim, by=by)


def _set_aside(claim: Claim, *, by: Membership) -> None:
    move(claim, Status.SET_ASIDE, by=by, verb="claim.set_aside", reason=ONLY_HIGHLIGHT_REMOVED, automatic=True)


def resume_with_highlight(claim: Claim, *, by: Membership) -> None:
    """Take a locked claim back that went aside with its highlight, which stands again."""
    if claim.status == Status.SET_ASIDE and claim.status_reason in (ONLY_HIGHLIGHT_REMOVED, MERGED):
        move(claim, Status.OPEN, by=by, verb="claim.resumed", automatic=True)


def require_place(version: ArticleVersion, start: int, end: int, quote: str) -> None:
    if not quote.strip():
        raise Refused(SENTENCES["highlight_not_empty"], "quote")
    # The driver sends 32 bits and drops what is above them, so that the database could not tell.
    if max(abs(start), abs(end)) >= NO_OFFSET:
        raise Refused(SENTENCES["highlight_equals_text"], "quote")
    # Offsets outside of the text are for the database to refuse.
    if not all(is_grapheme_edge(version.text, edge) for edge in (start, end) if 0 <= edge <= len(version.text)):
        raise Refused(SENTENCES["highlight_ends_between_characters"], "quote")


def locked_with_claims(*highlights: Highlight) -> tuple[list[Claim], list[Highlight]]:
    """Highlights of which some get other borders, and the claims that rest on them, all locked."""
    ids = set().union(*claims_on(highlights).values())
    claims = Claim.objects.select_for_update(no_key=True).filter(desk_id=highlights[0].desk_id, pk__in=ids)
    rows = list(claims.order_by("pk"))
    known = {one.pk: locked(one) for one in sorted(highlights, key=lambda one: one.pk)}
    return rows, [known[one.pk] for one in highlights]


def require_movable(highlight: Highlight) -> None:
    """Raise Refused unless a locked highlight counts in the newest version, and is seen there."""
    if highlight.removed_at:
        raise Refused("This highlight was removed meanwhile. Restore it first.")
    newest = highlight.version.article.versions.order_by("-number").values_list("pk", flat=True)[0]
    if highlight.ended_in_id or highlight.version_id != newest:
        raise Refused(SENTENCES["borders_move_where_it_counts"])
    if highlight.claim_id is None and not evidence_on(highlight).exists() and not queries_on(highlight).exists():
        raise Refused("Nothing rests on this passage any more. Restore its evidence before you change it.")


def move_borders(
    highlight: Highlight, start: int, end: int, quote: str, *, revision: int | None = None
) -> dict[str, Any]:
    """Give a locked highlight other borders; what its event needs, ``before`` and ``after``. Raises Stale."""
    before = borders(highlight)
    changed(highlight, {"start": start, "end": end, "quote": quote}, revision=revision)
    return {"version": str(highlight.version_id), "before": before, "after": borders(highlight)}


def words_follow(highlight: Highlight, before: str, claims: Iterable[Claim]) -> list[Event]:
    """Change the words that are nothing but those of a highlight which said ``before``: they have to stay its words.

    They are the quotation of its evidence, and the text of a claim that is open and still says the quotation.
    """
    events: list[Event] = []
    for claim in claims:
        is_quotation = claim.status == Status.OPEN and claim.text == before.strip()
        if claim.pk == highlight.claim_id and is_quotation and claim.highlights.live().count() == 1:
            change = changed(claim, {"text": highlight.quote.strip()})
            events += [("claim.edited", claim, change | {"automatic": True})] if change else []
    for evidence in evidence_on(highlight).select_for_update(no_key=True).order_by("pk"):
        change = changed(evidence, {"quote": highlight.quote})
        told = {"claim": next(claim for claim in claims if claim.pk == evidence.claim_id), "automatic": True}
        events += [("evidence.edited", evidence, change | told)] if change else []
    return events


def other_words(before: str, after: str) -> str:
    """The reason for which a claim is unsettled when the borders of a highlight moved."""
    return f"The highlighted words “{shortened(before)}” became “{shortened(after)}”."


def borders(highlight: Highlight) -> dict[str, object]:
    return {"start": highlight.start, "end": highlight.end, "quote": highlight.quote}


def span(highlight: Highlight) -> dict[str, object]:
    """Where a highlight stands, for its event."""
    return {
        "version": str(highlight.version_id),
        "start": highlight.start,
        "end": highlight.end,
        "quote": highlight.quote,
    }
