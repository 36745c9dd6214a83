"""What is asked of authors, sources and colleagues: one query with what came back, lists, and what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import Case, Count, F, IntegerField, Prefetch, Q, When
from django.utils import timezone

from articles.models import UNCLOSED, Article, Highlight, Query, QueryAnswer, QueryStatus
from articles.queries.paging import Page, page
from articles.queries.sources import sources_titled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from articles.models import ArticleVersion, Claim, Desk, Membership, Source

SHOWN = 5
"""Queries of each list that the desk's own page shows."""
COUNTED = 100
"""How far the queries of a list are counted."""
LISTED = 50
"""Queries of one claim that its page lists."""

OF_WHAT = ("claim", "highlight__version__article__outlet", "source", "colleague", "asked_by", "status_by")
TEXTS = ("highlight__version__text", "highlight__version__report")


# One query


def whole_queries() -> QuerySet[Query]:
    """Queries with all the rows their page names, without the texts."""
    return Query.objects.select_related(*OF_WHAT).defer(*TEXTS)


def answers_of(query: Query) -> list[QueryAnswer]:
    """In the order in which they were written down."""
    return list(query.answers.select_related("recorded_by").order_by("id"))


def place_of(query: Query) -> Highlight | None:
    """Where the words stand now; None where they are gone, or where it is asked about a claim."""
    if query.highlight is None:
        return None
    return _live(query.desk_id, [query.highlight.pk]).get(query.highlight.pk)


def spans_of(query: Query, version: ArticleVersion) -> list[Highlight]:
    """Where the words that it is about stand, or stood, in a version."""
    same = Q(pk=query.highlight_id) | Q(first=query.highlight_id)
    rows = Highlight.objects.filter(same, desk_id=query.desk_id, version=version)
    return list(rows.only("start", "end")) if query.highlight_id else []


def titled(desk: Desk, words: str) -> Source | None:
    """The one source of this title that can be cited."""
    found = sources_titled(desk, words, usable=True)
    return found[0] if len(found) == 1 else None


def bylines_of(claim: Claim) -> list[str]:
    """The authors of the articles in which it stands, each once."""
    rows = claim.highlights.live().order_by("version__article_id")
    return list(dict.fromkeys(filter(None, rows.values_list("version__article__byline", flat=True))))


def of_claim(claim: Claim) -> list[Query]:
    """What was asked about the claim, the open ones first, with what came back."""
    answers = Prefetch("answers", QueryAnswer.objects.order_by("id"))
    rows = claim.queries.select_related("source", "colleague", "asked_by", "status_by").prefetch_related(answers)
    order = (When(status=status, then=number) for number, status in enumerate(QueryStatus))
    return list(rows.order_by(Case(*order, output_field=IntegerField()), "id")[:LISTED])


# How many are open


def open_on_claims(desk: Desk, claims: Collection[UUID]) -> dict[UUID, int]:
    """By claim; claims about which nothing is open are missing."""
    rows = Query.objects.filter(desk=desk, claim__in=claims, status=QueryStatus.OPEN).order_by()
    return dict(rows.values_list("claim").annotate(number=Count("pk")))


# A claim that stands in an article twice is asked about once there. The highlight that a person made stays in its
# version, so what is asked about words is found by it wherever they went.
OPEN_ON_ARTICLES = """
SELECT article_id, count(DISTINCT id) FROM (
    SELECT v.article_id, q.id FROM articles_articleversion v
    JOIN articles_highlight h ON h.desk_id = v.desk_id AND h.version_id = v.id AND h.claim_id IS NULL
    JOIN articles_query q ON q.desk_id = h.desk_id AND q.highlight_id = h.id AND q.status = 'open'
    WHERE v.desk_id = %(desk)s AND v.article_id = ANY(%(articles)s)
    UNION ALL
    SELECT v.article_id, q.id FROM articles_articleversion v
    JOIN articles_highlight h ON h.desk_id = v.desk_id AND h.version_id = v.id AND h.claim_id IS NOT NULL
        AND h.removed_at IS NULL AND h.ended_in_id IS NULL
    JOIN articles_query q ON q.desk_id = h.desk_id AND q.claim_id = h.claim_id AND q.status = 'open'
    WHERE v.desk_id = %(desk)s AND v.article_id = ANY(%(articles)s)
) AS asked GROUP BY article_id
"""


def open_on_articles(desk_id: UUID, articles: Collection[UUID]) -> dict[UUID, int]:
    """By article: open queries about its words and about the claims that stand in it. Costs one query."""
    if not articles:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(OPEN_ON_ARTICLES, {"desk": desk_id, "articles": list(articles)})
        return dict(cursor.fetchall())


# Lists


class Listed(NamedTuple):
    """A query with where its words stand now, and what came back last."""

    query: Query
    place: Highlight | None
    answer: QueryAnswer | None

    @property
    def article(self) -> Article | None:
        return self.query.highlight.version.article if self.query.highlight else None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryFilter:
    """What the list is narrowed to; an empty value does not narrow.

    ``whose`` is "asked" for what the member asked, "put" for what is put to the member. ``overdue`` are open ones whose
    day has passed, ``article`` those about its words or about claims that stand in it.
    """

    status: str = ""
    addressee: str = ""
    whose: str = ""
    overdue: bool = False
    article: UUID | None = None


