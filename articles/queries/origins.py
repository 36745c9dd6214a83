"""Where the reports of a claim come from: its origins counted, what may be a copy, and the desk's origins."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from articles.models import Evidence, EvidenceKind, Highlight, Origin, OriginKind, Source, Stance
from articles.models.origin import WORDS_OF_ORIGIN
from articles.queries.paging import PAGE, Page, page
from articles.queries.parts import parts_of
from articles.queries.words import page_with_words, words_query
from articles.text.origins import Counts, Rule, Side, Telling, chain_of, count, in_words, missing, root_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.db.models import QuerySet

    from articles.models import Claim, Desk

SUGGESTED = 8
SHOWN = 100
"""Sources, occurrences and other origins that the page of an origin names."""
PARTS_SHOWN = 500
"""Origins that are part of it by now. Each can be taken back there alone."""

WAYS = """
WITH RECURSIVE way AS (
    SELECT id, name, kind, coalesce(merged_into_id, comes_from_id) AS following, merged_into_id IS NOT NULL AS is_merged
    FROM articles_origin WHERE desk_id = %(desk)s AND id = ANY(%(origins)s)
    UNION
    SELECT o.id, o.name, o.kind, coalesce(o.merged_into_id, o.comes_from_id), o.merged_into_id IS NOT NULL
    FROM way JOIN articles_origin o ON o.desk_id = %(desk)s AND o.id = way.following
)
SELECT id, name, kind, following, is_merged FROM way
"""


class Station(NamedTuple):
    """An origin as a chain names it."""

    pk: UUID
    name: str
    kind: str

    @property
    def kind_in_words(self) -> str:
        return str(OriginKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class Ways:
    """Origins with all that they come from. An origin that is part of another leads there and is not named itself."""

    stations: Mapping[UUID, Station] = field(default_factory=dict)
    leads: Mapping[UUID, UUID | None] = field(default_factory=dict)
    merged: frozenset[UUID] = frozenset()

    def chain(self, origin: UUID) -> list[Station]:
        """From the origin, or the one that it is part of by now, to its root."""
        chain = [pk for pk in chain_of(origin, self.leads) if pk in self.stations]
        return [self.stations[pk] for pk in chain if pk not in self.merged] or [self.stations[chain[-1]]]

    def chain_of(self, origin: UUID | None) -> list[Station]:
        """The chain, or nothing where nothing is known."""
        return self.chain(origin) if origin else []

    def leads_to(self, origin: UUID, other: UUID) -> bool:
        """Whether the other is the origin itself or stands somewhere on the way from it."""
        return other in chain_of(origin, self.leads)

    def root(self, origin: UUID) -> Station:
        return self.stations[root_of(origin, self.leads)]


@dataclass(frozen=True, slots=True)
class Teller:
    """An outlet in whose article the claim stands, or a source of its evidence, and the chain from it to its root."""

    name: str
    side: Side
    chain: tuple[Station, ...] = ()


@dataclass(frozen=True, slots=True)
class Root:
    origin: Station
    tellers: list[Teller]


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins of one claim: their numbers, the roots with what leads to them, and what is not traced in full."""

    counts: Counts = field(default_factory=Counts)
    roots: list[Root] = field(default_factory=list)
    untraced: list[Teller] = field(default_factory=list)
    ways: Ways = field(default_factory=Ways)

    @property
    def outlets(self) -> int:
        return self.counts.outlets

    @property
    def independent(self) -> int:
        return self.counts.independent

    @property
    def unknown(self) -> int:
        return self.counts.unknown

    @property
    def words(self) -> str:
        return in_words(self.counts)

    @property
    def words_of_origins(self) -> str:
        """Without the number of outlets, for where these are seen anyway."""
        return in_words(replace(self.counts, outlets=0))


def rule_of(desk: Desk) -> Rule:
    return Rule(desk.origins_needed, desk.primary_is_enough)


def missing_of(desk: Desk, origins: Origins) -> str:
    """What the desk's sourcing rule still asks for, in words; empty where it asks for nothing more."""
    return missing(origins.counts, rule_of(desk))


def counts_of(claims: Collection[Claim]) -> dict[UUID, Origins]:
    """By claim, all of one desk. Costs three queries, however many there are."""
    if not claims:
        return {}
    desk, ids = next(iter(claims)).desk_id, [claim.pk for claim in claims]
    told: defaultdict[UUID, list[_Told]] = defaultdict(list)
    for claim, one in (*_occurrences(desk, ids), *_evidence(desk, ids)):
        told[claim].append(one)
    ways = ways_of(desk, {one.telling.origin for group in told.values() for one in group if one.telling.origin})
    return {pk: _origins(told[pk], ways) for pk in ids}


def origins_of(claim: Claim) -> Origins:
    return counts_of([claim])[claim.pk]


def ways_of(desk: UUID, origins: Collection[UUID]) -> Ways:
    """These origins with all that they come from, by one query."""
    if not origins:
        return Ways()
    with connection.cursor() as cursor:
        cursor.execute(WAYS, {"desk": desk, "origins": list(origins)})
        rows = cursor.fetchall()
    stations = {pk: Station(pk, name, kind) for pk, name, kind, _, _ in rows}
    merged = frozenset(pk for pk, *_, is_merged in rows if is_merged)
    return Ways(stations, {pk: following for pk, _, _, following, _ in rows}, merged)


