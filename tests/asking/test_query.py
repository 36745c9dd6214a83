"""One query: read, answered, closed, opened again and edited, on its page and in the panel."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from articles import actions
from articles.actions.asking import Asked
from articles.models import AuditEvent, Claim, Membership, Query, QueryAnswer
from tests.claims.asking import HTMX, address, fired, is_panel
from tests.factories import (
    answer_query,
    asked,
    fresh,
    make_claim,
    make_query,
    make_source,
    make_stranger,
    make_version,
    take_version,
)


@pytest.fixture
def query(alice: Membership, bob: Membership, claim: Claim) -> Query:
    """Alice asks Bob."""
    return make_query(by=alice, claim=claim, of=bob)


def sent(**more: Any) -> dict[str, Any]:
    return {"request_id": str(uuid4())} | more


def test_its_page_says_all_of_it(browser_of_alice: Client, query: Query, bob: Membership) -> None:
    answer_query(query, by=bob, words="The police did.")

    text = browser_of_alice.get(address("query", query)).text

    for words in (query.question, "Query to Bob", "The police did.", "answered", str(query.claim)):
        assert words in text


def test_a_reader_reads_and_does_nothing(browser_of_rita: Client, query: Query) -> None:
    page = browser_of_rita.get(address("query", query))

    assert query.question in page.text
    assert "Write an answer down" not in page.text
    for name in ("query-answer", "query-close", "query-edit", "query-reopen"):
        assert browser_of_rita.post(address(name, query), sent(words="No.")).status_code == 403


def test_one_of_another_desk_is_as_good_as_made_up(browser_of_alice: Client, query: Query) -> None:
    stranger = make_stranger()
    theirs = make_query(by=stranger)

    own = address("query", query)
    assert browser_of_alice.get(own.replace(str(query.pk), str(theirs.pk))).status_code == 404
    assert browser_of_alice.get(own.replace(str(query.pk), str(uuid4()))).status_code == 404


def test_words_that_went_on_are_shown_where_they_stand(browser_of_alice: Client, alice: Membership) -> None:
    version = make_version(by=alice)
    query = make_query(by=alice, version=version)
    take_version(version.article, version.text.replace("three people were hurt", "nobody was hurt"), by=alice)

    text = browser_of_alice.get(address("query", query)).text

    assert "three people were hurt" in text


# Answers


def test_a_colleague_answers_here(browser_of_bob: Client, query: Query, bob: Membership) -> None:
    answer = browser_of_bob.post(address("query-answer", query), sent(words="The police did.", means="phone"))

    row = QueryAnswer.objects.get()
    assert answer.headers["Location"] == address("query", query)
    assert (row.words, row.means, row.recorded_by, row.given_on) == (
        *("The police did.", "here", bob.person),
        timezone.localdate(),
    )
    assert fresh(query).status == "answered"


def test_what_somebody_said_is_written_down(browser_of_alice: Client, query: Query, alice: Membership) -> None:
    browser_of_alice.post(
        address("query-answer", query), sent(words="He says: the police.", means="phone", given_on="2026-03-05")
    )

    row = QueryAnswer.objects.get()
    assert (row.means, str(row.given_on), row.recorded_by) == ("phone", "2026-03-05", alice.person)


def test_htmx_gets_the_panel(browser_of_bob: Client, query: Query) -> None:
    answer = browser_of_bob.post(address("query-answer", query), sent(words="The police did."), headers=HTMX)

    assert is_panel(answer)
    assert "The police did." in answer.text
    assert fired(answer) == {"claim:changed": {"claim": str(query.pk)}}


def test_a_form_beside_an_article_leads_back_there(browser_of_bob: Client, query: Query) -> None:
    home = f"/d/{query.desk.slug}/claims/"

    answer = browser_of_bob.post(address("query-answer", query), sent(words="The police did.", next=home))

    assert answer.headers["Location"] == home


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": " "}, "Write down what was answered."),
        ({"means": "here"}, "Select a valid choice"),
        ({"given_on": ""}, "Say on which day it came."),
        ({"given_on": "2999-01-01"}, "This day has not come yet."),
        ({"given_on": "0202-01-01"}, "Choose a day between 1900 and 2999."),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_wrong_with_an_answer_is_said(
    browser_of_alice: Client, query: Query, wrong: dict[str, str], sentence: str, headers: dict[str, str]
) -> None:
    told = sent(words="He says: the police.", means="phone", given_on="2026-03-05") | wrong

    answer = browser_of_alice.post(address("query-answer", query), told, headers=headers)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert wrong.get("words") or "He says: the police." in answer.text
    assert not QueryAnswer.objects.exists()


def test_several_answers_follow_each_other_and_a_repeated_one_does_not(browser_of_bob: Client, query: Query) -> None:
    told = sent(words="The police did.")
    for data in (told, told, sent(words="And the hospital.")):
        browser_of_bob.post(address("query-answer", query), data)

    assert list(query.answers.order_by("id").values_list("words", flat=True)) == [
        "The police did.",
        "And the hospital.",
    ]
    assert AuditEvent.objects.filter(action="query.answered").count() == 2


def test_what_was_closed_meanwhile_takes_no_answer_and_keeps_the_words(
    browser_of_bob: Client, query: Query, alice: Membership
) -> None:
    actions.asking.close(by=alice, query=query, reason="Of no use.")

    answer = browser_of_bob.post(address("query-answer", query), sent(words="The police did."))

    assert answer.status_code == 422
    assert "Open it again" in answer.text
    assert "The police did." in answer.text


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("name", "told"),
    [("query-answer", {"words": "The police did."}), ("query-close", {"revision": 2, "reason": "Of no use."})],
)
def test_what_is_refused_shows_the_query_as_it_is(  # noqa: PLR0917  # pytest fills them in by name
    browser_of_bob: Client,
    query: Query,
    alice: Membership,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    told: dict[str, Any],
    headers: dict[str, str],
) -> None:
    """Alice closes it after Bob's request has read it."""
    act = getattr(actions.asking, name.removeprefix("query-"))

    def overtaken(**given: Any) -> object:
        monkeypatch.undo()
        actions.asking.close(by=alice, query=query, reason="Bob is away.")
        return act(**given)

    monkeypatch.setattr(actions.asking, name.removeprefix("query-"), overtaken)
    answer = browser_of_bob.post(address(name, query), sent(**told), headers=headers)

    assert answer.status_code == 422
    assert "Bob is away." in answer.text
    assert address("query-edit", query) not in answer.text
    assert address("query-reopen", query) in answer.text


