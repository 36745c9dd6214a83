"""What arrived stays as it came, is read once and settled once; a version's links and pages lie within its text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from articles import actions
from articles.errors import Refused, Stale
from articles.models import Arrival, ArticleVersion, AuditEvent, Membership
from tests import factories
from tests.invariants.attacks import DENIED, change, refused, run, twin


@pytest.fixture
def arrival(alice: Membership) -> Arrival:
    return factories.make_arrival(by=alice)


@pytest.mark.parametrize(
    "column",
    [
        "original_id",
        "batch",
        "method",
        "filename",
        "address",
        "media_type",
        "charset",
        "report",
        "arrived_by_id",
        "arrived_at",
    ],
)
def test_nothing_of_what_came_can_be_written(column: str, arrival: Arrival, alice: Membership) -> None:
    value = getattr(arrival, column)

    with refused(DENIED):
        change(arrival, alice, **{column: json.dumps(value) if isinstance(value, list) else value})


def test_the_owner_could_not_change_what_came_either(arrival: Arrival) -> None:
    guards = run(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'articles_arrival'::regclass AND NOT tgisinternal"
        " AND tgenabled = 'O' ORDER BY tgname"
    )

    names = {name for (name,) in guards}
    assert {"arrival_is_read_once", "what_came_is_kept", "change_has_event", "is_permanent"} <= names


def test_what_was_read_is_not_read_again(arrival: Arrival, alice: Membership) -> None:
    with refused("arrival_is_read_once"):
        change(arrival, alice, draft=json.dumps(arrival.draft | {"text": "Other words."}))

    assert actions.arrivals.keep_draft(by=alice, arrival=arrival, draft=factories.make_draft("Other")) == arrival
    assert factories.fresh(arrival).draft == arrival.draft


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"state": "lost"}, "arrival_state_is_known"),
        ({"state": "added"}, "arrival_added_has_version"),
        ({"failure": "It cannot be read."}, "arrival_read_or_failed"),
        ({"corrections": "{}"}, "arrival_corrections_are_a_list"),
        ({"details": "[]"}, "arrival_details_by_field"),
    ],
)
def test_an_arrival_that_contradicts_itself_is_refused(
    columns: dict[str, Any], constraint: str, arrival: Arrival, alice: Membership
) -> None:
    with refused(constraint):
        change(arrival, alice, **columns)


def test_only_what_is_added_has_a_version(arrival: Arrival, alice: Membership, version: ArticleVersion) -> None:
    with refused("arrival_added_has_version"):
        change(arrival, alice, version_id=version.pk)


def test_what_was_not_read_is_not_corrected(alice: Membership) -> None:
    unread = factories.make_arrival(by=alice, is_read=False)

    with refused("arrival_corrections_of_a_draft"):
        change(unread, alice, corrections='[{"number": 1}]')
    with pytest.raises(Refused, match="not been read"):
        actions.arrivals.merge(by=alice, arrival=unread, revision=1, at=5)


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "waiting", "version_id": None},
        {"details": '{"headline": "Other"}'},
        {"corrections": '[{"number": 9}]'},
    ],
)
def test_what_is_an_article_does_not_change_any_more(
    columns: dict[str, Any], arrival: Arrival, alice: Membership, version: ArticleVersion
) -> None:
    settled = actions.arrivals.settle(by=alice, arrival=arrival, version=version)

    with refused("arrival_is_settled"):
        change(settled, alice, **columns)


def test_no_action_changes_what_is_an_article_by_now(
    arrival: Arrival, alice: Membership, version: ArticleVersion
) -> None:
    settled = actions.arrivals.settle(by=alice, arrival=arrival, version=version)
    events = AuditEvent.objects.count()

    for attempt in (
        lambda: actions.arrivals.merge(by=alice, arrival=settled, revision=3, at=15),
        lambda: actions.arrivals.describe(by=alice, arrival=settled, revision=3, details={}),
        lambda: actions.arrivals.discard(by=alice, arrival=settled),
        lambda: actions.arrivals.restore(by=alice, arrival=settled),
        lambda: actions.arrivals.settle(by=alice, arrival=settled, version=version),
        lambda: actions.arrivals.keep_failure(by=alice, arrival=settled, sentence="No."),
    ):
        with pytest.raises(Refused):
            attempt()

    assert AuditEvent.objects.count() == events


def test_what_is_discarded_is_restored_before_it_is_corrected(arrival: Arrival, alice: Membership) -> None:
    actions.arrivals.discard(by=alice, arrival=arrival)

    with pytest.raises(Refused, match="Restore it first"):
        actions.arrivals.merge(by=alice, arrival=arrival, revision=3, at=15)


def test_every_change_names_the_revision_it_was_made_on(
    arrival: Arrival, alice: Membership, version: ArticleVersion
) -> None:
    actions.arrivals.merge(by=alice, arrival=arrival, revision=2, at=15)

    for attempt in (
        lambda: actions.arrivals.merge(by=alice, arrival=arrival, revision=2, at=15),
        lambda: actions.arrivals.split(by=alice, arrival=arrival, revision=2, at=0, offset=7),
        lambda: actions.arrivals.retype(by=alice, arrival=arrival, revision=2, at=0, kind="caption"),
        lambda: actions.arrivals.take_back(by=alice, arrival=arrival, revision=2, number=1),
        lambda: actions.arrivals.describe(by=alice, arrival=arrival, revision=2, details={"headline": "x"}),
        lambda: actions.arrivals.settle(by=alice, arrival=arrival, revision=2, version=version),
    ):
        with pytest.raises(Stale):
            attempt()


@pytest.mark.parametrize(
    "links",
    [
        "{}",
        "[1]",
        '[[0, 5, ""]]',
        "[[0, 5]]",
        '[[5, 5, "https://orm.example/"]]',
        '[[-1, 5, "https://orm.example/"]]',
        '[[0, 100000, "https://orm.example/"]]',
        '[["0", 5, "https://orm.example/"]]',
        '[[0, 5, "https://orm.example/", 1]]',
        "[[0, 5, null]]",
        '[{"start": 0, "end": 5, "target": "https://orm.example/"}]',
    ],
)
def test_a_link_that_does_not_lie_in_the_text_is_refused(
    links: str, alice: Membership, version: ArticleVersion
) -> None:
    with refused("version_links_within_text"):
        twin(version, alice, number=2, links=json.loads(links))


@pytest.mark.parametrize("pages", ["{}", "[[0]]", '[[-1, "1"]]', '[[100000, "1"]]', "[[0, 1]]", '[["0", "1"]]'])
def test_a_page_that_does_not_begin_in_the_text_is_refused(
    pages: str, alice: Membership, version: ArticleVersion
) -> None:
    with refused("version_pages_within_text"):
        twin(version, alice, number=2, pages=json.loads(pages))


def test_an_unknown_direction_is_refused(alice: Membership, version: ArticleVersion) -> None:
    with refused("version_direction_is_known"):
        twin(version, alice, number=2, direction="up")


def test_links_and_pages_that_fit_are_accepted(alice: Membership, version: ArticleVersion) -> None:
    links, pages = [[0, len(version.text), "https://orm.example/"]], [[0, "1"], [len(version.text) - 1, "2"]]

    twin(version, alice, number=2, links=links, pages=pages, direction="rtl")


@pytest.mark.parametrize(("column", "value"), [("links", "[]"), ("pages", "[]"), ("direction", "rtl")])
def test_links_pages_and_direction_are_frozen_like_the_text(
    column: str, value: str, alice: Membership, version: ArticleVersion
) -> None:
    with refused(DENIED):
        change(version, alice, **{column: value})


def test_the_date_of_an_update_is_as_far_as_it_is_known(alice: Membership) -> None:
    article = factories.make_article(by=alice, updated="2026-03")

    with refused("article_update_is_partial_iso"):
        change(article, alice, updated="June")
