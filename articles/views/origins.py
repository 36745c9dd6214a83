"""The desk's origins: the list, one with what leads to it, and two that are made one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from articles import access, actions
from articles.errors import Refused, Stale
from articles.forms.origins import OriginMergeForm, origin_add_form, origin_form
from articles.http import conflict, invalid, number_of, request_id
from articles.models import Origin, Role
from articles.queries import history
from articles.queries import origins as queries
from articles.views.conflicts import conflict_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.http import Request
    from articles.models import Membership

ORIGINS = Origin.objects.select_related("comes_from", "merged_into", "made_by")
PAGE = "origins/origin.html"


@require_http_methods(["GET", "HEAD", "POST"])
def origin_list(request: Request, desk: str) -> HttpResponse:
    """The origins; a POST adds one."""
    if request.method == "POST":
        return _add(request, access.reviewer(request, desk))
    by = access.member(request, desk)
    return render(request, "origins/list.html", _list_context(request, by))


@require_GET
def origin_suggest(request: Request, desk: str) -> HttpResponse:
    """For a field in which an origin is sought while it is typed, whatever it is called there."""
    by = access.reviewer(request, desk)
    typed = next((request.GET[name] for name in ("origin_name", "comes_from", "into_name") if name in request.GET), "")
    words = request.GET.get("q", typed)
    context = {"origins": queries.suggested_origins(by.desk, words), "is_for_merge": "into_name" in request.GET}
    return render(request, "origins/suggest.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def origin(request: Request, desk: str, origin: UUID) -> HttpResponse:
    """One origin. The address of one that became part of another leads there. A POST corrects it."""
    if request.method == "POST":
        by = access.reviewer(request, desk)
        return _edit(request, by, access.found(by, ORIGINS, origin))
    by = access.member(request, desk)
    row = access.found(by, ORIGINS, origin)
    if row.merged_into_id:
        return redirect("articles:origin", by.desk.slug, row.merged_into_id)
    return render(request, PAGE, _context(by, row))


@require_POST
def origin_merge(request: Request, desk: str, origin: UUID) -> HttpResponse:
    """Make this origin part of another."""
    by = access.reviewer(request, desk)
    row = access.found(by, ORIGINS, origin)
    form = OriginMergeForm(request.POST, auto_id="merge-%s")
    if not form.is_valid():
        return invalid(request, PAGE, _context(by, row, merge_form=form))
    given = form.cleaned_data
    into = access.found(by, ORIGINS, given["into"]) if given["into"] else _named(by, given["into_name"])
    if into is None:
        form.add_error("into_name", "Choose an origin from the list, or write its whole name.")
        return invalid(request, PAGE, _context(by, row, merge_form=form))
    told = {"revision": given["revision"], "request_id": given["request_id"]}
    try:
        actions.origins.merge(by=by, origin=row, into=into, **told)
    except Refused as refusal:
        form.refuse(Refused(refusal.sentence, "into_name"))
        return invalid(request, PAGE, _context(by, row, merge_form=form))
    except Stale:
        now = access.found(by, ORIGINS, row.pk)
        return conflict(request, PAGE, _context(by, now, merge_form=_overtaken(request, now)))
    messages.success(request, f"“{row}” is part of this origin now.")
    return redirect("articles:origin", by.desk.slug, into.pk)


@require_POST
def origin_part(request: Request, desk: str, origin: UUID) -> HttpResponse:
    """Take back that this origin became part of another."""
    by = access.reviewer(request, desk)
    row = access.found(by, ORIGINS, origin)
    try:
        actions.origins.part(by=by, origin=row, request_id=request_id(request))
    except Refused as refusal:
        return invalid(request, PAGE, _context(by, row, refusal=refusal.sentence))
    messages.success(request, f"“{row}” stands by itself again.")
    return redirect("articles:origin", by.desk.slug, row.pk)


@require_safe
def origin_history(request: Request, desk: str, origin: UUID) -> HttpResponse:
    by = access.member(request, desk)
    row = access.found(by, ORIGINS, origin)
    told = history.origin_history(row, before=number_of(request.GET.get("before", "")))
    return render(request, "origins/history.html", {"origin": row, "told": told})


def _add(request: Request, by: Membership) -> HttpResponse:
    form = origin_add_form(request.POST)
    if not form.is_valid():
        return invalid(request, "origins/list.html", _list_context(request, by, form=form))
    root = form.root(_chosen(by, form.cleaned_data["comes_from_id"]))
    try:
        row = actions.origins.add(by=by, root=root, request_id=form.cleaned_data["request_id"])
    except Refused as refusal:
        form.refuse(refusal)
        return invalid(request, "origins/list.html", _list_context(request, by, form=form))
    messages.success(request, "Origin added.")
    return redirect("articles:origin", by.desk.slug, row.pk)


def _edit(request: Request, by: Membership, row: Origin) -> HttpResponse:
    form = origin_form(row, request.POST)
    if not form.is_valid():
        return invalid(request, PAGE, _context(by, row, form=form))
    given = form.cleaned_data
    told = {"revision": given["revision"], "request_id": given["request_id"]}
    try:
        actions.origins.edit(by=by, origin=row, root=form.root(_chosen(by, given["comes_from_id"])), **told)
    except Refused as refusal:
        form.refuse(refusal)
        return invalid(request, PAGE, _context(by, row, form=form))
    except Stale as stale:
        now = access.found(by, ORIGINS, row.pk)
        clash = conflict_of(stale, form, origin_form(now), action=request.path, theirs_url=request.path)
        return conflict(request, PAGE, _context(by, now, form=form, conflict=clash))
    messages.success(request, "Origin saved.")
    return redirect("articles:origin", by.desk.slug, row.pk)


def _overtaken(request: Request, row: Origin) -> OriginMergeForm:
    """What was chosen, on the origin as it is now: sent again it is merged."""
    sent = request.POST.copy()
    sent["revision"] = str(row.revision)
    form = OriginMergeForm(sent, auto_id="merge-%s")
    form.refuse(Refused("Someone changed this origin just now. Look at it, then merge it."))
    return form


def _chosen(by: Membership, pk: UUID | None) -> Origin | None:
    return access.found(by, Origin, pk) if pk else None


def _named(by: Membership, name: str) -> Origin | None:
    found = queries.origin_named(by.desk_id, name) if name else None
    return actions.origins.standing_for(found) if found else None


def _list_context(request: Request, by: Membership, **shown: Any) -> dict[str, Any]:
    words = request.GET.get("q", "").strip()
    page = queries.origin_page(by.desk, words, request.GET.get("after"))
    following = f"?{urlencode({'q': words, 'after': page.after})}" if page.after else ""
    may_write = by.may(Role.REVIEWER)
    context = {"page": page, "words": words, "next": following, "may_write": may_write, "form": origin_add_form()}
    return context | shown


def _context(by: Membership, row: Origin, **shown: Any) -> dict[str, Any]:
    context = {
        "origin": row,
        "form": origin_form(row),
        "merge_form": OriginMergeForm(initial={"revision": row.revision}, auto_id="merge-%s"),
        "chain": queries.ways_of(by.desk_id, [row.pk]).chain(row.pk)[1:],
        "leading": queries.leading_to(row),
        "shown": queries.SHOWN,
        "parts_shown": queries.PARTS_SHOWN,
        "may_write": by.may(Role.REVIEWER),
    }
    return context | shown
