"""Taking a version out as a file, and looking whether the outlet has changed its text since."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from articles import access, actions
from articles.actions.drafts import corrected_draft
from articles.actions.reading import read_arrival
from articles.http import request_id
from articles.intake.draft import IntakeError
from articles.intake.url import fetch
from articles.models import Article, Method
from articles.views.files import file_name

if TYPE_CHECKING:
    from uuid import UUID

    from articles.http import Request
    from articles.intake.reading import Received
    from articles.models import Arrival, ArticleVersion, Membership


@require_safe
def version_text(request: Request, desk: str, article: UUID, version: int) -> HttpResponse:
    """The text as it is stored, in UTF-8 and character for character, as a file."""
    by = access.member(request, desk)
    row = access.found(by, Article, article)
    taken = row.versions.filter(number=version).only("text", "number").first()
    if taken is None:
        raise Http404("This article has no such version.")
    response = HttpResponse(taken.text.encode(), content_type="text/plain; charset=utf-8")
    name = file_name("", f"{row.headline} version {taken.number}")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@require_POST
def version_check(request: Request, desk: str, article: UUID) -> HttpResponse:
    """Fetch the article's address. Another text leads to its preview; the same one is said, and makes no version."""
    by = access.reviewer(request, desk)
    row = access.found(by, Article.objects.select_related("outlet"), article)
    try:
        received = fetch(row.url)
    except IntakeError as error:
        messages.error(request, str(error))
        return redirect("articles:version-list", desk, article)
    arrival = _brought(request, by, row, received)
    newest = row.versions.order_by("-number").only("number", "text_sha256").first()
    if newest and _is_unchanged(arrival, newest):
        actions.arrivals.discard(by=by, arrival=arrival)
        messages.success(request, f"Nothing changed: the page has the text of version {newest.number}.")
        return redirect("articles:version-list", desk, article)
    return redirect(reverse("articles:arrival", args=[desk, arrival.pk]))


def _brought(request: Request, by: Membership, article: Article, received: Received) -> Arrival:
    arrival = actions.arrivals.bring(
        by=by,
        received=received,
        method=Method.FETCH,
        batch=uuid.uuid4(),
        article=article,
        request_id=request_id(request),
    )
    return read_arrival(by=by, arrival=arrival)


def _is_unchanged(arrival: Arrival, newest: ArticleVersion) -> bool:
    return arrival.draft is not None and corrected_draft(arrival).text_sha256 == newest.text_sha256
