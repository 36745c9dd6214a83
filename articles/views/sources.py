"""The desk's sources: the list, each with what cites it, and suggestions while one is cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from articles import access, actions
from articles.actions.sources import Work
from articles.errors import Refused, Stale
from articles.forms.sources import SourceForm, source_form
from articles.http import conflict, invalid
from articles.models import Role, Source
from articles.queries import sources as queries
from articles.views.conflicts import conflict_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.http import Request
    from articles.models import Membership

SOURCES = Source.objects.select_related("article__outlet", "made_by")


@require_GET
def source_list(request: Request, desk: str) -> HttpResponse:
    by = access.member(request, desk)
    words = request.GET.get("q", "").strip()
    page = queries.source_page(by.desk, words, request.GET.get("after"))
    following = f"?{urlencode({'q': words, 'after': page.after})}" if page.after else ""
    return render(request, "sources/list.html", {"page": page, "words": words, "next": following})


@require_GET
def source_suggest(request: Request, desk: str) -> HttpResponse:
    by = access.reviewer(request, desk)
    words = request.GET.get("q") or request.GET.get("title", "")
    return render(request, "sources/suggest.html", {"sources": queries.suggested_sources(by.desk, words)})


@require_http_methods(["GET", "POST"])
def source(request: Request, desk: str, source: UUID) -> HttpResponse:
    if request.method == "POST":
        return _edit(request, desk, source)
    by = access.member(request, desk)
    row = access.found(by, SOURCES, source)
    return render(request, "sources/source.html", _context(by, row, form=source_form(row)))


def _edit(request: Request, desk: str, pk: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, SOURCES, pk)
    form = source_form(row, request.POST)
    if not form.is_valid():
        return invalid(request, _template(request), _context(by, row, form=form))
    given = form.cleaned_data
    work = Work(**form.work())
    try:
        actions.sources.edit(by=by, source=row, revision=given["revision"], work=work, request_id=given["request_id"])
    except Refused as refusal:
        form.refuse(refusal)
        return invalid(request, _template(request), _context(by, row, form=form))
    except Stale as stale:
        now = access.found(by, SOURCES, pk)
        clash = conflict_of(stale, form, source_form(now), action=request.path, theirs_url=request.path)
        return conflict(request, _template(request), _context(by, now, form=form, conflict=clash))
    messages.success(request, "Source saved.")
    if not request.htmx:
        return redirect(request.path)
    now = access.found(by, SOURCES, pk)
    return render(request, "sources/source.html#answer", _context(by, now, form=source_form(now)))


def _template(request: Request) -> str:
    return "sources/source.html#source" if request.htmx else "sources/source.html"


def _context(by: Membership, source: Source, *, form: SourceForm, **more: Any) -> dict[str, Any]:
    return {
        "source": source,
        "form": form,
        "citations": queries.citations(source),
        "may_write": by.may(Role.REVIEWER),
        **more,
    }
