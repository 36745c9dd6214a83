"""Where an occurrence or a source comes from: said where it is seen, and proposed where the words are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from articles import access, actions
from articles.errors import Refused, Stale
from articles.forms.origins import CopyForm, DismissForm, trace_form
from articles.http import request_id
from articles.models import Claim, Dismissal, Highlight, Origin, Source
from articles.views.borders import with_spans
from articles.views.panel import back, page_context, panel_conflict, panel_context, panel_done, panel_invalid
from articles.views.sources import SOURCES, source_conflict, source_done, source_invalid

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.forms.origins import OriginChoice, TraceForm
    from articles.http import Request
    from articles.models import Membership

PLACES = Highlight.objects.filter(claim__isnull=False).select_related("claim", "origin", "version__article__outlet")


@require_http_methods(["GET", "POST"])
def highlight_trace(request: Request, desk: str, highlight: UUID) -> HttpResponse:
    """The place as a form, in the list of places or on the claim's page; a POST says where it comes from."""
    by = access.reviewer(request, desk)
    row = access.found(by, PLACES, highlight)
    claim = access.found(by, Claim.objects.filter(highlights=row), row.claim_id or row.pk)
    if request.method == "GET":
        return _form(request, by, row, claim)
    form = _trace_form(row, request.POST)
    if not form.is_valid():
        return panel_invalid(request, by, claim, tracing=row, trace_form=form)
    given = form.cleaned_data
    told = {name: given[name] for name in ("revision", "whole", "request_id")}
    try:
        actions.tracing.trace(by=by, highlight=row, origin=form.root(_known(by, form)), **told)
    except Refused as refusal:
        form.refuse(refusal)
        return panel_invalid(request, by, claim, tracing=row, trace_form=form)
    except Stale:
        row = access.found(by, PLACES, highlight)
        return panel_conflict(request, by, claim, tracing=row, trace_form=_overtaken(request, row))
    return _traced(request, by, claim, _said(form))


@require_POST
def source_trace(request: Request, desk: str, source: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, SOURCES, source)
    form = trace_form(row, request.POST)
    if not form.is_valid():
        return source_invalid(request, by, row, trace_form=form)
    told = {name: form.cleaned_data[name] for name in ("revision", "request_id")}
    try:
        actions.tracing.trace_source(by=by, source=row, origin=form.root(_known(by, form)), **told)
    except Refused as refusal:
        form.refuse(refusal)
        return source_invalid(request, by, row, trace_form=form)
    except Stale:
        row = access.found(by, SOURCES, source)
        return source_conflict(request, by, row, trace_form=_overtaken(request, row))
    return source_done(request, by, row, _said(form))


@require_POST
def copy_accept(request: Request, desk: str, claim: UUID) -> HttpResponse:
    """Places with the same words are copies: all of them get one origin."""
    by = access.reviewer(request, desk)
    row = access.found(by, Claim, claim)
    form = CopyForm(request.POST, auto_id="copy-asked-%s")
    if not form.is_valid():
        return panel_invalid(request, by, row, copy_asked=form)
    given = form.cleaned_data
    told = {"key": given["key"], "whole": given["whole"], "request_id": given["request_id"]}
    try:
        actions.tracing.accept_copy(by=by, claim=row, origin=form.one_root(_known(by, form)), **told)
    except Refused as refusal:
        return panel_invalid(request, by, row, copy_asked=form, refusal=refusal.sentence)
    return _traced(request, by, row, "These places have one origin now.")


@require_POST
def copy_dismiss(request: Request, desk: str, claim: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, Claim, claim)
    form = DismissForm(request.POST)
    if not form.is_valid():
        return panel_invalid(request, by, row, refusal=actions.tracing.OTHER_PLACES)
    given = form.cleaned_data
    try:
        actions.tracing.dismiss_copy(by=by, claim=row, key=given["key"], request_id=given["request_id"])
    except Refused as refusal:
        return panel_invalid(request, by, row, refusal=refusal.sentence)
    return panel_done(request, by, row, "Noted: no copies of each other.")


@require_POST
def copy_reconsider(request: Request, desk: str, dismissal: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, Dismissal.objects.select_related("claim"), dismissal)
    try:
        actions.tracing.reconsider_copy(by=by, dismissal=row, request_id=request_id(request))
    except Refused as refusal:
        return panel_invalid(request, by, row.claim, refusal=refusal.sentence)
    return panel_done(request, by, row.claim, "Proposed again.")


def _said(form: TraceForm) -> str:
    return (
        "Origin saved."
        if form.cleaned_data["origin_name"] or form.cleaned_data["origin"]
        else "Saved: its origin is not known."
    )


def _traced(request: Request, by: Membership, claim: Claim, said: str) -> HttpResponse:
    answer = panel_done(request, by, claim, said)
    return with_spans(answer, claim.highlights.live()) if request.htmx else answer


def _form(request: Request, by: Membership, row: Highlight, claim: Claim) -> HttpResponse:
    form = _trace_form(row)
    context: dict[str, Any] = {"tracing": row, "trace_form": form}
    if request.htmx:
        return render(request, "claims/trace.html", context | {"claim": claim, "back": back(request)})
    shown = panel_context(by, claim, back=back(request), **context)
    return render(request, "claims/claim.html", shown | page_context(by, claim))


def _trace_form(row: Highlight, data: Any = None) -> TraceForm:
    return trace_form(row, data, others=len(actions.tracing.untraced_beside(row)))


def _overtaken(request: Request, row: Highlight | Source) -> TraceForm:
    """What was typed, on what is stored now: sent again it takes its place."""
    sent = request.POST.copy()
    sent["revision"] = str(row.revision)
    form = _trace_form(row, sent) if isinstance(row, Highlight) else trace_form(row, sent)
    known = f"“{row.origin}” is stored" if row.origin else "No origin is stored"
    form.refuse(Refused(f"Someone else changed this meanwhile. {known}; save again to store yours.", "origin_name"))
    return form


def _known(by: Membership, form: OriginChoice) -> Origin | None:
    """The origin that was chosen; what was typed since has taken the choice back."""
    chosen = form.cleaned_data["origin"]
    return access.found(by, Origin, chosen) if chosen else None
