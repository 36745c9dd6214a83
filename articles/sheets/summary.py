"""What the head of a claim sheet says in one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from articles.sheets.content import Contents, Rating


class Tally(NamedTuple):
    """How many claims have a rating."""

    rating: Rating
    number: int


class Summary(NamedTuple):
    """``checkers`` gave or approved the verdicts, by name."""

    tallies: list[Tally]
    checkers: list[str]


def summary_of(contents: Contents) -> Summary:
    ratings = [claim.verdict.rating for claim in contents.claims]
    people = {person for claim in contents.claims for person in (claim.verdict.by, claim.approval.by)}
    tallies = [Tally(rating, ratings.count(rating)) for rating in dict.fromkeys(ratings)]
    return Summary(sorted(tallies, key=lambda tally: -tally.number), sorted(person.name for person in people))
