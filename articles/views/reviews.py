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
from articles.actions.verdicts import Finding
from articles.errors import Refused, Stale
from articles.forms.verdicts import (
    ApprovalForm,
    ResolutionForm,
    ReturnForm,
    SuggestionForm,
    second_form,
    suggestion_form,
)
from articles.http import conflict, invalid
from articles.models import Claim, Part, Role, Standing, Status
from articles.queries import claims as of_claim
from articles.queries import history
from articles.queries import reviews as queries
from articles.queries.asking import of_claim as of_claim_asked
from articles.queries.evidence import beside
from articles.queries.sealing import apart
from articles.queries.versions import say_versions
from articles.views.sourcing import sourcing_context

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.http import Request
    from articles.models import Membership, Rating

PAGE = "review/review.html"


@require_GET
def review_queue(request: Request, desk: str) -> HttpResponse:
    by = access.member(request, desk)
    return render(request, "review/queue.html", {"queue": queries.queue(by), "may_review": by.may(Role.REVIEWER)})


@require_GET
def review(request: Request, desk: str, claim: UUID) -> HttpResponse:
    by = access.member(request, desk)
    row = access.found(by, Claim, claim)
    return render(request, PAGE, _context(by, row))


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


@require_POST
def review_second(request: Request, desk: str, claim: UUID) -> HttpResponse:
    """The second finding beside a blind verdict, of which nothing is shown until this is stored."""
    by = access.reviewer(request, desk)
    row = access.found(by, of_claim.whole_claims(), claim)
    form = second_form(row, _terms(row), request.POST)
    if not form.is_valid():
        return invalid(request, PAGE, _context(by, row, second_form=form))
    told = form.cleaned_data
    once = {"revision": told["revision"], "request_id": told["request_id"]}
    try:
        actions.findings.second(by=by, claim=row, finding=Finding(**form.found()), **once)
    except Stale as stale:
        form.data = {**request.POST.dict(), "revision": stale.current.revision}
        return conflict(request, PAGE, _context(by, row, changed=True, second_form=form))
    except Refused as refusal:
        form.refuse(refusal)
        return invalid(request, PAGE, _context(by, row, refusal=refusal.sentence, second_form=form))
    messages.success(request, "Your finding is stored. Now both are shown.")
    return _to(request, row)


@require_POST
def review_resolve(request: Request, desk: str, claim: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, of_claim.whole_claims(), claim)
    form = ResolutionForm(request.POST, ratings=_terms(row), auto_id="resolve-%s")
    if not form.is_valid():
        return invalid(request, PAGE, _context(by, row, resolution_form=form))
    given = form.cleaned_data
    third = given["stands"] == Standing.THIRD
    told = {"digest": given["digest"], "note": given["note"], "request_id": given["request_id"]}
    finding = Finding(**form.found()) if third else None
    try:
        actions.findings.resolve(by=by, claim=row, stands=Standing(given["stands"]), finding=finding, **told)
    except Stale:
        return _changed(request, by, row, seen=given["seen"], resolution_form=form)
    except Refused as refusal:
        form.refuse(refusal)
        return _refused(request, by, row, refusal, seen=given["seen"], resolution_form=form)
    if third:
        return _next(request, by, "Your finding stands. It waits for a second person.")
    return _next(request, by, "Resolved, and approved.")


@require_POST
def review_suggest(request: Request, desk: str, claim: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, Claim, claim)
    form = SuggestionForm(request.POST, auto_id="suggest-%s")
    if not form.is_valid():
        return invalid(request, PAGE, _context(by, row, suggestion_form=form))
    given = form.cleaned_data
    try:
        actions.suggestions.suggest(by=by, claim=row, **(given | {"part": Part(given["part"])}))
    except Stale as stale:
        form.data = {**request.POST.dict(), "revision": stale.current.revision}
        return conflict(request, PAGE, _context(by, row, changed=True, suggestion_form=form))
    except Refused as refusal:
        form.refuse(refusal)
        return invalid(request, PAGE, _context(by, row, refusal=refusal.sentence, suggestion_form=form))
    messages.success(request, "Suggested. The author decides on it.")
    return _to(request, row)


