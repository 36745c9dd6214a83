"""Words that a second person suggests for a claim in review; the author makes them their own or declines them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from articles.actions import claims
from articles.actions._writing import changed, locked, record, write
from articles.actions.verdicts import Finding, hand_on, store, told_of
from articles.errors import Refused, Stale
from articles.models import Answer, Claim, Membership, Part, Status, Suggestion, Verdict

if TYPE_CHECKING:
    from uuid import UUID

ACCEPTED = "Suggested words were accepted."


@write("words.suggested")
def suggest(
    *, by: Membership, claim: Claim, revision: int, part: Part, words: str, request_id: UUID | None = None
) -> Suggestion:
    """Suggest other words for the claim or for the rationale of its verdict. Nothing changes until the author accepts.

    Raises Stale when the claim changed since ``revision``.
    """
    claim = locked(claim)
    if claim.revision != revision:
        raise Stale(claim, {"part": part, "words": words})
    verdict = _in_review(claim)
    if verdict.author_id == by.person_id:
        raise Refused("This verdict is yours: take it back to change its words.")
    if verdict.blind and not verdict.seconds.filter(rating=verdict.rating).exists():
        raise Refused("Find on your own first; words can be suggested once the two findings agree.")
    before = words_of(verdict, claim, part)
    if words.strip() in ("", before):
        raise Refused("Write the words as they should be.", "words")
    suggestion = Suggestion.objects.create(
        desk_id=by.desk_id,
        verdict=verdict,
        verdict_author_id=verdict.author_id,
        part=part,
        before=before,
        words=words,
        suggested_by=by.person,
    )
    told = {"claim": claim, "verdict": str(verdict.pk), "part": part, "before_words": before, "words": words}
    record(by, "words.suggested", suggestion, told, request_id=request_id)
    return suggestion


@write("words.accepted")
def accept(*, by: Membership, suggestion: Suggestion, request_id: UUID | None = None) -> Suggestion:
    """Make suggested words one's own, as the author: the verdict is given anew with them and waits for review again."""
    claim, suggestion = _for_the_author(by, suggestion)
    verdict, part = _in_review(claim), Part(suggestion.part)
    if words_of(verdict, claim, part) != suggestion.before:
        raise Refused("The words that this suggestion is about are others by now. Decline it, or ask for a new one.")
    _answer(by, claim, suggestion, "words.accepted", decision=Answer.ACCEPTED, request_id=request_id)
    finding = Finding(**{name: getattr(verdict, name) for name in Finding.__slots__})
    move: dict[str, Any] = {"by": by, "verb": "verdict.withdrawn", "reason": ACCEPTED, "automatic": True}
    claims.move(claim, Status.CHECKING, **move)
    if part == Part.TEXT:
        change = changed(claim, {"text": suggestion.words})
        record(by, "claim.edited", claim, change | {"automatic": True})
    else:
        finding = Finding(**(finding.told() | {"rationale": suggestion.words}))
    anew = store(by=by, claim=claim, finding=finding)
    record(by, "verdict.given", anew, told_of(anew) | {"automatic": True})
    hand_on(claim, anew, by=by)
    return suggestion


@write("words.declined")
def decline(*, by: Membership, suggestion: Suggestion, reason: str, request_id: UUID | None = None) -> Suggestion:
    """Leave the words as they are, and say why."""
    claim, suggestion = _for_the_author(by, suggestion)
    if not reason.strip():
        raise Refused("Say why the words stay as they are.", "reason")
    told: dict[str, Any] = {"decision": Answer.DECLINED, "reason": reason, "request_id": request_id}
    return _answer(by, claim, suggestion, "words.declined", **told)


def words_of(verdict: Verdict, claim: Claim, part: Part) -> str:
    return claim.text if part == Part.TEXT else verdict.rationale


def _in_review(claim: Claim) -> Verdict:
    if claim.status != Status.IN_REVIEW or claim.verdict is None:
        raise Refused("This claim is not in review. Words are suggested for what waits for a second person.")
    return claim.verdict


def _for_the_author(by: Membership, suggestion: Suggestion) -> tuple[Claim, Suggestion]:
    claim = locked(suggestion.verdict.claim)
    suggestion = locked(suggestion)
    if suggestion.verdict_author_id != by.person_id:
        raise Refused(f"Only {suggestion.verdict_author}, who gave the verdict, decides on these words.")
    if suggestion.decision:
        raise Refused(f"These words were {suggestion.get_decision_display().lower()} already.")
    return claim, suggestion


def _answer(
    by: Membership,
    claim: Claim,
    suggestion: Suggestion,
    verb: str,
    *,
    decision: Answer,
    reason: str = "",
    request_id: UUID | None,
) -> Suggestion:
    values = {"decision": decision, "reason": reason, "decided_by": by.person, "decided_at": timezone.now()}
    change = changed(suggestion, values)
    told = {"claim": claim, "part": suggestion.part, "before_words": suggestion.before, "words": suggestion.words}
    record(by, verb, suggestion, change | told | {"reason": reason}, request_id=request_id)
    return suggestion
