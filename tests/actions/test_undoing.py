"""Undo and redo of every act that can be taken back: the same state again, by a history that only grows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection

from articles import actions
from articles.actions.asking import TAKEN_BACK, Asked
from articles.actions.evidence import Statement
from articles.actions.highlights import MERGED, ONLY_HIGHLIGHT_REMOVED
from articles.actions.opposites import INVERSES
from articles.actions.undoing import stack, what_stays
from articles.errors import Refused
from articles.models import Article, Aside, AuditEvent, Carry, Claim, Evidence, Highlight, Membership, Query, Status
from articles.queries.history import claim_history
from articles.queries.undoing import ONE_EDIT, replay
from tests import factories
from tests.factories import Cast, fresh, make_claim, make_evidence, make_highlight, make_passage, make_verdict

if TYPE_CHECKING:
    from articles.models import ArticleVersion, DeskRow

OTHER = "1,200 cars"
"""Other words of the article."""


@dataclass(frozen=True, slots=True)
class Scene:
    cast: Cast
    version: ArticleVersion

    @property
    def alice(self) -> Membership:
        return self.cast.alice

    @property
    def article(self) -> Article:
        return self.version.article

    @property
    def last(self) -> int:
        return AuditEvent.objects.filter(desk=self.cast.desk).latest("number").number

    def claim(self, status: Status = Status.OPEN, by: Membership | None = None) -> Claim:
        return make_claim(by=by or self.cast.bob, version=self.version, status=status, reviewer=self.cast.erin)

    def undo(self, by: Membership | None = None, **told: Any) -> DeskRow:
        row = actions.undoing.undo(by=by or self.alice, article=self.article, **told)
        connection.check_constraints()
        return row

    def redo(self, by: Membership | None = None, **told: Any) -> DeskRow:
        row = actions.undoing.redo(by=by or self.alice, article=self.article, **told)
        connection.check_constraints()
        return row

    def span(self, quote: str = OTHER) -> dict[str, Any]:
        start = self.version.text.index(quote)
        return {"version": self.version, "start": start, "end": start + len(quote), "quote": quote}


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return Scene(cast, factories.make_version(by=cast.bob))


# Every act


def mark(scene: Scene) -> None:
    actions.highlights.mark(by=scene.alice, **scene.span())


def add_to_claim(scene: Scene) -> Callable[[], object]:
    claim = scene.claim()
    return lambda: actions.highlights.add_to_claim(by=scene.alice, claim=claim, **scene.span())


def use_passage(scene: Scene) -> Callable[[], object]:
    claim = scene.claim()
    return lambda: make_passage(by=scene.alice, claim=claim, version=scene.version, quote=OTHER)


def passage_for_a_claim_elsewhere(scene: Scene) -> Callable[[], object]:
    claim = make_claim(by=scene.cast.bob)
    return lambda: make_passage(by=scene.alice, claim=claim, version=scene.version, quote=OTHER)


def remove(scene: Scene) -> Callable[[], object]:
    highlight = scene.claim().highlights.get()
    return lambda: actions.highlights.remove(by=scene.alice, highlight=highlight)


def restore(scene: Scene) -> Callable[[], object]:
    highlight = scene.claim().highlights.get()
    actions.highlights.remove(by=scene.cast.bob, highlight=highlight)
    return lambda: actions.highlights.restore(by=scene.alice, highlight=highlight)


def adjust(scene: Scene) -> Callable[[], object]:
    highlight = scene.claim().highlights.get()
    span = scene.span("three people were hurt, the mayor")
    span.pop("version")
    return lambda: actions.highlights.adjust(by=scene.alice, highlight=highlight, revision=1, **span)


def adjust_passage(scene: Scene) -> Callable[[], object]:
    highlight = make_passage(by=scene.cast.bob, claim=scene.claim(), version=scene.version, quote=OTHER).highlight
    assert highlight
    span = scene.span("At least 1,200 cars")
    span.pop("version")
    return lambda: actions.highlights.adjust(by=scene.alice, highlight=highlight, revision=1, **span)


def split(scene: Scene) -> Callable[[], object]:
    highlight = scene.claim().highlights.get()
    at = highlight.start + len("three people")
    return lambda: actions.parting.split(by=scene.alice, highlight=highlight, revision=1, at=at)


def merge(scene: Scene) -> Callable[[], object]:
    highlight = scene.claim().highlights.get()
    other = make_highlight(by=scene.cast.bob, version=scene.version, quote="hurt, the mayor said")
    return lambda: actions.parting.merge(by=scene.alice, highlight=highlight, revision=1, other=other)


def edit_everything(scene: Scene) -> Callable[[], object]:
    claim = factories.edit_claim(scene.claim(), by=scene.cast.bob, claimant="The mayor", assignee=scene.alice.person)
    plan = {"kind": "figure", "priority": 1, "priority_reason": "It leads the page.", "assignee": scene.cast.bob.person}
    words = {"text": "Three people were hurt on Tuesday.", "summary": "Three hurt", "claimant": "The governor"}
    return lambda: factories.edit_claim(claim, by=scene.alice, **plan, **words)


def edit_text_in_review(scene: Scene) -> Callable[[], object]:
    claim = scene.claim(Status.IN_REVIEW)
    return lambda: factories.edit_claim(claim, by=scene.alice, text="Three were hurt.")


def edit_text_of_approved(scene: Scene) -> Callable[[], object]:
    claim = scene.claim(Status.APPROVED)
    return lambda: factories.edit_claim(claim, by=scene.alice, text="Three were hurt.")


def start(status: Status) -> Callable[[Scene], Callable[[], object]]:
    def prepare(scene: Scene) -> Callable[[], object]:
        claim = scene.claim(status)
        return lambda: actions.claims.start(by=scene.alice, claim=claim)

    return prepare


def ask_for_blindness(scene: Scene) -> Callable[[], object]:
    claim = scene.claim(Status.CHECKING)
    return lambda: actions.blindness.blind_claim(by=scene.alice, claim=claim)


def ask_for_openness(scene: Scene) -> Callable[[], object]:
    claim = actions.blindness.blind_claim(by=scene.cast.bob, claim=scene.claim(Status.CHECKING))
    return lambda: actions.blindness.unblind_claim(by=scene.alice, claim=claim)


def set_aside_as_duplicate(scene: Scene) -> Callable[[], object]:
    claim, other = scene.claim(Status.CHECKING), factories.make_claim(by=scene.cast.bob)
    why: dict[str, Any] = {"aside": Aside.DUPLICATE, "duplicate_of": other}
    return lambda: actions.claims.set_aside(by=scene.alice, claim=claim, **why)


def set_aside(status: Status) -> Callable[[Scene], Callable[[], object]]:
    def prepare(scene: Scene) -> Callable[[], object]:
        claim = scene.claim(status)
        return lambda: actions.claims.set_aside(by=scene.alice, claim=claim, reason="It is an opinion.")

    return prepare


def resume(scene: Scene) -> Callable[[], object]:
    claim = scene.claim(Status.SET_ASIDE)
    return lambda: actions.claims.resume(by=scene.alice, claim=claim)


def add_evidence(status: Status) -> Callable[[Scene], Callable[[], object]]:
    def prepare(scene: Scene) -> Callable[[], object]:
        claim, source = scene.claim(status), factories.make_source(by=scene.cast.bob)
        return lambda: make_evidence(by=scene.alice, claim=claim, source=source)

    return prepare


def edit_evidence(scene: Scene) -> Callable[[], object]:
    evidence = make_evidence(by=scene.cast.bob, claim=scene.claim())
    said = Statement(stance="refutes", kind="expert", quote="Nobody was hurt.", locator_kind="page", locator="2")
    return lambda: actions.evidence.edit(by=scene.alice, evidence=evidence, revision=1, statement=said)


def withdraw_evidence(scene: Scene) -> Callable[[], object]:
    evidence = make_evidence(by=scene.cast.bob, claim=scene.claim())
    return lambda: actions.evidence.withdraw(by=scene.alice, evidence=evidence)


def restore_evidence(scene: Scene) -> Callable[[], object]:
    evidence = make_evidence(by=scene.cast.bob, claim=scene.claim())
    actions.evidence.withdraw(by=scene.cast.bob, evidence=evidence)
    return lambda: actions.evidence.restore(by=scene.alice, evidence=evidence)


def restore_passage(scene: Scene) -> Callable[[], object]:
    evidence = make_passage(by=scene.cast.bob, claim=scene.claim(), version=scene.version, quote=OTHER)
    actions.evidence.withdraw(by=scene.cast.bob, evidence=evidence)
    assert evidence.highlight
    actions.highlights.remove(by=scene.cast.bob, highlight=evidence.highlight)
    return lambda: actions.evidence.restore(by=scene.alice, evidence=evidence)


def give_verdict(status: Status) -> Callable[[Scene], Callable[[], object]]:
    def prepare(scene: Scene) -> Callable[[], object]:
        claim = scene.claim(status)
        if not claim.evidence.exists():
            make_evidence(by=scene.cast.bob, claim=claim)
        return lambda: make_verdict(by=scene.alice, claim=claim, rationale="The hospital says so.")

    return prepare


def withdraw_verdict(scene: Scene) -> Callable[[], object]:
    claim = scene.claim()
    make_verdict(by=scene.alice, claim=claim)
    return lambda: actions.verdicts.withdraw(by=scene.alice, claim=claim)


def retype(scene: Scene) -> Callable[[], object]:
    return lambda: actions.articles.retype_block(by=scene.alice, version=scene.version, number=1, kind="caption")


def decide(how: str) -> Callable[[Scene], Callable[[], object]]:
    def prepare(scene: Scene) -> Callable[[], object]:
        carry = factories.make_carry(by=scene.cast.bob, claim=scene.claim())
        told: dict[str, Any] = {"by": scene.alice, "carry": carry, "revision": 1}
        if how == "orphan":
            return lambda: actions.carrying.orphan(**told)
        span: dict[str, Any] = {"start": carry.start, "end": carry.end}
        if how == "accept":
            return lambda: actions.carrying.accept(**told, **span)
        return lambda: actions.carrying.remark(**told, **span, quote=carry.version.text[carry.start : carry.end])

    return prepare


def reconsider(how: str) -> Callable[[Scene], Callable[[], object]]:
    def prepare(scene: Scene) -> Callable[[], object]:
        decide(how)(scene)()
        carry = Carry.objects.get()
        return lambda: actions.carrying.reconsider(by=scene.alice, carry=carry, revision=carry.revision)

    return prepare


def trace(scene: Scene) -> Callable[[], object]:
    place = scene.claim().highlights.get()
    origin = factories.make_origin(by=scene.cast.bob)
    return lambda: actions.tracing.trace(by=scene.alice, highlight=place, origin=origin)


def untrace(scene: Scene) -> Callable[[], object]:
    place = scene.claim().highlights.get()
    actions.tracing.trace(by=scene.cast.bob, highlight=place, origin=factories.make_origin(by=scene.cast.bob))
    return lambda: actions.tracing.trace(by=scene.alice, highlight=place, origin=None)


def ask(scene: Scene) -> Callable[[], object]:
    claim = scene.claim()
    return lambda: factories.make_query(by=scene.alice, claim=claim, of=scene.cast.bob)


def ask_about(scene: Scene) -> Callable[[], object]:
    return lambda: factories.make_query(by=scene.alice, version=scene.version, quote=OTHER)


def with_query(step: str) -> Callable[[Scene], Callable[[], object]]:
    def prepare(scene: Scene) -> Callable[[], object]:
        query = factories.make_query(by=scene.cast.bob, version=scene.version, quote=OTHER, of=scene.cast.erin)
        if step in ("closed after an answer", "reopened from an answer"):
            query = factories.answer_query(query, by=scene.cast.erin)
        if step == "reopened":
            query = actions.asking.close(by=scene.cast.bob, query=query, reason="Nobody knows.")
        told: dict[str, Any] = {"by": scene.alice, "query": query}
        if step == "edited":
            source = factories.make_source(by=scene.cast.bob)
            asked = Asked(addressee="source", source=source, question="And when?", due=date(2026, 3, 9))
            return lambda: actions.asking.edit(**told, revision=1, asked=asked)
        if step.startswith("closed"):
            return lambda: actions.asking.close(**told, reason="It is of no use.")
        return lambda: actions.asking.reopen(**told, reason="It is, after all.")

    return prepare


VOIDED = "a second person has to look"
GIVE_AGAIN = "give it again"
CASES: dict[str, tuple[str, Callable[[Scene], Any], str]] = {
    "a mark": ("highlight.marked", lambda scene: lambda: mark(scene), ""),
    "a highlight added to a claim": ("highlight.added", add_to_claim, ""),
    "a passage as evidence": ("evidence.added", use_passage, ""),
    "a passage for a claim elsewhere": ("evidence.added", passage_for_a_claim_elsewhere, ""),
    "a highlight removed": ("highlight.removed", remove, ""),
    "a highlight restored": ("highlight.restored", restore, ""),
    "the borders of a highlight": ("highlight.adjusted", adjust, ""),
    "the borders of a passage": ("highlight.adjusted", adjust_passage, ""),
    "a highlight split": ("highlight.split", split, ""),
    "two highlights merged": ("highlight.merged", merge, ""),
    "every field of a claim": ("claim.edited", edit_everything, ""),
    "the text of a claim in review": ("claim.edited", edit_text_in_review, GIVE_AGAIN),
    "the text of an approved claim": ("claim.edited", edit_text_of_approved, VOIDED),
    "the start of an open claim": ("claim.started", start(Status.OPEN), ""),
    "the start of a returned claim": ("claim.started", start(Status.RETURNED), ""),
    "the start of a reopened claim": ("claim.started", start(Status.REOPENED), ""),
    "an open claim set aside": ("claim.set_aside", set_aside(Status.OPEN), ""),
    "a claim set aside while it was checked": ("claim.set_aside", set_aside(Status.CHECKING), ""),
    "a returned claim set aside": ("claim.set_aside", set_aside(Status.RETURNED), ""),
    "a reopened claim set aside": ("claim.set_aside", set_aside(Status.REOPENED), ""),
    "a claim set aside from review": ("claim.set_aside", set_aside(Status.IN_REVIEW), GIVE_AGAIN),
    "an approved claim set aside": ("claim.set_aside", set_aside(Status.APPROVED), VOIDED),
    "a claim to be found blind": ("claim.blinded", ask_for_blindness, ""),
    "a claim to be found openly": ("claim.unblinded", ask_for_openness, ""),
    "a claim set aside as a duplicate": ("claim.set_aside", set_aside_as_duplicate, ""),
    "a claim resumed": ("claim.resumed", resume, ""),
    "evidence for an open claim": ("evidence.added", add_evidence(Status.OPEN), ""),
    "evidence for a returned claim": ("evidence.added", add_evidence(Status.RETURNED), ""),
    "evidence for an approved claim": ("evidence.added", add_evidence(Status.APPROVED), VOIDED),
    "evidence edited": ("evidence.edited", edit_evidence, ""),
    "evidence withdrawn": ("evidence.withdrawn", withdraw_evidence, ""),
    "evidence restored": ("evidence.restored", restore_evidence, ""),
    "a passage restored": ("evidence.restored", restore_passage, ""),
    "a query about a claim": ("query.asked", ask, ""),
    "a query about words": ("query.asked", ask_about, ""),
    "a query edited": ("query.edited", with_query("edited"), ""),
    "a query closed": ("query.closed", with_query("closed"), ""),
    "a query closed after an answer": ("query.closed", with_query("closed after an answer"), ""),
    "a query reopened": ("query.reopened", with_query("reopened"), ""),
    "a query reopened from an answer": ("query.reopened", with_query("reopened from an answer"), ""),
    "a verdict": ("verdict.given", give_verdict(Status.CHECKING), ""),
    "a verdict on a returned claim": ("verdict.given", give_verdict(Status.RETURNED), ""),
    "a verdict on a reopened claim": ("verdict.given", give_verdict(Status.REOPENED), ""),
    "a verdict taken back": ("verdict.withdrawn", withdraw_verdict, ""),
    "the kind of a block": ("block.retyped", retype, ""),
    "where a place comes from": ("highlight.traced", trace, ""),
    "where a place comes from, taken back": ("highlight.untraced", untrace, ""),
    "a place accepted": ("carry.accepted", decide("accept"), ""),
    "a place marked anew": ("carry.remarked", decide("remark"), ""),
    "a place declared gone": ("carry.orphaned", decide("orphan"), ""),
    "a place reconsidered": ("carry.reconsidered", reconsider("accept"), ""),
    "a lost place reconsidered": ("carry.reconsidered", reconsider("orphan"), ""),
}
NOT_ALONE = {"claim.reopened", "claim.stopped", "highlight.parted"}
"""Verbs that only an undo records, and the one that no undo takes back."""


def test_every_verb_is_tried() -> None:
    assert {verb for verb, _, _ in CASES.values()} == INVERSES.keys() - NOT_ALONE


@pytest.mark.parametrize("case", CASES)
def test_undo_redo_undo(case: str, scene: Scene) -> None:
    verb, prepare, stays = CASES[case]
    act = prepare(scene)
    before, first = state(), scene.last
    act()
    done = state()
    (step,) = stack(scene.alice, scene.article).undo[-1:]

    scene.undo()
    undone = state()
    scene.redo()
    redone = state()
    scene.undo()

    assert before != done
    assert redone == done
    assert state() == undone
    assert stays in what_stays(scene.alice, step)
    assert bool(what_stays(scene.alice, step)) is bool(stays) is (undone != before)
    events = list(AuditEvent.objects.filter(number__gt=first, action__in=INVERSES).order_by("number"))
    own = [event for event in events if "automatic" not in event.data]
    turns = [(event.data.get("undoes"), event.data.get("redoes")) for event in own]
    n = own[0].number
    assert own[0].action == verb
    assert turns == [(None, None), (n, None), (None, n), (n, None)]


@pytest.mark.parametrize("case", CASES)
def test_the_history_holds_and_only_grows(case: str, scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    CASES[case][1](scene)()
    kept = list(AuditEvent.objects.order_by("number").values_list("number", "canonical", "hash"))

    scene.undo()
    scene.redo()

    assert list(AuditEvent.objects.order_by("number").values_list("number", "canonical", "hash"))[: len(kept)] == kept
    call_command("verify_history")
    assert "holds" in capsys.readouterr().out.lower()


# Whose, and in which order


def test_the_steps_go_back_and_come_again_in_order(scene: Scene) -> None:
    for quote in (OTHER, "Ida Falk", "the mayor said"):
        make_highlight(by=scene.alice, version=scene.version, quote=quote)

    undone = [scene.undo(), scene.undo(), scene.undo()]
    redone = [scene.redo(), scene.redo()]

    assert [str(row) for row in undone] == ["the mayor said", "Ida Falk", OTHER]
    assert [str(row) for row in redone] == [OTHER, "Ida Falk"]
    assert words(scene) == (
        ["marked “1,200 cars” as a claim", "marked “Ida Falk” as a claim"],
        ["marked “the mayor said” as a claim"],
    )


def test_a_new_act_leaves_nothing_to_redo(scene: Scene) -> None:
    mark(scene)
    scene.undo()

    make_highlight(by=scene.alice, version=scene.version, quote="Ida Falk")

    with pytest.raises(Refused, match="nothing of yours to redo"):
        scene.redo()


def test_only_what_the_person_did_in_this_article(scene: Scene) -> None:
    make_highlight(by=scene.cast.bob, version=scene.version)
    make_highlight(by=scene.alice)

    with pytest.raises(Refused, match="nothing of yours to undo"):
        scene.undo()


def test_two_people_each_take_back_their_own(scene: Scene) -> None:
    mine = make_highlight(by=scene.alice, version=scene.version)
    theirs = make_highlight(by=scene.cast.bob, version=scene.version, quote=OTHER)

    assert scene.undo() == mine
    assert scene.undo(by=scene.cast.bob) == theirs
    assert scene.redo() == mine
    assert scene.redo(by=scene.cast.bob) == theirs


def test_work_on_a_claim_is_taken_back_from_its_end_to_its_marking(scene: Scene) -> None:
    nothing = state()
    claim = make_highlight(by=scene.alice, version=scene.version).claim
    assert claim
    factories.edit_claim(claim, by=scene.alice, text="Three people were hurt on Tuesday.")
    make_evidence(by=scene.alice, claim=claim)
    make_verdict(by=scene.alice, claim=claim)
    everything = state()

    for _ in range(4):
        scene.undo()
    assert state() == nothing
    for _ in range(4):
        scene.redo()
    assert state() == everything


def test_a_part_that_was_worded_is_merged_when_that_is_taken_back(scene: Scene) -> None:
    split(scene)()
    claim = Claim.objects.latest("id")
    factories.edit_claim(claim, by=scene.alice, text="They were hurt.")
    scene.undo()

    scene.undo()

    assert [str(place) for place in Highlight.objects.live()] == [factories.QUOTE]


def test_edits_that_follow_each_other_closely_are_one_step(scene: Scene) -> None:
    claim = scene.claim()
    for text in ("T", "Three", "Three were hurt."):
        factories.edit_claim(claim, by=scene.alice, text=text)
    factories.edit_claim(claim, by=scene.alice, summary="Three")

    scene.undo()
    scene.undo()

    assert (fresh(claim).text, fresh(claim).summary) == (factories.QUOTE, "")
    scene.redo()
    assert fresh(claim).text == "Three were hurt."


def test_an_edit_after_a_while_is_a_step_of_its_own(scene: Scene) -> None:
    claim = scene.claim()
    acts = []
    for text in ("Three", "Three were hurt."):
        factories.edit_claim(claim, by=scene.alice, text=text)
        acts += [step.done for step in stack(scene.alice, scene.article).undo[-1:]]

    later = replace(acts[1], at=acts[0].at + ONE_EDIT * 2, data={**acts[1].data, "before": acts[0].data["after"]})

    assert len(replay([acts[0], later]).undo) == 2


def test_what_is_out_of_reach_is_no_step(scene: Scene) -> None:
    mark(scene)
    (done,) = (step.done for step in stack(scene.alice, scene.article).undo)
    undone, redone = replace(done, data={"undoes": 1}), replace(done, data={"redoes": 1})

    assert replay([undone]) == replay([undone, redone]) == replay([])
    assert [step.done for step in replay([undone, done]).undo] == [done]


def test_a_highlight_is_found_where_it_was_carried(scene: Scene) -> None:
    mark(scene)
    factories.take_version(scene.article, scene.version.text + " It opens on Friday.", by=scene.cast.bob)

    row = scene.undo()

    assert isinstance(row, Highlight)
    assert row.version.number == 2
    assert not Highlight.objects.live().exists()
    scene.redo()
    assert Highlight.objects.live().get().version.number == 2


def test_the_kind_of_a_block_in_an_older_version_stays(scene: Scene) -> None:
    retype(scene)()
    factories.take_version(scene.article, scene.version.text + " It opens on Friday.", by=scene.cast.bob)

    with pytest.raises(Refused, match="A later version"):
        scene.undo()


def test_undo_finds_the_stack_again_whatever_was_loaded(scene: Scene) -> None:
    mark(scene)
    scene.undo()
    again = Scene(scene.cast, fresh(scene.version))

    assert words(again) == ([], ["marked “1,200 cars” as a claim"])


def test_undo_is_told_in_the_history(scene: Scene) -> None:
    mark(scene)
    claim = Claim.objects.get()
    scene.undo()
    scene.redo()

    told = [line.sentence for line in claim_history(claim).lines if line.who == "Alice"]

    assert "Alice removed the highlight “1,200 cars” by undo." in told
    assert "Alice restored the highlight “1,200 cars” by redo." in told


# When others did something since


def others_edit(scene: Scene, claim: Claim) -> None:
    factories.edit_claim(claim, by=scene.cast.bob, text="Bob's words.")


def others_add_evidence(scene: Scene, claim: Claim) -> None:
    make_evidence(by=scene.cast.bob, claim=claim, source=factories.make_source(by=scene.cast.bob, title="The log"))


def others_set_aside(scene: Scene, claim: Claim) -> None:
    actions.claims.set_aside(by=scene.cast.bob, claim=claim, reason="It is an opinion.")


def others_remove(scene: Scene, claim: Claim) -> None:
    actions.highlights.remove(by=scene.cast.bob, highlight=claim.highlights.get())


def others_give_a_verdict(scene: Scene, claim: Claim) -> None:
    make_verdict(by=scene.cast.bob, claim=claim)


def others_withdraw(scene: Scene, claim: Claim) -> None:
    actions.evidence.withdraw(by=scene.cast.bob, evidence=claim.evidence.get())


def others_approve(scene: Scene, claim: Claim) -> None:
    digest = actions.verdicts.digest_of(claim)
    actions.verdicts.approve(by=scene.cast.bob, claim=claim, digest=digest)


def own_mark(scene: Scene) -> Claim:
    claim = make_highlight(by=scene.alice, version=scene.version).claim
    assert claim
    return claim


def own_edit(scene: Scene) -> Claim:
    return factories.edit_claim(scene.claim(), by=scene.alice, text="Alice's words.")


def own_start(scene: Scene) -> Claim:
    return actions.claims.start(by=scene.alice, claim=scene.claim())


def own_evidence(scene: Scene) -> Claim:
    claim = scene.claim()
    make_evidence(by=scene.alice, claim=claim)
    return claim


def own_verdict(scene: Scene) -> Claim:
    claim = scene.claim()
    make_evidence(by=scene.cast.bob, claim=claim)
    make_verdict(by=scene.alice, claim=claim)
    return claim


OVERTAKEN = [
    (own_mark, others_edit, "Bob edited the claim (text)."),
    (own_mark, others_add_evidence, "Bob added evidence from The log: it supports the claim."),
    (own_mark, others_remove, "Bob removed the highlight “three people were hurt”."),
    (own_edit, others_edit, "Bob edited the claim (text)."),
    (own_edit, others_give_a_verdict, "Bob gave the verdict Supported."),
    (own_start, others_set_aside, "Bob set the claim aside."),
    (own_start, others_add_evidence, "Bob added evidence from The log: it supports the claim."),
    (own_evidence, others_withdraw, "Bob withdrew the evidence from a source."),
    (own_evidence, others_give_a_verdict, "Bob gave the verdict Supported."),
    (own_verdict, others_approve, "Bob approved the verdict on this claim."),
]


@pytest.mark.parametrize(("mine", "theirs", "told"), OVERTAKEN)
def test_what_someone_else_changed_since_is_not_undone(mine: Any, theirs: Any, told: str, scene: Scene) -> None:
    claim = mine(scene)
    theirs(scene, fresh(claim))
    before, last = state(), scene.last

    with pytest.raises(Refused) as caught:
        scene.undo()

    assert f"Since then: {told} Nothing was changed." in caught.value.sentence
    assert (state(), scene.last) == (before, last)
    assert len(stack(scene.alice, scene.article).undo) == 1


def test_the_older_step_can_be_chosen(scene: Scene) -> None:
    older = make_highlight(by=scene.alice, version=scene.version, quote=OTHER)
    others_edit(scene, own_mark(scene))
    first, blocked = stack(scene.alice, scene.article).undo

    assert scene.undo(step=first.number) == older

    assert [step.number for step in stack(scene.alice, scene.article).undo] == [blocked.number]
    assert scene.redo() == older


def test_what_someone_else_did_and_took_back_is_in_nobodys_way(scene: Scene) -> None:
    claim = own_mark(scene)
    others_edit(scene, claim)
    scene.undo(by=scene.cast.bob)

    scene.undo()

    assert not Highlight.objects.live().exists()


def test_a_place_added_goes_while_the_claim_stands_elsewhere(scene: Scene) -> None:
    claim = scene.claim()
    make_highlight(by=scene.alice, version=scene.version, quote=OTHER, claim=claim)
    others_edit(scene, claim)

    scene.undo()

    assert [str(place) for place in claim.highlights.live()] == [factories.QUOTE]


def test_an_approval_given_since_is_not_voided(scene: Scene) -> None:
    claim = scene.claim()
    make_highlight(by=scene.alice, version=scene.version, quote=OTHER, claim=claim)
    make_verdict(by=scene.cast.bob, claim=claim)
    actions.verdicts.approve(by=scene.cast.erin, claim=claim, digest=actions.verdicts.digest_of(fresh(claim)))

    with pytest.raises(Refused, match="Since then: Erin approved the verdict"):
        scene.undo()

    assert fresh(claim).status == Status.APPROVED


def test_a_reopened_claim_is_not_approved_by_undo(scene: Scene) -> None:
    claim = scene.claim(Status.APPROVED)
    actions.claims.reopen(by=scene.alice, claim=claim, reason="New figures.")

    with pytest.raises(Refused, match="does not become approved by undo"):
        scene.undo()


def test_redo_is_refused_like_undo(scene: Scene) -> None:
    claim = own_edit(scene)
    scene.undo()
    others_edit(scene, fresh(claim))

    with pytest.raises(Refused, match=r"Not redone: edited the claim .* Bob edited the claim"):
        scene.redo()


@pytest.mark.parametrize("turn", ["undo", "redo"])
def test_a_repeated_request_turns_one_step(turn: str, scene: Scene) -> None:
    for quote in (OTHER, "Ida Falk"):
        make_highlight(by=scene.alice, version=scene.version, quote=quote)
    if turn == "redo":
        scene.undo()
        scene.undo()
    act, request_id = getattr(scene, turn), uuid4()

    first, second = act(request_id=request_id), act(request_id=request_id)

    assert first == second
    assert Highlight.objects.live().count() == 1


def test_a_step_is_not_undone_twice(scene: Scene) -> None:
    mark(scene)
    (step,) = stack(scene.alice, scene.article).undo
    scene.undo(step=step.number)

    with pytest.raises(Refused, match="no such step"):
        scene.undo(step=step.number)


def test_the_stack_costs_one_query(scene: Scene, django_assert_num_queries: Any) -> None:
    mark(scene)

    with django_assert_num_queries(1):
        stack(scene.alice, scene.article)


def words(scene: Scene) -> tuple[list[str], list[str]]:
    found = stack(scene.alice, scene.article)
    return [step.words for step in found.undo], [step.words for step in found.redo]


def state() -> dict[str, Any]:
    """The editorial state of everything that stands: what a person reads, whichever rows hold it."""
    claims = [
        (
            *(getattr(claim, name) for name in Claim.CONTENT),
            claim.status,
            claim.status_reason,
            *(claim.aside, claim.duplicate_of_id, claim.blind),
            claim.status == Status.IN_REVIEW and verdict_of(claim),
        )
        for claim in Claim.objects.select_related("claimant", "assignee", "verdict").order_by("pk")
        if claim.status_reason not in (MERGED, ONLY_HIGHLIGHT_REMOVED)
    ]
    places = Highlight.objects.occurrences().order_by("version", "start", "end", "claim")
    passages = Evidence.objects.in_force().order_by("pk")
    asked = Query.objects.exclude(status_reason=TAKEN_BACK).order_by("pk")
    return {
        "claims": claims,
        "highlights": list(places.values_list("version", "start", "end", "quote", "claim", "origin")),
        "evidence": list(passages.values_list("pk", *Evidence.CONTENT)),
        "kinds": [version.kinds for article in Article.objects.order_by("pk") for version in article.versions.all()],
        "queries": list(asked.values_list("pk", *Query.CONTENT, "status", "status_reason")),
        "carries": list(Carry.objects.order_by("pk").values_list("pk", "decision")),
    }


def verdict_of(claim: Claim) -> tuple[object, ...]:
    assert claim.verdict
    verdict = claim.verdict
    return (verdict.rating, verdict.rationale, verdict.searched, verdict.missing, verdict.author)
