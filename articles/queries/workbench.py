"""What the workbench shows: a version's marks in text order, the claims they carry, and what surrounds the article."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import starmap
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Left, NullIf

from articles.listing import Row
from articles.models import IN_WORK, Article, ArticleVersion, ChainHead, Claim, Highlight
from articles.models.claim import WORDS_OF_CLAIM
from articles.queries.words import WORDS_SHOWN, shortened, words_query
from articles.rendering import Mark
from articles.text.blocks import Block, blocks
from articles.text.segments import count_covered
from factcheck.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

SUGGESTIONS = 8

FLAT_ABOVE = 3_000
"""Marked segments, or marks, of a text above which a browser is slower with an element for each than with data."""

KEPT = 8
"""Versions whose marks one process keeps: 5,000 of them take about three megabytes."""

RELATED = ("article__outlet", "article__story")
"""What the page says about a version, beside its text."""


class Opened(NamedTuple):
    """The newest version of an article with what the page says about it.

    ``head`` is the number of the desk's newest event then, and ``hash`` that of all its history up to it: what is read
    after may be newer, and never older.
    """

    version: ArticleVersion
    head: int
    hash: bytes


def versions(desk_id: UUID, article: UUID) -> QuerySet[ArticleVersion]:
    """The versions of an article, the newest first, which is the one that is worked on."""
    return ArticleVersion.objects.filter(desk_id=desk_id, article_id=article).order_by("-number")


HEAD, HASH = (Subquery(ChainHead.objects.filter(desk_id=OuterRef("desk_id")).values(one)) for one in ("number", "hash"))
NEWEST = Prepared(lambda desk, article: versions(desk, article)[:1], UUID, UUID)
OPENED = Prepared(
    lambda desk, article: versions(desk, article).select_related(*RELATED).annotate(head=HEAD, hash=HASH)[:1],
    UUID,
    UUID,
)


def newest(desk_id: UUID, article: UUID) -> ArticleVersion | None:
    return NEWEST.first(desk_id, article)


def opened(desk_id: UUID, article: UUID) -> Opened | None:
    version: Any = OPENED.first(desk_id, article)
    return Opened(version, version.head, bytes(version.hash)) if version else None


class Place(Protocol):
    """Something that stands in the text: a mark, a highlight."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class Bench:
    """A version with its marks, in text order. What counts and numbers claims needs all of them."""

    version: ArticleVersion
    marks: list[Mark]
    newest: int = 0
    """The number of the article's newest version, where this is an older one."""
    fitting: frozenset[str] | None = None
    """The claims, and queries about words, that fit the filter that is set; None while there is none."""

    @property
    def is_newest(self) -> bool:
        return self.newest == 0

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return blocks(self.version.text, self.version.kinds)

    @cached_property
    def is_flat(self) -> bool:
        """Whether the text has too many marks for an element each."""
        # Each mark has two edges, and so has each block: below that they need not be counted.
        if 2 * (len(self.marks) + len(self.blocks)) <= FLAT_ABOVE:
            return False
        if len(self.marks) > FLAT_ABOVE:
            return True
        bounds = [(block.start, block.end) for block in self.blocks]
        return count_covered([(mark.start, mark.end) for mark in self.marks], bounds) > FLAT_ABOVE

    @cached_property
    def statuses(self) -> dict[str, str]:
        """The status of each claim, in the order in which the claims first stand in the text."""
        return {mark.claim: mark.status for mark in self.marks if mark.status}

    @cached_property
    def order(self) -> list[str]:
        return list(self.statuses)

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {claim: number for number, claim in enumerate(self.order, 1)}

    @cached_property
    def listed(self) -> list[str]:
        """The claims that fit, in text order."""
        return self.order if self.fitting is None else [claim for claim in self.order if claim in self.fitting]

    @property
    def fitting_said(self) -> str | None:
        """Their ids, as the page has them; None while there is no filter."""
        if self.fitting is None:
            return None
        return " ".join([*self.listed, *sorted(self.fitting - self.numbers.keys())])

    @property
    def asked(self) -> frozenset[str]:
        """The queries about words that nobody has answered."""
        return frozenset(mark.claim for mark in self.marks if mark.is_open)

    def rows(self, limit: int | None) -> list[Row]:
        """The first claims that fit, so many of them."""
        wanted = self.listed[:limit]
        some = frozenset(wanted)
        words = {mark.claim: mark.words for mark in self.marks if mark.claim in some and mark.status}
        return [Row(self.numbers[claim], claim, self.statuses[claim], shortened(words[claim])) for claim in wanted]

    def rows_at(self, start: int) -> list[Row]:
        """The claims that stand in the block that starts there, in text order."""
        found = next((block for block in self.blocks if block.start == start), None)
        here = {mark.claim for mark in self.marks if found and mark.start < found.end and mark.end > found.start}
        return [row for row in self.rows(None) if row.claim in here]

    def places(self, claim: str) -> list[Mark]:
        return [mark for mark in self.marks if mark.claim == claim]

    def beside(self, claim: str) -> list[Mark]:
        """What other claims stand on the same words as this one, each once."""
        own = self.places(claim)
        others = (mark for mark in self.marks if mark.claim != claim and any(_overlap(mark, place) for place in own))
        return list({mark.claim: mark for mark in others}.values())

    def blocks_at(self, places: Iterable[Place]) -> list[Block]:
        """The blocks in which these are, in text order."""
        starts = [block.start for block in self.blocks]
        touched: set[int] = set()
        for place in places:
            touched.update(range(bisect_right(starts, place.start) - 1, bisect_right(starts, place.end - 1)))
        return [self.blocks[i] for i in sorted(touched)]

    def step(self, claim: str, by: int) -> str | None:
        """The next (1) or previous (-1) claim that fits; the first or last one when none is in hand."""
        before, after = self._around(claim)
        if claim not in self.numbers:
            before = after
        ahead = after[:1] if by > 0 else before[-1:]
        return ahead[0] if ahead else None

    def next_unchecked(self, claim: str) -> str | None:
        """The next claim after this one, and then from the beginning, that fits and still needs a verdict."""
        before, after = self._around(claim)
        return next((other for other in (*after, *before) if self.statuses[other] in IN_WORK), None)

    def _around(self, claim: str) -> tuple[list[str], list[str]]:
        """Those that fit before and after a claim, which itself need not; all are after one that stands nowhere."""
        number = self.numbers.get(claim, 0)
        at = bisect_right(self.listed, number, key=self.numbers.__getitem__)
        before = self.listed[:at]
        return (before[:-1] if before and before[-1] == claim else before), self.listed[at:]


