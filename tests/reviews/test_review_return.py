from uuid import uuid4

from django.test import Client
from django.urls import reverse

from articles.models import AuditEvent, Claim, Membership, Review, Status
from tests.claims.asking import HTMX, address
from tests.factories import edit_claim, fresh
from tests.reviews.test_review_approve import seen

REASON = "Ask the hospital, too."


def test_it_works(browser_of_bob: Client, claim: Claim) -> None:
    answer = browser_of_bob.post(address("review-return", claim), seen(claim) | {"reason": REASON})

    claim = fresh(claim)
    queue = reverse("articles:review-queue", args=[claim.desk.slug])
    assert (answer.status_code, answer.headers["Location"]) == (302, queue)
    assert (claim.status, claim.status_reason) == (Status.RETURNED, REASON)


def test_htmx_is_led_on_as_a_whole_page(browser_of_bob: Client, claim: Claim) -> None:
    answer = browser_of_bob.post(address("review-return", claim), seen(claim) | {"reason": REASON}, headers=HTMX)

    assert answer.headers["HX-Redirect"] == reverse("articles:review-queue", args=[claim.desk.slug])


def test_it_needs_a_reason(browser_of_bob: Client, claim: Claim) -> None:
    answer = browser_of_bob.post(address("review-return", claim), seen(claim) | {"reason": " "})

    assert answer.status_code == 422
    assert "Give the reason in a few words." in answer.text
    assert fresh(claim).status == Status.IN_REVIEW


def test_no_one_returns_their_own(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("review-return", claim), seen(claim) | {"reason": REASON})

    assert answer.status_code == 422
    assert "You gave this verdict yourself." in answer.text


def test_a_change_meanwhile_keeps_the_words(browser_of_bob: Client, claim: Claim, alice: Membership) -> None:
    carried = seen(claim)
    edit_claim(claim, by=alice, text="Four people were hurt.")

    answer = browser_of_bob.post(address("review-return", claim), carried | {"reason": REASON})

    assert answer.status_code == 409
    for words in ("Nothing was decided.", "<b>Alice</b> edited the claim.", REASON):
        assert words in answer.text
    assert not Review.objects.exists()


def test_a_change_meanwhile_is_told_also_when_the_reason_is_missing(
    browser_of_bob: Client, claim: Claim, alice: Membership
) -> None:
    carried = seen(claim)
    edit_claim(claim, by=alice, text="Four people were hurt.")

    answer = browser_of_bob.post(address("review-return", claim), carried | {"reason": ""})

    assert answer.status_code == 409


def test_a_repeated_request_is_answered_and_done_once(browser_of_bob: Client, claim: Claim) -> None:
    sent = seen(claim) | {"reason": REASON, "request_id": str(uuid4())}

    answers = [browser_of_bob.post(address("review-return", claim), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(action="review.returned").count() == 1


def test_get_is_the_wrong_method(browser_of_bob: Client, claim: Claim) -> None:
    assert browser_of_bob.get(address("review-return", claim)).status_code == 405
