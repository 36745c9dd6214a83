"""A desk of four at their browsers: evidence of every kind, two who find apart, and approvals that do not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from articles import history
from articles.models import Claim, Evidence, EvidenceKind, Highlight, Means, Snapshot, Status
from tests.browser.person import Person
from tests.browser.test_second_person import open_the_first
from tests.factories import Cast, make_desk, make_member
from tests.publishing import Web
from tests.replaying import assert_the_history_is_enough

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STORM = """Storm over the lower town

The storm broke over the lower town at six, the mayor said. At least 40 boats sank in the harbour.

“We saw the water rise for two days,” said harbour master Jon Ek. Three people were hurt.

The ferries did not run on Sunday. The school stays closed until Friday. The dyke held, the county says."""
RADIO = """Harbour counts its boats

The harbour office counted 41 boats lost on Monday, after the storm of Sunday night."""

BOATS = "At least 40 boats sank"
HURT = "Three people were hurt"
FERRIES = "The ferries did not run on Sunday"
SCHOOL = "The school stays closed until Friday"
DYKE = "The dyke held"
PASSAGE = "The harbour office counted 41 boats lost"

# What each rests on at first. The log of the dyke is in the desk under two titles.
SOURCES = {
    HURT: ("Ward book", "https://hospital.example/ward", "Three patients after the storm"),
    FERRIES: ("Timetable notes", "https://ferries.example/notes", "No boat left on Sunday"),
    SCHOOL: ("Letter to parents", "https://school.example/letter", "We open again on Friday"),
    DYKE: ("Dyke log", "https://county.example/dyke", "No breach was seen"),
}
DYKE_AGAIN = ("Log of the dykes", "https://www.county.example/dyke?fbclid=1", "Walked end to end, dry")
REASON = "The log is of Monday. What of Sunday night?"
NOTE = "The ward counts people, the county ambulances."


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    cast = make_desk()
    make_member("cora", by=cast.erin)
    return cast


@pytest.fixture
def people(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[dict[str, Person]]:
    people = {name: Person(browser, live_server.url, name) for name in ("alice", "bob", "cora", "erin")}
    yield people
    for person in people.values():
        person.close()


def test_four_people(people: dict[str, Person], cast: Cast, web: Web, tmp_path: Path) -> None:
    alice, bob, cora, erin = people.values()
    web("41 boats of members were lost in the storm of Sunday night, the club of boat owners counted on Monday.")

    _mark(alice, cast, tmp_path)
    _gather_every_kind(alice, cast)
    _find_apart(alice, bob, cora, cast)
    _check_the_others(alice, cast)
    _return_and_resubmit(alice, bob, cast)
    _approve_all_by_keys(bob, cast)
    assert set(Claim.objects.values_list("status", flat=True)) == {Status.APPROVED}

    _void_by_edit(alice, cast)
    _void_by_merge(cora, cast)
    _void_by_source(cora, cast)
    _void_by_version(alice, cast, tmp_path)
    _void_by_scale(erin, cast)
    assert set(Claim.objects.values_list("status", flat=True)) == {Status.REOPENED}
    _all_are_told(alice, cast)
    _approve_once_more(alice, bob, cast)

    assert [person.complaints for person in people.values()] == [[], [], [], []]
    assert isinstance(history.verify(cast.desk), history.Holds)
    assert_the_history_is_enough()


# What the five claims are, and what speaks for and against the first


def _mark(alice: Person, cast: Cast, tmp_path: Path) -> None:
    files = {}
    for name, text, outlet in (("storm.txt", STORM, "Orm Valley Courier"), ("radio.txt", RADIO, "Harbour Radio")):
        files[tmp_path / name] = outlet
        (tmp_path / name).write_text(text)
    alice.import_files(cast.desk.slug, files)
    alice.open_article(cast.desk.slug, "Orm Valley Courier")
    for words in (BOATS, HURT, FERRIES, SCHOOL, DYKE):
        alice.mark(words)


def _gather_every_kind(alice: Person, cast: Cast) -> None:
    """Of each kind and stance: a recording with its screenshot, a call, a page that is fetched, a passage."""
    page = alice.page
    _begin(page, cast, BOATS)
    _add_evidence(
        page,
        {"Source": "Film of the quay", "Kind of source": "Video", "Words relied on": "Masts from wall to wall"},
        stance="Context",
        kind="Primary",
        locator=("Time in the recording", "1:30"),
    )
    _add_evidence(
        page,
        {
            "Source": "Call with the surveyor",
            "Kind of source": "Interview",
            "How reached": "By phone",
            "On what terms": "On the record",
            "Words relied on": "I would say forty at least",
        },
        stance="Supports",
        kind="Expert",
        locator=None,
    )
    _add_evidence(
        page,
        {
            "Source": "Count of the club",
            "Kind of source": "Web page",
            "URL": "https://club.example/count",
            "Words relied on": "41 boats of members were lost",
        },
        stance="Supports",
        kind="Secondary",
        locator=("Paragraph", "1"),
    )
    page.locator("ul.evidence > li", has_text="Count of the club").get_by_role("button", name="Keep a copy").click()
    expect(page.locator("#claim-panel").get_by_role("link", name="Copy of")).to_have_count(1)
    _keep_a_picture(page)
    _use_a_passage(alice, cast)

    stored = Evidence.objects.filter(claim__highlights__quote=BOATS)
    assert set(stored.values_list("kind", flat=True)) == set(EvidenceKind)
    assert stored.count() == 4
    assert set(Snapshot.objects.values_list("means", flat=True)) == {Means.FETCH, Means.SCREENSHOT}


def _keep_a_picture(page: Page) -> None:
    page.locator("#claim-panel").get_by_role("link", name="Film of the quay", exact=True).click()
    page.get_by_text("Bring a copy").click()
    picture = page.screenshot()
    page.set_input_files("input[type=file]", {"name": "quay.png", "mimeType": "image/png", "buffer": picture})
    page.get_by_label("It is a picture of the screen").check()
    page.get_by_role("button", name="Keep this copy").click()
    expect(page.get_by_role("link", name="Screenshot")).to_be_visible()


def _use_a_passage(alice: Person, cast: Cast) -> None:
    """With the claim in hand, words of the other article speak for it."""
    page = alice.page
    claim = Claim.objects.get(highlights__quote=BOATS)
    alice.open_article(cast.desk.slug, "Harbour Radio")
    page.goto(f"{page.url}?claim={claim.pk}")
    alice.select(PASSAGE)
    page.locator("[data-act=evidence]").click()
    form = page.get_by_role("form", name="Use as evidence")
    form.get_by_label("Supports").check()
    form.get_by_role("button", name="Add evidence").click()
    expect(page.locator("#claim-panel ul.evidence")).to_contain_text(PASSAGE)


# Verdicts


def _find_apart(alice: Person, bob: Person, cora: Person, cast: Cast) -> None:
    page = alice.page
    _begin(page, cast, HURT)
    _add_evidence(page, SOURCES[HURT])
    page.get_by_role("button", name="Review blind").click()
    alice.give_verdict(rating="Supported", rationale="The ward book has three.")

    open_the_first(bob.page, cast)
    expect(bob.page.get_by_role("main")).not_to_contain_text("The ward book has three.")
    bob.page.get_by_label("Refuted", exact=True).check()
    bob.page.get_by_label("Rationale").fill("The county knows of two.")
    bob.page.keyboard.press("Control+Enter")
    expect(bob.page.get_by_role("main")).to_contain_text("Found apart, and different.")

    open_the_first(cora.page, cast)
    cora.page.get_by_label("Refuted, as Bob found").check()
    cora.page.get_by_label("Why it stands").fill(NOTE)
    cora.page.keyboard.press("Control+Enter")
    expect(cora.page.locator("#messages")).to_contain_text("Resolved, and approved.")


def _check_the_others(alice: Person, cast: Cast) -> None:
    page = alice.page
    for words in (FERRIES, SCHOOL, DYKE):
        _begin(page, cast, words)
        _add_evidence(page, SOURCES[words])
        if words == DYKE:
            _add_evidence(page, DYKE_AGAIN)
        alice.give_verdict(rating="Supported", rationale=f"{SOURCES[words][0]} says so.")


def _return_and_resubmit(alice: Person, bob: Person, cast: Cast) -> None:
    open_the_first(bob.page, cast)
    expect(bob.page.get_by_role("heading", level=1)).to_have_text(FERRIES)
    bob.page.keyboard.press("r")
    bob.page.keyboard.type(REASON)
    bob.page.keyboard.press("Control+Enter")
    expect(bob.page.get_by_role("heading", level=1)).to_have_text(SCHOOL)

    page = alice.page
    page.goto(f"/d/{cast.desk.slug}/")
    page.get_by_role("link", name=FERRIES).first.click()
    expect(page.locator("#claim-panel .standing")).to_contain_text(REASON)
    page.get_by_role("button", name="Start checking").click()
    expect(page.locator("#claim-panel").get_by_role("heading", level=2)).to_contain_text("checking")
    alice.give_verdict(rating="Supported", rationale="The notes are of Sunday night.")

    _open_claim(page, cast, BOATS)
    alice.give_verdict(rating="Supported", rationale="Two counts and a film.")


def _approve_all_by_keys(bob: Person, cast: Cast) -> None:
    """From the desk to an empty queue without the mouse: each decision brings the next claim."""
    open_the_first(bob.page, cast)
    for words in (SCHOOL, DYKE, FERRIES, BOATS):
        expect(bob.page.get_by_role("heading", level=1)).to_have_text(words)
        # The words are there before the keys are.
        bob.page.wait_for_load_state()
        bob.page.keyboard.press("a")
    bob.page.wait_for_url("**/review/")
    expect(bob.page.get_by_role("main")).to_contain_text("Nothing waits for you")


# What an approval does not survive


def _void_by_edit(alice: Person, cast: Cast) -> None:
    page = alice.page
    _open_claim(page, cast, BOATS)
    panel = page.locator("#claim-panel")
    panel.get_by_label("Claim", exact=True).fill("At least 41 boats sank.")
    panel.get_by_label("Claim", exact=True).press("Tab")
    page.get_by_role("button", name="Save and reopen").click()
    assert "422" in alice.complaints.pop()
    _is_reopened(page, "The text of the claim changed.")


def _void_by_merge(cora: Person, cast: Cast) -> None:
    page = cora.page
    page.goto(f"/d/{cast.desk.slug}/sources/")
    page.get_by_role("link", name=DYKE_AGAIN[0]).click()
    page.get_by_role("link", name="Compare").first.click()
    page.get_by_role("button", name="Keep the second").click()
    expect(page.get_by_role("heading", name=SOURCES[DYKE][0])).to_be_visible()
    _open_claim(page, cast, DYKE)
    _is_reopened(page, "A source of its evidence was merged into another one.")


def _void_by_source(cora: Person, cast: Cast) -> None:
    page = cora.page
    page.goto(f"/d/{cast.desk.slug}/sources/")
    page.get_by_role("link", name=SOURCES[SCHOOL][0]).click()
    page.get_by_text("Withdraw it").click()
    page.get_by_label("Why it cannot be used").fill("It is of last year.")
    page.get_by_role("button", name="Withdraw the source").click()
    expect(page.get_by_text("No verdict can rest on it.")).to_be_visible()
    _open_claim(page, cast, SCHOOL)
    _is_reopened(page, "A source of its evidence was withdrawn.")


def _void_by_version(alice: Person, cast: Cast, tmp_path: Path) -> None:
    page = alice.page
    alice.open_article(cast.desk.slug, "Orm Valley Courier")
    article = Highlight.objects.filter(quote=FERRIES).get().version.article_id
    page.goto(f"/d/{cast.desk.slug}/articles/add/?article={article}")
    (tmp_path / "storm-2.txt").write_text(STORM.replace("did not run on Sunday", "ran late on Sunday"))
    page.set_input_files("input[type=file]", tmp_path / "storm-2.txt")
    page.get_by_role("button", name="See the preview").click()
    page.get_by_role("button", name="Add as version 2").click()
    expect(page.get_by_role("heading", name="1 highlight waits for you")).to_be_visible()
    _open_claim(page, cast, FERRIES)
    _is_reopened(page, "In version 2 of the article of Orm Valley Courier the words")


def _void_by_scale(erin: Person, cast: Cast) -> None:
    """The one verdict that is rated so is the one that two people resolved."""
    page = erin.page
    page.goto(f"/d/{cast.desk.slug}/scale/revise/")
    term = page.get_by_role("group", name="Refuted")
    term.get_by_label("A claim is rated so when").fill("The evidence found shows that the claim is false.")
    page.get_by_role("button", name="Look at what changes").click()
    expect(page.locator("#scale-changes")).to_contain_text("reopen 1 approved claim")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("main")).to_contain_text("The evidence found shows that the claim is false.")
    _open_claim(page, cast, HURT)
    _is_reopened(page, "means something else since version 2 of the rating scale")


def _all_are_told(alice: Person, cast: Cast) -> None:
    page = alice.page
    page.goto(f"/d/{cast.desk.slug}/notices/")
    for words in ("At least 41 boats", HURT, FERRIES, SCHOOL, DYKE):
        expect(page.get_by_role("main")).to_contain_text(words)
    page.goto(f"/d/{cast.desk.slug}/work/reopened/")
    expect(page.locator("ol.rows > li")).to_have_count(5)


def _approve_once_more(alice: Person, bob: Person, cast: Cast) -> None:
    page = alice.page
    _begin(page, cast, BOATS)
    alice.give_verdict(rating="Supported", rationale="Both counts say 41.")
    open_the_first(bob.page, cast)
    bob.page.keyboard.press("a")
    bob.page.wait_for_url("**/review/")
    assert Claim.objects.get(text="At least 41 boats sank.").status == Status.APPROVED


# Hands


def _open_claim(page: Page, cast: Cast, words: str) -> None:
    claim = Claim.objects.filter(highlights__quote=words).distinct().get()
    page.goto(f"/d/{cast.desk.slug}/claims/{claim.pk}/")


def _begin(page: Page, cast: Cast, words: str) -> None:
    _open_claim(page, cast, words)
    page.get_by_role("button", name="Start checking").click()
    expect(page.locator("#claim-panel").get_by_role("heading", level=2)).to_contain_text("checking")


def _is_reopened(page: Page, reason: str) -> None:
    expect(page.locator("#claim-panel .standing[data-status=reopened]")).to_contain_text(reason)


def _add_evidence(
    page: Page,
    fields: dict[str, str] | tuple[str, str, str],
    *,
    stance: str = "Supports",
    kind: str = "Primary",
    locator: tuple[str, str] | None = None,
) -> None:
    if isinstance(fields, tuple):
        fields = dict(zip(("Source", "URL", "Words relied on"), fields, strict=True))
    panel = page.locator("#claim-panel")
    panel.locator("#evidence-add > summary").click()
    form = panel.locator("#evidence-add form")
    form.get_by_label("Source", exact=True).fill(fields["Source"])
    form.get_by_label("Source", exact=True).press("Tab")
    form.get_by_text("More about a new source").click()
    for label, value in fields.items():
        field = form.get_by_label(label, exact=label == "Source")
        if field.evaluate("field => field.localName") == "select":
            field.select_option(label=value)
        elif label != "Source":
            field.fill(value)
    form.get_by_label(stance).check()
    form.get_by_label("Kind of evidence").select_option(label=kind)
    if locator:
        form.get_by_label("Where in it").select_option(label=locator[0])
        form.get_by_label("Which one").fill(locator[1])
    form.get_by_role("button", name="Add evidence").click()
    expect(panel.locator("ul.evidence")).to_contain_text(fields["Words relied on"])
