"""The versions of a desk's rating scale, and what rests on their terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count

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
    """By status and rating: how many claims are approved, or in review, so, under whatever version of the scale."""
    claims = Claim.objects.filter(desk_id=scale.desk_id, status__in=(Status.APPROVED, Status.IN_REVIEW))
    rated = claims.filter(verdict__rating__scale__code=scale.code, verdict__rating__code__in=codes).order_by()
    counts = rated.values_list("status", "verdict__rating__code").annotate(number=Count("pk"))
    return {(status, code): number for status, code, number in counts}


def _version(row: RatingScale, event: AuditEvent | None, people: dict[UUID, str], verdicts: int) -> Version:
    by = people.get(event.actor_id) if event and event.actor_id else None
    return Version(row, by, event.at if event else None, verdicts)
