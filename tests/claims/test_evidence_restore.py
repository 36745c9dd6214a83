from uuid import uuid4

import pytest
from django.test import Client

from articles import actions
from articles.models import AuditEvent, Claim, Evidence, Membership
from tests.claims.asking import HTMX, address, is_panel, page_of
from tests.factories import fresh, make_evidence


@pytest.fixture
def evidence(alice: Membership, claim: Claim) -> Evidence:
    return actions.evidence.withdraw(by=alice, evidence=make_evidence(by=alice, claim=claim))


def test_it_works(browser_of_alice: Client, claim: Claim, evidence: Evidence) -> None:
    answer = browser_of_alice.post(address("evidence-restore", evidence))

    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(claim))
    assert fresh(evidence).withdrawn_at is None


def test_htmx_gets_the_panel(browser_of_alice: Client, evidence: Evidence) -> None:
    answer = browser_of_alice.post(address("evidence-restore", evidence), headers=HTMX)

    assert is_panel(answer)
    assert "data-withdrawn" not in answer.text


def test_what_is_in_force_is_not_restored(browser_of_alice: Client, alice: Membership, claim: Claim) -> None:
    answer = browser_of_alice.post(address("evidence-restore", make_evidence(by=alice, claim=claim)))

    assert answer.status_code == 422
    assert "This evidence is in force." in answer.text


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, evidence: Evidence) -> None:
    sent = {"request_id": str(uuid4())}

    answers = [browser_of_alice.post(address("evidence-restore", evidence), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(subject_id=evidence.pk, action="evidence.restored").count() == 1


def test_get_is_the_wrong_method(browser_of_alice: Client, evidence: Evidence) -> None:
    assert browser_of_alice.get(address("evidence-restore", evidence)).status_code == 405
