"""What a person was told, and that they read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from articles import access, actions
from articles.forms.highlights import first_error
from articles.forms.notices import ReadForm
from articles.models import Notice
from articles.queries import notices as queries

if TYPE_CHECKING:
    from articles.http import Request


@require_safe
def notice_list(request: Request, desk: str) -> HttpResponse:
    by = access.member(request, desk)
    page = queries.notice_page(by, request.GET.get("after"))
    context = {
        "page": page,
        "next": f"?after={page.after}" if page.after else "",
        "has_unread": any(told.notice.read_at is None for told in page.rows),
        "is_first": "after" not in request.GET,
        "mail_is_on": settings.MAIL_IS_ON,
    }
    return render(request, "notices/list.html", context)


@require_POST
def notice_read(request: Request, desk: str) -> HttpResponse:
    """Mark one read and go to what it is about, or all of them that were there when the page was opened."""
    by = access.member(request, desk)
    form = ReadForm(request.POST)
    if not form.is_valid():
        return HttpResponse(first_error(form), status=422, content_type="text/plain; charset=utf-8")
    given = form.cleaned_data
    if not given["notice"]:
        actions.notices.mark_read(by=by, up_to=given["up_to"])
        return redirect("articles:notice-list", desk)
    row = access.found(by, Notice.objects.filter(person_id=by.person_id), given["notice"])
    actions.notices.mark_read(by=by, notice=row)
    (told,) = queries.tell(by, [row])
    if given["batch"] and told.batch:
        return redirect("articles:batch", desk, told.batch)
    if row.query_id:
        return redirect("articles:query", desk, row.query_id)
    return redirect("articles:claim", desk, row.claim_id)
