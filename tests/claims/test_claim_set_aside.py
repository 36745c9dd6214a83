from uuid import uuid4

import pytest
from django.test import Client

from articles.models import AuditEvent, Claim, Membership, Status
from tests.claims.asking import HTMX, address, fired, is_panel, page_of
from tests.factories import fresh, make_claim

REASON = "The mayor has corrected her figure.\nSee the second report."


@pytest.fixture
def claim(alice: Membership) -> Claim:
    return make_claim(by=alice, status=Status.OPEN)


def test_it_works(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("claim-set-aside", claim), {"reason": REASON.replace("\n", "\r\n")})

    claim = fresh(claim)
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(claim))
    assert (claim.status, claim.status_reason) == (Status.SET_ASIDE, REASON)


def test_htmx_gets_the_panel_with_the_reason(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("claim-set-aside", claim), {"reason": REASON}, headers=HTMX)

    assert is_panel(answer)
    assert "The mayor has corrected her figure." in answer.text
    assert "claim:changed" in fired(answer)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_it_needs_a_reason(browser_of_alice: Client, claim: Claim, headers: dict[str, str]) -> None:
    answer = browser_of_alice.post(address("claim-set-aside", claim), {"reason": " "}, headers=headers)

    assert answer.status_code == 422
    assert "Give the reason in a few words." in answer.text
    assert is_panel(answer) is bool(headers)
    assert fresh(claim).status == Status.OPEN


def test_the_status_decides(browser_of_alice: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.SET_ASIDE)

    answer = browser_of_alice.post(address("claim-set-aside", claim), {"reason": REASON}, headers=HTMX)

    assert answer.status_code == 422
    assert "This claim is already set aside." in answer.text
    assert "The mayor has corrected her figure." in answer.text


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, claim: Claim) -> None:
    sent = {"reason": REASON, "request_id": str(uuid4())}

    answers = [browser_of_alice.post(address("claim-set-aside", claim), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(subject_id=claim.pk, action="claim.set_aside").count() == 1


def test_get_is_the_wrong_method(browser_of_alice: Client, claim: Claim) -> None:
    assert browser_of_alice.get(address("claim-set-aside", claim)).status_code == 405
