"""How the desk's sources are kept: which have no copy, which say something else by now, which were withdrawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, TextChoices, Value

from articles.models import Means, Snapshot, SnapshotOutcome, Source
from articles.queries.paging import end_of_window

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from articles.models import Desk

COUNTED = 100
WINDOW = 2_000
"""Sources among which those without a copy are looked for at once: that something is missing stands in no index."""


class Keeping(TextChoices):
    BARE = "bare", "Without a copy"
    DIFFERS = "differs", "Page changed"
    WITHDRAWN = "withdrawn", "Withdrawn"


@dataclass(frozen=True, slots=True)
class Number:
    """How many there are, or at least are."""

    counted: int
    is_more: bool

    def __str__(self) -> str:
        return f"{self.counted}+" if self.is_more else str(self.counted)


def kept_so(sources: QuerySet[Source], desk: Desk, keeping: Keeping) -> QuerySet[Source]:
    """Those of the desk's sources that are kept in this way.

    A stored article needs no copy, and nobody misses one of a source that was withdrawn.
    """
    match keeping:
        case Keeping.WITHDRAWN:
            return sources.filter(withdrawn_at__isnull=False)
        case Keeping.DIFFERS:
            return sources.filter(pk__in=_changed(desk))
        case Keeping.BARE:
            copies = Snapshot.objects.kept().filter(desk_id=OuterRef("desk_id"), source_id=OuterRef("pk"))
            return sources.filter(~Exists(copies), withdrawn_at=None, article=None)


def numbers(desk: Desk) -> dict[str, Number]:
    """How many of the standing sources are kept in each way. Costs two queries."""
    sources = Source.objects.standing().filter(desk=desk)
    end = end_of_window(sources, None, WINDOW)
    first, *rest = (
        _counted(kept_so(_from(sources, end) if keeping is Keeping.BARE else sources, desk, keeping), keeping)
        for keeping in Keeping
    )
    found = Counter(keeping for keeping, _ in first.union(*rest, all=True))
    cut = {Keeping.BARE} if end else set()
    return {one: Number(min(found[one], COUNTED), found[one] > COUNTED or one in cut) for one in Keeping}


def _from(sources: QuerySet[Source], end: UUID | None) -> QuerySet[Source]:
    return sources if end is None else sources.filter(pk__gte=end)


def _counted(sources: QuerySet[Source], keeping: Keeping) -> QuerySet[Source, tuple[str, UUID]]:
    named = sources.order_by().annotate(keeping=Value(keeping.value))
    return named.values_list("keeping", "pk")[: COUNTED + 1]


def _changed(desk: Desk) -> QuerySet[Snapshot, UUID]:
    """The sources whose page said something else when it was fetched last."""
    later = Snapshot.objects.filter(
        desk_id=OuterRef("desk_id"), source_id=OuterRef("source_id"), means=Means.FETCH, pk__gt=OuterRef("pk")
    ).exclude(outcome=SnapshotOutcome.FAILED)
    looks = Snapshot.objects.filter(~Exists(later), desk=desk, outcome=SnapshotOutcome.DIFFERS)
    return looks.order_by().values_list("source_id", flat=True)
