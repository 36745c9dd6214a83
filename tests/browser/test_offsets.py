"""Selections made in the browser are the text between their offsets on the server, every time.

The real modules of the page turn ranges into offsets. The ranges run across nodes as a mouse leaves them, in texts
that overlapping highlights cut into pieces.
"""

from __future__ import annotations

import json
import random
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from playwright.sync_api import Browser, expect

from articles.actions import articles as actions
from articles.actions import highlights
from articles.actions.articles import Details
from articles.intake.plain import read_plain
from articles.models import ArticleVersion, Highlight, Method
from articles.text.blocks import split
from articles.text.offsets import snap_to_graphemes, trim
from tests.browser.person import Person
from tests.factories import Cast, make_desk, make_version
from tests.shared import ARTICLES, needs_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser

FILES = ["bbc.txt", "dw.txt", "france24.txt", "latimes.txt", "rt.txt"]
SELECTIONS = 350
"""In each of the five articles; with those in the texts of the case table there are more than 2,000."""
MARKED = 40
"""Of them are marked, as the page would send them."""
CASES: list[dict[str, Any]] = [
    case for case in json.loads((Path(__file__).parents[1] / "cases/offsets.json").read_text()) if case["text"].strip()
]

# Boundary points as browsers report them: in text nodes cut by marks and, one time in ten, in elements between nodes.
SELECT_AT_RANDOM = """
async ([count, seed]) => {
  const { spanOf } = await import("/static/articles/js/dom/offsets.js");
  const root = document.querySelector("text-selection");
  const random = () => ((seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 8) / 2 ** 24;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("[data-o]") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const point = (number) => {
    const node = nodes[Math.max(0, Math.min(nodes.length - 1, number))];
    if (random() < 0.1) return [node.parentNode, Math.floor(random() * (node.parentNode.childNodes.length + 1))];
    const offset = Math.floor(random() * (node.length + 1));
    const insideAPair = node.data.codePointAt(offset - 1) > 0xffff && offset < node.length;
    return [node, insideAPair ? offset + 1 : offset];
  };
  const found = [];
  while (found.length < count) {
    const number = Math.floor(random() * nodes.length);
    const range = new Range();
    range.setStart(...point(number));
    const reach = random() < 0.9 ? 4 : nodes.length;
    const end = point(number + Math.floor(random() * reach));
    const order = range.comparePoint(...end);
    if (order > 0) range.setEnd(...end); else if (order < 0) range.setStart(...end);
    const span = spanOf(range, root);
    if (span) found.push({ start: span.start, end: span.end, quote: span.quote, shown: span.range.toString() });
  }
  return found;
}
"""
SELECT_IN_BLOCKS = """
async (places) => {
  const { spanOf } = await import("/static/articles/js/dom/offsets.js");
  const { rangeBetween } = await import("/static/articles/js/dom/ranges.js");
  const root = document.querySelector("text-selection");
  return places.map(([offset, from, to]) => {
    const block = root.querySelector(`[data-o="${offset}"]`);
    const span = spanOf(rangeBetween(block, from, block, to), root);
    return span && { start: span.start, end: span.end, quote: span.quote };
  });
}
"""


class Selected(NamedTuple):
    start: int
    end: int
    quote: str
    shown: str = ""


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def alice(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Person]:
    person = Person(browser, live_server.url, "alice")
    yield person
    assert person.complaints == []
    person.close()


@needs_articles
@pytest.mark.slow
@pytest.mark.parametrize("file", FILES)
def test_random_selections_in_real_articles(alice: Person, cast: Cast, client: Client, file: str) -> None:
    version = _stored(cast, file)
    _mark_some(cast, version, count=25)
    found = _select_at_random(_open(alice, version), SELECTIONS, seed=FILES.index(file) + 1)

    assert [one for one in found if version.text[one.start : one.end] != one.quote] == []
    assert [one for one in found if "\n\n" not in one.quote and one.shown != one.quote] == []
    _mark_through_the_site(client, cast, version, random.Random(1).sample(found, MARKED))


