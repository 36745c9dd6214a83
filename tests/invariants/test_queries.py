"""A query is put to somebody about one thing, moves in somebody’s name, and stays as asked once it is answered."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from articles import actions
from articles.errors import Refused
from articles.models import AuditEvent, Claim, Highlight, Membership, Notice, Query, QueryAnswer, QueryStatus
from tests import factories
from tests.invariants.attacks import DENIED, change, refused, run, tell, twin


@pytest.fixture
def claim(alice: Membership) -> Claim:
    return factories.make_claim(by=alice)


@pytest.fixture
def query(alice: Membership, bob: Membership, claim: Claim) -> Query:
    """Alice asks Bob."""
    return factories.make_query(by=alice, claim=claim, of=bob)


@pytest.fixture
def about_words(alice: Membership) -> Query:
    return factories.make_query(by=alice, version=factories.make_version(by=alice))


def closed(query: Query, by: Membership) -> Query:
    return actions.asking.close(by=by, query=query, reason="Nobody knows.")


# To whom, about what


def test_it_is_about_one_thing(query: Query, about_words: Query, alice: Membership) -> None:
    with refused("query_on_one_thing"):
        twin(query, alice, highlight_id=about_words.highlight_id)
    with refused("query_on_one_thing"):
        twin(query, alice, claim_id=None)


@pytest.mark.parametrize(
    "columns",
    [
        {"addressee": "author"},
        {"colleague_id": None},
        {"name": "Lena Corvi"},
        {"addressee": "source", "colleague_id": None},
        {"addressee": "source", "colleague_id": None, "name": " "},
        {"addressee": "everybody", "colleague_id": None},
    ],
)
def test_it_is_put_to_somebody(query: Query, alice: Membership, columns: dict[str, Any]) -> None:
    with refused("query_to_somebody"):
        change(query, alice, **columns)


def test_it_is_put_to_another(claim: Claim, query: Query, alice: Membership) -> None:
    with pytest.raises(Refused, match="to yourself"):
        factories.make_query(by=alice, claim=claim, of=alice)
    with refused("query_to_another"):
        change(query, alice, colleague_id=alice.person_id)


def test_whoever_edits_it_does_not_put_it_back_to_who_asked(query: Query, alice: Membership, bob: Membership) -> None:
    with pytest.raises(Refused, match="not put to the person who asks"):
        actions.asking.edit(by=bob, query=query, revision=1, asked=factories.asked(of=alice))


def test_a_reader_and_who_left_are_not_asked(claim: Claim, alice: Membership, rita: Membership) -> None:
    with pytest.raises(Refused, match="cannot answer on this desk"):
        factories.make_query(by=alice, claim=claim, of=rita)


def test_it_asks_something(query: Query, alice: Membership) -> None:
    with pytest.raises(Refused, match="Write what you want to know"):
        factories.make_query(by=alice, claim=query.claim, question=" ")
    with refused("query_has_question"):
        change(query, alice, question=" \n")


def test_it_is_asked_in_ones_own_name(query: Query, alice: Membership, bob: Membership) -> None:
    with refused("done_in_own_name"):
        twin(query, bob, colleague_id=bob.person_id)


# How it goes on


def test_its_status_is_known_and_begins_open(query: Query, alice: Membership) -> None:
    with refused("query_status_is_known"):
        change(query, alice, status="lost", status_reason="Why not.")
    with refused("query_moves"):
        twin(query, alice, status="closed", status_reason="Why not.")


def test_it_is_answered_by_an_answer(query: Query, alice: Membership) -> None:
    with refused("query_answered_by_an_answer"):
        change(query, alice, status="answered")


def test_without_an_answer_it_is_closed_for_a_reason(query: Query, alice: Membership, bob: Membership) -> None:
    with pytest.raises(Refused, match="Say why"):
        actions.asking.close(by=alice, query=query)
    with refused("query_closed_for_a_reason"):
        change(query, alice, status="closed", status_reason=" ")

    answered = factories.answer_query(query, by=bob)
    assert actions.asking.close(by=alice, query=answered).status == QueryStatus.CLOSED


def test_who_did_it_is_who_the_event_names(query: Query, alice: Membership, bob: Membership) -> None:
    with refused("done_in_own_name"):
        change(query, alice, status="closed", status_reason="Why not.", status_by_id=bob.person_id)
    with refused("query_moves"):
        change(query, bob, status_by_id=bob.person_id)


def test_what_was_asked_stays_once_it_is_answered(query: Query, alice: Membership, bob: Membership) -> None:
    query = factories.answer_query(query, by=bob)

    with pytest.raises(Refused, match="as it stands"):
        actions.asking.edit(by=alice, query=query, revision=2, asked=factories.asked("Something else?"))
    with refused("query_stays_as_asked"):
        change(query, alice, question="Something else?")
    with refused("query_stays_as_asked"):
        change(query, alice, question="Something else?", status="open", status_by_id=alice.person_id)

    query = actions.asking.reopen(by=alice, query=query, reason="There is more.")
    with pytest.raises(Refused, match="as it stands"):
        actions.asking.edit(by=alice, query=query, revision=3, asked=factories.asked("Something else?"))
    with refused("query_stays_as_asked"):
        change(query, alice, question="Something else?")


def test_it_stays_on_its_claim_and_is_never_deleted(query: Query, alice: Membership) -> None:
    other = factories.make_claim(by=alice)
    with refused(DENIED):
        change(query, alice, claim_id=other.pk)
    with refused(DENIED):
        change(query, alice, asked_at=timezone.now())
    with refused(DENIED):
        run("DELETE FROM articles_query WHERE id = %s", query.pk)


def test_no_change_without_its_event(query: Query) -> None:
    with refused("change_has_event", "change_is_told"):
        run("UPDATE articles_query SET question = 'When?', revision = revision + 1 WHERE id = %s", query.pk)
    with refused("revision_grows"):
        run("UPDATE articles_query SET question = 'When?' WHERE id = %s", query.pk)


# Answers


@pytest.fixture
def answer(query: Query, bob: Membership) -> QueryAnswer:
    """Bob's own."""
    return factories.answer_query(query, by=bob).answers.get()


