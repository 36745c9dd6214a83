"""The record of the desk as it is read: day by day, and person by person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import access
from articles.forms.record import DayForm, DeedsForm
from articles.http import number_of
from articles.models import Membership
from articles.queries import record as queries

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django import forms
    from django.http import HttpResponse

    from articles.http import Request


@require_safe
def desk_day(request: Request, desk: str) -> HttpResponse:
    """All that happened on a day (``?on=``; else the last one on which anything did), or what one person did then."""
    by = access.member(request, desk)
    form = DayForm(request.GET, queries.people_of_desk(by.desk))
    form.is_valid()
    before = number_of(request.GET.get("before", ""))
    day = queries.day_of(by.desk, form.cleaned_data.get("on"), form.wanted(), before=before)
    form.show(day.on)
    context = {
        "form": form,
        "day": day,
        "zone": timezone.get_current_timezone_name(),
        "is_narrowed": form.wanted() != queries.Wanted(),
        "earlier": _address(form, on=day.earlier) if day.earlier else "",
        "later": _address(form, on=day.later) if day.later else "",
        "newest": _address(form, on=day.on) if before else "",
        "next": _address(form, on=day.on, before=day.older) if day.older else "",
    }
    return render(request, "record/day.html", context)


@require_safe
def member_history(request: Request, desk: str, member: UUID) -> HttpResponse:
    """All that one person did on the desk, the newest first; who has left it is still answered for."""
    by = access.member(request, desk)
    row = access.found(by, Membership.objects.select_related("person", "desk"), member)
    form = DeedsForm(request.GET)
    form.is_valid()
    before, until = number_of(request.GET.get("before", "")), form.cleaned_data.get("until")
    deeds = queries.deeds_of(row, form.acts_wanted(), until=until, before=before)
    context = {
        "form": form,
        "member": row,
        "deeds": deeds,
        "zone": timezone.get_current_timezone_name(),
        "is_narrowed": bool(until or form.acts_wanted()),
        "newest": _address(form) if before else "",
        "next": _address(form, before=deeds.older) if deeds.older else "",
    }
    return render(request, "record/member.html", context)


def _address(form: forms.Form, **others: date | int | None) -> str:
    """This page with what is asked for, and others instead or besides."""
    asked: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if value}
    query = urlencode(asked | others)
    return f"?{query}" if query else "?"
