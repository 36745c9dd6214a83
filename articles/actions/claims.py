"""What people do with a claim: word it, take it up, set it aside, reopen it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from articles.actions._writing import changed, locked, record, write
from articles.actions.names import claimant_named
from articles.errors import Refused, Stale, WouldUnsettle
from articles.models import MOVES, MOVES_BACK, Aside, Claim, Decision, Membership, Person, Review, Status
from articles.text.merging import merge

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

SETTLED = (Status.IN_REVIEW, Status.APPROVED)
"""What a verdict is about must not change under it unseen."""

DECIDED = (Status.APPROVED, Status.RETURNED)
"""What a claim in review becomes by the second person's decision; by anything else its verdict is void."""

RECHECK = "Its date for a recheck has come."


@write("claim.edited")
def edit(
    *,
    by: Membership,
    claim: Claim,
    revision: int,
    text: str,
    summary: str,
    claimant: str,
    kind: str,
    priority: int,
    priority_reason: str,
    assignee: Person | None,
    due: date | None,
    due_reason: str,
    base: Mapping[str, str] | None = None,
    by_itself: bool = False,
    request_id: UUID | None = None,
) -> Claim:
    """Word and plan a claim. ``claimant`` is a name. A change of the text unsettles the claim.

    ``base`` is what stood in the fields, as a form sends them, when they were filled in; with it a field that someone
    else changed meanwhile is no conflict unless this person changed it too. Raises Stale, with what is then left to
    decide. ``by_itself`` says that no one asked for it to be saved: raises WouldUnsettle rather than unsettle.
    """
    claim = locked(claim)
    written = {
        "text": text,
        "summary": summary,
        "claimant": claimant,
        "kind": kind,
        "priority": str(priority),
        "priority_reason": priority_reason,
        "assignee": str(assignee.pk) if assignee else "",
        "due": due.isoformat() if due else "",
        "due_reason": due_reason,
    }
    if base is not None:
        written, assignee = _merged(claim, written, base, assignee)
        revision = claim.revision
    if by_itself and written["text"] != claim.text and claim.status in SETTLED:
        raise WouldUnsettle("Saving reopens this claim.")
    if assignee and assignee != claim.assignee:
        _require_member(assignee, by.desk_id)
    change = changed(claim, written | _read(written, by) | {"assignee": assignee}, revision=revision)
    if change:
        record(by, "claim.edited", claim, change, request_id=request_id)
    if "text" in change.get("after", {}):
        unsettle(claim, by=by, reason="The text of the claim changed.")
    return claim


@write("claim.started")
def start(*, by: Membership, claim: Claim, request_id: UUID | None = None) -> Claim:
    """Take up a claim: it is being checked, by this person unless someone else already has it."""
    claim = locked(claim)
    if not claim.may_become(Status.CHECKING) or claim.status == Status.IN_REVIEW:
        raise Refused(f"This claim is {claim.get_status_display().lower()}; there is nothing to start.")
    return move(claim, Status.CHECKING, by=by, verb="claim.started", request_id=request_id)


@write("claim.stopped")
def stop(
    *,
    by: Membership,
    claim: Claim,
    status: Status = Status.OPEN,
    reason: str = "",
    leaves: bool = False,
    automatic: bool = False,
    request_id: UUID | None = None,
) -> Claim:
    """Take the start of a claim back: it has ``status`` again, for the ``reason`` it had then.

    ``leaves`` says that the start gave the claim to this person, who has it no longer.
    """
    claim = locked(claim)
    if claim.status != Status.CHECKING or status not in MOVES_BACK[Status.CHECKING]:
        raise Refused(f"This claim is {claim.get_status_display().lower()}; there is no start to take back.")
    values = _as_it_was(claim, status)
    if leaves and claim.assignee_id == by.person_id:
        values["assignee"] = None
    told: dict[str, Any] = {"reason": reason, "automatic": automatic, "request_id": request_id}
    return move(claim, status, by=by, verb="claim.stopped", **told, **values)