def test_an_answer_says_something_by_a_known_means(answer: QueryAnswer, query: Query, bob: Membership) -> None:
    with pytest.raises(Refused, match="Write down what was answered"):
        factories.answer_query(query, by=bob, words="\n")
    with refused("answer_has_words"):
        twin(answer, bob, words=" ")
    with refused("answer_means_is_known"):
        twin(answer, bob, means="by pigeon")


def test_only_who_was_asked_answers_here(answer: QueryAnswer, query: Query, alice: Membership) -> None:
    told: dict[str, Any] = {"words": "I did.", "means": "here", "given_on": timezone.localdate()}
    with pytest.raises(Refused, match="you were not asked yourself"):
        actions.asking.answer(by=alice, query=query, **told)
    with refused("answer_here_is_ones_own"):
        twin(answer, alice, recorded_by_id=alice.person_id)


def test_an_answer_has_its_event_in_the_name_of_who_wrote_it_down(
    answer: QueryAnswer, query: Query, alice: Membership, bob: Membership
) -> None:
    own = uuid4()
    columns = "id, desk_id, query_id, words, means, given_on, recorded_by_id, recorded_at"
    copied = f"INSERT INTO articles_queryanswer ({columns}) SELECT %s, desk_id, query_id, words, 'phone', given_on,"
    copied += " recorded_by_id, recorded_at FROM articles_queryanswer WHERE id = %s"
    with refused("answer_has_event"):
        run(copied, own, answer.pk)
        tell(bob, query.pk, kind="query")
    with refused("answer_has_event"):
        run(copied, own, answer.pk)
        tell(alice, query.pk, kind="query", answer=own)
    run(copied, own, answer.pk)
    tell(bob, query.pk, kind="query", answer=own)
    connection.check_constraints()


def test_an_answer_never_changes(answer: QueryAnswer) -> None:
    for statement in ("UPDATE articles_queryanswer SET words = 'No.'", "DELETE FROM articles_queryanswer"):
        with refused(DENIED):
            run(statement)


def test_what_is_closed_takes_no_answer(query: Query, answer: QueryAnswer, alice: Membership, bob: Membership) -> None:
    query = closed(factories.fresh(query), alice)

    with pytest.raises(Refused, match="is closed"):
        factories.answer_query(query, by=bob)
    with refused("answer_to_what_is_not_closed"):
        twin(answer, bob)


# Words


def test_words_about_which_something_is_asked_stay_marked(about_words: Query, bob: Membership) -> None:
    highlight = about_words.highlight
    assert highlight

    with pytest.raises(Refused, match="Close it first"):
        actions.highlights.remove(by=bob, highlight=highlight)
    with refused("query_keeps_its_words"):
        change(highlight, bob, removed_at=timezone.now(), removed_by_id=bob.person_id)

    closed(about_words, bob)
    actions.highlights.remove(by=bob, highlight=highlight)
    connection.check_constraints()


def test_they_come_back_when_it_is_asked_again(about_words: Query, alice: Membership, bob: Membership) -> None:
    assert about_words.highlight
    query = closed(about_words, bob)
    actions.highlights.remove(by=bob, highlight=about_words.highlight)

    with refused("query_keeps_its_words"):
        change(query, alice, status="open", status_by_id=alice.person_id)
    actions.asking.reopen(by=alice, query=factories.fresh(query), reason="Somebody knows.")

    connection.check_constraints()
    assert Highlight.objects.live().filter(pk=about_words.highlight.pk).exists()


def test_a_query_stands_on_the_words_that_a_person_marked(about_words: Query, alice: Membership) -> None:
    assert about_words.highlight
    version = about_words.highlight.version
    factories.take_version(version.article, f"{version.text} It opens on Friday.", by=alice)
    later = Highlight.objects.get(first=about_words.highlight)

    with refused("query_on_the_first"):
        twin(about_words, alice, highlight_id=later.pk)
    with refused("query_on_the_first"):
        twin(about_words, alice, highlight_id=factories.make_highlight(by=alice).pk)
    with pytest.raises(Refused, match="Close it first"):
        actions.highlights.remove(by=alice, highlight=later)
    with refused("query_keeps_its_words"):
        change(later, alice, removed_at=timezone.now(), removed_by_id=alice.person_id)


# Notices


def test_a_notice_is_about_one_thing(query: Query, bob: Membership, claim: Claim) -> None:
    notice = Notice.objects.get(person=bob.person)
    assert (notice.query, notice.claim, notice.kind) == (query, None, "asked")

    with refused("notice_about_one_thing"):
        twin(notice, bob, claim_id=claim.pk)
    with refused("notice_about_one_thing"):
        twin(notice, bob, query_id=None)


def test_the_history_tells_all_of_it(query: Query, bob: Membership) -> None:
    factories.answer_query(query, by=bob, words="The police.")

    event = AuditEvent.objects.get(action="query.answered")
    assert (event.subject_id, event.actor_id, event.data["words"]) == (query.pk, bob.person_id, "The police.")
    assert event.data["after"]["status"] == "answered"
