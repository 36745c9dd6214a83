import pytest
from django.test import Client

from articles.actions.verdicts import digest_of
from articles.models import Claim, Membership, Status
from articles.queries.reviews import around_sentence, in_context
from tests.claims.asking import address
from tests.factories import make_article, make_claim, make_highlight


def test_claim_and_evidence_come_before_the_verdict(browser_of_bob: Client, claim: Claim) -> None:
    answer = browser_of_bob.get(address("review", claim))

    main = answer.text.partition("<main")[2]
    order = [main.index(words) for words in (claim.text, "taken to hospital", "The log says so.", "Approve <kbd>")]
    assert answer.status_code == 200
    assert order == sorted(order)


def test_it_carries_the_digest_of_what_it_shows(browser_of_bob: Client, claim: Claim) -> None:
    answer = browser_of_bob.get(address("review", claim))

    assert answer.text.count(f'name="digest" value="{digest_of(claim)}"') == 2


def test_the_author_sees_why_they_cannot_approve(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.get(address("review", claim))

    assert "You gave this verdict yourself. Someone else has to agree with it." in answer.text
    assert "Approve" not in answer.text


def test_a_reader_reads(browser_of_rita: Client, claim: Claim) -> None:
    answer = browser_of_rita.get(address("review", claim))

    assert "The log says so." in answer.text
    assert "Approve" not in answer.text


@pytest.mark.parametrize("status", [Status.OPEN, Status.APPROVED, Status.RETURNED])
def test_a_claim_that_is_not_in_review_says_so(browser_of_bob: Client, alice: Membership, status: Status) -> None:
    answer = browser_of_bob.get(address("review", make_claim(by=alice, status=status)))

    assert answer.status_code == 200
    assert "No verdict on this claim is waiting for review." in answer.text


def test_places_stand_in_their_sentences(alice: Membership) -> None:
    text = "A headline\n\nNothing yet. The bridge was closed after 3 people were hurt, they said. More followed."
    version = make_article(by=alice, text=text).versions.get()
    claim = make_highlight(by=alice, version=version, quote="3 people were hurt").claim
    assert claim is not None

    (found,) = in_context(claim)

    assert (found.before, found.after) == ("The bridge was closed after ", ", they said.")
    assert found.place.where == "¶ 1"


def test_a_place_far_inside_a_long_text_is_found(alice: Membership) -> None:
    text = "Title\n\n" + "🌉 Words before it. " * 5000 + "It was here, they said. " + "Words after it. " * 5000
    version = make_article(by=alice, text=text.strip()).versions.get()
    claim = make_highlight(by=alice, version=version, quote="was here").claim
    assert claim is not None

    (found,) = in_context(claim)

    assert (found.before, found.after) == ("It ", ", they said.")


@pytest.mark.parametrize(
    ("quote", "sentences"),
    [
        ("One.", "One."),
        ("wo", "Two."),
        ("ne. Tw", "One. Two."),
        ("Two.\n\nThr", "Two.\n\nThree."),
    ],
)
def test_the_sentences_around(quote: str, sentences: str) -> None:
    text = "Zero.\n\nOne. Two.\n\nThree. Four."
    start = text.index(quote)

    left, right = around_sentence(text, start, start + len(quote))

    assert text[left:right] == sentences


def test_post_is_the_wrong_method(browser_of_bob: Client, claim: Claim) -> None:
    assert browser_of_bob.post(address("review", claim)).status_code == 405
