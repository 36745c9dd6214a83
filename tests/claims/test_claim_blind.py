from uuid import uuid4

import pytest
from django.test import Client

from articles.models import AuditEvent, Claim, Membership, Status
from tests.claims.asking import HTMX, address, is_panel, page_of
from tests.factories import fresh, make_claim, make_due, make_verdict


def test_the_next_verdict_is_found_blind(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    answer = browser_of_alice.post(address("claim-blind", claim))

    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(claim))
    assert fresh(claim).blind
    assert make_verdict(by=alice, claim=claim).blind


def test_and_openly_again(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    browser_of_alice.post(address("claim-blind", claim))

    answer = browser_of_alice.post(address("claim-unblind", claim), headers=HTMX)

    assert is_panel(answer)
    assert "Review blind" in answer.text
    assert not make_verdict(by=alice, claim=claim).blind


@pytest.mark.parametrize("name", ["claim-blind", "claim-unblind"])
def test_it_counts_for_a_verdict_still_to_come(browser_of_bob: Client, alice: Membership, name: str) -> None:
    claim = make_claim(by=alice, status=Status.IN_REVIEW)

    answer = browser_of_bob.post(address(name, claim), headers=HTMX)

    assert answer.status_code == 422
    assert not fresh(claim).blind


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, claim: Claim) -> None:
    sent = {"request_id": str(uuid4())}

    answers = [browser_of_alice.post(address("claim-blind", claim), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(action="claim.blinded").count() == 1


def test_the_writer_is_told_who_will_read(browser_of_alice: Client, claim: Claim) -> None:
    words = "Your verdict is read by nobody else until a second person has found on their own."

    before = browser_of_alice.get(address("claim-panel", claim)).text
    browser_of_alice.post(address("claim-blind", claim))

    assert (words in before, words in browser_of_alice.get(address("claim-panel", claim)).text) == (False, True)


def test_get_is_the_wrong_method(browser_of_alice: Client, claim: Claim) -> None:
    for name in ("claim-blind", "claim-unblind", "claim-recheck"):
        assert browser_of_alice.get(address(name, claim)).status_code == 405


# Rechecks


def test_what_is_due_is_taken_back_to_work(browser_of_alice: Client, alice: Membership, bob: Membership) -> None:
    claim = make_due(by=alice, reviewer=bob)
    assert "Check again" in browser_of_alice.get(address("claim-panel", claim)).text

    browser_of_alice.post(address("claim-recheck", claim))

    assert (fresh(claim).status, fresh(claim).status_reason) == (
        Status.REOPENED,
        "Its date for a recheck has come.",
    )


@pytest.mark.parametrize("days", [-1, None])
def test_what_is_not_due_is_not(browser_of_alice: Client, alice: Membership, bob: Membership, days: int | None) -> None:
    claim = (
        make_claim(by=alice, status=Status.APPROVED) if days is None else make_due(by=alice, reviewer=bob, days=days)
    )

    answer = browser_of_alice.post(address("claim-recheck", claim), headers=HTMX)

    assert answer.status_code == 422
    assert "has not come" in answer.text
    assert fresh(claim).status == Status.APPROVED
