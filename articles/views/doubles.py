"""Two sources that are the same work: seen side by side, made one, and two again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from articles import access, actions
from articles.errors import Refused, Stale
from articles.forms.sources import FIELDS, MergeChoiceForm, MergeForm, source_form
from articles.http import conflict, invalid, request_id
from articles.models import Source
from articles.queries import doubles as queries
from articles.queries.paging import uuid_of
from articles.queries.sources import sources_at, sources_titled
from articles.views.sources import SOURCES, source_done, source_invalid

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.http import Request
    from articles.models import Membership


@require_http_methods(["GET", "HEAD", "POST"])
def source_merge(request: Request, desk: str, source: UUID) -> HttpResponse:
    """Choose the other one (``?with=``), see both, and keep one; a POST gives this one up for ``into``."""
    by = access.reviewer(request, desk)
    row = access.found(by, SOURCES, source)
    if request.method == "POST":
        return _merge(request, by, row)
    if row.merged_into_id:
        return redirect("articles:source", by.desk.slug, row.merged_into_id)
    if other := uuid_of(request.GET.get("with") or request.GET.get("source")):
        return render(request, "sources/merge.html", _context(row, access.found(by, SOURCES, other)))
    if "title" in request.GET:
        return _choose(request, by, row)
    return render(request, "sources/merge.html", _context(row, None))


@require_POST
def source_part(request: Request, desk: str, source: UUID) -> HttpResponse:
    """Take back that this source became part of another."""
    by = access.reviewer(request, desk)
    row = access.found(by, SOURCES, source)
    into = row.merged_into
    try:
        actions.doubles.part(by=by, source=row, request_id=request_id(request))
    except Refused as refusal:
        return source_invalid(request, by, into or row, refusal=refusal.sentence)
    return source_done(request, by, into or row, f"“{row}” stands by itself again.")


def _choose(request: Request, by: Membership, row: Source) -> HttpResponse:
    """The other one, by what was typed: its address or its title."""
    form = MergeChoiceForm(request.GET, auto_id="merge-%s")
    typed = form.cleaned_data["title"] if form.is_valid() else ""
    named = (sources_at(by.desk, typed) or sources_titled(by.desk, typed)) if typed else []
    found = [one for one in named if one.pk != row.pk] or named
    if len(found) == 1:
        return render(request, "sources/merge.html", _context(row, access.found(by, SOURCES, found[0].pk)))
    if found:
        form.add_error("title", "Several sources are called so. Choose one of these.")
        return invalid(request, "sources/merge.html", _context(row, None, choice=form, proposed=found))
    if typed:
        form.add_error("title", form.fields["title"].error_messages["required"])
    return invalid(request, "sources/merge.html", _context(row, None, choice=form))


def _merge(request: Request, by: Membership, row: Source) -> HttpResponse:
    form = MergeForm(request.POST)
    if not form.is_valid():
        return invalid(request, "sources/merge.html", _context(row, None))
    given = form.cleaned_data
    into = access.found(by, SOURCES, given["into"])
    told: dict[str, Any] = {"revision": given["revision"], "request_id": given["request_id"]}
    try:
        actions.doubles.merge(by=by, source=row, into=into, **told)
    except Refused as refusal:
        return invalid(request, "sources/merge.html", _context(row, into, refusal=refusal.sentence))
    except Stale:
        now = access.found(by, SOURCES, row.pk)
        return conflict(request, "sources/merge.html", _context(now, into, is_stale=True))
    messages.success(request, f"“{row}” is part of this source now.")
    return redirect("articles:source", by.desk.slug, into.pk)


def _context(row: Source, other: Source | None, **shown: Any) -> dict[str, Any]:
    if other is None or other.pk == row.pk:
        choice = MergeChoiceForm(auto_id="merge-%s")
        context = {"source": row, "choice": choice, "proposed": queries.doubles_of(row), "is_same": other is not None}
        return context | shown
    sides = [
        {"source": one, "given_up": given_up, "weight": queries.weight_of(given_up)}
        for one, given_up in ((row, other), (other, row))
    ]
    return {"source": row, "other": other, "sides": sides, "rows": _rows(row, other), **shown}


def _rows(one: Source, other: Source) -> list[dict[str, Any]]:
    """Field by field what is said of both, where something is said of one of them."""
    form = source_form(one)
    told = [(form[FIELDS.get(name, name)].label, _said(one, name), _said(other, name)) for name in Source.CONTENT]
    return [
        {"label": label, "values": (mine, theirs), "differs": mine != theirs}
        for label, mine, theirs in told
        if mine or theirs
    ]


def _said(source: Source, name: str) -> str:
    display = getattr(source, f"get_{name}_display", None)
    value = display() if display else getattr(source, name)
    return str(value or "")
