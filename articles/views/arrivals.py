"""What is on its way in: the list of it, and the preview of each, in which guesses are corrected before it is added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from articles import access, actions
from articles.actions import filing
from articles.actions.reading import read_arrival
from articles.errors import AlreadyHere, Refused, Stale
from articles.forms.arrivals import ArrivalForm, ArrivalVersionForm
from articles.http import conflict, instead_of, nowhere, request_id
from articles.models import Arrival, Article
from articles.queries import arrivals as queries
from articles.queries.paging import uuid_of
from articles.views.conflicts import conflict_of
from articles.views.files import file_name
from articles.views.previews import Shown, aside_context, details_context, preview_context

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from articles.http import Request
    from articles.models import Membership


@require_safe
def arrival_list(request: Request, desk: str) -> HttpResponse:
    """What waits; ``?batch=`` what came together, ``?discarded=1`` what was put aside."""
    by = access.reviewer(request, desk)
    batch, discarded = uuid_of(request.GET.get("batch")), "discarded" in request.GET
    found = queries.arrival_page(by.desk, batch=batch, discarded=discarded, after=request.GET.get("after"))
    query = request.GET.copy()
    query["after"] = str(found.after)
    context = {
        "arrivals": found.rows,
        "batch": batch,
        "discarded": discarded,
        "next": f"?{query.urlencode()}" if found.after else "",
        "progress": _progress(found.rows),
    }
    return render(request, "arrivals/list.html", context)


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def arrival(request: Request, desk: str, arrival: UUID) -> HttpResponse:
    """The preview. ``?block=`` opens the tools of one block, ``?part=`` is the part of a long text that is shown."""
    by = access.reviewer(request, desk)
    row = access.found(by, arrivals(), arrival)
    if row.draft is None or not row.is_waiting:
        return render(request, "arrivals/other.html", {"arrival": row, **_elsewhere(row)})
    shown = Shown.of(row).with_tools(request, request.GET.get("block", ""))
    if request.htmx.target == "open-block" and shown.opened is not None:
        return instead_of(HttpResponse(shown.preview.block(shown.opened)), f"#b{shown.opened}")
    context = preview_context(by, shown, ArrivalForm.of(row, shown.metadata), part=request.GET.get("part", ""))
    template = "arrivals/preview.html#part" if request.htmx.target == "more" else "arrivals/preview.html"
    return render(request, template, context)


@require_POST
def arrival_read(request: Request, desk: str, arrival: UUID) -> HttpResponse:
    """Read what has not been read, or could not be; what is read already stays."""
    by = access.reviewer(request, desk)
    row = access.found(by, arrivals(), arrival)
    if row.is_waiting and row.draft is None:
        row = read_arrival(by=by, arrival=row)
    if not request.htmx or request.htmx.target == "unread":
        return _to(request, _page_of(by, row))
    rows = queries.arrival_page(by.desk, batch=row.batch).rows
    context = {"listed": queries.listed(row), "progress": _progress(rows), "is_answer": True, "swap": True}
    return render(request, "arrivals/list.html#row", context)


@require_POST
def arrival_describe(request: Request, desk: str, arrival: UUID) -> HttpResponse:
    """Keep what is said about the article while it is being typed; whether it is right is asked when it is added."""
    by = access.reviewer(request, desk)
    row = access.found(by, arrivals(), arrival)
    if row.draft is None:
        return _to(request, _page_of(by, row))
    shown = Shown.of(row)
    form = ArrivalForm(row, shown.metadata, request.POST)
    form.is_valid()
    if "revision" in form.errors:
        return _again(request, by, shown, form)
    try:
        row = actions.arrivals.describe(
            by=by,
            arrival=row,
            revision=form.cleaned_data["revision"],
            details=form.written(),
            request_id=request_id(request),
        )
    except Refused as refusal:
        form.refuse(refusal)
        return _again(request, by, shown, form)
    except Stale as stale:
        return _clash(request, by, stale, form)
    if not request.htmx or "whole" in request.POST:
        messages.success(request, "Saved.")
        return _to(request, _page_of(by, row))
    after = Shown.of(row)
    context = aside_context(by, after, ArrivalForm.of(row, after.metadata))
    return nowhere(render(request, "arrivals/saved.html", context))


@require_POST
def arrival_add(request: Request, desk: str, arrival: UUID) -> HttpResponse:
    """Make an article of it."""
    by = access.reviewer(request, desk)
    row = access.found(by, arrivals(), arrival)
    if row.draft is None:
        return _to(request, _page_of(by, row))
    shown = Shown.of(row)
    form = ArrivalForm(row, shown.metadata, request.POST)
    if not form.is_valid():
        return _again(request, by, shown, form)
    try:
        article = filing.add(
            by=by,
            arrival=row,
            revision=form.cleaned_data["revision"],
            details=form.details(),
            direction=form.cleaned_data["direction"],
            story=form.cleaned_data["story"],
            request_id=request_id(request),
        )
    except Refused as refusal:
        form.refuse(refusal)
        return _again(request, by, shown, form)
    except AlreadyHere as known:
        return _again(request, by, shown, form, known=known.article, status=409)
    except Stale as stale:
        return _clash(request, by, stale, form)
    return _added(request, by, row, article)


@require_POST
def arrival_version(request: Request, desk: str, arrival: UUID) -> HttpResponse:
    """Make it the next version of an article, and go to what that changed."""
    by = access.reviewer(request, desk)
    row = access.found(by, arrivals(), arrival)
    form = ArrivalVersionForm(request.POST)
    if row.draft is None or not form.is_valid():
        return _to(request, _page_of(by, row))
    article = access.found(by, Article, form.cleaned_data["article"])
    revision = form.cleaned_data["revision"]
    try:
        version = filing.add_version(
            by=by, arrival=row, revision=revision, article=article, request_id=request_id(request)
        )
    except (AlreadyHere, Refused, Stale) as refusal:
        messages.error(request, _why_no_version(refusal))
        return _to(request, _page_of(by, row))
    messages.success(request, f"Version {version.number} is stored.")
    place = [by.desk.slug, version.article_id, version.number]
    return _to(request, reverse("articles:version-changes", args=place))


def _why_no_version(refusal: AlreadyHere | Refused | Stale) -> str:
    match refusal:
        case AlreadyHere():
            return "The newest version has exactly this text, so there is no new one."
        case Stale():
            return "Someone else changed this preview meanwhile. Look at it again, then add it."
        case _:
            return refusal.sentence


@require_POST
def arrival_discard(request: Request, desk: str, arrival: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, arrivals(), arrival)
    try:
        actions.arrivals.discard(by=by, arrival=row, request_id=request_id(request))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return _to(request, _page_of(by, row))
    undo = reverse("articles:arrival-restore", args=[by.desk.slug, row.pk])
    messages.success(request, f"Discarded {row}.", extra_tags=f"undo:{undo}")
    return _to(request, _list_of(by, row))


@require_POST
def arrival_restore(request: Request, desk: str, arrival: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, arrivals(), arrival)
    try:
        actions.arrivals.restore(by=by, arrival=row, request_id=request_id(request))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return _to(request, _page_of(by, row))


@require_safe
def arrival_original(request: Request, desk: str, arrival: UUID) -> HttpResponse:
    """The bytes as they came, as a file and never as a page."""
    by = access.reviewer(request, desk)
    row = access.found(by, Arrival.objects.select_related("original").defer("draft"), arrival)
    response = HttpResponse(row.original.content, content_type="application/octet-stream")
    name = file_name(row.filename, str(row))
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def arrivals() -> QuerySet[Arrival]:
    rows = Arrival.objects.select_related("desk", "arrived_by", "original", "article__outlet")
    return rows.defer("original__content")


def _elsewhere(row: Arrival) -> dict[str, Any]:
    version = row.version
    return {"article": version.article if version else None}


def _progress(rows: list[queries.Listed]) -> dict[str, int]:
    return {"all": len(rows), "read": sum(not listed.is_unread for listed in rows)}


def _page_of(by: Membership, row: Arrival) -> str:
    return reverse("articles:arrival", args=[by.desk.slug, row.pk])


def _list_of(by: Membership, row: Arrival) -> str:
    """Back to what came with it, as long as any of that waits; else to all that waits."""
    page = reverse("articles:arrival-list", args=[by.desk.slug])
    return f"{page}?batch={row.batch}" if queries.together(row).waiting().exists() else page


def _to(request: Request, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _added(request: Request, by: Membership, row: Arrival, article: Article) -> HttpResponse:
    if queries.together(row).waiting().exists():
        messages.success(request, f"Added {article}.")
        return _to(request, _list_of(by, row))
    messages.success(request, "Added. Nothing of the text will ever change.")
    return _to(request, reverse("articles:workbench", args=[by.desk.slug, article.pk]))


def _again(
    request: Request,
    by: Membership,
    shown: Shown,
    form: ArrivalForm,
    *,
    known: Article | None = None,
    status: int = 422,
) -> HttpResponse:
    """The form as it was typed, with what is wrong with it."""
    if request.htmx:
        return render(request, "arrivals/details.html", details_context(by, shown, form, known), status=status)
    context = preview_context(by, shown, form) | details_context(by, shown, form, known)
    return render(request, "arrivals/preview.html", context, status=status)


def _clash(request: Request, by: Membership, stale: Stale, form: ArrivalForm) -> HttpResponse:
    row = access.found(by, arrivals(), stale.current.pk)
    shown = Shown.of(row)
    page = _page_of(by, row)
    fresh = ArrivalForm.of(row, shown.metadata)
    describe = reverse("articles:arrival-describe", args=[by.desk.slug, row.pk])
    clash = conflict_of(stale, form, fresh, action=describe, theirs_url=page, whole="1")
    context = details_context(by, shown, form) | {"conflict": clash}
    if request.htmx:
        return conflict(request, "arrivals/details.html", context)
    return conflict(request, "arrivals/preview.html", preview_context(by, shown, form) | context)
