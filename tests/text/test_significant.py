import time

import pytest
from hypothesis import given

from articles.text.quantities import amount
from articles.text.significant import ChangeKind, significant
from tests.text.strategies import texts
from tests.text.tables import table


@pytest.mark.parametrize("case", table("significant"), ids=lambda case: case["name"])
def test_significant(case):
    changes = significant(case["old"], case["new"])

    assert [[change.kind, change.old, change.new] for change in changes] == case["changes"]


@pytest.mark.parametrize("case", table("significant"), ids=lambda case: case["name"])
def test_the_other_way_round_names_the_same_kinds(case):
    changes = significant(case["new"], case["old"])

    assert sorted(change.kind for change in changes) == sorted(kind for kind, _, _ in case["changes"])


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        *(("80,000", "80000"), ("80.000", "80000"), ("80 000", "80000"), ("80'000", "80000"), ("1,234,567", "1234567")),
        *(("2.5", "2.5"), ("2,5", "2.5"), ("0.125", "0.125"), ("1,234.5", "1234.5"), ("1.234,5", "1234.5"), ("7", "7")),
    ],
)
def test_the_amount_of_a_figure(figure, value):
    assert amount(figure) == value


@given(texts, texts)
def test_a_change_stands_in_the_wordings(old, new):
    for change in significant(old, new):
        assert change.old in old
        assert change.new in new
        assert change.old != change.new
        assert not change.around


@given(texts)
def test_the_same_text_has_no_changes(text):
    assert significant(text, text) == ()


@given(texts, texts)
def test_changes_come_in_the_order_of_their_kinds(old, new):
    kinds = [list(ChangeKind).index(change.kind) for change in significant(old, new)]

    assert kinds == sorted(kinds)


@pytest.mark.parametrize(
    "piece", ["1,", "1 ", "“a", "not ", "A B ", "five ", "1 to ", "June 5 ", "'", "a.b", "9 a.m. "]
)
def test_hostile_text_takes_linear_time(piece):
    started = time.process_time()

    significant(piece * 4_000, piece * 3_900 + "something else " + piece)

    assert time.process_time() - started < 3
