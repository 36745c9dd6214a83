"""Approved claims whose day has come to be looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from articles.models import Claim, Status

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from articles.models import Desk


def due_for_recheck(desk: Desk, today: date) -> QuerySet[Claim]:
    """The one that is due longest first."""
    due = Claim.objects.filter(desk=desk, status=Status.APPROVED, verdict__recheck_on__lte=today)
    return due.select_related("verdict__author").order_by(F("verdict__recheck_on"), "id")
