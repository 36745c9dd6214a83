"""What comes next to undo and to redo, read from the newest acts alone, is what all of them give."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.actions import highlights as marking
from articles.actions import undoing
from articles.queries import undoing as queries
from articles.queries.undoing import Act, Stack, is_settled, replay
from tests.factories import Cast, make_version

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
CLAIMS = [UUID(int=1), UUID(int=2)]


@st.composite
def histories(draw: st.DrawFn) -> list[Act]:
    """Marks, edits that may be one step with the one before, and undos and redos of any step there is."""
    acts: list[Act] = []
    seconds = 0
    for number in range(1, draw(st.integers(6, 20)) + 1):
        seconds += draw(st.sampled_from([1, 100]))
        found = replay(acts)
        turns = [("undoes", step.number) for step in found.undo] + [("redoes", step.number) for step in found.redo]
        kind = draw(st.sampled_from(["mark", "edit", "edit", *(["turn", "turn"] if turns else [])]))
        action, claim = "highlight.marked", draw(st.sampled_from(CLAIMS))
        data: dict[str, Any] = {}
        if kind == "turn":
            key, step = draw(st.sampled_from(turns))
            data = {key: step}
        elif kind == "edit":
            action, data = "claim.edited", {"before": {"text": str(number - 1)}, "after": {"text": str(number)}}
        acts.append(Act(number, BEGIN + timedelta(seconds=seconds), action, "claim", claim, data))
    return acts


def ends(stack: Stack) -> list[tuple[int, object, tuple[int, ...]] | None]:
    lists = (stack.undo, stack.redo)
    return [(steps[-1].number, steps[-1].done.data, steps[-1].parts) if steps else None for steps in lists]


@given(histories(), st.integers(2, 8))
def test_the_newest_acts_say_what_comes_next_or_that_they_do_not(acts: list[Act], few: int) -> None:
    newest = acts[-few:]
    found = replay(newest)

    if is_settled(newest, found):
        assert ends(found) == ends(replay(acts))


def test_marks_alone_are_settled_by_the_last_two() -> None:
    marks = [Act(number, BEGIN, "highlight.marked", "highlight", UUID(int=number), {}) for number in (7, 8)]

    assert is_settled(marks, replay(marks))
    assert not is_settled(marks[1:], replay(marks[1:]))


def test_what_was_done_before_the_newest_and_undone_among_them() -> None:
    marks = [Act(number, BEGIN, "highlight.marked", "highlight", UUID(int=number), {}) for number in range(1, 5)]
    undone = Act(5, BEGIN, "highlight.removed", "highlight", UUID(int=1), {"undoes": 1})

    assert ends(replay([*marks, undone]))[1] is not None
    assert not is_settled([*marks[1:], undone], replay([*marks[1:], undone]))


@pytest.mark.django_db
@pytest.mark.parametrize("undone", [0, 1, 5])
def test_what_comes_next_in_a_long_history(cast: Cast, undone: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "FEW", 4)
    version = make_version(by=cast.alice)
    article = version.article
    for start in range(6):
        quote = version.text[start : start + 3]
        marking.mark(by=cast.alice, version=version, start=start, end=start + 3, quote=quote)
    for _ in range(undone):
        undoing.undo(by=cast.alice, article=article)

    found = undoing.latest(cast.alice, article)

    assert ends(found) == ends(undoing.stack(cast.alice, article))
    assert (len(found.undo), len(found.redo)) == {0: (4, 0), 1: (2, 1), 5: (1, 5)}[undone]
