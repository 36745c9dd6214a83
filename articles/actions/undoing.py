"""Undo and redo: a person's own acts in an article are taken back by the ordinary actions, as new events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.actions import claims
from articles.actions._writing import locked, noting, within, write
from articles.actions.opposites import INVERSES, Turn
from articles.errors import SENTENCES, Refused, Stale
from articles.models import Article, AuditEvent, Claim, Status
from articles.queries.undoing import consequences, done_since, parts_of
from articles.queries.undoing import latest as read_latest
from articles.queries.undoing import stack as read_stack

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from articles.actions._writing import Event
    from articles.models import DeskRow, Membership
    from articles.queries.undoing import Stack, Step

APPROVAL_STAYS_VOID = "The approval does not come back with it: a second person has to look at the claim again."
VERDICT_STAYS_BACK = "The verdict that waited for review does not come back with it: give it again."

VOIDED = {"claim.reopened": APPROVAL_STAYS_VOID, "verdict.withdrawn": VERDICT_STAYS_BACK}
"""What follows from a change by itself, and is not taken back with it."""

VOIDED_FROM = {Status.APPROVED: APPROVAL_STAYS_VOID, Status.IN_REVIEW: VERDICT_STAYS_BACK}
"""The same of a claim that was set aside, by the status it had."""


@write("undo")
def undo(*, by: Membership, article: Article, step: int | None = None, request_id: UUID | None = None) -> DeskRow:
    """Take back what ``by`` did last in the article, or the ``step`` of that number.

    Returns the row that was changed. Raises Refused when someone changed the same since, naming who and what.
    """
    _require_new(by, request_id)
    chosen = _chosen(stack(by, article).undo, step, "undo")
    with noting(undoes=chosen.number) as events:
        row = _turn(by, chosen, "undone", request_id)
        _require_nothing_voided(by, chosen, "undone", events)
        _put_back_what_started(by, chosen)
    return row


@write("redo")
def redo(*, by: Membership, article: Article, step: int | None = None, request_id: UUID | None = None) -> DeskRow:
    """Do again what ``by`` undid last in the article, or the ``step`` of that number. Returns and raises like undo."""
    _require_new(by, request_id)
    chosen = _chosen(stack(by, article).redo, step, "redo")
    with noting(redoes=chosen.number) as events:
        row = _turn(by, chosen, "redone", request_id)
        _require_nothing_voided(by, chosen, "redone", events)
    return row


def stack(by: Membership, article: Article) -> Stack:
    """What ``by`` can undo and redo in the article."""
    return read_stack(by, article, INVERSES.keys())


def latest(by: Membership, article: Article) -> Stack:
    """The same as far as needed to say what comes next."""
    return read_latest(by, article, INVERSES.keys())


def what_stays(by: Membership, step: Step) -> str:
    """What an undo of the step leaves as it became, in a sentence; empty where everything is as before."""
    if step.done.action == "claim.set_aside":
        return VOIDED_FROM.get(Status(step.done.data["before"]["status"]), "")
    events = [event for number in step.parts for event in consequences(by.desk_id, number)]
    return next((VOIDED[event.action] for event in events if event.action in VOIDED), "")


def _require_new(by: Membership, request_id: UUID | None) -> None:
    """A repeated request must not take the step before; ``write`` answers it with the row of the first."""
    if request_id and AuditEvent.objects.filter(desk_id=by.desk_id, request_id=request_id).exists():
        raise Refused(SENTENCES["event_request_once"])


def _chosen(steps: Sequence[Step], number: int | None, verb: str) -> Step:
    if number is not None:
        found = next((step for step in steps if step.number == number), None)
        if found is None:
            raise Refused(f"There is no such step to {verb} any more.")
        return found
    if not steps:
        raise Refused(f"There is nothing of yours to {verb} in this article.")
    return steps[-1]


def _turn(by: Membership, step: Step, how: str, request_id: UUID | None) -> DeskRow:
    first, *others = reversed(step.last)
    row = _take_back(Turn(by, first, step, how, request_id))
    for act in others:
        _take_back(Turn(by, act, step, how, None))
    return row


def _take_back(turn: Turn) -> DeskRow:
    """An opposite looks before its action locks; who was faster in between is named as who was there before."""
    try:
        return INVERSES[turn.act.action](turn)
    except Stale as stale:
        raise turn.overtaken([stale.current.pk]) from stale


def _require_nothing_voided(by: Membership, step: Step, how: str, events: Sequence[Event]) -> None:
    """Nobody's approval and no verdict in review ends by an undo: whoever wants that does it knowingly."""
    for verb, claim, data in events:
        if verb in VOIDED and data.get("automatic") and isinstance(claim, Claim):
            raise Turn(by, step.last[-1], step, how, None).overtaken(parts_of(claim))


def _put_back_what_started(by: Membership, step: Step) -> None:
    """A claim that began to be checked because of the step, and only because of it, is where it was before."""
    for act in step.last:
        for event in consequences(by.desk_id, act.number):
            if event.action == "claim.started":
                _put_back(by, event)


def _put_back(by: Membership, event: AuditEvent) -> None:
    claim = locked(Claim.objects.get(desk_id=by.desk_id, pk=event.subject_id))
    before, after = event.data["before"], event.data["after"]
    others = done_since(by.desk_id, event.number, parts_of(claim))
    rests = before["status"] == Status.OPEN and claim.evidence.in_force().exists()
    if claim.status == Status.CHECKING and not rests and not any(other.actor_id != by.person_id for other in others):
        told = {"status": Status(before["status"]), "reason": before.get("status_reason", "")}
        within(claims.stop)(by=by, claim=claim, automatic=True, leaves="assignee" in after, **told)
