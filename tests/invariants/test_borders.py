"""Invariant 2: a highlight whose borders move is its words still, where it counts, and by an event that tells it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from articles import actions
from articles.models import Highlight, Status
from tests import factories
from tests.factories import QUOTE, fresh
from tests.invariants.attacks import refused, run

if TYPE_CHECKING:
    from articles.models import Claim, Membership

SHORTER = "people were hurt"


@pytest.fixture
def highlight(alice: Membership) -> Highlight:
    return factories.make_highlight(by=alice)


def move(highlight: Highlight, by: Membership | None, words: str = SHORTER, **columns: Any) -> None:
    """UPDATE the borders to the first place of these words, and tell it as the action does."""
    start = highlight.version.text.index(words)
    place = {"start": start, "end": start + len(words), "quote": words} | columns
    names = ", ".join(f'"{name}" = %s' for name in place)
    key = (highlight.desk_id, highlight.pk)
    run(
        f"UPDATE articles_highlight SET {names}, revision = revision + 1 WHERE desk_id = %s AND id = %s",
        *place.values(),
        *key,
    )
    if by:
        tell(by, highlight, after={name: place[name] for name in ("start", "end", "quote")})


def tell(by: Membership, highlight: Highlight, **told: Any) -> None:
    before = {"start": highlight.start, "end": highlight.end, "quote": highlight.quote}
    data = json.dumps({"before": before} | told)
    about = (by.desk_id, by.person_id, "highlight.adjusted", "highlight", highlight.pk, data)
    run("SELECT append_event(%s, %s, %s, %s, %s, %s::jsonb, NULL)", *about)


def test_what_is_told_is_moved(alice: Membership, highlight: Highlight) -> None:
    move(highlight, alice)
    run("SET CONSTRAINTS ALL IMMEDIATE")

    assert fresh(highlight).quote == SHORTER


@pytest.mark.parametrize(
    "wrong",
    [{"quote": "people were HURT"}, {"start": 3}, {"end": 90_000}, {"start": 3, "quote": SHORTER + "x"}],
    ids=str,
)
def test_other_words_than_the_texts_are_refused(wrong: dict[str, Any], alice: Membership, highlight: Highlight) -> None:
    with refused("highlight_equals_text"):
        move(highlight, alice, **wrong)


@pytest.mark.parametrize("column", ["start", "end", "quote"])
def test_one_border_alone_is_refused(column: str, alice: Membership, highlight: Highlight) -> None:
    others: dict[str, Any] = {"start": highlight.start, "end": highlight.end, "quote": highlight.quote}
    others[column] = {"start": 3, "end": highlight.end + 1, "quote": SHORTER}[column]

    with refused("highlight_equals_text"):
        move(highlight, alice, **others)


def test_nothing_is_no_highlight(alice: Membership, highlight: Highlight) -> None:
    with refused("highlight_not_empty"):
        move(highlight, alice, end=0, quote="")


def test_a_removed_one_stays(alice: Membership, highlight: Highlight) -> None:
    actions.highlights.remove(by=alice, highlight=highlight)

    with refused("borders_move_where_it_counts"):
        move(highlight, alice)


def test_it_is_not_removed_at_once(alice: Membership, highlight: Highlight) -> None:
    with refused("borders_move_where_it_counts"):
        move(highlight, alice, removed_by_id=alice.person_id, removed_at="2026-01-01")


def test_one_of_an_older_version_stays(alice: Membership, highlight: Highlight) -> None:
    version = highlight.version
    factories.take_version(version.article, f"{version.text} It opens on Friday.", by=alice)

    with refused("borders_move_where_it_counts"):
        move(highlight, alice)


def test_one_that_waits_stays(alice: Membership) -> None:
    carry = factories.make_carry(by=alice)

    with refused("borders_move_where_it_counts"):
        move(carry.highlight, alice)


def test_it_does_not_change_its_claim_with_its_words(alice: Membership, highlight: Highlight) -> None:
    other = factories.make_claim(by=alice)

    with refused("borders_move_where_it_counts"):
        move(highlight, alice, claim_id=other.pk)


def test_it_is_not_moved_without_its_event(alice: Membership, highlight: Highlight) -> None:
    with refused("borders_move_as_told", "change_has_event"):
        move(highlight, None)


def test_an_event_of_something_else_is_not_enough(alice: Membership, highlight: Highlight) -> None:
    other = {"start": 0, "end": 6, "quote": "Bridge"}

    with refused("borders_move_as_told"):
        move(highlight, None)
        tell(alice, highlight, after=other)
    with refused("borders_move_as_told"):
        move(highlight, None)
        after = {"start": highlight.start + 6, "end": highlight.end, "quote": SHORTER}
        tell(alice, highlight, after=after, before=other)


def test_nobody_moves_it_in_no_ones_name(alice: Membership, highlight: Highlight) -> None:
    with refused("borders_move_as_told"):
        move(highlight, None)
        before = {"start": highlight.start, "end": highlight.end, "quote": highlight.quote}
        after = {"start": highlight.start + 6, "end": highlight.end, "quote": SHORTER}
        data = json.dumps({"before": before, "after": after})
        about = (alice.desk_id, "highlight.adjusted", "highlight", highlight.pk, data)
        run("SELECT append_event(%s, NULL, %s, %s, %s, %s::jsonb, NULL)", *about)


def test_what_was_approved_is_not_moved_alone(alice: Membership, approved: Claim) -> None:
    assert approved.status == Status.APPROVED

    with refused("approval_holds"):
        move(approved.highlights.get(), alice)


def test_a_quotation_is_not_left_behind(alice: Membership) -> None:
    evidence = factories.make_passage(by=alice, claim=factories.make_claim(by=alice))
    assert evidence.highlight

    with refused("passage_keeps_its_words"):
        move(evidence.highlight, alice)


def test_a_quotation_that_went_on_is_not_left_behind(alice: Membership) -> None:
    evidence = factories.make_passage(by=alice, claim=factories.make_claim(by=alice))
    assert evidence.highlight
    version = evidence.highlight.version
    later = factories.take_version(version.article, f"{version.text} It opens on Friday.", by=alice)
    went_on = later.highlights.live().get()

    with refused("passage_keeps_its_words"):
        move(went_on, alice)
    assert went_on.quote == QUOTE
