"""Where a quotation stands in a text, and how much the surroundings of two places agree."""

import re

from rapidfuzz.distance import Indel

from articles.text.wording import plain

NEAR = 40  # characters looked at on each side
# Any two stretches of English share 0.35 to 0.55 of their letters in order.
AGREES = 0.7
_LEAST = 16  # fewer characters than this agree by chance
MOST_PLACES = 100
_ENDS = re.compile(r"[.!?…]+[\"')\]]*(?=\s)\s+|\n+|[。！？]+")
_LONGEST = 400  # characters of a sentence on either side of a span


def occurrences(quote: str, text: str, most: int = MOST_PLACES) -> list[int]:
    """Where the quotation begins, overlapping ones included; no more than `most` and one."""
    places: list[int] = []
    place = text.find(quote)
    while place >= 0 and len(places) <= most:
        places.append(place)
        place = text.find(quote, place + 1)
    return places


class Surroundings:
    """Both texts in plain typography, so that a changed quotation mark nearby does not count as another place."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = plain(old), plain(new)

    def agreement(self, start: int, end: int, new_start: int, new_end: int) -> tuple[float, float]:
        """Likeness of what stands before and of what stands after, each from 0 to 1; 0 where too little stands."""
        return (
            _likeness(self.old[max(0, start - NEAR) : start], self.new[max(0, new_start - NEAR) : new_start]),
            _likeness(self.old[end : end + NEAR], self.new[new_end : new_end + NEAR]),
        )

    def are_other(self, start: int, end: int, new_start: int, new_end: int) -> bool:
        """Whether anything but the span itself differs in the sentence that holds it."""
        if self._around(self.old, start, end) == self._around(self.new, new_start, new_end):
            return False
        before, after = self.sentence(self.old, start, end), self.sentence(self.new, new_start, new_end)
        return self.old[slice(*before)] != self.new[slice(*after)]

    @staticmethod
    def _around(text: str, start: int, end: int) -> tuple[str, str]:
        return text[max(0, start - _LONGEST) : start], text[end : end + _LONGEST]

    @staticmethod
    def sentence(text: str, start: int, end: int) -> tuple[int, int]:
        """From the start of the sentence in which the span starts to the end of that in which it ends, in its block."""
        first = max((match.end() for match in _ENDS.finditer(text, max(0, start - _LONGEST), start)), default=None)
        last = _ENDS.search(text, max(start, end - 2), end + _LONGEST)
        low = max(0, start - _LONGEST) if first is None else first
        return min(low, start), max(end, last.start() + len(last[0].rstrip())) if last else min(
            len(text), end + _LONGEST
        )


def _likeness(one: str, other: str) -> float:
    if min(len(one), len(other)) < _LEAST:
        return 0.0
    return 1.0 if one == other else Indel.normalized_similarity(one, other)
