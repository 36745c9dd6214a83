"""The review of what a new version changed: by keys alone, without scripts, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from articles.actions import carrying
from articles.models import Carry, Claim, Highlight, Status
from tests.browser.person import Person
from tests.factories import Cast, fresh, make_article, make_claim, make_desk, make_highlight, take_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.live_server_helper import LiveServer

    from articles.models import ArticleVersion

pytestmark = pytest.mark.browser

TEXT = """Storm over the lower town

The storm broke over the lower town at six, the mayor said. At least 40 boats sank in the harbour.

“We saw the water rise for two days,” said harbour master Jon Ek. Three people were hurt.

The ferries did not run on Sunday. The school stays closed until Friday."""
CHANGES = {
    "At least 40 boats sank": "At least 60 boats sank",
    "Three people were hurt": "Five people were hurt",
    "The ferries did not run on Sunday. ": "",
}
"""What the second version changed; the last is gone from it."""
SAME = "the mayor said"
NOW = "The storm broke over the lower town at six, the mayor said."
"""A sentence of the second version: the first that a person selects there."""


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def approved(cast: Cast) -> Claim:
    """On the boats; the version reopened it."""
    version = make_article(by=cast.alice, text=TEXT, headline="Storm over the lower town").versions.get()
    claim = make_claim(
        by=cast.alice, version=version, quote="At least 40 boats sank", status=Status.APPROVED, reviewer=cast.bob
    )
    for quote in ("Three people were hurt", "The ferries did not run on Sunday.", SAME):
        make_highlight(by=cast.alice, version=version, quote=quote)
    return claim


@pytest.fixture
def version(cast: Cast, approved: Claim) -> ArticleVersion:
    text = TEXT
    for old, new in CHANGES.items():
        text = text.replace(old, new)
    return take_version(approved.highlights.get().version.article, text, by=cast.alice)


@pytest.fixture
def bob(browser: Browser, live_server: LiveServer, version: ArticleVersion) -> Iterator[Person]:
    person = Person(browser, live_server.url, "bob", viewport={"width": 1440, "height": 900})
    yield person
    assert person.complaints == []
    person.close()


def changes(version: ArticleVersion) -> str:
    return f"/d/night-desk/articles/{version.article_id}/versions/{version.number}/changes/"


def open_changes(person: Person, version: ArticleVersion) -> Page:
    person.page.goto(changes(version))
    expect(person.page.locator(".question[data-current]")).to_have_count(1)
    return person.page


def in_hand(page: Page, words: str) -> None:
    """The highlight in hand is the one of these words."""
    expect(page.locator(".question[data-current]")).to_contain_text(words)


def test_everything_is_decided_by_keys(bob: Person, version: ArticleVersion, approved: Claim) -> None:
    page = open_changes(bob, version)
    press = page.keyboard.press
    in_hand(page, "At least 40 boats sank")

    press("j")
    in_hand(page, "Three people were hurt")
    expect(page.locator(".question:focus")).to_contain_text("Three people were hurt")
    press("j")
    in_hand(page, "The ferries did not run")
    press("j")
    in_hand(page, "The ferries did not run")
    press("o")
    expect(page.get_by_role("heading", name="2 highlights wait for you")).to_be_visible()
    in_hand(page, "Three people were hurt")
    press("k")
    in_hand(page, "At least 40 boats sank")
    press("a")
    expect(page.get_by_role("heading", name="1 highlight waits for you")).to_be_visible()
    in_hand(page, "Three people were hurt")

    press("r")
    expect(page.get_by_text("Select the words in which this stands now")).to_be_visible()
    expect(page.locator("text-sentences:not([hidden])")).to_have_count(1)
    press("s")
    expect(page.get_by_role("toolbar")).to_be_visible()
    press("m")

    expect(page.get_by_role("heading", name="Every highlight is decided")).to_be_visible()
    assert page.url.endswith(changes(version))
    assert fresh(approved).status == Status.REOPENED
    live = Highlight.objects.live().filter(version=version).order_by("start", "pk")
    assert sorted(live.values_list("quote", flat=True)) == sorted(["At least 60 boats sank", NOW, SAME])
    assert set(Carry.objects.values_list("decision", flat=True)) == {"carried", "gone"}


def test_a_decision_is_taken_back(bob: Person, version: ArticleVersion) -> None:
    page = open_changes(bob, version)
    page.get_by_role("button", name="Carry it there").first.click()
    expect(page.get_by_role("heading", name="2 highlights wait for you")).to_be_visible()

    page.get_by_text("Decided", exact=True).click()
    page.get_by_role("button", name="Take back").click()

    expect(page.get_by_role("heading", name="3 highlights wait for you")).to_be_visible()
    in_hand(page, "At least 40 boats sank")


def test_who_was_slower_sees_what_is_stored(bob: Person, version: ArticleVersion, cast: Cast) -> None:
    page = open_changes(bob, version)
    carry = version.carries.waiting().order_by("highlight__start").first()
    assert carry
    carrying.orphan(by=cast.alice, carry=carry, revision=1)

    page.keyboard.press("a")

    expect(page.get_by_text("This was decided meanwhile.")).to_be_visible()
    expect(page.get_by_role("heading", name="2 highlights wait for you")).to_be_visible()
    bob.complaints.clear()


def test_without_scripts(browser: Browser, live_server: LiveServer, version: ArticleVersion) -> None:
    bob = Person(browser, live_server.url, "bob", java_script_enabled=False)
    page = bob.page
    page.goto(changes(version))

    page.get_by_role("button", name="Carry it there").first.click()
    expect(page.get_by_role("heading", name="2 highlights wait for you")).to_be_visible()
    page.get_by_role("link", name="Mark other words").first.click()
    page.get_by_role("link", name="choose a sentence").click()
    page.get_by_role("button", name="Mark this sentence: Five people").click()
    expect(page.get_by_role("heading", name="1 highlight waits for you")).to_be_visible()
    page.get_by_role("button", name="It is gone").click()
    expect(page.get_by_role("heading", name="Every highlight is decided")).to_be_visible()
    page.get_by_role("button", name="Take back").first.click()
    expect(page.get_by_role("heading", name="1 highlight waits for you")).to_be_visible()

    assert Highlight.objects.live().filter(version=version, quote="Five people were hurt.").exists()
    bob.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone(browser: Browser, live_server: LiveServer, version: ArticleVersion, scheme: str) -> None:
    size = {"width": 390, "height": 844}
    bob = Person(browser, live_server.url, "bob", viewport=size, color_scheme=scheme)
    page = open_changes(bob, version)

    for button in ("Carry it there", "It is gone"):
        box = page.get_by_role("button", name=button).first.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["height"] >= 24
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"] == []
    assert bob.complaints == []
    bob.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_older_version_is_read_as_it_stood(
    browser: Browser, live_server: LiveServer, version: ArticleVersion, width: int
) -> None:
    bob = Person(browser, live_server.url, "bob", viewport={"width": width, "height": 844})
    page = bob.page
    page.goto(f"/d/night-desk/articles/{version.article_id}/?version=1")

    expect(page.get_by_text("This is version 1, with its highlights as they stood.")).to_be_visible()
    expect(page.locator("#text mark")).to_have_count(4)
    page.locator("#text mark .no").first.click()
    expect(page.locator("#claim-panel")).to_be_visible()
    assert "version=1" in page.url
    page.get_by_role("link", name="What changed since?").click()
    expect(page.locator("ins", has_text="60")).to_be_visible()
    assert bob.complaints == []
    bob.close()
