"""What others do to an article while it is open, and who else is on it, by asking again and again.

A page asks with POST, because it also says where its reader is. The answer is 204 when the page knows all there is, by
the tag it sends: a 304 is for GET alone, which must change nothing.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2s
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from articles import access
from articles.briefing import briefed
from articles.forms.live import LiveForm, Tag
from articles.http import nowhere
from articles.queries import live as queries
from articles.queries import workbench as bench
from articles.views import workbench as view
from articles.views.narrowing import narrowed

if TYPE_CHECKING:
    from uuid import UUID

    from articles.http import Request
    from articles.queries.live import Found

SHOWN = "changes:shown"
"""Fired in the browser when changes that were told of are on the page."""


@require_POST
def live_beat(request: Request, desk: str, article: UUID) -> HttpResponse:
    by = access.member(request, desk)
    sent = LiveForm.sent(request.POST)
    found = queries.beat(by, article, sent.asked())
    if found is None:
        raise Http404("There is no article at this address on your desk.")
    tag, context = _told(sent.known, found, article)
    answer = render(request, "workbench/told.html", context) if context else HttpResponse(status=204)
    answer["ETag"] = f'"{tag}"'
    return answer


@require_GET
def live_show(request: Request, desk: str, article: UUID) -> HttpResponse:
    """The blocks and the panel as they are by now; with ``keep`` the panel stays, because something is typed there."""
    by = access.member(request, desk)
    sent = LiveForm.sent(request.GET)
    found = queries.since(by, article, sent.asked())
    shown = narrowed(request, by, bench.bench(view.opened(by, article).version))
    brief = briefed(found.news)
    if found.is_cut or brief.is_anew or request.GET.get("version") != str(shown.version.pk):
        context = {"is_anew": True, "is_cut": found.is_cut, "brief": replace(brief, is_anew=True), "article": article}
        return nowhere(render(request, "workbench/shown.html", context))
    claim, is_kept = view.claim_in_hand(request, by), "keep" in request.GET
    context = view.panel(request, by, shown, claim) | {
        "is_fragment": True,
        "is_kept": is_kept,
        "blocks": view.swaps(request, shown, queries.touched(shown, found.news), claim),
    }
    answer = render(request, "workbench/shown.html", context)
    told = Tag(found.head, found.head, "", sent.known.people)
    trigger_client_event(answer, SHOWN, {"tag": str(told)}, after="settle")
    return nowhere(answer) if is_kept else answer


def _told(tag: Tag, found: Found, article: UUID) -> tuple[Tag, dict[str, Any]]:
    """What the page knows after this, and what is to be told to it; nothing where it knows that already."""
    since, news = tag.since, tag.news
    context: dict[str, Any] = {}
    if found.head != tag.known:
        brief = briefed(found.news) if found.news or found.is_cut else None
        since, news = (tag.since, _digest(brief)) if brief else (found.head, "")
        if news != tag.news:
            context = {"has_news": True, "brief": brief, "is_cut": found.is_cut, "article": article}
    people = _digest(found.people) if found.people else ""
    if people != tag.people:
        context |= {"has_people": True, "people": found.people}
    return Tag(since, found.head, news, people), context


def _digest(value: object) -> str:
    return blake2s(repr(value).encode(), digest_size=6).hexdigest()
