"""Carry spans from one version of a text to another: anchored, changed, ambiguous or orphaned.

Only `anchored` may be moved without a person: the words are identical, character for character, and their place is
certain. A place is certain when its surroundings agree, or when the words are so many that they tell it themselves, and
when no other place could be meant. Everything else is a proposal, and whatever its score says, a person decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from rapidfuzz.distance import Indel

from articles.text.alignment import align
from articles.text.mapping import Mapping
from articles.text.significant import Change, ChangeKind, significant
from articles.text.surroundings import AGREES, MOST_PLACES, NEAR, Surroundings, occurrences


class Outcome(StrEnum):
    ANCHORED = "anchored"
    CHANGED = "changed"
    AMBIGUOUS = "ambiguous"
    ORPHANED = "orphaned"


class Method(StrEnum):
    """How the place was found, the surest first."""

    SAME_TEXT = "same_text"
    UNIQUE = "unique"
    MAPPED = "mapped"
    CONTEXT = "context"
    FUZZY = "fuzzy"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a span.

    `start` and `end` are its place in the new text, or the likeliest one; None when it is gone. `score` is the
    likeness of the words from 0 to 1. `candidates` are all possible places of an ambiguous span, in text order.
    """

    outcome: Outcome
    method: Method
    score: float
    start: int | None
    end: int | None
    candidates: tuple[tuple[int, int], ...] = ()
    changes: tuple[Change, ...] = ()


_ORPHANED = Carried(Outcome.ORPHANED, Method.NONE, 0.0, None, None)
# So many characters tell their place by themselves when they stand once in each text.
_TELLING = 80
# Of two places with identical words the better one must agree so much more with the old one, of 2 at most.
_CLEARLY = 0.3
_BARELY = 0.05  # where both sides are all but equal
_ALL_BUT_EQUAL = 1.95
_SHORT = 20  # characters, of which only letters and figures count where the words differ
_MOST_COMPARED = 50  # places of the old text with identical words
_MOST_CANDIDATES = 50
_WIDE = 600  # characters on either side
# What turns identical words into another statement when it changes elsewhere in their sentence.
_DECIDES = frozenset((ChangeKind.NEGATION, ChangeKind.QUOTATION))


def carry(old: str, new: str, spans: Sequence[tuple[int, int]]) -> list[Carried]:
    """What became of each span, in the order given. Work is shared: ask for all spans of a version in one call.

    ValueError: a span is empty or does not lie in the old text.
    """
    for start, end in spans:
        if not 0 <= start < end <= len(old):
            raise ValueError(f"[{start}, {end}) is empty or does not lie in a text of {len(old)} characters.")
    if old == new:
        return [Carried(Outcome.ANCHORED, Method.SAME_TEXT, 1.0, start, end) for start, end in spans]
    carrier = _Carrier(old, new)
    return [carrier.carry(start, end) for start, end in spans]


