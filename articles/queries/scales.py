"""The versions of a desk's rating scale, and what rests on their terms."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, F

from articles.models import AuditEvent, Claim, Rating, RatingScale, Status, Verdict
from articles.queries.history import people_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from articles.models import Desk

SHOWN = 50
"""Versions of a scale; whoever changes it oftener has other troubles."""


class Version(NamedTuple):
    """``by`` is None where the scale came with the desk."""

    scale: RatingScale
    by: str | None
    at: datetime | None
    verdicts: int


def newest_scale(desk: Desk) -> RatingScale:
    return RatingScale.objects.filter(desk=desk, code=desk.scale_code).latest("version")


def versions_of(scale: RatingScale) -> list[Version]:
    """The newest first, with how many verdicts were given under each."""
    rows = RatingScale.objects.filter(desk_id=scale.desk_id, code=scale.code)
    found = list(rows.order_by("-version")[:SHOWN])
    ids = [row.pk for row in found]
    given = Verdict.objects.filter(desk_id=scale.desk_id, rating__scale__in=ids).order_by()
    counts = dict(given.values_list("rating__scale").annotate(number=Count("pk")))
    events = list(AuditEvent.objects.filter(desk_id=scale.desk_id, subject_id__in=ids))
    people, told = people_of(events), {event.subject_id: event for event in events}
    return [_version(row, told.get(row.pk), people, counts.get(row.pk, 0)) for row in found]


def used_codes(scale: RatingScale) -> set[str]:
    """The codes of all terms that the scale has or had. One that is gone is not given to another term."""
    terms = Rating.objects.filter(desk_id=scale.desk_id, scale__code=scale.code)
    return set(terms.values_list("code", flat=True))


def settled_as(scale: RatingScale, codes: Collection[str]) -> dict[tuple[str, str], int]:
    """By status and rating: how many claims are approved, or in review, so, under whatever version of the scale.

    A claim in review by two findings counts with the rating of each.
    """
    rated = {"rating__scale__code": scale.code, "rating__code__in": codes}
    claims = Claim.objects.filter(desk_id=scale.desk_id, status__in=(Status.APPROVED, Status.IN_REVIEW)).order_by()
    standing = claims.filter(**{f"verdict__{name}": value for name, value in rated.items()})
    counts = Counter(
        {
            (status, code): number
            for status, code, number in standing.values_list("status", "verdict__rating__code").annotate(Count("pk"))
        }
    )
    seconds = Verdict.objects.filter(desk_id=scale.desk_id, claim__status=Status.IN_REVIEW, **rated).order_by()
    others = seconds.filter(second_of=F("claim__verdict")).exclude(rating=F("second_of__rating"))
    for code, number in others.values_list("rating__code").annotate(Count("pk")):
        counts[Status.IN_REVIEW, code] += number
    return counts


def _version(row: RatingScale, event: AuditEvent | None, people: dict[UUID, str], verdicts: int) -> Version:
    by = people.get(event.actor_id) if event and event.actor_id else None
    return Version(row, by, event.at if event else None, verdicts)