def query_page(by: Membership, wanted: QueryFilter, after: str | None) -> Page[Listed]:
    """The newest first."""
    found = page(_filtered(by, wanted), after)
    return Page(_listed(by.desk_id, found.rows), found.after)


@dataclass(frozen=True, slots=True)
class Part:
    """The beginning of a list on the desk's own page; ``number`` is counted up to one more than COUNTED."""

    name: str
    rows: list[Listed]
    number: int

    @property
    def counted(self) -> str:
        return f"{COUNTED} and more" if self.number > COUNTED else str(self.number)


def open_queries(by: Membership) -> list[Part]:
    """What is put to the member and open, and what the member asked and has not closed; no list that is empty.

    Costs one query for each list, one that counts both, and two for what all rows say besides.
    """
    lists = {"put": _put_to(by), "asked": _asked_by(by)}
    counts = _counts(lists.values())
    rows = {name: list(found[:SHOWN]) for name, found in lists.items()}
    listed = {row.query.pk: row for row in _listed(by.desk_id, [query for part in rows.values() for query in part])}
    return [
        Part(name, [listed[query.pk] for query in part], number)
        for (name, part), number in zip(rows.items(), counts, strict=True)
        if part
    ]


def open_number(desk: Desk) -> int:
    """How many nobody has answered yet, on the whole desk, counted up to one more than COUNTED."""
    return Query.objects.filter(desk=desk, status=QueryStatus.OPEN)[: COUNTED + 1].count()


def left_by(member: Membership, most: int) -> list[Query]:
    """What a person who goes away leaves unanswered or unclosed, what was put to them first."""
    here = whole_queries().filter(desk_id=member.desk_id).order_by("id")
    put, asked = _left(member)
    return [*here.filter(put)[:most], *here.filter(asked).exclude(put)[:most]]


def left_number(member: Membership) -> int:
    """How many that would be, if none were too many."""
    put, asked = _left(member)
    return Query.objects.filter(put | asked, desk_id=member.desk_id).count()


def _left(member: Membership) -> tuple[Q, Q]:
    put = Q(colleague__isnull=False, colleague=member.person_id, status=QueryStatus.OPEN)
    return put, Q(asked_by=member.person_id, status__in=UNCLOSED)


def _put_to(by: Membership) -> QuerySet[Query]:
    rows = whole_queries().filter(desk_id=by.desk_id, colleague=by.person_id, status=QueryStatus.OPEN)
    return rows.order_by(F("due").asc(nulls_last=True), "id")


def _asked_by(by: Membership) -> QuerySet[Query]:
    """Those first that came back."""
    rows = whole_queries().filter(desk_id=by.desk_id, asked_by=by.person_id, status__in=UNCLOSED)
    return rows.order_by("status", F("due").asc(nulls_last=True), "id")


def _counts(lists: Iterable[QuerySet[Query]]) -> list[int]:
    selects: list[str] = []
    values: list[Any] = []
    for rows in lists:
        sql, parameters = rows.order_by().select_related(None).values("pk")[: COUNTED + 1].query.sql_with_params()
        selects.append(f"(SELECT count(*) FROM ({sql}) AS part)")  # noqa: S608  # Django's own SQL
        values += parameters
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(selects), values)
        return list(cursor.fetchone())


def _filtered(by: Membership, wanted: QueryFilter) -> QuerySet[Query]:
    rows = whole_queries().filter(desk_id=by.desk_id)
    given: dict[str, Any] = {"status": wanted.status, "addressee": wanted.addressee}
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    if wanted.whose:
        rows = rows.filter(**{"colleague" if wanted.whose == "put" else "asked_by": by.person_id})
    if wanted.overdue:
        rows = rows.filter(status=QueryStatus.OPEN, due__lt=timezone.localdate())
    if wanted.article:
        here = Highlight.objects.filter(desk_id=by.desk_id, version__article=wanted.article)
        claims = here.live().filter(claim__isnull=False).values("claim_id")
        rows = rows.filter(pk__in=_about(by, claim__in=claims).union(_about(by, highlight__in=here.values("pk"))))
    return rows


def _about(by: Membership, **what: Any) -> QuerySet[Query, Any]:
    return Query.objects.filter(desk_id=by.desk_id, **what).values("pk")


def _listed(desk_id: UUID, queries: Collection[Query]) -> list[Listed]:
    """Costs two queries: where the words stand, and what came back last."""
    places = _live(desk_id, [query.highlight_id for query in queries if query.highlight_id])
    answers = QueryAnswer.objects.filter(desk_id=desk_id, query__in=[query.pk for query in queries])
    last = {row.query_id: row for row in answers.order_by("query", "-id").distinct("query")}
    return [Listed(query, places.get(query.highlight_id or query.pk), last.get(query.pk)) for query in queries]


def _live(desk_id: UUID, firsts: Collection[UUID]) -> dict[UUID, Highlight]:
    """By the highlight that a person made, the one that counts now."""
    rows = (
        Highlight.objects.live()
        .filter(desk_id=desk_id)
        .select_related("version__article")
        .defer("version__text", "version__report")
    )
    found = rows.filter(Q(pk__in=firsts) | Q(first__in=firsts))
    return {row.first_id or row.pk: row for row in found}
