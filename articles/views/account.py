"""A person's own account: how they sign in, and where they are signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.forms.account import EndSessionForm
from articles.queries.desks import desks_of
from factcheck import second_factor, sessions

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.http import Request


@require_safe
@never_cache
def overview(request: Request) -> HttpResponse:
    context = {
        "factors": second_factor.factors_of(request.user),
        "places": sessions.places_of(request, request.user),
        "asking": [row.desk for row in desks_of(request.user) if row.desk.second_factor_required],
    }
    return render(request, "account/overview.html", context)


@require_POST
def end_sessions(request: Request) -> HttpResponse:
    """End the session that is named, or every other one. This one ends by signing out."""
    form = EndSessionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "There is no such session.")
    elif (place := form.cleaned_data["place"]) is None:
        number = sessions.end_others(request, request.user)
        messages.success(request, _said(number))
    elif sessions.end(request, request.user, place):
        messages.success(request, "That session has ended.")
    else:
        messages.success(request, "That session had ended already.")
    return redirect("account_overview")


def _said(number: int) -> str:
    if not number:
        return "There was no other session."
    return "1 other session ended." if number == 1 else f"{number} other sessions ended."
