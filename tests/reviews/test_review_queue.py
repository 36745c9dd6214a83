import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Claim, Desk, Membership, Status
from articles.queries import reviews
from tests.factories import make_claim, make_verdict


@pytest.fixture
def address(desk: Desk) -> str:
    return reverse("articles:review-queue", args=[desk.slug])


def test_it_works(browser_of_bob: Client, address: str, alice: Membership, bob: Membership) -> None:
    later, first = make_claim(by=alice), make_claim(by=alice, status=Status.IN_REVIEW)
    make_verdict(by=alice, claim=later)
    own = make_claim(by=bob, status=Status.IN_REVIEW)
    make_claim(by=alice, status=Status.APPROVED)

    answer = browser_of_bob.get(address)

    queue = answer.context["queue"]
    assert (queue.waiting, queue.own) == ([first, later], [own])
    assert "Yours, waiting for someone else" in answer.text
    assert "Verdict by Alice" in answer.text


def test_the_first_is_a_key_away(browser_of_bob: Client, address: str, claim: Claim) -> None:
    assert f'href="{address}{claim.pk}/" data-key="n"' in browser_of_bob.get(address).text


def test_the_rest_follow(
    browser_of_bob: Client, address: str, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviews, "SHOWN", 1)
    for _ in range(2):
        make_claim(by=alice, status=Status.IN_REVIEW)

    answer = browser_of_bob.get(address)

    assert len(answer.context["queue"].waiting) == 1
    assert "The others follow as these are decided." in answer.text


def test_an_empty_queue_says_so(browser_of_bob: Client, address: str) -> None:
    assert "Nothing waits for you" in browser_of_bob.get(address).text


def test_a_reader_looks_on(browser_of_rita: Client, address: str, claim: Claim) -> None:
    answer = browser_of_rita.get(address)

    assert "Waiting for a second person" in answer.text
    assert "Waiting for you" not in answer.text
    assert "Start with the first" not in answer.text


def test_post_is_the_wrong_method(browser_of_bob: Client, address: str) -> None:
    assert browser_of_bob.post(address).status_code == 405
