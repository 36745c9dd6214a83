from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from articles import actions
from articles.models import AuditEvent, Claim, Membership, Status, Verdict
from tests.claims.asking import HTMX, address, fired, is_panel, page_of
from tests.factories import (
    edit_claim,
    fresh,
    make_claim,
    make_evidence,
    make_stranger,
    make_verdict,
    rating_of,
)


@pytest.fixture
def claim(alice: Membership) -> Claim:
    claim = make_claim(by=alice)
    make_evidence(by=alice, claim=claim)
    return fresh(claim)


def found(claim: Claim, by: Membership, *, rating: str = "supported", **typed: Any) -> dict[str, Any]:
    term = str(rating_of(by, rating).pk)
    return {"revision": claim.revision, "rating": term, "rationale": "The log says so."} | typed


def test_it_works(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    answer = browser_of_alice.post(address("verdict-give", claim), found(claim, alice))

    claim = fresh(claim)
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(claim))
    assert claim.status == Status.IN_REVIEW
    assert claim.verdict is not None
    assert (claim.verdict.author, claim.verdict.rating.name) == (alice.person, "Supported")


def test_htmx_gets_the_panel(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    answer = browser_of_alice.post(address("verdict-give", claim), found(claim, alice), headers=HTMX)

    assert is_panel(answer)
    assert "in review" in answer.text
    assert "claim:changed" in fired(answer)


def test_what_is_now_is_not_among_what_was(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    answer = browser_of_alice.post(address("verdict-give", claim), found(claim, alice), headers=HTMX)

    assert answer.text.count("The log says so.") == 1
    assert "Earlier verdicts" not in answer.text


def test_what_else_it_says_is_kept_and_shown(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    more = {"as_of": "2026-03", "recheck_on": "2099-05-01", "wording": "Three people were slightly hurt."}

    answer = browser_of_alice.post(address("verdict-give", claim), found(claim, alice, **more), headers=HTMX)

    verdict = Verdict.objects.get()
    assert (verdict.as_of, str(verdict.recheck_on), verdict.wording) == tuple(more.values())
    for words in ("True as of March 2026", "Check again on 1 May 2099", "Three people were slightly hurt."):
        assert words in answer.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"as_of": "June"}, "Write the date as 2013, 2013-06 or 2013-06-05."),
        ({"as_of": "2013-02-30"}, "The calendar has no such day."),
        ({"recheck_on": "soon"}, "Write the day as 2026-03-05."),
        ({"recheck_on": "2013-06-05"}, "Choose a day that is still to come."),
    ],
)
def test_dates_are_days_that_there_are(
    browser_of_alice: Client, claim: Claim, alice: Membership, wrong: dict[str, str], sentence: str
) -> None:
    answer = browser_of_alice.post(address("verdict-give", claim), found(claim, alice) | wrong, headers=HTMX)

    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rating": ""}, "Choose a rating."),
        ({"rating": "01a20000-0000-7000-8000-000000000000"}, "Choose a rating of the desk’s scale."),
        ({"rationale": " "}, "Say how the evidence leads to this rating."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser_of_alice: Client, claim: Claim, alice: Membership, wrong: dict[str, str], sentence: str
) -> None:
    sent = found(claim, alice, searched="Typed by hand") | wrong

    panel = browser_of_alice.post(address("verdict-give", claim), sent, headers=HTMX)
    page = browser_of_alice.post(address("verdict-give", claim), sent)

    for answer in (panel, page):
        assert answer.status_code == 422
        assert sentence in answer.text
        assert "Typed by hand" in answer.text
    assert [is_panel(panel), is_panel(page)] == [True, False]


def test_a_rating_of_another_desk_is_no_choice(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("verdict-give", claim), found(claim, make_stranger()))

    assert answer.status_code == 422


def test_a_rating_of_another_scale_is_no_choice(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    other = str(rating_of(alice, "confirmed", scale="checking-desk").pk)

    answer = browser_of_alice.post(address("verdict-give", claim), found(claim, alice) | {"rating": other})

    assert answer.status_code == 422


def test_a_verdict_without_evidence_is_refused(browser_of_alice: Client, alice: Membership) -> None:
    claim = make_claim(by=alice)

    answer = browser_of_alice.post(address("verdict-give", claim), found(claim, alice), headers=HTMX)

    assert answer.status_code == 422
    assert "“Supported” needs evidence." in answer.text
    assert "The log says so." in answer.text


def test_not_enough_evidence_needs_the_search(browser_of_alice: Client, alice: Membership) -> None:
    claim = make_claim(by=alice)
    sent = found(claim, alice, rating="not-enough-evidence", searched="Two archives.")

    refused = browser_of_alice.post(address("verdict-give", claim), sent)
    given = browser_of_alice.post(address("verdict-give", claim), sent | {"missing": "The register."})

    assert refused.status_code == 422
    assert refused.context["verdict_form"].errors["missing"]
    assert given.status_code == 302


def test_a_change_meanwhile_keeps_the_words(
    browser_of_alice: Client, claim: Claim, alice: Membership, bob: Membership
) -> None:
    sent = found(claim, alice, rationale="My long reasons.")
    edit_claim(claim, by=bob, text="Bob’s words.")

    answer = browser_of_alice.post(address("verdict-give", claim), sent, headers=HTMX)
    again = answer.context["verdict_form"]["revision"].value()

    assert answer.status_code == 409
    for words in ("The claim changed while you were writing.", "Bob’s words.", "My long reasons."):
        assert words in answer.text
    assert not Verdict.objects.exists()
    assert again == fresh(claim).revision


def test_a_verdict_meanwhile_keeps_the_words(
    browser_of_alice: Client, claim: Claim, alice: Membership, bob: Membership
) -> None:
    sent = found(claim, alice, rationale="My long reasons.")
    make_verdict(by=bob, claim=claim, rationale="Bob’s reasons.")

    answer = browser_of_alice.post(address("verdict-give", claim), sent, headers=HTMX)

    assert answer.status_code == 409
    for words in ("Bob’s reasons.", "My long reasons.", "Your words are still above."):
        assert words in answer.text


def test_a_claim_set_aside_takes_none(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    claim = actions.claims.set_aside(by=alice, claim=claim, reason="A duplicate.")

    answer = browser_of_alice.post(address("verdict-give", claim), found(claim, alice))

    assert answer.status_code == 422
    assert "The log says so." in answer.text


def test_a_repeated_request_is_answered_and_done_once(
    browser_of_alice: Client, claim: Claim, alice: Membership
) -> None:
    sent = found(claim, alice, request_id=str(uuid4()))

    answers = [browser_of_alice.post(address("verdict-give", claim), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(action="verdict.given").count() == 1


def test_get_is_the_wrong_method(browser_of_alice: Client, claim: Claim) -> None:
    assert browser_of_alice.get(address("verdict-give", claim)).status_code == 405
