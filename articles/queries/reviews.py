"""What waits for a second person, and what that person reads before deciding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet
from django.db.models.functions import Greatest, Substr

from articles.models import Claim, Part, Status, Suggestion
from articles.queries.claims import Place, occurrences, place_of
from articles.text.sentences import sentences

if TYPE_CHECKING:
    from articles.models import Membership

SHOWN = 50
"""The queue gets shorter as it is worked off, so the rest need no page of their own."""

AROUND = 1500
"""Code points read on each side of an occurrence, to find the sentence in which it stands."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The claims that have waited longest come first. ``own`` are the member's own verdicts."""

    waiting: list[Claim]
    own: list[Claim]
    more: bool


@dataclass(frozen=True, slots=True)
class InContext:
    """An occurrence with the rest of the sentence, or sentences, in which it stands."""

    place: Place
    before: str
    after: str


def queue(by: Membership) -> Queue:
    waiting = list(_oldest_first(_in_review(by).exclude(verdict__author=by.person))[: SHOWN + 1])
    own = list(_oldest_first(_in_review(by).filter(verdict__author=by.person))[:SHOWN])
    return Queue(waiting[:SHOWN], own, len(waiting) > SHOWN)


def next_for(by: Membership) -> Claim | None:
    """The claim that has waited longest for this member."""
    return _oldest_first(_in_review(by).exclude(verdict__author=by.person)).first()


def in_context(claim: Claim) -> list[InContext]:
    """Every live occurrence with its sentence. Of each text only what stands around it is loaded."""
    begins = Greatest(F("start") - AROUND, 0)
    around = Substr("version__text", begins + 1, F("end") - F("start") + 2 * AROUND)
    rows = occurrences(claim).annotate(begins=begins, around=around)
    return [_in_context(row) for row in rows]


def suggestions_on(claim: Claim) -> list[Suggestion]:
    """Other words for the claim in review that wait for the author, and are for the words as they still are."""
    if claim.status != Status.IN_REVIEW or claim.verdict is None:
        return []
    waiting = Suggestion.objects.filter(desk_id=claim.desk_id, verdict__claim=claim, decision="")
    waiting = waiting.filter(verdict_author=claim.verdict.author_id).select_related("suggested_by")
    now = {Part.TEXT: claim.text, Part.RATIONALE: claim.verdict.rationale}
    return [one for one in waiting.order_by("id") if one.before == now[Part(one.part)]]


def _in_review(by: Membership) -> QuerySet[Claim]:
    return Claim.objects.filter(desk_id=by.desk_id, status=Status.IN_REVIEW)


def _oldest_first(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    return (
        claims.select_related("verdict__author")
        .prefetch_related("verdict__seconds__author")
        .order_by("status_at", "id")
    )


def _in_context(row: Any) -> InContext:
    start, end = row.start - row.begins, row.end - row.begins
    left, right = around_sentence(row.around, start, end)
    return InContext(place_of(row), row.around[left:start], row.around[end:right])


def around_sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences of the blocks that ``[start, end)`` touches, from the first to the last that it touches."""
    opening = text.rfind("\n\n", 0, start)
    left = 0 if opening < 0 else opening + 2
    closing = text.find("\n\n", end)
    right = len(text) if closing < 0 else closing
    touched = [(a + left, b + left) for a, b in sentences(text[left:right]) if a + left < end and b + left > start]
    return (min(touched[0][0], start), max(touched[-1][1], end)) if touched else (start, end)
