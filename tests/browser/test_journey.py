"""From five files to a signed-off claim sheet, as three people do it in their browsers."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from articles.actions.verdicts import digest_of
from articles.models import Article, Claim, Highlight, Status
from tests.browser.person import Person
from tests.factories import Cast, make_desk
from tests.replaying import assert_the_history_is_enough
from tests.shared import ARTICLES, needs_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Download
    from pytest_django.live_server_helper import LiveServer

pytestmark = [needs_articles, pytest.mark.browser]

OUTLETS = {
    "bbc.txt": "BBC News",
    "dw.txt": "Deutsche Welle",
    "france24.txt": "France 24",
    "latimes.txt": "Los Angeles Times",
    "rt.txt": "RT",
}
MARKS = {
    "BBC News": [
        "taken full control of the strategic town of Qusair",
        "1,500 people are wounded",
        "More than 80,000 people have been killed",
    ],
    "Deutsche Welle": [
        "the Syrian army had won the battle for Qusair",
        "1,500 civilians trapped in the besieged town",
        "lies close to Lebanon's northeast border",
    ],
    "France 24": ["left at least 52 people dead", "more than 70,000 dead", "Israel struck twice near Damascus"],
    "Los Angeles Times": [
        "government forces had retaken Qusair",
        "which rebels had held for more than a year",
        "seizing control of key supply routes",
    ],
    "RT": [
        "more than 500 rebels died and 1,000 were wounded",
        "nearly 1,500 wounded were trapped in the city",
        "launched with at least five hitting the city of Baalbek",
    ],
}
IN_THREE = "Government forces took Qusair on 5 June 2013."


@dataclass(frozen=True)
class Checked:
    """What a reviewer enters on one claim, and what must come out of the files."""

    marked: str
    text: str
    summary: str
    source: str
    outlet: str
    url: str
    stance: str
    quote: str
    locator: str
    rating: str
    rationale: str


CHECKED = [
    Checked(
        marked=MARKS["BBC News"][0],
        text=IN_THREE,
        summary="Government forces took Qusair",
        source="Statement of the general command",
        outlet="State news agency",
        url="https://agency.example/statements/5-june",
        stance="Supports",
        quote="Our forces control the whole of the town, “every street”; the search for booby-traps goes on.",
        locator="paragraph 2",
        rating="Supported",
        rationale="Both sides say so:\nthe army in its statement, the rebels in theirs.",
    ),
    Checked(
        marked=MARKS["BBC News"][1],
        text="1,500 people were wounded in Qusair, according to the United Nations.",
        summary="=1,500 wounded in Qusair",
        source="Joint statement on Qusair",
        outlet="United Nations",
        url="https://un.example/statements/qusair",
        stance="Refutes",
        quote="Some 1,500 wounded persons are in urgent need of evacuation.",
        locator="p. 1",
        rating="Refuted",
        rationale="+The statement speaks of persons in need of evacuation, not of all the wounded.",
    ),
]


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def people(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[dict[str, Person]]:
    found = {name: Person(browser, live_server.url, name) for name in ("alice", "bob", "erin")}
    yield found
    for person in found.values():
        person.close()


def test_journey(people: dict[str, Person], cast: Cast) -> None:
    alice, bob, erin, desk = people["alice"], people["bob"], people["erin"], cast.desk.slug

    alice.import_files(desk, {ARTICLES / name: outlet for name, outlet in OUTLETS.items()})
    _mark_everything(alice, desk)
    _check(alice, desk)
    _refuse_self_approval(alice, desk)
    for _ in CHECKED:
        _approve_next(bob, desk)
    files = _sign_off(erin, desk)

    _compare_csv(files["csv"])
    _compare_json(files["json"], cast)
    assert_the_history_is_enough()
    assert [person.complaints for person in people.values()] == [[], [], []]


def _mark_everything(alice: Person, desk: str) -> None:
    for outlet, phrases in MARKS.items():
        alice.open_article(desk, outlet)
        for words in phrases:
            if words in (MARKS["Deutsche Welle"][0], MARKS["Los Angeles Times"][0]):
                alice.add_to_claim(words, CHECKED[0].summary)
            else:
                alice.mark(words)
            if words == CHECKED[0].marked:
                alice.word_claim(IN_THREE, CHECKED[0].summary)

    stored = set(Highlight.objects.values_list("quote", flat=True))
    assert stored == {words for phrases in MARKS.values() for words in phrases}
    for highlight in Highlight.objects.select_related("version"):
        assert highlight.version.text[highlight.start : highlight.end] == highlight.quote
    assert Claim.objects.get(text=IN_THREE).highlights.count() == 3


def _check(alice: Person, desk: str) -> None:
    for entry in CHECKED:
        alice.open_article(desk, "BBC News")
        alice.take(entry.marked)
        alice.word_claim(entry.text, entry.summary)
        alice.add_evidence(
            source=entry.source,
            outlet=entry.outlet,
            url=entry.url,
            stance=entry.stance,
            quote=entry.quote,
            locator=entry.locator,
        )
        alice.give_verdict(rating=entry.rating, rationale=entry.rationale)


def _refuse_self_approval(alice: Person, desk: str) -> None:
    claim = Claim.objects.filter(status=Status.IN_REVIEW).order_by("pk")[0]
    page = alice.page
    page.goto(f"/d/{desk}/review/{claim.pk}/")
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Someone else has to agree")

    # The same by hand, with everything that the page of another person would send.
    answer = page.evaluate(
        """async ([url, values]) => {
          const token = JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"];
          const body = new URLSearchParams({ ...values, csrfmiddlewaretoken: token });
          return (await fetch(url, { method: "POST", body })).status;
        }""",
        [f"/d/{desk}/review/{claim.pk}/approve/", {"digest": digest_of(claim)}],
    )
    assert answer == 422
    claim.refresh_from_db()
    assert claim.status == Status.IN_REVIEW
    alice.complaints[:] = [said for said in alice.complaints if "422" not in said]


def _approve_next(bob: Person, desk: str) -> None:
    page = bob.page
    page.goto(f"/d/{desk}/review/")
    page.locator("ol.rows a.title").first.click()
    expect(page.get_by_role("heading", name="Evidence")).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("#messages")).to_contain_text("pproved")


def _sign_off(erin: Person, desk: str) -> dict[str, bytes]:
    page = erin.page
    erin.open_article(desk, "BBC News")
    page.get_by_role("button", name="Claim sheet").or_(page.get_by_role("link", name="Claim sheet")).click()
    page.get_by_label("Leave out", exact=False).check()
    page.get_by_role("button", name="Sign off").last.click()
    expect(page.locator("article.sheet")).to_contain_text("edition 1")
    return {kind: _download(erin, kind) for kind in ("csv", "json")}


def _download(erin: Person, kind: str) -> bytes:
    contents = []
    for _ in range(2):
        with erin.page.expect_download() as waiting:
            erin.page.get_by_role("link", name=kind.upper(), exact=True).click()
        download: Download = waiting.value
        contents.append(download.path().read_bytes())
    assert contents[0] == contents[1]
    return contents[0]


def _compare_csv(content: bytes) -> None:
    rows = {row["number"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))}
    released = [row for row in rows.values() if row["status"] == "approved"]

    assert len(released) == len(CHECKED)
    for row, entry in zip(released, CHECKED, strict=True):
        assert _unguarded(row["claim"]) == entry.text
        assert _unguarded(row["summary"]) == entry.summary
        assert row["rating"] == entry.rating
        assert _unguarded(row["rationale"]) == entry.rationale
        assert row["quote"] == entry.marked
        for words in (entry.source, entry.outlet, entry.url, entry.quote, entry.locator):
            assert words in row["evidence"]
        assert (row["checked_by"], row["approved_by"], row["signed_off_by"]) == ("Alice", "Bob", "Erin")
        assert (row["outlet"], row["version"]) == ("BBC News", "1")
    # A cell that a spreadsheet would run as a formula is guarded, and only such a cell.
    assert [row["summary"][0] for row in released] == ["G", "'"]
    assert [row["rationale"][0] for row in released] == ["B", "'"]


def _unguarded(cell: str) -> str:
    return cell.removeprefix("'")


def _compare_json(content: bytes, cast: Cast) -> None:
    edition = json.loads(content)
    claims = edition["contents"]["claims"] if "contents" in edition else edition["claims"]
    article = Article.objects.get(outlet__name="BBC News")
    version = article.versions.get()

    assert [claim["text"] for claim in claims] == [entry.text for entry in CHECKED]
    for claim, entry in zip(claims, CHECKED, strict=True):
        assert claim["summary"] == entry.summary
        assert claim["verdict"]["rating"]["name"] == entry.rating
        assert claim["verdict"]["rationale"] == entry.rationale
        assert (claim["verdict"]["by"]["name"], claim["approval"]["by"]["name"]) == ("Alice", "Bob")
        (evidence,) = claim["evidence"]
        assert evidence["stance"] == entry.stance.lower()
        assert (evidence["quote"], evidence["locator"]) == (entry.quote, entry.locator)
        source = evidence["source"]
        assert (source["title"], source["author"], source["url"]) == (entry.source, entry.outlet, entry.url)
        own = [place for place in claim["occurrences"] if place["article"] == str(article.pk)]
        assert [version.text[place["start"] : place["end"]] for place in own] == [entry.marked]
        assert {place["text_sha256"] for place in own} == {version.text_sha256}
    assert {place["outlet"] for place in claims[0]["occurrences"]} == {
        "BBC News",
        "Deutsche Welle",
        "Los Angeles Times",
    }
