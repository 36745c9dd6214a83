from uuid import uuid4

import pytest
from django.test import Client

from articles.models import AuditEvent, Claim, Membership, Status
from tests.claims.asking import HTMX, address, fired, is_panel, page_of
from tests.factories import fresh, make_claim


def test_it_works(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    answer = browser_of_alice.post(address("claim-start", claim))

    claim = fresh(claim)
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(claim))
    assert (claim.status, claim.assignee) == (Status.CHECKING, alice.person)


def test_htmx_gets_the_panel(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("claim-start", claim), headers=HTMX)

    assert is_panel(answer)
    assert "You are checking this claim." in answer.text
    assert "claim:changed" in fired(answer)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_claim_that_is_being_checked_is_not_started(
    browser_of_bob: Client, alice: Membership, headers: dict[str, str]
) -> None:
    claim = make_claim(by=alice, status=Status.CHECKING)

    answer = browser_of_bob.post(address("claim-start", claim), headers=headers)

    assert answer.status_code == 422
    assert "there is nothing to start" in answer.text
    assert is_panel(answer) is bool(headers)


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, claim: Claim) -> None:
    sent = {"request_id": str(uuid4())}

    answers = [browser_of_alice.post(address("claim-start", claim), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(subject_id=claim.pk, action="claim.started").count() == 1


def test_get_is_the_wrong_method(browser_of_alice: Client, claim: Claim) -> None:
    assert browser_of_alice.get(address("claim-start", claim)).status_code == 405
