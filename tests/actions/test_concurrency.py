"""Two people at once: one is first, the other is told, and the history stays whole."""

from __future__ import annotations

import random
import time
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from articles import actions
from articles.actions._writing import record, write
from articles.actions.evidence import Statement
from articles.actions.sources import Work
from articles.errors import AlreadyHere, Refused, Stale
from articles.models import (
    Article,
    ArticleVersion,
    Aside,
    AuditEvent,
    Claim,
    Claimant,
    Evidence,
    Highlight,
    Membership,
    Outlet,
    Review,
    Role,
    Source,
    Status,
    Story,
)
from tests import factories
from tests.actions.threads import overlapping, together
from tests.factories import fresh
from tests.invariants.attacks import change, reason_of, run, tell
from tests.invariants.test_history import broken_link

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_approve_at_once_one_is_told(alice: Membership, bob: Membership, erin: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)
    digest = actions.verdicts.digest_of(claim)

    first, second = overlapping(
        lambda: actions.verdicts.approve(by=bob, claim=claim, digest=digest),
        lambda: actions.verdicts.approve(by=erin, claim=claim, digest=digest),
    )

    assert first == Review.objects.get()
    assert isinstance(second, Refused)
    assert_whole(alice)


@pytest.mark.parametrize("first", ["mark", "take"])
def test_words_marked_while_a_version_comes_are_not_left_behind(first: str, alice: Membership, bob: Membership) -> None:
    version = factories.make_version(by=alice)
    acts: dict[str, Callable[[], object]] = {
        "mark": lambda: factories.make_highlight(by=alice, version=version),
        "take": lambda: factories.take_version(version.article, f"{version.text} It opens on Friday.", by=bob),
    }
    second = "take" if first == "mark" else "mark"

    done, told = overlapping(acts[first], acts[second])

    assert not isinstance(done, Exception)
    assert isinstance(told, Refused)
    assert Highlight.objects.count() == (1 if first == "mark" else 0)
    assert_whole(alice)


def test_of_two_who_decide_at_once_one_is_told(alice: Membership, bob: Membership) -> None:
    carry = factories.make_carry(by=alice)

    first, second = overlapping(
        lambda: actions.carrying.orphan(by=alice, carry=carry, revision=1),
        lambda: actions.carrying.accept(by=bob, carry=carry, revision=1, start=carry.start or 0, end=carry.end or 0),
    )

    assert first.decision == "gone"
    assert isinstance(second, Refused)
    assert_whole(alice)


def test_a_decision_waits_for_the_version_that_overtakes_it(alice: Membership, bob: Membership) -> None:
    carry = factories.make_carry(by=alice)
    version = carry.version

    first, second = overlapping(
        lambda: factories.take_version(version.article, version.text.replace("four", "five"), by=alice),
        lambda: actions.carrying.orphan(by=bob, carry=carry, revision=1),
    )

    assert first.number == 3
    assert isinstance(second, Refused)
    assert factories.fresh(carry).decision == "overtaken"
    assert_whole(alice)


@pytest.mark.parametrize("first", ["merge", "cite"])
def test_evidence_from_a_source_that_is_merged_meanwhile_is_not_left_behind(
    first: str, alice: Membership, bob: Membership
) -> None:
    claim, double = factories.make_claim(by=alice), factories.make_source(by=alice)
    into = factories.make_source(by=alice)
    acts: dict[str, Callable[[], object]] = {
        "merge": lambda: actions.doubles.merge(by=bob, source=double, revision=1, into=into),
        "cite": lambda: factories.make_evidence(by=alice, claim=claim, source=double),
    }
    second = "cite" if first == "merge" else "merge"

    done, told = overlapping(acts[first], acts[second])

    assert not isinstance(done, Exception)
    assert isinstance(told, Refused) or Evidence.objects.get().source == into
    assert not Evidence.objects.filter(source__merged_into__isnull=False).exists()
    assert_whole(alice)


def test_of_two_mergings_in_both_ways_one_is_told(alice: Membership, bob: Membership) -> None:
    one, other = factories.make_source(by=alice), factories.make_source(by=alice)

    first, second = overlapping(
        lambda: actions.doubles.merge(by=alice, source=one, revision=1, into=other),
        lambda: actions.doubles.merge(by=bob, source=other, revision=1, into=one),
    )

    assert first == one
    assert isinstance(second, Refused)
    assert_whole(alice)


