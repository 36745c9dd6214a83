"""Claim sheets: what is ready and what is missing, the sign-off, the editions and their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, reselect, reswap, retarget

from articles import access, actions, history
from articles.actions.sheets import OutOfDate, unfinished
from articles.errors import Refused
from articles.forms.sheets import SignOffForm
from articles.http import conflict, invalid
from articles.http import request_id as request_id_of
from articles.models import Article, Claim, Role, SheetEdition, Story
from articles.queries import sheets as queries
from articles.queries.asking import open_on_articles
from articles.queries.desks import recent
from articles.queries.history import last_number
from articles.queries.origins import counts_of, missing_of
from articles.sheets import json
from articles.sheets.differences import differences
from articles.sheets.edition import claims_not_named, contents_of
from articles.sheets.formats import FORMATS
from articles.sheets.summary import summary_of

if TYPE_CHECKING:
    from articles.http import Request
    from articles.models import ClaimSheet, Membership
    from articles.sheets.content import Contents

SHEET = "sheets/sheet.html"


@require_safe
def sheet_list(request: Request, desk: str) -> HttpResponse:
    by = access.member(request, desk)
    found = queries.sheet_list(by.desk, request.GET.get("after"))
    may_open = by.may(Role.REVIEWER)
    articles, stories = queries.without_sheet(by.desk) if may_open else ([], [])
    context = {
        "rows": found.rows,
        "next": f"?after={found.after}" if found.after else "",
        "newest": request.path if request.GET.get("after") else "",
        "articles": articles,
        "stories": stories,
        "may_open": may_open,
    }
    return render(request, "sheets/list.html", context)


@require_POST
def article_sheet(request: Request, desk: str, article: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, Article, article)
    sheet = actions.sheets.open_sheet(by=by, article=row, request_id=request_id_of(request))
    return _to(request, reverse("articles:sheet", args=[by.desk.slug, sheet.pk]))


@require_POST
def story_sheet(request: Request, desk: str, story: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = access.found(by, Story, story)
    sheet = actions.sheets.open_sheet(by=by, story=row, request_id=request_id_of(request))
    return _to(request, reverse("articles:sheet", args=[by.desk.slug, sheet.pk]))


@require_safe
def sheet(request: Request, desk: str, sheet: UUID) -> HttpResponse:
    by = access.member(request, desk)
    return render(request, SHEET, _sheet_context(by, access.found(by, queries.whole_sheets(), sheet)))


@require_POST
def sheet_sign_off(request: Request, desk: str, sheet: UUID) -> HttpResponse:
    by = access.editor(request, desk)
    row = access.found(by, queries.whole_sheets(), sheet)
    form = SignOffForm(request.POST)
    if not form.is_valid():
        return _whole_page(request, invalid(request, SHEET, _sheet_context(by, row, form)))
    told = form.cleaned_data
    try:
        edition = actions.sheets.sign_off(
            by=by,
            sheet=row,
            expected=told["expected"],
            reason=told["reason"],
            leave_out=told["leave_out"],
            request_id=told["request_id"],
        )
    except Refused as refusal:
        form.refuse(refusal)
        return _whole_page(request, invalid(request, SHEET, _sheet_context(by, row, form)))
    except OutOfDate:
        return _whole_page(request, conflict(request, SHEET, _conflict_context(by, row, form)))
    messages.success(request, f"Edition {edition.number} is signed off.")
    return _to(request, reverse("articles:edition", args=[by.desk.slug, row.pk, edition.number]))


@require_safe
def edition(request: Request, desk: str, sheet: UUID, edition: int) -> HttpResponse:
    by = access.member(request, desk)
    row = _edition(by, sheet, edition)
    return render(request, "sheets/edition.html", _edition_context(row))


@require_safe
def edition_download(request: Request, desk: str, sheet: UUID, edition: int, format: str) -> HttpResponse:  # noqa: A002  # its name in the address
    """The bytes that were kept when the edition was signed off. They never change, so their hash is their ETag."""
    by = access.member(request, desk)
    row = _edition(by, sheet, edition)
    file = row.files.filter(format=format).first()
    if file is None or format not in FORMATS:
        raise Http404("This edition has no such file.")
    response = HttpResponse(bytes(file.content), content_type=FORMATS[format].media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=_file_name(row, format))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = etag = quote_etag(file.sha256)
    return get_conditional_response(request, etag=etag, response=response) or response


def _sheet_context(by: Membership, sheet: ClaimSheet, form: SignOffForm | None = None) -> dict[str, Any]:
    """With a ``form`` that was refused it stays on the page, whatever the sheet says by now."""
    contents = contents_of(sheet)
    editions = queries.editions_of(sheet)
    last = sheet.editions.first() if editions else None
    changes = _changes(last, contents) if last else []
    may_sign = by.may(Role.EDITOR) and bool(contents.claims) and (last is None or bool(changes))
    shown = form or SignOffForm(initial={"expected": json.digest_of(contents), "seen": last_number(by.desk)})
    if last:
        shown.ask_for_reason()
    return {
        "sheet": sheet,
        "contents": contents,
        "summary": summary_of(contents),
        "editions": editions,
        "last": last,
        "changes": changes,
        "unfinished": unfinished(contents),
        "unsourced": _unsourced(by, contents),
        "asked": _asked(by, contents),
        "not_named": claims_not_named(contents),
        "form": shown,
        "signs": may_sign or form is not None,
    }


def _unsourced(by: Membership, contents: Contents) -> list[dict[str, Any]]:
    """Claims of which the desk's sourcing rule asks for more, by their numbers; that is said and blocks nothing."""
    rows = Claim.objects.filter(desk=by.desk, pk__in=[claim.id for claim in contents.claims]).only("desk_id")
    origins = counts_of(rows)
    told = [(claim, missing_of(by.desk, origins[UUID(claim.id)])) for claim in contents.claims]
    return [{"claim": claim, "misses": misses} for claim, misses in told if misses]


