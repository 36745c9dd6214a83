"""The workbench: an article with its highlights, and the claim in hand beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import replace_url

from articles import access
from articles.actions import undoing
from articles.forms.articles import KINDS
from articles.forms.narrowing import said_of
from articles.http import number_of
from articles.models import Claim, EvidenceKind, Query, Role, Stance
from articles.queries import workbench as queries
from articles.queries.asking import spans_of, whole_queries
from articles.queries.claims import assignable
from articles.queries.copies import copies_of
from articles.queries.left import left_of
from articles.queries.versions import timeline, waiting_carries
from articles.rendering import Reading, write_apart, write_article, write_blocks
from articles.views import places
from articles.views.early import render_early
from articles.views.hits import hits_of
from articles.views.narrowing import list_context, narrowed, narrowing_of, printed
from articles.views.panel import panel_context
from articles.views.queried import query_context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponseBase

    from articles.http import Request
    from articles.models import ArticleVersion, Carry, Membership
    from articles.queries.left import Left
    from articles.queries.undoing import Stack
    from articles.queries.workbench import Bench, Opened, Place

MODES = ("sentences", "blocks")
WHOLE = {"whole", "print"}
"""What asks for a page with all its highlights at once: ``whole`` where no script could bring them."""

type InHand = Claim | Query
"""What the panel shows: a claim, or a query about words of the text."""


@require_GET
@vary_on_headers("HX-Request", "HX-Target")
def workbench(request: Request, desk: str, article: UUID) -> HttpResponseBase:
    by = access.member(request, desk)
    newest = opened(by, article)
    wanted = _wanted(request, newest.version, newest.hash)
    claim = claim_in_hand(request, by)
    if request.htmx.target == "panel":
        shown = narrowed(request, by, wanted.bench())
        answer = render(request, "workbench/panel.html", panel(request, by, shown, claim) | {"is_fragment": True})
        return replace_url(answer, workbench_url(request, shown, claim))

    def rest() -> dict[str, Any]:
        return page(request, by, narrowed(request, by, wanted.bench()), claim, since=newest.head)

    head = {"article": wanted.version.article, "in_hand": claim}
    return render_early(request, "workbench/workbench.html", head, rest)


@require_GET
def workbench_blocks(request: Request, desk: str, article: UUID) -> HttpResponse:
    """The blocks in which a claim stands, and the progress: what is left to redraw when its status has changed."""
    by = access.member(request, desk)
    shown = narrowed(request, by, _wanted(request, version_of(by, article)).bench())
    claim = claim_in_hand(request, by)
    blocks = swaps(request, shown, _places(shown, claim), claim)
    context = {
        "blocks": blocks,
        "article": shown.version.article,
        "version": shown.version,
        "left": _left(by, shown),
        "fitting": shown.fitting_said,
        "turns": turns(by, shown),
    }
    return render(request, "workbench/swaps.html", context)


@require_GET
def workbench_claims(request: Request, desk: str, article: UUID) -> HttpResponse:
    """The list of the claims alone, for a panel that has its beginning; or, to be printed, with their verdicts."""
    by = access.member(request, desk)
    newest = opened(by, article)
    shown = narrowed(request, by, _wanted(request, newest.version, newest.hash).bench())
    if "print" in request.GET:
        left = _left(by, shown)
        return render(request, "workbench/printed.html", printed(shown) | {"left": left, "version": shown.version})
    context = panel(request, by, shown, None) | {"is_fragment": True}
    return render(request, "workbench/rows.html", context)


def version_of(by: Membership, article: UUID) -> ArticleVersion:
    """The version that is worked on; 404 when the desk has no such article."""
    version = queries.newest(by.desk_id, article)
    if version is None:
        raise Http404("There is no article at this address on your desk.")
    return version


def opened(by: Membership, article: UUID) -> Opened:
    """The same, for a page that says what it is."""
    found = queries.opened(by.desk_id, article)
    if found is None:
        raise Http404("There is no article at this address on your desk.")
    return found


class _Wanted(NamedTuple):
    """A version to show and, where it is an older one, the number of the newest; and what is known of the history."""

    version: ArticleVersion
    history: bytes
    newest: int = 0

    def bench(self) -> Bench:
        if self.history:
            return queries.bench_as_of(self.version, self.history, newest=self.newest)
        return queries.bench(self.version, newest=self.newest)


def _wanted(request: Request, newest: ArticleVersion, history: bytes = b"") -> _Wanted:
    """The newest version, or the older one that ``?version=`` asks for; 404 when there is none of that number."""
    wanted = request.GET.get("version", "")
    if wanted in ("", str(newest.number)):
        return _Wanted(newest, history)
    number = number_of(wanted) or 0
    versions = queries.versions(newest.desk_id, newest.article_id).select_related(*queries.RELATED)
    older = versions.filter(number=number).first()
    if older is None:
        raise Http404("This article has no such version.")
    return _Wanted(older, history, newest.number)


def page(request: Request, by: Membership, shown: Bench, claim: InHand | None, *, since: int) -> dict[str, Any]:
    """The whole page. ``since`` is the number of the newest event before the marks were read."""
    reading = replace(_reading(request, shown, claim), flat=shown.is_flat, is_opening=not WHOLE & request.GET.keys())
    written = write_article(reading)
    is_only = shown.is_newest and shown.version.number == 1
    taken = [] if is_only else timeline(shown.version.article)
    return (
        panel(request, by, shown, claim)
        | {
            "since": since,
            "versions": taken,
            "waiting": taken[0].waiting if taken and shown.is_newest else 0,
            "others": queries.others_on_story(shown.version.article),
            "copies": copies_of(shown.version),
            "characters": len(shown.version.text),
            "is_flat": reading.flat,
            "has_headline": reading.headline is not None,
            "before": SafeString(written.before),
            "headline": SafeString(written.headline),
            "body": SafeString(written.body),
            "late": written.late,
            "block_forms": _block_forms(reading) if reading.by_block else [],
            "stances": Stance.choices,
            "evidence_kinds": EvidenceKind.choices,
            "colleagues": [one for one in assignable(by.desk) if one != by.person] if may_mark(by, shown) else [],
            "carry": _carry(request, by, shown),
            "hits": hits_of(request, shown),
        }
        | (printed(shown) if "print" in request.GET else {})
    )


def panel(request: Request, by: Membership, shown: Bench, claim: InHand | None) -> dict[str, Any]:
    """What the panel shows, whether it stands on the page or comes by itself."""
    in_hand = str(claim.pk) if claim else ""
    query = _query(request, shown)
    kept_filter = said_of(narrowing_of(request))
    if isinstance(claim, Query):
        context = query_context(by, claim, back=workbench_url(request, shown, claim))
    elif claim:
        context = panel_context(by, claim, back=workbench_url(request, shown, claim))
    else:
        context = list_context(request, by, shown, query)
    return context | {
        "article": shown.version.article,
        "version": shown.version,
        "newest": shown.newest,
        "mode": mode(request),
        "query": SafeString(query),
        "kept": _kept(request, shown),
        "kept_mode": _kept_mode(request, shown),
        "kept_filter": kept_filter,
        "unfiltered": workbench_url(request, shown, claim, is_narrowed=False) if kept_filter else "",
        "fits": len(shown.listed),
        "fitting": shown.fitting_said,
        "may_mark": may_mark(by, shown),
        "turns": turns(by, shown),
        "in_hand": claim,
        "number": shown.numbers.get(in_hand),
        "total": len(shown.order),
        "left": _left(by, shown),
        "previous": shown.step(in_hand, -1),
        "next": shown.step(in_hand, 1),
        "unchecked": shown.next_unchecked(in_hand),
        "here": [] if isinstance(claim, Query) else _here(by, shown, in_hand),
        "beside": [places.said(shown, mark) for mark in shown.beside(in_hand)] if claim else [],
        "edited": request.GET.get("edit", ""),
    }


def _places(shown: Bench, claim: InHand | None) -> list[Place]:
    """Where what is in hand stands; a query that was just closed stands nowhere, and its words are redrawn."""
    if claim is None:
        return []
    return [*shown.places(str(claim.pk)), *(spans_of(claim, shown.version) if isinstance(claim, Query) else ())]


def swaps(request: Request, shown: Bench, places: Iterable[Place], in_hand: InHand | None) -> SafeString:
    """The blocks in which these places are, each to be swapped by itself, and nothing else of the text."""
    # Only some of the marks are here: the page alone knows whether there were too many, and says so with its requests.
    is_flat = request.headers.get("X-Highlights") == "flat"
    reading = replace(_reading(request, shown, in_hand), numbers={}, flat=is_flat)
    blocks = write_blocks(reading, shown.blocks_at(places), attributes=' hx-swap-oob="true"')
    return SafeString("\n".join(blocks))


def workbench_url(request: Request, shown: Bench, claim: InHand | None = None, *, is_narrowed: bool = True) -> str:
    url = reverse("articles:workbench", args=[request.member.desk.slug, shown.version.article_id])
    kept = _kept(request, shown) if is_narrowed else _kept_mode(request, shown)
    query = urlencode([*kept, *([("claim", str(claim.pk))] if claim else [])])
    return f"{url}?{query}" if query else url


def mode(request: Request) -> str:
    """How the text is worked on; also a form says so, because the answer is written for the same page."""
    wanted = request.POST.get("mode") or request.GET.get("mode", "")
    return wanted if wanted in MODES else ""


def claim_in_hand(request: Request, by: Membership) -> InHand | None:
    """What ``?claim=`` names: a claim, or a query about words, which stands in the text as claims do."""
    wanted = _id_in(request, "claim")
    return found_in_hand(by, wanted) if wanted else None


def found_in_hand(by: Membership, wanted: UUID) -> InHand:
    claim = Claim.objects.filter(desk_id=by.desk_id, pk=wanted).first()
    return claim or access.found(by, whole_queries().filter(highlight__isnull=False), wanted)


def _id_in(request: Request, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def _carry(request: Request, by: Membership, shown: Bench) -> Carry | None:
    """The highlight for which words are to be marked in this version (``?carry=``)."""
    wanted = _id_in(request, "carry")
    if wanted is None or not may_mark(by, shown):
        return None
    return waiting_carries(shown.version).select_related("highlight").filter(pk=wanted).first()


def _reading(request: Request, shown: Bench, in_hand: InHand | None) -> Reading:
    may = may_mark(request.member, shown)
    return Reading(
        shown.version.text,
        shown.blocks,
        shown.marks,
        shown.numbers,
        str(in_hand.pk) if in_hand else "",
        by_sentence=may and mode(request) == "sentences",
        by_block=may and mode(request) == "blocks",
        query=_query(request, shown),
    )


def _query(request: Request, shown: Bench) -> str:
    """The beginning of a link to another claim on this page, as it stands in an attribute."""
    return "?" + "".join(f"{name}={value}&amp;" for name, value in _kept(request, shown))


def _kept(request: Request, shown: Bench) -> list[tuple[str, str]]:
    """What links of the page keep."""
    return [*_kept_mode(request, shown), *said_of(narrowing_of(request))]


def _kept_mode(request: Request, shown: Bench) -> list[tuple[str, str]]:
    """How and for what the text is worked on, and the version if it is not the newest."""
    kept = [
        ("mode", mode(request)),
        ("version", "" if shown.is_newest else str(shown.version.number)),
        ("carry", str(_id_in(request, "carry") or "") if shown.is_newest else ""),
        ("whole", "1" if "whole" in request.GET else ""),
    ]
    return [(name, value) for name, value in kept if value]


def may_mark(by: Membership, shown: Bench) -> bool:
    """Work goes on in the newest version; an older one is read as it stood."""
    return shown.is_newest and by.may(Role.REVIEWER)


def turns(by: Membership, shown: Bench) -> dict[str, Any] | None:
    """What the person can undo and redo in the article, where work goes on."""
    return turns_of(undoing.latest(by, shown.version.article)) if may_mark(by, shown) else None


def turns_of(stack: Stack) -> dict[str, Any]:
    """The steps that come next, and whether there are any."""
    return {"undo": stack.undo[-1] if stack.undo else None, "redo": stack.redo[-1] if stack.redo else None}


def _left(by: Membership, shown: Bench) -> Left:
    return left_of(shown.version, shown.statuses, by.person_id)


def _here(by: Membership, shown: Bench, claim: str) -> list[places.Said] | list[places.Stand]:
    """Where the claim in hand stands; what can be done there only for those who may."""
    if claim and may_mark(by, shown):
        return places.stands(shown, claim)
    return [places.said(shown, mark) for mark in shown.places(claim)]


def _block_forms(reading: Reading) -> list[dict[str, Any]]:
    """Every block with the choice of its kind."""
    pairs = zip(reading.blocks, write_apart(reading), strict=True)
    return [
        {"number": number, "kind": block.kind, "html": SafeString(element), "kinds": KINDS}
        for number, (block, element) in enumerate(pairs)
    ]