def _context(by: Membership, claim: Claim, **shown: Any) -> dict[str, Any]:
    """What is decided on. The digest comes first: a change while the rest is read makes it stale, never wrong."""
    seen = history.last_number(by.desk)
    digest = actions.verdicts.digest_of(claim)
    claim = access.found(by, of_claim.whole_claims(), claim.pk)
    if claim.verdict:
        say_versions(claim, [claim.verdict])
    evidence = of_claim.evidence_of(claim)
    two = apart(claim, by)
    doors = of_claim.doors(claim, by, two)
    return {
        "claim": claim,
        "digest": digest,
        "seen": seen,
        "apart": two,
        "doors": doors,
        "places": queries.in_context(claim),
        "evidence": evidence,
        **sourcing_context(by, claim),
        "beside": beside(claim, evidence),
        "suggestions": queries.suggestions_on(claim),
        "queries": of_claim_asked(claim),
        **_forms(claim, doors, shown),
    } | shown


def _forms(claim: Claim, doors: of_claim.Doors, shown: dict[str, Any]) -> dict[str, Any]:
    """The forms of what this person can do. What is asked depends on what they may have read."""
    forms: dict[str, Any] = {"return_form": ReturnForm(auto_id="return-%s")}
    if doors.second.open or doors.resolve.open:
        forms["terms"] = _terms(claim)
    if doors.second.open:
        forms["second_form"] = second_form(claim, forms["terms"])
    elif doors.resolve.open:
        forms["resolution_form"] = ResolutionForm(ratings=forms["terms"], auto_id="resolve-%s")
    elif doors.suggest.open and claim.verdict:
        stored = {part: actions.suggestions.words_of(claim.verdict, claim, part) for part in Part}
        forms["suggestion_forms"] = [_suggestion(claim, part, words, shown) for part, words in stored.items()]
    return forms


def _suggestion(claim: Claim, part: Part, words: str, shown: dict[str, Any]) -> SuggestionForm:
    """The form of a part; the one that was sent comes back with what was typed."""
    sent: SuggestionForm | None = shown.get("suggestion_form")
    return sent if sent and sent.data.get("part") == part else suggestion_form(claim, part, words)


def _terms(claim: Claim) -> list[Rating]:
    """The terms in which the claim's verdict was given: in others, two findings could not be compared."""
    return of_claim.terms_of(claim.verdict.rating.scale) if claim.verdict else []


def _asked_again(request: Request, by: Membership, claim: Claim, form: ReturnForm) -> HttpResponse:
    """The form shows the claim as it is now, so a change since it was opened is said first."""
    context = _context(by, claim, return_form=form)
    if form.cleaned_data.get("digest") != context["digest"]:
        return _changed(request, by, claim, seen=form.cleaned_data.get("seen"), return_form=form)
    return invalid(request, PAGE, context)


def _refused(
    request: Request, by: Membership, claim: Claim, refusal: Refused, *, seen: int | None, **shown: Any
) -> HttpResponse:
    if access.found(by, Claim, claim.pk).status != Status.IN_REVIEW:
        return _changed(request, by, claim, seen=seen, **shown)
    return invalid(request, PAGE, _context(by, claim, refusal=refusal.sentence, **shown))


def _changed(request: Request, by: Membership, claim: Claim, *, seen: int | None, **shown: Any) -> HttpResponse:
    """Nothing was decided, because something else than what was on the screen would have been."""
    happened = history.since(claim, seen) if seen is not None else []
    return conflict(request, PAGE, _context(by, claim, changed=True, happened=happened, **shown))


def _to(request: Request, claim: Claim) -> HttpResponse:
    """The review of the same claim."""
    page = reverse("articles:review", args=[request.member.desk.slug, claim.pk])
    return HttpResponseClientRedirect(page) if request.htmx else redirect(page)


def _next(request: Request, by: Membership, said: str) -> HttpResponse:
    """The claim that now waits longest, or the queue when none does."""
    following = queries.next_for(by)
    desk = by.desk.slug
    messages.success(request, said if following else f"{said} Nothing else waits for you.")
    page = reverse("articles:review", args=[desk, following.pk]) if following else None
    page = page or reverse("articles:review-queue", args=[desk])
    return HttpResponseClientRedirect(page) if request.htmx else redirect(page)
