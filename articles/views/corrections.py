"""Correcting the blocks of an arrival. Each answer changes what it must on the page, and not the article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from articles import access, actions
from articles.errors import Refused, Stale
from articles.forms.arrivals import (
    ArrivalForm,
    BlockMergeForm,
    BlockRetypeForm,
    BlockSplitForm,
    CorrectionUndoForm,
    asked_of,
)
from articles.http import instead_of, nowhere
from articles.previewing import changed
from articles.queries.arrivals import since
from articles.queries.history import last_change
from articles.views.arrivals import arrivals
from articles.views.previews import Shown, aside_context, details_context, preview_context

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from articles.forms.base import EditForm
    from articles.http import Request
    from articles.models import Arrival, Membership


@require_POST
def arrival_retype(request: Request, desk: str, arrival: UUID) -> HttpResponse:
    return _correct(request, desk, arrival, BlockRetypeForm(request.POST), actions.arrivals.retype)


@require_POST
def arrival_split(request: Request, desk: str, arrival: UUID) -> HttpResponse:
    return _correct(request, desk, arrival, BlockSplitForm(request.POST), actions.arrivals.split)


@require_POST
def arrival_merge(request: Request, desk: str, arrival: UUID) -> HttpResponse:
    return _correct(request, desk, arrival, BlockMergeForm(request.POST), actions.arrivals.merge)


@require_POST
def arrival_take_back(request: Request, desk: str, arrival: UUID) -> HttpResponse:
    return _correct(request, desk, arrival, CorrectionUndoForm(request.POST), actions.arrivals.take_back)


def _correct(
    request: Request, desk: str, arrival: UUID, form: EditForm, action: Callable[..., Arrival]
) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, arrivals(), arrival)
    if row.draft is None or not form.is_valid():
        return _refused(request, row, "There is no such block, or no such kind of block. Load the page again.")
    before = Shown.of(row)
    try:
        after = Shown.of(action(by=by, arrival=row, **asked_of(form)))
    except Refused as refusal:
        return _refused(request, row, refusal.sentence)
    except Stale:
        return _clash(request, by, row, form)
    if not request.htmx:
        return redirect(_place(after, form))
    return _swapped(request, by, before, after, form)


def _swapped(request: Request, by: Membership, before: Shown, after: Shown, form: EditForm) -> HttpResponse:
    """The blocks that differ, what is said about the text, and the guesses where they followed."""
    first, last = _touched(before, after)
    gone, new = changed(before.preview.of_parts(first, last), after.preview.of_parts(first, last))
    is_open = bool(form.cleaned_data.get("is_open"))
    details = ArrivalForm.of(after.arrival, after.metadata)
    context = aside_context(by, after, details) | {
        "blocks": SafeString(after.preview.write(new, is_open=is_open)),
        "gone": [item.id for item in gone[1:]],
    }
    if after.metadata != before.metadata:
        context |= details_context(by, after, details) | {"follows": True}
    if row := _last(before, after):
        undo = reverse("articles:arrival-take-back", args=[by.desk.slug, after.arrival.pk])
        said = after.made()[0].words
        tags = f"undo:{undo}?number={row['number']}&revision={after.arrival.revision}"
        messages.success(request, said, extra_tags=tags)
    answer = render(request, "arrivals/corrected.html", context)
    return instead_of(answer, f"#{gone[0].id}") if gone else nowhere(answer)


def _touched(before: Shown, after: Shown) -> tuple[int, int]:
    """The parts of the text in which the two can differ."""
    rows = [*before.arrival.corrections, *after.arrival.corrections]
    places = [row["at"] for row in rows if (row in before.arrival.corrections) != (row in after.arrival.corrections)]
    around = [shown.preview.around(at) for shown in (before, after) for at in places]
    return min((first for first, _ in around), default=1), max((last for _, last in around), default=1)


def _last(before: Shown, after: Shown) -> dict[str, Any] | None:
    """The correction that was just made; None when one was taken back."""
    made: list[dict[str, Any]] = after.arrival.corrections
    return made[-1] if len(made) > len(before.arrival.corrections) else None


def _refused(request: Request, row: Arrival, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    if request.htmx:
        return nowhere(render(request, "arrivals/refused.html", status=422))
    return redirect("articles:arrival", request.member.desk.slug, row.pk)


def _clash(request: Request, by: Membership, row: Arrival, form: EditForm) -> HttpResponse:
    """409: what others did meanwhile, and what was asked for, which can be sent again."""
    row = access.found(by, arrivals(), row.pk)
    last = last_change(row)
    shown = Shown.of(row)
    clash = {
        "by": last.by,
        "at": last.at,
        "lines": since(row, form.cleaned_data["revision"]),
        "asked": _asked(shown, form),
        "action": request.path,
        "fields": [(name, value) for name, value in asked_of(form).items() if name not in ("revision", "request_id")],
    }
    context = {"arrival": row, "clash": clash}
    if request.htmx:
        return instead_of(render(request, "arrivals/clash.html", context, status=409), "#clash", "innerHTML")
    details = ArrivalForm.of(row, shown.metadata)
    return render(request, "arrivals/preview.html", preview_context(by, shown, details) | context, status=409)


def _asked(shown: Shown, form: EditForm) -> str:
    """What the person wanted, in words."""
    at = form.cleaned_data.get("at", 0)
    words = shown.quoted(at)
    match form:
        case BlockRetypeForm():
            return f"{words}: {form.cleaned_data['kind'].replace('_', ' ')}"
        case BlockSplitForm():
            return f"Split the block {words}"
        case BlockMergeForm():
            return f"Merge {words} with the block before"
        case _:
            return "Take a correction back"


def _place(after: Shown, form: EditForm) -> str:
    """The page at the block that was corrected, with its tools open, or as near to it as there is a block now."""
    at = form.cleaned_data.get("at", 0)
    starts = [start for start in after.now.starts if start <= at]
    url = reverse("articles:arrival", args=[after.arrival.desk.slug, after.arrival.pk])
    return f"{url}?block={starts[-1]}#b{starts[-1]}" if "at" in form.cleaned_data else url
