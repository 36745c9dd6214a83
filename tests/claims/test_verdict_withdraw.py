from uuid import uuid4

import pytest
from django.test import Client

from articles.models import AuditEvent, Claim, Membership, Status
from tests.claims.asking import HTMX, address, is_panel, page_of
from tests.factories import fresh, make_blind, make_claim, make_second


@pytest.fixture
def claim(alice: Membership) -> Claim:
    return make_claim(by=alice, status=Status.IN_REVIEW)


def test_it_works(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("verdict-withdraw", claim))

    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(claim))
    assert fresh(claim).status == Status.CHECKING


def test_the_words_can_be_mended_at_once(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("verdict-withdraw", claim), headers=HTMX)

    assert is_panel(answer)
    assert answer.context["verdict_form"]["rationale"].value() == "The log says so."


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_finding_that_differs_from_another_is_not_taken_back(
    browser_of_alice: Client, alice: Membership, bob: Membership, headers: dict[str, str]
) -> None:
    claim = make_blind(by=alice)
    make_second(by=bob, claim=claim, rating="refuted")

    assert "Take it back" not in browser_of_alice.get(page_of(claim)).text
    answer = browser_of_alice.post(address("verdict-withdraw", claim), headers=headers)

    assert answer.status_code == 422
    assert "The two findings differ." in answer.text
    assert fresh(claim).status == Status.IN_REVIEW


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_no_one_takes_back_the_verdict_of_another(
    browser_of_bob: Client, claim: Claim, headers: dict[str, str]
) -> None:
    answer = browser_of_bob.post(address("verdict-withdraw", claim), headers=headers)

    assert answer.status_code == 422
    assert "Only the person who gave this verdict can take it back." in answer.text
    assert fresh(claim).status == Status.IN_REVIEW


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, claim: Claim) -> None:
    sent = {"request_id": str(uuid4())}

    answers = [browser_of_alice.post(address("verdict-withdraw", claim), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(action="verdict.withdrawn").count() == 1


def test_get_is_the_wrong_method(browser_of_alice: Client, claim: Claim) -> None:
    assert browser_of_alice.get(address("verdict-withdraw", claim)).status_code == 405
