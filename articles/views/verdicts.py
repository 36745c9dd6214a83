"""Giving a verdict, and taking one's own back before anyone has decided on it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.views.decorators.http import require_POST

from articles import access, actions
from articles.errors import Refused, Stale
from articles.forms.verdicts import verdict_form
from articles.http import request_id
from articles.models import Claim
from articles.queries.claims import ratings_of, whole_claims
from articles.views.panel import panel_conflict, panel_done, panel_invalid

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.http import Request


@require_POST
def verdict_give(request: Request, desk: str, claim: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, whole_claims(), claim)
    form = verdict_form(row, by, ratings_of(by.desk), request.POST)
    if not form.is_valid():
        return panel_invalid(request, by, row, verdict_form=form)
    try:
        actions.verdicts.give(by=by, claim=row, **form.cleaned_data)
    except Refused as refusal:
        form.refuse(refusal)
        return panel_invalid(request, by, row, verdict_form=form)
    except Stale as stale:
        # The words stay in the form, which now stands on the claim as the panel around it shows it.
        form.data = {**request.POST.dict(), "revision": stale.current.revision}
        form.add_error(None, "The claim changed while you were writing. Look at it again, then give the verdict.")
        return panel_conflict(request, by, row, verdict_form=form)
    return panel_done(request, by, row, "Verdict given. It waits for a second person.")


@require_POST
def verdict_withdraw(request: Request, desk: str, claim: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, Claim, claim)
    try:
        actions.verdicts.withdraw(by=by, claim=row, request_id=request_id(request))
    except Refused as refusal:
        return panel_invalid(request, by, row, refusal=refusal.sentence)
    return panel_done(request, by, row, "The verdict is yours again.")
