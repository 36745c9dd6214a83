"""How well a claim is sourced, as the pages of claims show it, and what the desk asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from articles import access, actions
from articles.errors import Refused
from articles.forms.origins import copy_form, sourcing_form
from articles.http import invalid
from articles.models import Role
from articles.queries.copied import proposals
from articles.queries.origins import missing_of, origins_of, rule_of
from articles.text.origins import wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from articles.forms.origins import CopyForm, SourcingForm
    from articles.http import Request
    from articles.models import Claim, Highlight, Membership

PAGE = "desk/sourcing.html"


def sourcing_context(by: Membership, claim: Claim) -> dict[str, Any]:
    """What ``claims/origins.html`` shows: the origins counted, and what the desk's rule still misses."""
    origins = origins_of(claim)
    return {"origins": origins, "sourcing_misses": missing_of(by.desk, origins)}


def places_context(
    by: Membership, claim: Claim, places: Sequence[Highlight], copy_asked: CopyForm | None = None
) -> dict[str, Any]:
    """The same with where each place comes from, and which of them may be copies; ``copy_asked`` as it was typed.

    Where that is about places that are not proposed any more, its words are shown beside the refusal.
    """
    context = sourcing_context(by, claim)
    ways = context["origins"].ways
    found = proposals(claim, places)
    asked = {} if copy_asked is None else {copy_asked.data.get("key"): copy_asked}
    if copy_asked and asked.keys().isdisjoint(one.key for one in found if one.dismissal is None):
        context |= {"refusal": actions.tracing.OTHER_PLACES, "unsent": copy_asked.data.get("origin_name", "")}
    return context | {
        "traced": {place.pk: ways.chain_of(place.origin_id) for place in places},
        "proposed": [(one, asked.get(one.key) or copy_form(one)) for one in found if one.dismissal is None],
        "dismissed": [one for one in found if one.dismissal],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def desk_sourcing(request: Request, desk: str) -> HttpResponse:
    """The sourcing rule of the desk; an administrator's POST sets it."""
    if request.method != "POST":
        by = access.member(request, desk)
        return render(request, PAGE, _context(by, sourcing_form(by.desk)))
    by = access.administrator(request, desk)
    form = sourcing_form(by.desk, request.POST)
    if not form.is_valid():
        return invalid(request, PAGE, _context(by, form))
    try:
        actions.origins.set_sourcing(by=by, **form.cleaned_data)
    except Refused as refusal:
        form.refuse(refusal)
        return invalid(request, PAGE, _context(by, form))
    messages.success(request, "The sourcing rule is set.")
    return redirect("articles:desk-sourcing", by.desk.slug)


def _context(by: Membership, form: SourcingForm) -> dict[str, Any]:
    return {"form": form, "rule": wanted(rule_of(by.desk)), "may_administer": by.may(Role.ADMINISTRATOR)}
