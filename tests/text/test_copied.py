"""Passages of the same words, or of texts that are the same as a whole, may be copies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.copied import Passage, copies, key_of

LONG = "The gate opened at 3:40 a.m. on Tuesday and was shut by hand."


def passage(key: int, work: int, words: str = LONG, text: str = "") -> Passage[int]:
    return Passage(key, work, text or f"text of {work}", words)


@pytest.mark.parametrize(
    ("passages", "groups"),
    [
        ([], []),
        ([passage(1, 1)], []),
        ([passage(1, 1), passage(2, 2)], [[1, 2]]),
        ([passage(1, 1), passage(2, 1)], []),
        ([passage(1, 1), passage(2, 2, "“THE GATE opened at 3:40 a.m. on Tuesday, and was shut by hand”")], [[1, 2]]),
        ([passage(1, 1), passage(2, 2, LONG.replace("3:40", "3:45"))], []),
        ([passage(1, 1, "four were hurt"), passage(2, 2, "four were hurt")], []),
        ([passage(1, 1, "four", "same"), passage(2, 2, "four were hurt", "same")], [[1, 2]]),
        ([passage(1, 1), passage(2, 2), passage(3, 3, "four", "text of 2")], [[1, 2, 3]]),
        ([passage(1, 1, "four", "a"), passage(2, 2), passage(3, 3, LONG, "a")], [[1, 2, 3]]),
        (
            [passage(1, 1), passage(2, 2), passage(3, 3, LONG[::-1]), passage(4, 4, LONG[::-1])],
            [[1, 2], [3, 4]],
        ),
    ],
)
def test_what_may_be_a_copy(passages: list[Passage[int]], groups: list[list[int]]) -> None:
    assert [sorted(one.key for one in group) for group in copies(passages)] == groups


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from([LONG, LONG[::-1], "four"]), st.sampled_from("abcd"))))
def test_each_is_in_one_group_at_most(drawn: list[tuple[int, str, str]]) -> None:
    found = copies(passage(key, work, words, text) for key, (work, words, text) in enumerate(drawn))

    keys = [one.key for group in found for one in group]
    assert len(keys) == len(set(keys))
    assert all(len({one.work for one in group}) > 1 for group in found)


def test_a_key_stands_for_just_these_in_whatever_order() -> None:
    assert key_of([1, 2]) == key_of([2, 1]) != key_of([1, 2, 3])
    assert len(key_of([])) == 64