@pytest.mark.parametrize("end", ["remove", "demote"])
def test_nobody_comes_in_through_an_inviter_who_leaves_meanwhile(end: str, alice: Membership, erin: Membership) -> None:
    inviter = factories.make_member("edith", by=erin, role=Role.EDITOR)
    invitation, guest = factories.make_invitation(by=inviter), factories.make_person("nina")
    left: dict[str, Callable[[], object]] = {
        "remove": lambda: actions.desks.remove_member(by=erin, membership=inviter),
        "demote": lambda: actions.desks.change_role(by=erin, membership=inviter, revision=1, role=Role.READER),
    }

    done, told = overlapping(left[end], lambda: actions.invitations.accept(invitation=invitation, person=guest))

    assert not isinstance(done, Exception)
    assert isinstance(told, Refused)
    assert not Membership.objects.filter(person=guest).exists()
    assert_whole(alice)


def test_of_two_claims_only_one_is_a_duplicate_of_the_other(alice: Membership, bob: Membership) -> None:
    one, other = factories.make_claim(by=alice), factories.make_claim(by=alice)
    aside: Any = partial(actions.claims.set_aside, aside=Aside.DUPLICATE)

    first, second = overlapping(
        lambda: aside(by=alice, claim=one, duplicate_of=other),
        lambda: aside(by=bob, claim=other, duplicate_of=one),
    )

    assert first.duplicate_of == other
    assert isinstance(second, Refused)
    assert_whole(alice)


def test_evidence_added_during_an_approval_reopens_the_claim(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)
    digest = actions.verdicts.digest_of(claim)

    first, second = overlapping(
        lambda: actions.verdicts.approve(by=bob, claim=claim, digest=digest),
        lambda: factories.make_evidence(by=alice, claim=claim),
    )

    assert (first, second) == (Review.objects.get(), Evidence.objects.latest("id"))
    assert factories.fresh(claim).status == Status.REOPENED
    assert_whole(alice)


def test_an_approval_during_an_addition_of_evidence_is_refused(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)
    digest = actions.verdicts.digest_of(claim)

    _, second = overlapping(
        lambda: factories.make_evidence(by=alice, claim=claim),
        lambda: actions.verdicts.approve(by=bob, claim=claim, digest=digest),
    )

    assert isinstance(second, Refused)
    assert not Review.objects.exists()


def test_an_approval_during_another_mark_is_stale(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)
    digest = actions.verdicts.digest_of(claim)
    version = factories.make_version(by=alice)

    _, second = overlapping(
        lambda: factories.make_highlight(by=alice, claim=claim, version=version),
        lambda: actions.verdicts.approve(by=bob, claim=claim, digest=digest),
    )

    assert isinstance(second, Stale)
    assert factories.fresh(claim).status == Status.IN_REVIEW


@pytest.mark.parametrize("approval_first", [True, False])
def test_a_source_edited_during_an_approval_never_stays_approved(
    approval_first: bool, alice: Membership, bob: Membership
) -> None:
    claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)
    source, digest = claim.evidence.get().source, actions.verdicts.digest_of(claim)
    both = [
        lambda: actions.verdicts.approve(by=bob, claim=claim, digest=digest),
        lambda: actions.sources.edit(by=alice, source=source, revision=1, work=Work(title="The log")),
    ]

    overlapping(*(both if approval_first else reversed(both)))

    assert factories.fresh(source).title == "The log"
    assert factories.fresh(claim).status == (Status.REOPENED if approval_first else Status.CHECKING)
    assert_whole(alice)


def test_the_database_sees_a_silent_change_that_began_before_the_approval(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)
    evidence, digest = claim.evidence.get(), actions.verdicts.digest_of(claim)

    _, second = overlapping(
        lambda: change(evidence, alice, quote="Nobody was hurt."),
        lambda: actions.verdicts.approve(by=bob, claim=claim, digest=digest),
    )

    assert isinstance(second, Refused)
    assert factories.fresh(claim).status == Status.IN_REVIEW


