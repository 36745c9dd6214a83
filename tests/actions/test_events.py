"""What each action writes into the history: which events, in which order, and with which words."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from articles import actions
from articles.actions._writing import record_all
from articles.actions.evidence import Statement
from articles.briefing import PHRASES
from articles.models import AuditEvent, Role, Status
from articles.sentences import ECHOES, SENTENCES
from tests import factories
from tests.actions.cases import CASES, OTHER_DETAILS, SAID
from tests.factories import Cast

EVENTS = {
    "arrivals.bring": ["original.kept", "arrival.came"],
    "arrivals.describe": ["arrival.described"],
    "arrivals.discard": ["arrival.discarded"],
    "arrivals.keep_draft": ["arrival.read"],
    "arrivals.keep_failure": ["arrival.unreadable"],
    "arrivals.merge": ["arrival.corrected"],
    "arrivals.restore": ["arrival.restored"],
    "arrivals.retype": ["arrival.corrected"],
    "arrivals.settle": ["arrival.added"],
    "arrivals.split": ["arrival.corrected"],
    "arrivals.take_back": ["arrival.corrected_back"],
    "articles.add": ["outlet.added", "original.kept", "article.added", "version.taken"],
    "articles.edit": ["article.edited"],
    "articles.retype_block": ["block.retyped"],
    "asking.answer": ["query.answered"],
    "asking.ask": ["query.asked"],
    "asking.ask_about": ["highlight.queried", "query.asked"],
    "asking.close": ["query.closed"],
    "asking.edit": ["query.edited"],
    "asking.reopen": ["query.reopened"],
    "batches.make": ["batch.made", "claim.edited", "claim.edited"],
    "batches.undo": ["batch.undone", "claim.edited", "claim.edited"],
    "carrying.accept": ["carry.accepted"],
    "carrying.orphan": ["carry.orphaned"],
    "carrying.reconsider": ["carry.reconsidered", "highlight.removed"],
    "carrying.remark": ["carry.remarked"],
    "blindness.blind_claim": ["claim.blinded"],
    "claims.edit": ["claimant.added", "claim.edited"],
    "claims.recheck": ["claim.reopened"],
    "claims.reopen": ["claim.reopened"],
    "claims.resume": ["claim.resumed"],
    "claims.set_aside": ["claim.set_aside"],
    "claims.start": ["claim.started"],
    "claims.stop": ["claim.stopped"],
    "blindness.unblind_claim": ["claim.unblinded"],
    "desks.add_member": ["member.added"],
    "desks.change_role": ["member.changed"],
    "desks.remove_member": ["member.removed"],
    "desks.require_second_factor": ["desk.second_factor_required"],
    "desks.waive_second_factor": ["desk.second_factor_waived"],
    "doubles.merge": ["source.merged", "evidence.moved", "snapshot.moved"],
    "doubles.part": ["source.parted", "evidence.moved", "snapshot.moved"],
    "evidence.add": ["evidence.added", "claim.started"],
    "evidence.add_from_new_source": ["source.added", "evidence.added", "claim.started"],
    "evidence.add_titled": ["source.added", "evidence.added", "claim.started"],
    "evidence.add_passage": ["source.added", "highlight.placed", "evidence.added", "claim.started"],
    "evidence.edit": ["evidence.edited"],
    "evidence.restore": ["evidence.restored"],
    "evidence.withdraw": ["evidence.withdrawn"],
    "findings.resolve": ["difference.resolved", "claim.found", "review.approved", "claim.approved"],
    "findings.second": ["verdict.seconded"],
    "highlights.add_to_claim": ["highlight.added"],
    "highlights.adjust": ["highlight.adjusted", "claim.edited"],
    "highlights.mark": ["highlight.marked", "claim.made"],
    "highlights.remove": ["highlight.removed", "claim.set_aside"],
    "highlights.restore": ["highlight.restored", "claim.resumed"],
    "invitations.invite": ["invitation.made"],
    "invitations.revoke": ["invitation.revoked"],
    "origins.add": ["origin.added"],
    "origins.edit": ["origin.edited"],
    "origins.merge": ["origin.merged"],
    "origins.part": ["origin.parted"],
    "origins.set_sourcing": ["desk.sourcing_set"],
    "tracing.accept_copy": ["origin.added", "highlight.traced", "highlight.traced"],
    "tracing.dismiss_copy": ["copy.dismissed"],
    "tracing.reconsider_copy": ["copy.reconsidered"],
    "tracing.trace": ["highlight.traced"],
    "tracing.trace_source": ["origin.added", "source.traced"],
    "parting.merge": ["highlight.merged", "highlight.removed", "claim.edited", "claim.set_aside"],
    "parting.part": ["highlight.parted", "highlight.restored", "claim.edited", "claim.resumed"],
    "parting.split": ["highlight.split", "highlight.marked", "claim.made", "claim.edited"],
    "snapshots.check": ["original.kept", "snapshot.checked"],
    "snapshots.keep": ["original.kept", "snapshot.kept"],
    "snapshots.keep_page": ["original.kept", "snapshot.kept"],
    "blindness.blind_desk": ["desk.blinded"],
    "scales.revise": ["scale.revised"],
    "blindness.unblind_desk": ["desk.unblinded"],
    "sources.add": ["source.added"],
    "sources.edit": ["source.edited"],
    "sources.restore": ["source.restored"],
    "sources.withdraw": ["source.withdrawn"],
    "stories.open_story": ["story.opened"],
    "stories.rename": ["story.renamed"],
    "suggestions.accept": [
        *("words.accepted", "verdict.withdrawn", "claim.edited", "verdict.given", "claim.handed_on"),
    ],
    "suggestions.decline": ["words.declined"],
    "suggestions.suggest": ["words.suggested"],
    "undoing.redo": ["highlight.restored", "claim.resumed"],
    "undoing.undo": ["highlight.removed", "claim.set_aside"],
    "verdicts.approve": ["review.approved", "claim.approved"],
    "verdicts.give": ["verdict.given", "claim.handed_on"],
    "verdicts.send_back": ["review.returned", "claim.returned"],
    "verdicts.withdraw": ["verdict.withdrawn"],
    "versions.take": ["original.kept", "version.taken"],
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exactly_these_events_are_recorded(case: Any, cast: Cast) -> None:
    call = case.call(cast)
    before = last_number(cast)

    call(None)

    assert [event.action for event in since(cast, before)] == EVENTS[case.name]


def test_a_mark_tells_where_and_what(cast: Cast) -> None:
    version = factories.make_version(by=cast.alice)
    before = last_number(cast)

    highlight = factories.make_highlight(by=cast.alice, version=version)

    marked, made = since(cast, before)
    assert highlight.claim
    assert (marked.subject_id, made.subject_id) == (highlight.pk, highlight.claim_id)
    assert marked.data == {
        "version": str(version.pk),
        "start": highlight.start,
        "end": highlight.end,
        "quote": factories.QUOTE,
    }
    assert made.data == {"text": factories.QUOTE, "highlight": str(highlight.pk)}


def test_an_edit_tells_the_words_before_and_after(cast: Cast) -> None:
    claim = factories.edit_claim(factories.make_claim(by=cast.alice), by=cast.alice, claimant="The mayor")
    before = last_number(cast)

    claim = factories.edit_claim(claim, by=cast.bob, text="Four were hurt.", claimant="", assignee=cast.bob.person)

    (event,) = since(cast, before)
    mayor = {"id": str(event.data["before"]["claimant"]["id"]), "name": "The mayor"}
    assert (event.actor_id, event.subject_id) == (cast.bob.person_id, claim.pk)
    assert event.data == {
        "before": {"text": factories.QUOTE, "claimant": mayor, "assignee": None},
        "after": {
            "text": "Four were hurt.",
            "claimant": None,
            "assignee": {"id": str(cast.bob.person_id), "name": "Bob"},
        },
    }


def test_an_approval_tells_its_digest(cast: Cast) -> None:
    claim = factories.make_claim(by=cast.alice, status=Status.IN_REVIEW)
    digest = actions.verdicts.digest_of(claim)
    before = last_number(cast)

    review = actions.verdicts.approve(by=cast.bob, claim=claim, digest=digest)

    approved, moved = since(cast, before)
    assert (approved.subject_id, approved.data["digest"]) == (review.pk, digest)
    assert approved.data["claim"] == {"id": str(claim.pk), "name": str(claim)}
    assert (moved.subject_id, moved.data["after"]["status"]) == (claim.pk, "approved")
    assert moved.data["after"]["approved_digest"] == digest


def test_a_command_adds_an_article_in_no_ones_name(cast: Cast) -> None:
    draft = factories.make_draft(f"Bridge closed\n\n{factories.BODY}")
    before = last_number(cast)

    article = actions.articles.add_by_command(desk=cast.desk, draft=draft, details=OTHER_DETAILS)

    assert {event.actor_id for event in since(cast, before)} == {None}
    assert article.added_by is None


def test_edits_that_change_nothing_record_nothing(cast: Cast) -> None:
    claim = factories.make_claim(by=cast.alice)
    evidence = actions.evidence.add(
        by=cast.alice, claim=claim, source=factories.make_source(by=cast.alice), statement=SAID
    )
    article = factories.make_article(by=cast.alice)
    article = actions.articles.edit(by=cast.alice, article=article, revision=1, details=OTHER_DETAILS)
    story = factories.make_story(by=cast.alice)
    before = last_number(cast)

    factories.edit_claim(claim, by=cast.bob)
    actions.evidence.edit(by=cast.bob, evidence=evidence, revision=1, statement=Statement(**said()))
    actions.articles.edit(by=cast.bob, article=article, revision=2, details=OTHER_DETAILS)
    actions.articles.retype_block(by=cast.bob, version=article.versions.get(), number=1, kind="paragraph")
    actions.stories.rename(by=cast.bob, story=story, revision=1, title=story.title)
    actions.desks.change_role(by=cast.erin, membership=cast.bob, revision=1, role=Role.REVIEWER)

    assert since(cast, before) == []
    assert factories.fresh(evidence).revision == 1
    assert factories.fresh(article).revision == 2


def test_the_id_of_the_request_is_kept_with_what_was_asked(cast: Cast) -> None:
    case = next(case for case in CASES if case.name == "stories.open_story")
    request_id = uuid4()

    case.call(cast)(request_id)

    event = AuditEvent.objects.get(request_id=request_id)
    assert event.data["title"] == "The bridge over the Orm"
    assert len(event.data["asked"]) == 64


def test_more_are_recorded_at_once_than_one_statement_takes(cast: Cast) -> None:
    """PostgreSQL takes 1,664 expressions in one."""
    claim, request_id = factories.make_claim(by=cast.alice), uuid4()
    last = last_number(cast)

    number = record_all(cast.alice, [("claim.noted", claim, {"place": i}) for i in range(1_700)], request_id=request_id)

    events = since(cast, last)
    assert number == last + 1
    assert [event.data["place"] for event in events] == list(range(1_700))
    assert [event.request_id for event in events if event.request_id] == [request_id]


def said() -> dict[str, str]:
    return {"stance": SAID.stance, "kind": SAID.kind, "quote": SAID.quote}


def last_number(cast: Cast) -> int:
    return AuditEvent.objects.filter(desk=cast.desk).latest("number").number


def since(cast: Cast, number: int) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(desk=cast.desk, number__gt=number).order_by("number"))


def test_what_is_done_to_an_article_is_told_to_those_who_have_it_open() -> None:
    nouns = {
        *("article", "block", "carry", "claim", "difference", "evidence", "highlight"),
        *("query", "review", "verdict", "version", "words"),
    }
    told = {verb for verb in SENTENCES if verb.partition(".")[0] in nouns}
    by_the_system = {
        *("article.added", "carry.overtaken", "claim.renewed", "highlight.carried"),
        "highlight.questioned",
    }

    assert told - set(ECHOES) - by_the_system == set(PHRASES)
