"""Whether verdicts are found blind: on the whole desk, or on one claim. What was found blind stays so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.actions._writing import changed, locked, record, write
from articles.errors import Refused
from articles.models import IN_WORK, Claim, Desk, Membership

if TYPE_CHECKING:
    from uuid import UUID


@write("claim.blinded")
def blind_claim(*, by: Membership, claim: Claim, request_id: UUID | None = None) -> Claim:
    """Have the next verdict on a claim given blind, whatever the desk does otherwise."""
    claim = locked(claim)
    if claim.blind:
        raise Refused("The next verdict on this claim is given blind already.")
    _require_in_work(claim)
    record(by, "claim.blinded", claim, changed(claim, {"blind": True}), request_id=request_id)
    return claim


@write("claim.unblinded")
def unblind_claim(*, by: Membership, claim: Claim, request_id: UUID | None = None) -> Claim:
    """Have the next verdict on a claim given as the desk gives them. One that was given blind stays so."""
    claim = locked(claim)
    if not claim.blind:
        raise Refused("This claim is not set to be found blind.")
    _require_in_work(claim)
    record(by, "claim.unblinded", claim, changed(claim, {"blind": False}), request_id=request_id)
    return claim


@write("desk.blinded")
def blind_desk(*, by: Membership, request_id: UUID | None = None) -> Membership:
    """Have every verdict of the desk given blind from now on."""
    _set_blind(by, to=True)
    record(
        by,
        "desk.blinded",
        by,
        {"before": {"blind_reviews": False}, "after": {"blind_reviews": True}},
        request_id=request_id,
    )
    return by


@write("desk.unblinded")
def unblind_desk(*, by: Membership, request_id: UUID | None = None) -> Membership:
    """Have verdicts given openly from now on. Those that were given blind stay so."""
    _set_blind(by, to=False)
    record(
        by,
        "desk.unblinded",
        by,
        {"before": {"blind_reviews": True}, "after": {"blind_reviews": False}},
        request_id=request_id,
    )
    return by


def _require_in_work(claim: Claim) -> None:
    if claim.status not in IN_WORK:
        raise Refused(
            f"This claim is {claim.get_status_display().lower()}. It counts for a verdict that is still to come."
        )


def _set_blind(by: Membership, *, to: bool) -> None:
    desk = Desk.objects.select_for_update(no_key=True).get(pk=by.desk_id)
    if desk.blind_reviews is to:
        raise Refused(f"Reviews of this desk are {'blind' if to else 'open'} already.")
    desk.blind_reviews = to
    desk.save(update_fields=["blind_reviews"])
    by.desk.blind_reviews = to