# The highlights come first, so that each claim is looked up by its whole key. Left to itself the planner, as long as it
# has no statistics of a new desk, reads all its claims for every highlight: 370 ms for 1,000 of them, instead of 5.
MARKS = """
WITH h AS MATERIALIZED (
    SELECT * FROM articles_highlight
    WHERE desk_id = %s AND version_id = %s AND removed_at IS NULL AND (ended_in_id IS NULL OR %s)
        AND start < %s AND "end" > %s
)
SELECT h.start, h."end", coalesce(c.id, e.claim_id, q.id)::text, coalesce(c.status, ''), h.id::text,
    coalesce(e.stance, CASE WHEN q.id IS NOT NULL THEN 'question' ELSE '' END),
    left(coalesce(nullif(c.summary, ''), c.text), 161), coalesce(q.status = 'open', false)
FROM h
LEFT JOIN articles_claim c ON c.desk_id = h.desk_id AND c.id = h.claim_id
LEFT JOIN articles_evidence e ON e.desk_id = h.desk_id AND e.highlight_id = coalesce(h.first_id, h.id)
    AND e.withdrawn_at IS NULL
LEFT JOIN articles_query q ON q.desk_id = h.desk_id AND q.highlight_id = coalesce(h.first_id, h.id)
    AND q.status <> 'closed' AND h.claim_id IS NULL
WHERE c.id IS NOT NULL OR e.id IS NOT NULL OR q.id IS NOT NULL
ORDER BY h.start, h."end" DESC, h.id
"""