@write("claim.set_aside")
def set_aside(
    *,
    by: Membership,
    claim: Claim,
    reason: str = "",
    aside: Aside = Aside.OTHER,
    duplicate_of: Claim | None = None,
    request_id: UUID | None = None,
) -> Claim:
    """Leave a claim unchecked. ``aside`` says why, ``reason`` says more, and has to where it is something else."""
    # Locked in the same order whichever is the duplicate of the other.
    rows = sorted(filter(None, (claim, duplicate_of)), key=lambda row: row.pk)
    stored = {row.pk: locked(row) for row in rows}
    claim, duplicate_of = stored[claim.pk], stored[duplicate_of.pk] if duplicate_of else None
    if not claim.may_become(Status.SET_ASIDE):
        raise Refused("This claim is already set aside.")
    if aside == Aside.OTHER:
        _require(reason, "Say why this claim is set aside.")
    if aside == Aside.DUPLICATE:
        _require_original(claim, duplicate_of)
    named = f" of “{duplicate_of}”" if duplicate_of else ""
    said = reason.strip() or f"{Aside(aside).label}{named}."
    values: dict[str, Any] = {"aside": aside, "duplicate_of": duplicate_of if aside == Aside.DUPLICATE else None}
    return move(claim, Status.SET_ASIDE, by=by, verb="claim.set_aside", reason=said, request_id=request_id, **values)


@write("claim.resumed")
def resume(
    *,
    by: Membership,
    claim: Claim,
    status: Status = Status.OPEN,
    reason: str = "",
    request_id: UUID | None = None,
) -> Claim:
    """Take a claim that was set aside back to work; its earlier verdict no longer counts.

    Where that takes back the setting aside, ``status`` is the one it had, for the ``reason`` it had then.
    """
    claim = locked(claim)
    if claim.status != Status.SET_ASIDE:
        raise Refused("This claim is not set aside.")
    if status not in MOVES[Status.SET_ASIDE] | MOVES_BACK[Status.SET_ASIDE]:
        raise Refused("A claim that was set aside goes back to work, and no further.")
    values = _as_it_was(claim, status)
    return move(claim, status, by=by, verb="claim.resumed", reason=reason, request_id=request_id, **values)


@write("claim.reopened")
def reopen(*, by: Membership, claim: Claim, reason: str, request_id: UUID | None = None) -> Claim:
    claim = locked(claim)
    if claim.status != Status.APPROVED:
        raise Refused("Only an approved claim can be reopened.")
    _require(reason, "Say why this claim is reopened.")
    return move(claim, Status.REOPENED, by=by, verb="claim.reopened", reason=reason, request_id=request_id)


@write("claim.reopened")
def recheck(*, by: Membership, claim: Claim, request_id: UUID | None = None) -> Claim:
    """Take an approved claim back to work because the day has come that its verdict names."""
    claim = locked(claim)
    if not claim.is_due_for_recheck():
        raise Refused("The day on which this claim is to be checked again has not come.")
    return move(claim, Status.REOPENED, by=by, verb="claim.reopened", reason=RECHECK, request_id=request_id)


def recheck_by_system(claim: Claim) -> bool:
    """The same in nobody's name, for a claim that somebody may have reopened meanwhile; whether anything was done."""
    with transaction.atomic():
        claim = locked(claim)
        due = claim.is_due_for_recheck()
        if due:
            move(claim, Status.REOPENED, by=None, verb="claim.reopened", reason=RECHECK, automatic=True)
    return due


def reopen_if_approved(claim: Claim, *, by: Membership, reason: str) -> None:
    """Reopen a locked claim because what was approved has changed; the event says the system did it."""
    if claim.status == Status.APPROVED:
        move(claim, Status.REOPENED, by=by, verb="claim.reopened", reason=reason, automatic=True)


def unsettle(claim: Claim, *, by: Membership, reason: str) -> None:
    """What a verdict on a locked claim is about has changed: an approved claim is reopened, one in review goes back.

    Without the second, one person could rewrite in review what another found, and approve it alone.
    """
    reopen_if_approved(claim, by=by, reason=reason)
    if claim.status == Status.IN_REVIEW:
        move(claim, Status.CHECKING, by=by, verb="verdict.withdrawn", reason=reason, automatic=True)


