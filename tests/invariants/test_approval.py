"""Invariant 7: an approval holds for exactly what was approved; when that changes, the claim is reopened at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles import actions
from articles.actions.evidence import Statement
from articles.actions.sources import Work
from articles.models import AuditEvent, Claim, Evidence, Highlight, Membership, Source, Status
from tests import factories
from tests.invariants.attacks import change, insert_review, refused, run, twin

if TYPE_CHECKING:
    from collections.abc import Callable


def add_evidence(claim: Claim, by: Membership) -> None:
    factories.make_evidence(by=by, claim=claim)


def add_passage(claim: Claim, by: Membership) -> None:
    factories.make_passage(by=by, claim=claim)


def edit_evidence(claim: Claim, by: Membership) -> None:
    evidence = claim.evidence.get()
    statement = Statement(stance="refutes", kind=evidence.kind, quote=evidence.quote)
    actions.evidence.edit(by=by, evidence=evidence, revision=1, statement=statement)


def withdraw_evidence(claim: Claim, by: Membership) -> None:
    actions.evidence.withdraw(by=by, evidence=claim.evidence.get())


def edit_source(claim: Claim, by: Membership) -> None:
    work = Work(title="Another log")
    actions.sources.edit(by=by, source=claim.evidence.get().source, revision=1, work=work)


def edit_text(claim: Claim, by: Membership) -> None:
    factories.edit_claim(claim, by=by, text="Thirty people were hurt.")


def add_occurrence(claim: Claim, by: Membership) -> None:
    factories.make_highlight(by=by, claim=claim)


def remove_occurrence(claim: Claim, by: Membership) -> None:
    actions.highlights.remove(by=by, highlight=claim.highlights.get())


REASONS: dict[Callable[[Claim, Membership], None], str] = {
    edit_text: "The text of the claim changed.",
    add_evidence: "Evidence was added.",
    add_passage: "Evidence was added.",
    edit_evidence: "A piece of evidence was edited.",
    withdraw_evidence: "A piece of evidence was withdrawn.",
    edit_source: "A source of its evidence was edited.",
    add_occurrence: "The claim was found in another place.",
    remove_occurrence: "A place where the claim stands was removed.",
}


@pytest.mark.parametrize("door", REASONS, ids=lambda door: door.__name__)
def test_a_change_of_what_was_approved_reopens_the_claim(
    door: Callable[[Claim, Membership], None], approved: Claim, alice: Membership
) -> None:
    door(approved, alice)

    claim = factories.fresh(approved)
    event = AuditEvent.objects.filter(subject_id=claim.pk).latest("number")
    assert (claim.status, claim.status_reason, claim.approved_digest) == (Status.REOPENED, REASONS[door], "")
    assert (event.action, event.data["reason"], event.data["automatic"]) == ("claim.reopened", REASONS[door], True)
    assert event.actor_id == alice.person_id


def test_restoring_evidence_reopens_the_claim(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice)
    withdrawn = factories.make_evidence(by=alice, claim=claim)
    actions.evidence.withdraw(by=alice, evidence=withdrawn)
    approve_anew(claim, by=alice, reviewer=bob)

    actions.evidence.restore(by=alice, evidence=withdrawn)

    assert factories.fresh(claim).status_reason == "A piece of evidence was restored."


def test_restoring_an_occurrence_reopens_the_claim(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice)
    removed = factories.make_highlight(by=alice, claim=claim)
    actions.highlights.remove(by=alice, highlight=removed)
    approve_anew(claim, by=alice, reviewer=bob)

    actions.highlights.restore(by=alice, highlight=removed)

    assert factories.fresh(claim).status_reason == "A place where the claim stands was restored."


@pytest.mark.parametrize("door", [edit_text, add_evidence, edit_evidence, withdraw_evidence, edit_source])
def test_a_change_of_what_is_in_review_takes_it_out_of_review(
    door: Callable[[Claim, Membership], None], in_review: Claim, bob: Membership
) -> None:
    door(in_review, bob)

    claim = factories.fresh(in_review)
    event = AuditEvent.objects.filter(subject_id=claim.pk).latest("number")
    assert (claim.status, claim.status_reason) == (Status.CHECKING, REASONS[door])
    assert (event.action, event.data["automatic"]) == ("verdict.withdrawn", True)


@pytest.mark.parametrize("door", [add_occurrence, remove_occurrence])
def test_an_occurrence_leaves_the_verdict_in_review(
    door: Callable[[Claim, Membership], None], in_review: Claim, bob: Membership
) -> None:
    door(in_review, bob)

    assert factories.fresh(in_review).status == Status.IN_REVIEW


def test_what_was_not_approved_changes_freely(approved: Claim, alice: Membership) -> None:
    factories.edit_claim(approved, by=alice, summary="Three hurt", kind="figure", claimant="The mayor")

    assert factories.fresh(approved).status == Status.APPROVED


def test_a_source_edited_reopens_every_claim_that_cites_it(alice: Membership, bob: Membership) -> None:
    source = factories.make_source(by=alice)
    claims = [factories.make_claim(by=alice) for _ in range(3)]
    for claim in claims:
        factories.make_evidence(by=alice, claim=claim, source=source)
    for claim in claims[:2]:
        approve_anew(claim, by=alice, reviewer=bob)

    actions.sources.edit(by=bob, source=source, revision=1, work=Work(title="Log, second printing"))

    assert [factories.fresh(claim).status for claim in claims] == ["reopened", "reopened", "checking"]


def test_the_digest_covers_all_that_is_approved(in_review: Claim, alice: Membership) -> None:
    digests = {actions.verdicts.digest_of(in_review)}
    for door in (add_occurrence, add_passage, edit_text):
        door(in_review, alice)
        digests.add(actions.verdicts.digest_of(in_review))

    assert len(digests) == 4


def test_the_database_refuses_another_digest(in_review: Claim, bob: Membership) -> None:
    for digest in ("0" * 64, "f" * 64):
        with refused("claim_moves", "approval_holds"):
            change(in_review, bob, status="approved", approved_digest=digest)


def test_the_database_refuses_a_digest_that_only_the_review_lacks(approved: Claim, alice: Membership) -> None:
    with refused("approval_holds"):
        change(approved, alice, approved_digest="0" * 64)


def test_the_database_refuses_an_approval_of_something_else(
    in_review: Claim, alice: Membership, bob: Membership
) -> None:
    review = insert_review(in_review, by=bob, reviewer=bob, verdict_author=alice, digest="0" * 64)
    digest = actions.verdicts.digest_of(in_review)

    with refused("approval_holds"):
        change(in_review, bob, status="approved", review_id=review, approved_digest=digest)


def test_the_database_refuses_an_approval_that_rests_on_nothing_any_more(
    in_review: Claim, alice: Membership, bob: Membership
) -> None:
    change(in_review.evidence.get(), alice, withdrawn_at="2026-01-01Z", withdrawn_by_id=alice.person_id)
    review = insert_review(in_review, by=bob, reviewer=bob, verdict_author=alice)
    digest = actions.verdicts.digest_of(in_review)

    with refused("approval_holds"):
        change(in_review, bob, status="approved", review_id=review, approved_digest=digest)


def test_the_database_refuses_to_commit_a_silent_change(approved: Claim, alice: Membership) -> None:
    evidence = Evidence.objects.get(claim=approved)
    occurrence = Highlight.objects.get(claim=approved)
    source = Source.objects.get(pk=evidence.source_id)
    other = factories.make_highlight(by=alice)

    with refused("approval_holds"):
        change(approved, alice, text="Thirty people were hurt.")
    for column, value in {
        "stance": "refutes",
        "quote": "None.",
        "locator": "p. 2",
        "kind": "expert",
        "note": "?",
    }.items():
        with refused("approval_holds"):
            change(evidence, alice, **{column: value})
    with refused("approval_holds"):
        change(evidence, alice, withdrawn_at="2026-01-01Z", withdrawn_by_id=alice.person_id)
    with refused("approval_holds"):
        twin(evidence, alice)
    words = {"title": "Log", "author": "UN", "kind": "post", "url": "https://other.example", "published": "2013"}
    for column, value in {**words, "accessed_on": "2026-01-01"}.items():
        with refused("approval_holds"):
            change(source, alice, **{column: value})
    with refused("approval_holds"):
        change(occurrence, alice, removed_at="2026-01-01Z", removed_by_id=alice.person_id)
    with refused("approval_holds"):
        change(occurrence, alice, claim_id=None)
    with refused("approval_holds"):
        change(other, alice, claim_id=approved.pk)
    with refused("approval_holds"):
        twin(occurrence, alice)


def test_the_database_accepts_what_was_not_approved(approved: Claim, alice: Membership) -> None:
    change(approved, alice, summary="Three hurt")

    assert factories.fresh(approved).summary == "Three hurt"


def test_evidence_once_withdrawn_may_change_no_approval(approved: Claim, alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice)
    withdrawn = factories.make_evidence(by=alice, claim=claim)
    actions.evidence.withdraw(by=alice, evidence=withdrawn)
    approve_anew(claim, by=alice, reviewer=bob)

    with refused("approval_holds"):
        change(factories.fresh(withdrawn), alice, withdrawn_at=None, withdrawn_by_id=None)


def approve_anew(claim: Claim, *, by: Membership, reviewer: Membership) -> None:
    factories.make_verdict(by=by, claim=claim)
    actions.verdicts.approve(by=reviewer, claim=claim, digest=actions.verdicts.digest_of(claim))


def test_a_digest_is_the_same_in_every_time_zone(alice: Membership, bob: Membership) -> None:
    """It holds when a source was withdrawn."""
    claim = factories.make_claim(by=alice)
    source = factories.make_evidence(by=alice, claim=claim).source
    actions.sources.withdraw(by=bob, source=source, reason="The log was forged.")
    digest = actions.verdicts.digest_of(claim)

    run("SET LOCAL timezone = 'Asia/Tokyo'")

    assert actions.verdicts.digest_of(claim) == digest
