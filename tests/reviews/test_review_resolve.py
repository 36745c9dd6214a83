from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from articles.actions.verdicts import digest_of
from articles.models import AuditEvent, Claim, Membership, Resolution, Status
from articles.queries.history import last_number
from tests.claims.asking import HTMX, address
from tests.factories import fresh, make_blind, make_highlight, make_second, make_version, rating_of


@pytest.fixture
def claim(alice: Membership, bob: Membership) -> Claim:
    """Alice found it to be supported, Bob refuted, each without knowing."""
    claim = make_blind(by=alice, rationale="The log of the county says so.")
    make_second(by=bob, claim=claim, rating="refuted")
    return claim


def seen(claim: Claim, **typed: Any) -> dict[str, Any]:
    told = {"stands": "second", "note": "The log is the older one."}
    return {"digest": digest_of(claim), "seen": last_number(claim.desk), "request_id": str(uuid4())} | told | typed


def test_a_third_person_says_which_one_stands(browser_of_erin: Client, claim: Claim, erin: Membership) -> None:
    answer = browser_of_erin.post(address("review-resolve", claim), seen(claim), follow=True)

    claim = fresh(claim)
    assert claim.verdict
    assert claim.review
    assert (claim.status, claim.verdict.rating.code) == (Status.APPROVED, "refuted")
    assert claim.review.reviewer == erin.person
    assert "Resolved, and approved." in answer.text


def test_each_of_the_two_can_say_it_of_the_others(
    browser_of_alice: Client, browser_of_bob: Client, claim: Claim
) -> None:
    pages = [browser.get(address("review", claim)).text for browser in (browser_of_alice, browser_of_bob)]

    assert ["Supported, as Alice found" in page for page in pages] == [False, True]
    assert ["Refuted, as Bob found" in page for page in pages] == [True, False]
    assert browser_of_alice.post(address("review-resolve", claim), seen(claim)).status_code == 302
    assert fresh(claim).status == Status.APPROVED


def test_nobody_says_it_of_their_own(browser_of_bob: Client, claim: Claim) -> None:
    answer = browser_of_bob.post(address("review-resolve", claim), seen(claim))

    assert answer.status_code == 422
    assert "This finding is your own." in answer.text
    assert "The log is the older one." in answer.text
    assert not Resolution.objects.exists()


def test_another_finding_goes_to_yet_another_person(browser_of_erin: Client, claim: Claim, erin: Membership) -> None:
    third = {"rating": str(rating_of(erin, "not-enough-evidence").pk), "rationale": "Both rest on one log."}
    sent = seen(claim, stands="third", **third, searched="The logs.", missing="The hospital’s list.")

    answer = browser_of_erin.post(address("review-resolve", claim), sent, follow=True)

    claim = fresh(claim)
    assert claim.verdict
    assert (claim.status, claim.verdict.author) == (Status.IN_REVIEW, erin.person)
    assert "Your finding stands. It waits for a second person." in answer.text
    page = browser_of_erin.get(address("claim", claim)).text
    for words in ("Both rest on one log.", "Another finding, says Erin", "The log is the older one."):
        assert words in page


def test_another_finding_has_to_be_whole(browser_of_erin: Client, claim: Claim) -> None:
    answer = browser_of_erin.post(address("review-resolve", claim), seen(claim, stands="third"))

    assert answer.status_code == 422
    assert "Choose a rating." in answer.text
    assert "Say how the evidence leads to this rating." in answer.text
    assert "The log is the older one." in answer.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"note": " "}, "Say why this finding stands."),
        ({"stands": ""}, "Choose which finding stands."),
        ({"stands": "fourth"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said(browser_of_erin: Client, claim: Claim, wrong: dict[str, str], sentence: str) -> None:
    answer = browser_of_erin.post(address("review-resolve", claim), seen(claim) | wrong)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert ('aria-describedby="resolve-stands_error"' in answer.text) == ("stands" in wrong)
    assert fresh(claim).status == Status.IN_REVIEW


def test_what_changed_meanwhile_is_told_and_nothing_resolved(
    browser_of_erin: Client, claim: Claim, alice: Membership
) -> None:
    carried = seen(claim)
    make_highlight(by=alice, claim=claim, version=make_version(by=alice))

    answer = browser_of_erin.post(address("review-resolve", claim), carried)

    assert answer.status_code == 409
    assert "Nothing was decided." in answer.text
    assert "The log is the older one." in answer.text
    assert not Resolution.objects.exists()


def test_where_nothing_differs(browser_of_bob: Client, alice: Membership, bob: Membership) -> None:
    claim = make_blind(by=alice)
    make_second(by=bob, claim=claim)

    answer = browser_of_bob.post(address("review-resolve", claim), seen(claim))

    assert answer.status_code == 422
    assert "There is no difference between two findings to resolve here." in answer.text


def test_htmx_is_led_on_as_a_whole_page(browser_of_erin: Client, claim: Claim) -> None:
    answer = browser_of_erin.post(address("review-resolve", claim), seen(claim), headers=HTMX)

    assert answer.headers["HX-Redirect"].endswith("/review/")


def test_a_repeated_request_is_answered_and_done_once(browser_of_erin: Client, claim: Claim) -> None:
    sent = seen(claim)

    answers = [browser_of_erin.post(address("review-resolve", claim), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(action="difference.resolved").count() == 1


def test_what_was_decided_stays_on_the_claims_page(browser_of_erin: Client, claim: Claim) -> None:
    browser_of_erin.post(address("review-resolve", claim), seen(claim))

    answer = browser_of_erin.get(address("claim", claim))

    for words in ("The log of the county", "So I find.", "The second stands, says Erin", "The log is the older one."):
        assert words in answer.text


def test_a_reader_resolves_nothing(browser_of_rita: Client, claim: Claim) -> None:
    assert browser_of_rita.post(address("review-resolve", claim), seen(claim)).status_code == 403


def test_get_is_the_wrong_method(browser_of_bob: Client, claim: Claim) -> None:
    assert browser_of_bob.get(address("review-resolve", claim)).status_code == 405