def test_the_database_refuses_a_silent_change_that_ends_after_the_approval(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)
    evidence, digest = claim.evidence.get(), actions.verdicts.digest_of(claim)

    @transaction.atomic
    def change_silently() -> None:
        change(evidence, alice, quote="Nobody was hurt.")

    first, second = overlapping(lambda: actions.verdicts.approve(by=bob, claim=claim, digest=digest), change_silently)

    assert first == Review.objects.get()
    assert reason_of(second) == "approval_holds"
    assert_whole(alice)


def test_a_check_asked_for_before_commit_sees_the_approval(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)
    evidence, digest = claim.evidence.get(), actions.verdicts.digest_of(claim)

    @transaction.atomic
    def change_silently() -> None:
        run("UPDATE articles_evidence SET quote = 'Nobody was hurt.', revision = 2 WHERE id = %s", evidence.pk)
        run("SET CONSTRAINTS approval_holds IMMEDIATE")
        tell(alice, evidence.pk)

    first, second = overlapping(lambda: actions.verdicts.approve(by=bob, claim=claim, digest=digest), change_silently)

    assert first == Review.objects.get()
    assert reason_of(second) == "approval_holds"
    assert_whole(alice)


def test_of_two_edits_of_one_revision_one_is_stale(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice)

    first, second = overlapping(
        lambda: factories.edit_claim(claim, by=alice, text="Alice's words."),
        lambda: factories.edit_claim(claim, by=bob, text="Bob's words."),
    )

    assert (first, factories.fresh(claim).text) == (claim, "Alice's words.")
    assert isinstance(second, Stale)
    assert (second.current.revision, second.yours["text"]) == (2, "Bob's words.")


def test_a_request_sent_twice_at_once_is_done_once(alice: Membership, version: ArticleVersion) -> None:
    request_id = uuid4()
    start = version.text.index(factories.QUOTE)
    end = start + len(factories.QUOTE)

    def mark() -> Highlight:
        return actions.highlights.mark(
            by=alice, version=version, start=start, end=end, quote=factories.QUOTE, request_id=request_id
        )

    first, second = overlapping(mark, mark)

    assert first == second == Highlight.objects.get()
    assert Claim.objects.count() == AuditEvent.objects.filter(request_id=request_id).count() == 1


def test_a_request_sent_eight_times_at_once_is_done_once(alice: Membership) -> None:
    request_id = uuid4()

    answers = together(*[lambda: actions.stories.open_story(by=alice, title="The bridge", request_id=request_id)] * 8)

    assert answers == [Story.objects.get()] * 8


def test_marks_at_once_are_numbered_without_gaps(alice: Membership, bob: Membership, version: ArticleVersion) -> None:
    marks = [partial(factories.make_highlight, by=by, version=version) for by in (alice, bob) * 4]

    outcomes = together(*marks)

    assert {type(outcome) for outcome in outcomes} == {Highlight}
    assert version.highlights.count() == 8
    assert_whole(alice)


def test_a_name_used_at_once_makes_one_row(alice: Membership, bob: Membership) -> None:
    claims = [factories.make_claim(by=alice) for _ in range(2)]

    outcomes = overlapping(
        lambda: factories.edit_claim(claims[0], by=alice, claimant="The mayor"),
        lambda: factories.edit_claim(claims[1], by=bob, claimant="the Mayor"),
    )

    assert [claim.claimant for claim in outcomes] == [Claimant.objects.get()] * 2


def test_an_article_cited_at_once_makes_one_source(alice: Membership, bob: Membership, version: ArticleVersion) -> None:
    claims = [factories.make_claim(by=alice) for _ in range(2)]

    outcomes = overlapping(
        lambda: factories.make_passage(by=alice, claim=claims[0], version=version),
        lambda: factories.make_passage(by=bob, claim=claims[1], version=version),
    )

    assert [evidence.source for evidence in outcomes] == [Source.objects.get()] * 2


def test_a_text_added_at_once_is_one_article(alice: Membership, bob: Membership) -> None:
    text = f"Bridge closed\n\n{factories.BODY}"

    first, second = overlapping(
        lambda: factories.make_article(by=alice, text=text, url="https://orm.example/1"),
        lambda: factories.make_article(by=bob, text=text, url="https://orm.example/1", outlet="Velm Gazette"),
    )

    assert first == Article.objects.get()
    assert isinstance(second, AlreadyHere)
    assert second.article == first
    assert Outlet.objects.count() == 1