class _Carrier:
    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.surroundings = Surroundings(old, new)
        self.mapping = Mapping(old, new, align(old, new))
        # Highlights of one sentence ask the same.
        self._significant = cache(significant)

    def carry(self, start: int, end: int) -> Carried:
        return self._exact(start, end) or self._changed(start, end) or _ORPHANED

    def _exact(self, start: int, end: int) -> Carried | None:
        quote = self.old[start:end]
        places = occurrences(quote, self.new)
        if not places:
            return None
        others = [place for place in occurrences(quote, self.old) if place != start]
        mapped = self.mapping.exact(start, end)
        if len(places) == 1 and not others:
            return self._unique(start, end, places[0], mapped)
        told = self._told_by_surroundings(start, end)
        if told is not None:
            return self._anchored(Method.MAPPED if told == mapped else Method.CONTEXT, start, end, told)
        if max(len(places), len(others)) > MOST_PLACES:
            return self._ambiguous(end - start, places, places[0] if mapped is None else mapped)
        return self._among(start, end, places, others, mapped)

    def _told_by_surroundings(self, start: int, end: int) -> int | None:
        """The place of the span with what stands around it, when that stands once in either text."""
        low = max(0, start - NEAR)
        wide = self.old[low : end + NEAR]
        place = self.new.find(wide)
        if len(wide) < end - start + NEAR or place < 0 or self.new.find(wide, place + 1) >= 0:
            return None
        return place + start - low if self.old.find(wide) == low and self.old.find(wide, low + 1) < 0 else None

    def _unique(self, start: int, end: int, place: int, mapped: int | None) -> Carried:
        if end - start >= _TELLING or max(self._agreement(start, end, place)) >= AGREES:
            return self._anchored(Method.UNIQUE, start, end, place)
        if mapped == place and self._is_supported(start, end, place):
            return self._anchored(Method.MAPPED, start, end, place)
        return self._ambiguous(end - start, [place], place)

    def _among(self, start: int, end: int, places: list[int], others: list[int], mapped: int | None) -> Carried | None:
        """With identical words in several places of either text: where the surroundings, or else the order, tell."""
        free = [place for place in places if not self._is_taken(start, end, place, others)]
        if not free:
            return None
        scores = {place: self._closeness(start, end, place) for place in free}
        best = mapped if mapped in scores else max(free, key=lambda place: scores[place])
        rivals = [scores[place] for place in free if place != best]
        rivals += [self._closeness(other, other + end - start, best) for other in others[:_MOST_COMPARED]]
        margin = scores[best] - max(rivals)
        is_sure = max(self._agreement(start, end, best)) >= AGREES
        if is_sure and margin >= (_BARELY if scores[best] >= _ALL_BUT_EQUAL else _CLEARLY):
            return self._anchored(Method.MAPPED if best == mapped else Method.CONTEXT, start, end, best)
        keeps_order = best == mapped and margin >= 0 and len(places) == len(others) + 1
        if keeps_order and (is_sure or self._is_supported(start, end, best)):
            return self._anchored(Method.MAPPED, start, end, best)
        return self._ambiguous(end - start, free, best)

    def _is_taken(self, start: int, end: int, place: int, others: list[int]) -> bool:
        """Whether identical words in another place of the old text agree clearly better with this place."""
        if not others:
            return False
        mine = self._closeness(start, end, place) + _CLEARLY
        return any(self._closeness(other, other + end - start, place) >= mine for other in others[:_MOST_COMPARED])

    def _closeness(self, start: int, end: int, place: int) -> float:
        return sum(self._agreement(start, end, place))

    def _agreement(self, start: int, end: int, place: int) -> tuple[float, float]:
        return self.surroundings.agreement(start, end, place, place + end - start)

    def _is_supported(self, start: int, end: int, place: int) -> bool:
        return end - start >= _SHORT and self.mapping.support(start, end, place) >= 0.5

    def _anchored(self, method: Method, start: int, end: int, place: int) -> Carried:
        """Anchored, unless the sentence around the words now denies them, quotes them or quotes them no longer."""
        around = self._changed_around(start, end, place, place + end - start)
        is_other = any(change.kind in _DECIDES for change in around)
        outcome = Outcome.CHANGED if is_other else Outcome.ANCHORED
        return Carried(outcome, method, 1.0, place, place + end - start, changes=around)

    def _changed_around(self, start: int, end: int, new_start: int, new_end: int) -> tuple[Change, ...]:
        if not self.surroundings.are_other(start, end, new_start, new_end):
            return ()
        before = self.surroundings.sentence(self.surroundings.old, start, end)
        after = self.surroundings.sentence(self.surroundings.new, new_start, new_end)
        changes = self._significant(self.old[slice(*before)], self.new[slice(*after)])
        if not any(change.kind in _DECIDES for change in changes):
            return tuple(replace(change, around=True) for change in changes)
        # A full stop that went joins two sentences: what one of two views alone shows did not change.
        wide = self._significant(_around(self.old, start, end), _around(self.new, new_start, new_end))
        return tuple(replace(change, around=True) for change in changes if change in wide)

    def _ambiguous(self, length: int, places: list[int], likeliest: int) -> Carried:
        listed = sorted({*places[:_MOST_CANDIDATES], likeliest})
        candidates = tuple((place, place + length) for place in listed)
        return Carried(Outcome.AMBIGUOUS, Method.CONTEXT, 1.0, likeliest, likeliest + length, candidates)

    def _changed(self, start: int, end: int) -> Carried | None:
        found, method = self.mapping.image(start, end), Method.MAPPED
        if found is None:
            found, method = self.mapping.elsewhere(start, end), Method.FUZZY
        if found is None or not self._may_be(start, end, *found):
            return None
        quote, wording = self.old[start:end], self.new[slice(*found)]
        if quote == wording:
            return self._ambiguous(end - start, [found[0]], found[0])
        score = Indel.normalized_similarity(quote, wording)
        return Carried(Outcome.CHANGED, method, score, *found, changes=significant(quote, wording))

    def _may_be(self, start: int, end: int, new_start: int, new_end: int) -> bool:
        """Few characters say nothing by themselves when they are not the same."""
        if sum(map(str.isalnum, self.old[start:end])) >= _SHORT:
            return True
        return max(self.surroundings.agreement(start, end, new_start, new_end)) >= AGREES


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - _WIDE) : end + _WIDE]
