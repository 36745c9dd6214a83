"""Finding rows by the words a person typed."""

from __future__ import annotations

import re

from django.contrib.postgres.search import SearchQuery

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
