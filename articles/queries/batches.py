"""What a change of many claims at once would do to each of them, and what it did."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.dateformat import format as written

from articles.models import (
    IN_WORK,
    Aside,
    AuditEvent,
    Batch,
    BatchKind,
    Claim,
    Highlight,
    Membership,
    Person,
    Priority,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

MOST = 500
"""Claims that are changed at once."""

SETTLED = {
    Status.APPROVED: "It is approved.",
    Status.SET_ASIDE: "It is set aside.",
}
IN_REVIEW_STAYS = "Its verdict is in review."
FIELDS = {
    BatchKind.ASSIGN: ("assignee",),
    BatchKind.DUE: ("due", "due_reason"),
    BatchKind.PRIORITY: ("priority", "priority_reason"),
    BatchKind.ASIDE: ("status",),
}
"""The fields of a claim that a change of this kind is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is asked for. Of several ``people`` each gets every so manieth claim, in the order in which they are due."""

    what: BatchKind
    people: tuple[Person, ...] = ()
    due: date | None = None
    due_reason: str = ""
    priority: Priority = Priority.NORMAL
    priority_reason: str = ""
    reason: str = ""
    aside: Aside = Aside.OTHER
    duplicate_of: Claim | None = None

    def values(self, number: int) -> dict[str, Any]:
        """What the claim of that number, counted from 0 among those that change, would hold."""
        match self.what:
            case BatchKind.ASSIGN:
                return {"assignee": self.people[number % len(self.people)] if self.people else None}
            case BatchKind.DUE:
                return {"due": self.due, "due_reason": self.due_reason if self.due else ""}
            case BatchKind.PRIORITY:
                return {"priority": self.priority, "priority_reason": self.priority_reason}
            case _:
                return {"status": Status.SET_ASIDE}


class Planned(NamedTuple):
    claim: Claim
    values: dict[str, Any]
    before: str
    after: str


class Skipped(NamedTuple):
    claim: Claim
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    changes: list[Planned]
    skipped: list[Skipped]

    @property
    def digest(self) -> str:
        """Of all that is said about each claim; what is applied is what was shown, or it is stale."""
        said = [[str(one.claim.pk), one.before, one.after] for one in self.changes]
        said += [[str(one.claim.pk), one.why] for one in self.skipped]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def plan(claims: Iterable[Claim], change: Change) -> Plan:
    """What would become of each of these claims, the one that is due first before the others."""
    changes: list[Planned] = []
    skipped: list[Skipped] = []
    for claim in sorted(claims, key=lambda claim: (claim.due or date.max, claim.priority, claim.pk)):
        values = change.values(len(changes))
        if why := _why_not(claim, change, values):
            skipped.append(Skipped(claim, why))
        else:
            changes.append(Planned(claim, values, *_in_words(claim, change, values)))
    return Plan(changes, skipped)


def chosen(by: Membership, ids: Collection[UUID]) -> list[Claim]:
    """These claims of the desk, as many as are changed at once."""
    claims = Claim.objects.filter(desk_id=by.desk_id, pk__in=list(ids)[:MOST])
    return list(claims.select_related("assignee", "verdict__author"))


def in_work_of(article: UUID, by: Membership) -> list[Claim]:
    """The claims in work that stand in an article."""
    places = Highlight.objects.live().filter(desk_id=by.desk_id, version__article_id=article, claim__isnull=False)
    claims = Claim.objects.filter(desk_id=by.desk_id, pk__in=places.values("claim_id")).in_work()
    return list(claims.select_related("assignee").order_by("id")[:MOST])


class Did(NamedTuple):
    """What a batch did to one claim."""

    claim: Claim
    before: str
    after: str


class Left(NamedTuple):
    """What an undo left as it was, and why."""

    claim: Claim
    why: str


@dataclass(frozen=True, slots=True)
class Done:
    """A batch as it is shown: what it did, and, once it was taken back, by whom and what was left."""

    batch: Batch
    reason: str
    did: list[Did]
    undone: AuditEvent | None
    undone_by: Person | None
    left: list[Left]


def events_of(batch: Batch) -> list[AuditEvent]:
    """The event of the batch, then those of its claims. They were recorded in one go, so their numbers follow."""
    here = AuditEvent.objects.filter(desk_id=batch.desk_id).defer("canonical", "hash")
    made = here.get(subject_id=batch.pk, action="batch.made")
    last = made.number + made.data["claims"]
    return [made, *here.filter(number__gt=made.number, number__lte=last).order_by("number")]


def undone(batch: Batch) -> AuditEvent | None:
    events = AuditEvent.objects.filter(desk_id=batch.desk_id, subject_id=batch.pk, action="batch.undone")
    return events.defer("canonical", "hash").first()


def done(batch: Batch) -> Done:
    made, *events = events_of(batch)
    taken_back = undone(batch)
    told_left = taken_back.data["left"] if taken_back else []
    ids = [event.subject_id for event in events] + [one["claim"]["id"] for one in told_left]
    claims = {str(claim.pk): claim for claim in Claim.objects.filter(desk_id=batch.desk_id, pk__in=ids)}
    what = BatchKind(batch.what)
    return Done(
        batch=batch,
        reason=str(made.data.get("reason", "")),
        did=[
            Did(claims[str(event.subject_id)], *(_told(what, event.data.get(side, {})) for side in ("before", "after")))
            for event in events
        ],
        undone=taken_back,
        undone_by=_actor(taken_back) if taken_back else None,
        left=[Left(claims[one["claim"]["id"]], one["why"]) for one in told_left],
    )


def _actor(event: AuditEvent) -> Person | None:
    return Person.objects.filter(pk=event.actor_id).first() if event.actor_id else None


def _why_not(claim: Claim, change: Change, values: dict[str, Any]) -> str:
    status = Status(claim.status)
    if status in SETTLED:
        return SETTLED[status]
    if change.what == BatchKind.ASIDE and status not in IN_WORK:
        return IN_REVIEW_STAYS
    if change.duplicate_of and change.duplicate_of.pk == claim.pk:
        return "It is the claim that the others are duplicates of."
    if all(getattr(claim, name) == value for name, value in values.items()):
        return "It is so already."
    return ""


def _in_words(claim: Claim, change: Change, values: dict[str, Any]) -> tuple[str, str]:
    stored = {name: getattr(claim, name) for name in values}
    after = _said(change.what, values)
    if change.what == BatchKind.ASIDE:
        after = _why_aside(after, change.aside, str(change.duplicate_of or ""))
    return _said(change.what, stored), after


def _why_aside(status: str, aside: str, original: str) -> str:
    """ "set aside: a duplicate of “Four were hurt.”" """
    why = Aside(aside).label if aside else ""
    return _with_reason(status, f"{why[:1].lower()}{why[1:]}" + (f" of “{original}”" if original else ""))


def _said(what: BatchKind, values: dict[str, Any]) -> str:
    match what:
        case BatchKind.ASSIGN:
            return str(values["assignee"] or "no one")
        case BatchKind.DUE:
            day = written(values["due"], "j F Y") if values["due"] else "no date"
            return _with_reason(day, values["due_reason"])
        case BatchKind.PRIORITY:
            return _with_reason(Priority(values["priority"]).label.lower(), values["priority_reason"])
        case _:
            return Status(values["status"]).label.lower()


def _told(what: BatchKind, data: dict[str, Any]) -> str:
    """The same from an event, which has only the fields that changed."""
    match what:
        case BatchKind.ASSIGN:
            return str((data.get("assignee") or {}).get("name", "no one"))
        case BatchKind.DUE:
            day = data.get("due")
            words = written(date.fromisoformat(day), "j F Y") if day else "no date" if "due" in data else ""
            return _with_reason(words, data.get("due_reason", ""))
        case BatchKind.PRIORITY:
            words = Priority(data["priority"]).label.lower() if "priority" in data else ""
            return _with_reason(words, data.get("priority_reason", ""))
        case _:
            status = Status(data["status"]).label.lower() if "status" in data else ""
            return _why_aside(status, data.get("aside", ""), str((data.get("duplicate_of") or {}).get("name", "")))


def _with_reason(words: str, reason: str) -> str:
    return ": ".join(filter(None, [words, reason]))


__all__ = ["MOST", "Change", "Did", "Done", "Left", "Plan", "Planned", "Skipped", "chosen", "done", "plan"]
