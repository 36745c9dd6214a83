"""A query on its way: asked from the text by keyboard, seen by the colleague, answered, closed, and counted no more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect

from articles.models import Query
from tests.browser.person import Person
from tests.factories import Cast, make_article, make_claim, make_desk, make_query

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from articles.models import Article

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = "three people were hurt"
QUESTION = "Who counted them, and when?"
ANSWER = "The county did, on Tuesday evening."


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def article(cast: Cast) -> Article:
    return make_article(by=cast.alice, byline="Lena Corvi")


def test_from_the_text_to_nothing_left(browser: Browser, live_server: LiveServer, cast: Cast, article: Article) -> None:
    alice, bob = (Person(browser, live_server.url, name) for name in ("alice", "bob"))
    bench = reverse("articles:workbench", args=[cast.desk.slug, article.pk])
    alice.page.goto(bench)
    alice.page.wait_for_function("() => customElements.get('workbench-bar') !== undefined")

    alice.select(WORDS)
    alice.page.keyboard.press("q")
    alice.page.get_by_label("Ask", exact=True).select_option("Bob")
    alice.page.locator("#asked-question").fill(QUESTION)
    alice.page.keyboard.press("Control+Enter")
    panel = alice.page.locator("#claim-panel")
    expect(panel).to_contain_text(QUESTION)
    expect(panel.get_by_role("heading", level=2)).to_contain_text("Query to Bob")
    expect(alice.page.locator("article.reading mark[data-stance=question]")).to_have_text(WORDS)
    expect(alice.page.locator("#progress")).to_contain_text("1 open query")

    bob.page.goto(cast.desk.get_absolute_url())
    part = bob.page.locator("section.part", has_text="Queries to you")
    expect(part).to_contain_text(QUESTION)
    expect(bob.page.get_by_role("link", name="Notices, 1 new")).to_be_visible()
    part.get_by_role("link", name=QUESTION).click()
    bob.page.get_by_label("Answer", exact=True).fill(ANSWER)
    bob.page.get_by_label("Answer", exact=True).press("Control+Enter")
    expect(bob.page.locator("#claim-panel")).to_contain_text("answered")
    bob.page.goto(cast.desk.get_absolute_url())
    expect(bob.page.get_by_text("Queries to you")).to_have_count(0)

    alice.page.goto(f"{bench}?claim={Query.objects.get().pk}")
    expect(panel).to_contain_text(ANSWER)
    panel.get_by_text("Close…").click()
    panel.get_by_role("button", name="Close", exact=True).click()
    expect(panel).to_contain_text("Closed by Alice")
    expect(alice.page.locator("article.reading mark")).to_have_count(0)
    expect(alice.page.locator("#progress")).not_to_contain_text("open quer")
    alice.page.goto(cast.desk.get_absolute_url())
    expect(alice.page.get_by_text("open quer")).to_have_count(0)
    expect(alice.page.get_by_text("Your open queries")).to_have_count(0)
    assert (alice.complaints, bob.complaints) == ([], [])
    alice.close()
    bob.close()


def test_it_is_undone_and_done_again(browser: Browser, live_server: LiveServer, cast: Cast, article: Article) -> None:
    alice = Person(browser, live_server.url, "alice")
    page = alice.page
    page.goto(reverse("articles:workbench", args=[cast.desk.slug, article.pk]))
    page.wait_for_function("() => customElements.get('workbench-bar') !== undefined")
    alice.select(WORDS)
    page.locator("button[data-act=query]").click()
    page.locator("#asked-question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    mark = page.locator("article.reading mark")
    expect(mark).to_have_count(1)
    expect(page.locator("#claim-panel")).to_contain_text("Query to Lena Corvi, the author")

    page.locator("article.reading header h1").click()
    page.keyboard.press("Control+z")
    expect(mark).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(mark).to_have_count(1)
    assert alice.complaints == []
    alice.close()


def test_one_that_is_overdue_stands_out_beside_the_article(
    browser: Browser, live_server: LiveServer, cast: Cast, article: Article
) -> None:
    claim = make_claim(by=cast.alice, version=article.versions.get())
    make_query(by=cast.alice, claim=claim, due=timezone.localdate() - timedelta(days=1))
    alice = Person(browser, live_server.url, "alice")
    page = alice.page
    page.goto(f"{reverse('articles:workbench', args=[cast.desk.slug, article.pk])}?claim={claim.pk}")

    expect(page.locator("#claim-panel .due")).to_have_css("font-weight", "600")
    alice.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_asked_about_a_claim_in_its_panel(
    scripts: bool, browser: Browser, live_server: LiveServer, cast: Cast, article: Article
) -> None:
    claim = make_claim(by=cast.alice, version=article.versions.get())
    alice = Person(browser, live_server.url, "alice", java_script_enabled=scripts)
    page = alice.page
    page.goto(f"{reverse('articles:workbench', args=[cast.desk.slug, article.pk])}?claim={claim.pk}")

    asking = page.locator("#query-ask")
    # By key: what a mouse aims at may still move while the page comes to rest.
    asking.locator("summary").press("Enter")
    asking.get_by_label("Question").fill(QUESTION)
    asking.get_by_role("button", name="Ask", exact=True).click()

    section = page.locator("section[aria-labelledby=claim-queries]")
    expect(section).to_contain_text(QUESTION)
    expect(section).to_contain_text("Alice asked Lena Corvi, the author")
    expect(page.locator("#progress")).to_contain_text("1 open query")
    alice.close()


def test_without_scripts_words_are_typed(
    browser: Browser, live_server: LiveServer, cast: Cast, article: Article
) -> None:
    alice = Person(browser, live_server.url, "alice", java_script_enabled=False)
    page = alice.page
    page.goto(reverse("articles:workbench", args=[cast.desk.slug, article.pk]))

    page.get_by_role("link", name="Ask a query").click()
    page.get_by_label("Words of the article").fill(WORDS)
    page.get_by_label("Question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()

    expect(page.get_by_role("heading", name="Query to Lena Corvi, the author")).to_be_visible()
    page.get_by_role("link", name="Bridge over").first.click()
    expect(page.locator("article.reading mark[data-stance=question]")).to_have_text(WORDS)
    alice.close()
