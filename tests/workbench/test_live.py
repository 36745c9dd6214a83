"""A page that asks what others did: what it is told, what it costs, and where people are."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import actions
from articles.briefing import briefed
from articles.models import AuditEvent, Presence, Status
from articles.queries import live
from tests.factories import edit_claim, make_claim, make_highlight, make_passage, make_version, take_version
from tests.workbench.conftest import BOATS, HTMX, TEXT, span

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

    from articles.models import ArticleVersion, Membership

# The events of one transaction belong together, so that each act has to be one of its own.
pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "0123456789ab"
ASKED = 3
"""Queries that say who asks: the session, the person, the member."""


class Page:
    """An article that someone has open in a browser."""

    def __init__(self, by: Membership, version: ArticleVersion, page: str = PAGE) -> None:
        self.client = Client()
        self.client.force_login(by.person)
        self.url = f"/d/night-desk/articles/{version.article_id}/"
        self.version = version
        self.page = page
        html = self.client.get(self.url).content.decode()
        self.tag = re.search(r'name="tag" value="([\d.]+)"', html)[1]  # type: ignore[index]  # it is always there

    def beat(self, **where: Any) -> Answer:
        answer = self.client.post(f"{self.url}live/", {"tag": self.tag, "page": self.page} | where, headers=HTMX)
        self.tag = answer.headers["ETag"].strip('"')
        return answer

    def told(self, **where: Any) -> str:
        return " ".join(re.sub(r"<[^>]*>", " ", self.beat(**where).content.decode()).split())

    def show(self, **more: Any) -> Answer:
        asked = {"tag": self.tag, "page": self.page, "version": str(self.version.pk)} | more
        return self.client.get(f"{self.url}live/show/", asked, headers=HTMX | {"HX-Target": "panel"})

    def mark(self, quote: str) -> Answer:
        """As the browser does it: the last part of the request's id is that of the page."""
        request_id = f"{str(uuid.uuid4())[:-12]}{self.page}"
        return self.client.post(f"{self.url}mark/", span(self.version, quote, request_id=request_id), headers=HTMX)


@pytest.fixture
def page(alice: Membership, version: ArticleVersion) -> Page:
    return Page(alice, version)


def test_what_others_did_is_told_in_words(
    page: Page, bob: Membership, erin: Membership, version: ArticleVersion
) -> None:
    make_claim(by=bob, version=version, quote=BOATS, status=Status.IN_REVIEW)
    make_highlight(by=bob, version=version, quote="Three people")
    make_highlight(by=erin, version=version, quote="The storm")

    told = page.told()

    assert told.startswith("5 changes Bob marked 2 claims, added evidence and gave a verdict. Erin marked a claim.")
    assert "Show" in told


def test_nothing_new_is_answered_without_words(page: Page) -> None:
    answer = page.beat()

    assert (answer.status_code, answer.content) == (204, b"")


def test_what_was_told_is_not_told_again(page: Page, bob: Membership, version: ArticleVersion) -> None:
    make_highlight(by=bob, version=version, quote=BOATS)

    assert [page.beat().status_code for _ in range(3)] == [200, 204, 204]


def test_more_is_told_together_with_what_was_told_before(page: Page, bob: Membership, version: ArticleVersion) -> None:
    make_highlight(by=bob, version=version, quote=BOATS)
    page.beat()
    make_highlight(by=bob, version=version, quote="Three people")

    assert page.told().startswith("2 changes Bob marked 2 claims.")


def test_what_is_done_on_the_page_is_no_news_to_it(page: Page, bob: Membership, version: ArticleVersion) -> None:
    page.mark(BOATS)
    assert page.beat().status_code == 204
    make_highlight(by=bob, version=version, quote="Three people")
    page.mark("The storm")

    assert page.told().startswith("1 change Bob marked a claim.")


def test_another_tab_of_the_same_person_is(page: Page, alice: Membership, version: ArticleVersion) -> None:
    Page(alice, version, "ba9876543210").mark(BOATS)

    assert page.told().startswith("1 change You marked a claim in another tab.")


