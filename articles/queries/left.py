"""What is left to do in an article: how far its claims are, which are for whom, and which have lost their place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import starmap
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from articles.models import Status
from articles.queries.articles import DONE
from articles.queries.asking import open_on_articles
from articles.queries.words import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from articles.models import ArticleVersion


class Waiting(NamedTuple):
    """A claim with a place in the version before for which nobody has yet found the words in this one."""

    claim: str
    status: str
    words: str


@dataclass(frozen=True, slots=True)
class Left:
    """``counts`` are those of all claims of the article, also of those that stand nowhere in this version yet.

    ``returned`` came back to the person who looks; ``to_review`` have a verdict that somebody else gave.
    """

    counts: Mapping[str, int]
    returned: int
    to_review: int
    waiting: list[Waiting]
    queries: int = 0
    """Open ones about its words and its claims."""

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def number(self) -> int:
        return self.total - sum(self.counts.get(status, 0) for status in DONE)

    @property
    def said(self) -> list[str]:
        """How many are in which status, in words: those that are left, or, when none is, those that are done."""
        wanted = [status for status in Status if (status in DONE) != bool(self.number) and self.counts.get(status)]
        return [f"{self.counts[status]:,} {status.label.lower()}{self._whose(status)}" for status in wanted]

    def _whose(self, status: Status) -> str:
        own = {Status.RETURNED: self.returned, Status.IN_REVIEW: self.to_review}.get(status, 0)
        if not own:
            return ""
        preposition = "to" if status == Status.RETURNED else "for"
        return f" {preposition} you" if own == self.counts[status] else f" ({own:,} {preposition} you)"


LEFT = """
WITH w AS MATERIALIZED (
    SELECT h.desk_id, h.claim_id, min(h.start) AS start FROM articles_carry k
    JOIN articles_highlight h ON h.desk_id = k.desk_id AND h.id = k.highlight_id
    WHERE k.desk_id = %(desk)s AND k.version_id = %(version)s AND k.decision = '' AND h.removed_at IS NULL
        AND h.claim_id IS NOT NULL
    GROUP BY h.desk_id, h.claim_id
), p AS (
    SELECT %(desk)s::uuid AS desk_id, unnest(%(claims)s::uuid[]) AS claim_id, NULL AS start
    UNION ALL SELECT desk_id, claim_id, start FROM w
)
SELECT p.start, c.id::text, c.status, left(coalesce(nullif(c.summary, ''), c.text), 161),
    coalesce(c.assignee_id = %(person)s, false), coalesce(v.author_id = %(person)s, false)
FROM p
JOIN articles_claim c ON c.desk_id = p.desk_id AND c.id = p.claim_id
LEFT JOIN articles_verdict v ON v.desk_id = c.desk_id AND v.id = c.verdict_id
ORDER BY p.start, c.id
"""


OF_SOMEBODY = (Status.RETURNED, Status.IN_REVIEW)
"""Statuses of which the progress says whose they are."""


class _Row(NamedTuple):
    start: int | None
    claim: str
    status: str
    words: str
    is_assigned: bool
    is_author: bool


def left_of(version: ArticleVersion, statuses: Mapping[str, str], person: UUID) -> Left:
    """``statuses`` are those of the claims that stand in the version, by claim. Costs two queries, or one."""
    rows = _rows(version, [claim for claim, status in statuses.items() if status in OF_SOMEBODY], person)
    waiting = [Waiting(row.claim, row.status, shortened(row.words)) for row in rows if row.start is not None]
    whole = dict(statuses) | {one.claim: one.status for one in waiting}
    each = {row.claim: row for row in rows}.values()
    return Left(
        counts=Counter(whole.values()),
        returned=sum(row.status == Status.RETURNED and (row.is_assigned or row.is_author) for row in each),
        to_review=sum(row.status == Status.IN_REVIEW and not row.is_author for row in each),
        waiting=waiting,
        queries=open_on_articles(version.desk_id, [version.article_id]).get(version.article_id, 0),
    )


def _rows(version: ArticleVersion, claims: list[str], person: UUID) -> list[_Row]:
    """These claims, and those that wait for a place; in the first version of an article none does."""
    if not claims and version.number == 1:
        return []
    asked: dict[str, Any] = {"desk": version.desk_id, "version": version.pk, "person": person, "claims": claims}
    with connection.cursor() as cursor:
        cursor.execute(LEFT, asked)
        return list(starmap(_Row, cursor.fetchall()))
