"""What a person who goes away leaves open on a desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from django.utils import timezone

from articles.models import DUE_OR_NEVER, DUE_SOON, IN_WORK, SENT_BACK, UNSETTLED, Claim, Status
from articles.queries.asking import left_by, left_number
from articles.queries.batches import MOST

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import Membership, Query


@dataclass(frozen=True, slots=True)
class OpenWork:
    """``in_work`` are claims that the person has and that need a verdict, what is due first in front. ``in_review``
    wait for a second person: the verdict is theirs, or the claim would come back to them.
    """

    in_work: list[Claim]
    in_review: list[Claim]
    queries: list[Query]
    """What was put to the person and is open, and what they asked and have not closed."""

    @property
    def number(self) -> int:
        return len(self.in_work) + len(self.in_review)

    @property
    def sent_back(self) -> int:
        return sum(claim.status in SENT_BACK for claim in self.in_work)

    @property
    def due_soon(self) -> int:
        soon = timezone.localdate() + timedelta(days=DUE_SOON)
        return sum(claim.due is not None and claim.due <= soon for claim in (*self.in_work, *self.in_review))

    @property
    def is_cut(self) -> bool:
        return MOST in (len(self.in_work), len(self.in_review))

    @property
    def queries_are_cut(self) -> bool:
        return len(self.queries) == MOST


class Left(NamedTuple):
    """How many claims and queries a person has open, however many are listed."""

    claims: int
    queries: int

    @property
    def number(self) -> int:
        return self.claims + self.queries


def open_work(member: Membership) -> OpenWork:
    """At most MOST of each, which is as many as are handed over at once."""
    claims = _claims(member).select_related("assignee", "verdict__author").alias(due_last=DUE_OR_NEVER)
    in_order = claims.order_by("due_last", "priority", "id")
    return OpenWork(
        in_work=list(in_order.filter(assignee=member.person_id, status__in=IN_WORK)[:MOST]),
        in_review=list(in_order.filter(_their_verdict(member), status=Status.IN_REVIEW)[:MOST]),
        queries=left_by(member, MOST),
    )


def open_number(member: Membership) -> Left:
    """How much that would be, if nothing were too much to list."""
    theirs = Q(assignee=member.person_id, status__in=IN_WORK) | _their_verdict(member) & Q(status=Status.IN_REVIEW)
    return Left(_claims(member).filter(theirs, status__in=UNSETTLED).count(), left_number(member))


def _their_verdict(member: Membership) -> Q:
    return Q(assignee=member.person_id) | Q(verdict_author_id=member.person_id)


def _claims(member: Membership) -> QuerySet[Claim]:
    return Claim.objects.filter(desk_id=member.desk_id)
