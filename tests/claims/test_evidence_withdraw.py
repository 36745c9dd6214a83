from uuid import uuid4

import pytest
from django.test import Client

from articles import actions
from articles.models import AuditEvent, Claim, Evidence, Membership, Status
from tests.claims.asking import HTMX, address, fired, is_panel, page_of
from tests.factories import fresh, make_claim, make_evidence


@pytest.fixture
def evidence(alice: Membership, claim: Claim) -> Evidence:
    return make_evidence(by=alice, claim=claim)


def test_it_works(browser_of_alice: Client, claim: Claim, evidence: Evidence, alice: Membership) -> None:
    answer = browser_of_alice.post(address("evidence-withdraw", evidence), follow=True)

    assert answer.redirect_chain == [(page_of(claim), 302)]
    assert fresh(evidence).withdrawn_by == alice.person
    assert "Withdrawn by Alice" in answer.text
    assert "Restore" in answer.text


def test_htmx_gets_the_panel_in_which_it_can_be_restored(browser_of_alice: Client, evidence: Evidence) -> None:
    answer = browser_of_alice.post(address("evidence-withdraw", evidence), headers=HTMX)

    assert is_panel(answer)
    assert "claim:changed" in fired(answer)
    panel, _, toast = answer.text.partition("<message-toast")
    assert f'action="{address("evidence-restore", evidence)}"' in panel
    assert "<form" not in toast


def test_what_is_withdrawn_is_not_withdrawn_again(
    browser_of_alice: Client, evidence: Evidence, bob: Membership
) -> None:
    actions.evidence.withdraw(by=bob, evidence=evidence)

    answer = browser_of_alice.post(address("evidence-withdraw", evidence), headers=HTMX)

    assert answer.status_code == 422
    assert "This evidence is already withdrawn." in answer.text


def test_an_approved_claim_is_reopened(browser_of_alice: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.APPROVED)

    answer = browser_of_alice.post(address("evidence-withdraw", claim.evidence.get()), headers=HTMX)

    assert fresh(claim).status == Status.REOPENED
    assert "A piece of evidence was withdrawn." in answer.text


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, evidence: Evidence) -> None:
    sent = {"request_id": str(uuid4())}

    answers = [browser_of_alice.post(address("evidence-withdraw", evidence), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(subject_id=evidence.pk, action="evidence.withdrawn").count() == 1


def test_get_is_the_wrong_method(browser_of_alice: Client, evidence: Evidence) -> None:
    assert browser_of_alice.get(address("evidence-withdraw", evidence)).status_code == 405
