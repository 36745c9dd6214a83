"""Invariant 6: a verdict needs evidence, or what its rating needs instead; and it is never edited."""

from __future__ import annotations

from typing import Any

import pytest

from articles import actions
from articles.errors import Refused, Stale
from articles.models import AuditEvent, Claim, Membership, Needs, Rating, Stance, Status, Verdict
from articles.scales import SCALES, Scale
from tests import factories
from tests.invariants.attacks import DENIED, refused, run, tell

SUPPORTS, REFUTES, CONTEXT = Stance.SUPPORTS, Stance.REFUTES, Stance.CONTEXT
NOT_ENOUGH = [
    ("supported", [], "", ""),
    ("refuted", [], "The county's log.", "Records of the hospital."),
    ("conflicting-evidence", [], "", ""),
    ("conflicting-evidence", [SUPPORTS, SUPPORTS, CONTEXT], "", ""),
    ("conflicting-evidence", [REFUTES], "", ""),
    ("not-enough-evidence", [], "", ""),
    ("not-enough-evidence", [SUPPORTS, REFUTES], "", ""),
    ("not-enough-evidence", [], "The county's log.", ""),
    ("not-enough-evidence", [], "", "Records of the hospital."),
    ("not-enough-evidence", [], " \n", "\t"),
    ("on-author", [], "The author's notes.", ""),
]
ENOUGH = [
    ("supported", [CONTEXT], "", ""),
    ("refuted", [REFUTES], "", ""),
    ("conflicting-evidence", [SUPPORTS, REFUTES], "", ""),
    ("not-enough-evidence", [], "The county's log.", "Records of the hospital."),
    ("on-author", [CONTEXT], "", ""),
    ("on-author", [], "The author's notes.", "A second witness."),
]


@pytest.mark.parametrize(("rating", "stances", "searched", "missing"), ENOUGH)
def test_a_verdict_that_rests_on_enough_is_stored(
    rating: str, stances: list[Stance], searched: str, missing: str, alice: Membership
) -> None:
    claim = claim_with(stances, by=alice)

    give(claim, rating, by=alice, searched=searched, missing=missing)

    assert factories.fresh(claim).status == Status.IN_REVIEW


@pytest.mark.parametrize(("rating", "stances", "searched", "missing"), NOT_ENOUGH)
def test_a_verdict_that_rests_on_too_little_is_refused(
    rating: str, stances: list[Stance], searched: str, missing: str, alice: Membership
) -> None:
    claim = claim_with(stances, by=alice)
    events = AuditEvent.objects.count()

    with pytest.raises(Refused, match="needs"):
        give(claim, rating, by=alice, searched=searched, missing=missing)

    assert factories.fresh(claim).status == claim.status
    assert (Verdict.objects.count(), AuditEvent.objects.count()) == (0, events)


@pytest.mark.parametrize(("rating", "stances", "searched", "missing"), NOT_ENOUGH)
def test_the_database_refuses_a_verdict_that_rests_on_too_little(
    rating: str, stances: list[Stance], searched: str, missing: str, alice: Membership
) -> None:
    claim = claim_with(stances, by=alice)

    with refused("verdict_rests_on_enough"):
        insert_verdict(claim, find(rating), by=alice, searched=searched, missing=missing)


def test_the_database_accepts_a_verdict_that_rests_on_enough(alice: Membership) -> None:
    insert_verdict(claim_with([SUPPORTS], by=alice), find("supported"), by=alice)

    assert Verdict.objects.count() == 1


def test_withdrawn_evidence_and_that_of_another_claim_carry_nothing(alice: Membership) -> None:
    claim_with([SUPPORTS], by=alice)
    claim = claim_with([SUPPORTS], by=alice)
    actions.evidence.withdraw(by=alice, evidence=claim.evidence.get())

    with pytest.raises(Refused, match="needs evidence"):
        give(claim, "supported", by=alice)
    with refused("verdict_rests_on_enough"):
        insert_verdict(claim, find("supported"), by=alice)


@pytest.mark.parametrize("rationale", ["", " \n\t"])
def test_a_verdict_needs_its_rationale(rationale: str, alice: Membership) -> None:
    claim = claim_with([SUPPORTS], by=alice)

    with pytest.raises(Refused, match="how you came"):
        give(claim, "supported", by=alice, rationale=rationale)
    with refused("verdict_has_rationale"):
        insert_verdict(claim, find("supported"), by=alice, rationale=rationale)


def test_a_verdict_is_never_edited(in_review: Claim) -> None:
    for column in ("rationale", "searched", "rating_id", "author_id", "claim_id", "given_at"):
        with refused(DENIED):
            run(f"UPDATE articles_verdict SET {column} = {column} WHERE id = %s", in_review.verdict_id)


def test_a_verdict_on_a_claim_that_changed_meanwhile_is_stale(alice: Membership, bob: Membership) -> None:
    claim = claim_with([SUPPORTS], by=alice)
    factories.edit_claim(claim, by=bob, text="Thirty people were hurt.")

    with pytest.raises(Stale) as caught:
        give(claim, "supported", by=alice, rationale="The log says so.")

    assert caught.value.yours["rationale"] == "The log says so."
    assert not Verdict.objects.exists()


def test_a_rating_never_changes(in_review: Claim) -> None:
    with refused(DENIED):
        run("UPDATE articles_rating SET needs = 'either' WHERE code = 'supported'")


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: str(scale.code))
def test_every_term_of_the_scales_is_stored(scale: Scale, alice: Membership) -> None:
    ratings = Rating.objects.filter(desk_id=alice.desk_id, scale__code=scale.code).order_by("position")

    assert [(rating.code, rating.needs) for rating in ratings] == [(term.code, term.needs) for term in scale.terms]
    assert {rating.needs for rating in ratings} <= set(Needs)


def claim_with(stances: list[Stance], *, by: Membership) -> Claim:
    claim = factories.make_claim(by=by)
    for stance in stances:
        factories.make_evidence(by=by, claim=claim, stance=stance)
    return factories.fresh(claim)


def find(code: str) -> Rating:
    return Rating.objects.get(code=code)


def give(claim: Claim, rating: str, *, by: Membership, rationale: str = "As the log says.", **told: Any) -> Verdict:
    term = find(rating)
    return actions.verdicts.give(by=by, claim=claim, revision=claim.revision, rating=term, rationale=rationale, **told)


def insert_verdict(
    claim: Claim,
    rating: Rating,
    *,
    by: Membership,
    searched: str = "",
    missing: str = "",
    rationale: str = "As the log says.",
) -> None:
    (verdict,) = run(
        "INSERT INTO articles_verdict (desk_id, claim_id, rating_id, rationale, searched, missing, author_id, given_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, now()) RETURNING id",
        *(claim.desk_id, claim.pk, rating.pk, rationale, searched, missing, by.person_id),
    )
    tell(by, verdict[0])
