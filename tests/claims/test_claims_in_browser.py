"""The panel, the claim pages and the review as a browser shows them: with scripts, without, and to axe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from articles.models import Claim, Membership, Source, Status
from tests.browsing import HeldRequest
from tests.claims.asking import address, page_of
from tests.factories import Cast, fresh, make_claim, make_desk, make_evidence, make_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.live_server_helper import LiveServer

    type Open = Callable[..., Page]

pytestmark = pytest.mark.browser


@pytest.fixture
def people(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def browse(browser: Browser, live_server: LiveServer) -> Iterator[Open]:
    """Opens pages as a member; whatever the console complained about in the end fails the test."""
    contexts, complaints = [], []

    def heard(said: ConsoleMessage) -> None:
        if said.type == "error":
            complaints.append(said.text)

    def browse_as(member: Membership, **options: Any) -> Page:
        client = Client()
        client.force_login(member.person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield browse_as
    # What a page says while it is being closed is nothing that a person sees.
    heard_until_then = list(complaints)
    for context in contexts:
        context.close()
    assert [said for said in heard_until_then if not any(status in said for status in ("401", "409", "422"))] == []


def test_words_typed_in_the_other_forms_stay(people: Cast, browse: Open) -> None:
    make_source(by=people.alice, title="Accident log")
    claim = make_claim(by=people.alice)
    page = browse(people.alice)
    page.goto(page_of(claim))

    page.get_by_label("Refuted").check()
    page.get_by_label("Rationale").fill("My long reasons.")
    page.locator("#evidence-add summary").first.click()
    page.get_by_label("Source", exact=True).press_sequentially("acc")
    page.get_by_role("option", name="Accident log").click()
    page.get_by_label("Supports").check()
    page.get_by_label("Words relied on").fill("Three injured.")
    page.get_by_label("Words relied on").press("Control+Enter")

    expect(page.locator("#claim-panel .evidence")).to_contain_text("Three injured.")
    expect(page.get_by_label("Rationale")).to_have_value("My long reasons.")
    expect(page.get_by_label("Refuted")).to_be_checked()
    expect(page.locator("#claim-panel h2")).to_contain_text("checking")
    page.get_by_role("button", name="Give verdict").click()
    expect(page.locator("#claim-panel h2")).to_contain_text("in review")
    expect(page.locator("#claim-aside")).to_contain_text("In review since")


def test_the_other_claim_of_a_duplicate_is_found_while_typing(browse: Open, people: Cast) -> None:
    claim = make_claim(by=people.alice)
    other = make_claim(by=people.alice, text="The ferry capsized off the pier.")
    page = browse(people.alice)
    page.goto(page_of(claim))

    page.get_by_text("Set aside…").click()
    page.get_by_label("Why", exact=True).select_option("duplicate")
    page.get_by_label("Of which claim").fill("ferry cap")
    page.get_by_role("option", name="The ferry capsized").click()
    expect(page.get_by_label("Of which claim")).to_have_value("The ferry capsized off the pier.")
    page.get_by_role("button", name="Set aside", exact=True).click()

    expect(page.locator("#claim-panel")).to_contain_text("A duplicate of “The ferry capsized off the pier.”.")
    assert fresh(claim).duplicate_of == other


def test_many_are_set_aside_as_duplicates_by_keyboard(browse: Open, people: Cast) -> None:
    claims = [make_claim(by=people.alice) for _ in range(2)]
    other = make_claim(by=people.alice, text="The ferry capsized off the pier.")
    page = browse(people.alice)
    page.goto(reverse("articles:claim-list", args=[people.desk.slug]))
    for claim in claims:
        page.locator(f'input[name="claim"][value="{claim.pk}"]').check()
    page.get_by_role("button", name="Set aside…").click()

    page.get_by_label("Why", exact=True).select_option("duplicate")
    page.get_by_label("Of which claim").press_sequentially("ferry")
    page.get_by_role("option", name="The ferry capsized").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_label("Of which claim")).to_have_value("The ferry capsized off the pier.")
    page.get_by_role("button", name="Set 2 claims aside").click()

    page.get_by_text("2 claims changed.").first.wait_for()
    assert [fresh(claim).duplicate_of for claim in claims] == [other, other]


def test_what_is_typed_while_the_server_thinks_stays(people: Cast, browse: Open) -> None:
    claim = make_claim(by=people.alice)
    page = browse(people.alice)
    page.goto(page_of(claim))
    held = HeldRequest(page, "**/start/")
    words = page.get_by_label("Claim", exact=True)

    page.get_by_role("button", name="Start checking").click()
    start = held.route
    words.fill("Three people were hurt.")
    page.get_by_label("Rationale").fill("My long reasons.")
    expect(page.get_by_role("button", name="Give verdict")).to_be_disabled()
    start.continue_()

    expect(page.locator("#claim-panel h2")).to_contain_text("checking")
    expect(words).to_have_value("Three people were hurt.")
    expect(page.get_by_label("Rationale")).to_have_value("My long reasons.")
    expect(page.locator(".claim-words")).to_contain_text("Saved")
    assert fresh(claim).text == "Three people were hurt."


def test_the_focus_stays_in_the_panel(people: Cast, browse: Open) -> None:
    claim = make_claim(by=people.alice)
    page = browse(people.alice)
    page.goto(page_of(claim))

    page.get_by_role("button", name="Start checking").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#claim-panel h2")).to_contain_text("checking")
    expect(page.locator("#claim-panel")).to_be_focused()


def test_no_style_of_a_field_is_carried_over(people: Cast, browse: Open) -> None:
    claim = make_claim(by=people.alice)
    page = browse(people.alice)
    page.goto(page_of(claim))
    # As <auto-grow> does where CSS cannot.
    page.get_by_label("Claim", exact=True).evaluate("area => { area.style.blockSize = '80px' }")

    page.get_by_label("Claim", exact=True).press("Control+Enter")

    # The content policy would refuse it, and the console say so.
    expect(page.locator(".claim-words")).to_contain_text("Saved")


def test_what_stands_beside_the_panel_comes_with_it(people: Cast, browse: Open) -> None:
    claim = make_claim(by=people.alice, status=Status.IN_REVIEW)
    page = browse(people.alice)
    page.goto(page_of(claim))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "xhr" else None)

    page.get_by_role("button", name="Take it back").click()

    expect(page.locator("#claim-panel h2")).to_contain_text("checking")
    assert "Checking since" in page.locator("#claim-aside").inner_text()
    assert [url for url in asked if not url.endswith("/precedents/")] == [f"{page.url}verdict/withdraw/"]


def test_saved_by_key_and_the_hand_stays_in_the_words(people: Cast, browse: Open) -> None:
    claim = make_claim(by=people.alice)
    page = browse(people.alice)
    page.goto(page_of(claim))

    page.get_by_label("Claim", exact=True).fill("Three people were hurt at the bridge.")
    page.get_by_label("Claim", exact=True).press("Control+Enter")

    expect(page.locator(".claim-words")).to_contain_text("Saved")
    expect(page.get_by_label("Claim", exact=True)).to_be_focused()
    assert fresh(claim).text == "Three people were hurt at the bridge."


def test_evidence_withdrawn_and_brought_back_by_key(people: Cast, browse: Open) -> None:
    claim = make_claim(by=people.alice)
    make_evidence(by=people.alice, claim=claim)
    page = browse(people.alice)
    page.goto(page_of(claim))

    page.get_by_role("button", name="Withdraw: Accident log").click()
    expect(page.locator(".evidence [data-withdrawn]")).to_have_count(1)
    page.get_by_role("button", name="Restore: Accident log").press("Enter")

    expect(page.locator(".evidence [data-withdrawn]")).to_have_count(0)
    assert claim.evidence.in_force().count() == 1


def test_a_claim_is_checked_and_approved_without_scripts(people: Cast, browse: Open) -> None:
    claim = make_claim(by=people.alice)
    alice = browse(people.alice, java_script_enabled=False)
    alice.goto(page_of(claim))
    alice.get_by_label("Claim", exact=True).fill("Three people were hurt at the bridge.")
    alice.get_by_role("button", name="Save").first.click()
    expect(alice.locator("#messages")).to_contain_text("Saved.")

    alice.locator("#evidence-add summary").first.click()
    alice.get_by_label("Source", exact=True).fill("Accident log")
    alice.get_by_label("Supports").check()
    alice.get_by_label("Words relied on").fill("Three injured.")
    alice.get_by_role("button", name="Add evidence").click()
    alice.get_by_label("Supported").check()
    alice.get_by_label("Rationale").fill("The log says so.")
    alice.get_by_role("button", name="Give verdict").click()
    expect(alice.locator("#claim-panel h2")).to_contain_text("in review")

    bob = browse(people.bob, java_script_enabled=False)
    bob.goto(reverse("articles:review-queue", args=[people.desk.slug]))
    bob.get_by_role("link", name="Three people were hurt at the bridge.").click()
    bob.get_by_role("button", name="Approve").click()
    expect(bob.locator("#messages")).to_contain_text("Approved.")
    assert fresh(claim).status == Status.APPROVED


def test_on_paper_there_are_times_and_nothing_to_click(people: Cast, browse: Open) -> None:
    claim = make_claim(by=people.alice)
    make_evidence(by=people.alice, claim=claim)
    page = browse(people.alice)
    page.goto(page_of(claim))
    page.locator("relative-time time[title]").first.wait_for()

    page.emulate_media(media="print")

    by = page.locator(".evidence .by")
    printed, around = by.evaluate(
        "by => [getComputedStyle(by.querySelector('time'), '::after'), getComputedStyle(by)].map(it => it.fontSize)"
    )
    assert printed == around
    expect(by.get_by_role("link", name="Edit")).to_be_hidden()
    expect(by.get_by_role("button", name="Withdraw")).to_be_hidden()


def test_keys_that_nothing_hears_are_not_offered(people: Cast, browse: Open) -> None:
    claim = make_claim(by=people.alice)
    page = browse(people.alice, java_script_enabled=False)

    page.goto(page_of(claim))

    assert page.locator("kbd").count() > 0
    assert [key for key in page.locator("kbd").all() if key.is_visible()] == []


def test_approved_by_key(people: Cast, browse: Open) -> None:
    claim = make_claim(by=people.alice, status=Status.IN_REVIEW)
    page = browse(people.bob)
    page.goto(address("review", claim))

    page.keyboard.press("a")

    expect(page.locator("#messages")).to_contain_text("Approved.")
    assert fresh(claim).status == Status.APPROVED


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(people: Cast, browse: Open, scheme: str) -> None:
    open_, in_review = make_claim(by=people.alice), make_claim(by=people.alice, status=Status.IN_REVIEW)
    approved = make_claim(by=people.alice, status=Status.APPROVED)
    page = browse(people.bob, color_scheme=scheme)
    desk = people.desk.slug
    lists = [reverse(f"articles:{name}", args=[desk]) for name in ("claim-list", "source-list", "review-queue")]
    pages = [address("review", in_review), address("claim-history", approved), address("source", source_of(approved))]

    for path in (page_of(open_), page_of(in_review), page_of(approved), *lists, *pages):
        page.goto(path)
        page.evaluate("document.querySelectorAll('main details').forEach((box) => (box.open = true))")
        found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


def source_of(claim: Claim) -> Source:
    return claim.evidence.get().source
