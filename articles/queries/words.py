"""Finding rows by the words a person typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchQuery

from articles.queries.paging import PAGE, Page, end_of_window, page

if TYPE_CHECKING:
    from django.contrib.postgres.search import SearchVector
    from django.db.models import QuerySet

    from articles.models import DeskRow

RECENT = 2_000
"""Rows in which a frequent word is looked for before the index of all words is asked."""

WORDS_SHOWN = 160
"""Characters of a claim in a list. One more is read, which tells whether there are more."""
LONG_WORD = 30
"""Characters. Scripts without spaces are cut where the room ends."""

_WORD = re.compile(r"\w+")


def words_query(typed: str) -> SearchQuery | None:
    """All the words typed, each as the beginning of a word; None when nothing was typed that can be searched.

    Use it with one of the WORDS_OF_… expressions, whose indexes it can use:
    ``Claim.objects.alias(words=WORDS_OF_CLAIM).filter(words=query)``.
    """
    words = _WORD.findall(typed)[:12]
    if not words:
        return None
    return SearchQuery(" & ".join(f"{word}:*" for word in words), config="simple", search_type="raw")


def page_with_words[Row: DeskRow](
    rows: QuerySet[Row], vector: SearchVector, query: SearchQuery, after: str | None, size: int = PAGE
) -> Page[Row]:
    """A page of the rows that have these words, in bounded time whether the words are frequent or rare.

    PostgreSQL has no idea how rare a word is. Of a million rows it reads all from the newest on to find one that does
    not exist (15 s), or sorts a quarter of them by way of the index to show the newest five of a frequent one (0.6 s).
    So the recent rows are read first, and only when they do not fill the page, the index is asked.
    """
    end = end_of_window(rows, after, RECENT)
    if end is not None:
        recent = page(_with_words(rows.filter(pk__gte=end), vector, query), after, size)
        if recent.after is not None:
            return recent
    # DISTINCT keeps PostgreSQL from turning this inside out.
    every = _with_words(rows, vector, query).order_by().values("pk").distinct()
    return page(rows.filter(pk__in=every), after, size)


def _with_words[Row: DeskRow](rows: QuerySet[Row], vector: SearchVector, query: SearchQuery) -> QuerySet[Any]:
    return rows.alias(words=vector).filter(words=query)


def shortened(words: str) -> str:
    """What a list shows of a claim: no more than WORDS_SHOWN characters and an ellipsis, cut between two words."""
    if len(words) <= WORDS_SHOWN:
        return words
    space = words.rfind(" ", WORDS_SHOWN - LONG_WORD, WORDS_SHOWN)
    return words[: space if space > 0 else WORDS_SHOWN].rstrip(" ,;:–-") + "…"
