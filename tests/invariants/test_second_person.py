"""Invariants 4 and 5: the reviewer of a verdict is not its author, and nobody acts in another's name."""

from __future__ import annotations

import pytest

from articles import actions
from articles.errors import Refused, Stale
from articles.models import AuditEvent, Claim, Membership, Review, Role, Status
from tests import factories
from tests.invariants.attacks import insert_review, refused, twin


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR])
def test_no_role_may_review_its_own_verdict(role: Role, erin: Membership) -> None:
    author = factories.make_member("carol", by=erin, role=role)
    claim = factories.make_claim(by=author, status=Status.IN_REVIEW)
    digest = actions.verdicts.digest_of(claim)
    events = AuditEvent.objects.count()

    with pytest.raises(Refused, match="yourself"):
        actions.verdicts.approve(by=author, claim=claim, digest=digest)
    with pytest.raises(Refused, match="yourself"):
        actions.verdicts.send_back(by=author, claim=claim, digest=digest, reason="I changed my mind.")

    assert factories.fresh(claim).status == Status.IN_REVIEW
    assert (Review.objects.count(), AuditEvent.objects.count()) == (0, events)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR])
def test_the_database_refuses_self_review_in_every_role(role: Role, erin: Membership) -> None:
    author = factories.make_member("carol", by=erin, role=role)
    claim = factories.make_claim(by=author, status=Status.IN_REVIEW)

    with refused("review_by_a_second_person"):
        insert_review(claim, by=author, reviewer=author, verdict_author=author)


def test_lying_about_the_author_of_the_verdict_is_refused(in_review: Claim, alice: Membership, bob: Membership) -> None:
    with refused("review_names_the_author"):
        insert_review(in_review, by=alice, reviewer=alice, verdict_author=bob)


def test_lying_about_the_reviewer_is_refused(in_review: Claim, alice: Membership, bob: Membership) -> None:
    with refused("done_in_own_name"):
        insert_review(in_review, by=alice, reviewer=bob, verdict_author=alice)


def test_giving_a_verdict_in_anothers_name_is_refused(in_review: Claim, alice: Membership, bob: Membership) -> None:
    assert in_review.verdict

    with refused("done_in_own_name"):
        twin(in_review.verdict, alice, author_id=bob.person_id)


def test_a_review_by_the_second_person_is_accepted(in_review: Claim, alice: Membership, bob: Membership) -> None:
    insert_review(in_review, by=bob, reviewer=bob, verdict_author=alice)

    assert Review.objects.count() == 1


def test_a_verdict_is_reviewed_once(approved: Claim, alice: Membership, bob: Membership, erin: Membership) -> None:
    with pytest.raises(Refused, match="not waiting for review"):
        actions.verdicts.approve(by=erin, claim=approved, digest=approved.approved_digest)
    with refused("review_is_of_what_waits"):
        insert_review(approved, by=erin, reviewer=erin, verdict_author=alice)


def test_a_verdict_in_review_is_reviewed_once(
    in_review: Claim, alice: Membership, bob: Membership, erin: Membership
) -> None:
    insert_review(in_review, by=bob, reviewer=bob, verdict_author=alice)

    with refused("one_review_per_verdict"):
        insert_review(in_review, by=erin, reviewer=erin, verdict_author=alice)


def test_a_verdict_that_was_taken_back_is_not_reviewed(in_review: Claim, alice: Membership, bob: Membership) -> None:
    actions.verdicts.withdraw(by=alice, claim=in_review)

    with refused("review_is_of_what_waits"):
        insert_review(in_review, by=bob, reviewer=bob, verdict_author=alice)


def test_a_returned_verdict_is_not_approved_later(alice: Membership, bob: Membership, erin: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.RETURNED)

    with pytest.raises(Refused, match="not waiting for review"):
        actions.verdicts.approve(by=erin, claim=claim, digest=actions.verdicts.digest_of(claim))


def test_a_reader_or_a_stranger_reviews_nothing(in_review: Claim, rita: Membership, mallory: Membership) -> None:
    digest = actions.verdicts.digest_of(in_review)

    for outsider in (rita, mallory):
        with pytest.raises(Refused):
            actions.verdicts.approve(by=outsider, claim=in_review, digest=digest)

    assert factories.fresh(in_review).status == Status.IN_REVIEW
    assert not Review.objects.exists()


def test_a_member_who_left_reviews_nothing(in_review: Claim, bob: Membership, erin: Membership) -> None:
    actions.desks.remove_member(by=erin, membership=bob)

    with pytest.raises(Refused):
        actions.verdicts.approve(by=bob, claim=in_review, digest=actions.verdicts.digest_of(in_review))


def test_only_its_author_takes_a_verdict_back(in_review: Claim, bob: Membership) -> None:
    with pytest.raises(Refused, match="Only the person who gave"):
        actions.verdicts.withdraw(by=bob, claim=in_review)


def test_what_was_changed_in_review_is_not_approved_by_who_changed_it(
    in_review: Claim, alice: Membership, bob: Membership
) -> None:
    factories.edit_claim(in_review, by=bob, text="Thirty people were hurt.")

    with pytest.raises(Refused, match="not waiting for review"):
        actions.verdicts.approve(by=bob, claim=in_review, digest=actions.verdicts.digest_of(in_review))

    assert factories.fresh(in_review).status == Status.CHECKING


def test_a_decision_on_what_is_no_longer_stored_is_stale(in_review: Claim, alice: Membership, bob: Membership) -> None:
    seen = actions.verdicts.digest_of(in_review)
    factories.make_highlight(by=alice, claim=in_review, version=factories.make_version(by=alice))

    with pytest.raises(Stale) as caught:
        actions.verdicts.send_back(by=bob, claim=in_review, digest=seen, reason="Look at the log again.")

    assert caught.value.current == in_review
    assert caught.value.yours["reason"] == "Look at the log again."
    assert not Review.objects.exists()
