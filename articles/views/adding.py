"""Bringing articles in: pasted or uploaded, shown as they will be read, corrected, and only then stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from articles import access
from articles.actions import filing
from articles.errors import AlreadyHere, Refused
from articles.forms.adding import AddForm
from articles.forms.parcels import Spoiled
from articles.forms.previews import DraftForm, previews, sent_previews
from articles.http import Request, request_id
from articles.queries.articles import CHOICES, outlets_of, stories_of, with_texts

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.models import Article, Membership

SPOILED = "The text did not come back whole, so nothing was stored. Paste it or choose its file again."


@require_http_methods(["GET", "HEAD", "POST"])
def article_add(request: Request, desk: str) -> HttpResponse:
    by = access.reviewer(request, desk)
    if request.method != "POST":
        return _add_page(request, AddForm(initial={"story": request.GET.get("story", "")}))
    form = AddForm(request.POST, request.FILES)
    if not form.is_valid():
        return _add_page(request, form, status=422)
    drafts = previews(form.drafts, story=form.cleaned_data["story"])
    return _preview_page(request, by, drafts, refusals=form.refusals)


@require_POST
def article_preview(request: Request, desk: str) -> HttpResponse:
    """The previews again; that named by ``again`` with the guesses that follow from its corrected kinds."""
    by = access.reviewer(request, desk)
    try:
        drafts = sent_previews(request.POST)
    except Spoiled:
        return _spoiled(request, by)
    again = request.POST.get("again")
    return _preview_page(request, by, [draft.guessed_again() if draft.number == again else draft for draft in drafts])


@require_POST
def article_store(request: Request, desk: str) -> HttpResponse:
    """Store the preview named by ``store``; the others come back to be confirmed each by itself."""
    by = access.reviewer(request, desk)
    try:
        drafts = sent_previews(request.POST)
    except Spoiled:
        return _spoiled(request, by)
    chosen = next((draft for draft in drafts if draft.number == request.POST.get("store")), None)
    if chosen is None:
        return _spoiled(request, by)
    if not chosen.is_valid():
        return _preview_page(request, by, drafts, asked=chosen, status=422)
    try:
        article = _store(request, by, chosen)
    except Refused as refusal:
        chosen.add_error(refusal.field if refusal.field in chosen.fields else None, refusal.sentence)
        return _preview_page(request, by, drafts, asked=chosen, status=422)
    except AlreadyHere:
        return _preview_page(request, by, drafts, status=409)
    return _stored(request, by, article, [draft for draft in drafts if draft is not chosen])


def _store(request: Request, by: Membership, chosen: DraftForm) -> Article:
    return filing.add(
        by=by,
        draft=chosen.draft,
        details=chosen.details(),
        story=chosen.cleaned_data["story"],
        kinds=chosen.kinds,
        method=chosen.parcel.method,
        request_id=request_id(request),
    )


def _stored(request: Request, by: Membership, article: Article, rest: list[DraftForm]) -> HttpResponse:
    workbench = reverse("articles:workbench", args=[by.desk.slug, article.pk])
    if not rest:
        messages.success(request, "Added. Nothing of the text will ever change.")
        return HttpResponseClientRedirect(workbench) if request.htmx else redirect(workbench)
    added = format_html("Added <a href='{}'>{}</a>.", workbench, article.headline)
    messages.success(request, added)
    return _preview_page(request, by, rest)


def _add_page(request: Request, form: AddForm, status: int = 200) -> HttpResponse:
    return render(request, "articles/add.html", {"form": form}, status=status)


def _spoiled(request: Request, by: Membership) -> HttpResponse:
    messages.error(request, SPOILED)
    if request.htmx:
        return HttpResponseClientRedirect(reverse("articles:article-add", args=[by.desk.slug]))
    return _add_page(request, AddForm(), status=422)


def _preview_page(
    request: Request,
    by: Membership,
    drafts: list[DraftForm],
    *,
    asked: DraftForm | None = None,
    status: int = 200,
    **shown: object,
) -> HttpResponse:
    known = with_texts(by.desk, [draft.draft.text_sha256 for draft in drafts])
    for draft in drafts:
        draft.known = known.get(draft.draft.text_sha256)
        if draft is not asked:
            draft.left_alone()
    context: dict[str, Any] = shown | {
        "drafts": drafts,
        "alone": len(drafts) == 1,
        "opened": request.POST.get("again"),
        "outlets": outlets_of(by.desk)[:CHOICES],
        "stories": stories_of(by.desk)[:CHOICES],
    }
    template = "articles/preview.html#drafts" if request.htmx else "articles/preview.html"
    return render(request, template, context, status=status)