def test_what_follows_from_an_act_is_not_counted(page: Page, bob: Membership, version: ArticleVersion) -> None:
    highlight = make_highlight(by=bob, version=version, quote=BOATS)
    actions.highlights.remove(by=bob, highlight=highlight)

    assert page.told().startswith("2 changes Bob marked a claim and removed a highlight.")


def test_what_followed_from_an_act_elsewhere_is(alice: Membership, bob: Membership, version: ArticleVersion) -> None:
    claim = make_claim(by=alice, version=version, quote=BOATS, status=Status.APPROVED, reviewer=bob)
    page = Page(alice, version)
    make_highlight(by=bob, claim=claim)

    assert page.told().startswith("1 change Bob found a claim in another place.")


def test_other_articles_are_no_news(page: Page, bob: Membership) -> None:
    before = page.tag
    make_claim(by=bob, version=make_version(by=bob), status=Status.IN_REVIEW)

    assert page.beat().status_code == 204
    assert int(page.tag.split(".")[0]) > int(before.split(".")[0])


def test_edits_of_a_claim_and_passages_used_for_it_are_news(
    alice: Membership, bob: Membership, version: ArticleVersion
) -> None:
    claim = make_claim(by=alice, version=make_version(by=alice))
    evidence = make_passage(by=alice, claim=claim, version=version, quote=BOATS)
    page = Page(alice, version)
    edit_claim(claim, by=bob, text="It is worded better.")
    assert page.beat().status_code == 204
    actions.evidence.withdraw(by=bob, evidence=evidence)

    assert page.told().startswith("1 change Bob withdrew evidence.")
    assert f">{BOATS}" not in page.show().content.decode()


def test_a_border_that_moved_away_is_shown_in_the_blocks_it_left(
    page: Page, bob: Membership, version: ArticleVersion
) -> None:
    highlight = make_highlight(by=bob, version=version, quote=TEXT.split("\n\n")[1])
    start = highlight.start
    actions.highlights.adjust(
        by=bob, highlight=highlight, revision=1, start=start, end=start + 9, quote=TEXT[start : start + 9]
    )
    assert page.told().startswith("2 changes Bob marked a claim and moved the borders of a highlight.")

    assert page.show().content.decode().count("data-o=") == 1


def test_a_new_version_is_opened_anew(page: Page, bob: Membership, version: ArticleVersion) -> None:
    take_version(version.article, f"{TEXT}\n\nMore.", by=bob)

    answer = page.beat().content.decode()

    assert "Bob stored a new version of the text." in answer
    assert "Open the article anew</a>" in answer
    assert "data-o" not in page.show().content.decode()


def test_more_than_can_be_read_at_once(
    page: Page, bob: Membership, version: ArticleVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "READ_AT_ONCE", 3)
    for quote in (BOATS, "Three people", "The storm"):
        make_highlight(by=bob, version=version, quote=quote)

    told = page.told()

    assert told.startswith("Many changes")
    assert told.endswith("Open the article anew")


def test_showing_brings_the_blocks_and_the_panel(page: Page, bob: Membership, version: ArticleVersion) -> None:
    make_highlight(by=bob, version=version, quote=BOATS)
    gone = make_highlight(by=bob, version=version, quote="Three people")
    actions.highlights.remove(by=bob, highlight=gone)
    page.beat()

    answer = page.show()

    html = answer.content.decode()
    assert html.count("data-o=") == 2
    assert f"{BOATS}</mark>" in html
    assert "1 claim" in html
    assert 'id="progress" hx-swap-oob="true"' in html
    told = re.search(r'"tag": "([\d.]+)"', answer.headers["HX-Trigger-After-Settle"])
    assert told
    page.tag = told[1]
    assert page.beat().status_code == 204


def test_the_panel_stays_when_something_is_typed_there(page: Page, bob: Membership, version: ArticleVersion) -> None:
    make_highlight(by=bob, version=version, quote=BOATS)

    answer = page.show(keep=1)

    assert answer.headers["HX-Reswap"] == "none"
    assert "stays as it is, because something is typed there" in answer.content.decode()
    assert 'id="panel-body"' not in answer.content.decode()