# Closed and opened again


def test_it_is_closed_for_a_reason(browser_of_alice: Client, query: Query, alice: Membership) -> None:
    refused = browser_of_alice.post(address("query-close", query), sent(revision=1, reason=""))
    done = browser_of_alice.post(address("query-close", query), sent(revision=1, reason="Bob is away."))

    query = fresh(query)
    assert (refused.status_code, done.status_code) == (422, 302)
    assert "Say why it is closed without an answer." in refused.text
    assert (query.status, query.status_reason, query.status_by) == ("closed", "Bob is away.", alice.person)
    assert "Bob is away." in browser_of_alice.get(address("query", query)).text


def test_what_is_answered_is_closed_without_words(browser_of_alice: Client, query: Query, bob: Membership) -> None:
    answer_query(query, by=bob)

    browser_of_alice.post(address("query-close", query), sent(revision=2))

    assert fresh(query).status == "closed"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_who_closes_it_has_seen_the_answer(
    browser_of_alice: Client, query: Query, bob: Membership, headers: dict[str, str]
) -> None:
    answer_query(query, by=bob, words="The police did.")

    answer = browser_of_alice.post(
        address("query-close", query), sent(revision=1, reason="Nobody answers."), headers=headers
    )

    assert answer.status_code == 409
    assert "The police did." in answer.text
    assert "Nobody answers." in answer.text
    assert fresh(query).status == "answered"


def test_it_is_opened_again_for_a_reason(browser_of_alice: Client, query: Query, alice: Membership) -> None:
    actions.asking.close(by=alice, query=query, reason="Bob is away.")

    refused = browser_of_alice.post(address("query-reopen", query), sent(reason=""))
    done = browser_of_alice.post(address("query-reopen", query), sent(reason="Bob is back."))
    again = browser_of_alice.post(address("query-reopen", query), sent(reason="Bob is back."))

    assert (refused.status_code, done.status_code, again.status_code) == (422, 302, 422)
    assert fresh(query).status == "open"
    assert fresh(query).status_reason == "Bob is back."


