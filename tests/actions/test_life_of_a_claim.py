"""The life of a claim, as Hypothesis invents it: a model in Python beside the desk, compared after every step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from articles import actions
from articles.actions.highlights import ONLY_HIGHLIGHT_REMOVED
from articles.errors import Refused, Stale
from articles.models import IN_WORK, MOVES, AuditEvent, Claim, Evidence, Highlight, Membership, Review, Stance, Status
from tests import factories

people = st.sampled_from(["alice", "bob", "erin"])
RATINGS = {"supported": 1, "conflicting-evidence": 2, "not-enough-evidence": 0}


class LifeOfAClaim(RuleBasedStateMachine):
    """The model: a status, the author of the verdict, which evidence is in force, which highlights are live."""

    pieces = Bundle("pieces")
    places = Bundle("places")

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        cast = factories.make_desk()
        self.people: dict[str, Membership] = {"alice": cast.alice, "bob": cast.bob, "erin": cast.erin}
        self.version = factories.make_version(by=cast.alice)
        self.source = factories.make_source(by=cast.alice)

    @initialize(status=st.sampled_from([Status.OPEN, Status.IN_REVIEW, Status.APPROVED, Status.REOPENED]))
    def mark(self, status: Status) -> None:
        alice = self.people["alice"]
        self.claim = factories.make_claim(by=alice, version=self.version, status=status)
        self.status: str = status
        self.judged = status != Status.OPEN
        self.author = "alice" if self.judged else ""
        self.aside_by_itself = False
        self.evidence: dict[UUID, str] = dict(self.claim.evidence.values_list("pk", "stance"))
        self.withdrawn: dict[UUID, str] = {}
        self.first = self.claim.highlights.get().pk
        self.live = {self.first}
        self.approved_as: object = self.all_that_is_approved()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # What people do

    @rule(who=people)
    def start(self, who: str) -> None:
        allowed = self.status in (Status.OPEN, Status.RETURNED, Status.REOPENED)
        if self.expect(allowed, actions.claims.start, by=who):
            self.status = Status.CHECKING

    @precondition(lambda self: self.status in (Status.SET_ASIDE, Status.APPROVED, Status.RETURNED))
    @rule(who=people)
    def set_aside(self, who: str) -> None:
        allowed = self.status != Status.SET_ASIDE
        if self.expect(allowed, actions.claims.set_aside, by=who, reason="Out of scope."):
            self.status, self.aside_by_itself = Status.SET_ASIDE, False

    @rule(who=people)
    def resume(self, who: str) -> None:
        self.resume_by(who)

    def resume_by(self, who: str) -> None:
        if self.expect(self.status == Status.SET_ASIDE, actions.claims.resume, by=who):
            self.status = Status.OPEN

    @rule(who=people)
    def reopen(self, who: str) -> None:
        if self.expect(self.status == Status.APPROVED, actions.claims.reopen, by=who, reason="New figures."):
            self.status = Status.REOPENED

    @rule(who=people, text=st.sampled_from(["Three were hurt.", "Four were hurt."]))
    def edit_text(self, who: str, text: str) -> None:
        before = self.stored().text
        factories.edit_claim(self.claim, by=self.people[who], text=text)
        if text != before:
            self.unsettle()

    @rule(who=people, summary=st.sampled_from(["Three hurt", "Four hurt"]))
    def edit_summary(self, who: str, summary: str) -> None:
        factories.edit_claim(self.claim, by=self.people[who], summary=summary)

    @rule(target=pieces, who=people, stance=st.sampled_from([Stance.SUPPORTS, Stance.REFUTES]))
    def add_evidence(self, who: str, stance: Stance) -> UUID:
        return self.add_evidence_by(who, stance)

    def add_evidence_by(self, who: str, stance: Stance) -> UUID:
        evidence = factories.make_evidence(by=self.people[who], claim=self.claim, source=self.source, stance=stance)
        self.evidence[evidence.pk] = stance
        self.basis_changed()
        return evidence.pk

    @rule(who=people, piece=pieces)
    def withdraw_or_restore(self, who: str, piece: UUID) -> None:
        evidence = Evidence.objects.get(pk=piece)
        if piece in self.evidence:
            actions.evidence.withdraw(by=self.people[who], evidence=evidence)
            self.withdrawn[piece] = self.evidence.pop(piece)
        else:
            actions.evidence.restore(by=self.people[who], evidence=evidence)
            self.evidence[piece] = self.withdrawn.pop(piece)
        self.basis_changed()

    @rule(target=places, who=people)
    def find_again(self, who: str) -> UUID:
        highlight = factories.make_highlight(by=self.people[who], version=self.version, claim=self.claim)
        self.live.add(highlight.pk)
        self.reopen_by_itself()
        return highlight.pk

    @rule(who=people, place=places)
    def remove_or_restore_place(self, who: str, place: UUID) -> None:
        self.remove_or_restore(who, place)

    @rule(who=people)
    def remove_or_restore_the_first_place(self, who: str) -> None:
        self.remove_or_restore(who, self.first)

    @rule(who=people, rating=st.sampled_from(sorted(RATINGS)))
    def give_verdict(self, who: str, rating: str) -> None:
        self.give_verdict_by(who, rating)

    def give_verdict_by(self, who: str, rating: str) -> None:
        enough = len(set(self.evidence.values())) >= RATINGS[rating]
        allowed = self.status in IN_WORK and enough
        told = {"searched": "The log.", "missing": "The hospital."}
        term = factories.rating_of(self.people[who], rating)
        revision = self.stored().revision
        if self.expect(
            allowed, actions.verdicts.give, by=who, revision=revision, rating=term, rationale="So it is.", **told
        ):
            self.status, self.author, self.judged = Status.IN_REVIEW, who, True

    @rule(who=people)
    def take_verdict_back(self, who: str) -> None:
        allowed = self.status == Status.IN_REVIEW and who == self.author
        if self.expect(allowed, actions.verdicts.withdraw, by=who):
            self.status = Status.CHECKING

    @rule(who=people)
    def approve(self, who: str) -> None:
        self.approve_by(who)

    def approve_by(self, who: str) -> None:
        digest = actions.verdicts.digest_of(self.claim)
        if self.expect(self.may_review(who), actions.verdicts.approve, by=who, digest=digest):
            self.status, self.approved_as = Status.APPROVED, self.all_that_is_approved()

    @rule(who=people)
    def send_back(self, who: str) -> None:
        digest = actions.verdicts.digest_of(self.claim)
        if self.expect(self.may_review(who), actions.verdicts.send_back, by=who, digest=digest, reason="Not yet."):
            self.status = Status.RETURNED

    # Without these, a claim would hardly ever come as far as an approval.

    @precondition(lambda self: self.status in IN_WORK)
    @rule(who=people)
    def find_and_judge(self, who: str) -> None:
        self.add_evidence_by(who, Stance.SUPPORTS)
        self.give_verdict_by(who, "supported")

    @precondition(lambda self: self.status == Status.IN_REVIEW)
    @rule(position=st.integers(0, 1))
    def agree_as_another(self, position: int) -> None:
        self.approve_by([who for who in self.people if who != self.author][position])

    @precondition(lambda self: self.status == Status.SET_ASIDE)
    @rule(who=people)
    def take_back_to_work(self, who: str) -> None:
        self.resume_by(who)

    @precondition(lambda self: self.status == Status.IN_REVIEW)
    @rule(who=people)
    def approve_what_was_seen_before(self, who: str) -> None:
        seen = "0" * 64
        with pytest.raises(Stale if self.may_review(who) else Refused):
            actions.verdicts.approve(by=self.people[who], claim=self.claim, digest=seen)

    # What must always be true

    @invariant()
    def the_desk_is_as_the_model_says(self) -> None:
        claim = self.stored()
        assert claim.status == self.status
        assert set(claim.evidence.in_force().values_list("pk", flat=True)) == self.evidence.keys()
        assert set(claim.highlights.live().values_list("pk", flat=True)) == self.live

    @invariant()
    def what_is_approved_is_exactly_what_was_approved(self) -> None:
        claim = self.stored()
        if claim.status == Status.APPROVED:
            assert claim.approved_digest == actions.verdicts.digest_of(claim)
            assert self.all_that_is_approved() == self.approved_as
        else:
            assert claim.approved_digest == ""

    @invariant()
    def nobody_reviews_themselves(self) -> None:
        for review in Review.objects.filter(verdict__claim=self.claim).select_related("verdict"):
            assert review.reviewer_id != review.verdict_author_id == review.verdict.author_id

    @invariant()
    def the_database_would_commit(self) -> None:
        connection.check_constraints()

    @invariant()
    def every_move_is_in_the_history_and_allowed(self) -> None:
        events = AuditEvent.objects.filter(subject_id=self.claim.pk).order_by("number")
        changes = [event.data for event in events if "status" in event.data.get("after", {})]
        moves = [(Status(data["before"]["status"]), Status(data["after"]["status"])) for data in changes]
        assert all(after in MOVES[before] for before, after in moves)
        assert [before for before, _ in moves[1:]] == [after for _, after in moves[:-1]]
        assert self.status == (moves[-1][1] if moves else Status.OPEN)

    # The model

    def expect(self, allowed: bool, action: Any, *, by: str, **told: Any) -> bool:
        """Do it, and hold whether the desk let it pass against whether it should."""
        if allowed:
            action(by=self.people[by], claim=self.claim, **told)
        else:
            with pytest.raises(Refused):
                action(by=self.people[by], claim=self.claim, **told)
        return allowed

    def stored(self) -> Claim:
        return factories.fresh(self.claim)

    def may_review(self, who: str) -> bool:
        return self.status == Status.IN_REVIEW and who != self.author

    def all_that_is_approved(self) -> object:
        return (self.stored().text, dict(self.evidence), set(self.live), self.stored().verdict_id)

    def reopen_by_itself(self) -> None:
        if self.status == Status.APPROVED:
            self.status = Status.REOPENED

    def unsettle(self) -> None:
        self.reopen_by_itself()
        if self.status == Status.IN_REVIEW:
            self.status = Status.CHECKING

    def basis_changed(self) -> None:
        self.unsettle()
        if self.status in (Status.OPEN, Status.RETURNED):
            self.status = Status.CHECKING

    def remove_or_restore(self, who: str, place: UUID) -> None:
        highlight = Highlight.objects.get(pk=place)
        if place in self.live:
            actions.highlights.remove(by=self.people[who], highlight=highlight)
            self.live.remove(place)
            self.reopen_by_itself()
            touched = self.judged or self.evidence or self.withdrawn
            if self.status == Status.OPEN and not touched and not self.live:
                self.status, self.aside_by_itself = Status.SET_ASIDE, True
                assert self.stored().status_reason == ONLY_HIGHLIGHT_REMOVED
        else:
            actions.highlights.restore(by=self.people[who], highlight=highlight)
            self.live.add(place)
            self.reopen_by_itself()
            if self.status == Status.SET_ASIDE and self.aside_by_itself:
                self.status = Status.OPEN


@pytest.mark.slow
@pytest.mark.django_db
def test_the_life_of_a_claim() -> None:
    run_state_machine_as_test(
        LifeOfAClaim,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        ),
    )
