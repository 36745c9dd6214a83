from __future__ import annotations

import pytest

from articles import actions
from articles.errors import Refused, Stale
from articles.models import Decision, Membership, Status
from tests import factories


def test_a_verdict_waits_for_a_second_person(alice: Membership) -> None:
    claim = factories.make_claim(by=alice)

    verdict = factories.make_verdict(by=alice, claim=claim)

    stored = factories.fresh(claim)
    assert (stored.status, stored.verdict, stored.review) == (Status.IN_REVIEW, verdict, None)
    assert verdict.author == alice.person


@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.APPROVED, Status.SET_ASIDE])
def test_a_claim_that_is_not_in_work_takes_no_verdict(status: Status, alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=status)
    rating = factories.rating_of(bob, "supported")

    with pytest.raises(Refused, match="takes no verdict now"):
        actions.verdicts.give(by=bob, claim=claim, revision=claim.revision, rating=rating, rationale="So it is.")


def test_an_approval_is_bound_to_its_digest(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)
    digest = actions.verdicts.digest_of(claim)

    review = actions.verdicts.approve(by=bob, claim=claim, digest=digest)

    stored = factories.fresh(claim)
    assert (review.decision, review.reviewer, review.digest) == (Decision.APPROVE, bob.person, digest)
    assert (stored.status, stored.review, stored.approved_digest) == (Status.APPROVED, review, digest)
    assert digest == actions.verdicts.digest_of(claim)


@pytest.mark.parametrize("digest", ["", "0" * 64, "not a digest"])
def test_approving_something_else_is_stale(digest: str, alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)

    with pytest.raises(Stale):
        actions.verdicts.approve(by=bob, claim=claim, digest=digest)

    assert factories.fresh(claim).status == Status.IN_REVIEW


def test_a_returned_claim_shows_the_reason(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)
    digest = actions.verdicts.digest_of(claim)

    review = actions.verdicts.send_back(by=bob, claim=claim, digest=digest, reason="Ask the hospital, too.")

    stored = factories.fresh(claim)
    assert (stored.status, stored.status_reason, stored.review) == (Status.RETURNED, "Ask the hospital, too.", review)
    assert review.reason == "Ask the hospital, too."


def test_a_verdict_taken_back_leaves_the_claim_to_be_checked(alice: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)

    actions.verdicts.withdraw(by=alice, claim=claim)

    assert factories.fresh(claim).status == Status.CHECKING
    with pytest.raises(Refused, match="no verdict in review"):
        actions.verdicts.withdraw(by=alice, claim=claim)


def test_the_second_person_of_one_verdict_may_give_the_next(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.RETURNED, reviewer=bob)

    factories.make_verdict(by=bob, claim=claim)
    actions.verdicts.approve(by=alice, claim=claim, digest=actions.verdicts.digest_of(claim))

    assert factories.fresh(claim).status == Status.APPROVED
