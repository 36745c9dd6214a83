"""Where a span of one text lies in another whose words are not the same, read off their alignment."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from articles.text.alignment import Alignment, Piece, align_words
from articles.text.offsets import trim
from articles.text.wording import Word, plain, weight, words

_ENOUGH = 0.5  # of a span's words must stand together in the new text
_SOME = 0.3
_ENOUGH_ELSEWHERE = 0.65  # where nothing else speaks for the place
_SHORTEST_FUZZY = 20
_SIDE = 120  # characters on each side that speak for a place
_REACH = 300  # how far from it they may have come to stand
_SEEDS = 12
_GAP = 100  # characters that may have come between the words of a short span
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|(?=\n)|[。！？]+")
_STOPS = (".", "!", "?", "…")
_SENTENCE_CUT = re.compile(r"[.!?…:;]+[\"'”’»)\]]*\s+$|\n\s*$|^\s*$|[。！？]\s*$")


class Mapping:
    def __init__(self, old: str, new: str, alignment: Alignment) -> None:
        self.old, self.new, self.alignment = old, new, alignment

    def exact(self, start: int, end: int) -> int | None:
        """Where the alignment puts the span, if its very characters stand there."""
        pieces = self.alignment.within(start, end)
        place = pieces[0].new_start - (pieces[0].start - start) if pieces else -1
        return place if place >= 0 and self.new[place : place + end - start] == self.old[start:end] else None

    def support(self, start: int, end: int, place: int) -> float:
        """How much of what stood on one side of the span stands on that side of the place, from 0 to 1."""
        new_end = place + end - start
        if (start, place) == (0, 0) or (end, new_end) == (len(self.old), len(self.new)):
            return 1.0
        before = self.alignment.within(max(0, start - _SIDE), start)
        after = self.alignment.within(end, min(len(self.old), end + _SIDE))
        return max(
            _share([piece for piece in before if place - _REACH <= piece.new_start < place], _SIDE),
            _share([piece for piece in after if new_end < piece.new_end <= new_end + _REACH], _SIDE),
        )

    def image(self, start: int, end: int) -> tuple[int, int] | None:
        """Where most of the span's words are, or what stands between the words that stood around it."""
        mine = words(self.old, start, end)
        pieces = _together(self.alignment.within(start, end), end - start)
        share = _found(mine, pieces)
        if share < _ENOUGH:
            return self._between(start, end, has_some=share >= _SOME)
        low, high = self.alignment.before(start), self.alignment.after(end)
        bounds = low.new_end if low else 0, high.new_start if high else len(self.new)
        return self._stretched(start, end, pieces, bounds)

    def _between(self, start: int, end: int, *, has_some: bool) -> tuple[int, int] | None:
        """The stretch that took the span's place between the words right before and after it.

        A whole sentence must have some words in common with the one that took its place.
        """
        low, high = self.alignment.before(start), self.alignment.after(end)
        if not low or not high or not self._is_close(low.end, start) or not self._is_close(end, high.start):
            return None
        if not has_some and self._is_sentence(low.start, start, end):
            return None
        a, b = trim(self.new, low.new_end, high.new_start)
        between = self.new[a:b]
        if "\n\n" in between or b - a > 3 * (end - start) + 40 or not _has_words(between):
            return None
        return a, b

    def _is_sentence(self, before: int, start: int, end: int) -> bool:
        return bool(_SENTENCE_CUT.search(self.old[before:start]) and _SENTENCE_END.search(self.old, end - 1, end + 1))

    def _is_close(self, one: int, other: int) -> bool:
        between = self.old[one:other]
        return not _has_words(between) and "\n\n" not in between

    def _stretched(self, start: int, end: int, pieces: list[Piece], bounds: tuple[int, int]) -> tuple[int, int]:
        """The image with what took the place of words at its edges, within its sentence and between its neighbours."""
        a, b = pieces[0].new_start, pieces[-1].new_end
        head, tail = self.old[start : pieces[0].start], self.old[pieces[-1].end : end]
        if _SENTENCE_CUT.search(self.old[max(0, start - 8) : start]):
            a = self._sentence_start(bounds[0], a)
        elif _has_words(head):
            a = max(bounds[0], self._sentence_start(bounds[0], a), a - 3 * len(head) - 40)
        if _SENTENCE_END.match(self.old, end) or _SENTENCE_END.search(self.old, max(start, end - 4), end):
            b = self._sentence_end(b, bounds[1])
        elif _has_words(tail):
            b = min(bounds[1], self._sentence_end(b, bounds[1]), b + 3 * len(tail) + 40)
        return trim(self.new, self._past_marks(a, pieces[0].new_start), b)

    def _past_marks(self, place: int, high: int) -> int:
        while place < high and (self.new[place] in ",;:.!?…)]\\" or self.new[place].isspace()):
            place += 1
        return place

    def _sentence_start(self, low: int, place: int, otherwise: int | None = None) -> int:
        """The start of the sentence at `place`; where it begins before `low`, that or what is given."""
        ends = [match.end() for match in _SENTENCE_END.finditer(self.new, low, place) if match.end() < place]
        return ends[-1] if ends else low if otherwise is None else otherwise

    def _sentence_end(self, place: int, high: int, otherwise: int | None = None) -> int:
        if self.new[place - 1 : place] in _STOPS and _SENTENCE_END.search(self.new, place - 1, place + 1):
            return place
        match = _SENTENCE_END.search(self.new, place, min(len(self.new), high + 1))
        return min(match.end(), high) if match else high if otherwise is None else otherwise

    def elsewhere(self, start: int, end: int) -> tuple[int, int] | None:
        """The place outside the alignment that has most of the span's words in their order; a proposal, no more."""
        if end - start < _SHORTEST_FUZZY:
            return None
        mine = words(self.old, start, end)
        place = self._voted(mine)
        if place is None:
            return None
        reach = end - start
        low, high = max(0, place - reach // 4 - 20), min(len(self.new), place + reach + reach // 4 + 20)
        pieces = _together(align_words(mine, words(self.new, low, high)), reach)
        if _found(mine, pieces) < _ENOUGH_ELSEWHERE:
            return None
        a, b = pieces[0].new_start, pieces[-1].new_end
        bounds = self._sentence_start(low, a, otherwise=a), self._sentence_end(b, high, otherwise=b)
        return self._stretched(start, end, pieces, bounds)

    def _voted(self, mine: Sequence[Word]) -> int | None:
        """Where the span would begin by the most of its threes of words that stand in the new text once or twice."""
        threes = range(0, max(1, len(mine) - 2), max(1, (len(mine) - 2) // _SEEDS))
        votes = Counter[int]()
        folded_old, folded_new = self._folded
        for i in threes:
            last = mine[min(i + 2, len(mine) - 1)]
            seed = folded_old[mine[i].start : last.end]
            first = folded_new.find(seed)
            second = folded_new.find(seed, first + 1) if first >= 0 else -1
            for found in (first, second):
                if found >= 0:
                    votes[(found - mine[i].start + mine[0].start) // 64] += 1
        if not votes:
            return None
        best = max(votes, key=lambda bucket: votes[bucket] + votes.get(bucket + 1, 0))
        return best * 64 + 32

    @cached_property
    def _folded(self) -> tuple[str, str]:
        lower = plain(self.old).lower(), plain(self.new).lower()
        # A few capitals become two small letters; then places would no longer be the same.
        same = len(lower[0]) == len(self.old) and len(lower[1]) == len(self.new)
        return lower if same else (plain(self.old), plain(self.new))


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _share(pieces: Sequence[Piece], of: int) -> float:
    return sum(piece.end - piece.start for piece in pieces) / of


def _found(mine: Sequence[Word], pieces: Sequence[Piece]) -> float:
    """The share of the words that lie in the pieces."""
    total = found = 0
    ends = [piece.end for piece in pieces]
    for word in mine:
        size = weight(word.key)
        total += size
        number = bisect_right(ends, word.start)
        if number < len(pieces) and pieces[number].start <= word.start:
            found += size
    return found / total if total else 0.0


def _together(pieces: Sequence[Piece], length: int) -> list[Piece]:
    """The pieces that stand together in the new text: the group with the most characters."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups and piece.new_start - groups[-1][-1].new_end <= max(_GAP, length):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return _without_marks(max(groups, key=lambda group: _share(group, 1), default=[]))


def _without_marks(pieces: list[Piece]) -> list[Piece]:
    """Without single marks at the ends that do not stand beside their words: a full stop is everywhere."""
    first, last = 0, len(pieces)
    while last - first > 1 and _is_astray(pieces[first], pieces[first + 1], pieces[first]):
        first += 1
    while last - first > 1 and _is_astray(pieces[last - 2], pieces[last - 1], pieces[last - 1]):
        last -= 1
    return pieces[first:last]


def _is_astray(one: Piece, other: Piece, end: Piece) -> bool:
    return end.end - end.start == 1 and other.new_start - one.new_end > 2
