"""What is kept in the browser until it is answered, where more goes wrong than a request: page, browser, person."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, Request, expect
from playwright.sync_api import Error as BrowserError

from articles import actions
from articles.models import AuditEvent, Highlight
from tests.browser.person import Person
from tests.browser.saving import (
    BOATS,
    HURT,
    KINDS,
    SAVED,
    TEXT,
    WIDE,
    bench_of,
    entering,
    fail,
    lose_answers,
    page_of,
    recover,
    state,
    unsent,
    wait_until_all_is_sent,
    words,
)
from tests.factories import PASSWORD, Cast, edit_claim, fresh, make_article, make_claim, make_desk, make_highlight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.live_server_helper import LiveServer

    from articles.models import ArticleVersion, Claim
    from tests.browser.saving import Enter


NO_LOCKS = "delete Navigator.prototype.locks"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
DENIED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied', 'SecurityError'); }})"
KEPT = "() => Object.keys(localStorage).filter(key => key.startsWith('factcheck:'))"
NARROW = {"width": 390, "height": 844}


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def version(cast: Cast) -> ArticleVersion:
    return make_article(by=cast.alice, text=TEXT, kinds=KINDS, headline="Storm over the lower town").versions.get()


@pytest.fixture
def claim(cast: Cast, version: ArticleVersion) -> Claim:
    return make_claim(by=cast.alice, version=version, quote=BOATS)


@pytest.fixture
def enter(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Enter]:
    with entering(browser, live_server.url) as enter:
        yield enter


@pytest.fixture
def alice(enter: Enter) -> Person:
    return enter("alice")


def mark(person: Person, quote: str) -> None:
    person.select(quote)
    person.page.locator("[data-act=mark]").click()


def edits(claim: Claim) -> int:
    return AuditEvent.objects.filter(subject_id=claim.pk, action="claim.edited").count()


def crash(page: Page) -> None:
    """The browser ends the page's process: no event of the page tells of it."""
    with contextlib.suppress(BrowserError):
        page.goto("chrome://crash")
    page.close()


