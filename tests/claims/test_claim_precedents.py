from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import actions
from articles.models import Claim, Membership, Status
from articles.queries import precedents as queries
from articles.queries.precedents import precedents, telling_words
from tests.claims.asking import HTMX, address, page_of
from tests.factories import edit_claim, fresh, make_blind, make_claim, make_verdict, second_person


@pytest.fixture
def claim(alice: Membership) -> Claim:
    return make_claim(by=alice, text="Three people were hurt when the bridge was closed.")


def approved(by: Membership, text: str, claimant: str = "", rating: str = "supported") -> Claim:
    """An approved claim of these words."""
    claim = edit_claim(make_claim(by=by), by=by, text=text, claimant=claimant)
    make_verdict(by=by, claim=claim, rating=rating)
    actions.verdicts.approve(by=second_person(by), claim=claim, digest=actions.verdicts.digest_of(claim))
    return fresh(claim)


def test_claims_with_the_same_words_come_first(claim: Claim, alice: Membership) -> None:
    some = approved(alice, "The bridge was closed on Friday.", rating="refuted")
    more = approved(alice, "When the bridge was closed, three people were on it.")
    approved(alice, "A lorry turned over.")

    found = precedents(claim)

    assert [one.claim for one in found] == [more.pk, some.pk]
    assert [one.name for one in found] == ["Supported", "Refuted"]
    assert found[1].likeness == "2 of its words"


def test_the_same_claimant_is_enough(claim: Claim, alice: Membership) -> None:
    other = approved(alice, "A lorry turned over.", claimant="The mayor")
    claim = edit_claim(claim, by=alice, claimant="The mayor")

    (found,) = precedents(claim)

    assert (found.claim, found.likeness) == (other.pk, "the same claimant")


def test_what_is_not_approved_is_no_precedent(claim: Claim, alice: Membership, bob: Membership) -> None:
    make_claim(by=alice, status=Status.IN_REVIEW, text=claim.text)
    edit_claim(make_blind(by=alice), by=alice, text=claim.text)

    assert precedents(claim) == []


def test_a_claim_is_no_precedent_of_itself(alice: Membership) -> None:
    claim = approved(alice, "The bridge was closed on Friday.", claimant="The mayor")

    assert precedents(claim) == []


def test_an_older_one_is_found_by_its_telling_words(
    claim: Claim, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = approved(alice, "When the bridge was closed, three people were on it.")
    approved(alice, "A lorry turned over.")
    monkeypatch.setattr(queries, "RECENT", 1)

    assert [one.claim for one in precedents(edit_claim(claim, by=alice, text="People closed the bridge."))] == [old.pk]


def test_another_desk_is_no_precedent(claim: Claim, mallory: Membership) -> None:
    approved(mallory, claim.text)

    assert precedents(claim) == []


@pytest.mark.parametrize("text", ["…", "at a by", "' & | ! : *", "nul \u0001 _ __ (((", "東京で3人がけがをした"])
def test_whatever_is_claimed_can_be_asked_for(claim: Claim, alice: Membership, text: str) -> None:
    approved(alice, "The bridge was closed on Friday.")
    claim.text = text

    assert precedents(claim) == []


def test_one_query_however_many_there_are(claim: Claim, alice: Membership) -> None:
    for _ in range(3):
        approved(alice, claim.text)

    with CaptureQueriesContext(connection) as caught:
        found = precedents(claim)

    assert (len(found), len(caught)) == (3, 1)


def test_numbers_and_long_words_are_telling() -> None:
    assert telling_words("At least 1,200 cars cross the Orm; U2 crossed IT in 2013, too.") == [
        *("least", "1", "200", "cars", "cross", "u2", "crossed", "2013"),
    ]


def test_the_page(browser_of_rita: Client, claim: Claim, alice: Membership) -> None:
    other = approved(alice, "When the bridge was closed, three people were on it.")

    page = browser_of_rita.get(address("claim-precedents", claim))
    part = browser_of_rita.get(address("claim-precedents", claim), headers=HTMX)

    for answer in (page, part):
        assert answer.status_code == 200
        assert f'href="{page_of(other)}"' in answer.text
        assert "HX-Request" in answer.headers["Vary"]
    assert ["<html" in answer.text for answer in (page, part)] == [True, False]


def test_the_panel_asks_for_them_later(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    other = approved(alice, "When the bridge was closed, three people were on it.")

    panel = browser_of_alice.get(address("claim-panel", claim))

    assert f'hx-get="{address("claim-precedents", claim)}" hx-trigger="intersect once"' in panel.text
    assert f'id="precedents-{claim.pk}-{claim.revision}" hx-preserve' in panel.text
    assert page_of(other) not in panel.text


def test_nothing_like_it_is_said(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.get(address("claim-precedents", claim), headers=HTMX)

    assert "No approved claim is like this one yet." in answer.text
