"""What holds for every action: one event with its verb, done once for each request id, refused to who may not."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import connection, transaction

from articles import actions
from articles.errors import AlreadyHere, Refused, Stale
from articles.models import Article, AuditEvent, Membership
from articles.queries.workbench import Opened, bench, bench_as_of, opened
from tests.actions.cases import CASES, Case
from tests.factories import Cast

if TYPE_CHECKING:
    from articles.models import DeskRow

# Tried with the sheets themselves.
ELSEWHERE = {"sheets.open_sheet", "sheets.sign_off"}

every_action = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@every_action
def test_it_records_one_event_about_the_row_it_returns(case: Case, cast: Cast) -> None:
    call, request_id = case.call(cast), uuid4()

    row = call(request_id)

    connection.check_constraints()
    event = AuditEvent.objects.get(request_id=request_id)
    assert (event.action, event.subject_id, event.subject_kind) == (case.verb, row.pk, row._meta.model_name)
    assert event.actor_id in {cast.alice.person_id, cast.bob.person_id, cast.erin.person_id}


@every_action
def test_what_is_kept_of_an_article_is_not_kept_beyond_it(case: Case, cast: Cast) -> None:
    call = case.call(cast)
    for one in _all_opened(cast):
        bench_as_of(one.version, one.hash)

    call(uuid4())

    for one in _all_opened(cast):
        assert bench_as_of(one.version, one.hash).marks == bench(one.version).marks


def _all_opened(cast: Cast) -> list[Opened]:
    articles = Article.objects.filter(desk_id=cast.desk.pk)
    return [found for article in articles if (found := opened(cast.desk.pk, article.pk))]


@every_action
def test_a_repeated_request_is_done_once_and_answered_alike(case: Case, cast: Cast) -> None:
    call, request_id = case.call(cast), uuid4()
    first = call(request_id)
    after = stored(first)

    second = call(request_id)

    assert second == first
    assert stored(second) == after


@every_action
def test_an_id_that_was_used_for_something_else_is_refused(case: Case, cast: Cast) -> None:
    request_id = uuid4()
    actions.stories.open_story(by=cast.alice, title="Something else", request_id=request_id)
    call = case.call(cast)
    before = AuditEvent.objects.count()

    with pytest.raises(Refused, match="already sent for something else"):
        call(request_id)

    assert AuditEvent.objects.count() == before


@every_action
def test_it_is_refused_to_a_reader(case: Case, cast: Cast) -> None:
    told = case.prepare(cast)
    before = AuditEvent.objects.count()

    with pytest.raises(Refused):
        case.action(**(told | {"by": cast.rita}))

    assert AuditEvent.objects.count() == before


@every_action
def test_it_is_refused_to_a_stranger(case: Case, cast: Cast, mallory: Membership) -> None:
    told = case.prepare(cast)
    before = AuditEvent.objects.filter(desk=cast.desk).count()
    if any(hasattr(value, "desk_id") for name, value in told.items() if name != "by"):
        with pytest.raises(Refused, match="your desk"):
            case.action(**(told | {"by": mallory}))

    assert AuditEvent.objects.filter(desk=cast.desk).count() == before


@every_action
def test_a_failure_after_the_event_leaves_nothing(case: Case, cast: Cast) -> None:
    call = case.call(cast)
    before = AuditEvent.objects.count()

    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012  # the transaction is what is tried
        call(None)
        raise ZeroDivisionError

    assert AuditEvent.objects.count() == before


def test_every_action_is_tried() -> None:
    modules = [module for _, module in inspect.getmembers(actions, inspect.ismodule)]
    names = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and hasattr(function, "__wrapped__") and takes_request_id(function)
    }

    assert names - ELSEWHERE == {case.name for case in CASES}


def test_the_same_id_with_other_words_does_not_swallow_them(cast: Cast) -> None:
    said = next(case for case in CASES if case.name == "evidence.add").prepare(cast)
    request_id = uuid4()
    first = actions.evidence.add(**said, request_id=request_id)
    other = replace(said["statement"], quote="Four injured persons were taken to hospital.")

    with pytest.raises(Refused, match="already sent"):
        actions.evidence.add(**(said | {"statement": other}), request_id=request_id)

    assert list(said["claim"].evidence.all()) == [first]


def test_an_old_form_sent_again_with_other_words_is_stale(cast: Cast) -> None:
    told = next(case for case in CASES if case.name == "claims.edit").prepare(cast)
    request_id = uuid4()
    actions.claims.edit(**told, request_id=request_id)

    with pytest.raises(Stale) as caught:
        actions.claims.edit(**(told | {"text": "Nobody was hurt."}), request_id=request_id)

    assert caught.value.yours["text"] == "Nobody was hurt."


def test_the_same_id_of_another_person_is_another_request(cast: Cast) -> None:
    request_id = uuid4()
    actions.stories.open_story(by=cast.alice, title="The bridge", request_id=request_id)

    with pytest.raises(Refused, match="already sent"):
        actions.stories.open_story(by=cast.bob, title="The tunnel", request_id=request_id)


def test_two_desks_may_use_the_same_id(cast: Cast, mallory: Membership) -> None:
    request_id = uuid4()

    ours = actions.stories.open_story(by=cast.alice, title="The bridge", request_id=request_id)
    theirs = actions.stories.open_story(by=mallory, title="The bridge", request_id=request_id)

    assert ours.desk_id != theirs.desk_id


def test_an_article_sent_twice_is_the_first_answer_and_not_already_here(cast: Cast) -> None:
    told = next(case for case in CASES if case.name == "articles.add").prepare(cast)
    request_id = uuid4()
    article = actions.articles.add(**told, request_id=request_id)

    assert actions.articles.add(**told, request_id=request_id) == article
    with pytest.raises(AlreadyHere) as caught:
        actions.articles.add(**told, request_id=uuid4())
    assert caught.value.article == article


def takes_request_id(function: object) -> bool:
    assert callable(function)
    return "request_id" in inspect.signature(function).parameters


def stored(row: DeskRow) -> tuple[object, ...]:
    """All columns of the row as they are stored, and how many events there are."""
    values = type(row)._default_manager.filter(desk_id=row.desk_id, pk=row.pk).values().get()
    return (values, AuditEvent.objects.count())
