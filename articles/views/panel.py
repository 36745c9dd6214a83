"""The claim's panel as an answer: beside the article, or as the body of the claim's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import trigger_client_event

from articles import access
from articles.forms.asking import QueryForm
from articles.forms.base import ReasonForm
from articles.forms.claims import SetAsideForm, claim_form
from articles.forms.evidence import evidence_form
from articles.forms.verdicts import verdict_form
from articles.http import conflict, invalid
from articles.models import Role, Status
from articles.queries import claims as queries
from articles.queries.asking import of_claim
from articles.queries.evidence import beside
from articles.queries.reviews import suggestions_on
from articles.queries.sealing import apart
from articles.queries.versions import say_versions
from articles.views.sourcing import places_context

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpResponse

    from articles.http import Request
    from articles.models import Claim, Membership

CHANGED = "claim:changed"
"""Fired in the browser after every change of a claim, for whatever else on the page shows it."""


def panel_context(by: Membership, claim: Claim, *, back: str = "", **shown: Any) -> dict[str, Any]:
    """What ``claims/panel.html`` shows of the claim as it is stored now.

    ``back`` is the address of the page that the panel is part of, when that is not the claim's own; a form sent
    without JavaScript leads there again. ``shown`` replaces forms by what was typed into them.
    """
    claim = access.found(by, queries.whole_claims(), claim.pk)
    if claim.verdict:
        say_versions(claim, [claim.verdict])
    places, evidence = queries.places(claim), queries.evidence_of(claim)
    two = apart(claim, by)
    context = {
        "claim": claim,
        "apart": two,
        "suggestions": suggestions_on(claim),
        "gives_blind": claim.blind or by.desk.blind_reviews,
        "doors": queries.doors(claim, by, two),
        "places": places,
        "is_raw": claim.status == Status.OPEN and claim.text in {place.highlight.quote.strip() for place in places},
        "evidence": evidence,
        "beside": beside(claim, evidence),
        "queries": of_claim(claim),
        "numbered": _numbered(claim, back),
        "back": back,
        "may_write": by.may(Role.REVIEWER),
    }
    context |= places_context(by, claim, [place.highlight for place in places], shown.get("copy_asked"))
    bylines = list(dict.fromkeys(filter(None, (place.article.byline for place in places))))
    return context | (_forms(by, claim, bylines, shown) if context["may_write"] else {}) | shown


def page_context(by: Membership, claim: Claim) -> dict[str, Any]:
    """What the claim's own page shows beside the panel."""
    earlier = queries.earlier_verdicts(claim, by)
    say_versions(claim, earlier)
    return {"earlier": earlier, "duplicates": queries.duplicates_of(claim)}


def answer_context(request: Request, by: Membership, claim: Claim, **shown: Any) -> dict[str, Any]:
    """What ``claims/answer.html`` shows: the panel and, where it is on the claim's own page, what is beside it."""
    context = panel_context(by, claim, back=back(request), **shown)
    return context if context["back"] else context | page_context(by, context["claim"])


def panel_done(request: Request, by: Membership, claim: Claim, said: str = "", **shown: Any) -> HttpResponse:
    """After a change: the panel as it is now, or the page from which the form was sent."""
    if said:
        messages.success(request, said)
    if not request.htmx:
        return redirect(home_of(request, claim))
    answer = render(request, "claims/answer.html", answer_context(request, by, claim, **shown))
    return trigger_client_event(answer, CHANGED, {"claim": str(claim.pk)})


def panel_invalid(request: Request, by: Membership, claim: Claim, **shown: Any) -> HttpResponse:
    return invalid(request, *_again(request, by, claim, shown))


def panel_conflict(request: Request, by: Membership, claim: Claim, **shown: Any) -> HttpResponse:
    return conflict(request, *_again(request, by, claim, shown))


def back(request: Request) -> str:
    """The page that the panel is part of, as the form says; only an address of this site counts."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe and asked.startswith("/") else ""


def home_of(request: Request, claim: Claim) -> str:
    """Where the panel is seen with its page around it."""
    return back(request) or claim_url(request, claim)


def claim_url(request: Request, claim: Claim) -> str:
    return reverse("articles:claim", args=[request.member.desk.slug, claim.pk])


def _again(request: Request, by: Membership, claim: Claim, shown: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    if request.htmx:
        return "claims/answer.html", answer_context(request, by, claim, **shown)
    context = panel_context(by, claim, back=back(request), **shown)
    return "claims/claim.html", context | page_context(by, context["claim"])


def _forms(by: Membership, claim: Claim, bylines: list[str], shown: dict[str, Any]) -> dict[str, Any]:
    """The forms of the panel, but for those that are shown as they were sent."""
    ratings, people = queries.ratings_of(by.desk), queries.assignable(by.desk)
    made: dict[str, Callable[[], BaseForm]] = {
        "claim_form": lambda: claim_form(claim, people),
        "evidence_form": evidence_form,
        "query_form": lambda: QueryForm(by=by, people=people, bylines=bylines, auto_id="query-%s"),
        "verdict_form": lambda: verdict_form(claim, by, ratings),
        "set_aside_form": lambda: SetAsideForm(auto_id="set-aside-%s"),
        "reopen_form": lambda: ReasonForm(auto_id="reopen-%s"),
    }
    forms = {name: make() for name, make in made.items() if name not in shown}
    return forms | {"ratings": ratings, "claimants": queries.claimant_names(by.desk)}


def _numbered(claim: Claim, back: str) -> queries.Numbered | None:
    """The claim's number in the article beside which the panel stands."""
    article = _article_of(back)
    return queries.numbered(claim, article) if article else None


def article_beside(request: Request) -> UUID | None:
    """The article beside which the panel stands."""
    return _article_of(back(request))


def _article_of(page: str) -> UUID | None:
    try:
        found = resolve(page.partition("?")[0])
    except Resolver404:
        return None
    return found.kwargs.get("article") if found.url_name == "workbench" else None