class _Told(NamedTuple):
    name: str
    telling: Telling[UUID]


def _occurrences(desk: UUID, claims: Collection[UUID]) -> Iterable[tuple[UUID, _Told]]:
    rows = Highlight.objects.occurrences().filter(desk_id=desk, claim__in=claims)
    outlet = ("version__article__outlet_id", "version__article__outlet__name")
    for claim, pk, name, origin in rows.values_list("claim_id", *outlet, "origin_id").order_by(outlet[1], "id"):
        yield claim, _Told(name, Telling(pk, origin=origin, is_outlet=True))


def _evidence(desk: UUID, claims: Collection[UUID]) -> Iterable[tuple[UUID, _Told]]:
    """What supports or refutes. A source that stands for a stored article is its outlet, which is told once."""
    rows = Evidence.objects.sound().filter(desk_id=desk, claim__in=claims).exclude(stance=Stance.CONTEXT)
    source = ("source_id", "source__title", "source__article__outlet_id", "source__origin_id")
    told = rows.values_list("claim_id", "stance", "kind", *source).order_by("source__title", "id")
    for claim, stance, kind, pk, title, outlet, origin in told:
        side = Side.AGAINST if stance == Stance.REFUTES else Side.FOR
        primary = kind == EvidenceKind.PRIMARY
        yield claim, _Told(title, Telling(outlet or pk, side, origin, is_primary=primary))


def _origins(told: Collection[_Told], ways: Ways) -> Origins:
    by_root: dict[UUID, Root] = {}
    untraced: dict[Teller, None] = {}
    for name, telling in told:
        if telling.origin is None:
            untraced[Teller(name, telling.side)] = None
            continue
        root = ways.root(telling.origin)
        tellers = by_root.setdefault(root.pk, Root(root, [])).tellers
        teller = Teller(name, telling.side, tuple(ways.chain(telling.origin)))
        if teller not in tellers:
            tellers.append(teller)
    counts = count([one.telling for one in told], ways.leads)
    return Origins(counts, list(by_root.values()), list(untraced), ways)


# The desk's origins


class Listed(NamedTuple):
    origin: Origin
    sources: int
    occurrences: int


def origin_page(desk: Desk, words: str, after: str | None) -> Page[Listed]:
    """The newest first; those with these words, where words were typed."""
    rows = Origin.objects.standing().filter(desk=desk).select_related("comes_from")
    found = _page(rows, words, after)
    parts = parts_of(Origin, desk.pk, [origin.pk for origin in found.rows])
    sources = _numbers(Source.objects.standing().filter(desk=desk, origin__in=parts), parts)
    places = _numbers(Highlight.objects.occurrences().filter(desk=desk, origin__in=parts), parts)
    return Page([Listed(row, sources[row.pk], places[row.pk]) for row in found.rows], found.after)


def suggested_origins(desk: Desk, words: str) -> list[Origin]:
    """The newest with these words; the newest of all where nothing was typed."""
    return _page(Origin.objects.standing().filter(desk=desk), words, None, SUGGESTED).rows


def origin_named(desk: UUID, name: str) -> Origin | None:
    """The one of this name, however it is spaced or capitalised; also one that is part of another by now."""
    same = Exact(Lower("name"), Lower(Value(" ".join(name.split()))))
    return Origin.objects.filter(same, desk_id=desk).first()


@dataclass(frozen=True, slots=True)
class Leading:
    """What has its origin here, no more of each than SHOWN, and PARTS_SHOWN doubles: the newest first."""

    sources: list[Source]
    occurrences: list[Highlight]
    passed_on_as: list[Origin]
    doubles: list[Origin]


def leading_to(origin: Origin) -> Leading:
    """All that names this origin, or one that is part of it by now."""
    here, parts = {"desk_id": origin.desk_id}, parts_of(Origin, origin.desk_id, [origin.pk])
    occurrences = Highlight.objects.occurrences().filter(**here, origin__in=parts)
    occurrences = occurrences.select_related("claim", "version__article__outlet").defer(
        "version__text", "version__report", "version__kinds"
    )
    return Leading(
        list(Source.objects.standing().filter(**here, origin__in=parts).order_by("-id")[:SHOWN]),
        list(occurrences.order_by("-id")[:SHOWN]),
        list(Origin.objects.standing().filter(**here, comes_from__in=parts).order_by("-id")[:SHOWN]),
        list(
            Origin.objects.filter(**here, pk__in=parts, merged_into__isnull=False)
            .exclude(pk=origin.pk)
            .order_by("-id")[:PARTS_SHOWN]
        ),
    )


def _page(rows: QuerySet[Origin], words: str, after: str | None, size: int = PAGE) -> Page[Origin]:
    query = words_query(words)
    return page(rows, after, size) if query is None else page_with_words(rows, WORDS_OF_ORIGIN, query, after, size)


def _numbers(rows: QuerySet[Any], parts: Mapping[UUID, UUID]) -> Counter[UUID]:
    numbers: Counter[UUID] = Counter()
    for origin, number in rows.order_by().values_list("origin_id").annotate(number=Count("pk")):
        numbers[parts[origin]] += number
    return numbers
