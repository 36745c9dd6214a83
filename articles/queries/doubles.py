"""Sources that may be the same work, and what went along when two became one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, Q, Value, When
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from articles.models import AuditEvent, Evidence, Snapshot, Source, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

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
    own = [row.pk for row in rows]
    # These themselves come first, because what they are called in small letters is the database's to say.
    found = _alike(rows).order_by(Case(When(pk__in=own, then=0), default=1), "-id")
    by_sign: defaultdict[object, set[UUID]] = defaultdict(set)
    signs: dict[UUID, list[object]] = {}
    for pk, url_key, *work in found.values_list("pk", "url_key", Lower("title"), Lower("container"))[:ENOUGH]:
        signs[pk] = [tuple(work), *filter(None, [url_key])]
        for sign in signs[pk]:
            by_sign[sign].add(pk)
    others = {pk: set().union(*(by_sign[sign] for sign in signs[pk])) - {pk} for pk in own if pk in signs}
    return {pk: len(same) for pk, same in others.items() if same}


def merged_into(source: Source) -> list[Source]:
    """The sources that are part of this one by now, the newest first; no more than PARTS_SHOWN."""
    return list(source.doubles.order_by("-id")[:PARTS_SHOWN])


def _alike(sources: Sequence[Source]) -> QuerySet[Source, Source]:
    """Everything that is like one of these, themselves among them, by two indexes."""
    addresses = [source.url_key for source in sources if source.url_key]
    works = Q()
    for source in sources:
        title, container = Lower(Value(source.title)), Lower(Value(source.container))
        works |= Q(Exact(Lower("title"), title), Exact(Lower("container"), container))
    rows = Source.objects.standing().filter(desk_id=sources[0].desk_id)
    return rows.filter(Q(url_key__in=addresses) & ~Q(url_key="") | works)
