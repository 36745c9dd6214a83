"""Against the examples that Krippendorff computes himself, and values that can be reckoned by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.agreement import alpha, coincidences, coincidences_of_pairs, of_one, share

# "Computing Krippendorff's Alpha-Reliability" (2011), examples A to C: one string for each observer, a dot where there
# is no value.
MEG_AND_OWEN = ("0100000010", "1110010000")
BEN_AND_GERRY = ("aabbdcccedda", "babbbccceddd")
FOUR_OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")

pairs = st.dictionaries(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), st.integers(0, 40), max_size=16)


def units_of(observers: tuple[str, ...]) -> list[list[str]]:
    return [[value for value in values if value != "."] for values in zip(*observers, strict=True)]


@pytest.mark.parametrize(
    ("observers", "expected"),
    [(MEG_AND_OWEN, 0.095), (BEN_AND_GERRY, 0.692), (FOUR_OBSERVERS, 0.743)],
    ids=["binary", "nominal", "nominal, some missing"],
)
def test_published_examples(observers: tuple[str, ...], expected: float) -> None:
    found = alpha(coincidences(units_of(observers)))

    assert found is not None
    assert round(found, 3) == expected


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
