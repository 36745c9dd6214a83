"""Many claims at once: what would become of each, what was done, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles import access, actions
from articles.actions.batches import TOO_MANY, Overtaken
from articles.errors import Refused
from articles.forms.base import WriteForm
from articles.forms.batches import BatchForm, chosen_ids, kind_asked
from articles.http import conflict, invalid
from articles.models import Article, Batch
from articles.queries import batches as queries
from articles.queries.claims import assignable
from articles.views.originals import is_named
from articles.views.panel import back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.http import Request
    from articles.models import Claim, Membership

PAGE = "batches/plan.html"


@require_http_methods(["GET", "HEAD", "POST"])
def batch_plan(request: Request, desk: str) -> HttpResponse:
    """What would become of each of the claims. It changes nothing; claims are posted because they can be many."""
    by = access.reviewer(request, desk)
    if request.method != "POST":
        claims = _of_article(request, by)
        return render(request, PAGE, _context(request, by, claims, _form(request, by)))
    ids = chosen_ids(request.POST)
    claims = queries.chosen(by, ids)
    form = _form(request, by, request.POST if "plan" in request.POST else None)
    if len(ids) > queries.MOST:
        return invalid(request, PAGE, _context(request, by, claims, form, refusal=TOO_MANY))
    if not form.is_bound:
        return render(request, PAGE, _context(request, by, claims, form))
    if not form.is_valid() or not is_named(by, form):
        return invalid(request, PAGE, _context(request, by, claims, form))
    return render(request, PAGE, _context(request, by, claims, form, plan=queries.plan(claims, form.change())))


@require_POST
def batch_make(request: Request, desk: str) -> HttpResponse:
    by = access.reviewer(request, desk)
    ids = chosen_ids(request.POST)
    form = _form(request, by, request.POST)
    if not form.is_valid() or not is_named(by, form):
        return invalid(request, PAGE, _context(request, by, queries.chosen(by, ids), form))
    given = form.cleaned_data
    try:
        batch = actions.batches.make(
            by=by, claims=ids, change=form.change(), seen=given["seen"], request_id=given["request_id"]
        )
    except Overtaken as overtaken:
        context = _context(request, by, [], form, plan=overtaken.plan, overtaken=True)
        return conflict(request, PAGE, context)
    except Refused as refusal:
        form.refuse(refusal)
        return invalid(request, PAGE, _context(request, by, queries.chosen(by, ids), form))
    return _done(request, batch)


@require_safe
def batch(request: Request, desk: str, batch: UUID) -> HttpResponse:
    by = access.member(request, desk)
    row = access.found(by, Batch.objects.select_related("made_by"), batch)
    return render(request, "batches/batch.html", {"done": queries.done(row)})


@require_POST
def batch_undo(request: Request, desk: str, batch: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, Batch.objects.select_related("made_by"), batch)
    form = WriteForm(request.POST)
    try:
        actions.batches.undo(by=by, batch=row, request_id=form.cleaned_data["request_id"] if form.is_valid() else None)
    except Refused as refusal:
        return invalid(request, "batches/batch.html", {"done": queries.done(row), "refusal": refusal.sentence})
    return redirect("articles:batch", desk, row.pk)


def _of_article(request: Request, by: Membership) -> list[Claim]:
    """The claims in work of the article that the address names."""
    try:
        wanted = UUID(request.GET.get("article", ""))
    except ValueError:
        return []
    return queries.in_work_of(access.found(by, Article, wanted).pk, by)


def _form(request: Request, by: Membership, data: Any = None) -> BatchForm:
    sent = request.POST if request.method == "POST" else request.GET
    return BatchForm(data, what=kind_asked(sent), people=assignable(by.desk), auto_id="batch-%s")


def _context(
    request: Request, by: Membership, claims: Sequence[Claim], form: BatchForm, **shown: Any
) -> dict[str, Any]:
    """``claims`` are listed as they are as long as there is no plan."""
    return {"claims": claims, "form": form, "what": form.what, "back": back(request)} | shown


def _done(request: Request, batch: Batch) -> HttpResponse:
    """Where the claims were chosen, with what was done and a way to take it back."""
    number = queries.events_of(batch)[0].data["claims"]
    page = reverse("articles:batch", args=[request.member.desk.slug, batch.pk])
    undo = reverse("articles:batch-undo", args=[request.member.desk.slug, batch.pk])
    said = f"{number} claim{'' if number == 1 else 's'} changed."
    messages.success(request, said, extra_tags=f"undo:{undo}")
    return redirect(back(request) or page)
