"""Words that a second person suggests on the review page, and what their author does with them in the panel."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from articles.models import AuditEvent, Claim, Membership, Status, Suggestion
from tests.claims.asking import HTMX, address, fired, is_panel, page_of
from tests.factories import edit_claim, fresh, make_suggestion

WORDS = "Three people were slightly hurt."


@pytest.fixture
def suggestion(claim: Claim, bob: Membership) -> Suggestion:
    return make_suggestion(claim, by=bob, words=WORDS)


def written(claim: Claim, part: str = "text", **typed: Any) -> dict[str, Any]:
    return {"revision": fresh(claim).revision, "part": part, "words": WORDS} | typed


# Suggesting


@pytest.mark.parametrize(("part", "shown"), [("text", "the claim"), ("rationale", "the rationale")])
def test_it_works_and_changes_nothing_yet(
    browser_of_bob: Client, claim: Claim, bob: Membership, part: str, shown: str
) -> None:
    answer = browser_of_bob.post(address("review-suggest", claim), written(claim, part), follow=True)

    assert answer.redirect_chain == [(address("review", claim), 302)]
    assert f"Bob suggests other words for {shown}" in answer.text
    assert (fresh(claim).status, fresh(claim).text) == (Status.IN_REVIEW, claim.text)
    assert Suggestion.objects.get().suggested_by == bob.person


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": " "}, "Write the words as they should be."),
        ({"words": "three people were hurt"}, "Write the words as they should be."),
        ({"part": "summary"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said(browser_of_bob: Client, claim: Claim, wrong: dict[str, str], sentence: str) -> None:
    answer = browser_of_bob.post(address("review-suggest", claim), written(claim) | wrong)

    assert answer.status_code == 422
    assert sentence in answer.text or wrong == {"part": "summary"}
    assert not Suggestion.objects.exists()


def test_what_changed_meanwhile_is_said_and_what_was_typed_stays(
    browser_of_bob: Client, claim: Claim, alice: Membership
) -> None:
    sent = written(claim)
    edit_claim(claim, by=alice, summary="Three hurt")

    answer = browser_of_bob.post(address("review-suggest", claim), sent)

    assert answer.status_code == 409
    assert WORDS in answer.text


def test_nobody_suggests_to_themselves(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("review-suggest", claim), written(claim))

    assert answer.status_code == 422
    assert "This verdict is yours" in answer.text


def test_a_repeated_suggestion_is_made_once(browser_of_bob: Client, claim: Claim) -> None:
    sent = written(claim, request_id=str(uuid4()))

    answers = [browser_of_bob.post(address("review-suggest", claim), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Suggestion.objects.count() == 1


def test_it_is_a_key_away(browser_of_bob: Client, claim: Claim) -> None:
    answer = browser_of_bob.get(address("review", claim))

    for key in ("a", "r", "s"):
        assert f'data-key="{key}"' in answer.text


# Answering


def test_the_author_is_asked_in_the_panel(
    browser_of_alice: Client, browser_of_bob: Client, claim: Claim, suggestion: Suggestion
) -> None:
    panels = [browser.get(address("claim-panel", claim)).text for browser in (browser_of_alice, browser_of_bob)]

    accept = f'action="{address("suggestion-accept", suggestion)}"'
    assert [accept in panel for panel in panels] == [True, False]
    assert "Alice decides on it." in panels[1]


def test_what_is_accepted_is_the_authors_own(
    browser_of_alice: Client, claim: Claim, suggestion: Suggestion, alice: Membership
) -> None:
    answer = browser_of_alice.post(address("suggestion-accept", suggestion), headers=HTMX)

    now = fresh(claim)
    assert is_panel(answer)
    assert "claim:changed" in fired(answer)
    assert (now.text, now.status) == (WORDS, Status.IN_REVIEW)
    assert now.verdict
    assert (now.verdict.author, now.verdict_id == claim.verdict_id) == (alice.person, False)


def test_without_htmx_it_leads_back_to_the_claim(
    browser_of_alice: Client, claim: Claim, suggestion: Suggestion
) -> None:
    answer = browser_of_alice.post(address("suggestion-accept", suggestion))

    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(claim))


def test_what_is_declined_stays_with_the_reason(browser_of_alice: Client, claim: Claim, suggestion: Suggestion) -> None:
    answer = browser_of_alice.post(
        address("suggestion-decline", suggestion), {"reason": "She said “hurt”."}, headers=HTMX
    )

    assert is_panel(answer)
    assert (fresh(claim).text, fresh(claim).revision) == (claim.text, claim.revision)
    assert (fresh(suggestion).decision, fresh(suggestion).reason) == ("declined", "She said “hurt”.")
    assert "She said “hurt”." in browser_of_alice.get(address("claim-history", claim)).text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_declining_needs_a_reason(
    browser_of_alice: Client, claim: Claim, suggestion: Suggestion, headers: dict[str, str]
) -> None:
    answer = browser_of_alice.post(address("suggestion-decline", suggestion), {"reason": " "}, headers=headers)

    assert answer.status_code == 422
    assert "Give the reason in a few words." in answer.text
    assert is_panel(answer) is bool(headers)


@pytest.mark.parametrize("name", ["suggestion-accept", "suggestion-decline"])
def test_nobody_else_answers(
    browser_of_bob: Client, browser_of_rita: Client, suggestion: Suggestion, name: str
) -> None:
    answer = browser_of_bob.post(address(name, suggestion), {"reason": "No."}, headers=HTMX)

    assert answer.status_code == 422
    assert "Only Alice, who gave the verdict, decides on these words." in answer.text
    assert browser_of_rita.post(address(name, suggestion)).status_code == 403
    assert browser_of_bob.get(address(name, suggestion)).status_code == 405


def test_a_repeated_answer_is_given_once(browser_of_alice: Client, suggestion: Suggestion) -> None:
    sent = {"request_id": str(uuid4())}

    answers = [browser_of_alice.post(address("suggestion-accept", suggestion), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(action="words.accepted").count() == 1


def test_words_that_are_overtaken_are_not_shown(
    browser_of_alice: Client, claim: Claim, suggestion: Suggestion, bob: Membership
) -> None:
    other = make_suggestion(claim, by=bob, words="Three were injured.")
    browser_of_alice.post(address("suggestion-accept", other))

    assert str(suggestion.pk) not in browser_of_alice.get(address("claim-panel", claim)).text
