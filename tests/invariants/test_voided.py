"""Whatever changes what was approved, by whatever door: the claim is reopened, with the reason and who is concerned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from articles import actions
from articles.actions.evidence import Statement
from articles.actions.sources import Work
from articles.models import AuditEvent, Claim, Membership, Status
from articles.queries.scales import newest_scale
from tests import factories
from tests.invariants.attacks import change, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from articles.models import Highlight

type Door = Callable[[Claim, Membership], None]


def place_of(claim: Claim) -> Highlight:
    return claim.highlights.live().get()


def edit_text(claim: Claim, by: Membership) -> None:
    factories.edit_claim(claim, by=by, text="Thirty people were hurt.")


def edit_evidence(claim: Claim, by: Membership) -> None:
    said = Statement(stance="refutes", kind="primary", quote="None.")
    actions.evidence.edit(by=by, evidence=claim.evidence.get(), revision=1, statement=said)


def withdraw_evidence(claim: Claim, by: Membership) -> None:
    actions.evidence.withdraw(by=by, evidence=claim.evidence.get())


def edit_source(claim: Claim, by: Membership) -> None:
    actions.sources.edit(by=by, source=claim.evidence.get().source, revision=1, work=Work(title="Another log"))


def adjust(claim: Claim, by: Membership) -> None:
    place = place_of(claim)
    quote = place.quote.removeprefix("three ")
    span = {"start": place.end - len(quote), "end": place.end, "quote": quote}
    actions.highlights.adjust(by=by, highlight=place, revision=place.revision, **span)  # type: ignore[arg-type]  # mixed


def split(claim: Claim, by: Membership) -> None:
    place = place_of(claim)
    at = place.start + len("three people")
    actions.parting.split(by=by, highlight=place, revision=place.revision, at=at)


def merge(claim: Claim, by: Membership) -> None:
    place = place_of(claim)
    other = factories.make_highlight(by=by, version=place.version, quote="the mayor said")
    actions.parting.merge(by=by, highlight=place, revision=place.revision, other=other)


def part(claim: Claim, by: Membership) -> None:
    place = place_of(claim)
    span = {name: getattr(place, name) for name in ("start", "end", "quote")}
    merge(claim, by)
    other = place.version.highlights.exclude(pk=place.pk).get()
    approve_anew(claim, by)
    place = factories.fresh(place)
    actions.parting.part(by=by, highlight=place, revision=place.revision, other=other, **span)


def remove(claim: Claim, by: Membership) -> None:
    actions.highlights.remove(by=by, highlight=place_of(claim))


def find_elsewhere(claim: Claim, by: Membership) -> None:
    factories.make_highlight(by=by, claim=claim)


def take_other_words(claim: Claim, by: Membership) -> None:
    factories.make_carry(by=by, claim=claim)


def accept_other_words(claim: Claim, by: Membership) -> None:
    carry = factories.make_carry(by=by, claim=claim)
    approve_anew(claim, by)
    actions.carrying.accept(by=by, carry=carry, revision=1, start=carry.start, end=carry.end)  # type: ignore[arg-type]  # it proposes a place


def say_it_is_gone(claim: Claim, by: Membership) -> None:
    carry = factories.make_carry(by=by, claim=claim)
    approve_anew(claim, by)
    actions.carrying.orphan(by=by, carry=carry, revision=1)


def change_scale(claim: Claim, by: Membership) -> None:
    scale = newest_scale(claim.desk)
    first, *others = actions.scales.terms_of(scale)
    terms = [replace(first, definition="It is so."), *others]
    actions.scales.revise(by=by, scale=scale, terms=terms, other_meaning=[first.code])


def remove_term(claim: Claim, by: Membership) -> None:
    scale = newest_scale(claim.desk)
    first, *others = actions.scales.terms_of(scale)
    actions.scales.revise(by=by, scale=scale, terms=others, other_meaning=[first.code])


def come_to_its_day(claim: Claim, by: Membership) -> None:
    factories.edit_claim(claim, by=by, text="Thirty people were hurt.")
    factories.make_verdict(by=by, claim=claim, recheck_on="2026-01-01")
    approve(claim, by)
    actions.claims.recheck_by_system(claim)


def approve_anew(claim: Claim, by: Membership) -> None:
    if factories.fresh(claim).status != Status.APPROVED:
        factories.make_verdict(by=by, claim=claim)
        approve(claim, by)


def approve(claim: Claim, by: Membership) -> None:
    reviewer = factories.second_person(by)
    actions.verdicts.approve(by=reviewer, claim=claim, digest=actions.verdicts.digest_of(claim))


DOORS: dict[Door, str] = {
    edit_text: "The text of the claim changed.",
    edit_evidence: "A piece of evidence was edited.",
    withdraw_evidence: "A piece of evidence was withdrawn.",
    edit_source: "A source of its evidence was edited.",
    adjust: "",
    split: "",
    merge: "",
    part: "",
    remove: "A place where the claim stands was removed.",
    find_elsewhere: "The claim was found in another place.",
    take_other_words: "",
    accept_other_words: "",
    say_it_is_gone: "",
    change_scale: "“Supported” means something else since version 2 of the rating scale.",
    remove_term: "“Supported” is no rating of the desk any more, since version 2 of its scale.",
    come_to_its_day: "Its date for a recheck has come.",
}
"""With the reason, where it names no article."""


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_it_is_reopened_and_those_concerned_are_named(door: Door, approved: Claim, alice: Membership) -> None:
    door(approved, alice)

    claim = factories.fresh(approved)
    event = AuditEvent.objects.filter(subject_id=claim.pk, action="claim.reopened").latest("number")
    assert (claim.status, claim.approved_digest) == (Status.REOPENED, "")
    assert claim.status_reason == event.data["reason"]
    assert claim.status_reason == (DOORS[door] or claim.status_reason)
    assert claim.status_reason.endswith(".")
    assert event.data["automatic"]
    assert claim.review
    assert event.data["concerned"] == {
        "author": str(alice.person_id),
        "reviewer": str(claim.review.reviewer_id),
        "assignee": str(alice.person_id),
    }


@pytest.mark.parametrize("door", [edit_text, edit_evidence, withdraw_evidence, edit_source, adjust, split, merge])
def test_a_verdict_in_review_names_those_concerned_as_well(
    door: Door, in_review: Claim, alice: Membership, bob: Membership
) -> None:
    door(in_review, bob)

    event = AuditEvent.objects.filter(subject_id=in_review.pk, action="verdict.withdrawn").latest("number")
    assert factories.fresh(in_review).status == Status.CHECKING
    assert event.data["concerned"] == {name: str(alice.person_id) for name in ("author", "assignee")}


def test_setting_aside_and_reopening_by_hand_name_them_too(approved: Claim, alice: Membership, bob: Membership) -> None:
    people = {"author": alice, "reviewer": bob, "assignee": alice}
    concerned = {name: str(person.person_id) for name, person in people.items()}

    actions.claims.set_aside(by=bob, claim=approved, reason="Out of scope.")

    assert AuditEvent.objects.get(action="claim.set_aside").data["concerned"] == concerned


def test_what_is_decided_concerns_nobody_besides(in_review: Claim, bob: Membership) -> None:
    digest = actions.verdicts.digest_of(in_review)
    actions.verdicts.send_back(by=bob, claim=in_review, digest=digest, reason="Ask the hospital, too.")

    assert "concerned" not in AuditEvent.objects.get(action="claim.returned").data


def test_a_change_of_meaning_that_is_none_reopens_nothing(approved: Claim, erin: Membership) -> None:
    scale = newest_scale(erin.desk)
    first, *others = actions.scales.terms_of(scale)

    actions.scales.revise(by=erin, scale=scale, terms=[replace(first, definition="It is so."), *others])

    assert factories.fresh(approved).status == Status.APPROVED


def test_raw_sql_moves_no_borders_under_an_approval(approved: Claim, alice: Membership) -> None:
    place = place_of(approved)
    quote = place.quote.removeprefix("three ")

    with refused("approval_holds", "borders_move_as_told"):
        change(place, alice, start=place.end - len(quote), quote=quote)


def test_raw_sql_exchanges_no_verdict_under_an_approval(approved: Claim, alice: Membership) -> None:
    with refused("claim_moves"):
        change(approved, alice, verdict_id=None, review_id=None)
    with refused("claim_digest_while_approved"):
        change(approved, alice, approved_digest="")
