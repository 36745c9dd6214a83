"""A readable difference of two texts, block by block and word by word."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from articles.text.alignment import replaced
from articles.text.blocks import split
from articles.text.pairing import in_order, paired
from articles.text.significant import Change, significant

# White space is a token, so that joined runs give back the text; an address, a number and a word are one each.
_TOKEN = re.compile(r"\s+|https?://[^\s()<>\[\]\"]+|\d+(?:[.,]\d+)*[^\W_]*|[^\W\d_]+(?:['’][^\W\d_]+)*[^\W_]*|.")


type _Spans = Sequence[tuple[int, int]]


class RunKind(StrEnum):
    SAME = "same"
    DROPPED = "dropped"
    ADDED = "added"


class Run(NamedTuple):
    kind: RunKind
    text: str


class RowKind(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the new text beside the one it was, or a block that only one of the texts has.

    `old` and `new` are places in the two texts; where a block was cut in two or two were joined, one of them holds
    more than one block. `runs` are its words in reading order. `moved` blocks stand at their new place.
    """

    kind: RowKind
    old: tuple[int, int] | None
    new: tuple[int, int] | None
    runs: tuple[Run, ...]
    moved: bool = False
    changes: tuple[Change, ...] = ()


def compare(old: str, new: str) -> tuple[Row, ...]:
    """Two canonical texts in the order of the new one; what was dropped follows what it followed."""
    mine, theirs = split(old), split(new)
    pairs = paired([old[a:b] for a, b in mine], [new[a:b] for a, b in theirs])
    kept = in_order(pairs)
    # A dropped block stands after the last block before it that did not move.
    before = sorted((pair.old[1], pair.new[1] - 1) for number, pair in enumerate(pairs) if number in kept)
    rows: list[tuple[float, Row]] = []
    for number, pair in enumerate(pairs):
        row = _row(old, _place(mine, pair.old), new, _place(theirs, pair.new))
        rows.append((pair.new[0], row if number in kept else replace(row, moved=True)))
    rows += [(number, _added(new, theirs[number])) for number in _alone(len(theirs), [pair.new for pair in pairs])]
    rows += [
        (_followed(before, number), _dropped(old, mine[number]))
        for number in _alone(len(mine), [pair.old for pair in pairs])
    ]
    return tuple(row for _, row in sorted(rows, key=lambda numbered: numbered[0]))


def _followed(before: Sequence[tuple[int, int]], number: int) -> float:
    """The place in the new order of the old block with this number: half a step after the one it followed."""
    i = bisect_left(before, (number + 1,))
    return before[i - 1][1] + 0.5 if i else -0.5


def _alone(count: int, together: Iterable[tuple[int, int]]) -> list[int]:
    inside = {number for first, last in together for number in range(first, last)}
    return [number for number in range(count) if number not in inside]


def compare_words(old: str, new: str) -> tuple[Run, ...]:
    """Both texts in one, in reading order; what was dropped stands before what came in its place.

    The runs that were not added give the old text, those that were not dropped the new one. Changes with no word
    between them are one change.
    """
    mine, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    runs: list[Run] = []
    reached = 0
    for dropped, added in _changes(mine, theirs):
        runs.append(Run(RunKind.SAME, "".join(mine[reached : dropped.start])))
        runs.append(Run(RunKind.DROPPED, "".join(mine[dropped])))
        runs.append(Run(RunKind.ADDED, "".join(theirs[added])))
        reached = dropped.stop
    runs.append(Run(RunKind.SAME, "".join(mine[reached:])))
    return tuple(run for run in runs if run.text)


def _changes(old: Sequence[str], new: Sequence[str]) -> list[tuple[slice, slice]]:
    joined: list[tuple[slice, slice]] = []
    for dropped, added in replaced(old, new):
        last = joined[-1] if joined else None
        if last and not any(token[0].isalnum() for token in old[last[0].stop : dropped.start]):
            joined[-1] = slice(last[0].start, dropped.stop), slice(last[1].start, added.stop)
        else:
            joined.append((dropped, added))
    return joined


def _row(old: str, place: tuple[int, int], new: str, new_place: tuple[int, int]) -> Row:
    before, after = old[slice(*place)], new[slice(*new_place)]
    if before == after:
        return Row(RowKind.SAME, place, new_place, (Run(RunKind.SAME, after),))
    return Row(RowKind.CHANGED, place, new_place, compare_words(before, after), changes=significant(before, after))


def _place(spans: _Spans, numbers: tuple[int, int]) -> tuple[int, int]:
    return spans[numbers[0]][0], spans[numbers[1] - 1][1]


def _added(new: str, place: tuple[int, int]) -> Row:
    return Row(RowKind.ADDED, None, place, (Run(RunKind.ADDED, new[slice(*place)]),))


def _dropped(old: str, place: tuple[int, int]) -> Row:
    return Row(RowKind.DROPPED, place, None, (Run(RunKind.DROPPED, old[slice(*place)]),))
