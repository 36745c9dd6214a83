"""Undo and redo in a browser: by keys pressed fast, by the buttons, across page loads, and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from articles.models import Highlight, Status
from tests.browser.person import Person
from tests.browser.test_workbench import BOATS, HURT, alice, cast, marks, open_workbench, version
from tests.factories import edit_claim, fresh, make_claim, make_highlight

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from articles.models import ArticleVersion
    from tests.factories import Cast

__all__ = ["alice", "cast", "version"]

RISE = "the water rise"


@pytest.fixture
def marked(version: ArticleVersion, cast: Cast) -> list[str]:
    """Three marks of Alice's, one after the other."""
    quotes = [BOATS, RISE, HURT]
    for quote in quotes:
        make_highlight(by=cast.alice, version=version, quote=quote)
    return quotes


def test_a_mark_just_made_goes_by_key_though_its_text_has_the_focus(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    alice.mark(BOATS)
    expect(page.locator("#claim-panel textarea[name=text]")).to_be_focused()

    page.keyboard.press("Control+z")

    expect(page.locator("mark")).to_have_count(0)
    expect(page.locator("#messages")).to_contain_text("Undone: marked “At least 40 boats sank” as a claim")
    expect(page.locator("#panel")).to_contain_text("No claims yet")

    page.keyboard.press("Control+Shift+Z")

    expect(marks(page, BOATS)).to_have_count(1)
    expect(page.locator("#messages message-toast")).to_have_count(1)


def test_keys_that_are_pressed_fast_are_all_heard_in_order(
    alice: Person, version: ArticleVersion, marked: list[str]
) -> None:
    page = open_workbench(alice, version)

    for _ in range(3):
        page.keyboard.press("Control+z")
    for _ in range(2):
        page.keyboard.press("Control+y")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+Shift+Z")

    expect(page.locator("#messages")).to_contain_text("Done again: marked “the water rise” as a claim")
    expect(page.locator("mark")).to_have_count(2)
    assert {str(place) for place in Highlight.objects.live()} == {BOATS, RISE}
    expect(page.locator("#redo-button")).to_have_attribute("title", f"Redo: marked “{HURT}” as a claim")


def test_undo_waits_for_the_mark_before_it(alice: Person, version: ArticleVersion) -> None:
    page = open_workbench(alice, version)
    alice.select(BOATS)

    page.keyboard.press("m")
    page.keyboard.press("Control+z")

    expect(page.locator("#messages")).to_contain_text("Undone: marked")
    expect(page.locator("mark")).to_have_count(0)
    assert Highlight.objects.get().removed_at is not None


def test_in_a_field_in_which_one_types_the_browser_undoes(
    alice: Person, version: ArticleVersion, marked: list[str]
) -> None:
    claim = Highlight.objects.get(quote=BOATS).claim_id
    page = open_workbench(alice, version, f"?claim={claim}")
    field = page.locator("#claim-panel textarea[name=text]")
    field.press_sequentially(" by noon")

    field.press("Control+z")

    expect(field).not_to_have_value(f"{BOATS} by noon")
    expect(page.locator("mark")).to_have_count(3)
    assert Highlight.objects.live().count() == 3


def test_the_buttons_work_after_the_page_was_loaded_again(
    alice: Person, version: ArticleVersion, marked: list[str]
) -> None:
    page = open_workbench(alice, version)
    undo, redo = page.locator("#undo-button"), page.locator("#redo-button")
    expect(redo).to_be_disabled()

    undo.click()
    expect(marks(page, HURT)).to_have_count(0)
    expect(undo).to_have_attribute("title", f"Undo: marked “{RISE}” as a claim")
    expect(undo).to_be_focused()
    page.reload()
    expect(redo).to_have_attribute("title", f"Redo: marked “{HURT}” as a claim")
    redo.click()

    expect(marks(page, HURT)).to_have_count(1)
    expect(undo).to_be_focused()


def test_the_panel_shows_the_claim_in_hand_as_it_is_again(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    claim = make_claim(by=cast.bob, version=version, quote=BOATS)
    edit_claim(claim, by=cast.alice, text="Forty boats sank.")
    page = open_workbench(alice, version, f"?claim={claim.pk}")
    field = page.locator("#claim-panel textarea[name=text]")
    expect(field).to_have_value("Forty boats sank.")
    page.locator("#panel .at").focus()

    page.keyboard.press("Control+z")

    expect(field).to_have_value(BOATS)
    page.keyboard.press("Control+y")
    expect(field).to_have_value("Forty boats sank.")


def test_what_is_done_in_the_panel_can_be_undone_at_once(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    claim = make_claim(by=cast.bob, version=version, quote=BOATS)
    page = open_workbench(alice, version, f"?claim={claim.pk}")
    expect(page.locator("#undo-button")).to_be_disabled()

    page.get_by_role("button", name="Start checking").click()
    expect(marks(page, BOATS)).to_have_attribute("data-status", "checking")
    expect(page.locator("#undo-button")).to_have_attribute("title", f"Undo: started to check the claim “{BOATS}”")
    page.locator("#undo-button").click()

    expect(marks(page, BOATS)).to_have_attribute("data-status", "open")
    assert (fresh(claim).status, fresh(claim).assignee) == (Status.OPEN, None)


def test_what_someone_else_changed_stays_and_the_one_before_can_be_chosen(
    alice: Person, version: ArticleVersion, cast: Cast, marked: list[str]
) -> None:
    claim = Highlight.objects.get(quote=HURT).claim
    assert claim
    edit_claim(claim, by=cast.bob, text="Three were hurt.")
    page = open_workbench(alice, version)

    page.keyboard.press("Control+z")
    expect(page.locator("#messages")).to_contain_text("Since then: Bob edited the claim (text).")
    expect(page.locator("mark")).to_have_count(3)
    page.get_by_role("button", name="Undo the one before").click()

    expect(marks(page, RISE)).to_have_count(0)
    expect(marks(page, HURT)).to_have_count(1)
    alice.complaints.clear()


def test_the_text_moves_to_what_was_undone(alice: Person, version: ArticleVersion, marked: list[str]) -> None:
    page = open_workbench(alice, version)
    page.set_viewport_size({"width": 1440, "height": 300})
    page.evaluate("scrollTo(0, 0)")

    page.keyboard.press("Control+z")

    expect(page.locator("#messages")).to_contain_text("Undone")
    expect(page.get_by_text(HURT).first).to_be_in_viewport()


def test_the_kind_of_a_block_by_key(alice: Person, version: ArticleVersion, cast: Cast) -> None:
    page = open_workbench(alice, version, "?mode=blocks")
    form = page.locator("form.kind").nth(3)
    form.locator("select").select_option("quotation")
    with page.expect_navigation():
        form.get_by_role("button").click()
    expect(page.locator("form.kind").nth(3).locator("select")).to_have_value("quotation")

    page.keyboard.press("Control+z")

    expect(page.locator("form.kind").nth(3).locator("select")).to_have_value("paragraph")
    expect(page.locator("#messages")).to_contain_text("Undone: corrected the kind of block 4 to quotation")


def test_without_scripts(
    browser: Browser, live_server: LiveServer, version: ArticleVersion, cast: Cast, marked: list[str]
) -> None:
    person = Person(browser, live_server.url, "alice", java_script_enabled=False)
    page = person.page
    page.goto(f"/d/night-desk/articles/{version.article_id}/")

    page.locator("#undo-button").click()
    expect(page.locator("mark")).to_have_count(2)
    expect(page.locator("#messages")).to_contain_text("Undone: marked “Three people were hurt” as a claim")
    page.locator("#messages").get_by_role("button", name="Redo").click()

    expect(page.locator("mark")).to_have_count(3)
    expect(page.locator("#redo-button")).to_be_disabled()
    person.close()
