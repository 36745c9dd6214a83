"""Sources in a browser: added with the fields of their kind, kept, found to have changed, merged and taken apart."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles import actions
from articles.actions.sources import Work
from articles.models import Means, Source
from tests.browser.person import Person
from tests.factories import Cast, found, fresh, make_claim, make_desk, make_evidence, make_snapshot, make_source
from tests.publishing import WORDS, Web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f6"
    "45400000000049454e44ae426082"
)


@pytest.fixture
def people(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def alice(people: Cast, browser: Browser, live_server: LiveServer) -> Iterator[Person]:
    person = Person(browser, live_server.url, "alice", permissions=["clipboard-read", "clipboard-write"])
    yield person
    complaints = [said for said in person.complaints if "422" not in said and "409" not in said]
    person.close()
    assert complaints == []


def test_only_the_fields_of_its_kind_are_shown(alice: Person, people: Cast) -> None:
    page = alice.page
    page.goto(f"/d/{people.desk.slug}/sources/add/")

    expect(page.get_by_label("How reached")).to_be_hidden()
    expect(page.get_by_label("Appeared in")).to_be_visible()
    page.get_by_label("Appeared in").fill("Orm Valley Courier")
    page.get_by_label("Kind of source").select_option("personal_communication")
    expect(page.get_by_label("How reached")).to_be_visible()
    expect(page.get_by_label("DOI or number")).to_be_hidden()
    # What was typed is never hidden.
    expect(page.get_by_label("Appeared in")).to_be_visible()

    page.get_by_label("Title").fill("Call with the engineer")
    page.get_by_label("On what terms").select_option("background")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Call with the engineer")).to_be_visible()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == "Call with the engineer [personal communication]. Orm Valley Courier. On background."


def test_a_page_is_kept_and_found_to_have_changed(alice: Person, people: Cast, web: Web) -> None:
    web(WORDS)
    source = make_source(by=people.bob, url="https://police.example/log")
    claim = make_claim(by=people.bob)
    make_evidence(by=people.bob, claim=claim, source=source)
    page = alice.page
    page.goto(f"/d/{people.desk.slug}/claims/{claim.pk}/")

    page.get_by_role("button", name=re.compile("Keep a copy")).click()
    expect(page.get_by_role("link", name=re.compile("Copy of"))).to_be_visible()
    web(WORDS.replace("Three", "Four"))
    page.goto(f"/d/{people.desk.slug}/sources/{source.pk}/")
    page.get_by_role("button", name="Check the page again").click()
    page.get_by_role("link", name="See what changed").click()
    expect(page.locator("ins")).to_have_text("Four")
    expect(page.locator("del")).to_have_text("Three")

    page.goto(f"/d/{people.desk.slug}/claims/{claim.pk}/")
    expect(page.get_by_role("link", name="page changed")).to_be_visible()


def test_while_a_page_is_fetched_it_says_so(alice: Person, people: Cast, web: Web) -> None:
    answered = threading.Event()
    web(WORDS, after=answered)
    source = make_source(by=people.bob, url="https://police.example/log")
    page = alice.page
    page.goto(f"/d/{people.desk.slug}/sources/{source.pk}/")
    progress = page.locator(".fetching", has_text="Fetching the page")
    expect(progress).to_be_hidden()

    page.get_by_role("button", name="Keep a copy of the page").click()
    expect(progress).to_be_visible()
    answered.set()
    expect(page.get_by_role("link", name="Fetched page")).to_be_visible()


def test_in_the_panel_of_a_claim_it_says_so_too(alice: Person, people: Cast, web: Web) -> None:
    answered = threading.Event()
    web(WORDS, after=answered)
    claim = make_claim(by=people.bob)
    make_evidence(by=people.bob, claim=claim, source=make_source(by=people.bob, url="https://police.example/log"))
    version = claim.highlights.get().version
    page = alice.page
    page.goto(f"/d/{people.desk.slug}/articles/{version.article_id}/?claim={claim.pk}")
    progress = page.locator(".fetching", has_text="Fetching the page")
    expect(page.get_by_role("button", name=re.compile("Keep a copy"))).to_be_visible()
    expect(progress).to_be_hidden()

    page.get_by_role("button", name=re.compile("Keep a copy")).click()
    expect(progress).to_be_visible()
    answered.set()
    expect(page.get_by_role("link", name=re.compile("Copy of"))).to_be_visible()


def test_what_is_being_written_outlives_an_answer_about_something_else(alice: Person, people: Cast, web: Web) -> None:
    web(WORDS)
    source = make_source(by=people.bob, title="Accident log", url="https://police.example/log")
    page = alice.page
    page.goto(f"/d/{people.desk.slug}/sources/{source.pk}/")
    page.get_by_text("Edit what is said about it").click()
    page.get_by_label("Title").fill("Log of accidents")
    page.get_by_text("Bring a copy").click()
    page.set_input_files("input[type=file]", {"name": "screen.png", "mimeType": "image/png", "buffer": PNG})
    page.get_by_text("Say where from").click()
    page.get_by_label("Comes from").fill("A dispatch")
    page.get_by_text("Withdraw it").click()
    page.get_by_label("Why it cannot be used").fill("It is forged")

    page.get_by_role("button", name="Keep a copy of the page").click()

    expect(page.get_by_role("link", name="Fetched page")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("Log of accidents")
    expect(page.get_by_label("Comes from")).to_have_value("A dispatch")
    expect(page.get_by_label("Why it cannot be used")).to_have_value("It is forged")
    assert page.eval_on_selector("input[type=file]", "input => input.files[0]?.name") == "screen.png"


def test_what_was_refused_outlives_an_answer_about_something_else(alice: Person, people: Cast, web: Web) -> None:
    web(WORDS)
    source = make_source(by=people.bob, title="Accident log", url="https://police.example/log")
    page = alice.page
    page.goto(f"/d/{people.desk.slug}/sources/{source.pk}/")
    page.get_by_text("Edit what is said about it").click()
    page.get_by_label("Title").fill("")
    page.get_by_label("Note").fill("Kept in the second room")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Give the source a title.")).to_have_count(2)

    page.get_by_role("button", name="Keep a copy of the page").click()

    expect(page.get_by_role("link", name="Fetched page")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("Kept in the second room")
    expect(page.get_by_label("Title")).to_have_value("")


def test_words_that_came_too_late_outlive_an_answer_about_something_else(alice: Person, people: Cast, web: Web) -> None:
    web(WORDS)
    source = make_source(by=people.bob, title="Accident log", url="https://police.example/log")
    page = alice.page
    page.goto(f"/d/{people.desk.slug}/sources/{source.pk}/")
    page.get_by_text("Edit what is said about it").click()
    page.get_by_label("Note").fill("Kept in the second room")
    work = Work(title="Log of accidents", url=source.url)
    actions.sources.edit(by=people.bob, source=source, revision=source.revision, work=work)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Bob was faster")).to_be_visible()

    page.get_by_role("button", name="Keep a copy of the page").click()

    expect(page.get_by_role("link", name="Fetched page")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("Kept in the second room")


def test_the_focus_stays_with_the_source_when_its_button_is_gone(alice: Person, people: Cast) -> None:
    source, double = (make_source(by=people.bob, title=title) for title in ("Accident log", "Log of the police"))
    actions.doubles.merge(by=people.bob, source=double, revision=1, into=source)
    page = alice.page
    page.goto(f"/d/{people.desk.slug}/sources/{source.pk}/")

    page.get_by_role("button", name="Take back the merging").click()

    expect(page.get_by_text("stands by itself again")).to_be_visible()
    expect(page.locator("#source")).to_be_focused()


def test_a_screenshot_is_brought_and_shown(alice: Person, people: Cast) -> None:
    source = make_source(by=people.bob)
    page = alice.page
    page.goto(f"/d/{people.desk.slug}/sources/{source.pk}/")

    page.get_by_text("Bring a copy").click()
    page.set_input_files("input[type=file]", {"name": "screen.png", "mimeType": "image/png", "buffer": PNG})
    page.get_by_label("It is a picture of the screen").check()
    page.get_by_role("button", name="Keep this copy").click()
    page.get_by_role("link", name="Screenshot").click()

    page.wait_for_function("() => document.querySelector('figure.picture img')?.naturalWidth === 1")


def test_doubles_are_merged_and_taken_apart(alice: Person, people: Cast) -> None:
    source = make_source(by=people.bob, title="Accident log", url="https://police.example/log")
    double = make_source(by=people.bob, title="Log of the police", url="https://www.police.example/log?fbclid=1")
    evidence = make_evidence(by=people.bob, claim=make_claim(by=people.bob), source=double)
    page = alice.page
    page.goto(f"/d/{people.desk.slug}/sources/")

    page.get_by_role("link", name="Accident log").click()
    page.get_by_role("link", name=re.compile("Compare")).click()
    page.get_by_role("button", name="Keep the first").click()
    expect(page.get_by_role("heading", name="Accident log")).to_be_visible()
    assert fresh(evidence).source_id == source.pk

    page.get_by_role("button", name=re.compile("Take back")).click()
    expect(page.get_by_text("stands by itself again")).to_be_visible()
    assert fresh(evidence).source_id == double.pk


def test_a_source_is_withdrawn_and_restored(alice: Person, people: Cast) -> None:
    source = make_source(by=people.bob, title="Accident log")
    page = alice.page
    page.goto(f"/d/{people.desk.slug}/sources/{source.pk}/")

    page.get_by_text("Withdraw it").click()
    page.get_by_role("button", name="Withdraw the source").click()
    expect(page.get_by_text("Give the reason in a few words.", exact=True)).to_be_visible()
    page.get_by_label("Why it cannot be used").fill("It is forged.")
    page.get_by_role("button", name="Withdraw the source").click()
    expect(page.get_by_text("No verdict can rest on it.")).to_be_visible()
    page.get_by_role("button", name="Restore it").click()
    expect(page.get_by_text("No verdict can rest on it.")).to_have_count(0)
    assert Source.objects.get().withdrawn_at is None


def test_everything_works_without_scripts(browser: Browser, live_server: LiveServer, people: Cast, web: Web) -> None:
    web(WORDS)
    bob = Person(browser, live_server.url, "bob", java_script_enabled=False)
    page = bob.page
    page.goto(f"/d/{people.desk.slug}/sources/add/")

    page.get_by_label("Title").fill("Accident log")
    page.get_by_label("URL").fill("https://police.example/log")
    page.get_by_label("How reached").select_option("phone")
    page.get_by_role("button", name="Add the source").click()
    page.get_by_role("button", name="Keep a copy of the page").click()
    expect(page.get_by_role("link", name="Fetched page")).to_be_visible()
    copy = make_snapshot(by=people.alice, source=Source.objects.get(), means=Means.FETCH)
    actions.snapshots.check(
        by=people.alice, source=copy.source, copy=copy, fetched=found("Four were hurt.", asked=copy.asked)
    )
    page.reload()
    expect(page.get_by_text("The page says something else now.")).to_be_visible()
    bob.close()
