"""What the tests of saving do and look for on a page, and how they take the server away."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from playwright.sync_api import Error as BrowserError

from tests.browser.person import Person
from tests.browsing import intercept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page, Route

    from articles.models import ArticleVersion, Claim

    type Enter = Callable[..., Person]

TEXT = """Storm over the lower town

The storm broke over the lower town at six, the mayor said. At least 40 boats sank in the harbour.

“We saw the water rise for two days,” said harbour master Jon Ek. Three people were hurt."""
KINDS = ["headline", "paragraph", "paragraph"]
BOATS = "At least 40 boats sank"
HURT = "Three people were hurt"
WIDE = {"width": 1440, "height": 900}
NETWORK = re.compile(r"^(Failed to load resource|htmx:(?!oob|target|swap)|Response Status Error)")
"""A request that is made to fail says so in the console."""
SAVED = re.compile(r"^\s*Saved \d\d:\d\d")


@contextlib.contextmanager
def entering(browser: Browser, site: str) -> Iterator[Enter]:
    """Lets people in by their names. At the end none of them may have met an error but those of a taken server."""
    people: list[Person] = []

    def enter(username: str, **context: Any) -> Person:
        people.append(Person(browser, site, username, **{"viewport": WIDE} | context))
        return people[-1]

    yield enter
    for person in people:
        person.close()
        assert [said for said in person.complaints if not NETWORK.search(said)] == []


def bench_of(version: ArticleVersion) -> str:
    return reverse("articles:workbench", args=[version.desk.slug, version.article_id])


def page_of(claim: Claim) -> str:
    return reverse("articles:claim", args=[claim.desk.slug, claim.pk])


def words(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Claim", exact=True)


def state(page: Page) -> Locator:
    return page.locator("#claim-state")


def unsent(page: Page) -> Locator:
    return page.locator("unsent-list")


def fail(page: Page, pattern: str, status: int = 0) -> None:
    """From now on these requests come to nothing, or are answered by a server that cannot."""
    intercept(page, pattern, lambda route: route.fulfill(status=status) if status else route.abort())


def lose_answers(page: Page, pattern: str) -> None:
    """From now on the server does what these requests ask, and nobody hears of it."""

    def lose(route: Route) -> None:
        route.fetch()
        # The page may have gone meanwhile, and its request with it.
        with contextlib.suppress(BrowserError):
            route.abort()

    intercept(page, pattern, lose)


def recover(page: Page) -> None:
    page.unroute_all()
    page.evaluate("window.dispatchEvent(new Event('online'))")


def wait_until_all_is_sent(page: Page) -> None:
    """What is on its way is in no list."""
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('factcheck:unsent:'))")