def basis_changed(claim: Claim, *, by: Membership, reason: str) -> None:
    """The evidence of a locked claim changed: that unsettles the claim, and one not yet begun is being checked."""
    unsettle(claim, by=by, reason=reason)
    if claim.status in (Status.OPEN, Status.RETURNED):
        move(claim, Status.CHECKING, by=by, verb="claim.started", automatic=True)


def move(
    claim: Claim,
    status: Status,
    *,
    by: Membership | None,
    verb: str,
    reason: str = "",
    request_id: UUID | None = None,
    automatic: bool = False,
    **values: Any,
) -> Claim:
    """Give a locked claim another status, with what comes with it, and record it.

    ``automatic`` says that the system moved it as a consequence of what ``by`` did, or by itself. The caller checked
    that the move is one of MOVES; the database refuses any other. Where a verdict or its approval ends by it, the event
    names those whom that concerns.
    """
    concerned = _concerned(claim) if claim.status in SETTLED and status not in DECIDED else {}
    values |= {"status": status, "status_reason": reason, "status_at": timezone.now()}
    values.setdefault("approved_digest", "")
    values.setdefault("aside", Aside.OTHER if status == Status.SET_ASIDE else "")
    values.setdefault("duplicate_of", None)
    if by and status == Status.CHECKING and claim.assignee_id is None:
        values["assignee"] = by.person
    change = changed(claim, values)
    change["before"].pop("status_at")
    change["after"].pop("status_at")
    data = change | {"reason": reason} | ({"automatic": True} if automatic else {})
    if concerned:
        data["concerned"] = concerned
    record(by, verb, claim, data, request_id=request_id)
    return claim


def _concerned(claim: Claim) -> dict[str, str]:
    """Whose work ends when a verdict or an approval does: the ids of author, reviewer and assignee."""
    people = {
        "author": claim.verdict.author_id if claim.verdict else None,
        "reviewer": claim.review.reviewer_id if claim.review else None,
        "assignee": claim.assignee_id,
    }
    return {name: str(person) for name, person in people.items() if person}


def _require_original(claim: Claim, original: Claim | None) -> None:
    if original is None:
        raise Refused("Say of which claim it is a duplicate.", "duplicate_of")
    if original.pk == claim.pk:
        raise Refused("A claim is no duplicate of itself. Give the address of the other one.", "duplicate_of")
    if original.duplicate_of_id:
        raise Refused(f"That claim is itself a duplicate, of “{original.duplicate_of}”. Name that one.", "duplicate_of")
    if claim.duplicates.exists():
        said = f"Other claims are duplicates of “{claim}” and would lead nowhere."
        raise Refused(f"{said} Resume them first, or set the other one aside instead.", "duplicate_of")


def _as_it_was(claim: Claim, status: Status) -> dict[str, Any]:
    """A claim that was returned has the verdict and the review with which it was, whatever was found since."""
    if status != Status.RETURNED:
        return {}
    returned = Review.objects.filter(desk_id=claim.desk_id, verdict__claim=claim, decision=Decision.RETURN)
    review = returned.select_related("verdict").order_by("-id").first()
    return {"verdict": review.verdict, "review": review} if review else {}


def _merged(
    claim: Claim, written: dict[str, str], base: Mapping[str, str], assignee: Person | None
) -> tuple[dict[str, str], Person | None]:
    """What to store of a form that was filled in while the claim changed; Stale says what both have changed."""
    merged = merge(base, written, claim.as_written())
    if merged.clashes:
        raise Stale(claim, merged.values)
    return merged.values, assignee if merged.values["assignee"] == written["assignee"] else claim.assignee


def day_of(told: str | None) -> date | None:
    """A day as forms and events tell it."""
    return date.fromisoformat(told) if told else None


def _read(written: Mapping[str, str], by: Membership) -> dict[str, Any]:
    """The fields whose value is not what a form sends."""
    return {
        "claimant": claimant_named(written["claimant"], desk_id=by.desk_id, by=by),
        "priority": int(written["priority"]),
        "due": day_of(written["due"]),
    }


def _require_member(person: Person, desk_id: UUID) -> None:
    if not person.memberships.current().filter(desk_id=desk_id).exists():
        raise Refused("Choose a member of this desk.", "assignee")


def _require(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise Refused(sentence, "reason")
