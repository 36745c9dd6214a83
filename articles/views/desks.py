"""The way in, and the desk: whose turn it is, and what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from articles import access, actions
from articles.forms.desks import SeenForm
from articles.http import number_of
from articles.models import Role
from articles.queries import asking as of_queries
from articles.queries import desks as queries
from articles.queries import news as of_news
from articles.queries import work
from articles.queries.arrivals import waiting_number

if TYPE_CHECKING:
    from articles.http import Request
    from articles.models import Membership
    from articles.queries.work import Claims


class Words(NamedTuple):
    """How a list is headed, in which order it is, and what is said where it is empty; ``quiet`` on the desk's page."""

    title: str
    order: str
    empty: str
    hint: str = ""
    quiet: str = ""


WORDS = {
    "returned": Words(
        "Returned to you",
        "Verdicts that a second person sent back, the latest first.",
        "Nothing is returned to you",
        "When a second person sends a verdict of yours back, it stands here with the reason.",
    ),
    "reopened": Words(
        "Reopened",
        "Claims of yours that were approved and have to be checked again, the latest first.",
        "None of your claims is reopened",
        "An approved claim is reopened by a person, or because what was approved has changed.",
    ),
    "due": Words(
        "Due soon",
        "Your claims that are overdue or due within three days, the earliest first.",
        "Nothing of yours is due soon",
        "A claim gets its due date on its page, or with others in the list of claims.",
    ),
    "due-on-desk": Words(
        "Due soon",
        "Claims of the whole desk that are overdue or due within three days, the earliest first.",
        "Nothing on the desk is due soon",
        "A claim gets its due date on its page, or with others in the list of claims.",
    ),
    "check": Words(
        "Yours to check",
        "Open claims that you have and claims that you are checking: what is due first, then by priority.",
        "No claim is assigned to you",
        "Open an article and start to check one of its claims: it is yours then.",
        "No claim is assigned to you. Take one up in an article below.",
    ),
    "review": Words(
        "Waiting for your review",
        "Verdicts that colleagues found. The one that has waited longest comes first.",
        "Nothing waits for you",
        "As soon as a colleague gives a verdict, it stands here until a second person has agreed or sent it back.",
        "Nothing waits for a second person.",
    ),
    "waiting": Words(
        "Waiting for someone else",
        "Your verdicts that a second person has not looked at yet. The one that has waited longest comes first.",
        "None of your verdicts waits",
        "A verdict that you hand on stands here until a second person has agreed or sent it back.",
    ),
    "recheck": Words(
        "To be checked again",
        "Approved claims whose day for a recheck has come, the longest due first.",
        "No claim is to be checked again",
        "A verdict can name the day on which it should be looked at again; the claim stands here from then on.",
    ),
}
FOR_READERS = "Waiting for a second person"


class Section(NamedTuple):
    name: str
    title: str
    claims: Claims
    empty: str


@require_safe
def home(request: Request) -> HttpResponse:
    memberships = queries.desks_of(request.user)
    if len(memberships) == 1:
        return redirect(memberships[0].desk)
    return render(request, "desk/choose.html", {"memberships": memberships})


@require_safe
def desk(request: Request, desk: str) -> HttpResponse:
    by = access.member(request, desk)
    sections, articles = _sections(by), queries.in_progress(by.desk)
    context = {
        "sections": sections,
        "queries": of_queries.open_queries(by) if by.may(Role.REVIEWER) else [],
        "open_queries": of_queries.open_number(by.desk),
        "has_work": bool(articles) or any(section.claims.rows for section in sections),
        "articles": articles,
        "news": of_news.news(by),
        "happenings": queries.recent(by.desk),
        "may_add": by.may(Role.REVIEWER),
        "arriving": waiting_number(by.desk),
    }
    return render(request, "desk/desk.html", context)


@require_safe
def work_list(request: Request, desk: str, part: str) -> HttpResponse:
    by = access.member(request, desk)
    if part not in work.PARTS:
        raise Http404("There is no such list.")
    after = request.GET.get("after", "")
    page, words = work.page(by, work.PARTS[part], after), WORDS[part]
    context: dict[str, Any] = {
        "page": page,
        "part": part,
        "is_later": bool(after),
        "title": _title(part, by),
        "order": words.order,
        "empty": words.empty,
        "hint": words.hint,
        "next": f"?{urlencode({'after': page.after})}" if page.after else "",
    }
    return render(request, "work/list.html", context)


@require_safe
def desk_news(request: Request, desk: str) -> HttpResponse:
    by = access.member(request, desk)
    news = of_news.news(by, before=number_of(request.GET.get("before", "")), size=of_news.PAGE)
    following = f"?before={news.older}" if news.older else ""
    return render(request, "desk/all_news.html", {"news": news, "head": news.head, "next": following})


@require_POST
def desk_seen(request: Request, desk: str) -> HttpResponse:
    by = access.member(request, desk)
    form = SeenForm(request.POST)
    if not form.is_valid():
        return HttpResponse(
            "Load the page again: it does not say what was seen.", status=422, content_type="text/plain"
        )
    actions.looking.looked(by=by, number=form.cleaned_data["number"])
    return redirect(by.desk)


def _sections(by: Membership) -> list[Section]:
    """A reader sees what waits for a second person, and has no work."""
    parts = work.MINE if by.may(Role.REVIEWER) else (work.REVIEW,)
    found = work.work_of(by, parts)
    return [Section(name, _title(name, by), claims, WORDS[name].quiet) for name, claims in found.items()]


def _title(part: str, by: Membership) -> str:
    return WORDS[part].title if part != "review" or by.may(Role.REVIEWER) else FOR_READERS