def test_who_else_is_here_and_where(page: Page, bob: Membership, version: ArticleVersion) -> None:
    claim = make_claim(by=bob, version=version, quote=BOATS)
    page.beat()
    Page(bob, version).beat(block=27, claim=claim.pk)

    answer = page.beat().content.decode()

    assert f'<a href="#b27" data-block="27" data-claim="{claim.pk}">Bob</a>' in answer
    assert "Alice" not in answer
    assert page.beat().status_code == 204


def test_who_left_is_gone(page: Page, bob: Membership, version: ArticleVersion) -> None:
    Page(bob, version).beat()
    assert page.told() == "Bob"
    long_ago = timezone.now() - timedelta(seconds=live.AWAY_AFTER + 1)
    Presence.objects.filter(person_id=bob.person_id).update(seen_at=long_ago)

    assert page.told() == ""
    assert page.beat().status_code == 204


def test_people_on_other_articles_are_not_here(page: Page, bob: Membership) -> None:
    Page(bob, make_version(by=bob)).beat()

    assert page.beat().status_code == 204


def test_to_be_somewhere_is_no_act(page: Page, rita: Membership, version: ArticleVersion) -> None:
    before = AuditEvent.objects.count()

    assert Page(rita, version).beat(block=3).status_code == 204
    assert AuditEvent.objects.count() == before
    assert Presence.objects.filter(person_id=rita.person_id, block=3).exists()


@pytest.mark.parametrize("changes", [0, 20])
def test_one_query_besides_signing_in(page: Page, bob: Membership, version: ArticleVersion, changes: int) -> None:
    Page(bob, version).beat()
    for _ in range(changes):
        make_highlight(by=bob, version=version, quote=BOATS)

    with CaptureQueriesContext(connection) as queries:
        page.beat()

    assert len(queries) == ASKED + 1, [query["sql"] for query in queries]


def test_asking_does_not_keep_a_session_alive(page: Page) -> None:
    stored = _expiry(page)

    answer = page.beat()

    assert not answer.cookies
    assert _expiry(page) == stored


def test_a_signed_out_page_is_told_so_and_nothing_else(page: Page) -> None:
    page.client.logout()

    answer = page.client.post(f"{page.url}live/", headers=HTMX)

    assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.parametrize("sent", [{}, {"tag": "x", "page": "<b>", "block": "-1", "claim": "no"}, {"tag": "9" * 30}])
def test_what_cannot_be_understood_asks_for_nothing(
    page: Page, bob: Membership, version: ArticleVersion, sent: dict[str, str]
) -> None:
    make_highlight(by=bob, version=version, quote=BOATS)

    answer = page.client.post(f"{page.url}live/", sent, headers=HTMX)

    assert answer.status_code == 204
    assert re.fullmatch(r'"\d+\.\d+\.\."', answer.headers["ETag"])


def test_an_article_of_another_desk_is_not_found(page: Page, mallory: Membership) -> None:
    other = make_version(by=mallory)

    assert page.client.post(f"/d/night-desk/articles/{other.article_id}/live/").status_code == 404
    assert not Presence.objects.filter(article_id=other.article_id).exists()


def test_an_older_version_asks_for_nothing(page: Page, bob: Membership, version: ArticleVersion) -> None:
    take_version(version.article, f"{TEXT}\n\nMore.", by=bob)

    assert "live-changes" not in page.client.get(page.url, {"version": 1}).content.decode()


def test_an_act_without_words_is_told_all_the_same() -> None:
    one = live.News(1, "1", "Bob", False, "highlight.turned", False, "highlight", None, None)

    assert briefed([one, one]).sentences == ("Bob made 2 other changes.",)


def _expiry(page: Page) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT expire_date FROM django_session WHERE session_key = %s", [page.client.session.session_key]
        )
        return cursor.fetchone()
