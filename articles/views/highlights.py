"""What is done with words selected in an article: marked, added to a claim, used as evidence; removed and restored."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import reswap, trigger_client_event

from articles import access
from articles.actions import evidence as evidence_actions
from articles.actions import highlights as actions
from articles.actions.evidence import Statement
from articles.errors import SENTENCES, Refused
from articles.forms.highlights import AddForm, PassageForm, SelectionForm, SentenceForm, SuggestForm, first_error
from articles.http import request_id
from articles.models import Article, Claim, Highlight, Query
from articles.queries import workbench as queries
from articles.queries.history import last_number_of
from articles.queries.live import head
from articles.views import workbench as view
from articles.views.undoing import offer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.utils.safestring import SafeString

    from articles.http import Request
    from articles.models import ArticleVersion, Membership

WANTED = "claim:wanted"
"""Fired in the browser when the panel is to show another claim, or the list of all."""


@require_POST
def highlight_mark(request: Request, desk: str, article: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    version = view.version_of(by, article)
    form: SelectionForm | SentenceForm
    by_sentence = "sentence" in request.POST
    form = SentenceForm(request.POST, text=version.text) if by_sentence else SelectionForm(request.POST)

    def mark() -> Highlight:
        span = asdict(form.selection())
        return actions.mark(by=by, version=version, **span, request_id=form.cleaned_data["request_id"])

    return _placed(request, by, version, form, mark, is_new_claim=True)


@require_POST
def highlight_add(request: Request, desk: str, article: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    version = view.version_of(by, article)
    form = AddForm(request.POST)

    def add() -> Highlight:
        given = form.cleaned_data
        claim = access.found(by, Claim, given["claim"])
        span = asdict(form.selection())
        return actions.add_to_claim(by=by, version=version, **span, claim=claim, request_id=given["request_id"])

    return _placed(request, by, version, form, add)


@require_POST
def highlight_evidence(request: Request, desk: str, article: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    version = view.version_of(by, article)
    form = PassageForm(request.POST)

    def use() -> Highlight:
        given, span = form.cleaned_data, form.selection()
        evidence = evidence_actions.add_passage(
            by=by,
            claim=_claim_for(by, given["claim"]),
            version=version,
            start=span.start,
            end=span.end,
            statement=Statement(stance=given["stance"], kind=given["kind"], quote=span.quote, note=given["note"]),
            request_id=given["request_id"],
        )
        highlight: Highlight = evidence.highlight  # type: ignore[assignment]  # a passage always has one
        highlight.claim = evidence.claim
        return highlight

    return _placed(request, by, version, form, use)


@require_POST
def highlight_remove(request: Request, desk: str, highlight: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = highlight_of(by, highlight)
    try:
        row = actions.remove(by=by, highlight=row, request_id=request_id(request))
    except Refused as refusal:
        return overtaken(request, by, highlight_of(by, highlight), refusal.sentence)
    tags = offer(by, row.version.article_id, last_number_of(row), mode=view.mode(request))
    messages.success(request, "Highlight removed.", extra_tags=tags)
    return redrawn(request, row)


@require_GET
def claim_suggest(request: Request, desk: str) -> HttpResponse:
    """Claims for the words typed; ``article`` and ``quote`` say where they are to be added.

    Where the words come as ``duplicate_of``, the claims are those that another can be a duplicate of.
    """
    by = access.reviewer(request, desk)
    given = SuggestForm(request.GET).clean_or_empty()
    if "duplicate_of" in request.GET:
        words, apart = given["duplicate_of"], given["apart"]
        found = queries.suggestions(by.desk_id, None, words, "", originals=True, apart=apart)
        return render(request, "workbench/suggestions.html", {"suggestions": found, "is_for_duplicate": True})
    article = access.found(by, Article, given["article"]) if given["article"] else None
    found = queries.suggestions(by.desk_id, article, given["q"], given["quote"])
    return render(request, "workbench/suggestions.html", {"suggestions": found})


def _placed(
    request: Request,
    by: Membership,
    version: ArticleVersion,
    form: SelectionForm | SentenceForm,
    act: Callable[[], Highlight],
    *,
    is_new_claim: bool = False,
) -> HttpResponse:
    if not form.is_valid():
        return refused(request, by, version, first_error(form))
    if form.cleaned_data["version"] != version.pk:
        return refused(request, by, version, SENTENCES["highlight_stands_in_newest"], status=409)
    try:
        highlight = act()
    except Refused as refusal:
        return refused(request, by, version, refusal.sentence)
    highlight.version = version
    return redrawn(request, highlight, is_new_claim=is_new_claim)


def redrawn(
    request: Request,
    highlight: Highlight,
    *,
    is_new_claim: bool = False,
    also: Iterable[queries.Place] = (),
    keeps_focus: bool = False,
    edited: Highlight | None = None,
    asked: Query | None = None,
) -> HttpResponse:
    """What a highlight touches, redrawn: its blocks, those in which its claim stands, and those of other places.

    The panel asks for the claim, or for the query that was ``asked``, by itself, so that the mark is confirmed without
    waiting for it. Without scripts it opens with the borders of the ``edited`` highlight.
    """
    version, claim = highlight.version, highlight.claim
    places = queries.places(version, claim.pk) if claim and not is_new_claim else []
    in_hand = asked or (claim if places or highlight.removed_at is None else None)
    touched = [highlight, *places, *also]
    shown = queries.bench(version, at=touched)
    if not request.htmx:
        url = view.workbench_url(request, shown, in_hand)
        if edited:
            return redirect(f"{url}&edit={edited.pk}#borders-{edited.pk}")
        return redirect(f"{url}#b{shown.blocks_at([highlight])[0].start}")
    blocks = view.swaps(request, shown, touched, in_hand)
    answer = _answer(request, blocks)
    wanted: dict[str, Any] = {"claim": str(in_hand.pk) if in_hand else "", "isPlaced": True, "isNew": is_new_claim}
    if keeps_focus:
        wanted["keepsFocus"] = True
    return trigger_client_event(answer, WANTED, wanted, after="settle")


def _claim_for(by: Membership, wanted: UUID) -> Claim:
    """The claim in hand; where that is a query, nothing can be evidence for it."""
    found = view.found_in_hand(by, wanted)
    if isinstance(found, Query):
        raise Refused("Open a claim first: a query takes no evidence.")
    return found


def _answer(request: Request, blocks: SafeString) -> HttpResponse:
    """A new mark speaks for itself: without a message the answer is its blocks, and needs no template."""
    if not len(messages.get_messages(request)):
        return HttpResponse(blocks)
    return render(request, "workbench/swaps.html", {"blocks": blocks, "undo_target": "this", "undo_sync": True})


def overtaken(
    request: Request, by: Membership, highlight: Highlight, sentence: str, *, also: Iterable[queries.Place] = ()
) -> HttpResponse:
    """Most likely someone else was faster: beside the refusal the page gets the highlight as it is by now."""
    if not request.htmx:
        return refused(request, by, highlight.version, sentence, in_hand=highlight.claim if also else None)
    messages.error(request, sentence)
    answer = redrawn(request, highlight, also=also, keeps_focus=bool(also))
    answer.status_code = 422
    return answer


def refused(
    request: Request,
    by: Membership,
    version: ArticleVersion,
    sentence: str,
    *,
    status: int = 422,
    in_hand: Claim | None = None,
) -> HttpResponse:
    messages.error(request, sentence)
    if request.htmx:
        return reswap(render(request, "workbench/swaps.html", status=status), "none")
    since, shown = head(by.desk_id), queries.bench(version)
    page = view.page(request, by, shown, in_hand, since=since)
    return render(request, "workbench/workbench.html", page, status=status)


def highlight_of(by: Membership, highlight: UUID) -> Highlight:
    return access.found(by, Highlight.objects.select_related("claim", "version__article"), highlight)
