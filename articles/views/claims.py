"""The claims of the desk, each with its page, its panel and its history; and what is done with a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from articles import access, actions
from articles.errors import Refused, Stale, WouldUnsettle
from articles.forms.base import ReasonForm
from articles.forms.claims import ClaimFilterForm, SetAsideForm, claim_form
from articles.http import instead_of, number_of, request_id
from articles.models import Claim, Role
from articles.queries import claims as queries
from articles.queries import history
from articles.queries.precedents import precedents
from articles.views import originals
from articles.views.conflicts import conflict_of
from articles.views.panel import (
    answer_context,
    back,
    home_of,
    page_context,
    panel_conflict,
    panel_context,
    panel_done,
    panel_invalid,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from articles.forms.claims import ClaimForm
    from articles.http import Request
    from articles.models import Membership

PANEL = "#claim-panel"


@require_GET
def claim_list(request: Request, desk: str) -> HttpResponse:
    by = access.member(request, desk)
    form = ClaimFilterForm(request.GET, people=queries.assignable(by.desk))
    page = queries.claim_page(by.desk, form.wanted(), request.GET.get("after"))
    query = request.GET.copy()
    query["after"] = str(page.after)
    following = f"?{query.urlencode()}" if page.after else ""
    context = {"page": page, "form": form, "next": following, "may_write": by.may(Role.REVIEWER)}
    return render(request, "claims/list.html", context)


@require_GET
def claim(request: Request, desk: str, claim: UUID) -> HttpResponse:
    by = access.member(request, desk)
    row = access.found(by, Claim, claim)
    return render(request, "claims/claim.html", panel_context(by, row) | page_context(by, row))


@require_GET
def claim_panel(request: Request, desk: str, claim: UUID) -> HttpResponse:
    by = access.member(request, desk)
    row = access.found(by, Claim, claim)
    return render(request, "claims/answer.html", answer_context(request, by, row))


@require_GET
@vary_on_headers("HX-Request")
def claim_precedents(request: Request, desk: str, claim: UUID) -> HttpResponse:
    """How similar claims were rated: a page, or for htmx the list of them alone."""
    by = access.member(request, desk)
    row = access.found(by, Claim, claim)
    template = "claims/precedents.html" + ("#list" if request.htmx else "")
    return render(request, template, {"claim": row, "precedents": precedents(row)})


@require_GET
def claim_history(request: Request, desk: str, claim: UUID) -> HttpResponse:
    by = access.member(request, desk)
    row = access.found(by, Claim, claim)
    told = history.claim_history(row, before=number_of(request.GET.get("before", "")))
    return render(request, "claims/history.html", {"claim": row, "told": told})


@require_POST
def claim_edit(request: Request, desk: str, claim: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, queries.whole_claims(), claim)
    form = claim_form(row, queries.assignable(by.desk), request.POST)
    if not form.is_valid():
        return _not_saved(request, by, row, form)
    try:
        stored = actions.claims.edit(by=by, claim=row, **form.cleaned_data)
    except WouldUnsettle:
        return render(request, "claims/saved.html", {"claim": row, "form": form, "reopens": True}, status=422)
    except Refused as refusal:
        form.refuse(refusal)
        return _not_saved(request, by, row, form)
    except Stale as stale:
        return _overtaken(request, by, row, form, stale)
    return _saved(request, by, row, stored)


@require_POST
def claim_start(request: Request, desk: str, claim: UUID) -> HttpResponse:
    return _do(request, desk, claim, actions.claims.start, "You are checking this claim.")


@require_POST
def claim_recheck(request: Request, desk: str, claim: UUID) -> HttpResponse:
    return _do(request, desk, claim, actions.claims.recheck, "The claim is back to be checked again.")


@require_POST
def claim_blind(request: Request, desk: str, claim: UUID) -> HttpResponse:
    return _do(request, desk, claim, actions.blindness.blind_claim, "The next verdict is found blind.")


@require_POST
def claim_unblind(request: Request, desk: str, claim: UUID) -> HttpResponse:
    return _do(
        request, desk, claim, actions.blindness.unblind_claim, "The next verdict is found as the desk finds them."
    )


@require_POST
def claim_resume(request: Request, desk: str, claim: UUID) -> HttpResponse:
    return _do(request, desk, claim, actions.claims.resume, "The claim is open again.")


@require_POST
def claim_set_aside(request: Request, desk: str, claim: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, Claim, claim)
    form = SetAsideForm(request.POST, auto_id="set-aside-%s")
    if not form.is_valid() or not originals.is_named(by, form, apart=row.pk):
        return panel_invalid(request, by, row, set_aside_form=form)
    given = form.cleaned_data
    try:
        actions.claims.set_aside(
            by=by,
            claim=row,
            reason=given["reason"],
            aside=given["aside"],
            duplicate_of=form.original,
            request_id=given["request_id"],
        )
    except Refused as refusal:
        if refusal.field not in form.fields:
            return panel_invalid(request, by, row, refusal=refusal.sentence, unsent=given["reason"])
        form.refuse(refusal)
        return panel_invalid(request, by, row, set_aside_form=form)
    return panel_done(request, by, row, "The claim is set aside.")


@require_POST
def claim_reopen(request: Request, desk: str, claim: UUID) -> HttpResponse:
    return _do_with_reason(request, desk, claim, actions.claims.reopen, "The claim is reopened.")


def _saved(request: Request, by: Membership, before: Claim, stored: Claim) -> HttpResponse:
    """For words that are saved while they are typed: what is said of them, and not the form in which the hand is."""
    at = timezone.now()
    if not _is_typed_on(request):
        return panel_done(request, by, stored, "" if request.htmx else "Saved.", saved_at=at)
    if stored.status != before.status:
        return instead_of(panel_done(request, by, stored, saved_at=at), PANEL)
    stored = access.found(by, queries.whole_claims(), stored.pk)
    form = claim_form(stored, queries.assignable(by.desk))
    return render(request, "claims/saved.html", {"claim": stored, "form": form, "saved_at": at})


def _not_saved(request: Request, by: Membership, claim: Claim, form: ClaimForm) -> HttpResponse:
    if _is_typed_on(request):
        return render(request, "claims/saved.html", {"claim": claim, "form": form}, status=422)
    return panel_invalid(request, by, claim, claim_form=form)


def _overtaken(request: Request, by: Membership, claim: Claim, form: ClaimForm, stale: Stale) -> HttpResponse:
    """Both texts. With its base the form leaves to decide only what both have changed."""
    people = queries.assignable(by.desk)
    if form.cleaned_data["base"] is not None:
        form = claim_form(claim, people, {**request.POST.dict(), **stale.yours})
    fresh = claim_form(access.found(by, queries.whole_claims(), claim.pk), people)
    home, again = home_of(request, claim), {"next": back(request)}
    clash = conflict_of(stale, form, fresh, action=request.path, theirs_url=home, **again)
    return instead_of(panel_conflict(request, by, claim, conflict=clash), PANEL)


def _is_typed_on(request: Request) -> bool:
    return request.htmx.target == "claim-words"


def _do(request: Request, desk: str, claim: UUID, act: Callable[..., Claim], said: str) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, Claim, claim)
    try:
        act(by=by, claim=row, request_id=request_id(request))
    except Refused as refusal:
        return panel_invalid(request, by, row, refusal=refusal.sentence)
    return panel_done(request, by, row, said)


def _do_with_reason(request: Request, desk: str, claim: UUID, act: Callable[..., Claim], said: str) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, Claim, claim)
    form = ReasonForm(request.POST, auto_id=f"{act.__name__.replace('_', '-')}-%s")
    if not form.is_valid():
        return panel_invalid(request, by, row, **{f"{act.__name__}_form": form})
    try:
        act(by=by, claim=row, **form.cleaned_data)
    except Refused as refusal:
        return panel_invalid(request, by, row, refusal=refusal.sentence, unsent=form.cleaned_data["reason"])
    return panel_done(request, by, row, said)


__all__ = [
    "claim",
    "claim_blind",
    "claim_edit",
    "claim_history",
    "claim_list",
    "claim_panel",
    "claim_precedents",
    "claim_recheck",
    "claim_reopen",
    "claim_resume",
    "claim_set_aside",
    "claim_start",
    "claim_unblind",
    "panel_context",
]