def test_a_person_added_at_once_is_one_member(erin: Membership) -> None:
    dora = factories.make_person("dora")

    first, second = overlapping(
        *[lambda: actions.desks.add_member(by=erin, person=dora, role=Role.REVIEWER)] * 2,
    )

    assert first.person == dora
    assert isinstance(second, Refused)


def test_two_administrators_cannot_remove_each_other(bob: Membership, erin: Membership) -> None:
    bob = actions.desks.change_role(by=erin, membership=bob, revision=1, role=Role.ADMINISTRATOR)

    _, second = overlapping(
        lambda: actions.desks.change_role(by=erin, membership=bob, revision=2, role=Role.EDITOR),
        lambda: actions.desks.remove_member(by=bob, membership=erin),
    )

    assert isinstance(second, Refused)
    assert Membership.objects.current().filter(role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.parametrize(("deadlocks", "done"), [(1, True), (2, True), (3, False)])
def test_a_deadlock_is_tried_again(deadlocks: int, done: bool, alice: Membership) -> None:
    tries = []

    @write("story.opened")
    def open_after_deadlocks(*, by: Membership, request_id: object = None) -> Story:
        story = Story.objects.create(desk_id=by.desk_id, title="The bridge")
        record(by, "story.opened", story)
        tries.append(story)
        if len(tries) <= deadlocks:
            with connection.cursor() as cursor:
                cursor.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'deadlock_detected'; END $$")
        return story

    if done:
        assert open_after_deadlocks(by=alice) == Story.objects.get()
    else:
        with pytest.raises(Refused, match="send it again"):
            open_after_deadlocks(by=alice)
        assert not Story.objects.exists()


def test_who_waits_too_long_is_told(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice)

    def start_impatiently() -> Claim:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        return actions.claims.start(by=bob, claim=claim)

    first, second = overlapping(
        lambda: factories.edit_claim(claim, by=alice, text="Three were hurt."), start_impatiently, linger=0.2
    )

    assert first == claim
    assert isinstance(second, Refused)
    assert "just now" in second.sentence


@pytest.mark.slow
def test_a_desk_in_a_hurry_stays_whole(cast: factories.Cast) -> None:
    people = [cast.alice, cast.bob, cast.erin]
    versions = [factories.make_version(by=cast.alice) for _ in range(3)]
    source = factories.make_source(by=cast.alice)
    for version in versions:
        claim = factories.make_claim(by=cast.alice, version=version)
        factories.make_evidence(by=cast.alice, claim=claim, source=source)
    until = time.monotonic() + 4

    def hurry(seed: int) -> list[object]:
        chance = random.Random(seed)
        outcomes: list[object] = []
        while time.monotonic() < until:
            try:
                outcomes.append(chance.choice(HURRIED)(chance, chance.choice(people), versions))
            except (Refused, Stale) as answer:
                outcomes.append(answer)
        return outcomes

    outcomes = together(*(partial(hurry, seed) for seed in range(8)))

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert sum(len(outcome) for outcome in outcomes) > 50
    assert_whole(cast.alice)


def any_claim(chance: random.Random, by: Membership) -> Claim:
    return chance.choice(list(Claim.objects.filter(desk_id=by.desk_id).order_by("id")))


def hurried_mark(chance: random.Random, by: Membership, versions: Sequence[ArticleVersion]) -> object:
    return factories.make_highlight(by=by, version=chance.choice(versions))


def hurried_occurrence(chance: random.Random, by: Membership, versions: Sequence[ArticleVersion]) -> object:
    return factories.make_highlight(by=by, version=chance.choice(versions), claim=any_claim(chance, by))


def hurried_removal(chance: random.Random, by: Membership, versions: Sequence[ArticleVersion]) -> object:
    highlight = chance.choice(list(Highlight.objects.filter(desk_id=by.desk_id)))
    act = actions.highlights.restore if highlight.removed_at else actions.highlights.remove
    return act(by=by, highlight=highlight)


def hurried_edit(chance: random.Random, by: Membership, versions: Sequence[ArticleVersion]) -> object:
    return factories.edit_claim(any_claim(chance, by), by=by, text=f"{chance.random()}", claimant=chance.choice("abc"))


def hurried_evidence(chance: random.Random, by: Membership, versions: Sequence[ArticleVersion]) -> object:
    source = Source.objects.filter(desk_id=by.desk_id, article=None).first()
    return factories.make_evidence(by=by, claim=any_claim(chance, by), source=source)


def hurried_passage(chance: random.Random, by: Membership, versions: Sequence[ArticleVersion]) -> object:
    return factories.make_passage(by=by, claim=any_claim(chance, by), version=chance.choice(versions))


def hurried_withdrawal(chance: random.Random, by: Membership, versions: Sequence[ArticleVersion]) -> object:
    evidence = chance.choice(list(Evidence.objects.filter(desk_id=by.desk_id)))
    act = actions.evidence.restore if evidence.withdrawn_at else actions.evidence.withdraw
    return act(by=by, evidence=evidence)


def hurried_source(chance: random.Random, by: Membership, versions: Sequence[ArticleVersion]) -> object:
    source = chance.choice(list(Source.objects.filter(desk_id=by.desk_id)))
    work = Work(title=f"Log {chance.random()}")
    return actions.sources.edit(by=by, source=source, revision=source.revision, work=work)


def hurried_verdict(chance: random.Random, by: Membership, versions: Sequence[ArticleVersion]) -> object:
    return factories.make_verdict(by=by, claim=any_claim(chance, by))


def hurried_approval(chance: random.Random, by: Membership, versions: Sequence[ArticleVersion]) -> object:
    waiting = list(Claim.objects.filter(desk_id=by.desk_id).waiting_for_review_by(by.person))
    claim = chance.choice(waiting or [any_claim(chance, by)])
    return actions.verdicts.approve(by=by, claim=claim, digest=actions.verdicts.digest_of(claim))


HURRIED: list[Callable[[random.Random, Membership, Sequence[ArticleVersion]], object]] = [
    hurried_mark,
    hurried_occurrence,
    hurried_removal,
    hurried_edit,
    hurried_evidence,
    hurried_passage,
    hurried_withdrawal,
    hurried_source,
    hurried_verdict,
    hurried_approval,
    hurried_approval,
]


@pytest.mark.parametrize("what", ["borders", "evidence"])
@pytest.mark.parametrize("turn", ["undo", "redo"])
def test_who_is_faster_than_an_undo_is_named(turn: str, what: str, alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=bob)
    highlight = claim.highlights.get()
    article = highlight.version.article
    evidence = factories.make_evidence(by=bob, claim=claim, quote="Forty boats.")

    def change(by: Membership, number: int) -> object:
        if what == "evidence":
            said = Statement(stance="supports", kind="primary", quote=f"{number} boats.")
            return actions.evidence.edit(by=by, evidence=evidence, revision=fresh(evidence).revision, statement=said)
        start, end = highlight.start, highlight.end - number
        span: dict[str, Any] = {"start": start, "end": end, "quote": highlight.version.text[start:end]}
        return actions.highlights.adjust(by=by, highlight=highlight, revision=fresh(highlight).revision, **span)

    change(alice, 1)
    if turn == "redo":
        actions.undoing.undo(by=alice, article=article)
    act = getattr(actions.undoing, turn)

    first, second = overlapping(partial(change, bob, 2), partial(act, by=alice, article=article))

    assert not isinstance(first, Exception)
    assert isinstance(second, Refused), second
    assert "Since then: Bob" in second.sentence
    assert second.sentence.endswith("Nothing was changed.")
    assert_whole(alice)


def assert_whole(by: Membership) -> None:
    """The chain verifies, and every approved claim is exactly what was approved, by a second person."""
    assert broken_link(by.desk) is None
    for claim in Claim.objects.filter(desk_id=by.desk_id, status=Status.APPROVED).select_related("review"):
        assert claim.review
        assert claim.approved_digest == claim.review.digest == actions.verdicts.digest_of(claim)
        assert claim.review.reviewer_id != claim.review.verdict_author_id
