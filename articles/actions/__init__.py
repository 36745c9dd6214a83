from articles.actions import (
    arrivals,
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
    "arrivals",
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
