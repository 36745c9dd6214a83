"""Two people who find apart: the second finding beside a blind verdict, and which one stands where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.actions._writing import changed, locked, record, write
from articles.actions.claims import move
from articles.actions.verdicts import Finding, decide, digest_of, hand_on, store, told_of
from articles.errors import Refused, Stale
from articles.models import Claim, Decision, Membership, Resolution, Standing, Status, Verdict

if TYPE_CHECKING:
    from uuid import UUID

NO_DIFFERENCE = "There is no difference between two findings to resolve here."


@write("verdict.seconded")
def second(*, by: Membership, claim: Claim, revision: int, finding: Finding, request_id: UUID | None = None) -> Verdict:
    """Find on one's own, as the second person, without having read the verdict; from then on both are shown.

    Raises Stale when the claim changed since ``revision``.
    """
    claim = locked(claim)
    if claim.revision != revision:
        raise Stale(claim, finding.told())
    first = claim.verdict
    if claim.status != Status.IN_REVIEW or first is None or not first.blind:
        raise Refused("No blind verdict on this claim waits for a second finding.")
    if first.author_id == by.person_id:
        raise Refused("You gave the first verdict. Someone else has to find without having read it.")
    if first.seconds.exists():
        raise Refused("Someone else gave the second finding just now. Both are shown below.")
    if finding.rating.scale_id != first.rating.scale_id:
        raise Refused("Choose a rating of the scale that the first verdict was given in.", "rating")
    verdict = store(by=by, claim=claim, finding=finding, second_of=first)
    told = told_of(verdict) | {"second_of": str(first.pk), "agrees": verdict.rating_id == first.rating_id}
    record(by, "verdict.seconded", verdict, told, request_id=request_id)
    return verdict


@write("difference.resolved")
def resolve(
    *,
    by: Membership,
    claim: Claim,
    digest: str,
    stands: Standing,
    note: str,
    finding: Finding | None = None,
    request_id: UUID | None = None,
) -> Resolution:
    """Say which of two findings that differ stands, and why.

    Where it is one of the two, that approves the claim, so nobody says it of their own. ``finding`` is a third one,
    which goes to another person for review. Raises Stale when what ``digest`` stands for is no longer what is stored.
    """
    claim = locked(claim)
    first = claim.verdict
    other = first.seconds.first() if first else None
    if claim.status != Status.IN_REVIEW or first is None or other is None or other.rating_id == first.rating_id:
        raise Refused(NO_DIFFERENCE)
    if not note.strip():
        raise Refused("Say why this finding stands.", "note")
    if digest_of(claim) != digest:
        raise Stale(claim, {"stands": stands, "note": note})
    if stands == Standing.THIRD:
        if finding is None:
            raise Refused("Give the finding that is to stand.", "rating")
        return _find_anew(by=by, claim=claim, first=first, finding=finding, note=note, request_id=request_id)
    standing = first if stands == Standing.FIRST else other
    if standing.author_id == by.person_id:
        raise Refused("This finding is your own. The other person, or a third, can say that it stands.", "stands")
    return _choose(by=by, claim=claim, first=first, standing=standing, note=note, request_id=request_id)


def _choose(
    *, by: Membership, claim: Claim, first: Verdict, standing: Verdict, note: str, request_id: UUID | None
) -> Resolution:
    """One of the two stands and is approved by it, because another person than its author says so."""
    stands = Standing.FIRST if standing == first else Standing.SECOND
    resolution = _store(by=by, first=first, stands=stands, standing=standing, note=note)
    record(by, "difference.resolved", resolution, _told(claim, resolution), request_id=request_id)
    if standing != first:
        change = changed(claim, {"verdict": standing})
        record(by, "claim.found", claim, change | {"automatic": True})
    decide(by=by, claim=claim, verdict=standing, decision=Decision.APPROVE, digest=digest_of(claim), automatic=True)
    return resolution


def _find_anew(
    *, by: Membership, claim: Claim, first: Verdict, finding: Finding, note: str, request_id: UUID | None
) -> Resolution:
    verdict = store(by=by, claim=claim, finding=finding)
    resolution = _store(by=by, first=first, stands=Standing.THIRD, standing=verdict, note=note)
    record(by, "difference.resolved", resolution, _told(claim, resolution), request_id=request_id)
    record(by, "verdict.given", verdict, told_of(verdict) | {"automatic": True})
    reason = "Another finding than the two stands."
    move(claim, Status.CHECKING, by=by, verb="verdict.withdrawn", reason=reason, automatic=True)
    hand_on(claim, verdict, by=by)
    return resolution


def _store(*, by: Membership, first: Verdict, stands: Standing, standing: Verdict, note: str) -> Resolution:
    return Resolution.objects.create(
        desk_id=by.desk_id, verdict=first, stands=stands, standing=standing, note=note, resolved_by=by.person
    )


def _told(claim: Claim, resolution: Resolution) -> dict[str, object]:
    return {
        "claim": claim,
        "verdict": str(resolution.verdict_id),
        "stands": resolution.stands,
        "standing": str(resolution.standing_id),
        "rating": resolution.standing.rating,
        "reason": resolution.note,
    }
