"""The second person's queue, and the page on which they decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from articles import access, actions
from articles.errors import Refused, Stale
from articles.forms.verdicts import ApprovalForm, ReturnForm
from articles.http import conflict, invalid
from articles.models import Claim, Role, Status
from articles.queries import claims as of_claim
from articles.queries import history
from articles.queries import reviews as queries
from articles.queries.evidence import beside
from articles.queries.versions import say_versions

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.http import Request
    from articles.models import Membership


@require_GET
def review_queue(request: Request, desk: str) -> HttpResponse:
    by = access.member(request, desk)
    return render(request, "review/queue.html", {"queue": queries.queue(by), "may_review": by.may(Role.REVIEWER)})


@require_GET
def review(request: Request, desk: str, claim: UUID) -> HttpResponse:
    by = access.member(request, desk)
    row = access.found(by, Claim, claim)
    return render(request, "review/review.html", _context(by, row))


@require_POST
def review_approve(request: Request, desk: str, claim: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, Claim, claim)
    form = ApprovalForm(request.POST)
    if not form.is_valid():
        return _changed(request, by, row, seen=None)
    given = form.cleaned_data
    try:
        actions.verdicts.approve(by=by, claim=row, digest=given["digest"], request_id=given["request_id"])
    except Stale:
        return _changed(request, by, row, seen=given["seen"])
    except Refused as refusal:
        return _refused(request, by, row, refusal, seen=given["seen"])
    return _next(request, by, "Approved.")


@require_POST
def review_return(request: Request, desk: str, claim: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, Claim, claim)
    form = ReturnForm(request.POST, auto_id="return-%s")
    if not form.is_valid():
        return _asked_again(request, by, row, form)
    given = form.cleaned_data
    answer = {"digest": given["digest"], "reason": given["reason"], "request_id": given["request_id"]}
    try:
        actions.verdicts.send_back(by=by, claim=row, **answer)
    except Stale:
        return _changed(request, by, row, seen=given["seen"], return_form=form)
    except Refused as refusal:
        return _refused(request, by, row, refusal, seen=given["seen"], return_form=form)
    return _next(request, by, "Returned, with your reason.")


def _context(by: Membership, claim: Claim, **shown: Any) -> dict[str, Any]:
    """What is decided on. The digest comes first: a change while the rest is read makes it stale, never wrong."""
    seen = history.last_number(by.desk)
    digest = actions.verdicts.digest_of(claim)
    claim = access.found(by, of_claim.whole_claims(), claim.pk)
    if claim.verdict:
        say_versions(claim, [claim.verdict])
    evidence = of_claim.evidence_of(claim)
    return {
        "claim": claim,
        "digest": digest,
        "seen": seen,
        "doors": of_claim.doors(claim, by),
        "places": queries.in_context(claim),
        "evidence": evidence,
        "beside": beside(claim, evidence),
        "return_form": ReturnForm(auto_id="return-%s"),
    } | shown


def _asked_again(request: Request, by: Membership, claim: Claim, form: ReturnForm) -> HttpResponse:
    """The form shows the claim as it is now, so a change since it was opened is said first."""
    context = _context(by, claim, return_form=form)
    if form.cleaned_data.get("digest") != context["digest"]:
        return _changed(request, by, claim, seen=form.cleaned_data.get("seen"), return_form=form)
    return invalid(request, "review/review.html", context)


def _refused(
    request: Request, by: Membership, claim: Claim, refusal: Refused, *, seen: int | None, **shown: Any
) -> HttpResponse:
    if access.found(by, Claim, claim.pk).status != Status.IN_REVIEW:
        return _changed(request, by, claim, seen=seen, **shown)
    return invalid(request, "review/review.html", _context(by, claim, refusal=refusal.sentence, **shown))


def _changed(request: Request, by: Membership, claim: Claim, *, seen: int | None, **shown: Any) -> HttpResponse:
    """Nothing was decided, because something else than what was on the screen would have been."""
    happened = history.since(claim, seen) if seen is not None else []
    return conflict(request, "review/review.html", _context(by, claim, changed=True, happened=happened, **shown))


def _next(request: Request, by: Membership, said: str) -> HttpResponse:
    """The claim that now waits longest, or the queue when none does."""
    following = queries.next_for(by)
    desk = by.desk.slug
    messages.success(request, said if following else f"{said} Nothing else waits for you.")
    page = reverse("articles:review", args=[desk, following.pk]) if following else None
    page = page or reverse("articles:review-queue", args=[desk])
    return HttpResponseClientRedirect(page) if request.htmx else redirect(page)
