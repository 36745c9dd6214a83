"""The doors in a real browser: passkeys, the pages of one's account, an invitation taken, a desk that asks for more."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from articles import actions
from articles.models import Membership, Person, Story
from tests.browser.looking import objections_in_both_widths
from tests.browser.person import Person as Visitor
from tests.browser.test_every_page import LOADED_IN, SCREENS
from tests.browsing import HeldRequest
from tests.doors.keys import code_of
from tests.factories import PASSWORD, make_desk, make_invitation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Response
    from pytest_django.live_server_helper import LiveServer

    from tests.factories import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ACCOUNT, FACTOR, DESK = "/accounts/", "/accounts/second-factor/", "/d/night-desk/"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""What keeps the passkeys of this browser, and says yes by itself."""


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def alice(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Visitor]:
    alice = Visitor(browser, live_server.url, "alice", password=PASSWORD)
    devtools = alice.context.new_cdp_session(alice.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield alice
    alice.close()


def confirm(page: Page) -> None:
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def add_passkey(page: Page, *, alone: bool) -> None:
    page.goto(f"{FACTOR}passkeys/add/")
    if page.locator("#id_password").count():
        confirm(page)
    page.locator("#id_name").fill("Work laptop")
    page.get_by_label("Sign in with it alone").set_checked(alone)
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def set_up_app(page: Page) -> str:
    """Returns the key that the app keeps."""
    page.goto(f"{FACTOR}app/")
    confirm(page)
    secret = "".join(page.locator(".secret span").all_inner_texts())
    page.get_by_role("textbox", name="Code").fill(code_of(secret))
    page.get_by_role("button", name="Set up the app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    return secret


def test_a_passkey_signs_in_without_the_password(alice: Visitor) -> None:
    page = alice.page
    add_passkey(page, alone=True)
    page.goto(ACCOUNT)
    expect(page.locator("main")).to_contain_text("signs in without the password")
    sign_out(page)

    page.goto(f"/accounts/login/?next={DESK}claims/")
    page.get_by_role("button", name="Use a passkey").click()

    expect(page).to_have_url(re.compile(f"{DESK}claims/$"))
    assert alice.complaints == []


def test_a_browser_without_passkeys_says_so_where_one_is_made(alice: Visitor) -> None:
    page = alice.page
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto(f"{FACTOR}passkeys/add/")
    confirm(page)

    expect(page.get_by_role("alert")).to_contain_text("This browser knows no passkeys")
    expect(page.get_by_role("button", name="Add the passkey")).to_be_hidden()
    sign_out(page)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_passkey_is_the_second_factor_after_the_password(alice: Visitor) -> None:
    page = alice.page
    add_passkey(page, alone=False)
    sign_out(page)
    page.get_by_label("User name or e-mail").fill("alice")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Your second factor")).to_be_visible()

    page.get_by_role("button", name="Use a passkey").click()

    expect(page).to_have_url(re.compile(f"{DESK}$"))
    page.goto(f"{FACTOR}codes/renew/")
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Make new recovery codes?")).to_be_visible()
    assert alice.complaints == []


def test_a_passkey_is_renamed_and_removed(alice: Visitor) -> None:
    page = alice.page
    add_passkey(page, alone=False)
    page.goto(ACCOUNT)
    page.get_by_role("link", name="Rename Work laptop").click()
    if page.get_by_role("link", name="Use a passkey").count():
        page.get_by_role("link", name="Use a passkey").click()
        page.get_by_role("button", name="Use a passkey").click()
    page.locator("#id_name").fill("Old laptop")
    page.get_by_role("button", name="Rename").click()
    page.get_by_role("link", name="Remove Old laptop").click()
    page.get_by_role("button", name="Remove the passkey").click()

    expect(page.get_by_role("link", name="Set up an authenticator app")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Recovery codes")


def test_a_refused_passkey_is_said_and_can_be_tried_again(alice: Visitor) -> None:
    page = alice.page
    sign_out(page)

    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("alert").filter(has_text="passkey")).to_be_visible()
    expect(page.get_by_role("button", name="Use a passkey")).to_be_enabled()


@pytest.mark.parametrize("screen", LOADED_IN)
def test_every_page_of_ones_account(browser: Browser, live_server: LiveServer, cast: Cast, screen: str) -> None:
    alice = Visitor(browser, live_server.url, "alice", password=PASSWORD, **SCREENS[screen])
    page = alice.page
    wrong: list[str] = []

    def look(name: str) -> None:
        wrong.extend(f"{name}: {said}" for said in objections_in_both_widths(page))

    page.goto(FACTOR)
    look("a desk that asks")
    page.goto(f"{FACTOR}app/")
    look("confirm by password")
    confirm(page)
    page.get_by_role("textbox", name="Code").fill("0")
    page.get_by_role("button", name="Set up the app").click()
    look("a wrong code")
    secret = "".join(page.locator(".secret span").all_inner_texts())
    page.get_by_role("textbox", name="Code").fill(code_of(secret))
    page.get_by_role("button", name="Set up the app").click()
    for name in ("codes/", "codes/renew/", "app/remove/", "passkeys/add/", "confirm/"):
        page.goto(f"{FACTOR}{name}")
        look(name)
    page.goto(ACCOUNT)
    look("account")
    alice.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_label("User name or e-mail").fill("alice")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    look("second factor")
    page.context.clear_cookies()
    page.goto(f"/join/night-desk/{make_invitation(by=cast.erin).token}/")
    look("invitation")
    page.get_by_role("button", name="Make the account").click()
    look("an account refused")
    page.goto("/join/night-desk/nothing/")
    look("closed")

    alice.close()
    assert wrong == []
    assert [said for said in alice.complaints if "status of 4" not in said] == []


def test_who_is_being_invited_is_still_there_when_a_role_was_changed(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    erin = Visitor(browser, live_server.url, "erin", password=PASSWORD)
    page = erin.page
    page.goto(f"{DESK}people/")
    page.get_by_label("Name or e-mail", exact=True).fill("Nina Falk")

    page.locator("form.role").first.get_by_role("button", name="Save").click()

    expect(page.locator("[role=status]").filter(has_text=" now.").first).to_be_visible()
    expect(page.get_by_label("Name or e-mail", exact=True)).to_have_value("Nina Falk")
    expect(page.locator("#people")).to_be_focused()
    ids = page.locator("#people [id]").evaluate_all("all => all.map(({ id }) => id)")
    assert len(ids) == len(set(ids))
    erin.close()


def test_from_an_invitation_onto_a_desk_that_asks_for_a_second_factor(
    browser: Browser, live_server: LiveServer, cast: Cast
) -> None:
    erin = Visitor(browser, live_server.url, "erin", password=PASSWORD)
    page = erin.page
    set_up_app(page)
    page.goto(f"{DESK}people/")
    page.get_by_role("button", name="Ask for a second factor").click()
    expect(page.locator("#people")).to_contain_text("This desk opens only to people who signed in with a second factor")
    page.locator("#invite-invited").fill("Nina Falk")
    page.get_by_role("button", name="Make the link").click()
    link = page.locator("code.link").inner_text()
    guest = browser.new_context(base_url=live_server.url).new_page()

    guest.goto(link)
    words = "seven lamps along the quay"
    told = {"Your name": "Nina Falk", "User name": "nina", "Password": words, "Password, again": words}
    for label, typed in told.items():
        guest.get_by_label(label, exact=True).fill(typed)
    guest.get_by_role("button", name="Make the account and join").click()
    expect(guest.get_by_role("heading", name="A second factor is needed")).to_be_visible()
    guest.get_by_role("link", name="Set up an authenticator app").click()
    guest.locator("#id_password").fill(words)
    guest.get_by_role("button", name="Go on").click()
    secret = "".join(guest.locator(".secret span").all_inner_texts())
    guest.get_by_role("textbox", name="Code").fill(code_of(secret))
    guest.get_by_role("button", name="Set up the app").click()
    guest.get_by_role("link", name="I have kept them: go on").click()

    expect(guest.get_by_role("heading", name="Night desk")).to_be_visible()
    expect(guest.locator("main")).to_contain_text("Invited by Erin, Nina Falk came onto the desk as reviewer.")
    assert Membership.objects.current().filter(person=Person.objects.get(username="nina")).count() == 1
    guest.context.close()
    erin.close()


def test_when_a_desk_begins_to_ask_an_open_page_leads_there_and_nothing_is_lost(alice: Visitor, cast: Cast) -> None:
    page = alice.page
    page.goto(f"{DESK}stories/")
    page.locator("#new-story > summary").click()
    actions.desks.require_second_factor(by=cast.erin)

    page.locator("[name=title]").fill("The flood")
    page.locator("[name=title]").press("Enter")

    expect(page.get_by_role("heading", name="A second factor is needed")).to_be_visible()
    _set_up_the_app(page)
    _expect_it_was_sent(page)


def test_nothing_is_lost_by_a_page_that_lives_on_while_the_door_is_slow_to_open(alice: Visitor, cast: Cast) -> None:
    page = alice.page
    page.goto(f"{DESK}stories/")
    page.locator("#new-story > summary").click()
    actions.desks.require_second_factor(by=cast.erin)
    door = HeldRequest(page, f"**{FACTOR}**")
    refused: list[Response] = []
    page.on("response", lambda answer: refused.append(answer) if answer.status == HTTPStatus.FORBIDDEN else None)

    page.locator("[name=title]").fill("The flood")
    page.locator("[name=title]").press("Enter")
    assert door.route.request.method == "GET"
    while len(refused) < 2:
        page.wait_for_event("response")

    expect(page.get_by_role("heading", name="A second factor is needed")).to_be_visible()
    _set_up_the_app(page)
    _expect_it_was_sent(page)


def _expect_it_was_sent(page: Page) -> None:
    """By the first page that may, or by that of the stories, which then goes to the new one."""
    expect(page.get_by_role("main")).to_contain_text("The flood")
    assert Story.objects.get().title == "The flood"


def _set_up_the_app(page: Page) -> None:
    page.get_by_role("link", name="Set up an authenticator app").click()
    confirm(page)
    secret = "".join(page.locator(".secret span").all_inner_texts())
    page.get_by_role("textbox", name="Code").fill(code_of(secret))
    page.get_by_role("button", name="Set up the app").click()
    page.get_by_role("link", name="I have kept them: go on").click()
