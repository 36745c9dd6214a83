"""A person's finding on a claim, and the second person's decision on it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.db import connection

from articles.actions._writing import locked, record, write
from articles.actions.claims import move
from articles.errors import Refused, Stale
from articles.models import IN_WORK, Claim, Decision, Desk, Membership, Needs, Rating, Review, Stance, Status, Verdict

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


DIFFER = "The two findings differ. Say which one stands, and why."


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a verdict says. ``as_of`` is a partial date, ``wording`` what the article should read."""

    rating: Rating
    rationale: str
    searched: str = ""
    missing: str = ""
    as_of: str = ""
    recheck_on: date | None = None
    wording: str = ""

    def told(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


@write("verdict.given")
def give(
    *,
    by: Membership,
    claim: Claim,
    revision: int,
    rating: Rating,
    rationale: str,
    searched: str = "",
    missing: str = "",
    as_of: str = "",
    recheck_on: date | None = None,
    wording: str = "",
    request_id: UUID | None = None,
) -> Verdict:
    """Give a verdict and hand the claim to a second person: blind, where the desk or the claim asks for that.

    Raises Stale when the claim changed since ``revision``, Refused when what the verdict rests on is not enough.
    """
    claim = locked(claim)
    finding = Finding(
        rating=rating,
        rationale=rationale,
        searched=searched,
        missing=missing,
        as_of=as_of,
        recheck_on=recheck_on,
        wording=wording,
    )
    if claim.revision != revision:
        raise Stale(claim, finding.told())
    if claim.status not in IN_WORK:
        raise Refused(f"This claim is {claim.get_status_display().lower()}; it takes no verdict now.")
    verdict = store(by=by, claim=claim, finding=finding, blind=claim.blind or is_blind(by.desk_id))
    record(by, "verdict.given", verdict, told_of(verdict), request_id=request_id)
    hand_on(claim, verdict, by=by)
    return verdict


def store(
    *, by: Membership, claim: Claim, finding: Finding, blind: bool = False, second_of: Verdict | None = None
) -> Verdict:
    """A verdict on a locked claim; its event is for the caller to record.

    Raises Refused where it rests on too little.
    """
    _require_basis(claim, finding.rating, finding.searched, finding.missing)
    return Verdict.objects.create(
        desk_id=by.desk_id, claim=claim, author=by.person, blind=blind, second_of=second_of, **finding.told()
    )


def told_of(verdict: Verdict) -> dict[str, Any]:
    """What the event of a verdict says: all that is needed to give it again."""
    data = {"claim": verdict.claim} | {field.name: getattr(verdict, field.name) for field in fields(Finding)}
    return data | ({"blind": True} if verdict.blind else {})


def hand_on(claim: Claim, verdict: Verdict, *, by: Membership) -> None:
    """Bring a locked claim into review with a new verdict."""
    if claim.status != Status.CHECKING:
        move(claim, Status.CHECKING, by=by, verb="claim.started", automatic=True)
    move(claim, Status.IN_REVIEW, by=by, verb="claim.handed_on", automatic=True, verdict=verdict, review=None)


def is_blind(desk_id: UUID) -> bool:
    return Desk.objects.values_list("blind_reviews", flat=True).get(pk=desk_id)


@write("verdict.withdrawn")
def withdraw(*, by: Membership, claim: Claim, request_id: UUID | None = None) -> Claim:
    """Take one's own verdict back from review; the claim is being checked again.

    Not while another finding differs from it: that is resolved, with a note, and not left behind.
    """
    claim = locked(claim)
    if claim.status != Status.IN_REVIEW or claim.verdict is None:
        raise Refused("There is no verdict in review to take back.")
    if claim.verdict.author_id != by.person_id:
        raise Refused("Only the person who gave this verdict can take it back.")
    second = claim.verdict.seconds.first()
    if second and second.rating_id != claim.verdict.rating_id:
        raise Refused(DIFFER)
    return move(claim, Status.CHECKING, by=by, verb="verdict.withdrawn", request_id=request_id)


@write("review.approved")
def approve(*, by: Membership, claim: Claim, digest: str, request_id: UUID | None = None) -> Review:
    """Agree, as the second person, with exactly what ``digest`` stands for.

    Raises Stale when the claim, its evidence or its verdict is no longer what was on the screen.
    """
    return _decide(by=by, claim=claim, decision=Decision.APPROVE, digest=digest, reason="", request_id=request_id)


@write("review.returned")
def send_back(*, by: Membership, claim: Claim, digest: str, reason: str, request_id: UUID | None = None) -> Review:
    """Return a verdict to work, with the reason."""
    if not reason.strip():
        raise Refused("Say what has to be done before you can agree.", "reason")
    return _decide(by=by, claim=claim, decision=Decision.RETURN, digest=digest, reason=reason, request_id=request_id)


def digest_of(claim: Claim) -> str:
    """SHA-256, in hexadecimal, of everything an approval of this claim covers, as it is stored now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT claim_digest(%s, %s)", [claim.desk_id, claim.pk])
        return str(cursor.fetchone()[0])


def _decide(
    *, by: Membership, claim: Claim, decision: Decision, digest: str, reason: str, request_id: UUID | None
) -> Review:
    claim = locked(claim)
    verdict = claim.verdict
    if claim.status != Status.IN_REVIEW or verdict is None:
        raise Refused("This claim is not waiting for review.")
    if verdict.author_id == by.person_id:
        raise Refused("You gave this verdict yourself. Someone else has to agree with it.")
    if decision == Decision.APPROVE:
        _require_agreement(verdict)
    if digest != digest_of(claim):
        raise Stale(claim, {"decision": decision, "reason": reason})
    told: dict[str, Any] = {"decision": decision, "digest": digest, "reason": reason, "request_id": request_id}
    return decide(by=by, claim=claim, verdict=verdict, **told)


def decide(
    *,
    by: Membership,
    claim: Claim,
    verdict: Verdict,
    decision: Decision,
    digest: str,
    reason: str = "",
    automatic: bool = False,
    request_id: UUID | None = None,
) -> Review:
    """Record the decision on the verdict of a locked claim and move the claim. ``digest`` is of what is stored now."""
    review = Review.objects.create(
        desk_id=by.desk_id,
        verdict=verdict,
        verdict_author_id=verdict.author_id,
        reviewer=by.person,
        decision=decision,
        reason=reason,
        digest=digest,
    )
    approved = decision == Decision.APPROVE
    verb = "review.approved" if approved else "review.returned"
    told = {"claim": claim, "verdict": str(verdict.pk), "digest": digest, "reason": reason}
    record(by, verb, review, told | ({"automatic": True} if automatic else {}), request_id=request_id)
    move(
        claim,
        Status.APPROVED if approved else Status.RETURNED,
        by=by,
        verb="claim.approved" if approved else "claim.returned",
        reason=reason,
        review=review,
        approved_digest=digest if approved else "",
    )
    return review


# The rule is the trigger "blind_finding_was_compared"; here it becomes a sentence.
def _require_agreement(verdict: Verdict) -> None:
    if not verdict.blind:
        return
    second = verdict.seconds.first()
    if second is None:
        raise Refused("This verdict was given blind. Give your own finding first; then both are shown.")
    if second.rating_id != verdict.rating_id:
        raise Refused(DIFFER)


# The rule is the trigger "verdict_rests_on_enough"; here it becomes a sentence beside the field that is to blame.
def _require_basis(claim: Claim, rating: Rating, searched: str, missing: str) -> None:
    stances = set(claim.evidence.sound().values_list("stance", flat=True))
    search_told = bool(searched.strip() and missing.strip())
    match Needs(rating.needs):
        case Needs.EVIDENCE if not stances:
            raise Refused(f"“{rating}” needs evidence. Add what speaks for or against the claim first.", "rating")
        case Needs.BOTH_SIDES if not {Stance.SUPPORTS, Stance.REFUTES} <= stances:
            raise Refused(f"“{rating}” needs evidence that supports the claim and evidence that refutes it.", "rating")
        case Needs.SEARCH if not search_told:
            field = "missing" if searched.strip() else "searched"
            raise Refused(
                f"“{rating}” needs two things instead of evidence: what was searched, what is missing.", field
            )
        case Needs.EITHER if not stances and not search_told:
            raise Refused(f"“{rating}” needs evidence, or else what was searched and what is missing.", "searched")
