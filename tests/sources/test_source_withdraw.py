from uuid import uuid4

import pytest
from django.test import Client

from articles import actions
from articles.models import AuditEvent, Membership, Source, Status
from tests.claims.asking import HTMX, address
from tests.factories import fresh, make_claim, make_evidence

REASON = {"reason": "The log was forged."}


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_it_works(browser_of_alice: Client, alice: Membership, headers: dict[str, str]) -> None:
    claim = make_claim(by=alice, status=Status.APPROVED)
    source = claim.evidence.get().source

    answer = browser_of_alice.post(address("source-withdraw", source), REASON, headers=headers)

    assert answer.status_code == (200 if headers else 302)
    source = fresh(source)
    assert (source.withdrawn_by, source.withdrawn_reason) == (alice.person, "The log was forged.")
    assert fresh(claim).status == Status.REOPENED
    page = browser_of_alice.get(address("claim", claim)).text
    assert "source withdrawn" in page
    assert "The log was forged." in page


def test_it_needs_a_reason(browser_of_alice: Client, source: Source) -> None:
    answer = browser_of_alice.post(address("source-withdraw", source), {"reason": " "}, headers=HTMX)

    assert answer.status_code == 422
    assert "Give the reason in a few words." in answer.text
    assert fresh(source).withdrawn_at is None


def test_what_is_withdrawn_already_says_so(browser_of_alice: Client, source: Source, bob: Membership) -> None:
    actions.sources.withdraw(by=bob, source=source, reason="It is retracted.")

    answer = browser_of_alice.post(address("source-withdraw", source), REASON)

    assert answer.status_code == 422
    assert fresh(source).withdrawn_reason == "It is retracted."


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, source: Source) -> None:
    sent = REASON | {"request_id": str(uuid4())}

    answers = [browser_of_alice.post(address("source-withdraw", source), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(action="source.withdrawn").count() == 1


def test_it_is_not_offered_for_evidence_any_more(browser_of_alice: Client, source: Source, alice: Membership) -> None:
    claim = make_claim(by=alice)
    actions.sources.withdraw(by=alice, source=source, reason="It is retracted.")
    said = {"title": source.title, "source": str(source.pk), "stance": "supports", "kind": "primary", "quote": "Three."}

    answer = browser_of_alice.post(address("evidence-add", claim), said)

    assert answer.status_code == 422
    assert "This source was withdrawn: It is retracted." in answer.text
    assert 'role="option"' not in browser_of_alice.get(f"/d/{alice.desk.slug}/sources/suggest/").text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_it_is_restored(browser_of_alice: Client, source: Source, alice: Membership, headers: dict[str, str]) -> None:
    evidence = make_evidence(by=alice, claim=make_claim(by=alice), source=source)
    actions.sources.withdraw(by=alice, source=source, reason="It is retracted.")

    answer = browser_of_alice.post(address("source-restore", source), headers=headers)

    assert answer.status_code == (200 if headers else 302)
    assert fresh(source).withdrawn_at is None
    assert "source withdrawn" not in browser_of_alice.get(address("claim", evidence.claim)).text


def test_what_can_be_used_is_not_restored(browser_of_alice: Client, source: Source) -> None:
    answer = browser_of_alice.post(address("source-restore", source))

    assert answer.status_code == 422
    assert "This source can be used." in answer.text