@pytest.mark.slow
def test_random_selections_in_the_texts_of_the_case_table(alice: Person, cast: Cast, client: Client) -> None:
    version = _cases(cast)
    _mark_some(cast, version, count=60)
    found = _select_at_random(_open(alice, version), SELECTIONS, seed=6)

    assert [one for one in found if version.text[one.start : one.end] != one.quote] == []
    _mark_through_the_site(client, cast, version, random.Random(1).sample(found, MARKED))


def test_every_case_of_the_table(alice: Person, cast: Cast) -> None:
    version = _cases(cast)
    blocks = split(version.text)[1:]
    places = [[start, *case["utf16"]] for (start, _), case in zip(blocks, CASES, strict=True)]

    found = _open(alice, version).evaluate(SELECT_IN_BLOCKS, places)

    for (offset, _), case, one in zip(blocks, CASES, found, strict=True):
        start, end = trim(case["text"], case["start"], case["end"])
        if start == end:
            assert one is None, case["name"]
            continue
        start, end = snap_to_graphemes(case["text"], start, end)
        assert (one["start"], one["end"]) == (offset + start, offset + end), case["name"]
        assert one["quote"] == version.text[offset + start : offset + end], case["name"]


@needs_articles
def test_selections_marked_by_hand(alice: Person, cast: Cast) -> None:
    version = _stored(cast, "bbc.txt")
    page = _open(alice, version)
    wanted = ["a large number of rebels had died", '"There are reports', "Qusair lies on vital supply routes"]

    for number, words in enumerate(wanted, 1):
        alice.select(words)
        page.keyboard.press("m")
        expect(page.locator("#text .no")).to_have_count(number)

    stored = Highlight.objects.filter(version=version)
    assert set(stored.values_list("quote", flat=True)) == set(wanted)
    assert all(version.text[one.start : one.end] == one.quote for one in stored)


def _stored(cast: Cast, file: str) -> ArticleVersion:
    draft = read_plain((ARTICLES / file).read_bytes(), filename=file)
    details = Details(headline=draft.metadata.headline.value or file, outlet=file)
    article = actions.add(by=cast.alice, draft=draft, details=details, kinds=draft.kinds, method=Method.UPLOAD)
    return article.versions.get()


def _cases(cast: Cast) -> ArticleVersion:
    """A version whose blocks are a headline and the texts of the table."""
    return make_version(by=cast.alice, text="\n\n".join(["Cases", *(case["text"] for case in CASES)]))


def _mark_some(cast: Cast, version: ArticleVersion, *, count: int) -> None:
    """Highlights that overlap here and there, so that the page's text nodes are cut."""
    chance = random.Random(count)
    for _ in range(count):
        start = chance.randrange(len(version.text) - 2)
        start, end = trim(version.text, start, min(len(version.text), start + chance.randint(2, 80)))
        start, end = snap_to_graphemes(version.text, start, end)
        if start < end:
            quote = version.text[start:end]
            highlights.mark(by=cast.alice, version=version, start=start, end=end, quote=quote)


def _open(alice: Person, version: ArticleVersion) -> Page:
    alice.page.goto(f"/d/night-desk/articles/{version.article_id}/")
    alice.page.wait_for_function("() => customElements.get('text-selection') !== undefined")
    alice.page.evaluate("document.querySelectorAll('details.fold').forEach((fold) => { fold.open = true })")
    return alice.page


def _select_at_random(page: Page, count: int, *, seed: int) -> list[Selected]:
    return [Selected(**one) for one in page.evaluate(SELECT_AT_RANDOM, [count, seed])]


def _mark_through_the_site(client: Client, cast: Cast, version: ArticleVersion, found: list[Selected]) -> None:
    """The database refuses a highlight that is not the text under it."""
    client.force_login(cast.alice.person)
    url = f"/d/night-desk/articles/{version.article_id}/mark/"
    before = Highlight.objects.count()
    for one in found:
        sent = {
            "version": version.pk,
            "start": one.start,
            "end": one.end,
            "quote": one.quote,
            "request_id": uuid.uuid4(),
        }
        answer = client.post(url, sent, headers={"HX-Request": "true"})
        assert answer.status_code == 200, (one, answer.content.decode())
    assert Highlight.objects.count() == before + len(found)
