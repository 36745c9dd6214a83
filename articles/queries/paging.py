"""Pages of a long list by key: the next page starts after the last row, so page 1,000 costs what page 1 does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import DeskRow

PAGE = 50


@dataclass(frozen=True, slots=True)
class Page[Row]:
    """``rows`` of this page, newest first, and the ``after`` that leads to the next one; None on the last page."""

    rows: list[Row]
    after: UUID | None


def page[Row: DeskRow](queryset: QuerySet[Row], after: str | None, size: int = PAGE) -> Page[Row]:
    """The rows that come after the row with that id, newest first. UUIDv7 ids order rows by when they were made.

    An ``after`` that is no id starts from the beginning.
    """
    rows = list(_after(queryset, after)[: size + 1])
    return Page(rows[:size], rows[size - 1].pk if len(rows) > size else None)


def end_of_window[Row: DeskRow](queryset: QuerySet[Row], after: str | None, size: int) -> UUID | None:
    """The id of the last of the next ``size`` rows; None when there are no others behind them.

    A filter that may look at very many rows before it finds one is tried on a window of them first.
    """
    ids = list(_after(queryset, after).values_list("pk", flat=True)[size - 1 : size + 1])
    return ids[0] if len(ids) == 2 else None


def _after[Row: DeskRow](queryset: QuerySet[Row], after: str | None) -> QuerySet[Row]:
    key = uuid_of(after)
    newest = queryset.order_by("-id")
    return newest if key is None else newest.filter(pk__lt=key)


def uuid_of(text: str | None) -> UUID | None:
    """The id that stands in an address, or None when it is no id."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
