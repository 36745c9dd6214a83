"""Double sources become one and two again, a withdrawn one carries nothing, and a copy stays as it was kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from articles import actions
from articles.errors import Refused
from articles.models import AuditEvent, Claim, Evidence, Means, Membership, Snapshot, Source, Status
from tests import factories
from tests.invariants.attacks import DENIED, change, refused, run, tell, twin


@pytest.fixture
def source(alice: Membership) -> Source:
    return factories.make_source(by=alice, url="https://police.example/log")


@pytest.fixture
def double(alice: Membership) -> Source:
    return factories.make_source(by=alice, title="Log of the county")


@pytest.fixture
def copy(alice: Membership, source: Source) -> Snapshot:
    """A page that was fetched."""
    return factories.make_snapshot(by=alice, source=source, means=Means.FETCH)


@pytest.fixture
def evidence(alice: Membership, double: Source) -> Evidence:
    return factories.make_evidence(by=alice, claim=factories.make_claim(by=alice), source=double)


# Double sources


def merged(double: Source, source: Source, by: Membership) -> Source:
    double = factories.fresh(double)
    return actions.doubles.merge(by=by, source=double, revision=double.revision, into=source)


def test_what_cites_a_double_goes_along_and_comes_back(
    evidence: Evidence, double: Source, source: Source, alice: Membership, bob: Membership
) -> None:
    own = factories.make_evidence(by=alice, claim=evidence.claim, source=source, quote="Once more.")
    kept = factories.make_snapshot(by=alice, source=double)

    double = merged(double, source, bob)
    assert {row.source_id for row in (factories.fresh(evidence), factories.fresh(kept))} == {source.pk}

    double = actions.doubles.part(by=alice, source=double)
    connection.check_constraints()
    assert double.merged_into_id is None
    assert {row.source_id for row in (factories.fresh(evidence), factories.fresh(kept))} == {double.pk}
    assert factories.fresh(own).source_id == source.pk


def test_what_was_cited_since_stays_with_the_other(
    evidence: Evidence, double: Source, source: Source, alice: Membership
) -> None:
    double = merged(double, source, alice)
    later = factories.make_evidence(by=alice, claim=evidence.claim, source=source, quote="Later.")

    actions.doubles.part(by=alice, source=double)

    assert (factories.fresh(evidence).source_id, factories.fresh(later).source_id) == (double.pk, source.pk)


def test_evidence_keeps_its_source_where_nothing_is_merged(
    evidence: Evidence, source: Source, alice: Membership
) -> None:
    with refused("goes_with_its_source"):
        change(evidence, alice, source_id=source.pk)


def test_a_copy_keeps_its_source_where_nothing_is_merged(copy: Snapshot, double: Source, alice: Membership) -> None:
    with refused("goes_with_its_source"):
        change(copy, alice, source_id=double.pk)


def test_nothing_stays_behind(evidence: Evidence, double: Source, source: Source, alice: Membership) -> None:
    with refused("merged_source_is_empty"):
        change(double, alice, merged_into_id=source.pk)


def test_no_copy_stays_behind(copy: Snapshot, double: Source, source: Source, alice: Membership) -> None:
    with refused("merged_source_is_empty"):
        change(source, alice, merged_into_id=double.pk)


def test_nothing_is_cited_from_a_source_that_is_part_of_another(
    evidence: Evidence, double: Source, source: Source, alice: Membership
) -> None:
    double = merged(double, source, alice)

    with pytest.raises(Refused, match="part of another"):
        factories.make_evidence(by=alice, claim=evidence.claim, source=double)
    with pytest.raises(Refused, match="part of another"):
        factories.make_snapshot(by=alice, source=double)
    with refused("merged_source_is_empty"):
        twin(factories.fresh(evidence), alice, source_id=double.pk)
    with refused("merged_source_is_empty"):
        twin(factories.make_snapshot(by=alice, source=source), alice, source_id=double.pk)


def test_ways_lead_on_and_never_round(double: Source, source: Source, alice: Membership) -> None:
    double = merged(double, source, alice)

    with refused("source_merged_into_standing"):
        change(source, alice, merged_into_id=double.pk)
    with pytest.raises(Refused, match="part of another"):
        merged(source, double, alice)


def test_two_that_lead_to_each_other_are_refused(double: Source, source: Source, alice: Membership) -> None:
    with refused("source_merged_into_standing"):
        run(
            "UPDATE articles_source SET revision = revision + 1,"
            " merged_into_id = CASE id WHEN %s THEN %s::uuid ELSE %s::uuid END WHERE id IN (%s, %s)",
            *(source.pk, double.pk, source.pk, source.pk, double.pk),
        )
        tell(alice, source.pk)
        tell(alice, double.pk)


def test_a_withdrawn_source_is_merged_in_neither_way(double: Source, source: Source, alice: Membership) -> None:
    actions.sources.withdraw(by=alice, source=double, reason="It is forged.")
    double = factories.fresh(double)

    for given_up, into in ((double, source), (source, double)):
        with refused("source_merged_into_standing"):
            change(given_up, alice, merged_into_id=into.pk)
        with pytest.raises(Refused, match="One of the two was withdrawn"):
            merged(given_up, into, alice)


def test_what_is_part_of_another_is_not_withdrawn(double: Source, source: Source, alice: Membership) -> None:
    double = merged(double, source, alice)

    with refused("source_merged_into_standing"):
        change(
            double, alice, withdrawn_at="2026-01-01Z", withdrawn_by_id=alice.person_id, withdrawn_reason="It is forged."
        )
    with pytest.raises(Refused, match="part of another"):
        actions.sources.withdraw(by=alice, source=double, reason="It is forged.")


def test_no_source_is_part_of_itself(source: Source, alice: Membership) -> None:
    with refused("source_merged_into_another"):
        change(source, alice, merged_into_id=source.pk)
    with pytest.raises(Refused, match="one and the same"):
        merged(source, source, alice)


def test_what_was_merged_on_is_taken_back_in_order(double: Source, source: Source, alice: Membership) -> None:
    third = factories.make_source(by=alice)
    double = merged(double, source, alice)
    merged(source, third, alice)

    with pytest.raises(Refused, match="was merged on"):
        actions.doubles.part(by=alice, source=double)


def test_nothing_comes_back_sound_from_a_source_that_was_withdrawn_since(
    evidence: Evidence, double: Source, source: Source, alice: Membership
) -> None:
    double = merged(double, source, alice)
    actions.sources.withdraw(by=alice, source=factories.fresh(source), reason="It is forged.")

    with pytest.raises(Refused, match="Restore it first"):
        actions.doubles.part(by=alice, source=double)

    assert not Evidence.objects.sound().exists()


# What an edition prints of a claim that is left out: it names no source, which may be on background.
UNSETTLED = {
    "merge": "A source of its evidence was merged into another one.",
    "part": "The merging of a source of its evidence was taken back.",
}


@pytest.mark.parametrize("status", [Status.APPROVED, Status.IN_REVIEW])
@pytest.mark.parametrize("door", UNSETTLED)
def test_claims_whose_evidence_goes_along_are_unsettled(
    door: str, status: Status, source: Source, alice: Membership, bob: Membership
) -> None:
    claim = factories.make_claim(by=alice, status=status)
    cited = claim.evidence.get().source
    bystander = factories.make_claim(by=alice, status=status)
    if door == "part":
        resting = factories.make_claim(by=alice)
        factories.make_evidence(by=alice, claim=resting, source=cited)
        merged(cited, source, bob)
        claim = settled(resting, status, alice, bob)

    if door == "merge":
        merged(cited, source, bob)
    else:
        actions.doubles.part(by=bob, source=factories.fresh(cited))

    expected = Status.REOPENED if status == Status.APPROVED else Status.CHECKING
    claim = factories.fresh(claim)
    assert claim.status == expected
    assert claim.status_reason == UNSETTLED[door]
    assert factories.fresh(bystander).status == status


def settled(claim: Claim, status: Status, by: Membership, reviewer: Membership) -> Claim:
    factories.make_verdict(by=by, claim=claim)
    if status == Status.APPROVED:
        digest = actions.verdicts.digest_of(claim)
        actions.verdicts.approve(by=reviewer, claim=claim, digest=digest)
    return factories.fresh(claim)


def test_a_merging_cannot_leave_an_approval_standing(source: Source, alice: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.APPROVED)
    evidence = claim.evidence.get()

    with refused("approval_holds"):
        change(evidence.source, alice, merged_into_id=source.pk)
        change(evidence, alice, source_id=source.pk)


# Withdrawn sources


def test_a_withdrawn_source_unsettles_what_rests_on_it(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.APPROVED)
    source = claim.evidence.get().source

    actions.sources.withdraw(by=bob, source=source, reason="The log was forged.")

    claim = factories.fresh(claim)
    assert (claim.status, claim.status_reason) == (Status.REOPENED, "A source of its evidence was withdrawn.")


def test_withdrawing_a_source_cannot_leave_an_approval_standing(alice: Membership) -> None:
    source = factories.make_claim(by=alice, status=Status.APPROVED).evidence.get().source

    with refused("approval_holds"):
        change(source, alice, withdrawn_at="2026-01-01Z", withdrawn_by_id=alice.person_id, withdrawn_reason="Forged.")


def test_a_verdict_does_not_rest_on_a_withdrawn_source(evidence: Evidence, alice: Membership) -> None:
    verdict = factories.make_claim(by=alice, status=Status.IN_REVIEW).verdict
    actions.sources.withdraw(by=alice, source=evidence.source, reason="The log was forged.")

    with pytest.raises(Refused, match="needs evidence"):
        actions.verdicts.give(
            by=alice,
            claim=factories.fresh(evidence.claim),
            revision=factories.fresh(evidence.claim).revision,
            rating=factories.rating_of(alice, "supported"),
            rationale="The log says so.",
        )
    assert verdict
    with refused("verdict_rests_on_enough"):
        twin(verdict, alice, claim_id=evidence.claim_id)


def test_nothing_is_cited_from_a_withdrawn_source(evidence: Evidence, alice: Membership) -> None:
    actions.sources.withdraw(by=alice, source=evidence.source, reason="The log was forged.")

    with pytest.raises(Refused, match="was withdrawn: The log was forged"):
        factories.make_evidence(by=alice, claim=evidence.claim, source=factories.fresh(evidence.source))
    with refused("evidence_from_usable_source"):
        twin(evidence, alice)


@pytest.mark.django_db(transaction=True)
def test_nobody_withdraws_a_source_in_anothers_name(source: Source, alice: Membership, bob: Membership) -> None:
    with refused("done_in_own_name"):
        change(source, bob, withdrawn_at="2026-01-01Z", withdrawn_by_id=alice.person_id, withdrawn_reason="Forged.")


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"withdrawn_at": "2026-01-01Z"}, "source_withdrawn_by_someone"),
        ({"withdrawn_reason": "It is forged."}, "source_withdrawn_for_a_reason"),
        ({"kind": "news"}, "source_kind_is_known"),
        ({"reached": "pigeon"}, "source_conversation_is_known"),
        ({"terms": "deep"}, "source_conversation_is_known"),
    ],
)
def test_a_source_that_contradicts_itself_is_refused(
    columns: dict[str, Any], constraint: str, source: Source, alice: Membership
) -> None:
    with refused(constraint):
        change(source, alice, **columns)


def test_a_withdrawal_has_its_reason(source: Source, alice: Membership) -> None:
    with pytest.raises(Refused, match="Say why"):
        actions.sources.withdraw(by=alice, source=source, reason=" ")
    with refused("source_withdrawn_for_a_reason"):
        change(source, alice, withdrawn_at="2026-01-01Z", withdrawn_by_id=alice.person_id, withdrawn_reason=" ")


@pytest.mark.parametrize(
    "columns", [{"locator_kind": "page", "locator": " "}, {"locator_kind": "verse", "locator": "3"}]
)
def test_a_locator_that_says_nothing_is_refused(columns: dict[str, str], evidence: Evidence, alice: Membership) -> None:
    with refused("evidence_locator_has_a_value"):
        change(evidence, alice, **columns)


# Copies


@pytest.mark.parametrize(
    "column",
    [
        *("means", "outcome", "original_id", "filename", "media_type", "text", "unreadable", "asked", "reached"),
        *("failure", "compared_with_id", "kept_by_id", "kept_at"),
    ],
)
def test_nothing_of_a_copy_can_be_written(column: str, copy: Snapshot, alice: Membership) -> None:
    with refused(DENIED):
        change(copy, alice, **{column: getattr(copy, column)})


def test_the_owner_could_not_change_a_copy_either(db: None) -> None:
    guards = run(
        "SELECT tgname, pg_get_functiondef(tgfoid) FROM pg_trigger"
        " WHERE tgrelid = 'articles_snapshot'::regclass AND NOT tgisinternal AND tgenabled = 'O'"
    )

    stays = dict(guards)["snapshot_stays"]
    assert "CONSTRAINT = 'snapshot_stays'" in stays
    names = [field.column for field in Snapshot._meta.local_fields]
    others = {"id", "desk_id", "source_id", "revision"}
    assert {name for name in names if f"NEW.{name}" not in stays} == others


@pytest.mark.django_db(transaction=True)
def test_nobody_keeps_a_copy_in_anothers_name(copy: Snapshot, bob: Membership) -> None:
    with refused("done_in_own_name"):
        twin(copy, bob)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"means": "hearsay"}, "snapshot_means_is_known"),
        ({"outcome": "maybe"}, "snapshot_check_has_its_copy"),
        ({"original_id": None}, "snapshot_copy_has_bytes"),
        ({"outcome": "failed", "failure": "Not there."}, "snapshot_copy_has_bytes"),
        ({"failure": "Not there."}, "snapshot_failure_says_why"),
        ({"outcome": "failed", "original_id": None, "text": ""}, "snapshot_failure_says_why"),
        ({"outcome": "differs"}, "snapshot_check_has_its_copy"),
    ],
)
def test_a_copy_that_contradicts_itself_is_refused(
    columns: dict[str, Any], constraint: str, copy: Snapshot, alice: Membership
) -> None:
    with refused(constraint):
        twin(copy, alice, **columns)


def test_a_page_is_compared_with_its_own_copy(
    copy: Snapshot, double: Source, alice: Membership, evidence: Evidence
) -> None:
    pasted = factories.make_snapshot(by=alice, source=copy.source)
    other = factories.make_snapshot(by=alice, means=Means.FETCH, source=double)
    found = factories.found("Four were hurt.")

    for wrong in (pasted, other):
        with refused("snapshot_is_compared_with_its_own"):
            twin(copy, alice, outcome="differs", compared_with_id=wrong.pk)
        with pytest.raises(Refused, match="No page was kept"):
            actions.snapshots.check(by=alice, source=copy.source, copy=wrong, fetched=found)
    with refused("snapshot_is_compared_with_its_own"):
        twin(copy, alice, outcome="differs", compared_with_id=copy.pk, asked="https://police.example/other")
    elsewhere = factories.found("Four were hurt.", asked="https://police.example/other")
    with pytest.raises(Refused, match="No page was kept of this address"):
        actions.snapshots.check(by=alice, source=copy.source, copy=copy, fetched=elsewhere)
    twin(copy, alice, outcome="differs", compared_with_id=copy.pk)


def test_every_copy_of_the_same_bytes_is_stored_once(copy: Snapshot, double: Source, alice: Membership) -> None:
    again = factories.make_snapshot(by=alice, source=double)

    kept = AuditEvent.objects.filter(action="original.kept", desk_id=alice.desk_id)
    assert (again.original_id, kept.count()) == (copy.original_id, 1)
