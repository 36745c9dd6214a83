"""The copies of sources, and whether a page still says what its copy says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import BinaryField, Q
from django.db.models.functions import Substr

from articles.models import Means, Original, Snapshot, SnapshotOutcome
from articles.text.differences import compare

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from django.db.models import QuerySet

    from articles.models import Desk, Source
    from articles.text.differences import Row

SHOWN = 100

COMPARED = 100_000
"""Characters of two texts that are compared; that takes up to half a second. A page may have twenty times as many."""


@dataclass(frozen=True, slots=True)
class Copies:
    """How a source is kept: its newest copy that a person asked for, and what its page said when it was looked at last.

    ``failed`` is the newest try to fetch it, where that brought nothing.
    """

    kept: Snapshot | None = None
    looked: Snapshot | None = None
    failed: Snapshot | None = None

    @property
    def differs(self) -> bool:
        return self.looked is not None and self.looked.outcome == SnapshotOutcome.DIFFERS


NONE = Copies()


def whole_snapshots() -> QuerySet[Snapshot]:
    """Copies with all that is said about them, without their bytes."""
    rows = Snapshot.objects.select_related("source", "original", "kept_by", "compared_with")
    return rows.defer("original__content", "compared_with__text")


def snapshots_of(source: Source) -> list[Snapshot]:
    """All tries to keep the source, the newest first, without texts and bytes."""
    rows = whole_snapshots().filter(desk_id=source.desk_id, source=source)
    return list(rows.defer("text", "original__content", "compared_with__text").order_by("-id")[:SHOWN])


def copies_of(desk: Desk | UUID, sources: Collection[UUID]) -> dict[UUID, Copies]:
    """By source, how each is kept. Costs two queries, however many they are."""
    rows = Snapshot.objects.filter(desk=desk, source__in=sources).defer("text")
    kept = {row.source_id: row for row in rows.kept().order_by("source", "-id").distinct("source")}
    fetches = rows.filter(means=Means.FETCH).annotate(is_failure=Q(outcome=SnapshotOutcome.FAILED))
    fetched: defaultdict[UUID, dict[bool, Snapshot]] = defaultdict(dict)
    for row in fetches.order_by("source", "is_failure", "-id").distinct("source", "is_failure"):
        fetched[row.source_id][row.outcome == SnapshotOutcome.FAILED] = row
    return {own: _copies(kept.get(own), fetched[own].get(False), fetched[own].get(True)) for own in sources}


def _copies(kept: Snapshot | None, looked: Snapshot | None, failed: Snapshot | None) -> Copies:
    is_newest = failed is not None and (looked is None or failed.pk > looked.pk)
    return Copies(kept, looked, failed if is_newest else None)


def reference_of(source: Source) -> Snapshot | None:
    """What the page of the source is compared with: the newest that a person had kept of the address it has now."""
    rows = Snapshot.objects.kept().filter(desk_id=source.desk_id, source=source, means=Means.FETCH)
    rows = rows.filter(asked=source.url)
    return rows.select_related("original").defer("original__content").order_by("-id").first()


def start_of(snapshot: Snapshot) -> bytes:
    """The first bytes of a copy, enough to tell a picture."""
    originals = Original.objects.filter(desk_id=snapshot.desk_id, snapshots=snapshot)
    start = originals.values_list(Substr("content", 1, 12, output_field=BinaryField()), flat=True).first()
    return bytes(start or b"")


class Changes(NamedTuple):
    """What the page says now beside what its copy says, block by block; ``is_cut`` where only their beginnings are."""

    rows: tuple[Row, ...] = ()
    is_cut: bool = False


def changes(snapshot: Snapshot) -> Changes:
    """Empty where it was compared with none."""
    before = snapshot.compared_with
    if not (before and before.text and snapshot.text):
        return Changes()
    texts = before.text, snapshot.text
    old, new = (text[:COMPARED].rstrip() for text in texts)
    return Changes(compare(old, new), any(len(text) > COMPARED for text in texts))
