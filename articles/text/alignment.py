"""What two texts have in common and in the same order: whole sentences first, words where sentences differ.

Sentences that are the same are found as such, so that the words of a long text are read only near its changes.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from articles.text.wording import Word, is_word, words

# Rough on purpose: a cut too many costs nothing, and both texts are cut by the same rule.
_CUT = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+|\n+|[。！？]+")
# Two lists are compared in one table of bits up to this size (about 10 ms); longer ones are cut first.
_LARGEST_TABLE = 4_000_000
# Beyond this a stretch without a single word of its own to cut at is taken as rewritten.
_LARGEST_UNCUT = 400_000_000


class Run(NamedTuple):
    """`size` items from `old` on in the one list are those from `new` on in the other."""

    old: int
    new: int
    size: int


class Piece(NamedTuple):
    """A stretch of the old text and where the same words, typography and case apart, stand in the new one."""

    start: int
    end: int
    new_start: int
    new_end: int


class Gap(NamedTuple):
    """What stands between two stretches of equal sentences."""

    old: tuple[int, int]
    new: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pieces in text order, none overlapping another in either text."""

    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def within(self, start: int, end: int) -> list[Piece]:
        """The pieces that share a character with `[start, end)`, cut to it where they are longer."""
        reach = slice(bisect_right(self.ends, start), bisect_left(self.starts, end))
        return [_cut(piece, start, end) for piece in self.pieces[reach]]

    def before(self, place: int) -> Piece | None:
        """The last piece that ends at `place` or before, or the part before it of one that goes on."""
        number = bisect_left(self.starts, place) - 1
        return _cut(self.pieces[number], 0, place) if number >= 0 else None

    def after(self, place: int) -> Piece | None:
        number = bisect_right(self.ends, place)
        return _cut(self.pieces[number], place, self.ends[-1]) if number < len(self.pieces) else None


def _cut(piece: Piece, start: int, end: int) -> Piece:
    """Inside a piece the texts are equal, character for character, as far as places go, with the rarest exceptions."""
    if piece.end - piece.start != piece.new_end - piece.new_start:
        return piece
    head, tail = max(0, start - piece.start), max(0, piece.end - end)
    return Piece(piece.start + head, piece.end - tail, piece.new_start + head, piece.new_end - tail)


def align(old: str, new: str) -> Alignment:
    mine, theirs = _sentences(old), _sentences(new)
    equal = equal_runs([old[a:b] for a, b in mine], [new[a:b] for a, b in theirs])
    pieces: list[Piece] = []
    for run, gap in _with_gaps(equal, mine, theirs, (len(old), len(new))):
        pieces += align_words(words(old, *gap.old), words(new, *gap.new))
        pieces += (Piece(*mine[run.old + i], *theirs[run.new + i]) for i in range(run.size))
    return Alignment(tuple(pieces), tuple(piece.start for piece in pieces), tuple(piece.end for piece in pieces))


def equal_runs(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """The longest list that both hold in the same order, as runs from first to last.

    Time is about linear: lists too long for one table are cut at items that each of them has once.
    """
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    runs = [Run(0, 0, head), *_shifted(_middle(middle_old, middle_new), head, head)]
    runs.append(Run(len(old) - tail, len(new) - tail, tail))
    return _joined(run for run in runs if run.size)


def replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[slice, slice]]:
    """What stands between the equal runs: what was dropped with what came in its place; one of them may be empty."""
    a = c = 0
    for run in [*equal_runs(old, new), Run(len(old), len(new), 0)]:
        if run.old > a or run.new > c:
            yield slice(a, run.old), slice(c, run.new)
        a, c = run.old + run.size, run.new + run.size


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    shortest = min(len(old), len(new))
    return next((i for i in range(shortest) if old[i] != new[i]), shortest)


def _shifted(runs: Iterator[Run], old: int, new: int) -> Iterator[Run]:
    return (Run(run.old + old, run.new + new, run.size) for run in runs)


