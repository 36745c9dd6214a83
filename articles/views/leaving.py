"""A person goes away: what they have open, to be handed over to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import access
from articles.models import Membership, Role
from articles.queries.leaving import open_number, open_work

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from articles.http import Request


@require_safe
def member_work(request: Request, desk: str, member: UUID) -> HttpResponse:
    """Their open work, to be ticked and given to one person or to several in turn."""
    by = access.member(request, desk)
    row = access.found(by, Membership.objects.select_related("person"), member)
    context = {
        "member": row,
        "work": open_work(row),
        "left": open_number(row),
        "may_write": by.may(Role.REVIEWER),
        "may_remove": by.may(Role.ADMINISTRATOR) and row.ended_at is None and row.pk != by.pk,
    }
    return render(request, "people/work.html", context)
