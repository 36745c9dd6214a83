"""Copies of sources: kept, looked at again, and shown as text or picture, never as a page."""

from __future__ import annotations

from mimetypes import guess_extension
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from articles import access
from articles.actions.copying import check_page, keep_brought, keep_page
from articles.errors import Refused
from articles.forms.snapshots import BringForm
from articles.http import request_id
from articles.intake.rasters import raster_type
from articles.models import Evidence, Role, Snapshot, SnapshotOutcome
from articles.queries import snapshots as queries
from articles.queries.versions import stretches
from articles.views.files import file_name
from articles.views.panel import panel_done, panel_invalid
from articles.views.sources import SOURCES, source_done, source_invalid

if TYPE_CHECKING:
    from articles.http import Request
    from articles.models import Membership, Source

SHOWN = 200_000
"""Characters of a text that its page shows; the file has all of them."""

# Whatever the bytes are, a browser runs nothing in them.
INERT = "sandbox; default-src 'none'; style-src 'none'; script-src 'none'"
SAID = {
    SnapshotOutcome.KEPT: (messages.SUCCESS, "Copy kept."),
    SnapshotOutcome.SAME: (messages.SUCCESS, "The page says the same as its copy."),
    SnapshotOutcome.DIFFERS: (messages.WARNING, "The page says something else than its copy."),
    SnapshotOutcome.FAILED: (messages.WARNING, "The page could not be reached. Below it says why."),
}


@require_POST
def snapshot_fetch(request: Request, desk: str, source: UUID) -> HttpResponse:
    """Keep the page at the address of a source, as it is now."""
    by = access.reviewer(request, desk)
    row = access.found(by, SOURCES, source)
    try:
        snapshot = keep_page(by=by, source=row, request_id=request_id(request))
    except Refused as refusal:
        return source_invalid(request, by, row, refusal=refusal.sentence)
    return _answer(request, by, row, snapshot)


@require_POST
def snapshot_check(request: Request, desk: str, source: UUID) -> HttpResponse:
    """Fetch the page once more, and say whether it says what its copy says."""
    by = access.reviewer(request, desk)
    row = access.found(by, SOURCES, source)
    try:
        snapshot = check_page(by=by, source=row, request_id=request_id(request))
    except Refused as refusal:
        return source_invalid(request, by, row, refusal=refusal.sentence)
    return _answer(request, by, row, snapshot)


@require_POST
def snapshot_bring(request: Request, desk: str, source: UUID) -> HttpResponse:
    """Keep a file, a picture of the screen or a pasted text."""
    by = access.reviewer(request, desk)
    row = access.found(by, SOURCES, source)
    form = BringForm(request.POST, request.FILES, auto_id="bring-%s")
    if not form.is_valid():
        return source_invalid(request, by, row, bring_form=form)
    brought = form.brought()
    told: dict[str, Any] = {"received": brought.received, "means": brought.means}
    try:
        keep_brought(by=by, source=row, **told, request_id=form.cleaned_data["request_id"])
    except Refused as refusal:
        form.refuse(refusal)
        return source_invalid(request, by, row, bring_form=form)
    return source_done(request, by, row, "Copy kept.")


@require_POST
def evidence_copy(request: Request, desk: str, evidence: UUID) -> HttpResponse:
    """Keep a copy of the page that a piece of evidence is from, in the panel of its claim."""
    by = access.reviewer(request, desk)
    row = access.found(by, Evidence.objects.select_related("claim", "source"), evidence)
    try:
        snapshot = keep_page(by=by, source=row.source, request_id=request_id(request))
    except Refused as refusal:
        return panel_invalid(request, by, row.claim, refusal=refusal.sentence)
    if snapshot.outcome == SnapshotOutcome.FAILED:
        return panel_invalid(request, by, row.claim, refusal=f"There is no copy. {snapshot.failure}")
    return panel_done(request, by, row.claim, f"Copy of “{row.source}” kept.")


def _answer(request: Request, by: Membership, row: Source, snapshot: Snapshot) -> HttpResponse:
    messages.add_message(request, *SAID[SnapshotOutcome(snapshot.outcome)])
    return source_done(request, by, row)


@require_safe
def snapshot(request: Request, desk: str, snapshot: UUID) -> HttpResponse:
    """One copy: what is known of it, and its text or picture; with what changed where the page was looked at again."""
    by = access.member(request, desk)
    row = access.found(by, queries.whole_snapshots(), snapshot)
    changes = queries.changes(row)
    context = {
        "snapshot": row,
        "source": row.source,
        "paragraphs": row.text[:SHOWN].split("\n\n") if row.text else [],
        "is_cut": len(row.text) > SHOWN,
        "is_picture": bool(row.original and raster_type(queries.start_of(row))),
        "stretches": stretches(changes.rows),
        "compared": queries.COMPARED if changes.is_cut else 0,
        "may_write": by.may(Role.REVIEWER),
    }
    return render(request, "snapshots/snapshot.html", context)


@require_safe
def snapshot_file(request: Request, desk: str, snapshot: UUID) -> HttpResponse:
    """The bytes as they came: a picture that runs nothing is shown, everything else is a file to save."""
    by = access.member(request, desk)
    row = access.found(by, Snapshot.objects.select_related("original", "source").defer("text"), snapshot)
    if row.original is None:
        raise Http404("There is no copy here.")
    content = bytes(row.original.content)
    media_type = raster_type(content)
    answer = HttpResponse(content, content_type=media_type or "application/octet-stream")
    saved = not media_type or "save" in request.GET
    name = file_name(row.filename, str(row.source), guess_extension(row.media_type) or ".bin")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=saved, filename=name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = INERT
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