def bench(version: ArticleVersion, at: Iterable[Place] | None = None, *, newest: int = 0) -> Bench:
    """The version with all its marks, or with those from the first to the last block in which the given places are.

    Marks are live highlights that carry a claim, those that are evidence in force, and those of a query that is not
    closed. Of an older version, which is
    said by the number of the ``newest``, they are also those that went on from it or are gone since.
    """
    shown = Bench(version, [], newest)
    near = shown.blocks if at is None else shown.blocks_at(at)
    with connection.cursor() as cursor:
        cursor.execute(MARKS, [version.desk_id, version.pk, not shown.is_newest, near[-1].end, near[0].start])
        shown.marks.extend(starmap(Mark, cursor.fetchall()))
    return shown


@lru_cache(maxsize=KEPT)
def bench_as_of(version: ArticleVersion, history: bytes, *, newest: int = 0) -> Bench:
    """The same, kept for as long as the desk's history has this hash. Who goes from claim to claim changes nothing."""
    return bench(version, newest=newest)


def places(version: ArticleVersion, claim: UUID) -> list[Highlight]:
    """Where a claim stands in a version."""
    rows = Highlight.objects.live().filter(desk_id=version.desk_id, version_id=version.pk, claim_id=claim)
    return list(rows.only("start", "end"))


def _overlap(one: Mark, other: Mark) -> bool:
    return one.start < other.end and other.start < one.end


# Around the article


def others_on_story(article: Article) -> Sequence[Article]:
    """The articles of the same story, by outlet."""
    if article.story_id is None:
        return []
    others = Article.objects.filter(desk_id=article.desk_id, story_id=article.story_id).exclude(pk=article.pk)
    return list(others.select_related("outlet").order_by("outlet__name", "id")[:50])


# A claim to add a passage to


@dataclass(frozen=True, slots=True)
class Suggestion:
    claim: UUID
    words: str
    status: str
    outlets: list[str]


def suggestions(
    desk_id: UUID,
    article: Article | None,
    typed: str,
    passage: str,
    *,
    originals: bool = False,
    apart: UUID | None = None,
) -> list[Suggestion]:
    """Claims with all the words typed, those of the article's story first.

    Before anything is typed they are the story's claims, the one that shares most words with the passage first.
    ``originals`` are those that are no duplicates themselves; the claim ``apart`` is not among them.
    """
    query = words_query(typed)
    claims = Claim.objects.filter(desk_id=desk_id).alias(vector=WORDS_OF_CLAIM)
    if originals:
        claims = claims.filter(duplicate_of=None)
    if apart:
        claims = claims.exclude(pk=apart)
    if query is not None:
        claims = claims.filter(vector=query)
    found = _suggested(_on_story(claims, article).order_by(*_likeness(passage), "-id")) if article else []
    if len(found) < SUGGESTIONS and (query is not None or article is None):
        found += _suggested(claims.exclude(pk__in=[one.claim for one in found]).order_by("-id"))
    return found[:SUGGESTIONS]


def _on_story(claims: QuerySet[Claim], article: Article) -> QuerySet[Claim]:
    """Those that stand in the article, or in another of its story."""
    highlights = Highlight.objects.live().filter(desk_id=article.desk_id, claim__isnull=False)
    if article.story_id is None:
        highlights = highlights.filter(version__article_id=article.pk)
    else:
        highlights = highlights.filter(version__article__story_id=article.story_id)
    return claims.filter(pk__in=highlights.values("claim_id"))


def _likeness(passage: str) -> list[Any]:
    words = list(dict.fromkeys(re.findall(r"\w+", passage)))[:30]
    if not words:
        return []
    any_of_them = SearchQuery(" | ".join(words), config="simple", search_type="raw")
    return [SearchRank(WORDS_OF_CLAIM, any_of_them).desc()]


def _suggested(claims: QuerySet[Claim]) -> list[Suggestion]:
    places = Highlight.objects.live().filter(desk_id=OuterRef("desk_id"), claim_id=OuterRef("pk"))
    outlets = places.order_by().values(name=F("version__article__outlet__name")).distinct()
    values = claims.values_list("pk", _words(), "status", ArraySubquery(outlets))
    return [Suggestion(claim, shortened(words), *more) for claim, words, *more in values[:SUGGESTIONS]]


def _words() -> Left:
    return Left(Coalesce(NullIf("summary", Value("")), "text"), WORDS_SHOWN + 1)
