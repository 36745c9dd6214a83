"""Against published examples, the definition written in another way, and values that can be reckoned by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.agreement import alpha, coincidences, coincidences_of_pairs, of_one, share

# "Computing Krippendorff's Alpha-Reliability" (2011), examples A to C: one string for each observer, a dot where there
# is no value.
MEG_AND_OWEN = ("0100000010", "1110010000")
BEN_AND_GERRY = ("aabbdcccedda", "babbbccceddd")
FOUR_OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")

# Two of the tests of the Python package krippendorff (fast-krippendorff, tests/test_krippendorff.py): the example of
# Wikipedia's article, and three people's words for moods.
THREE_CODERS = (".....34121133.3", "1.213343.......", "..21344.21133.4")
MOODS = ("pnu.", "pnup", "pnpp")

judged = st.lists(st.lists(st.sampled_from("abcd"), max_size=5), max_size=12)
pairs = st.dictionaries(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), st.integers(0, 40), max_size=16)


def units_of(observers: tuple[str, ...]) -> list[list[str]]:
    return [[value for value in values if value != "."] for values in zip(*observers, strict=True)]


@pytest.mark.parametrize(
    ("observers", "expected"),
    [
        (MEG_AND_OWEN, "0.095"),
        (BEN_AND_GERRY, "0.692"),
        (FOUR_OBSERVERS, "0.743"),
        (THREE_CODERS, "0.691358"),
        (MOODS, "0.722222"),
    ],
    ids=["binary", "nominal", "nominal, some missing", "three coders", "moods"],
)
def test_published_examples(observers: tuple[str, ...], expected: str) -> None:
    units, places = units_of(observers), len(expected.partition(".")[2])
    found, defined = alpha(coincidences(units)), by_definition(units)

    assert found is not None
    assert defined is not None
    assert f"{found:.{places}f}" == expected
    assert f"{float(defined):.{places}f}" == expected


def by_definition(units: list[list[str]]) -> Fraction | None:
    """1 - Do / De without a matrix, in fractions.

    Do: two values are drawn from one unit, the unit as likely as it has values; how likely do they differ? De: two are
    drawn from all the values of such units; how likely then?
    """
    paired = [unit for unit in units if len(unit) > 1]
    every = [value for unit in paired for value in unit]
    if len(set(every)) < 2:
        return None
    observed = sum((Fraction(len(unit), len(every)) * differing(unit) for unit in paired), Fraction(0))
    return 1 - observed / differing(every)


def differing(values: list[str]) -> Fraction:
    """The share of pairs of these values whose two differ."""
    drawn = list(combinations(values, 2))
    return Fraction(sum(one != other for one, other in drawn), len(drawn))


@given(judged)
def test_it_is_what_its_definition_says(units: list[list[str]]) -> None:
    found, defined = alpha(coincidences(units)), by_definition(units)

    assert (found is None) == (defined is None)
    if found is not None and defined is not None:
        assert found == pytest.approx(float(defined))


@given(judged, st.permutations("abcd"))
def test_what_the_values_are_called_does_not_matter(units: list[list[str]], names: list[str]) -> None:
    called = dict(zip("abcd", names, strict=True))
    others = [[called[value] for value in unit] for unit in units]

    assert alpha(coincidences(others)) == pytest.approx(alpha(coincidences(units)))


@given(judged)
def test_it_is_at_most_one_and_one_only_where_every_unit_agrees(units: list[list[str]]) -> None:
    found = alpha(coincidences(units))

    if found is not None:
        assert found <= 1
        assert (found == 1) == all(len(set(unit)) == 1 for unit in units if len(unit) > 1)


@pytest.mark.parametrize("observers", [MEG_AND_OWEN, BEN_AND_GERRY])
def test_counts_of_pairs_give_the_same(observers: tuple[str, ...]) -> None:
    units = units_of(observers)
    counts = {(a, b): units.count([a, b]) for a, b in map(tuple, units)}

    assert alpha(coincidences_of_pairs(counts)) == alpha(coincidences(units))


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ([], None),
        (["a"], None),
        (["aa", "aa"], None),
        (["aa", "bb"], 1.0),
        (["ab", "ba"], -0.5),
        (["aa", "bb", "c"], 1.0),
        (["ab"], 0.0),
    ],
)
def test_the_ends_of_the_measure(units: list[str], expected: float | None) -> None:
    assert alpha(coincidences(units)) == expected


def test_what_matters_of_one_value() -> None:
    """Of Ben and Gerry: c was given four times by Ben and three by Gerry, as if all else were one value."""
    met = coincidences(units_of(BEN_AND_GERRY))
    others = coincidences([["c" if value == "c" else "-" for value in values] for values in units_of(BEN_AND_GERRY)])

    assert alpha(of_one(met, "c")) == alpha(others)


@given(pairs)
def test_alpha_is_at_most_one_and_one_only_where_all_agree(counts: dict[tuple[str, str], int]) -> None:
    found = alpha(coincidences_of_pairs(counts))

    if found is not None:
        assert found <= 1
        assert (found == 1) == (share(counts) == 1)


@given(pairs)
def test_who_is_the_first_does_not_matter(counts: dict[tuple[str, str], int]) -> None:
    turned = {(b, a): number for (a, b), number in counts.items()}

    assert alpha(coincidences_of_pairs(counts)) == pytest.approx(alpha(coincidences_of_pairs(turned)))


@pytest.mark.parametrize(
    ("counts", "expected"), [({}, None), ({("a", "a"): 3}, 1.0), ({("a", "a"): 3, ("a", "b"): 1}, 0.75)]
)
def test_the_share_that_agrees(counts: dict[tuple[str, str], int], expected: float | None) -> None:
    assert share(counts) == expected
