"""Reads of what is on its way in: what waits, what came together, and what happened to one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Func, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from articles.models import Arrival, ArrivalState, ArticleVersion, AuditEvent
from articles.narration import narrate
from articles.queries.history import people_of
from articles.queries.paging import Page, page

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from articles.models import Desk
    from articles.models.arrival import ArrivalQuerySet
    from articles.narration import Line

MANY = 1_000


class _Sha256(Func):
    """The SHA-256 of a text, as it is stored beside the text of a version."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = TextField()


@dataclass(frozen=True, slots=True)
class Listed:
    """An arrival, what it is called, and whether the desk has its text already."""

    arrival: Arrival
    headline: str
    outlet: str
    is_known: bool
    is_read: bool

    @property
    def is_unread(self) -> bool:
        return not (self.is_read or self.arrival.failure)


def waiting_number(desk: Desk) -> int:
    """How many wait, counted up to MANY."""
    return Arrival.objects.waiting().filter(desk=desk)[:MANY].count()


def arrival_page(
    desk: Desk, *, batch: UUID | None = None, discarded: bool = False, after: str | None = None
) -> Page[Listed]:
    """What waits, or what was discarded, the newest first; or all that came together, whatever became of it."""
    rows = Arrival.objects.filter(desk=desk)
    if batch:
        rows = rows.filter(batch=batch)
    else:
        rows = rows.filter(state=ArrivalState.DISCARDED if discarded else ArrivalState.WAITING)
    found = page(_without_drafts(rows), after)
    return Page(_listed(desk, found.rows), found.after)


def listed(arrival: Arrival) -> Listed:
    """One of them as the list shows it."""
    rows = _without_drafts(Arrival.objects.filter(desk_id=arrival.desk_id, pk=arrival.pk))
    return _listed(arrival.desk, list(rows))[0]


def together(arrival: Arrival) -> ArrivalQuerySet:
    """What came with it, itself among them."""
    return Arrival.objects.filter(desk_id=arrival.desk_id, batch=arrival.batch).defer("draft")


def since(arrival: Arrival, revision: int) -> list[Line]:
    """What happened to it after that revision, the newest first: each revision has one event."""
    events = AuditEvent.objects.filter(desk_id=arrival.desk_id, subject_id=arrival.pk).order_by("number")
    found = list(events.defer("canonical", "hash")[revision:])
    return narrate(reversed(found), people_of(found))


def _without_drafts(rows: QuerySet[Arrival]) -> QuerySet[Arrival]:
    """What a list says about a draft comes with the row; the draft itself may be very long."""
    return (
        rows.annotate(
            guessed_headline=_said("headline"),
            guessed_outlet=_said("outlet"),
            text_sha256=_Sha256(KT("draft__text")),
        )
        .select_related("arrived_by", "version__article__outlet")
        .defer("draft", "corrections", "version__text", "version__kinds", "version__links", "version__pages")
    )


def _said(name: str) -> Coalesce:
    return Coalesce(KT(f"details__{name}"), KT(f"draft__metadata__{name}__0"), Value(""), output_field=TextField())


def _listed(desk: Desk, rows: list[Any]) -> list[Listed]:
    """``rows`` are arrivals with the columns that the query adds."""
    hashes = [row.text_sha256 for row in rows if row.text_sha256]
    known = set(ArticleVersion.objects.filter(desk=desk, text_sha256__in=hashes).values_list("text_sha256", flat=True))
    return [
        Listed(row, row.guessed_headline, row.guessed_outlet, row.text_sha256 in known, bool(row.text_sha256))
        for row in rows
    ]
