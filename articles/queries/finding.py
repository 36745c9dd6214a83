"""Claims, articles and sources that have the words a person typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.models import Claim, Source
from articles.models.claim import WORDS_OF_CLAIM
from articles.models.source import WORDS_OF_SOURCE
from articles.queries.articles import article_page
from articles.queries.words import page_with_words, words_query

if TYPE_CHECKING:
    from articles.models import Desk
    from articles.queries.articles import Listed
    from articles.queries.paging import Page

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Found:
    """The newest of each; an ``after`` says that there are more."""

    claims: Page[Claim]
    articles: Page[Listed]
    sources: Page[Source]


def found(desk: Desk, typed: str) -> Found | None:
    """None when nothing was typed that can be searched."""
    query = words_query(typed)
    if query is None:
        return None
    claims = page_with_words(Claim.objects.filter(desk=desk), WORDS_OF_CLAIM, query, None, SHOWN)
    sources = page_with_words(Source.objects.standing().filter(desk=desk), WORDS_OF_SOURCE, query, None, SHOWN)
    return Found(claims, article_page(desk, {"q": typed}, size=SHOWN), sources)
