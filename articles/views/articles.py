"""The articles of a desk: their list, and of each what is said of it, its original bytes, its blocks, its past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from articles import access, actions
from articles.actions import filing
from articles.errors import Refused, Stale
from articles.forms.articles import ArticleEditForm, ArticleFilterForm, BlockKindForm
from articles.http import conflict, invalid, number_of
from articles.models import Article, Role
from articles.queries import articles as queries
from articles.queries.arrivals import waiting_number
from articles.queries.copies import copies_of_each, outlets_with_the_same_text
from articles.text.blocks import split
from articles.views.conflicts import conflict_of
from articles.views.files import file_name

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from articles.http import Request
    from articles.models import ArticleVersion, Membership
    from articles.views.conflicts import Conflict


STATES = [("", "All"), *queries.State.choices]


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def article_list(request: Request, desk: str) -> HttpResponse:
    by = access.member(request, desk)
    outlets = queries.choices(queries.outlets_of(by.desk), request.GET.get("outlet", ""))
    stories = queries.choices(queries.stories_of(by.desk), request.GET.get("story", ""))
    form = ArticleFilterForm(request.GET, outlets=outlets, stories=stories)
    chosen, after = form.chosen(), request.GET.get("after")
    found = queries.article_page(by.desk, chosen, after)
    here = reverse("articles:article-list", args=[by.desk.slug])
    context = {
        "form": form,
        "outlets": outlets,
        "stories": stories,
        "articles": found.rows,
        "looked_through": found.looked_through,
        "chosen": chosen,
        "states": [(_address(here, chosen, state=value), value, label) for value, label in STATES],
        "newest": _address(here, chosen) if after else "",
        "next": _address(here, chosen, after=found.after) if found.after else "",
        "may_add": by.may(Role.REVIEWER),
        "copies": outlets_with_the_same_text(by.desk, [listed.article.pk for listed in found.rows]),
        "arriving": waiting_number(by.desk),
    }
    template = "articles/list.html#found" if request.htmx.target == "found" else "articles/list.html"
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def article_edit(request: Request, desk: str, article: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, _articles(), article)
    if request.method != "POST":
        return render(request, "articles/edit.html", _edit_context(row, ArticleEditForm.of(row)))
    form = ArticleEditForm(request.POST)
    template = "articles/edit.html#form" if request.htmx else "articles/edit.html"
    if not form.is_valid():
        return invalid(request, template, _edit_context(row, form))
    try:
        filing.edit(
            by=by,
            article=row,
            revision=form.cleaned_data["revision"],
            details=form.details(),
            story=form.cleaned_data["story"],
            request_id=form.cleaned_data["request_id"],
        )
    except Refused as refusal:
        form.refuse(refusal)
        return invalid(request, template, _edit_context(row, form))
    except Stale as stale:
        return conflict(request, template, _edit_context(row, form) | {"conflict": _edit_conflict(stale, by, form)})
    messages.success(request, "Saved.")
    return _to_workbench(request, row)


@require_safe
def article_original(request: Request, desk: str, article: UUID) -> HttpResponse:
    """The bytes that a version came from (``?version=``; else the newest), as a file and never as a page."""
    by = access.member(request, desk)
    version = _asked_version(request, access.found(by, Article, article))
    original = version.original
    response = HttpResponse(original.content, content_type=original.media_type)
    name = file_name(original.name, version.article.headline)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def block_retype(request: Request, desk: str, article: UUID) -> HttpResponse:
    """A plain form goes back to the block in the workbench; htmx has the new kind on the page already."""
    by = access.reviewer(request, desk)
    version = queries.versions_of(access.found(by, Article, article)).first()
    form = BlockKindForm(request.POST)
    if version is None or not form.is_valid():
        return HttpResponse("There is no such block, or no such kind of block.", status=422, content_type="text/plain")
    number, kind = form.cleaned_data["number"], form.cleaned_data["kind"]
    try:
        actions.articles.retype_block(
            by=by, version=version, number=number, kind=kind, request_id=form.cleaned_data["request_id"]
        )
    except Refused as refusal:
        return HttpResponse(refusal.sentence, status=422, content_type="text/plain")
    if request.htmx:
        return HttpResponse(status=204)
    start, _ = split(version.text)[number]
    return redirect(f"{_workbench(request, article)}?mode=blocks#b{start}")


@require_safe
def article_history(request: Request, desk: str, article: UUID) -> HttpResponse:
    by = access.member(request, desk)
    row = access.found(by, _articles(), article)
    told = queries.article_history(row, before=number_of(request.GET.get("before", "")))
    versions = list(queries.versions_of(row))
    context = {"article": row, "told": told, "versions": versions, "copies": copies_of_each(versions)}
    return render(request, "articles/history.html", context)


def _articles() -> QuerySet[Article]:
    return Article.objects.select_related("outlet", "story")


def _edit_context(row: Article, form: ArticleEditForm) -> dict[str, Any]:
    outlets, stories = queries.outlets_of(row.desk)[: queries.CHOICES], queries.stories_of(row.desk)[: queries.CHOICES]
    return {"article": row, "form": form, "outlets": outlets, "stories": stories}


def _edit_conflict(stale: Stale, by: Membership, form: ArticleEditForm) -> Conflict:
    stored = access.found(by, _articles(), stale.current.pk)
    place = [by.desk.slug, stored.pk]
    edit, workbench = reverse("articles:article-edit", args=place), reverse("articles:workbench", args=place)
    return conflict_of(stale, form, ArticleEditForm.of(stored), action=edit, theirs_url=workbench)


def _asked_version(request: Request, article: Article) -> ArticleVersion:
    versions = queries.versions_of(article)
    number = number_of(request.GET.get("version", ""))
    version = (versions if number is None else versions.filter(number=number)).first()
    if version is None:
        raise Http404("This article has no such version.")
    return version


def _workbench(request: Request, article: UUID) -> str:
    return reverse("articles:workbench", args=[request.member.desk.slug, article])


def _to_workbench(request: Request, article: Article) -> HttpResponse:
    workbench = _workbench(request, article.pk)
    return HttpResponseClientRedirect(workbench) if request.htmx else redirect(workbench)


def _address(here: str, chosen: dict[str, Any], **others: Any) -> str:
    """The list with these filters, and others instead or besides."""
    query = urlencode({name: value for name, value in (chosen | others).items() if value})
    return f"{here}?{query}" if query else here
