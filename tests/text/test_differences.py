import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.blocks import split
from articles.text.differences import Row, RowKind, Run, RunKind, compare, compare_words
from articles.text.significant import Change, ChangeKind
from tests.text.strategies import texts

HEADLINE = "The bridge is closed"
COUNCIL = "The council met on Monday to talk about the bridge."
ENGINEERS = "Engineers had found cracks in two of its piers a week before."
FERRY = "About 1,200 people will have to travel by ferry until spring."
REPAIRS = "Repairs will cost four million, the mayor told reporters on the quay."

blocks = st.lists(st.sampled_from([HEADLINE, COUNCIL, ENGINEERS, FERRY, REPAIRS, f"{FERRY} {COUNCIL}"]), max_size=8)


def _text(*parts: str) -> str:
    return "\n\n".join(parts)


def _said(rows: tuple[Row, ...]) -> list[tuple[str, bool, str]]:
    """Kind, whether it moved, and the first two words."""
    return [(row.kind, row.moved, " ".join("".join(run.text for run in row.runs).split()[:2])) for row in rows]


def _whole(runs: tuple[Run, ...], without: RunKind) -> str:
    return "".join(run.text for run in runs if run.kind is not without)


def test_words_that_changed():
    assert compare_words("closed for nine days", "closed for two days") == (
        Run(RunKind.SAME, "closed for "),
        Run(RunKind.DROPPED, "nine"),
        Run(RunKind.ADDED, "two"),
        Run(RunKind.SAME, " days"),
    )


def test_a_number_is_one_word():
    assert [run.text for run in compare_words("some 60,000 men", "some 65,000 men") if run.kind != "same"] == [
        "60,000",
        "65,000",
    ]


def test_changes_with_no_word_between_them_are_one():
    runs = compare_words("in the town, at night", "in a village, by day")

    assert [run for run in runs if run.kind is not RunKind.SAME] == [
        Run(RunKind.DROPPED, "the town, at night"),
        Run(RunKind.ADDED, "a village, by day"),
    ]


@given(texts, texts)
def test_runs_give_back_both_texts(old, new):
    runs = compare_words(old, new)

    assert _whole(runs, RunKind.ADDED) == old
    assert _whole(runs, RunKind.DROPPED) == new
    assert all(run.text for run in runs)


def test_equal_texts_are_one_row_a_block():
    text = _text(HEADLINE, COUNCIL)

    assert compare(text, text) == (
        Row(RowKind.SAME, (0, 20), (0, 20), (Run(RunKind.SAME, HEADLINE),)),
        Row(RowKind.SAME, (22, 73), (22, 73), (Run(RunKind.SAME, COUNCIL),)),
    )


def test_a_changed_block_names_its_changes():
    (_, row) = compare(_text(HEADLINE, FERRY), _text(HEADLINE, FERRY.replace("1,200", "1,500")))

    assert row.kind is RowKind.CHANGED
    assert row.changes == (Change(ChangeKind.NUMBER, "1,200", "1,500"),)


def test_added_and_dropped_blocks_stand_where_they_are_read():
    old, new = _text(HEADLINE, COUNCIL, ENGINEERS, REPAIRS), _text(HEADLINE, COUNCIL, FERRY, REPAIRS)

    assert _said(compare(old, new)) == [
        ("same", False, "The bridge"),
        ("same", False, "The council"),
        ("dropped", False, "Engineers had"),
        ("added", False, "About 1,200"),
        ("same", False, "Repairs will"),
    ]


def test_a_moved_block_is_one_row_at_its_new_place():
    old, new = _text(HEADLINE, COUNCIL, ENGINEERS, FERRY), _text(HEADLINE, FERRY, COUNCIL, ENGINEERS)

    assert _said(compare(old, new)) == [
        ("same", False, "The bridge"),
        ("same", True, "About 1,200"),
        ("same", False, "The council"),
        ("same", False, "Engineers had"),
    ]


def test_a_moved_block_may_have_changed_as_well():
    old = _text(HEADLINE, COUNCIL, ENGINEERS, FERRY)
    new = _text(HEADLINE, FERRY.replace("spring", "summer"), COUNCIL, ENGINEERS)

    moved = compare(old, new)[1]

    assert (moved.kind, moved.moved) == (RowKind.CHANGED, True)
    assert moved.changes == (Change(ChangeKind.DATE, "spring", "summer"),)


def test_a_block_cut_in_two_is_one_row():
    rows = compare(_text(HEADLINE, f"{COUNCIL} {ENGINEERS}", FERRY), _text(HEADLINE, COUNCIL, ENGINEERS, FERRY))

    assert [row.kind for row in rows] == ["same", "changed", "same"]
    assert [run for run in rows[1].runs if run.kind != "same"] == [
        Run(RunKind.DROPPED, " "),
        Run(RunKind.ADDED, "\n\n"),
    ]


def test_two_blocks_made_one_are_one_row():
    rows = compare(_text(HEADLINE, COUNCIL, ENGINEERS, FERRY), _text(HEADLINE, f"{COUNCIL} {ENGINEERS}", FERRY))

    assert [row.kind for row in rows] == ["same", "changed", "same"]


def test_a_block_in_other_words_is_dropped_and_added():
    rows = compare(_text(HEADLINE, COUNCIL), _text(HEADLINE, REPAIRS))

    assert [row.kind for row in rows] == ["same", "dropped", "added"]


@given(blocks, blocks)
def test_every_block_of_both_texts_is_in_one_row(before, after):
    old, new = "\n\n".join(before), "\n\n".join(after)

    rows = compare(old, new)

    for text, places in ((old, [row.old for row in rows]), (new, [row.new for row in rows])):
        inside = [place for place in places if place]
        assert sorted(span for span in split(text) if any(a <= span[0] and span[1] <= b for a, b in inside)) == list(
            split(text)
        )
        assert sum(end - start + 2 for start, end in inside) == len(text) + 2
    assert [row.new for row in rows if row.new] == sorted(row.new for row in rows if row.new)


@given(blocks, blocks)
def test_rows_give_back_both_texts(before, after):
    old, new = "\n\n".join(before), "\n\n".join(after)

    for row in compare(old, new):
        assert _whole(row.runs, RunKind.ADDED) == (old[slice(*row.old)] if row.old else "")
        assert _whole(row.runs, RunKind.DROPPED) == (new[slice(*row.new)] if row.new else "")
        assert (row.kind is RowKind.SAME) == (row.old is not None and {run.kind for run in row.runs} <= {RunKind.SAME})


@pytest.mark.parametrize("piece", ["Share\n\n", "a b c d ", "1,200 ", "x", "The town fell. "])
def test_hostile_text_takes_linear_time(piece):
    old = (piece * (100_000 // len(piece))).strip()
    started = time.process_time()

    compare(old, f"Something else. {old[900:]}")

    assert time.process_time() - started < 3


def test_a_long_article():
    chance = random.Random(1)
    words = [f"word{number}" for number in range(3_000)]
    paragraphs = [" ".join(chance.choices(words, k=70)).capitalize() + "." for _ in range(360)]
    after = [paragraph.replace("word7", "other") for paragraph in paragraphs]
    after.insert(10, after.pop(200))
    started = time.process_time()

    rows = compare("\n\n".join(paragraphs), "\n\n".join(after))

    assert time.process_time() - started < 3
    assert [row.moved for row in rows].count(True) == 1
