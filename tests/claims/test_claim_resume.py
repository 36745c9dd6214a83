from uuid import uuid4

from django.test import Client

from articles.models import AuditEvent, Claim, Membership, Status
from tests.claims.asking import HTMX, address, is_panel, page_of
from tests.factories import fresh, make_claim


def test_it_works(browser_of_alice: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.SET_ASIDE)

    answer = browser_of_alice.post(address("claim-resume", claim))

    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(claim))
    assert fresh(claim).status == Status.OPEN


def test_htmx_gets_the_panel(browser_of_alice: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.SET_ASIDE)

    answer = browser_of_alice.post(address("claim-resume", claim), headers=HTMX)

    assert is_panel(answer)
    assert "Start checking" in answer.text


def test_an_open_claim_is_not_resumed(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("claim-resume", claim))

    assert answer.status_code == 422
    assert "This claim is not set aside." in answer.text


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.SET_ASIDE)
    sent = {"request_id": str(uuid4())}

    answers = [browser_of_alice.post(address("claim-resume", claim), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(subject_id=claim.pk, action="claim.resumed").count() == 1


def test_get_is_the_wrong_method(browser_of_alice: Client, claim: Claim) -> None:
    assert browser_of_alice.get(address("claim-resume", claim)).status_code == 405
