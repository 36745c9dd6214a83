"""How far those agree who found apart, and whether the desk has its verdicts found so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from articles import access, actions
from articles.errors import Refused
from articles.http import request_id
from articles.models import Role
from articles.queries.agreement import agreement_of, differing

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from articles.http import Request
    from articles.models import Membership


@require_safe
def agreement(request: Request, desk: str) -> HttpResponse:
    by = access.member(request, desk)
    page = differing(by.desk, request.GET.get("after"))
    context = {
        "found": agreement_of(by.desk),
        "page": page,
        "next": f"?after={page.after}" if page.after else "",
        "may_administer": by.may(Role.ADMINISTRATOR),
    }
    return render(request, "desk/agreement.html", context)


@require_POST
def desk_blind(request: Request, desk: str) -> HttpResponse:
    return _switch(request, desk, actions.blindness.blind_desk, "From now on every verdict is found blind.")


@require_POST
def desk_unblind(request: Request, desk: str) -> HttpResponse:
    return _switch(
        request, desk, actions.blindness.unblind_desk, "From now on verdicts are read before they are reviewed."
    )


def _switch(request: Request, desk: str, act: Callable[..., Membership], said: str) -> HttpResponse:
    by = access.administrator(request, desk)
    try:
        act(by=by, request_id=request_id(request))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, said)
    return redirect("articles:agreement", by.desk.slug)