# Edited


def changed(query: Query, **typed: Any) -> dict[str, Any]:
    query = fresh(query)
    to = str(query.colleague_id or query.addressee)
    return sent(revision=query.revision, to=to, name=query.name, question=query.question) | typed


def test_it_is_put_to_somebody_else(browser_of_alice: Client, query: Query, erin: Membership) -> None:
    answer = browser_of_alice.post(address("query-edit", query), changed(query, to=str(erin.person_id)))

    assert answer.status_code == 302
    assert fresh(query).colleague == erin.person


def test_whoever_is_asked_may_edit_it_and_stays_asked(browser_of_bob: Client, query: Query, bob: Membership) -> None:
    page = browser_of_bob.get(address("query", query))
    to = page.context["edit_form"]["to"]
    chosen = [option.data["value"] for option in to if option.data["selected"]]

    answer = browser_of_bob.post(
        address("query-edit", query), changed(query, to=chosen[0], question="Who counted them, and when?")
    )

    assert answer.status_code == 302
    assert (fresh(query).colleague, fresh(query).question) == (bob.person, "Who counted them, and when?")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_who_was_slower_gets_both_texts(
    browser_of_alice: Client, query: Query, bob: Membership, erin: Membership, headers: dict[str, str]
) -> None:
    mine = changed(query, question="Who counted them on Tuesday?")
    theirs = asked("Who counted them on Wednesday?", of=erin)
    actions.asking.edit(by=bob, query=query, revision=1, asked=theirs)

    answer = browser_of_alice.post(address("query-edit", query), mine, headers=headers)

    assert answer.status_code == 409
    assert "Wednesday" in answer.text
    assert "Tuesday" in answer.text
    assert "Bob was faster" in answer.text
    assert fresh(query).question == theirs.question


def test_a_source_whose_name_nobody_changes_stays_the_one_it_is(browser_of_alice: Client, alice: Membership) -> None:
    source = make_source(by=alice)
    query = actions.asking.ask(
        by=alice, claim=make_claim(by=alice), asked=Asked(addressee="source", question="Who saw it?", source=source)
    )
    make_source(by=alice, title=source.title)
    told = sent(to="source", name=source.title, question="Who saw it?", due="2026-03-05", revision=1)

    browser_of_alice.post(address("query-edit", query), told)
    assert (fresh(query).source, fresh(query).name, str(fresh(query).due)) == (source, "", "2026-03-05")

    browser_of_alice.post(address("query-edit", query), told | sent(name="The porter", revision=2))
    assert (fresh(query).source, fresh(query).name) == (None, "The porter")


def test_what_was_answered_and_opened_again_is_not_edited(
    browser_of_alice: Client, query: Query, alice: Membership, bob: Membership
) -> None:
    actions.asking.reopen(by=alice, query=answer_query(query, by=bob), reason="There is more.")

    assert "query-edit" not in browser_of_alice.get(address("query", query)).text


def test_it_is_not_opened_again_for_who_left(
    browser_of_alice: Client, query: Query, alice: Membership, bob: Membership, erin: Membership
) -> None:
    actions.asking.close(by=alice, query=query, reason="Nobody knows.")
    actions.desks.remove_member(by=erin, membership=bob)

    answer = browser_of_alice.post(address("query-reopen", query), sent(reason="There is more."))

    assert answer.status_code == 422
    assert "Bob cannot answer on this desk. Ask somebody else." in answer.text
    assert fresh(query).status == "closed"


def test_once_it_is_answered_it_stays(browser_of_alice: Client, query: Query, bob: Membership) -> None:
    answer_query(query, by=bob)

    answer = browser_of_alice.post(address("query-edit", query), changed(query, question="Something else?"))

    assert answer.status_code == 422
    assert "Ask another one." in answer.text


@pytest.mark.parametrize("name", ["query-answer", "query-close", "query-edit", "query-reopen"])
def test_get_is_the_wrong_method(browser_of_alice: Client, query: Query, name: str) -> None:
    assert browser_of_alice.get(address(name, query)).status_code == 405