def _middle(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    size = len(old) * len(new)
    if not size:
        return
    corners = [] if size <= _LARGEST_TABLE else _corners(old, new)
    if not corners:
        if size <= _LARGEST_UNCUT:
            yield from _table(old, new)
        return
    for (a, c), (b, d) in pairwise([(-1, -1), *corners, (len(old), len(new))]):
        yield from _shifted(iter(equal_runs(old[a + 1 : b], new[c + 1 : d])), a + 1, c + 1)
        if b < len(old):
            yield Run(b, d, 1)


def _table(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    for step in LCSseq.opcodes(old, new):
        if step.tag == "equal":
            yield Run(step.src_start, step.dest_start, step.src_end - step.src_start)


def _corners(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of items that both lists hold once, as many as keep their order."""
    once = _once(new)
    pairs = [(place, once[item]) for item, place in _once(old).items() if item in once]
    pairs.sort()
    return [pairs[i] for i in longest_rise([new_place for _, new_place in pairs])]


def _once(items: Sequence[str]) -> dict[str, int]:
    counts = Counter(items)
    return {item: place for place, item in enumerate(items) if counts[item] == 1}


def longest_rise(numbers: Sequence[int]) -> list[int]:
    """Which of the numbers, all different, form the longest list that only rises."""
    ends: list[int] = []
    last: list[int] = []
    before = [-1] * len(numbers)
    for i, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before[i] = last[length - 1] if length else -1
        if length == len(ends):
            ends.append(number)
            last.append(i)
        ends[length], last[length] = number, i
    chain = []
    i = last[-1] if last else -1
    while i >= 0:
        chain.append(i)
        i = before[i]
    return chain[::-1]


def _joined(runs: Iterator[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].old + joined[-1].size == run.old and joined[-1].new + joined[-1].size == run.new:
            joined[-1] = Run(joined[-1].old, joined[-1].new, joined[-1].size + run.size)
        else:
            joined.append(run)
    return joined


def _sentences(text: str) -> list[tuple[int, int]]:
    """Without the white space after them: a sentence that becomes the last of its paragraph is still the same."""
    spans = []
    start = 0
    for cut in _CUT.finditer(text):
        end = cut.start() + len(cut[0].rstrip())
        if end > start:
            spans.append((start, end))
        start = cut.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _with_gaps(
    equal: list[Run], old: list[tuple[int, int]], new: list[tuple[int, int]], lengths: tuple[int, int]
) -> Iterator[tuple[Run, Gap]]:
    """Each run of equal sentences with what stands before it; an empty run at last."""
    a = c = 0
    for run in [*equal, Run(len(old), len(new), 0)]:
        b = old[run.old][0] if run.old < len(old) else lengths[0]
        d = new[run.new][0] if run.new < len(new) else lengths[1]
        yield run, Gap((a, max(a, b)), (c, max(c, d)))
        if run.size:
            a, c = old[run.old + run.size - 1][1], new[run.new + run.size - 1][1]


def align_words(old: Sequence[Word], new: Sequence[Word]) -> list[Piece]:
    """Words that both have in the same order, without those that stand far from all others."""
    if not old or not new:
        return []
    runs = equal_runs([word.key for word in old], [word.key for word in new])
    return [
        Piece(mine.start, mine.end, theirs.start, theirs.end)
        for run in _without_chance(runs, old, (len(old), len(new)))
        for mine, theirs in zip(old[run.old : run.old + run.size], new[run.new : run.new + run.size], strict=True)
    ]


def _without_chance(runs: list[Run], old: Sequence[Word], lengths: tuple[int, int]) -> list[Run]:
    """Without the short runs far from all others: any two texts share a "the" and a full stop somewhere."""
    kept = []
    edges = [Run(0, 0, 0), *runs, Run(*lengths, 0)]
    for before, run, after in zip(edges, runs, edges[2:], strict=False):
        alone = min(_distance(before, run), _distance(run, after))
        size = sum(is_word(word.key) for word in old[run.old : run.old + run.size])
        if alone <= (4 * size or 1):
            kept.append(run)
    return kept


def _distance(before: Run, after: Run) -> int:
    return max(after.old - before.old - before.size, after.new - before.new - before.size)
