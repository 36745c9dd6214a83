"""The way in, and the desk: what there is to do, and what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from articles import access
from articles.models import Role
from articles.queries import desks as queries
from articles.queries.arrivals import waiting_number

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.http import Request


@require_safe
def home(request: Request) -> HttpResponse:
    memberships = queries.desks_of(request.user)
    if len(memberships) == 1:
        return redirect(memberships[0].desk)
    return render(request, "desk/choose.html", {"memberships": memberships})


@require_safe
def desk(request: Request, desk: str) -> HttpResponse:
    by = access.member(request, desk)
    context = {
        "work": queries.work_of(by),
        "articles": queries.in_progress(by.desk),
        "happenings": queries.recent(by.desk),
        "may_add": by.may(Role.REVIEWER),
        "arriving": waiting_number(by.desk),
    }
    return render(request, "desk/desk.html", context)
