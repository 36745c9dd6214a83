"""Two people who find apart, a third who resolves, and words that are suggested: at their browsers, mostly by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from articles.models import Claim, Membership, Status, Suggestion
from tests.browser.person import Person
from tests.factories import Cast, fresh, make_claim, make_desk, make_evidence, make_suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIRST = "The log of the county says three."
SECOND = "The hospital took in two, and knows of no more."
NOTE = "The hospital counted people, the county ambulances."


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def claim(cast: Cast) -> Claim:
    """Alice checks it, and has a source."""
    claim = make_claim(by=cast.alice, status=Status.CHECKING)
    make_evidence(by=cast.alice, claim=claim)
    return claim


@pytest.fixture
def sit_down(browser: Browser, live_server: LiveServer) -> Iterator[Callable[[Membership], Person]]:
    """Opens a browser for a person, and closes it once nothing was complained of."""
    people: list[Person] = []

    def opened(member: Membership) -> Person:
        people.append(Person(browser, live_server.url, member.person.username))
        return people[-1]

    yield opened
    complaints = [complaint for person in people for complaint in person.complaints]
    for person in people:
        person.close()
    assert complaints == []


def open_the_first(page: Page, cast: Cast) -> None:
    """From wherever one is to the claim that has waited longest, by keys."""
    page.goto(f"/d/{cast.desk.slug}/")
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url("**/review/")
    page.keyboard.press("n")
    page.wait_for_url("**/review/*-*/")


def test_two_find_apart_and_a_third_says_which_stands(
    cast: Cast, claim: Claim, sit_down: Callable[[Membership], Person]
) -> None:
    alice, bob, erin = (sit_down(member) for member in (cast.alice, cast.bob, cast.erin))
    alice.page.goto(f"/d/{cast.desk.slug}/claims/{claim.pk}/")
    alice.page.get_by_role("button", name="Review blind").click()
    expect(alice.page.locator("#claim-panel")).to_contain_text("Your verdict is read by nobody else")
    alice.give_verdict(rating="Supported", rationale=FIRST)

    open_the_first(bob.page, cast)
    expect(bob.page.get_by_role("main")).not_to_contain_text(FIRST)
    bob.page.get_by_label("Refuted", exact=True).check()
    bob.page.get_by_label("Rationale").fill(SECOND)
    bob.page.keyboard.press("Control+Enter")
    expect(bob.page.get_by_role("main")).to_contain_text("Found apart, and different.")
    expect(bob.page.get_by_role("main")).to_contain_text(FIRST)

    open_the_first(erin.page, cast)
    expect(erin.page.get_by_label("Another finding")).to_be_visible()
    expect(erin.page.get_by_role("heading", name="The other finding")).to_be_hidden()
    erin.page.get_by_label("Refuted, as Bob found").check()
    erin.page.get_by_label("Why it stands").fill(NOTE)
    erin.page.keyboard.press("Control+Enter")
    expect(erin.page.locator("#messages")).to_contain_text("Resolved, and approved.")

    now = fresh(claim)
    assert now.verdict
    assert (now.status, now.verdict.rationale) == (Status.APPROVED, SECOND)
    alice.page.reload()
    for words in (FIRST, SECOND, NOTE):
        expect(alice.page.get_by_role("main")).to_contain_text(words)


def test_words_are_suggested_accepted_and_approved(cast: Cast, sit_down: Callable[[Membership], Person]) -> None:
    claim = make_claim(by=cast.alice, status=Status.IN_REVIEW)
    alice, bob = sit_down(cast.alice), sit_down(cast.bob)

    open_the_first(bob.page, cast)
    bob.page.keyboard.press("s")
    bob.page.get_by_label("The claim should read").fill("Three people were slightly hurt.")
    bob.page.get_by_role("button", name="Suggest for the claim").click()
    expect(bob.page.get_by_role("main")).to_contain_text("Alice decides on it.")

    alice.page.goto(f"/d/{cast.desk.slug}/claims/{claim.pk}/")
    alice.page.keyboard.press("y")
    expect(alice.page.locator("#claim-panel").get_by_label("Claim", exact=True)).to_have_value(
        "Three people were slightly hurt."
    )

    open_the_first(bob.page, cast)
    bob.page.keyboard.press("a")
    bob.page.wait_for_url("**/review/")
    assert fresh(claim).status == Status.APPROVED


def test_suggested_words_are_declined_by_key(cast: Cast, sit_down: Callable[[Membership], Person]) -> None:
    claim = make_claim(by=cast.alice, status=Status.IN_REVIEW)
    make_suggestion(claim, by=cast.bob, words="Three people were slightly hurt.")
    page = sit_down(cast.alice).page

    page.goto(f"/d/{cast.desk.slug}/claims/{claim.pk}/")
    page.keyboard.press("x")
    page.keyboard.type("They were badly hurt.")
    page.keyboard.press("Control+Enter")

    expect(page.locator("#claim-panel")).not_to_contain_text("suggests other words")
    declined = Suggestion.objects.get(verdict__claim=claim)
    assert (declined.decision, declined.reason) == ("declined", "They were badly hurt.")


def test_the_list_of_reasons_and_what_was_rated_alike(cast: Cast, sit_down: Callable[[Membership], Person]) -> None:
    before = make_claim(by=cast.alice, status=Status.APPROVED, text="Three people were hurt when the bridge closed.")
    claim = make_claim(by=cast.alice, status=Status.CHECKING, text="Three people were hurt at the bridge.")
    alice = sit_down(cast.alice)

    alice.page.goto(f"/d/{cast.desk.slug}/claims/{claim.pk}/")
    likest = alice.page.locator("#claim-panel .precedents a.title").first
    likest.scroll_into_view_if_needed()
    expect(likest).to_have_text(before.text)
    other = likest.get_attribute("href")

    asked: list[str] = []
    alice.page.on("request", lambda request: asked.append(request.url))
    alice.page.get_by_text("Set aside…").click()
    alice.page.get_by_role("button", name="Set aside", exact=True).click()
    expect(alice.page.locator("#claim-panel")).to_contain_text("Choose why it is set aside.")
    expect(likest).to_have_text(before.text)
    assert not [url for url in asked if url.endswith("/precedents/")]
    alice.complaints.clear()  # of the 422

    alice.page.get_by_label("Why", exact=True).select_option("A duplicate")
    alice.page.get_by_label("Of which claim").fill(f"{alice.site}{other}")
    alice.page.get_by_role("button", name="Set aside", exact=True).click()
    expect(alice.page.locator("#claim-panel .standing")).to_contain_text("A duplicate of “Three people were hurt when")

    assert fresh(claim).duplicate_of == before
