"""What others did with what concerns a person, since that person last looked."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import actions
from articles.models import AuditEvent, Desk, LastLook, Membership, Standing, Status
from articles.queries import news as queries
from tests.factories import (
    edit_claim,
    make_blind,
    make_carry,
    make_claim,
    make_evidence,
    make_query,
    make_second,
    make_suggestion,
    make_version,
)


@pytest.fixture
def seen(desk: Desk) -> str:
    return reverse("articles:desk-seen", args=[desk.slug])


@pytest.fixture
def page(desk: Desk) -> str:
    return reverse("articles:desk-news", args=[desk.slug])


def last(desk: Desk) -> int:
    return AuditEvent.objects.filter(desk=desk).latest("number").number


def told(by: Membership) -> list[str]:
    return [line.sentence for happening in queries.news(by).happenings for line in happening.lines]


def test_what_others_did_with_my_claims(alice: Membership, bob: Membership, erin: Membership) -> None:
    mine = make_claim(by=alice, status=Status.RETURNED, reviewer=bob)
    make_evidence(by=erin, claim=make_claim(by=erin))

    make_evidence(by=bob, claim=mine)

    assert told(alice)[0] == "Bob added evidence from Accident log of the county: it supports the claim."
    assert "Bob returned the verdict Supported." in told(alice)
    assert not any("Alice" in sentence or "Erin" in sentence for sentence in told(alice))


@pytest.mark.parametrize("concerned", ["alice", "bob", "erin"])
def test_whom_a_claim_concerns(
    concerned: str, alice: Membership, bob: Membership, erin: Membership, request: pytest.FixtureRequest
) -> None:
    """Who made it and found the verdict, who has it, and who reviewed it."""
    claim = make_claim(by=alice, status=Status.APPROVED, reviewer=erin)
    edit_claim(claim, by=alice, assignee=bob.person)
    by = request.getfixturevalue(concerned)
    other = alice if concerned != "alice" else bob
    actions.claims.reopen(by=other, claim=claim, reason="The hospital has published other numbers.")

    assert f"{other.person} reopened the claim." in told(by)


def test_what_is_suggested_asked_and_decided_about_my_claim(alice: Membership, bob: Membership) -> None:
    claim = make_claim(by=alice, status=Status.IN_REVIEW)
    suggestion = make_suggestion(claim, by=bob)
    actions.suggestions.decline(by=alice, suggestion=suggestion, reason="As the log says.")
    make_query(by=bob, claim=claim)
    carry = make_carry(by=bob, claim=claim)
    actions.carrying.orphan(by=bob, carry=carry, revision=carry.revision)

    found = " ".join(told(alice))

    for words in ("Bob suggested other words", "Bob put a query to", "Bob said that"):
        assert words in found


def test_how_the_difference_about_my_claim_was_resolved(alice: Membership, bob: Membership, erin: Membership) -> None:
    blind = make_blind(by=alice)
    make_second(by=bob, claim=blind, rating="refuted")
    digest = actions.verdicts.digest_of(blind)
    actions.findings.resolve(by=erin, claim=blind, digest=digest, stands=Standing.FIRST, note="The log.")

    assert "Erin resolved the difference of the two findings: Supported stands." in told(alice)


def test_what_is_asked_about_other_claims_is_no_news(alice: Membership, bob: Membership) -> None:
    make_query(by=bob)
    make_query(by=bob, version=make_version(by=alice))

    assert told(alice) == []


def test_seen_moves_the_mark_and_never_back(
    browser_of_alice: Client, seen: str, desk: Desk, alice: Membership, bob: Membership
) -> None:
    claim = make_claim(by=alice)
    make_evidence(by=bob, claim=claim)
    number = last(desk)

    answer = browser_of_alice.post(seen, {"number": number})

    assert (answer.status_code, answer["Location"]) == (302, desk.get_absolute_url())
    assert told(alice) == []
    browser_of_alice.post(seen, {"number": 3})
    assert LastLook.objects.get(person_id=alice.person_id).number == number
    edit_claim(claim, by=bob, text="Four people were hurt.")
    assert len(told(alice)) == 1


def test_nobody_sees_what_is_not_there_yet(browser_of_alice: Client, seen: str, desk: Desk, alice: Membership) -> None:
    browser_of_alice.post(seen, {"number": 10**9})

    assert LastLook.objects.get(person_id=alice.person_id).number == last(desk)


@pytest.mark.parametrize("number", ["", "-1", "x", "9" * 30])
def test_a_number_that_is_none_is_refused(number: str, browser_of_alice: Client, seen: str) -> None:
    answer = browser_of_alice.post(seen, {"number": number})

    assert answer.status_code == 422
    assert not LastLook.objects.exists()


def test_get_moves_nothing(browser_of_alice: Client, seen: str) -> None:
    assert browser_of_alice.get(seen).status_code == 405


def test_all_of_it_goes_on_from_page_to_page(
    browser_of_alice: Client, page: str, alice: Membership, bob: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    claim = make_claim(by=alice)
    for number in range(5):
        edit_claim(claim, by=bob, text=f"{number} people were hurt.")

    found, path = [], page
    while path:
        answer = browser_of_alice.get(path)
        found += [line.number for one in answer.context["news"].happenings for line in one.lines]
        path = answer.context["next"] and page + answer.context["next"]

    assert len(found) == 5
    assert found == sorted(found, reverse=True)


def test_what_lies_far_back_is_looked_through_piece_by_piece(
    alice: Membership, bob: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = make_claim(by=alice)
    edit_claim(claim, by=bob, text="Four people were hurt.")
    for _ in range(3):
        make_claim(by=bob)
    monkeypatch.setattr(queries, "LOOKED_THROUGH", 4)

    first = queries.news(alice)
    assert (first.happenings, bool(first.older)) == ([], True)

    news = first
    while news.older and not news.happenings:
        news = queries.news(alice, before=news.older)
    assert [line.sentence for line in news.happenings[0].lines] == ["Bob edited the claim."]


def test_the_desk_offers_it_to_be_marked_as_seen(
    browser_of_alice: Client, desk: Desk, seen: str, alice: Membership, bob: Membership
) -> None:
    make_evidence(by=bob, claim=make_claim(by=alice))

    text = browser_of_alice.get(desk.get_absolute_url()).text

    assert "Since you last looked" in text
    assert f'<input type="hidden" name="number" value="{last(desk)}">' in text
    assert f'action="{seen}"' in text


def test_it_costs_the_same_for_more(alice: Membership, bob: Membership) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            queries.news(alice)
        return len(captured)

    claim = make_claim(by=alice)
    edit_claim(claim, by=bob, text="Four people were hurt.")
    few = cost()
    for _ in range(5):
        make_evidence(by=bob, claim=make_claim(by=alice))

    assert cost() == few
