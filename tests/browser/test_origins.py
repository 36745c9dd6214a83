"""Origins in a browser: a place is traced by the keyboard, a copy gets one origin, the rule says what is missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles import actions
from articles.actions.origins import Root
from articles.models import Claim, Origin
from tests.browser.person import Person
from tests.factories import Cast, make_copied, make_desk, make_highlight, make_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def people(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def claim(people: Cast) -> Claim:
    """In two outlets with the same text, and in a third in words of its own."""
    claim = make_copied(by=people.bob)
    version = make_version(by=people.bob, outlet="Hill Gazette", text="Bridge closed\n\nThree were hurt on the bridge.")
    make_highlight(by=people.bob, version=version, quote="Three were hurt", claim=claim)
    return claim


@pytest.fixture
def erin(people: Cast, browser: Browser, live_server: LiveServer) -> Iterator[Person]:
    person = Person(browser, live_server.url, "erin")
    yield person
    complaints = [said for said in person.complaints if "422" not in said]
    person.close()
    assert complaints == []


def missing(page: Page, words: str) -> None:
    expect(page.locator("#claim-panel")).to_contain_text(f"Still missing: {words}.")


@pytest.mark.parametrize("beside", ["the article", "nothing"])
def test_from_nothing_known_to_enough(erin: Person, people: Cast, claim: Claim, beside: str) -> None:
    statement = actions.origins.add(by=people.bob, root=Root(name="Statement of the mayor", kind="statement"))
    page = erin.page
    article = claim.highlights.order_by("pk")[0].version.article_id
    home = f"/d/{people.desk.slug}"
    page.goto(
        f"{home}/articles/{article}/?claim={claim.pk}" if beside == "the article" else f"{home}/claims/{claim.pk}/"
    )
    panel = page.locator("#claim-panel")
    expect(panel).to_contain_text("3 outlets, no origin known")
    missing(page, "two independent origins, or a primary source")

    # The copy: a new origin for both places, in one step.
    copy = panel.get_by_role("region", name=re.compile("The same copy in River Post, Vale Mirror"))
    copy.get_by_text("Give them one origin").click()
    copy.get_by_label("Comes from").fill("Dispatch 41")
    copy.get_by_label("Kind, if it is new").select_option("Wire dispatch")
    copy.get_by_role("button", name="Give them this origin").click()
    expect(panel).to_contain_text("3 outlets, 1 independent origin, 1 unknown")
    expect(copy).to_have_count(0)
    missing(page, "one more independent origin, or a primary source")

    # The third place: by the keyboard alone, found again while it is typed.
    panel.get_by_role("link", name="Say where Hill Gazette has it from").focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_label("Comes from")).to_be_focused()
    page.keyboard.type("mayor")
    expect(panel.get_by_role("listbox", name="Origins").get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(panel.get_by_label("Comes from")).to_have_value("Statement of the mayor")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("3 outlets, 2 independent origins")
    expect(panel).not_to_contain_text("Still missing")
    assert claim.highlights.get(version__article__outlet__name="Hill Gazette").origin == statement

    # What leads where, and the dispatch turns out to be the mayor's statement.
    panel.get_by_text("3 outlets, 2 independent origins").click()
    panel.locator("details.more").get_by_role("link", name="Dispatch 41").click()
    page.get_by_text("Edit what is said about it").click()
    page.get_by_label("Comes from").fill("Statement of the mayor")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Statement of the mayor")).to_be_visible()
    page.goto(f"{home}/claims/{claim.pk}/")
    expect(panel).to_contain_text("3 outlets, 1 independent origin")
    missing(page, "one more independent origin, or a primary source")


def test_the_rule_is_changed_and_a_copy_turned_down(erin: Person, people: Cast, claim: Claim) -> None:
    page = erin.page
    page.goto(f"/d/{people.desk.slug}/people/")
    page.get_by_role("link", name="sourcing rule").click()
    page.get_by_label("Independent origins that are enough").select_option("3")
    page.get_by_label("One primary source is enough instead").uncheck()
    page.get_by_role("button", name="Set the rule").click()
    expect(page.get_by_role("main")).to_contain_text("Now: three independent origins.")

    page.goto(f"/d/{people.desk.slug}/claims/{claim.pk}/")
    missing(page, "three independent origins")
    page.get_by_role("button", name="These are no copies").click()
    expect(page.get_by_text("no copies, says Erin")).to_be_visible()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_role("button", name="These are no copies")).to_be_visible()


def test_without_scripts_a_place_is_traced(
    browser: Browser, live_server: LiveServer, people: Cast, claim: Claim
) -> None:
    alice = Person(browser, live_server.url, "alice", java_script_enabled=False)
    page = alice.page
    page.goto(f"/d/{people.desk.slug}/claims/{claim.pk}/")

    page.get_by_role("link", name="Say where Hill Gazette has it from").click()
    form = page.locator("form", has=page.locator("[name=whole], [name=origin_name]")).first
    form.get_by_label("Comes from").fill("The mayor")
    form.get_by_role("button", name="Save").click()

    expect(page.locator("#claim-panel")).to_contain_text("3 outlets, 1 independent origin, 2 unknown")
    alice.close()
    assert Origin.objects.get().name == "The mayor"
