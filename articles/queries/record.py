"""The record of a desk: all that happened on a day, and all that one person did. Nothing is left out of it.

It is in the order of the times at which events were recorded, and of their numbers where these are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Q, TextChoices
from django.utils import timezone

from articles.models import AuditEvent, Membership
from articles.queries.desks import Happening, told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from articles.models import Desk

PAGE = 50
NEWEST = ("-at", "-number")
OLDEST = ("at", "number")


class Acts(TextChoices):
    """What an act is about, as a person asks for it."""

    CLAIMS = "claims", "Claims and highlights"
    EVIDENCE = "evidence", "Evidence and sources"
    VERDICTS = "verdicts", "Verdicts and reviews"
    ARTICLES = "articles", "Articles and stories"
    SHEETS = "sheets", "Claim sheets"
    PEOPLE = "people", "People and the desk"


ABOUT: dict[str, Acts] = {
    **dict.fromkeys(("batch", "carry", "claim", "claimant", "highlight", "query"), Acts.CLAIMS),
    **dict.fromkeys(("dismissal", "evidence", "origin", "snapshot", "source"), Acts.EVIDENCE),
    **dict.fromkeys(("resolution", "review", "suggestion", "verdict"), Acts.VERDICTS),
    **dict.fromkeys(("arrival", "article", "articleversion", "original", "outlet", "story"), Acts.ARTICLES),
    **dict.fromkeys(("claimsheet", "sheetedition"), Acts.SHEETS),
    **dict.fromkeys(("invitation", "membership", "ratingscale"), Acts.PEOPLE),
}
"""By the kind of its subject, which is the name of a model."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which acts are asked for. ``by`` is the id of a person; ``by_nobody`` is what followed by itself."""

    by: UUID | None = None
    by_nobody: bool = False
    acts: Acts | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A page of what happened on a day, the newest first.

    ``earlier`` and ``later`` are the nearest days on which something of what is wanted happened; ``older`` is the
    number before which the rest of this day is found.
    """

    on: date
    happenings: list[Happening]
    earlier: date | None
    later: date | None
    older: int | None


@dataclass(frozen=True, slots=True)
class Deeds:
    """A page of what a person did, the newest day first, and the number before which the rest is found."""

    days: list[tuple[date, list[Happening]]]
    older: int | None


def day_of(desk: Desk, on: date | None, wanted: Wanted, *, before: int | None = None, size: int = PAGE) -> Day:
    """What happened on that day; without one, on the last day on which something of what is wanted happened."""
    on = on or _date(_found(desk, wanted, Q(), 1)) or timezone.localdate()
    start, end = _midnight(on), _midnight(on + timedelta(days=1))
    events = _found(desk, wanted, Q(at__gte=start, at__lt=end) & _before(desk, before), size + 1)
    return Day(
        on,
        told(desk, events[:size]),
        earlier=_date(_found(desk, wanted, Q(at__lt=start), 1)),
        later=_date(_found(desk, wanted, Q(at__gte=end), 1, OLDEST)),
        older=events[size - 1].number if len(events) > size else None,
    )


def deeds_of(
    member: Membership, acts: Acts | None, *, until: date | None = None, before: int | None = None, size: int = PAGE
) -> Deeds:
    """What the person of this membership did on the desk, also before leaving it; ``until`` the end of that day."""
    desk, wanted = member.desk, Wanted(by=member.person_id, acts=acts)
    within = Q(at__lt=_midnight(until + timedelta(days=1))) if until else Q()
    events = _found(desk, wanted, within & _before(desk, before), size + 1)
    return Deeds(_by_day(told(desk, events[:size])), events[size - 1].number if len(events) > size else None)


def people_of_desk(desk: Desk) -> list[tuple[str, str]]:
    """Ids and names of all who are or were on the desk."""
    rows = Membership.objects.filter(desk=desk).order_by("person__name", "id").select_related("person")
    return [(str(row.person_id), str(row.person)) for row in rows]


def _midnight(on: date) -> datetime:
    """With which that day begins, where the site is."""
    return datetime.combine(on, time.min, timezone.get_current_timezone())


def _before(desk: Desk, number: int | None) -> Q:
    """What comes after the event with this number where the newest is first; all, where there is no such event."""
    at = AuditEvent.objects.filter(desk=desk, number=number).values_list("at", flat=True).first() if number else None
    return Q(at__lte=at) & (Q(at__lt=at) | Q(number__lt=number)) if at else Q()


def _found(desk: Desk, wanted: Wanted, within: Q, size: int, order: Sequence[str] = NEWEST) -> list[AuditEvent]:
    """The first of these events, in one query. Each kind of subject is a branch that its own index cuts to a page."""
    asked: dict[str, Any] = {"actor_id": wanted.by} if wanted.by else {"actor_id": None} if wanted.by_nobody else {}
    events = AuditEvent.objects.filter(within, desk=desk, **asked).defer("canonical", "hash").order_by(*order)
    if wanted.acts is None:
        return list(events[:size])
    first, *rest = (events.filter(subject_kind=kind)[:size] for kind, about in ABOUT.items() if about is wanted.acts)
    return list(first.union(*rest, all=True).order_by(*order)[:size])


def _date(events: Sequence[AuditEvent]) -> date | None:
    return timezone.localdate(events[0].at) if events else None


def _by_day(happenings: Sequence[Happening]) -> list[tuple[date, list[Happening]]]:
    """What goes on over midnight stands on both days."""
    parts = [
        (day, Happening(about, list(lines)))
        for about, all_lines in happenings
        for day, lines in groupby(all_lines, key=lambda line: timezone.localdate(line.at))
    ]
    return [(day, [part for _, part in group]) for day, group in groupby(parts, key=lambda part: part[0])]