def sign_in(page: Page, username: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("User name or e-mail").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Sign in")).to_have_count(0)


# The server


def test_a_server_that_restarts_before_it_answers(claim: Claim, version: ArticleVersion, alice: Person) -> None:
    page = alice.page
    page.goto(f"{bench_of(version)}?claim={claim.pk}")
    lose_answers(page, "**/edit/")
    lose_answers(page, "**/mark/")
    words(page).fill("Typed once.")
    expect(state(page)).to_contain_text("Not saved, will retry")
    mark(alice, HURT)
    expect(unsent(page)).to_contain_text("2 changes not saved yet")
    # Over the routes before: without any for a moment a change that is tried again would reach the server.
    fail(page, "**/edit/", 503)
    fail(page, "**/mark/", 503)
    with page.expect_response("**/edit/"):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(unsent(page)).to_contain_text("2 changes not saved yet")
    assert fresh(claim).text == "Typed once."

    recover(page)

    expect(unsent(page)).to_be_hidden()
    expect(page.locator("#text mark")).to_have_text([BOATS, HURT])
    assert (fresh(claim).text, edits(claim)) == ("Typed once.", 1)
    assert Highlight.objects.filter(quote=HURT).count() == 1


def test_words_behind_another_change_say_that_they_wait(claim: Claim, version: ArticleVersion, alice: Person) -> None:
    page = alice.page
    page.goto(f"{bench_of(version)}?claim={claim.pk}")
    fail(page, "**/mark/")
    mark(alice, HURT)
    expect(unsent(page)).to_contain_text("Mark words")

    words(page).fill("Typed while it was away.")

    expect(state(page)).to_contain_text("Not saved, will retry")
    expect(unsent(page)).to_contain_text("2 changes not saved yet")


def test_words_of_several_rests_are_sent_one_after_the_other(
    claim: Claim, version: ArticleVersion, alice: Person
) -> None:
    page = alice.page
    page.goto(f"{bench_of(version)}?claim={claim.pk}")
    fail(page, "**/edit/")
    words(page).fill("One.")
    expect(state(page)).to_contain_text("Not saved, will retry")
    for typed in (" Two.", " Three.", " Four."):
        words(page).press("End")
        words(page).press_sequentially(typed)
        expect(state(page)).to_have_text("Saving…")
        expect(state(page)).to_contain_text("Not saved, will retry")

    recover(page)

    expect(state(page)).to_have_text(SAVED)
    expect(unsent(page)).to_be_hidden()
    assert (fresh(claim).text, edits(claim)) == ("One. Two. Three. Four.", 2)


def test_a_change_at_which_the_server_fails_does_not_hold_up_the_others_for_ever(
    claim: Claim, version: ArticleVersion, alice: Person
) -> None:
    page = alice.page
    page.goto(f"{bench_of(version)}?claim={claim.pk}")
    fail(page, "**/mark/", 500)
    mark(alice, HURT)
    expect(unsent(page)).to_contain_text("1 change not saved yet")
    words(page).fill("Typed behind it.")
    expect(state(page)).to_contain_text("Not saved, will retry")

    page.wait_for_function(
        """() => {
          dispatchEvent(new Event("online"));
          return document.querySelector("unsent-list .actions:not([hidden])");
        }""",
        polling=100,
    )

    expect(state(page)).to_have_text(SAVED)
    expect(unsent(page)).to_contain_text("1 change not saved yet")
    page.locator("unsent-list summary").click()
    expect(unsent(page).get_by_role("button", name="Throw away")).to_be_visible()
    assert fresh(claim).text == "Typed behind it."


# The page


def test_a_crashed_page_leaves_all_that_was_typed_to_the_next(
    claim: Claim, version: ArticleVersion, alice: Person
) -> None:
    page = alice.page
    page.goto(f"{bench_of(version)}?claim={claim.pk}")
    fail(page, "**/edit/")
    fail(page, "**/mark/")
    mark(alice, HURT)
    page.get_by_label("Rationale").fill("My long reasons.")
    words(page).fill("Typed before")
    expect(unsent(page)).to_contain_text("2 changes not saved yet")
    words(page).press("End")
    words(page).press_sequentially(" the crash.")

    crash(page)
    page = alice.context.new_page()
    page.goto(f"{bench_of(version)}?claim={claim.pk}")

    expect(words(page)).to_have_value("Typed before the crash.")
    expect(page.get_by_label("Rationale")).to_have_value("My long reasons.")
    expect(page.locator("#text mark")).to_have_text([BOATS, HURT])
    wait_until_all_is_sent(page)
    expect(unsent(page)).to_be_hidden()
    assert fresh(claim).text == "Typed before the crash."
    assert Highlight.objects.filter(quote=HURT).count() == 1


# The browser


def test_without_locks_a_closed_page_hands_on_and_a_living_one_does_not(
    claim: Claim, version: ArticleVersion, alice: Person
) -> None:
    alice.context.add_init_script(NO_LOCKS)
    page = alice.page
    page.goto(f"{bench_of(version)}?claim={claim.pk}")
    fail(page, "**/mark/")
    mark(alice, HURT)
    expect(unsent(page)).to_contain_text("1 change not saved yet")
    other = alice.context.new_page()
    sent: list[Request] = []
    other.on("request", lambda request: sent.append(request) if request.url.endswith("/mark/") else None)

    other.goto(page_of(claim))
    words(other).fill("From the other tab.")
    expect(other.locator("#claim-state")).to_have_text(SAVED)
    assert sent == []
    page.close(run_before_unload=True)
    expect(unsent(other)).to_contain_text("1 change not saved yet")
    other.evaluate("dispatchEvent(new Event('focus'))")

    expect(unsent(other)).to_be_hidden()
    assert Highlight.objects.filter(quote=HURT).count() == 1


def test_without_locks_a_crashed_page_is_missed_after_a_while(
    claim: Claim, version: ArticleVersion, alice: Person
) -> None:
    alice.context.add_init_script(NO_LOCKS)
    page = alice.page
    page.goto(bench_of(version))
    fail(page, "**/mark/")
    mark(alice, HURT)
    expect(unsent(page)).to_contain_text("1 change not saved yet")
    crash(page)
    page = alice.context.new_page()
    page.clock.install()
    page.goto(page_of(claim))
    expect(unsent(page)).to_contain_text("1 change not saved yet")

    page.clock.fast_forward(90_000)

    expect(unsent(page)).to_be_hidden()
    assert Highlight.objects.filter(quote=HURT).count() == 1


@pytest.mark.parametrize("storage", [FULL, DENIED])
def test_a_browser_that_keeps_nothing_says_so_and_sends_all_the_same(
    claim: Claim, version: ArticleVersion, alice: Person, storage: str
) -> None:
    alice.context.add_init_script(storage)
    page = alice.page
    page.goto(f"{bench_of(version)}?claim={claim.pk}")
    fail(page, "**/edit/")
    fail(page, "**/mark/")
    words(page).fill("Typed while it was away.")
    expect(state(page)).to_have_text("Not saved, will retry. This browser keeps no more: leave this page open.")
    mark(alice, HURT)
    expect(unsent(page)).to_contain_text("2 changes not saved yet")
    expect(unsent(page)).to_contain_text("leave this page open")
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()

    recover(page)

    expect(unsent(page)).to_be_hidden()
    expect(page.locator("#text mark")).to_have_text([BOATS, HURT])
    assert fresh(claim).text == "Typed while it was away."


def test_a_storage_that_becomes_full_gives_back_the_newest_words(claim: Claim, alice: Person) -> None:
    page = alice.page
    page.goto(page_of(claim))
    fail(page, "**/edit/")
    words(page).fill("Typed")
    expect(state(page)).to_contain_text("Not saved, will retry")
    words(page).press("End")
    words(page).press_sequentially(" and")
    page.evaluate(f"() => {{ {FULL} }}")
    words(page).press_sequentially(" typed on.")

    recover(page)

    expect(state(page)).to_have_text(SAVED)
    expect(unsent(page)).to_be_hidden()
    assert fresh(claim).text == "Typed and typed on."


# Two tabs of one person


def test_two_tabs_that_were_both_cut_off_lose_nothing(claim: Claim, alice: Person) -> None:
    page, other = alice.page, alice.context.new_page()
    for tab in (page, other):
        tab.goto(page_of(claim))
        fail(tab, "**/edit/")
    words(page).fill("Words of one tab.")
    expect(state(page)).to_contain_text("Not saved, will retry")
    other.locator(".claim-words details.more").evaluate("box => { box.open = true }")
    other.get_by_label("Summary").fill("Summary of the other")
    expect(state(other)).to_contain_text("Not saved, will retry")

    recover(page)
    expect(state(page)).to_have_text(SAVED)
    recover(other)

    expect(state(other)).to_have_text(SAVED)
    for tab in (page, other):
        expect(unsent(tab)).to_be_hidden()
    assert (fresh(claim).text, fresh(claim).summary) == ("Words of one tab.", "Summary of the other")


def test_two_tabs_about_the_same_words_show_both_texts(claim: Claim, alice: Person) -> None:
    page, other = alice.page, alice.context.new_page()
    for tab in (page, other):
        tab.goto(page_of(claim))
    fail(other, "**/edit/")
    words(other).fill("Words of the other tab.")
    expect(state(other)).to_contain_text("Not saved, will retry")
    words(page).fill("Words of one tab.")
    expect(state(page)).to_have_text(SAVED)

    recover(other)

    expect(other.get_by_role("heading", name="You changed this elsewhere")).to_be_visible()
    for text in ("Words of one tab.", "Words of the other tab."):
        expect(other.locator(".conflict .texts")).to_contain_text(text)
    other.get_by_role("button", name="Store this instead").click()
    expect(words(other)).to_have_value("Words of the other tab.")
    expect(unsent(other)).to_be_hidden()
    assert fresh(claim).text == "Words of the other tab."


# Two people at one browser


def test_what_one_person_left_waits_for_that_person(
    cast: Cast, claim: Claim, version: ArticleVersion, alice: Person
) -> None:
    page = alice.page
    page.goto(f"{bench_of(version)}?claim={claim.pk}")
    fail(page, "**/edit/")
    fail(page, "**/mark/")
    mark(alice, HURT)
    page.get_by_label("Rationale").fill("Reasons of Alice.")
    words(page).fill("Alice typed this.")
    expect(unsent(page)).to_contain_text("2 changes not saved yet")
    crash(page)
    alice.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    page = alice.context.new_page()
    sign_in(page, "bob")
    page.goto(f"{bench_of(version)}?claim={claim.pk}")
    expect(words(page)).to_have_value(claim.text)
    expect(unsent(page)).to_be_hidden()
    expect(page.get_by_label("Rationale")).to_have_value("")
    expect(page.locator("#text mark")).to_have_count(1)
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert fresh(claim).text == claim.text
    assert Highlight.objects.count() == 1

    sign_in(page, "alice")
    wait_until_all_is_sent(page)
    page.goto(f"{bench_of(version)}?claim={claim.pk}")

    expect(words(page)).to_have_value("Alice typed this.")
    expect(page.get_by_label("Rationale")).to_have_value("Reasons of Alice.")
    expect(page.locator("#text mark")).to_have_text([BOATS, HURT])
    expect(unsent(page)).to_be_hidden()
    assert fresh(claim).text == "Alice typed this."
    assert AuditEvent.objects.get(action="claim.edited").actor_id == cast.alice.person_id


def test_signing_out_takes_drafts_along(claim: Claim, alice: Person) -> None:
    page = alice.page
    page.goto(page_of(claim))
    page.get_by_label("Rationale").fill("My long reasons.")
    expect(page.locator("form[action$='/verdict/'] kept-draft")).to_contain_text("Kept in this browser")
    assert page.evaluate(KEPT) != []
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("details.menu > summary").click()

    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.evaluate(KEPT) == []


# For everybody


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_what_is_said_of_saving_is_accessible(  # noqa: PLR0917  # fixtures, given by their names
    cast: Cast, claim: Claim, version: ArticleVersion, enter: Enter, size: dict[str, int], scheme: str
) -> None:
    alice = enter("alice", viewport=size, color_scheme=scheme)
    page = alice.page

    page.goto(page_of(claim))
    fail(page, "**/edit/")
    words(page).fill("Alice’s words.")
    expect(unsent(page)).to_contain_text("1 change not saved yet")
    page.locator("unsent-list summary").click()
    expect(page.locator("unsent-list q")).to_be_visible()
    require_accessible(page)

    edit_claim(claim, by=cast.bob, text="Bob’s words.")
    recover(page)
    expect(page.get_by_role("heading", name="Bob was faster")).to_be_visible()
    require_accessible(page)

    page.goto(bench_of(version))
    expect(unsent(page)).to_contain_text("Bob was faster")
    page.locator("unsent-list summary").click()
    require_accessible(page)
    page.locator("unsent-list").get_by_role("button", name="Throw away").click()

    make_highlight(by=cast.bob, version=version, quote=HURT)
    actions.claims.start(by=cast.bob, claim=fresh(claim))
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("#live-news")).to_contain_text(re.compile(r"\d changes"))
    require_accessible(page)

    alice.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.goto("about:blank")
    sign_in(page, "alice")
    page.goto(page_of(claim))
    alice.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    words(page).fill("Typed after the session’s end.")
    expect(page.get_by_role("dialog", name="Your session has ended")).to_be_visible()
    require_accessible(page)
    page.get_by_role("dialog").get_by_label("Password").fill("wrong")
    page.get_by_role("dialog").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("No account")
    require_accessible(page)


def require_accessible(page: Page) -> None:
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