def _asked(by: Membership, contents: Contents) -> list[tuple[Any, int]]:
    """The articles about which queries are open, with how many."""
    numbers = open_on_articles(by.desk_id, [UUID(str(article.id)) for article in contents.articles])
    found = [(article, numbers.get(UUID(str(article.id)), 0)) for article in contents.articles]
    return [(article, number) for article, number in found if number]


def _conflict_context(by: Membership, sheet: ClaimSheet, form: SignOffForm) -> dict[str, Any]:
    """The sheet as it is now, what happened meanwhile, and the words the editor had typed."""
    context = _sheet_context(by, sheet)
    context["form"].initial["reason"] = form.cleaned_data["reason"]
    return context | {"signs": True, "happened": recent(by.desk, after=form.cleaned_data["seen"])}


def _edition_context(row: SheetEdition) -> dict[str, Any]:
    frozen = json.read(row.content)
    editions = queries.editions_of(row.sheet)
    before = row.sheet.editions.filter(number=row.number - 1).first()
    return {
        "sheet": row.sheet,
        "edition": row,
        "frozen": frozen,
        "contents": frozen.contents,
        "summary": summary_of(frozen.contents),
        "files": sorted(row.files.all(), key=lambda file: file.format),
        "problems": history.problems_of(row),
        "changes": _changes(before, frozen.contents) if before else [],
        "editions": editions,
        "newest": editions[0],
    }


def _changes(before: SheetEdition, after: Contents) -> list[str]:
    frozen = json.read(before.content)
    return differences(frozen.contents, after, format=frozen.format)


def _edition(by: Membership, sheet: UUID, number: int) -> SheetEdition:
    row = access.found(by, queries.whole_sheets(), sheet)
    edition = row.editions.select_related("signed_by").filter(number=number).first()
    if edition is None:
        raise Http404("This sheet has no such edition.")
    edition.sheet = row
    return edition


def _file_name(edition: SheetEdition, suffix: str) -> str:
    title = slugify(str(edition.sheet), allow_unicode=True)[:60].rstrip("-_")
    return f"{title or 'claim-sheet'}-edition-{edition.number}.{suffix}"


def _whole_page(request: Request, response: HttpResponse) -> HttpResponse:
    """For htmx: the answer is the page again and no part of it, because what was to be signed stands all over it."""
    return reselect(retarget(reswap(response, "outerHTML"), "#main"), "#main") if request.htmx else response


def _to(request: Request, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
