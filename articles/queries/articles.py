"""Reads of the article screens: the list with how far each article is, names to choose from, versions, the past."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from articles.models import (
    Article,
    ArticleVersion,
    AuditEvent,
    Carry,
    ClaimSheet,
    Highlight,
    Outlet,
    Query,
    SheetEdition,
    Status,
    Story,
)
from articles.models.article import WORDS_OF_ARTICLE, WORDS_OF_VERSION
from articles.models.claim import IN_WORK
from articles.narration import narrate
from articles.queries.asking import open_on_articles
from articles.queries.history import Told, people_of
from articles.queries.paging import PAGE, Page, end_of_window, page, uuid_of
from articles.queries.words import words_query

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.contrib.postgres.search import SearchQuery
    from django.db.models import QuerySet

    from articles.models import Desk

CHOICES = 200
"""Names that a list to choose from holds at most."""
WINDOW = 5_000
"""Articles in which those of a state are looked for at once: whether claims are left is asked of each of them."""
WORDS = 6
"""Words of a search that are looked at."""

DONE = (Status.APPROVED, Status.SET_ASIDE)


class State(models.TextChoices):
    """How far the claims of an article are."""

    NEW = "new", "No claims yet"
    LEFT = "left", "Work left"
    WAITING = "waiting", "Waiting for review"
    DONE = "done", "Done"


@dataclass(frozen=True, slots=True)
class Listed:
    """An article, how many of its claims are in which status, and how many queries about it are open."""

    article: Article
    counts: Mapping[str, int]
    queries: int


@dataclass(frozen=True, slots=True)
class Articles(Page[Listed]):
    """A page of them. ``looked_through``: how many were looked at for a state, when there are more to look at."""

    looked_through: int = 0


def article_page(desk: Desk, chosen: Mapping[str, Any], after: str | None = None, size: int = PAGE) -> Articles:
    """The articles that pass the filters, newest first. Claims are counted only for the articles of this page."""
    articles = Article.objects.filter(desk=desk).select_related("outlet", "story")
    articles = articles.filter(**{name: chosen[name] for name in ("outlet", "story") if name in chosen})
    end = end_of_window(articles, after, WINDOW) if "state" in chosen else None
    if "q" in chosen:
        articles = with_words(articles, desk, chosen["q"])
    if "state" in chosen:
        articles = in_state(articles, chosen["state"])
    found = page(articles if end is None else articles.filter(pk__gte=end), after, size)
    ids = [article.pk for article in found.rows]
    counts, asked = claim_counts(desk, ids), open_on_articles(desk.pk, ids)
    rows = [Listed(article, counts.get(article.pk, {}), asked.get(article.pk, 0)) for article in found.rows]
    is_cut = found.after is None and end is not None
    return Articles(rows, end if is_cut else found.after, WINDOW if is_cut else 0)


def with_words(articles: QuerySet[Article], desk: Desk, typed: str) -> QuerySet[Article]:
    """Articles with every word typed: in the headline and byline, in the text, or in the outlet's name."""
    words = typed.split()[:WORDS]
    outlets = _outlets_named(desk, words)
    others = words_query(" ".join(word for word in words if word not in outlets))
    if others is not None:
        articles = articles.filter(pk__in=_saying(desk, others))
    for word, named in outlets.items():
        by_outlet = Article.objects.filter(desk=desk, outlet__in=named).values_list("pk", flat=True)
        query = words_query(word)
        articles = articles.filter(pk__in=_saying(desk, query).union(by_outlet) if query else by_outlet)
    return articles


def _outlets_named(desk: Desk, words: Collection[str]) -> dict[str, list[UUID]]:
    """The words that name outlets, and which."""
    any_word = reduce(or_, (Q(name__icontains=word) for word in words), Q(pk=None))
    names = list(Outlet.objects.filter(any_word, desk=desk).values_list("pk", "name"))
    found = {word: [pk for pk, name in names if word.casefold() in name.casefold()] for word in words}
    return {word: outlets for word, outlets in found.items() if outlets}


def _saying(desk: Desk, query: SearchQuery) -> QuerySet[Article, UUID]:
    """Their ids, as one query over both indexes; UNION keeps PostgreSQL from reading the texts one by one."""
    said = Article.objects.alias(words=WORDS_OF_ARTICLE).filter(desk=desk, words=query).values_list("pk", flat=True)
    texts = ArticleVersion.objects.alias(words=WORDS_OF_VERSION).filter(desk=desk, words=query)
    return said.union(texts.values_list("article_id", flat=True))


