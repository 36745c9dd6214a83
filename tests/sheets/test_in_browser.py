"""The sheets, the desk and its people as they are seen: whole on a phone, open to everyone, silent in the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ViewportSize, expect

from articles import actions
from articles.models import Claim, ClaimSheet, Membership, SheetEdition
from articles.sample.play import play
from tests.browser.looking import AXE
from tests.browser.person import Person
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser

WIDE, PHONE, ZOOMED = (ViewportSize(width=width, height=900) for width in (1440, 390, 320))


@pytest.fixture
def members(live_server: LiveServer) -> dict[str, Membership]:
    """The people of the sample desk, with an empty desk beside it."""
    found = {member.person.username: member for member in play(PASSWORD)}
    actions.desks.found(name="Empty desk", slug="empty", administrator=found["erin"].person)
    return found


def address() -> str:
    return f"/d/sample/sheets/{ClaimSheet.objects.get().pk}/"


def pages() -> list[str]:
    sheet = address()
    sample = ["/", "/d/sample/", "/d/sample/people/", "/d/sample/sheets/", sheet, f"{sheet}editions/1/"]
    return [*sample, "/d/empty/", "/d/empty/sheets/"]


@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide", "phone, dark"])
def test_nothing_bars_anyone(browser: Browser, live_server: LiveServer, members, viewport, scheme) -> None:
    erin = Person(browser, live_server.url, "erin", viewport=viewport, color_scheme=scheme)
    for size in (viewport, ZOOMED):
        erin.page.set_viewport_size(size)
        for path in pages():
            erin.page.goto(path)
            assert erin.page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
    assert erin.complaints == []

    erin.page.set_viewport_size(viewport)
    for path in pages():
        erin.page.goto(path)
        found = Axe().run(erin.page, options=AXE)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
    erin.close()


def test_a_sheet_that_changed_meanwhile_is_read_again_and_signed(
    browser: Browser, live_server: LiveServer, members
) -> None:
    erin = Person(browser, live_server.url, "erin", viewport=WIDE)
    page = erin.page
    page.goto(address())
    page.get_by_label("What changed, and why").fill("The number of dead is being checked again.")
    page.get_by_label("Leave out").check()
    actions.claims.start(by=members["alice"], claim=Claim.objects.get(summary="340 houses damaged"))

    page.get_by_role("button", name="Sign off edition 2").click()

    expect(page.locator("#sign-off .form-errors")).to_contain_text("Alice started to check the claim.")
    expect(page.get_by_label("What changed, and why")).to_have_value("The number of dead is being checked again.")
    page.get_by_label("Leave out").check()
    page.get_by_role("button", name="Sign off edition 2").click()
    expect(page.locator("article.sheet")).to_contain_text("supersedes edition 1")
    assert SheetEdition.objects.count() == 2
    erin.close()


def test_without_javascript_it_is_signed_and_downloaded(browser: Browser, live_server: LiveServer, members) -> None:
    erin = Person(browser, live_server.url, "erin", java_script_enabled=False)
    page = erin.page
    page.goto(address())
    page.get_by_label("What changed, and why").fill("One claim was reopened.")
    page.get_by_role("button", name="Sign off edition 2").click()

    expect(page.locator(".field-errors")).to_have_text(
        "Confirm that the claims on which work is not done are left out."
    )
    page.get_by_label("Leave out").check()
    page.get_by_role("button", name="Sign off edition 2").click()
    expect(page.get_by_text("Edition 2 is signed off.")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV", exact=True).click()

    assert waiting.value.suggested_filename == "thousands-leave-homes-after-dam-gate-opens-above-tesmar-edition-2.csv"
    kept = SheetEdition.objects.get(number=2).files.get(format="csv")
    assert waiting.value.path().read_bytes() == bytes(kept.content)
    erin.close()


def test_a_role_is_changed_in_place(browser: Browser, live_server: LiveServer, members) -> None:
    erin = Person(browser, live_server.url, "erin", viewport=WIDE)
    page = erin.page
    page.goto("/d/sample/people/")
    page.get_by_label("Role of Bob").select_option("Editor")
    page.locator("tr", has_text="Bob").get_by_role("button", name="Save").click()

    expect(page.locator("#messages")).to_contain_text("Bob is editor now.")
    expect(page.get_by_label("Role of Bob")).to_have_value("editor")
    assert erin.complaints == []
    erin.close()
