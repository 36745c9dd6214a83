"""Overlapping spans to flat runs: what a page needs to mark them without nesting.

Sorting takes n log n for n spans; the sweep is linear in the runs and in the names they carry.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Span[Id: Hashable]:
    """A stretch of text with a name of its own; never empty."""

    start: int
    end: int
    id: Id

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"The span {self.id!r} is empty: [{self.start}, {self.end}).")


# A tuple and not a dataclass: a long article has ten thousand, and these are made in half the time.
class Run[Id: Hashable](NamedTuple):
    """A stretch of text that the same spans cover from its first character to its last.

    `spans` names them, the one that starts first before the others; it is empty in plain text.
    """

    start: int
    end: int
    spans: tuple[Id, ...]


def segment[Id: Hashable](spans: Iterable[Span[Id]], start: int, end: int) -> list[Run[Id]]:
    """The runs of `[start, end)`, in order and without gaps. Spans that reach beyond it are cut."""
    (runs,) = segment_blocks(spans, [(start, end)])
    return runs


def count_covered(spans: Iterable[tuple[int, int]], bounds: Sequence[tuple[int, int]]) -> int:
    """How many runs of the blocks are covered by a span, without making them."""
    change: dict[int, int] = defaultdict(int)
    for start, end in spans:
        change[start] += 1
        change[end] -= 1
    inside: dict[int, int] = {start: 1 for start, _ in bounds} | {end: -1 for _, end in bounds}
    count = depth = within = 0
    for edge in sorted({*change, *inside}):
        depth += change.get(edge, 0)
        within += inside.get(edge, 0)
        count += depth > 0 and within > 0
    return count


def segment_blocks[Id: Hashable](spans: Iterable[Span[Id]], bounds: Sequence[tuple[int, int]]) -> list[list[Run[Id]]]:
    """The runs of each block, in one sweep. Bounds are in order and do not overlap."""
    runs: list[list[Run[Id]]] = [[] for _ in bounds]
    block = 0
    for run in _sweep(spans, bounds):
        while block < len(bounds) and bounds[block][1] <= run.start:
            block += 1
        if block < len(bounds) and bounds[block][0] <= run.start:
            runs[block].append(run)
    return runs


def _sweep[Id: Hashable](spans: Iterable[Span[Id]], bounds: Sequence[tuple[int, int]]) -> Iterator[Run[Id]]:
    """Runs from the first boundary of a span or a block to the last."""
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    opening, closing = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    for number, span in enumerate(ordered):
        opening[span.start].append(number)
        closing[span.end].append(number)
    cuts = sorted({*opening, *closing, *(edge for bound in bounds for edge in bound)})
    covering: dict[int, Id] = {}
    for start, end in pairwise(cuts):
        for number in closing.get(start, ()):
            del covering[number]
        for number in opening.get(start, ()):
            covering[number] = ordered[number].id
        yield Run(start, end, tuple(covering.values()))
