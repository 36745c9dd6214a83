"""Sources that may be the same work, and what went along when two became one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from articles.models import AuditEvent, Evidence, Snapshot, Source, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from django.db.models import QuerySet

PROPOSED = 8
PARTS_SHOWN = 500
"""Sources that are part of another, as its page lists them. Each can be taken back there alone."""
ENOUGH = 1_000


@dataclass(frozen=True, slots=True)
class Moved:
    """By id, what went along with a source when it was merged."""

    evidence: Sequence[UUID]
    snapshots: Sequence[UUID]


def what_moved(source: Source) -> Moved:
    events = AuditEvent.objects.filter(desk_id=source.desk_id, subject_id=source.pk, action="source.merged")
    data = events.order_by("-number").values_list("data", flat=True).first() or {}
    return Moved(*[[UUID(own) for own in data.get(name, ())] for name in ("evidence", "snapshots")])


@dataclass(frozen=True, slots=True)
class Weight:
    """What goes along with a source when it becomes part of another, and how many claims that unsettles."""

    evidence: int
    copies: int
    unsettles: int


def weight_of(source: Source) -> Weight:
    here = {"desk_id": source.desk_id, "source": source}
    settled = {"claim__status__in": (Status.APPROVED, Status.IN_REVIEW), "withdrawn_at": None}
    claims = Evidence.objects.filter(**here, **settled).values("claim").distinct()
    evidence = Evidence.objects.filter(**here)
    return Weight(evidence.count(), Snapshot.objects.copies().filter(**here).count(), claims.count())


def doubles_of(source: Source) -> list[Source]:
    """Others that stand by themselves and are of the same address, or of the same title in the same outlet."""
    others = _alike([source]).exclude(pk=source.pk).select_related("article__outlet")
    return list(others.order_by("-id")[:PROPOSED])


def doubled(sources: Collection[Source]) -> dict[UUID, int]:
    """Of these sources, by id, how many others each may be the same as. Costs one query."""
    rows = [source for source in sources if source.merged_into_id is None]
    if not rows:
        return {}
    by_sign: defaultdict[object, set[UUID]] = defaultdict(set)
    for other in _alike(rows).only("desk_id", "title", "container", "url_key")[:ENOUGH]:
        for sign in _signs(other):
            by_sign[sign].add(other.pk)
    others = {row.pk: set().union(*(by_sign[sign] for sign in _signs(row))) - {row.pk} for row in rows}
    return {own: len(same) for own, same in others.items() if same}


def merged_into(source: Source) -> list[Source]:
    """The sources that are part of this one by now, the newest first; no more than PARTS_SHOWN."""
    return list(source.doubles.order_by("-id")[:PARTS_SHOWN])


def _alike(sources: Sequence[Source]) -> QuerySet[Source, Source]:
    """Everything that is like one of these, themselves among them, by two indexes."""
    addresses = [source.url_key for source in sources if source.url_key]
    works = Q()
    for source in sources:
        title, container = _work(source)
        works |= Q(Exact(Lower("title"), Value(title)), Exact(Lower("container"), Value(container)))
    rows = Source.objects.standing().filter(desk_id=sources[0].desk_id)
    return rows.filter(Q(url_key__in=addresses) & ~Q(url_key="") | works)


def _signs(source: Source) -> Iterator[object]:
    """What it has in common with those that are like it."""
    yield _work(source)
    if source.url_key:
        yield source.url_key


def _work(source: Source) -> tuple[str, str]:
    return source.title.lower(), source.container.lower()
