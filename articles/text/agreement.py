"""How far people agree who judge the same things apart from each other.

Krippendorff's alpha is 1 - Do / De: the disagreement that is observed, divided by the disagreement that chance would
bring if the same values were dealt out at random. For nominal values, any two that differ disagree alike. It is 1 where
all agree, about 0 where they agree no more than by chance, and below 0 where they agree less. Unlike the percentage it
does not grow because one value is frequent.

Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", Annenberg School for Communication, University of
Pennsylvania, 2011; the coincidence matrix is the one described there.
"""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

type Coincidences[Value] = Mapping[tuple[Value, Value], float]
"""How often one value met another in the same unit; it is the same both ways, and sums up to the number of values."""


def coincidences[Value: Hashable](units: Iterable[Sequence[Value]]) -> Coincidences[Value]:
    """Of units, each with all the values that it was given. A unit with fewer than two says nothing and is left out.

    Of n values in a unit each meets n - 1 others, and each meeting counts 1 / (n - 1).
    """
    met: Counter[tuple[Value, Value]] = Counter()
    for values in units:
        for pair in permutations(values, 2):
            met[pair] += 1 / (len(values) - 1)  # type: ignore[assignment]  # a Counter counts in fractions as well
    return met


def coincidences_of_pairs[Value: Hashable](counts: Mapping[tuple[Value, Value], int]) -> Coincidences[Value]:
    """The same, of two values for each unit: ``counts`` says how many units have the first and the second."""
    met: Counter[tuple[Value, Value]] = Counter()
    for (first, second), number in counts.items():
        met[first, second] += number
        met[second, first] += number
    return met


def alpha[Value: Hashable](met: Coincidences[Value]) -> float | None:
    """Krippendorff's alpha for nominal values; None where it is not defined, because no or only one value was given."""
    totals: Counter[Value] = Counter()
    for (value, _), number in met.items():
        totals[value] += number  # type: ignore[assignment]  # as above
    every = sum(totals.values())
    expected = every**2 - sum(number**2 for number in totals.values())
    if not expected:
        return None
    observed = sum(number for (first, second), number in met.items() if first != second)
    return 1 - (every - 1) * observed / expected


def of_one[Value: Hashable](met: Coincidences[Value], value: Value) -> Coincidences[bool]:
    """The same judgements, where all that matters is whether they were this value."""
    told: Counter[tuple[bool, bool]] = Counter()
    for (first, second), number in met.items():
        told[first == value, second == value] += number  # type: ignore[assignment]  # as above
    return told


def share[Value: Hashable](counts: Mapping[tuple[Value, Value], int]) -> float | None:
    """The share of units, 0 to 1, whose two values are the same; None where there is no unit."""
    every = sum(counts.values())
    return sum(number for (first, second), number in counts.items() if first == second) / every if every else None
