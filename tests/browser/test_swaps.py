"""Parts of the text as they come anew: they are as the server wrote them, and what stands alike in both stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from articles.actions import claims as checking
from articles.models import Claim
from tests.browser.person import Person
from tests.factories import Cast, make_desk, make_highlight, make_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.live_server_helper import LiveServer

    from articles.models import ArticleVersion

TEXT = """Storm over the lower town

The storm broke at six, the mayor said. At least 40 boats sank in the harbour. Three people were hurt."""
SIX, BOATS, HURT = "The storm broke at six", "At least 40 boats sank", "Three people were hurt"

# Two blocks of a few parts each, made by chance; some parts are alike, and some hold parts of their own.
BECOME_AT_RANDOM = """
async ([count, seed]) => {
  const { become } = await import("/static/articles/js/dom/contents.js");
  const random = (below) => ((seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 8) % below;
  const html = (depth) => Array.from({ length: random(5) }, () => {
    if (random(2)) return "abc "[random(4)];
    const name = ["mark", "a", "b"][random(3)];
    return `<${name} id="${random(2)}"${random(2) ? " hidden" : ""}>${depth ? html(depth - 1) : random(2)}</${name}>`;
  }).join("");
  const block = () => {
    const made = document.createElement("p");
    made.innerHTML = html(1);
    return made;
  };
  const changed = (one) => {
    const made = one.cloneNode(true);
    const place = made.childNodes[random(made.childNodes.length + 1)] ?? null;
    if (place && random(2)) place.remove();
    else made.insertBefore(block().firstChild ?? new Text("d"), place);
    return made;
  };
  const failed = [];
  let kept = 0;
  for (let round = 0; round < count; round++) {
    const one = block();
    const other = random(3) ? changed(one) : block();
    const [before, wanted] = [[...one.childNodes], other.cloneNode(true)];
    const stay = [];
    if (before.at(0)?.isEqualNode(wanted.firstChild)) stay.push([before.at(0), () => one.firstChild]);
    if (before.at(-1)?.isEqualNode(wanted.lastChild)) stay.push([before.at(-1), () => one.lastChild]);
    const start = one.outerHTML;
    become(one, other);
    kept += stay.length;
    // One that is alike at both ends of the other block can stay at one of them only.
    const isKept = stay.length === 0 || stay.some(([node, found]) => found() === node);
    if (!one.isEqualNode(wanted) || !isKept) failed.push([start, wanted.outerHTML, one.outerHTML]);
  }
  return { failed, kept };
}
"""
CHANGED = "claim => document.dispatchEvent(new CustomEvent('claim:changed', { detail: { claim } }))"
NUMBERS = "links => links.map(({ dataset }) => dataset.no)"
KEEP_IN_MIND = "element => (window.kept ??= []).push(element)"
ARE_KEPT = "() => window.kept.map((element) => element.isConnected)"


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def version(cast: Cast) -> ArticleVersion:
    version = make_version(by=cast.alice, text=TEXT, kinds=["headline", "paragraph"])
    make_highlight(by=cast.bob, version=version, quote=SIX)
    make_highlight(by=cast.bob, version=version, quote=HURT)
    return version


@pytest.fixture
def alice(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Person]:
    person = Person(browser, live_server.url, "alice", viewport={"width": 1440, "height": 900})
    yield person
    assert person.complaints == []
    person.close()


@pytest.fixture
def page(alice: Person, version: ArticleVersion) -> Page:
    alice.page.goto(f"/d/night-desk/articles/{version.article_id}/")
    alice.page.wait_for_function("() => customElements.get('workbench-map') !== undefined")
    return alice.page


def test_a_part_becomes_like_another_whatever_both_hold(page: Page) -> None:
    found = page.evaluate(BECOME_AT_RANDOM, [2_000, 41])

    assert found["failed"] == []
    assert found["kept"] > 500


def test_a_mark_leaves_its_neighbours_as_they_are(page: Page, alice: Person) -> None:
    marks = page.locator("#text mark")
    for place in (0, 1):
        marks.nth(place).evaluate(KEEP_IN_MIND)

    alice.mark(BOATS)

    expect(marks).to_have_count(3)
    assert page.evaluate(ARE_KEPT) == [True, True]
    expect(marks.nth(1)).to_have_text(BOATS)


def test_a_claim_between_two_others_has_its_number_and_moves_the_next(page: Page, alice: Person) -> None:
    links = page.locator("#text .no")
    assert links.evaluate_all(NUMBERS) == ["1", "2"]

    alice.mark(BOATS)

    expect(links.nth(2)).to_have_attribute("data-no", "3")
    expect(links.nth(2)).to_have_attribute("aria-label", "Claim 3, open")
    assert links.evaluate_all(NUMBERS) == ["1", "2", "3"]
    page.keyboard.press("Control+z")
    expect(links).to_have_count(2)
    expect(links.nth(1)).to_have_attribute("data-no", "2")


def test_who_is_at_a_claims_number_stays_there(page: Page, cast: Cast) -> None:
    link = page.locator("#text .no").nth(1)
    link.focus()
    claim = Claim.objects.get(highlights__quote=HURT)
    checking.start(by=cast.bob, claim=claim)

    page.evaluate(CHANGED, str(claim.pk))

    expect(link).to_have_attribute("aria-label", "Claim 2, checking")
    expect(link).to_be_focused()
