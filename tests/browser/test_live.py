"""Two people on one article: what one does appears to the other when the other wants it, and nothing moves before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, Request, expect

from articles import actions
from tests.browser.person import Person
from tests.browsing import intercept
from tests.factories import Cast, edit_claim, fresh, make_article, make_claim, make_desk, make_highlight, take_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.live_server_helper import LiveServer

    from articles.models import ArticleVersion

BOATS = "At least 40 boats sank"
HURT = "Three people were hurt"
TEXT = "\n\n".join(
    [
        "Storm over the lower town",
        f"The storm broke at six. {BOATS} in the harbour.",
        f"“We saw the water rise,” said Jon Ek. {HURT}.",
        *(f"Paragraph {number} of the report." for number in range(60)),
        "The last sentence of it.",
    ]
)


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def version(cast: Cast) -> ArticleVersion:
    return make_article(by=cast.alice, text=TEXT, headline="Storm over the lower town").versions.get()


@pytest.fixture
def alice(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Person]:
    person = Person(browser, live_server.url, "alice", viewport={"width": 1440, "height": 900})
    yield person
    assert person.complaints == []
    person.close()


def open_article(person: Person, version: ArticleVersion, query: str = "") -> Page:
    """The article, when it has asked for the first time what is new."""
    with person.page.expect_response("**/live/"):
        person.page.goto(f"/d/night-desk/articles/{version.article_id}/{query}")
    return person.page


def ask(page: Page) -> None:
    """Come back to the page, which then asks at once."""
    with page.expect_response("**/live/"):
        page.evaluate("dispatchEvent(new Event('focus'))")


def shown(page: Page) -> None:
    page.get_by_role("button", name="Show what").or_(page.locator("[data-act=show]")).first.click()
    expect(page.locator("#live-news")).to_contain_text("Shown.")


def test_what_another_did_is_told_and_then_shown(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    page = open_article(alice, version)
    page.evaluate("scrollTo(0, 200)")
    place = page.get_by_text("Paragraph 3 of").bounding_box()
    make_highlight(by=cast.bob, version=version, quote=BOATS)

    ask(page)

    expect(page.locator("#live-news")).to_contain_text("1 change Bob marked a claim.")
    assert page.get_by_text("Paragraph 3 of").bounding_box() == place
    expect(page.locator("#text mark")).to_have_count(0)
    shown(page)
    expect(page.locator("#text mark")).to_have_text([BOATS])
    expect(page.locator("#text .no")).to_have_attribute("aria-label", "Claim 1, open")
    expect(page.locator(".claims")).to_contain_text(BOATS)
    expect(page.locator("#progress")).to_contain_text("1 claim left")
    assert page.get_by_text("Paragraph 3 of").bounding_box() == place
    assert page.evaluate("scrollY") == 200


def test_what_is_done_here_is_not_told(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    page = open_article(alice, version)
    alice.mark(BOATS)
    ask(page)
    expect(page.locator("#live-news")).to_be_hidden()
    make_highlight(by=cast.bob, version=version, quote="The storm broke")
    alice.mark(HURT)

    ask(page)

    expect(page.locator("#live-news")).to_contain_text("1 change Bob marked a claim.")


def test_the_other_tab_of_the_same_person_is_told(alice: Person, version: ArticleVersion) -> None:
    page = open_article(alice, version)
    other = alice.context.new_page()
    other.goto(page.url)
    other.get_by_role("link", name="Mark by sentence").click()
    other.locator("button.whole").nth(1).click()
    expect(other.locator("#text mark")).to_have_count(1)

    ask(page)

    expect(page.locator("#live-news")).to_contain_text("You marked a claim in another tab.")


def test_the_claim_in_hand_is_shown_as_it_is_by_now(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    claim = make_claim(by=cast.alice, version=version, quote=BOATS)
    page = open_article(alice, version, f"?claim={claim.pk}")
    edit_claim(claim, by=cast.bob, text="Forty boats sank in the harbour.")
    actions.claims.start(by=cast.bob, claim=fresh(claim))

    ask(page)
    expect(page.locator("#live-news")).to_contain_text("Bob edited a claim and started to check a claim.")
    shown(page)

    expect(page.locator("#claim-panel textarea[name=text]")).to_have_value("Forty boats sank in the harbour.")
    expect(page.locator("#text mark")).to_have_attribute("data-status", "checking")
    expect(page.locator("#text mark")).to_have_attribute("data-active", "")


def test_what_is_being_typed_stays(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    claim = make_claim(by=cast.alice, version=version, quote=BOATS)
    page = open_article(alice, version, f"?claim={claim.pk}")
    page.get_by_label("Rationale").fill("Not sent yet.")
    make_highlight(by=cast.bob, version=version, quote=HURT)

    ask(page)
    shown(page)

    expect(page.locator("#live-news")).to_contain_text("stays as it is, because something is typed there")
    expect(page.get_by_label("Rationale")).to_have_value("Not sent yet.")
    expect(page.locator("#text mark")).to_have_count(2)


def test_words_that_are_selected_stay_so(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    page = open_article(alice, version)
    make_highlight(by=cast.bob, version=version, quote=BOATS)
    ask(page)
    alice.select("The storm broke")

    page.keyboard.press(".")

    expect(page.locator("#live-news")).to_contain_text("Shown.")
    assert page.evaluate("getSelection().toString()") == "The storm broke"
    expect(page.locator("#text mark")).to_have_count(0)
    page.evaluate("getSelection().empty()")
    expect(page.locator("#text mark")).to_have_text([BOATS])


def test_who_is_at_a_number_stays_there(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    claim = make_claim(by=cast.alice, version=version, quote=BOATS)
    page = open_article(alice, version)
    page.locator(f"#text .no[data-claim='{claim.pk}']").focus()
    make_highlight(by=cast.bob, version=version, quote="The storm broke")
    ask(page)

    page.keyboard.press(".")

    expect(page.locator("#text .no:focus")).to_have_attribute("aria-label", "Claim 2, open")
    expect(page.locator("#text .no:focus")).to_have_attribute("data-claim", str(claim.pk))


def test_a_status_that_changes_leaves_the_words_in_their_place(
    alice: Person, version: ArticleVersion, cast: Cast
) -> None:
    """Nothing is laid out again for it: the same elements say something else."""
    claim = make_claim(by=cast.alice, version=version, quote=BOATS)
    page = open_article(alice, version)
    mark = page.locator("#text mark").element_handle()
    actions.claims.start(by=cast.bob, claim=fresh(claim))
    ask(page)
    expect(page.locator("#live-news")).to_contain_text("Bob started to check a claim.")

    page.keyboard.press(".")

    expect(page.locator("#text mark")).to_have_attribute("data-status", "checking")
    assert mark.is_visible()
    assert mark.get_attribute("data-status") == "checking"
    expect(page.locator("#text .no")).to_have_attribute("aria-label", "Claim 1, checking")


def test_a_claim_out_of_sight_does_not_move_the_text(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    claim = make_claim(by=cast.alice, version=version, quote=BOATS)
    page = open_article(alice, version)
    page.locator("#text .no").click()
    expect(page.locator("#claim-panel")).to_be_visible()
    page.evaluate("scrollTo(0, 1500)")
    edit_claim(claim, by=cast.bob, text="Forty boats sank.")
    ask(page)

    shown(page)

    expect(page.locator("#claim-panel textarea[name=text]")).to_have_value("Forty boats sank.")
    assert page.evaluate("scrollY") == 1500


def test_who_else_is_here_and_where(
    alice: Person, browser: Browser, live_server: LiveServer, version: ArticleVersion, cast: Cast
) -> None:
    claim = make_claim(by=cast.alice, version=version, quote=BOATS)
    bob = Person(browser, live_server.url, "bob", viewport={"width": 1440, "height": 900})
    open_article(bob, version, f"?claim={claim.pk}")
    bob.close()

    page = open_article(alice, version)

    expect(page.get_by_role("list", name="Also on this article")).to_have_text("Bob, at claim 1")
    sign, block = page.locator(".people-in-margin span"), page.locator("[data-o]", has_text=BOATS)
    expect(sign).to_have_attribute("title", "Bob")
    [beside, read] = [one.bounding_box() for one in (sign, block)]
    assert beside
    assert read
    assert read["y"] <= beside["y"] < read["y"] + read["height"]
    assert beside["x"] + beside["width"] <= read["x"]
    expect(page.locator(".people-on-map span")).to_have_attribute("title", "Bob")
    page.evaluate("scrollTo(0, 2000)")
    page.get_by_role("link", name="Bob").click()
    expect(block).to_be_in_viewport()


def test_an_ended_session_is_not_felt_until_something_is_done(alice: Person, version: ArticleVersion) -> None:
    page = open_article(alice, version)
    address = page.url
    Session.objects.all().delete()

    ask(page)

    assert page.url == address
    expect(page.locator("#messages")).to_be_empty()
    expect(page.get_by_role("dialog")).to_have_count(0)
    alice.complaints[:] = [said for said in alice.complaints if "401" not in said]


def test_a_server_that_is_away_is_asked_ever_more_seldom(alice: Person, version: ArticleVersion) -> None:
    page = alice.page
    page.clock.install(time=0)
    open_article(alice, version)
    intercept(page, "**/live/", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.clock.pause_at(3_600)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if request.url.endswith("/live/") else None)

    for number, pause in enumerate((10, 20, 40), 1):
        page.wait_for_function("() => document.querySelector('#live-beat:not(.htmx-request)')")
        page.clock.run_for(pause * 1000 - 1)
        assert len(asked) == number - 1
        with page.expect_event("requestfailed"):
            page.clock.run_for(1)
        assert len(asked) == number

    expect(page.locator("#messages")).to_be_empty()
    page.unroute("**/live/")
    ask(page)
    alice.complaints.clear()


def test_a_page_that_is_not_seen_asks_nothing(alice: Person, version: ArticleVersion) -> None:
    page = alice.page
    page.clock.install()
    open_article(alice, version)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if request.url.endswith("/live/") else None)
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")

    page.clock.run_for(60_000)

    assert asked == []
    page.evaluate("delete document.hidden")
    with page.expect_response("**/live/"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_a_new_version_is_opened_anew(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    page = open_article(alice, version)
    take_version(version.article, f"{TEXT}\n\nMore of it.", by=cast.bob)
    ask(page)

    page.get_by_role("link", name="Open the article anew").click()

    expect(page.locator("article.reading")).to_contain_text("More of it.")
    expect(page).to_have_url(re.compile(r"/articles/[0-9a-f-]+/$"))
