"""The desk's sources: the list, each with what cites it, and suggestions while one is cited."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from articles import access, actions
from articles.actions.sources import Work
from articles.errors import Refused, Stale
from articles.forms.base import ReasonForm
from articles.forms.origins import trace_form
from articles.forms.snapshots import BringForm
from articles.forms.sources import SourceAddForm, SourceForm, source_add_form, source_form
from articles.http import conflict, invalid, number_of, request_id
from articles.models import NOT_NAMED, Role, Source
from articles.queries import doubles, history, snapshots
from articles.queries import sources as queries
from articles.queries.keeping import Keeping
from articles.queries.keeping import numbers as keeping_numbers
from articles.queries.origins import ways_of
from articles.text.citing import csl, plain
from articles.views.conflicts import conflict_of

if TYPE_CHECKING:
    from articles.http import Request
    from articles.models import Membership

SOURCES = Source.objects.select_related("desk", "article__outlet", "made_by", "merged_into", "withdrawn_by", "origin")
WHY_NOT = "Why it cannot be used"


@require_GET
def source_list(request: Request, desk: str) -> HttpResponse:
    by = access.member(request, desk)
    words, asked = request.GET.get("q", "").strip(), request.GET.get("kept", "")
    keeping = Keeping(asked) if asked in Keeping.values else None
    page = queries.source_page(by.desk, words, request.GET.get("after"), keeping)
    numbers = keeping_numbers(by.desk)
    context = {
        "page": page,
        "words": words,
        "keeping": keeping,
        "ways": [("", "All", ""), *((one.value, one.label, numbers[one]) for one in Keeping)],
        "next": f"?{_said(q=words, kept=keeping, after=page.after)}" if page.after else "",
        "may_write": by.may(Role.REVIEWER),
    }
    return render(request, "sources/list.html", context)


@require_GET
def source_suggest(request: Request, desk: str) -> HttpResponse:
    """``apart`` is the source that another is sought for, to be merged with."""
    by = access.reviewer(request, desk)
    words = request.GET.get("q") or request.GET.get("title", "")
    context = {"sources": queries.suggested_sources(by.desk, words), "is_for_merge": "apart" in request.GET}
    return render(request, "sources/suggest.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def source_add(request: Request, desk: str) -> HttpResponse:
    """A new source. One whose address the desk knows already is shown first, and added when it is another one."""
    by = access.reviewer(request, desk)
    if request.method != "POST":
        form = source_add_form(None, url=request.GET.get("url", ""), title=request.GET.get("title", ""))
        return render(request, "sources/add.html", {"form": form})
    form = source_add_form(request.POST)
    if not form.is_valid():
        return invalid(request, "sources/add.html", {"form": form})
    known = [] if form.cleaned_data["anyway"] else _known(by, form)
    if known:
        return invalid(request, "sources/add.html", {"form": form, "known": known})
    row = actions.sources.add(by=by, work=Work(**form.work()), request_id=form.cleaned_data["request_id"])
    messages.success(request, "Source added.")
    return redirect("articles:source", by.desk.slug, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def source(request: Request, desk: str, source: UUID) -> HttpResponse:
    """One source. The address of one that became part of another leads there."""
    if request.method == "POST":
        return _edit(request, desk, source)
    by = access.member(request, desk)
    row = access.found(by, SOURCES, source)
    if row.merged_into_id:
        return redirect("articles:source", by.desk.slug, row.merged_into_id)
    return render(request, "sources/source.html", source_context(by, row))


@require_safe
def source_citation(request: Request, desk: str, source: UUID) -> HttpResponse:
    """The source for a citation manager, as a file of CSL-JSON."""
    by = access.member(request, desk)
    row = access.found(by, SOURCES, source)
    cited = queries.exported(row)
    items = json.dumps([csl(cited)], ensure_ascii=False, indent=1)
    answer = HttpResponse(f"{items}\n", content_type="application/vnd.citationstyles.csl+json; charset=utf-8")
    name = f"{slugify(cited.title)[:60] or 'source'}.json"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


@require_safe
def source_history(request: Request, desk: str, source: UUID) -> HttpResponse:
    by = access.member(request, desk)
    row = access.found(by, SOURCES, source)
    told = history.source_history(row, before=number_of(request.GET.get("before", "")))
    return render(request, "sources/history.html", {"source": row, "told": told})


@require_POST
def source_withdraw(request: Request, desk: str, source: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, SOURCES, source)
    form = ReasonForm(request.POST, auto_id="withdraw-%s", asks=WHY_NOT)
    if not form.is_valid():
        return source_invalid(request, by, row, withdraw_form=form)
    given = form.cleaned_data
    try:
        actions.sources.withdraw(by=by, source=row, reason=given["reason"], request_id=given["request_id"])
    except Refused as refusal:
        form.refuse(refusal)
        return source_invalid(request, by, row, withdraw_form=form)
    return source_done(request, by, row, "Source withdrawn. Claims that rest on it are open for work again.")


@require_POST
def source_restore(request: Request, desk: str, source: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, SOURCES, source)
    try:
        actions.sources.restore(by=by, source=row, request_id=request_id(request))
    except Refused as refusal:
        return source_invalid(request, by, row, refusal=refusal.sentence)
    return source_done(request, by, row, "Source restored.")


def source_done(request: Request, by: Membership, row: Source, said: str = "") -> HttpResponse:
    """After a change: the source as it is now, or the page to be loaded again."""
    if said:
        messages.success(request, said)
    page = reverse("articles:source", args=[by.desk.slug, row.pk])
    if not request.htmx:
        return redirect(page)
    now = access.found(by, SOURCES, row.pk)
    if now.merged_into_id:
        return HttpResponseClientRedirect(page)
    return render(request, "sources/source.html#answer", source_context(by, now))


def source_invalid(request: Request, by: Membership, row: Source, **shown: Any) -> HttpResponse:
    now = access.found(by, SOURCES, row.pk)
    return invalid(request, _template(request), source_context(by, now, **shown))


def source_conflict(request: Request, by: Membership, row: Source, **shown: Any) -> HttpResponse:
    return conflict(request, _template(request), source_context(by, row, **shown))


def source_context(by: Membership, row: Source, **shown: Any) -> dict[str, Any]:
    """What ``sources/source.html`` shows; ``shown`` replaces forms by what was typed into them."""
    citation = queries.citation_of(row)
    context = {
        "source": row,
        "form": source_form(row),
        "bring_form": BringForm(auto_id="bring-%s"),
        "trace_form": trace_form(row),
        "chain": ways_of(row.desk_id, [row.origin_id] if row.origin_id else []).chain_of(row.origin_id),
        "withdraw_form": ReasonForm(auto_id="withdraw-%s", asks=WHY_NOT),
        "citation": plain(citation),
        "is_named": row.terms not in NOT_NAMED,
        "citations": queries.citations(row),
        "citations_shown": queries.CITATIONS_SHOWN,
        "copies": snapshots.copies_of(row.desk_id, [row.pk])[row.pk],
        "snapshots": snapshots.snapshots_of(row),
        "snapshots_shown": snapshots.SHOWN,
        "reference": snapshots.reference_of(row),
        "proposed": doubles.doubles_of(row),
        "merged": doubles.merged_into(row),
        "parts_shown": doubles.PARTS_SHOWN,
        "may_write": by.may(Role.REVIEWER),
    }
    return context | shown


def _known(by: Membership, form: SourceAddForm) -> list[Source]:
    return queries.sources_at(by.desk, form.cleaned_data["url"])


def _edit(request: Request, desk: str, pk: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, SOURCES, pk)
    form = source_form(row, request.POST)
    if not form.is_valid():
        return source_invalid(request, by, row, form=form)
    try:
        _save(by, row, form)
    except Refused as refusal:
        form.refuse(refusal)
        return source_invalid(request, by, row, form=form)
    except Stale as stale:
        now = access.found(by, SOURCES, pk)
        clash = conflict_of(stale, form, source_form(now), action=request.path, theirs_url=request.path)
        return conflict(request, _template(request), source_context(by, now, form=form, conflict=clash))
    return source_done(request, by, row, "Source saved.")


def _save(by: Membership, row: Source, form: SourceForm) -> None:
    given, work = form.cleaned_data, Work(**form.work())
    change = {"revision": given["revision"], "work": work, "request_id": given["request_id"]}
    actions.sources.edit(by=by, source=row, **change)


def _template(request: Request) -> str:
    return "sources/source.html#source" if request.htmx else "sources/source.html"


def _said(**asked: Any) -> str:
    return urlencode({name: value for name, value in asked.items() if value})
