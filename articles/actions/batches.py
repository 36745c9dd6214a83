"""One change of many claims at once: what was shown is done, each claim with its event, and taken back as far as it is
still as the change left it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.actions import claims as claim_actions
from articles.actions import notices
from articles.actions._writing import changed, noting, record, record_all, within, write
from articles.errors import Refused, Stale
from articles.models import AuditEvent, Batch, BatchKind, Claim, Membership, Person, Status
from articles.queries.batches import FIELDS, MOST, Change, Plan, events_of, plan, undone
from articles.queries.history import people_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from articles.actions._writing import Event


TOO_MANY = f"Choose at most {MOST} claims at once."


class Overtaken(Stale):
    """Some of the claims are not as they were shown: ``plan`` is what the change would do now."""

    def __init__(self, plan: Plan) -> None:
        Exception.__init__(self, "Some of these claims changed meanwhile.")
        self.plan = plan


@write("batch.made")
def make(*, by: Membership, claims: Sequence[UUID], change: Change, seen: str, request_id: UUID | None = None) -> Batch:
    """Do to each of the claims what was shown. ``seen`` is the digest of the plan that was.

    Raises Overtaken when the plan is another by now, Refused when it changes nothing or too many claims.
    """
    if len(claims) > MOST:
        raise Refused(TOO_MANY)
    _require_members(by, change)
    found = plan(_locked(by, claims), change)
    if found.digest != seen:
        raise Overtaken(found)
    if not found.changes:
        raise Refused("None of these claims would change.")
    batch = Batch.objects.create(desk_id=by.desk_id, what=change.what, made_by=by.person)
    number = len(found.changes)
    made = record(by, "batch.made", batch, _asked(change) | {"claims": number}, request_id=request_id)
    with noting(batch=str(batch.pk)) as events:
        if change.what == BatchKind.ASIDE:
            why: dict[str, Any] = {"aside": change.aside, "duplicate_of": change.duplicate_of}
            for one in found.changes:
                within(claim_actions.set_aside)(by=by, claim=one.claim, reason=change.reason, **why)
        else:
            record_all(by, [("claim.edited", one.claim, changed(one.claim, one.values)) for one in found.changes])
    _tell(by, made, events)
    return batch


@write("batch.undone")
def undo(*, by: Membership, batch: Batch, request_id: UUID | None = None) -> Batch:
    """Put back what nobody changed since. The event names what was left, and why.

    Raises Refused when nothing can be put back.
    """
    _, *events = events_of(batch)
    claims = {claim.pk: claim for claim in _locked(by, [event.subject_id for event in events])}
    if undone(batch):
        raise Refused("This was taken back already.")
    since = _since(batch, events)
    left = {event.subject_id: why for event in events if (why := _why_left(event, since.get(event.subject_id), by))}
    back = [event for event in events if event.subject_id not in left]
    if not back:
        raise Refused("Nothing was put back: each of these claims was changed since.")
    told = [{"claim": claims[pk], "why": why} for pk, why in left.items()]
    number = record(by, "batch.undone", batch, {"claims": len(back), "left": told}, request_id=request_id)
    _tell(by, number, [one for event in back for one in _put_back(by, claims[event.subject_id], event)])
    return batch


def _put_back(by: Membership, claim: Claim, event: AuditEvent) -> list[Event]:
    """By the events that it returns, which say what they undo."""
    before = event.data["before"]
    with noting(batch=event.data["batch"], undoes=event.number) as events:
        if event.action == "claim.set_aside":
            reason = before.get("status_reason", "")
            within(claim_actions.resume)(by=by, claim=claim, status=Status(before["status"]), reason=reason)
        else:
            record(by, "claim.edited", claim, changed(claim, {name: _read(name, before[name]) for name in before}))
    return events


def _tell(by: Membership, number: int, events: Sequence[Event]) -> None:
    """Of events about claims that follow one after the other on the event of the batch, which has that number."""
    tolds = [
        notices.Told(number + i, verb, row, data)
        for i, (verb, row, data) in enumerate(events, start=1)
        if isinstance(row, Claim)
    ]
    notices.tell_together(by, tolds)


def _since(batch: Batch, events: Sequence[AuditEvent]) -> dict[UUID, AuditEvent]:
    """By claim: the newest event since that touched what the batch changed."""
    fields = set(FIELDS[BatchKind(batch.what)])
    here = AuditEvent.objects.filter(desk_id=batch.desk_id, subject_id__in=[event.subject_id for event in events])
    later = here.filter(number__gt=events[-1].number).defer("canonical", "hash").order_by("number")
    return {event.subject_id: event for event in later if fields & (event.data.get("after") or {}).keys()}


def _why_left(event: AuditEvent, since: AuditEvent | None, by: Membership) -> str:
    if since:
        who = people_of([since]).get(since.actor_id) if since.actor_id else None
        return f"{who or 'The system'} changed it since."
    assignee = event.data["before"].get("assignee")
    if assignee and not _members(by).filter(person_id=assignee["id"]).exists():
        return f"{assignee['name']} is no longer on this desk."
    return ""


def _read(name: str, told: Any) -> Any:
    """A value of a claim from the event that tells it."""
    match name:
        case "assignee":
            return Person.objects.get(pk=told["id"]) if told else None
        case "due":
            return claim_actions.day_of(told)
        case _:
            return told


def _locked(by: Membership, ids: Collection[UUID]) -> list[Claim]:
    """In the order of their ids, so that two changes of the same claims wait for each other and do not deadlock."""
    claims = Claim.objects.filter(desk_id=by.desk_id, pk__in=ids).select_related("assignee", "verdict")
    return list(claims.select_for_update(no_key=True, of=("self",)).order_by("id"))


def _require_members(by: Membership, change: Change) -> None:
    people = {person.pk for person in change.people}
    if _members(by).filter(person_id__in=people).count() != len(people):
        raise Refused("Choose members of this desk.", "people")


def _members(by: Membership) -> Any:
    return Membership.objects.current().filter(desk_id=by.desk_id)


def _asked(change: Change) -> dict[str, Any]:
    """What was asked for, in the event of the batch."""
    match change.what:
        case BatchKind.ASSIGN:
            return {"what": change.what, "people": list(change.people)}
        case BatchKind.DUE:
            return {"what": change.what, "due": change.due, "reason": change.due_reason}
        case BatchKind.PRIORITY:
            return {"what": change.what, "priority": change.priority, "reason": change.priority_reason}
        case _:
            why = {"aside": change.aside, "duplicate_of": change.duplicate_of, "reason": change.reason}
            return {"what": change.what} | why
