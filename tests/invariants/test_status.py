"""Invariant 5: a status follows from the stored one, by the moves there are and no others."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from articles import actions
from articles.errors import Refused
from articles.models import MOVES, MOVES_BACK, ArticleVersion, Claim, Membership, Status
from tests import factories
from tests.invariants.attacks import change, insert_review, refused, twin


@pytest.mark.parametrize("before", Status)
def test_the_database_knows_the_same_moves(before: Status, alice: Membership, version: ArticleVersion) -> None:
    claim = factories.make_claim(by=alice, version=version, status=before)

    moves = {after for after in Status if after != before and _may_move(claim, after, by=alice)}

    assert moves == MOVES[before] | MOVES_BACK.get(before, frozenset())


@pytest.mark.parametrize("status", [Status.RETURNED, Status.REOPENED])
def test_a_claim_goes_back_only_to_a_status_it_had(status: Status, alice: Membership) -> None:
    started = factories.make_claim(by=alice, status=Status.CHECKING)

    with refused("claim_moves"):
        change(started, alice, status=status, status_reason="Not yet.")


@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.APPROVED, Status.SET_ASIDE])
def test_no_start_is_taken_back_to_another_status(status: Status, alice: Membership) -> None:
    claim = factories.make_claim(by=alice, status=status)

    with pytest.raises(Refused):
        actions.claims.stop(by=alice, claim=claim)
    with pytest.raises(Refused):
        actions.claims.stop(by=alice, claim=factories.make_claim(by=alice, status=Status.CHECKING), status=status)


@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.APPROVED])
def test_what_was_set_aside_does_not_come_back_decided(status: Status, alice: Membership) -> None:
    claim = factories.make_claim(by=alice, status=status)
    actions.claims.set_aside(by=alice, claim=claim, reason="Out of scope.")

    with pytest.raises(Refused):
        actions.claims.resume(by=alice, claim=claim, status=status)


def test_every_status_may_be_set_aside() -> None:
    others = {before for before in Status if before != Status.SET_ASIDE}

    assert {before for before in others if Status.SET_ASIDE in MOVES[before]} == others


@pytest.mark.parametrize("status", [status for status in Status if status != Status.OPEN])
def test_a_claim_begins_open(status: Status, approved: Claim, alice: Membership) -> None:
    with refused("claim_moves"):
        twin(approved, alice, status=status)


def test_an_unknown_status_is_refused(alice: Membership) -> None:
    with refused("claim_moves", "claim_status_is_known"):
        change(factories.make_claim(by=alice), alice, status="done")


def test_approval_needs_a_review_that_approves(in_review: Claim, bob: Membership, alice: Membership) -> None:
    digest = actions.verdicts.digest_of(in_review)

    with refused("claim_moves"):
        change(in_review, bob, status="approved", approved_digest=digest)
    with refused("claim_moves"):
        change(in_review, bob, status="returned", status_reason="Not yet.")


def test_a_review_that_returns_does_not_make_an_approved_claim(
    in_review: Claim, alice: Membership, bob: Membership
) -> None:
    review = insert_review(in_review, by=bob, reviewer=bob, verdict_author=alice, decision="return")
    digest = actions.verdicts.digest_of(in_review)

    with refused("claim_moves"):
        change(in_review, bob, status="approved", review_id=review, approved_digest=digest)


@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.RETURNED, Status.APPROVED])
@pytest.mark.parametrize("kept", [{}, {"review_id": None}])
def test_a_verdict_goes_into_review_once(
    kept: dict[str, None], status: Status, alice: Membership, bob: Membership
) -> None:
    claim = factories.make_claim(by=alice, status=status, reviewer=bob)
    if status == Status.APPROVED:
        change(claim, alice, status="reopened", status_reason="New figures.", approved_digest="")
    change(claim, alice, status="checking")

    with refused("claim_moves"):
        change(claim, alice, status="in_review", **kept)


@pytest.mark.django_db(transaction=True)
def test_an_earlier_verdict_does_not_come_back(in_review: Claim, alice: Membership) -> None:
    first = in_review.verdict_id
    actions.verdicts.withdraw(by=alice, claim=in_review)
    factories.make_verdict(by=alice, claim=factories.fresh(in_review))
    actions.verdicts.withdraw(by=alice, claim=factories.fresh(in_review))

    with refused("claim_moves"):
        change(in_review, alice, status="in_review", verdict_id=first)


def test_approval_needs_the_verdict_and_the_review_of_this_claim(
    in_review: Claim, alice: Membership, bob: Membership
) -> None:
    other = factories.make_claim(by=alice, status=Status.APPROVED, reviewer=bob)
    digest = actions.verdicts.digest_of(in_review)
    approval: dict[str, Any] = {"status": "approved", "review_id": other.review_id, "approved_digest": digest}

    with refused("claim_has_review_of_its_verdict"):
        change(in_review, bob, **approval)
    with refused("claim_has_verdict_of_its_own"):
        change(in_review, bob, **approval, verdict_id=other.verdict_id)


@pytest.mark.parametrize("column", ["verdict_id", "review_id"])
def test_a_verdict_or_a_review_is_not_exchanged_without_a_move(column: str, approved: Claim, alice: Membership) -> None:
    with refused("claim_moves"):
        change(approved, alice, **{column: None})


@pytest.mark.parametrize(
    ("status", "columns", "constraint"),
    [
        (Status.OPEN, {"status": "set_aside", "aside": "other"}, "claim_status_has_reason"),
        (Status.OPEN, {"status": "set_aside", "aside": "other", "status_reason": " \n"}, "claim_status_has_reason"),
        (Status.OPEN, {"status": "set_aside", "status_reason": "No."}, "claim_aside_while_set_aside"),
        (Status.OPEN, {"status": "set_aside", "status_reason": "No.", "aside": "no"}, "claim_aside_while_set_aside"),
        (Status.OPEN, {"aside": "opinion"}, "claim_aside_while_set_aside"),
        (Status.SET_ASIDE, {"aside": "duplicate"}, "claim_duplicate_of_something"),
        (Status.APPROVED, {"status": "reopened", "approved_digest": ""}, "claim_status_has_reason"),
        (Status.APPROVED, {"status": "reopened", "status_reason": "New figures."}, "claim_digest_while_approved"),
        (Status.OPEN, {"approved_digest": "0" * 64}, "claim_digest_while_approved"),
        (Status.CHECKING, {"status": "in_review"}, "claim_status_has_verdict"),
        (Status.OPEN, {"priority": 1}, "claim_priority_has_reason"),
        (Status.OPEN, {"priority": 3, "priority_reason": " "}, "claim_priority_has_reason"),
        (Status.OPEN, {"text": ""}, "claim_has_text"),
        (Status.OPEN, {"text": "\t\n "}, "claim_has_text"),
    ],
)
def test_what_belongs_to_a_status_is_required_by_the_database(
    status: Status, columns: dict[str, Any], constraint: str, alice: Membership
) -> None:
    claim = factories.make_claim(by=alice, status=status)

    with refused(constraint):
        change(claim, alice, **columns)


def test_a_review_that_returns_needs_its_reason(in_review: Claim, alice: Membership, bob: Membership) -> None:
    review = factories.make_claim(by=alice, status=Status.APPROVED, reviewer=bob).review
    assert review

    with refused("review_return_has_reason"):
        twin(review, bob, verdict_id=in_review.verdict_id, decision="return", reason=" ")


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_set_aside_reopen_and_return_need_their_reason(reason: str, alice: Membership, bob: Membership) -> None:
    open_, approved, in_review = (
        factories.make_claim(by=alice, status=status) for status in (Status.OPEN, Status.APPROVED, Status.IN_REVIEW)
    )
    digest = actions.verdicts.digest_of(in_review)

    for refuse in (
        lambda: actions.claims.set_aside(by=bob, claim=open_, reason=reason),
        lambda: actions.claims.reopen(by=bob, claim=approved, reason=reason),
        lambda: actions.verdicts.send_back(by=bob, claim=in_review, digest=digest, reason=reason),
    ):
        with pytest.raises(Refused) as caught:
            refuse()
        assert caught.value.field == "reason"


def test_a_priority_needs_its_reason(alice: Membership) -> None:
    with pytest.raises(Refused, match="priority"):
        factories.edit_claim(factories.make_claim(by=alice), by=alice, priority=1)


@pytest.mark.parametrize("status", Status)
def test_the_actions_refuse_every_other_move(status: Status, alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=status)
    digest = actions.verdicts.digest_of(claim)
    moves = {
        Status.CHECKING: lambda: actions.claims.start(by=bob, claim=claim),
        Status.SET_ASIDE: lambda: actions.claims.set_aside(by=bob, claim=claim, reason="Out of scope."),
        Status.OPEN: lambda: actions.claims.resume(by=bob, claim=claim),
        Status.REOPENED: lambda: actions.claims.reopen(by=bob, claim=claim, reason="New figures."),
        Status.APPROVED: lambda: actions.verdicts.approve(by=bob, claim=claim, digest=digest),
        Status.RETURNED: lambda: actions.verdicts.send_back(by=bob, claim=claim, digest=digest, reason="Not yet."),
    }
    # A claim in review goes back to checking when its verdict is taken back, and not by being started.
    allowed = MOVES[status] - ({Status.CHECKING} if status == Status.IN_REVIEW else set())

    for after in moves.keys() - allowed:
        with pytest.raises(Refused):
            moves[after]()
        assert factories.fresh(claim).status == status
    for after in moves.keys() & allowed:
        with transaction.atomic():
            moves[after]()
            assert factories.fresh(claim).status == after
            transaction.set_rollback(True)


def _may_move(claim: Claim, after: Status, *, by: Membership) -> bool:
    """Whether the table of moves lets a claim through; what else a status needs is refused under another name."""
    try:
        with transaction.atomic():
            change(claim, by, status=after, status_reason="Tried.", approved_digest=_digest(after))
            connection.check_constraints()
            transaction.set_rollback(True)
    except DatabaseError as error:
        return "does not go from" not in str(error)
    return True


def _digest(status: Status) -> str:
    return "0" * 64 if status == Status.APPROVED else ""
