"""What speaks for and against a claim: added, corrected, withdrawn and restored in its panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from articles import access, actions
from articles.actions.evidence import Statement
from articles.actions.sources import Work
from articles.errors import Refused, Stale
from articles.forms.evidence import EvidenceEditForm, EvidenceForm, evidence_edit_form, evidence_form
from articles.http import request_id
from articles.models import Claim, Evidence, Source
from articles.queries.history import last_number_of
from articles.views.conflicts import conflict_of
from articles.views.panel import (
    article_beside,
    back,
    home_of,
    page_context,
    panel_conflict,
    panel_context,
    panel_done,
    panel_invalid,
)
from articles.views.undoing import offer

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.http import Request
    from articles.models import Membership

EVIDENCE = Evidence.objects.select_related("claim", "source")


@require_POST
def evidence_add(request: Request, desk: str, claim: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, Claim, claim)
    form = evidence_form(request.POST)
    if not form.is_valid():
        return panel_invalid(request, by, row, evidence_form=form)
    try:
        added = _add(by, row, form)
    except Refused as refusal:
        form.refuse(refusal)
        return panel_invalid(request, by, row, evidence_form=form)
    return panel_done(request, by, row, f"Evidence added from “{added.source}”.")


@require_http_methods(["GET", "POST"])
def evidence_edit(request: Request, desk: str, evidence: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, EVIDENCE, evidence)
    if request.method == "GET":
        return _edit_form(request, by, row)
    form = evidence_edit_form(row, request.POST)
    if not form.is_valid():
        return panel_invalid(request, by, row.claim, evidence_edit_form=form, editing=row)
    try:
        _edit(by, row, form)
    except Refused as refusal:
        form.refuse(refusal)
        return panel_invalid(request, by, row.claim, evidence_edit_form=form, editing=row)
    except Stale as stale:
        fresh = evidence_edit_form(access.found(by, EVIDENCE, evidence))
        home, again = home_of(request, row.claim), {"next": back(request)}
        clash = conflict_of(stale, form, fresh, action=request.path, theirs_url=home, **again)
        return panel_conflict(request, by, row.claim, evidence_conflict=clash, editing=row)
    return panel_done(request, by, row.claim, "Evidence saved.")


@require_POST
def evidence_withdraw(request: Request, desk: str, evidence: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, EVIDENCE, evidence)
    try:
        actions.evidence.withdraw(by=by, evidence=row, request_id=request_id(request))
    except Refused as refusal:
        return panel_invalid(request, by, row.claim, refusal=refusal.sentence)
    messages.success(request, "Evidence withdrawn.", extra_tags=_take_back(request, by, row))
    return panel_done(request, by, row.claim)


@require_POST
def evidence_restore(request: Request, desk: str, evidence: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, EVIDENCE, evidence)
    try:
        actions.evidence.restore(by=by, evidence=row, request_id=request_id(request))
    except Refused as refusal:
        return panel_invalid(request, by, row.claim, refusal=refusal.sentence)
    return panel_done(request, by, row.claim, "Evidence restored.")


def _take_back(request: Request, by: Membership, row: Evidence) -> str:
    """What makes the message offer to undo it, as a step in the article beside it; a claim's page has no steps."""
    article = article_beside(request)
    return offer(by, article, last_number_of(row)) if article else ""


def _edit_form(request: Request, by: Membership, row: Evidence) -> HttpResponse:
    """The piece of evidence as a form, in its place in the list or on the claim's page."""
    form = evidence_edit_form(row)
    if request.htmx:
        context = {"piece": row, "evidence_edit_form": form, "claim": row.claim, "back": back(request)}
        return render(request, "claims/evidence.html#form", context)
    shown = panel_context(by, row.claim, back=back(request), evidence_edit_form=form, editing=row)
    return render(request, "claims/claim.html", shown | page_context(by, row.claim))


def _edit(by: Membership, evidence: Evidence, form: EvidenceEditForm) -> None:
    given, statement = form.cleaned_data, Statement(**form.statement())
    change = {"revision": given["revision"], "statement": statement, "request_id": given["request_id"]}
    actions.evidence.edit(by=by, evidence=evidence, **change)


def _add(by: Membership, claim: Claim, form: EvidenceForm) -> Evidence:
    given = form.cleaned_data
    cited: dict[str, Any] = {"by": by, "claim": claim, "statement": Statement(**form.statement())}
    if given["source"]:
        source = access.found(by, Source, given["source"])
        return actions.evidence.add(**cited, source=source, request_id=given["request_id"])
    add = actions.evidence.add_from_new_source if form.says_more() else actions.evidence.add_titled
    return add(**cited, work=Work(**form.work()), request_id=given["request_id"])
