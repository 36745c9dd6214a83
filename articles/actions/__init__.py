from articles.actions import (
    articles,
    carrying,
    claims,
    desks,
    evidence,
    highlights,
    sheets,
    sources,
    stories,
    verdicts,
    versions,
)

__all__ = [
    "articles",
    "carrying",
    "claims",
    "desks",
    "evidence",
    "highlights",
    "sheets",
    "sources",
    "stories",
    "verdicts",
    "versions",
]
