"""The versions of an article: their timeline, two of them compared, and the review of what a new one changed."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, reswap

from articles import access
from articles.actions import carrying
from articles.errors import Refused, Stale
from articles.forms.base import EditForm
from articles.forms.highlights import first_error
from articles.forms.versions import AcceptForm, CompareForm, RemarkForm, RemarkSentenceForm
from articles.models import Article, Role
from articles.queries import versions as queries

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from articles.http import Request
    from articles.models import ArticleVersion, Carry, Membership


@require_safe
def version_list(request: Request, desk: str, article: UUID) -> HttpResponse:
    by = access.member(request, desk)
    row = _article(by, article)
    context = {"article": row, "versions": queries.timeline(row), "may_add": by.may(Role.REVIEWER)}
    return render(request, "versions/list.html", context)


@require_safe
def version_compare(request: Request, desk: str, article: UUID) -> HttpResponse:
    """Any two versions; without numbers the newest and the one before."""
    by = access.member(request, desk)
    row = _article(by, article)
    numbers = list(row.versions.order_by("-number").values_list("number", flat=True))
    form = CompareForm(request.GET)
    form.is_valid()
    new = form.cleaned_data.get("new") or numbers[0]
    old = form.cleaned_data.get("old") or max(1, new - 1)
    compared = queries.comparison(_version(row, old), _version(row, new))
    context = {"article": row, "compared": compared, "numbers": numbers}
    return render(request, "versions/compare.html", context)


@require_safe
def version_changes(request: Request, desk: str, article: UUID, version: int) -> HttpResponse:
    by = access.member(request, desk)
    """What a version changed; 404 for the first, which has none before it."""
    row = _version(_article(by, article), version)
    return render(request, "versions/changes.html", _changes(by, row))


@require_POST
def carry_accept(request: Request, desk: str, carry: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = _carry(by, carry)
    form = AcceptForm(request.POST)

    def accept() -> Carry:
        start, end = form.span()
        return carrying.accept(by=by, carry=row, start=start, end=end, **_sent(form))

    return _decide(request, by, row, form, accept, said="It goes on there.")


@require_POST
def carry_orphan(request: Request, desk: str, carry: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = _carry(by, carry)
    form = EditForm(request.POST)

    def orphan() -> Carry:
        return carrying.orphan(by=by, carry=row, **_sent(form))

    return _decide(request, by, row, form, orphan, said="Its place is gone from this version.")


@require_POST
def carry_remark(request: Request, desk: str, carry: UUID) -> HttpResponse:
    """Words marked at the workbench: the answer leads back to the changes."""
    by = access.reviewer(request, desk)
    row = _carry(by, carry)
    form: RemarkForm | RemarkSentenceForm
    by_sentence = "sentence" in request.POST
    form = RemarkSentenceForm(request.POST, text=row.version.text) if by_sentence else RemarkForm(request.POST)

    def remark() -> Carry:
        return carrying.remark(by=by, carry=row, **asdict(form.selection()), **_sent(form))

    return _decide(request, by, row, form, remark, said="Marked.", goes_back=True)


@require_POST
def carry_reconsider(request: Request, desk: str, carry: UUID) -> HttpResponse:
    by = access.reviewer(request, desk)
    row = _carry(by, carry)
    form = EditForm(request.POST)

    def reconsider() -> Carry:
        return carrying.reconsider(by=by, carry=row, **_sent(form))

    return _decide(request, by, row, form, reconsider, said="It waits again.")


def _decide(
    request: Request,
    by: Membership,
    row: Carry,
    form: EditForm,
    act: Callable[[], Carry],
    *,
    said: str,
    goes_back: bool = False,
) -> HttpResponse:
    if not form.is_valid():
        return _refused(request, by, row, first_error(form), goes_back=goes_back)
    try:
        act()
    except Refused as refusal:
        return _refused(request, by, row, refusal.sentence, goes_back=goes_back)
    except Stale as stale:
        return _refused(request, by, row, str(stale), status=409, goes_back=goes_back)
    return _decided(request, by, row, said, goes_back=goes_back)


def _decided(request: Request, by: Membership, row: Carry, said: str, *, goes_back: bool = False) -> HttpResponse:
    messages.success(request, said)
    if request.htmx and not goes_back:
        return render(request, "versions/changes.html#questions", _questions(by, row.version))
    page = _changes_url(row)
    return HttpResponseClientRedirect(page) if request.htmx else redirect(page)


def _refused(
    request: Request, by: Membership, row: Carry, sentence: str, *, status: int = 422, goes_back: bool = False
) -> HttpResponse:
    """Nothing was decided: what is stored now, with the sentence."""
    messages.error(request, sentence)
    if request.htmx and goes_back:
        return reswap(render(request, "workbench/swaps.html", status=status), "none")
    if request.htmx:
        return render(request, "versions/changes.html#questions", _questions(by, row.version), status=status)
    return render(request, "versions/changes.html", _changes(by, row.version), status=status)


def _changes(by: Membership, version: ArticleVersion) -> dict[str, Any]:
    """What the whole page shows: the questions, and the two texts compared."""
    before = _version(version.article, version.number - 1)
    return _questions(by, version) | {"compared": queries.comparison(before, version)}


def _questions(by: Membership, version: ArticleVersion) -> dict[str, Any]:
    newest = version.article.versions.order_by("-number").values_list("number", flat=True)[0]
    return {
        "article": version.article,
        "changes": queries.changes_of(version),
        "may_decide": by.may(Role.REVIEWER) and version.number == newest,
        "newest": newest,
    }


def _sent(form: EditForm) -> dict[str, Any]:
    return {"revision": form.cleaned_data["revision"], "request_id": form.cleaned_data["request_id"]}


def _article(by: Membership, article: UUID) -> Article:
    return access.found(by, Article.objects.select_related("outlet", "story", "desk"), article)


def _version(article: Article, number: int) -> ArticleVersion:
    version = article.versions.filter(number=number).select_related("taken_by", "article__outlet").first()
    if version is None:
        raise Http404("This article has no such version.")
    return version


def _carry(by: Membership, carry: UUID) -> Carry:
    return access.found(by, queries.whole_carries(), carry)


def _changes_url(row: Carry) -> str:
    version = row.version
    return reverse("articles:version-changes", args=[row.desk.slug, version.article_id, version.number])
