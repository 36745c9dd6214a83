from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from articles.actions.verdicts import digest_of
from articles.models import AuditEvent, Claim, Membership, Review, Stance, Status
from articles.queries.history import last_number
from tests.claims.asking import HTMX, address
from tests.factories import edit_claim, fresh, make_claim, make_evidence


def seen(claim: Claim) -> dict[str, Any]:
    """What the review page of the claim carries now."""
    return {"digest": digest_of(claim), "seen": last_number(claim.desk), "request_id": str(uuid4())}


def test_it_works_and_leads_to_the_next(browser_of_bob: Client, claim: Claim, alice: Membership) -> None:
    other = make_claim(by=alice, status=Status.IN_REVIEW)

    answer = browser_of_bob.post(address("review-approve", claim), seen(claim))

    assert (answer.status_code, answer.headers["Location"]) == (302, address("review", other))
    assert fresh(claim).status == Status.APPROVED


def test_after_the_last_comes_the_queue(browser_of_bob: Client, claim: Claim) -> None:
    answer = browser_of_bob.post(address("review-approve", claim), seen(claim), follow=True)

    assert answer.redirect_chain == [(reverse("articles:review-queue", args=[claim.desk.slug]), 302)]
    assert "Approved. Nothing else waits for you." in answer.text


def test_htmx_is_led_there_as_a_whole_page(browser_of_bob: Client, claim: Claim) -> None:
    answer = browser_of_bob.post(address("review-approve", claim), seen(claim), headers=HTMX)

    assert answer.headers["HX-Redirect"] == reverse("articles:review-queue", args=[claim.desk.slug])


def test_no_one_approves_their_own(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("review-approve", claim), seen(claim))

    assert answer.status_code == 422
    assert "You gave this verdict yourself." in answer.text
    assert fresh(claim).status == Status.IN_REVIEW


def test_what_changed_meanwhile_is_told_and_nothing_approved(
    browser_of_bob: Client, claim: Claim, alice: Membership
) -> None:
    carried = seen(claim)
    edit_claim(claim, by=alice, text="Four people were hurt.")

    answer = browser_of_bob.post(address("review-approve", claim), carried)

    assert answer.status_code == 409
    for words in ("Nothing was decided.", "<b>Alice</b> edited the claim.", "Four people were hurt."):
        assert words in answer.text
    assert not Review.objects.exists()


def test_new_evidence_meanwhile_is_told_and_nothing_approved(
    browser_of_bob: Client, claim: Claim, alice: Membership
) -> None:
    carried = seen(claim)
    make_evidence(by=alice, claim=claim, quote="No one was hurt.", stance=Stance.REFUTES)

    answer = browser_of_bob.post(address("review-approve", claim), carried)

    assert answer.status_code == 409
    assert "No one was hurt." in answer.text
    assert not Review.objects.exists()


@pytest.mark.parametrize("carried", [{}, {"digest": "0" * 64}, {"digest": "0" * 64, "seen": "x"}])
def test_a_digest_of_something_else_approves_nothing(
    browser_of_bob: Client, claim: Claim, carried: dict[str, str]
) -> None:
    answer = browser_of_bob.post(address("review-approve", claim), carried)

    assert answer.status_code == 409
    assert f'name="digest" value="{digest_of(claim)}"' in answer.text
    assert fresh(claim).status == Status.IN_REVIEW


def test_what_another_decided_first_stands(browser_of_bob: Client, alice: Membership, erin: Membership) -> None:
    claim = make_claim(by=alice, status=Status.APPROVED, reviewer=erin)

    answer = browser_of_bob.post(address("review-approve", claim), seen(claim) | {"seen": 1})

    assert answer.status_code == 409
    assert "<b>Erin</b> approved the verdict" in answer.text


def test_a_repeated_request_is_answered_and_done_once(browser_of_bob: Client, claim: Claim) -> None:
    carried = seen(claim)

    answers = [browser_of_bob.post(address("review-approve", claim), carried) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(action="review.approved").count() == 1


def test_get_is_the_wrong_method(browser_of_bob: Client, claim: Claim) -> None:
    assert browser_of_bob.get(address("review-approve", claim)).status_code == 405
