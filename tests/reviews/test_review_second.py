from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from articles.models import AuditEvent, Claim, Membership, Status, Verdict
from tests.claims.asking import HTMX, address
from tests.factories import edit_claim, fresh, make_blind, make_claim, make_stranger, rating_of


@pytest.fixture
def claim(alice: Membership) -> Claim:
    """Alice gave a blind verdict on it."""
    return make_blind(by=alice, rationale="The log of the county says so.")


def found(claim: Claim, by: Membership, *, rating: str = "refuted", **typed: Any) -> dict[str, Any]:
    term = str(rating_of(by, rating).pk)
    return {"revision": fresh(claim).revision, "rating": term, "rationale": "The hospital knows of none."} | typed


def test_the_verdict_is_asked_for_and_not_shown(browser_of_bob: Client, claim: Claim) -> None:
    answer = browser_of_bob.get(address("review", claim))

    main = answer.text.partition("<main")[2]
    order = [main.index(words) for words in (claim.text, "taken to hospital", "gave a verdict", "Your own finding")]
    assert order == sorted(order)
    assert "The log of the county" not in answer.text
    assert "Approve" not in answer.text
    assert "Return… <kbd>r</kbd>" in answer.text


def test_it_works_and_both_are_shown(browser_of_bob: Client, claim: Claim, bob: Membership) -> None:
    answer = browser_of_bob.post(address("review-second", claim), found(claim, bob), follow=True)

    assert answer.redirect_chain == [(address("review", claim), 302)]
    for words in (
        "The log of the county",
        "The hospital knows of none.",
        "Found apart, and different",
        "Which one stands?",
    ):
        assert words in answer.text
    assert Verdict.objects.get(second_of=claim.verdict).author == bob.person
    assert fresh(claim).status == Status.IN_REVIEW


def test_two_that_agree_lead_to_the_approval(browser_of_bob: Client, claim: Claim, bob: Membership) -> None:
    sent = found(claim, bob, rating="supported")

    answer = browser_of_bob.post(address("review-second", claim), sent, follow=True)

    assert "Found apart, and the same." in answer.text
    assert "Approve <kbd>a</kbd>" in answer.text
    browser_of_bob.post(address("review-approve", claim), {"digest": answer.context["digest"]})
    assert fresh(claim).status == Status.APPROVED


def test_htmx_is_led_there_as_a_whole_page(browser_of_bob: Client, claim: Claim, bob: Membership) -> None:
    answer = browser_of_bob.post(address("review-second", claim), found(claim, bob), headers=HTMX)

    assert answer.headers["HX-Redirect"] == address("review", claim)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rating": ""}, "Choose a rating."),
        ({"rationale": " "}, "Say how the evidence leads to this rating."),
        ({"as_of": "June"}, "Write the date as 2013"),
        ({"recheck_on": "2013-06-05"}, "Choose a day that is still to come."),
    ],
)
def test_what_is_wrong_is_said_and_the_first_stays_sealed(
    browser_of_bob: Client, claim: Claim, bob: Membership, wrong: dict[str, str], sentence: str
) -> None:
    answer = browser_of_bob.post(address("review-second", claim), found(claim, bob, searched="Typed by hand") | wrong)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Typed by hand" in answer.text
    assert "The log of the county" not in answer.text
    assert not Verdict.objects.filter(second_of__isnull=False).exists()


def test_what_changed_meanwhile_is_said_and_what_was_typed_stays(
    browser_of_bob: Client, claim: Claim, alice: Membership, bob: Membership
) -> None:
    sent = found(claim, bob)
    edit_claim(claim, by=alice, summary="Three hurt")

    answer = browser_of_bob.post(address("review-second", claim), sent)

    assert answer.status_code == 409
    assert "Nothing was decided." in answer.text
    assert "The hospital knows of none." in answer.text
    assert "The log of the county" not in answer.text


def test_the_author_is_told_that_it_is_for_someone_else(
    browser_of_alice: Client, claim: Claim, alice: Membership
) -> None:
    answer = browser_of_alice.post(address("review-second", claim), found(claim, alice))

    assert answer.status_code == 422
    assert "Someone else has to find without having read it." in answer.text


def test_an_open_verdict_takes_none(browser_of_bob: Client, alice: Membership, bob: Membership) -> None:
    claim = make_claim(by=alice, status=Status.IN_REVIEW)

    assert browser_of_bob.post(address("review-second", claim), found(claim, bob)).status_code == 422


def test_a_claim_without_a_verdict_takes_none(browser_of_bob: Client, alice: Membership, bob: Membership) -> None:
    claim = make_claim(by=alice)

    assert browser_of_bob.post(address("review-second", claim), found(claim, bob)).status_code == 422


def test_a_rating_of_another_desk_is_no_choice(browser_of_bob: Client, claim: Claim) -> None:
    answer = browser_of_bob.post(address("review-second", claim), found(claim, make_stranger()))

    assert answer.status_code == 422


def test_a_repeated_request_is_answered_and_done_once(browser_of_bob: Client, claim: Claim, bob: Membership) -> None:
    sent = found(claim, bob, request_id=str(uuid4()))

    answers = [browser_of_bob.post(address("review-second", claim), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(action="verdict.seconded").count() == 1


def test_a_reader_finds_nothing(browser_of_rita: Client, claim: Claim, rita: Membership) -> None:
    assert browser_of_rita.post(address("review-second", claim), found(claim, rita)).status_code == 403


def test_get_is_the_wrong_method(browser_of_bob: Client, claim: Claim) -> None:
    assert browser_of_bob.get(address("review-second", claim)).status_code == 405
