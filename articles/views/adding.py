"""Bringing articles in: what was pasted, uploaded or fetched is kept first, and then leads to its preview."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from articles import access, actions
from articles.actions.reading import read_arrival
from articles.forms.adding import AddForm, Came
from articles.http import Request, request_id
from articles.intake.draft import IntakeError
from articles.intake.url import fetch
from articles.models import Article, Method
from articles.queries.paging import uuid_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from articles.models import Arrival, Membership


@require_http_methods(["GET", "HEAD", "POST"])
def article_add(request: Request, desk: str) -> HttpResponse:
    by = access.reviewer(request, desk)
    article = _meant(request, by)
    if request.method != "POST":
        given = {name: request.GET.get(name, "") for name in ("story", "address", "article")}
        return _page(request, AddForm(initial=given), article)
    form = AddForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, article, status=422)
    try:
        came = [_fetched(form.to_fetch)] if form.to_fetch else form.came()
    except IntakeError as error:
        form.add_error("address", str(error))
        return _page(request, form, article, status=422)
    arrivals = _bring(request, by, came, story=form.cleaned_data["story"], article=article)
    if len(arrivals) > 1:
        messages.success(request, f"{len(arrivals)} files arrived and are kept. Each is read by itself.")
        return redirect(f"{reverse('articles:arrival-list', args=[by.desk.slug])}?batch={arrivals[0].batch}")
    read_arrival(by=by, arrival=arrivals[0])
    return redirect("articles:arrival", by.desk.slug, arrivals[0].pk)


def _meant(request: Request, by: Membership) -> Article | None:
    """The article of which this is to be a new version (``article``); 404 when the desk has none of that id."""
    article = uuid_of(request.POST.get("article") or request.GET.get("article"))
    return access.found(by, Article.objects.select_related("outlet"), article) if article else None


def _fetched(address: str) -> Came:
    return Came(fetch(address), Method.FETCH)


def _bring(
    request: Request, by: Membership, came: Iterable[Came], *, story: str, article: Article | None
) -> list[Arrival]:
    """Each is kept by itself, so that one that cannot be kept stops no other. A repeated request brings the same."""
    whole = request_id(request) or uuid.uuid4()
    return [
        actions.arrivals.bring(
            by=by,
            received=one.received,
            method=one.method,
            batch=uuid.uuid5(whole, "batch"),
            story=story,
            article=article,
            request_id=uuid.uuid5(whole, str(number)),
        )
        for number, one in enumerate(came)
    ]


def _page(request: Request, form: AddForm, article: Article | None, status: int = 200) -> HttpResponse:
    return render(request, "articles/add.html", {"form": form, "article": article}, status=status)
