import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import actions
from articles.models import Claim, Membership, Stance, Status
from articles.queries import history
from tests.claims.asking import address
from tests.factories import (
    edit_claim,
    fresh,
    make_article,
    make_carry,
    make_claim,
    make_evidence,
    make_highlight,
    make_passage,
    take_version,
)


def sentences(client: Client, claim: Claim) -> list[str]:
    return [line.sentence for line in client.get(address("claim-history", claim)).context["told"].lines]


def test_it_works(browser_of_rita: Client, alice: Membership, bob: Membership) -> None:
    claim = make_claim(by=alice, status=Status.APPROVED)
    make_evidence(by=bob, claim=claim, stance=Stance.REFUTES)

    assert sentences(browser_of_rita, claim) == [
        "The claim was reopened because evidence was added.",
        "Bob added evidence from Accident log of the county: it refutes the claim.",
        "Bob approved the verdict Supported.",
        "Alice gave the verdict Supported.",
        "The claim is being checked.",
        "Alice added evidence from Accident log of the county: it supports the claim.",
        "Alice marked “three people were hurt” as a claim.",
    ]


def test_what_became_of_every_part_is_told(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    other = make_article(by=alice).versions.get()
    highlight = make_highlight(by=alice, version=other, claim=claim)
    actions.highlights.remove(by=alice, highlight=highlight)
    actions.highlights.restore(by=alice, highlight=highlight)
    evidence = make_evidence(by=alice, claim=claim)
    actions.evidence.withdraw(by=alice, evidence=evidence)
    actions.evidence.restore(by=alice, evidence=evidence)

    told = sentences(browser_of_alice, claim)

    assert told[:2] == [
        "Alice restored the evidence from Accident log of the county.",
        "Alice withdrew the evidence from Accident log of the county.",
    ]
    assert told[4:7] == [
        "Alice restored the highlight “three people were hurt”.",
        "Alice removed the highlight “three people were hurt”.",
        "Alice found the claim in another place: “three people were hurt”.",
    ]


def test_texts_before_and_after_are_shown(browser_of_alice: Client, claim: Claim, bob: Membership) -> None:
    edit_claim(claim, by=bob, text="Four people were hurt.", summary="Four hurt", assignee=bob.person)

    answer = browser_of_alice.get(address("claim-history", claim))

    (change, summary, assignee) = answer.context["told"].lines[0].changes
    assert change == ("Claim", "three people were hurt", "Four people were hurt.")
    assert summary == ("Summary", "", "Four hurt")
    assert assignee == ("Assigned to", "", "Bob")
    assert "<del>three</del>" in answer.text
    assert "<ins>Four</ins>" in answer.text


def test_reasons_are_quoted(browser_of_alice: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.RETURNED)

    assert "<q>Ask the hospital, too.</q>" in browser_of_alice.get(address("claim-history", claim)).text


def test_older_events_are_on_the_next_page(
    browser_of_alice: Client, claim: Claim, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history.claim_history, "__kwdefaults__", {"before": None, "size": 2})
    for summary in ("One", "Two", "Three"):
        edit_claim(claim, by=alice, summary=summary)

    first = browser_of_alice.get(address("claim-history", claim)).context["told"]
    second = browser_of_alice.get(address("claim-history", claim), {"before": first.older}).context["told"]

    assert [line.changes[0].after for line in first.lines] == ["Three", "Two"]
    assert [line.number for line in second.lines] == [first.older - 1, claim_made(claim)]
    assert second.older is None


def claim_made(claim: Claim) -> int:
    return history.claim_history(fresh(claim), size=100).lines[-1].number


def test_a_stranger_to_numbers_starts_from_the_newest(browser_of_alice: Client, claim: Claim) -> None:
    assert browser_of_alice.get(address("claim-history", claim), {"before": "x"}).status_code == 200


def test_post_is_the_wrong_method(browser_of_alice: Client, claim: Claim) -> None:
    assert browser_of_alice.post(address("claim-history", claim)).status_code == 405


def test_what_became_of_the_words_in_later_versions_is_told(
    browser_of_rita: Client, alice: Membership, bob: Membership
) -> None:
    claim = make_claim(by=alice)
    version = claim.highlights.get().version
    take_version(version.article, f"{version.text} It opens on Friday.", by=bob)
    carry = make_carry(by=bob, claim=claim)
    assert carry.start is not None
    assert carry.end is not None
    carry = actions.carrying.accept(by=alice, carry=carry, revision=1, start=carry.start, end=carry.end)
    carry = actions.carrying.reconsider(by=bob, carry=carry, revision=2)
    actions.carrying.orphan(by=alice, carry=carry, revision=3)

    assert sentences(browser_of_rita, claim)[:-1] == [
        "Alice said that “three people were hurt” is gone from version 3.",
        "The highlight “four people were hurt” went with it.",
        "Bob took back where “three people were hurt” stands in version 3.",
        "Alice agreed where “three people were hurt” stands in version 3: “four people were hurt”.",
        "In version 3 of the article, “three people were hurt” may now be “four people were hurt”.",
        "Bob stored version 2 of the article of Orm Valley Courier, where the words are unchanged.",
    ]


def test_what_became_of_a_passage_is_told_too(browser_of_rita: Client, alice: Membership, bob: Membership) -> None:
    claim = make_claim(by=alice)
    passage = make_passage(by=alice, claim=claim).highlight
    assert passage
    take_version(passage.version.article, passage.version.text.replace("three", "four"), by=bob)

    assert sentences(browser_of_rita, claim)[0] == (
        "In version 2 of the article, “three people were hurt” may now be “four people were hurt”."
    )


def test_versions_cost_no_further_query(browser_of_rita: Client, alice: Membership) -> None:
    claim = make_claim(by=alice)
    counts = []
    for day in ("Friday", "Sunday", "Monday"):
        with CaptureQueriesContext(connection) as queries:
            sentences(browser_of_rita, claim)
        counts.append(len(queries))
        version = claim.highlights.live().get().version
        take_version(version.article, f"{version.text} It opens on {day}.", by=alice)

    assert counts[1] == counts[2]
