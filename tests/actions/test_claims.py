from __future__ import annotations

from datetime import date

import pytest

from articles import actions
from articles.errors import Refused
from articles.models import Claim, Claimant, Membership, Status
from tests import factories


def test_an_edit_stores_the_words_and_the_plan(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice)

    factories.edit_claim(
        claim,
        by=bob,
        text="Three were hurt.",
        summary="Three hurt",
        claimant="  The  mayor ",
        kind="figure",
        priority=1,
        priority_reason="It leads the page.",
        assignee=alice.person,
        due=date(2026, 3, 9),
        due_reason="It goes to press then.",
    )

    stored = factories.fresh(claim)
    assert {name: str(getattr(stored, name)) for name in Claim.CONTENT} == {
        "text": "Three were hurt.",
        "summary": "Three hurt",
        "claimant": "The mayor",
        "kind": "figure",
        "priority": "1",
        "priority_reason": "It leads the page.",
        "assignee": "Alice",
        "due": "2026-03-09",
        "due_reason": "It goes to press then.",
    }
    assert stored.revision == 2


@pytest.mark.parametrize("text", ["", " \n"])
def test_a_claim_keeps_words(text: str, alice: Membership) -> None:
    with pytest.raises(Refused, match="needs words"):
        factories.edit_claim(factories.make_claim(by=alice), by=alice, text=text)


def test_a_claimant_is_known_by_name_whatever_its_capitals_and_spaces(alice: Membership) -> None:
    for name in ("İlkay Öz", "ILKAY ÖZ", "İlkay  öz", "the mayor", "The Mayor"):
        factories.edit_claim(factories.make_claim(by=alice), by=alice, claimant=name)

    names = list(Claimant.objects.order_by("id").values_list("name", flat=True))
    assert names[0] == "İlkay Öz"
    assert names[-1] == "the mayor"
    assert len({name.lower() for name in names}) == len(names)


def test_a_claim_without_claimant_has_none(alice: Membership) -> None:
    claim = factories.edit_claim(factories.make_claim(by=alice), by=alice, claimant="The mayor")

    assert factories.edit_claim(claim, by=alice, claimant=" ").claimant is None


def test_starting_assigns_the_claim_unless_someone_has_it(alice: Membership, bob: Membership) -> None:
    mine, theirs = factories.make_claim(by=alice), factories.make_claim(by=alice)
    factories.edit_claim(theirs, by=alice, assignee=bob.person)

    for claim in (mine, theirs):
        actions.claims.start(by=alice, claim=claim)

    assert factories.fresh(mine).assignee == alice.person
    assert factories.fresh(theirs).assignee == bob.person


@pytest.mark.parametrize("status", [status for status in Status if status != Status.SET_ASIDE])
def test_a_claim_is_set_aside_with_its_reason_and_taken_back(status: Status, alice: Membership) -> None:
    claim = factories.make_claim(by=alice, status=status)

    aside = actions.claims.set_aside(by=alice, claim=claim, reason="Out of scope.")
    assert (aside.status, aside.status_reason, aside.approved_digest) == (Status.SET_ASIDE, "Out of scope.", "")

    back = actions.claims.resume(by=alice, claim=claim)
    assert (back.status, back.status_reason) == (Status.OPEN, "")


def test_a_reopened_claim_needs_a_new_verdict_to_be_approved(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.REOPENED)

    with pytest.raises(Refused):
        actions.verdicts.approve(by=bob, claim=claim, digest=actions.verdicts.digest_of(claim))

    factories.make_verdict(by=bob, claim=claim)
    actions.verdicts.approve(by=alice, claim=claim, digest=actions.verdicts.digest_of(claim))
    assert factories.fresh(claim).status == Status.APPROVED
    assert claim.verdicts.count() == 2


def test_claims_that_wait_for_a_person_are_those_of_others(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)

    assert list(Claim.objects.waiting_for_review_by(bob.person)) == [claim]
    assert not Claim.objects.waiting_for_review_by(alice.person)
