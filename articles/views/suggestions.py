"""What the author of a verdict does with words that a second person suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.views.decorators.http import require_POST

from articles import access, actions
from articles.errors import Refused
from articles.forms.base import ReasonForm
from articles.http import request_id
from articles.models import Suggestion
from articles.views.panel import panel_done, panel_invalid

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from articles.http import Request


@require_POST
def suggestion_accept(request: Request, desk: str, suggestion: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, _suggestions(), suggestion)
    try:
        actions.suggestions.accept(by=by, suggestion=row, request_id=request_id(request))
    except Refused as refusal:
        return panel_invalid(request, by, row.verdict.claim, refusal=refusal.sentence)
    return panel_done(request, by, row.verdict.claim, "The words are yours now. The verdict waits for review again.")


@require_POST
def suggestion_decline(request: Request, desk: str, suggestion: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, _suggestions(), suggestion)
    claim, form = row.verdict.claim, ReasonForm(request.POST, auto_id="decline-%s")
    if not form.is_valid():
        return panel_invalid(request, by, claim, declining=row.pk, decline_form=form)
    try:
        actions.suggestions.decline(by=by, suggestion=row, **form.cleaned_data)
    except Refused as refusal:
        return panel_invalid(request, by, claim, refusal=refusal.sentence, unsent=form.cleaned_data["reason"])
    return panel_done(request, by, claim, "Declined, with your reason.")


def _suggestions() -> QuerySet[Suggestion]:
    return Suggestion.objects.select_related("verdict__claim")
