"""Stories: the list of them, and one with its claims side by side, outlet by outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from articles import access, actions
from articles.errors import Refused, Stale
from articles.forms.stories import StoryForm, StoryTitleForm
from articles.http import conflict, invalid
from articles.models import Role, Story
from articles.queries import stories as queries
from articles.queries.articles import claim_counts
from articles.queries.asking import open_on_articles, open_on_claims
from articles.queries.origins import counts_of
from articles.views.conflicts import conflict_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from articles.http import Request
    from articles.models import Membership

WIDEST = 7
"""Outlets beside each other that can still be read; more are listed below each claim."""
SINGLE_SHOWN = 100
"""Claims of one outlet alone that the page lists; its articles have them all."""


@require_http_methods(["GET", "HEAD", "POST"])
def story_list(request: Request, desk: str) -> HttpResponse:
    """The stories; a POST opens a new one."""
    if request.method != "POST":
        by = access.member(request, desk)
        return render(request, "stories/list.html", _list_context(request, by, StoryForm()))
    by = access.reviewer(request, desk)
    form = StoryForm(request.POST)
    if not form.is_valid():
        return _list_again(request, by, form)
    try:
        story = actions.stories.open_story(
            by=by, title=form.cleaned_data["title"], request_id=form.cleaned_data["request_id"]
        )
    except Refused as refusal:
        form.refuse(refusal)
        return _list_again(request, by, form)
    return _to_story(request, story)


@require_http_methods(["GET", "HEAD", "POST"])
def story(request: Request, desk: str, story: UUID) -> HttpResponse:
    """One story; a POST gives it another title."""
    if request.method != "POST":
        by = access.member(request, desk)
        row = access.found(by, _stories(), story)
        return render(request, "stories/story.html", _story_context(by, row, StoryTitleForm.of(row)))
    by = access.reviewer(request, desk)
    row = access.found(by, _stories(), story)
    form = StoryTitleForm(request.POST)
    if not form.is_valid():
        return _title_again(request, by, row, form)
    values = {name: form.cleaned_data[name] for name in ("revision", "title", "request_id")}
    try:
        actions.stories.rename(by=by, story=row, **values)
    except Refused as refusal:
        form.refuse(refusal)
        return _title_again(request, by, row, form)
    except Stale as stale:
        return _stale(request, by, row, form, stale)
    messages.success(request, "Renamed.")
    return _to_story(request, row)


def _stories() -> Any:
    return Story.objects.select_related("desk", "opened_by")


def _list_context(request: Request, by: Membership, form: StoryForm) -> dict[str, Any]:
    after = request.GET.get("after")
    found = queries.story_page(by.desk, after)
    return {"stories": found.rows, "after": after, "next": found.after, "form": form, "may_open": by.may(Role.REVIEWER)}


def _list_again(request: Request, by: Membership, form: StoryForm) -> HttpResponse:
    if request.htmx:
        return invalid(request, "stories/list.html#new", {"form": form})
    return invalid(request, "stories/list.html", _list_context(request, by, form))


def _story_context(by: Membership, row: Story, form: StoryTitleForm) -> dict[str, Any]:
    articles = list(queries.articles_of(row))
    compared = queries.comparison(articles, queries.occurrences_of(row))
    origins = counts_of([one.claim for one, _ in compared.shared])
    counts = claim_counts(by.desk, [article.pk for article in articles])
    asked = open_on_articles(by.desk_id, [article.pk for article in articles])
    dates = sorted({article.published for article in articles if article.published})
    return {
        "story": row,
        "form": form,
        "articles": [
            {"article": article, "counts": counts.get(article.pk, {}), "queries": asked.get(article.pk, 0)}
            for article in articles
        ],
        "asked": open_on_claims(by.desk, compared.claims),
        "comparison": compared,
        "origins": origins,
        "claims": sum(compared.counts.values()),
        "alone": sum(len(rows) for _, rows in compared.single),
        "dates": dates,
        "is_wide": len(compared.columns) > WIDEST,
        "single_shown": SINGLE_SHOWN,
        "single_limit": f":{SINGLE_SHOWN}",
        "may_write": by.may(Role.REVIEWER),
    }


def _title_again(request: Request, by: Membership, row: Story, form: StoryTitleForm) -> HttpResponse:
    if request.htmx:
        return invalid(request, "stories/story.html#title", {"story": row, "form": form})
    return invalid(request, "stories/story.html", _story_context(by, row, form))


def _stale(request: Request, by: Membership, row: Story, form: StoryTitleForm, stale: Stale) -> HttpResponse:
    page = reverse("articles:story", args=[by.desk.slug, row.pk])
    stored = access.found(by, _stories(), row.pk)
    clash = conflict_of(stale, form, StoryTitleForm.of(stored), action=page, theirs_url=page)
    if request.htmx:
        return conflict(request, "stories/story.html#title", {"story": stored, "form": form, "conflict": clash})
    return conflict(request, "stories/story.html", _story_context(by, stored, form) | {"conflict": clash})


def _to_story(request: Request, row: Story) -> HttpResponse:
    page = reverse("articles:story", args=[request.member.desk.slug, row.pk])
    return HttpResponseClientRedirect(page) if request.htmx else redirect(page)
