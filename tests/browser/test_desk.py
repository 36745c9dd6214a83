"""Ticking claims by mouse and by keyboard, with scripts and without; and the mark of a last look, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from articles.models import Claim, LastLook, Membership
from tests.browser.person import Person
from tests.factories import Cast, fresh, make_claim, make_desk, make_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def claims(cast: Cast) -> list[Claim]:
    """Newest first, as they are listed."""
    return [make_claim(by=cast.alice) for _ in range(6)][::-1]


@pytest.fixture
def alice(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Person]:
    person = Person(browser, live_server.url, "alice")
    yield person
    person.close()


def listed(page: Page, cast: Cast) -> None:
    page.goto(reverse("articles:claim-list", args=[cast.desk.slug]))
    page.wait_for_function("() => customElements.get('row-choice') !== undefined")


def ticked(page: Page) -> list[int]:
    boxes = page.locator("input[name=claim]")
    return [number for number in range(boxes.count()) if boxes.nth(number).is_checked()]


def test_a_range_by_mouse(alice: Person, cast: Cast, claims: list[Claim]) -> None:
    page = alice.page
    listed(page, cast)
    boxes = page.locator("input[name=claim]")

    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    assert ticked(page) == [1, 2, 3, 4]
    expect(page.get_by_text("4 ticked")).to_be_visible()

    boxes.nth(3).click(modifiers=["Shift"])
    assert ticked(page) == [1, 2]


def test_a_range_by_keyboard_and_all_of_them(alice: Person, cast: Cast, claims: list[Claim]) -> None:
    page = alice.page
    listed(page, cast)
    page.locator("input[name=claim]").first.focus()

    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("ArrowDown")
    assert ticked(page) == [0, 1, 2]
    page.keyboard.press("Shift+ArrowUp")
    assert ticked(page) == [0, 1]

    page.get_by_label("All on this page").check()
    assert ticked(page) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("scripts", [True, False])
def test_given_to_two_people_in_turn_and_taken_back(
    scripts: bool, browser: Browser, live_server: LiveServer, cast: Cast, claims: list[Claim]
) -> None:
    alice = Person(browser, live_server.url, "alice", java_script_enabled=scripts)
    page = alice.page
    page.goto(reverse("articles:claim-list", args=[cast.desk.slug]))
    for number in (0, 1, 2):
        page.locator("input[name=claim]").nth(number).check()

    page.get_by_role("button", name="Assign to…").click()
    page.get_by_label("Bob").check()
    page.get_by_label("Erin").check()
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="3 claims would change")).to_be_visible()
    page.get_by_role("button", name="Assign 3 claims").click()

    expect(page.get_by_text("3 claims changed.")).to_be_visible()
    bob, erin = cast.bob.person, cast.erin.person
    assert [fresh(claim).assignee for claim in claims[2::-1]] == [bob, erin, bob]
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Alice took this back")).to_be_visible()
    assert [fresh(claim).assignee for claim in claims[:3]] == [None] * 3
    alice.close()


def looked(member: Membership) -> bool:
    return LastLook.objects.filter(person_id=member.person_id).exists()


def test_the_news_stay_until_they_are_marked_as_seen(alice: Person, cast: Cast) -> None:
    make_evidence(by=cast.bob, claim=make_claim(by=cast.alice))
    page = alice.page
    desk = cast.desk.get_absolute_url()
    page.goto(desk)
    page.get_by_text("Since you last looked").scroll_into_view_if_needed()

    page.reload()
    page.goto("about:blank")
    page.goto(desk)
    assert not looked(cast.alice)

    page.get_by_role("button", name="Mark as seen").click()
    expect(page.get_by_text("Nobody did anything with your claims.")).to_be_visible()
    assert looked(cast.alice)
