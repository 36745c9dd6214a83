"""A highlight gets other borders, is split in two, or is merged with the one beside it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from articles import access
from articles.actions import highlights as actions
from articles.actions import parting
from articles.errors import Refused, Stale
from articles.forms.borders import BordersForm, MergeForm, SplitForm, StepForm
from articles.forms.highlights import first_error
from articles.http import instead_of
from articles.models import Highlight
from articles.queries import workbench as queries
from articles.queries.history import last_change
from articles.queries.live import head
from articles.views import workbench as view
from articles.views.conflicts import Conflict, Differing
from articles.views.highlights import highlight_of, overtaken, redrawn, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpResponse

    from articles.forms.base import EditForm
    from articles.http import Request
    from articles.models import Membership

ADJUSTED = "span:adjusted"
"""Fired in the browser for ``spans`` that are changed: ``highlight``, ``start``, ``end``, ``revision`` of each."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where something stood before it was changed."""

    start: int
    end: int


@require_POST
def highlight_adjust(request: Request, desk: str, highlight: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = _highlight(by, highlight)
    form: BordersForm | StepForm
    form = StepForm(request.POST, text=row.version.text) if "to" in request.POST else BordersForm(request.POST)

    def adjust() -> Highlight:
        return actions.adjust(by=by, highlight=row, **asdict(form.selection()), **_sent(form))

    def mine() -> tuple[str, dict[str, Any]]:
        return form.selection().quote, asdict(form.selection())

    return _change(request, row, form, adjust, mine)


@require_POST
def highlight_split(request: Request, desk: str, highlight: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = _highlight(by, highlight)
    form = SplitForm(request.POST)

    def split() -> Highlight:
        return parting.split(by=by, highlight=row, at=form.cleaned_data["at"], **_sent(form))

    def mine() -> tuple[str, dict[str, Any]]:
        at = form.cleaned_data["at"]
        return f"{row.version.text[row.start : at]} | {row.version.text[at : row.end]}", {"at": at}

    return _change(request, row, form, split, mine, said="Split in two.")


@require_POST
def highlight_merge(request: Request, desk: str, highlight: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = _highlight(by, highlight)
    form = MergeForm(request.POST)
    if not form.is_valid():
        return refused(request, by, row.version, first_error(form), in_hand=row.claim)
    other = _highlight(by, form.cleaned_data["other"])

    def merge() -> Highlight:
        return parting.merge(by=by, highlight=row, other=other, **_sent(form))

    def mine() -> tuple[str, dict[str, Any]]:
        both = min(row.start, other.start), max(row.end, other.end)
        return row.version.text[slice(*both)], {"other": other.pk}

    return _change(request, row, form, merge, mine, said="Merged into one.", also=[other])


def _change(
    request: Request,
    row: Highlight,
    form: EditForm,
    act: Callable[[], Highlight],
    mine: Callable[[], tuple[str, dict[str, Any]]],
    *,
    said: str = "",
    also: list[Highlight] | None = None,
) -> HttpResponse:
    by = request.member
    if not form.is_valid():
        return refused(request, by, row.version, first_error(form), in_hand=row.claim)
    before = [Stretch(one.start, one.end) for one in [row, *(also or [])]]
    try:
        after = act()
    except Refused as refusal:
        return overtaken(request, by, _highlight(by, row.pk), refusal.sentence, also=before)
    except Stale:
        return _stale(request, by, _highlight(by, row.pk), *mine(), also=before)
    if said:
        messages.success(request, said)
    after = _highlight(by, after.pk)
    answer = redrawn(request, after, also=before, keeps_focus=True, edited=after)
    return with_spans(answer, [after]) if request.htmx else answer


def with_spans(answer: HttpResponse, rows: Iterable[Highlight]) -> HttpResponse:
    """What of a claim is in hand learns from the answer what it is by now, and is moved from there."""
    told = [{"highlight": str(row.pk), "start": row.start, "end": row.end, "revision": row.revision} for row in rows]
    return trigger_client_event(answer, ADJUSTED, {"spans": told}, after="settle")


def _stale(
    request: Request, by: Membership, row: Highlight, words: str, same: dict[str, Any], *, also: list[Stretch]
) -> HttpResponse:
    """Someone else was faster: the words of both in the panel, and the text as it is by now."""
    since, shown = head(by.desk_id), queries.bench(row.version)
    last, action = last_change(row), request.path
    context = {
        "borders_conflict": Conflict(
            by=last.by,
            at=last.at,
            revision=row.revision,
            action=action,
            theirs_url=view.workbench_url(request, shown, row.claim),
            fields=[Differing("", "Highlighted words", words, row.quote)],
            same=[(name, str(value)) for name, value in (same | {"mode": view.mode(request)}).items()],
        )
    }
    if not request.htmx:
        page = view.page(request, by, shown, row.claim, since=since) | context
        return render(request, "workbench/workbench.html", page, status=409)
    context |= view.panel(request, by, shown, row.claim) | {"is_fragment": True}
    answer = render(request, "workbench/panel.html", context, status=409)
    answer.write(SafeString(view.swaps(request, shown, [row, *also], row.claim)))
    return instead_of(answer, "#panel", "innerHTML")


def _sent(form: EditForm) -> dict[str, Any]:
    return {"revision": form.cleaned_data["revision"], "request_id": form.cleaned_data["request_id"]}


def _highlight(by: Membership, highlight: UUID) -> Highlight:
    """The highlight with the claim that is in hand with it: for a passage the one for which it is evidence."""
    row = highlight_of(by, highlight)
    if row.claim is None:
        evidence = actions.evidence_on(row).select_related("claim").first()
        row.claim = evidence.claim if evidence else None
    return row
