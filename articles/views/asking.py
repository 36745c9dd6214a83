"""Queries: asked about a claim or about words, answered, closed, opened again; each with its page, and their list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from articles import access, actions
from articles.errors import SENTENCES, Refused, Stale
from articles.forms.asking import (
    PassageQueryForm,
    QueryFilterForm,
    QueryForm,
    WordsQueryForm,
    answer_form,
    close_form,
    query_edit_form,
    reopen_form,
)
from articles.forms.highlights import first_error
from articles.http import conflict, invalid
from articles.models import Article, Claim, Role
from articles.queries import asking as queries
from articles.queries.claims import assignable
from articles.views import workbench as view
from articles.views.conflicts import conflict_of
from articles.views.highlights import redrawn, refused
from articles.views.panel import CHANGED, back, panel_done, panel_invalid
from articles.views.queried import query_context

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from articles.http import Request
    from articles.models import ArticleVersion, Membership, Query


@require_safe
def query_list(request: Request, desk: str) -> HttpResponse:
    by = access.member(request, desk)
    form = QueryFilterForm(request.GET)
    wanted = form.wanted()
    page = queries.query_page(by, wanted, request.GET.get("after"))
    following = request.GET.copy()
    following["after"] = str(page.after)
    context = {
        "page": page,
        "form": form,
        "wanted": wanted,
        "article": access.found(by, Article, wanted.article) if wanted.article else None,
        "next": f"?{following.urlencode()}" if page.after else "",
        "may_write": by.may(Role.REVIEWER),
    }
    return render(request, "queries/list.html", context)


@require_safe
def query(request: Request, desk: str, query: UUID) -> HttpResponse:
    by = access.member(request, desk)
    row = access.found(by, queries.whole_queries(), query)
    return render(request, "queries/query.html", query_context(by, row, back=back(request)))


@require_POST
def query_ask(request: Request, desk: str, claim: UUID) -> HttpResponse:
    """Ask about a claim, from its panel."""
    by = access.reviewer(request, desk)
    row = access.found(by, Claim, claim)
    asked = {"by": by, "people": assignable(by.desk), "bylines": queries.bylines_of(row)}
    form = QueryForm(request.POST, auto_id="query-%s", **asked)
    if not form.is_valid():
        return panel_invalid(request, by, row, query_form=form)
    try:
        made = actions.asking.ask(by=by, claim=row, asked=form.asked(), request_id=form.cleaned_data["request_id"])
    except Refused as refusal:
        form.refuse(refusal)
        return panel_invalid(request, by, row, query_form=form)
    return panel_done(request, by, row, f"You asked {made.to}.")


@require_http_methods(["GET", "HEAD", "POST"])
def highlight_ask(request: Request, desk: str, article: UUID) -> HttpResponse:
    """Ask about words of an article: selected in it, or typed into a form of its own."""
    by = access.reviewer(request, desk)
    version = view.version_of(by, article)
    told: dict[str, Any] = {"by": by, "people": assignable(by.desk), "bylines": _bylines(version)}
    if request.method == "POST" and "start" in request.POST:
        return _ask_about_selected(request, by, version, PassageQueryForm(request.POST, **told))
    data = request.POST if request.method == "POST" else None
    form = WordsQueryForm(data, text=version.text, auto_id="query-%s", **told)
    context = {"form": form, "article": version.article}
    if data is None:
        return render(request, "queries/ask.html", context)
    if not form.is_valid():
        return invalid(request, "queries/ask.html", context)
    start, words = version.text.index(form.cleaned_data["words"]), form.cleaned_data["words"]
    try:
        made = _asked_about(by, version, form, start=start, end=start + len(words), quote=words)
    except Refused as refusal:
        form.refuse(refusal)
        return invalid(request, "queries/ask.html", context)
    messages.success(request, f"You asked {made.to}.")
    return redirect("articles:query", desk, made.pk)


@require_POST
def query_edit(request: Request, desk: str, query: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, queries.whole_queries(), query)
    people = assignable(by.desk)
    form = query_edit_form(row, by, people, request.POST)
    if not form.is_valid():
        return _again(request, by, row, edit_form=form)
    given = form.cleaned_data
    change = {"revision": given["revision"], "asked": form.asked(), "request_id": given["request_id"]}
    try:
        actions.asking.edit(by=by, query=row, **change)
    except Refused as refusal:
        form.refuse(refusal)
        return _again(request, by, row, edit_form=form)
    except Stale as stale:
        stored = access.found(by, queries.whole_queries(), query)
        fresh, home = query_edit_form(stored, by, people), _home(request, row)
        clash = conflict_of(stale, form, fresh, action=request.path, theirs_url=home, next=back(request))
        return _again(request, by, row, answer=conflict, conflict=clash)
    return _done(request, by, row, "Saved.")


@require_POST
def query_answer(request: Request, desk: str, query: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, queries.whole_queries(), query)
    form = answer_form(row, by, request.POST)
    if not form.is_valid():
        return _again(request, by, row, answer_form=form)
    try:
        actions.asking.answer(by=by, query=row, **form.answer(), request_id=form.cleaned_data["request_id"])
    except Refused as refusal:
        form.refuse(refusal)
        return _again(request, by, row, answer_form=form)
    return _done(request, by, row, "The answer is written down.")


@require_POST
def query_close(request: Request, desk: str, query: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, queries.whole_queries(), query)
    form = close_form(row, request.POST)
    if not form.is_valid():
        return _again(request, by, row, close_form=form)
    try:
        actions.asking.close(by=by, query=row, **form.cleaned_data)
    except Refused as refusal:
        form.refuse(refusal)
        return _again(request, by, row, close_form=form)
    except Stale:
        stored = access.found(by, queries.whole_queries(), query)
        fresh = close_form(stored)
        fresh.initial["reason"] = form.cleaned_data["reason"]
        return _again(request, by, stored, answer=conflict, close_form=fresh, overtaken=True)
    return _done(request, by, row, "The query is closed.")


@require_POST
def query_reopen(request: Request, desk: str, query: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, queries.whole_queries(), query)
    form = reopen_form(request.POST)
    if not form.is_valid():
        return _again(request, by, row, reopen_form=form)
    try:
        actions.asking.reopen(by=by, query=row, **form.cleaned_data)
    except Refused as refusal:
        form.refuse(refusal)
        return _again(request, by, row, reopen_form=form)
    return _done(request, by, row, "The query is open again.")


def _ask_about_selected(
    request: Request, by: Membership, version: ArticleVersion, form: PassageQueryForm
) -> HttpResponse:
    if not form.is_valid():
        return refused(request, by, version, first_error(form))
    if form.cleaned_data["version"] != version.pk:
        return refused(request, by, version, SENTENCES["highlight_stands_in_newest"], status=409)
    span = form.selection()
    try:
        made = _asked_about(by, version, form, start=span.start, end=span.end, quote=span.quote)
    except Refused as refusal:
        return refused(request, by, version, refusal.sentence)
    assert made.highlight is not None  # noqa: S101  # what is asked about words has them
    made.highlight.version = version
    return redrawn(request, made.highlight, asked=made)


def _asked_about(
    by: Membership, version: ArticleVersion, form: PassageQueryForm | WordsQueryForm, **span: Any
) -> Query:
    about = {"by": by, "version": version, "request_id": form.cleaned_data["request_id"]}
    return actions.asking.ask_about(**about, **span, asked=form.asked())


def _bylines(version: ArticleVersion) -> list[str]:
    return [version.article.byline] if version.article.byline else []


def _home(request: Request, query: Query) -> str:
    return back(request) or reverse("articles:query", args=[request.member.desk.slug, query.pk])


def _done(request: Request, by: Membership, query: Query, said: str) -> HttpResponse:
    """After a change: the query as it is now, in the panel, or the page from which the form was sent."""
    messages.success(request, said)
    if not request.htmx:
        return redirect(_home(request, query))
    row = access.found(by, queries.whole_queries(), query.pk)
    answer = render(request, "queries/answer.html", query_context(by, row, back=back(request)))
    return trigger_client_event(answer, CHANGED, {"claim": str(query.pk)})


def _again(
    request: Request,
    by: Membership,
    query: Query,
    *,
    answer: Callable[[Request, str, dict[str, Any]], HttpResponse] = invalid,
    **shown: Any,
) -> HttpResponse:
    """The query as it is now: another may have answered or closed it before this was refused."""
    template = "queries/answer.html" if request.htmx else "queries/query.html"
    now = access.found(by, queries.whole_queries(), query.pk)
    return answer(request, template, query_context(by, now, back=back(request), **shown))