def unfinished(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Those with work left, or with no claims yet."""
    claims = Highlight.objects.live().filter(
        desk_id=OuterRef("desk_id"), version__article_id=OuterRef("pk"), claim__isnull=False
    )
    return articles.filter(Exists(claims.exclude(claim__status__in=DONE)) | ~Exists(claims))


def in_state(articles: QuerySet[Article], state: str) -> QuerySet[Article]:
    claims = Highlight.objects.live().filter(
        desk_id=OuterRef("desk_id"), version__article_id=OuterRef("pk"), claim__isnull=False
    )
    left = Exists(claims.exclude(claim__status__in=DONE))
    match State(state):
        case State.NEW:
            return articles.filter(~Exists(claims))
        case State.LEFT:
            return articles.filter(Exists(claims.filter(claim__status__in=IN_WORK)))
        case State.WAITING:
            return articles.filter(Exists(claims.filter(claim__status=Status.IN_REVIEW)))
        case State.DONE:
            return articles.filter(Exists(claims), ~left)


def claim_counts(desk: Desk, articles: Collection[UUID]) -> Mapping[UUID, dict[str, int]]:
    """By article: status → number of its claims in that status. Articles without claims are missing."""
    counted = (
        Highlight.objects.live()
        .filter(desk=desk, version__article__in=articles, claim__isnull=False)
        .values_list("version__article_id", "claim__status")
        .annotate(number=Count("claim_id", distinct=True))
    )
    counts: defaultdict[UUID, dict[str, int]] = defaultdict(dict)
    for article, status, number in counted:
        counts[article][status] = number
    return counts


def outlets_of(desk: Desk) -> QuerySet[Outlet]:
    return Outlet.objects.filter(desk=desk).order_by("name")


def stories_of(desk: Desk) -> QuerySet[Story]:
    return Story.objects.filter(desk=desk).order_by("-id")


def choices[Row: (Outlet, Story)](rows: QuerySet[Row], chosen: str = "") -> list[tuple[str, str]]:
    """Ids and names to choose from, the chosen one always among them."""
    listed = {str(row.pk): str(row) for row in rows[:CHOICES]}
    if chosen not in listed and uuid_of(chosen):
        listed |= {str(row.pk): str(row) for row in rows.filter(pk=chosen)}
    return list(listed.items())


def with_texts(desk: Desk, hashes: Collection[str]) -> dict[str, Article]:
    """The articles that the desk already has with one of these texts, by the text's SHA-256."""
    versions = ArticleVersion.objects.filter(desk=desk, text_sha256__in=hashes).defer("text")
    return {version.text_sha256: version.article for version in versions.select_related("article__outlet")}


def versions_of(article: Article) -> QuerySet[ArticleVersion]:
    """Without their texts, the newest first."""
    rows = article.versions.defer("text", "original__content").select_related("original", "taken_by")
    return rows.order_by("-number")


def article_history(article: Article, *, before: int | None = None, size: int = 100) -> Told:
    """What happened to the article, its versions, the highlights in them and its sheet, the newest first.

    Also what became of highlights in later versions.
    """
    here = {"desk_id": article.desk_id}
    versions = ArticleVersion.objects.filter(**here, article=article).values_list("pk", flat=True)
    highlights = Highlight.objects.filter(**here, version__article=article).values_list("pk", flat=True)
    carries = Carry.objects.filter(**here, version__article=article).values_list("pk", flat=True)
    asked = Query.objects.filter(**here, highlight__version__article=article).values_list("pk", flat=True)
    sheets = ClaimSheet.objects.filter(**here, article=article).values_list("pk", flat=True)
    editions = SheetEdition.objects.filter(**here, sheet__article=article).values_list("pk", flat=True)
    subjects = [article.pk, *versions.union(highlights, carries, asked, sheets, editions)]
    events = AuditEvent.objects.filter(**here, subject_id__in=subjects).defer("canonical", "hash").order_by("-number")
    if before is not None:
        events = events.filter(number__lt=before)
    found = list(events[: size + 1])
    return Told(narrate(found[:size], people_of(found)), found[size - 1].number if len(found) > size else None)
