"""Undo and redo of what a person did in an article: what that touches is redrawn, and said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh, trigger_client_event

from articles import access
from articles.actions import undoing as actions
from articles.errors import Refused
from articles.forms.undoing import StepForm
from articles.http import nowhere
from articles.models import UNCLOSED, Article, Claim, Query
from articles.queries import undoing as queries
from articles.queries import workbench as bench_queries
from articles.views import workbench as view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from articles.http import Request
    from articles.models import Membership
    from articles.queries.undoing import Stack, Step, Touched
    from articles.queries.workbench import Bench

WANTED = "claim:wanted"
TURNED = "text:turned"
"""Fired in the browser when something was undone or redone: ``block`` is the first that it touched."""


class Way(NamedTuple):
    """One of the two directions."""

    name: str
    back: str
    done: str


UNDO = Way("undo", "redo", "Undone")
REDO = Way("redo", "undo", "Done again")


@require_POST
def article_undo(request: Request, desk: str, article: UUID) -> HttpResponse:
    return _turn(request, desk, article, UNDO)


@require_POST
def article_redo(request: Request, desk: str, article: UUID) -> HttpResponse:
    return _turn(request, desk, article, REDO)


def _turn(request: Request, desk: str, article: UUID, way: Way) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, Article, article)
    form = StepForm(request.POST)
    if not form.is_valid():
        return _refused(request, by, row, way, None, "There is no such step. Load the page again.")
    given = form.cleaned_data
    act = actions.undo if way is UNDO else actions.redo
    try:
        act(by=by, article=row, step=given["step"], request_id=given["request_id"])
    except Refused as refusal:
        return _refused(request, by, row, way, given["step"], refusal.sentence)
    return _turned(request, by, row, way, given)


def _turned(request: Request, by: Membership, article: Article, way: Way, given: dict[str, Any]) -> HttpResponse:
    stack = actions.stack(by, article)
    step = _step(stack.redo if way is UNDO else stack.undo, given["step"])
    _say(request, by, article, way, step)
    version = view.opened(by, article.pk).version
    touched = queries.touched(version, step) if step else queries.Touched()
    shown = bench_queries.bench(version, at=touched.places or None)
    in_hand = _in_hand(by, given["claim"], touched, shown)
    first = next((f"b{block.start}" for block in shown.blocks_at(touched.places)), "")
    url = f"{view.workbench_url(request, shown, in_hand)}#{first}"
    if not request.htmx:
        return redirect(url)
    if touched.is_more:
        return HttpResponseClientRefresh()
    blocks = view.swaps(request, shown, touched.places, in_hand)
    answer = nowhere(_answer(request, stack, {"blocks": blocks, "article": article}))
    wanted = {"claim": str(in_hand.pk) if in_hand else "", "isPlaced": True, "isTurned": True}
    trigger_client_event(answer, WANTED, wanted, after="settle")
    return trigger_client_event(answer, TURNED, {"block": first}, after="settle")


def _refused(  # noqa: PLR0917  # as its neighbours take them, and what was asked
    request: Request, by: Membership, article: Article, way: Way, number: int | None, sentence: str
) -> HttpResponse:
    """Nothing was changed. Where the step is in the way of older ones, the one before it can be chosen."""
    stack = actions.stack(by, article)
    older = _older(stack.undo if way is UNDO else stack.redo, number)
    tags = ""
    if older:
        sentence = f"{sentence} The one before: {older.words}."
        tags = _offer(request, by, article, way.name, older, label=f"{way.name.capitalize()} the one before")
    messages.error(request, sentence, extra_tags=tags)
    if request.htmx:
        answer = nowhere(_answer(request, stack, {"article": article}))
        answer.status_code = 422
        return answer
    newest = view.opened(by, article.pk)
    page = view.page(request, by, bench_queries.bench(newest.version), None, since=newest.head)
    return render(request, "workbench/workbench.html", page, status=422)


def _answer(request: Request, stack: Stack, context: dict[str, Any]) -> HttpResponse:
    more = {"turns": view.turns_of(stack), "undo_target": "this", "undo_sync": True}
    return render(request, "workbench/swaps.html", context | more)


def _say(request: Request, by: Membership, article: Article, way: Way, step: Step | None) -> None:
    if step is None:
        messages.success(request, f"{way.done}.")
        return
    stays = actions.what_stays(by, step) if way is UNDO else ""
    label = way.back.capitalize()
    tags = _offer(request, by, article, way.back, step, label=label)
    messages.success(request, f"{way.done}: {step.words}. {stays}".strip(), extra_tags=tags)


def _offer(request: Request, by: Membership, article: Article, name: str, step: Step, *, label: str) -> str:
    """What makes a message offer to undo or redo the step."""
    return offer(by, article.pk, step.number, name=name, label=label, mode=view.mode(request))


def offer(by: Membership, article: UUID, step: int, *, name: str = "undo", label: str = "Undo", mode: str = "") -> str:
    url = reverse(f"articles:article-{name}", args=[by.desk.slug, article])
    return f"undo:{url}?{urlencode({'step': step, 'mode': mode, 'label': label})}"


def _step(steps: Sequence[Step], number: int | None) -> Step | None:
    found = [step for step in steps if number in (None, step.number)]
    return found[-1] if found else None


def _older(steps: Sequence[Step], number: int | None) -> Step | None:
    """The step before the one that was asked for."""
    step = _step(steps, number)
    at = steps.index(step) if step else 0
    return steps[at - 1] if at else None


def _in_hand(by: Membership, claim: UUID | None, touched: Touched, shown: Bench) -> view.InHand | None:
    """What the page had in hand; none where it stood in the text and does so no longer."""
    if claim is None or (claim in touched.claims and not shown.places(str(claim))):
        return None
    asked = Query.objects.filter(desk_id=by.desk_id, pk=claim, status__in=UNCLOSED)
    return Claim.objects.filter(desk_id=by.desk_id, pk=claim).first() or asked.first()
