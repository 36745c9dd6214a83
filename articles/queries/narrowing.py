"""Which claims of an article fit a filter, and how many each choice of it would leave."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from articles.models import ClaimKind, Membership, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from articles.models import ArticleVersion


class Facts(NamedTuple):
    """What a filter asks of a claim. People are said by their ids, as text; no one is ""."""

    kind: str
    assignee: str
    makers: tuple[str, ...]
    has_evidence: bool
    has_query: bool

    def is_of(self, person: str) -> bool:
        return person == self.assignee or person in self.makers


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a claim must be like to fit. Empty fields ask nothing; of several statuses one is enough.

    A ``person`` marked the claim in this article, or it is assigned to them; ``mine`` asks the same of oneself.
    """

    statuses: tuple[str, ...] = ()
    kind: str = ""
    person: str = ""
    without_evidence: bool = False
    mine: str = ""
    with_query: bool = False

    def __bool__(self) -> bool:
        return self != Narrowing()

    @property
    def leaves_words(self) -> bool:
        """Whether a query about words fits, of which nothing else can be asked than that it is open."""
        return self == Narrowing(with_query=True)

    def fits(self, status: str, facts: Facts) -> bool:
        return (
            (not self.statuses or status in self.statuses)
            and self.kind in ("", facts.kind)
            and not (self.without_evidence and facts.has_evidence)
            and not (self.with_query and not facts.has_query)
            and (not self.person or facts.is_of(self.person))
            and (not self.mine or facts.is_of(self.mine))
        )


class Choice(NamedTuple):
    """One choice of a filter: how many claims fit with it, as the other filters stand."""

    value: str
    label: str
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class Choices:
    """The filter of an article's claims, with what there is to choose."""

    narrowing: Narrowing
    me: str
    statuses: Mapping[str, str]
    facts: Mapping[str, Facts]
    names: Mapping[str, str]
    asked: int
    """Open queries about words."""

    @cached_property
    def by_status(self) -> list[Choice]:
        fitting = self._fitting(statuses=())
        counts = Counter(self.statuses[claim] for claim in fitting)
        there = set(self.statuses.values()) | set(self.narrowing.statuses)
        return [
            Choice(status, status.label, counts[status], status in self.narrowing.statuses)
            for status in Status
            if status in there
        ]

    @cached_property
    def by_kind(self) -> list[Choice]:
        counts = Counter(self.facts[claim].kind for claim in self._fitting(kind=""))
        there = {facts.kind for facts in self.facts.values()} | {self.narrowing.kind}
        return [
            Choice(kind, kind.label, counts[kind], kind == self.narrowing.kind) for kind in ClaimKind if kind in there
        ]

    @cached_property
    def by_person(self) -> list[Choice]:
        counts: Counter[str] = Counter()
        for claim in self._fitting(person=""):
            counts.update({self.facts[claim].assignee, *self.facts[claim].makers})
        people = sorted((name.casefold(), person, name) for person, name in self.names.items())
        return [Choice(person, name, counts[person], person == self.narrowing.person) for _, person, name in people]

    @property
    def without_evidence(self) -> Choice:
        number = len(self._fitting(without_evidence=True))
        return Choice("on", "No evidence", number, self.narrowing.without_evidence)

    @property
    def with_query(self) -> Choice:
        words = self.asked if replace(self.narrowing, with_query=True).leaves_words else 0
        number = len(self._fitting(with_query=True)) + words
        return Choice("on", "Open query", number, self.narrowing.with_query)

    @property
    def mine(self) -> Choice:
        return Choice("on", "Mine", len(self._fitting(mine=self.me)), bool(self.narrowing.mine))

    def _fitting(self, **other: Any) -> list[str]:
        narrowing = replace(self.narrowing, **other)
        if not narrowing:
            return list(self.statuses)
        return [claim for claim, status in self.statuses.items() if narrowing.fits(status, self.facts[claim])]


FACTS = """
WITH h AS MATERIALIZED (
    SELECT h.desk_id, h.claim_id, coalesce(f.made_by_id, h.made_by_id) AS maker FROM articles_highlight h
    LEFT JOIN articles_highlight f ON f.desk_id = h.desk_id AND f.id = h.first_id
    WHERE h.desk_id = %s AND h.version_id = %s AND h.removed_at IS NULL AND (h.ended_in_id IS NULL OR %s)
        AND h.claim_id IS NOT NULL
)
SELECT c.id::text, c.kind, coalesce(c.assignee_id::text, ''), h.makers, EXISTS (
    SELECT FROM articles_evidence e WHERE e.desk_id = h.desk_id AND e.claim_id = h.claim_id AND e.withdrawn_at IS NULL
), EXISTS (
    SELECT FROM articles_query q WHERE q.desk_id = h.desk_id AND q.claim_id = h.claim_id AND q.status = 'open'
)
FROM (SELECT desk_id, claim_id, array_agg(DISTINCT maker::text) AS makers FROM h GROUP BY desk_id, claim_id) h
JOIN articles_claim c ON c.desk_id = h.desk_id AND c.id = h.claim_id
"""


def facts_of(version: ArticleVersion, *, is_newest: bool) -> dict[str, Facts]:
    """By claim, of all that stand in the version."""
    with connection.cursor() as cursor:
        cursor.execute(FACTS, [version.desk_id, version.pk, not is_newest])
        return {
            claim: Facts(kind, assignee, tuple(makers), *has)
            for claim, kind, assignee, makers, *has in cursor.fetchall()
        }


def names_of(by: Membership, facts: Iterable[Facts]) -> dict[str, str]:
    """The people who marked or have these claims, by id. Costs a query where it is not only the reader."""
    people = {person for one in facts for person in (one.assignee, *one.makers)} - {""}
    own = {str(by.person_id): str(by.person)}
    if people <= own.keys():
        return own if people else {}
    members = Membership.objects.filter(desk_id=by.desk_id, person__pk__in=people).select_related("person")
    return {str(member.person_id): str(member.person) for member in members}
