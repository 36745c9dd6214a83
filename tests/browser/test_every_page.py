"""Every page of the project: silent console, nothing for axe to object to, nothing wider than the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from articles.models import Query
from tests.browser.looking import AXE, NARROW, WIDE, objections, objections_in_both_widths
from tests.browser.person import Person
from tests.test_access import NEVER, TABLE
from tests.world import World, address, make_world, patterns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

__all__ = ["AXE", "SCREENS"]

SCREENS: dict[str, dict[str, Any]] = {
    "wide and light": {"viewport": WIDE, "color_scheme": "light"},
    "wide and dark": {"viewport": WIDE, "color_scheme": "dark"},
    "narrow and light": {"viewport": NARROW, "color_scheme": "light"},
    "narrow and dark": {"viewport": NARROW, "color_scheme": "dark"},
}
LOADED_IN = ("wide and light", "narrow and dark")
"""Each page is loaded in these two, and then shown in the other width."""
NO_PAGES = {
    "account_logout": "ends the session",
    "account_session": "asked by scripts",
    "mfa_download_recovery_codes": "a download",
    "articles:arrival-original": "a download",
    "articles:article-original": "a download",
    "articles:edition-download": "a download",
    "articles:version-text": "a download",
    "articles:claim-panel": "a part of a page",
    "articles:claim-suggest": "a part of a page",
    "articles:live-show": "a part of a page",
    "articles:snapshot-file": "a download",
    "articles:source-citation": "a download",
    "articles:origin-suggest": "a part of a page",
    "articles:source-suggest": "a part of a page",
    "articles:workbench-blocks": "a part of a page",
    "articles:workbench-claims": "a part of a page",
}


@pytest.fixture
def world(live_server: LiveServer) -> World:
    return make_world(2)


@pytest.mark.parametrize("screen", LOADED_IN)
def test_every_page(browser: Browser, live_server: LiveServer, world: World, screen: str) -> None:
    erin = Person(browser, live_server.url, "erin", **SCREENS[screen])

    wrong = [f"{name}: {words}" for name, url in _pages(world) for words in _objections(erin, url)]

    erin.close()
    assert wrong == []


@pytest.mark.parametrize("screen", SCREENS)
def test_what_keys_open(browser: Browser, live_server: LiveServer, world: World, screen: str) -> None:
    erin = Person(browser, live_server.url, "erin", **SCREENS[screen])
    page = erin.page
    page.goto(f"/d/{world.cast.desk.slug}/articles/{world.article.pk}/")
    page.wait_for_function("() => customElements.get('workbench-map') !== undefined")
    opened = {"c": "text-caret:not([hidden])", "f": "text-find [type=search]", "?": "dialog#keys[open]"}
    wrong = []
    for key, shown in opened.items():
        page.keyboard.press(key)
        page.locator(shown).wait_for()
        wrong += [f"{key}: {words}" for words in objections(page)]
        if key == "f":
            page.keyboard.type("boats")
            wrong += [f"found: {words}" for words in objections(page)]
            page.keyboard.press("Escape")

    erin.close()
    assert wrong == []


@pytest.mark.parametrize("screen", LOADED_IN)
def test_empty_desk(browser: Browser, live_server: LiveServer, world: World, screen: str) -> None:
    mallory = Person(browser, live_server.url, "mallory", **SCREENS[screen])
    desk = f"/d/{world.mallory.desk.slug}"
    places = (
        "",
        "articles/",
        "claims/",
        "sources/",
        "origins/",
        "stories/",
        "review/",
        "sheets/",
        "people/",
        "find/?q=nothing",
        "queries/",
    )
    of_work = ("sourcing/", "notices/", "news/", "work/due/", "work/recheck/")

    wrong = [f"{place}: {words}" for place in (*places, *of_work) for words in _objections(mallory, f"{desk}/{place}")]

    mallory.close()
    assert wrong == []


def _pages(world: World) -> Iterator[tuple[str, str]]:
    for name, pattern in patterns():
        if name not in NO_PAGES and TABLE[name][0] is not NEVER:
            yield name, address(world, name, pattern)
    bench = f"/d/{world.cast.desk.slug}/articles/{world.article.pk}/"
    words = Query.objects.filter(highlight__isnull=False).latest("pk")
    yield "a query in hand", f"{bench}?claim={words.pk}"
    yield "claims with an open query", f"{bench}?asked=on"
    yield "all queries", f"/d/{world.cast.desk.slug}/queries/?status=all"
    yield "a query about words", f"/d/{world.cast.desk.slug}/queries/{words.pk}/"
    yield "a claim in hand", f"{bench}?claim={world.claim.pk}"
    yield "sentence by sentence", f"{bench}?mode=sentences"
    yield "kinds of blocks", f"{bench}?mode=blocks"
    yield "claims of one kind", f"{bench}?kind=event&status=open&status=approved"
    yield "claims like none", f"{bench}?kind=cause&bare=on&mine=on"
    for claim in (world.blind, world.differing):
        yield "what is found apart", f"/d/{world.cast.desk.slug}/review/{claim.pk}/"
        yield "a claim that is found apart", f"/d/{world.cast.desk.slug}/claims/{claim.pk}/"
    yield "an older scale", f"/d/{world.cast.desk.slug}/scale/?version=1"
    yield "to be printed", f"{bench}?print=1"
    yield "many claims at once", f"/d/{world.cast.desk.slug}/claims/many/?article={world.article.pk}&what=due"
    yield "what is due on the desk", f"/d/{world.cast.desk.slug}/work/due-on-desk/"
    yield "tools of a block", f"/d/{world.cast.desk.slug}/articles/arrivals/{world.arrival.pk}/?block=0"
    yield "an unread arrival", f"/d/{world.cast.desk.slug}/articles/arrivals/{world.failed.pk}/"
    yield "discarded arrivals", f"/d/{world.cast.desk.slug}/articles/arrivals/?discarded=1"
    changed = f"/d/{world.cast.desk.slug}/articles/{world.changed.pk}"
    yield "an older version", f"{changed}/?version=1"
    yield "words for a highlight that waits", f"{changed}/?carry={world.carry.pk}"
    yield "sentences for a highlight that waits", f"{changed}/?mode=sentences&carry={world.carry.pk}"
    yield "two versions compared", f"{changed}/compare/"
    yield "what is decided", f"{changed}/versions/2/changes/"
    yield "a search", f"/d/{world.cast.desk.slug}/find/?q=boats"
    yield "nothing here", f"/d/{world.cast.desk.slug}/articles/01a20000-0000-7000-8000-000000000000/"


def _objections(person: Person, url: str) -> Iterator[str]:
    page = person.page
    person.complaints.clear()
    answer = page.goto(url)
    assert answer is not None
    yield from objections_in_both_widths(page)
    yield from (said for said in person.complaints if f"status of {answer.status}" not in said)
