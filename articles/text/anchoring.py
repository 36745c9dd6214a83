"""Carry spans from one version of a text to another: anchored, changed, ambiguous or orphaned.

Only `anchored` may be moved without a person: the words are identical, character for character, and their place is
certain. A place is certain when its surroundings agree, or when the words are so many that they tell it themselves, and
when no other place could be meant. Everything else is a proposal, and whatever its score says, a person decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

from articles.text.alignment import align
from articles.text.mapping import Mapping
from articles.text.significant import Change, significant
from articles.text.surroundings import AGREES, Surroundings, occurrences


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
# Of two places with identical words the better one must agree so much more with the old one.
_CLEARLY = 0.3
_MOST_CANDIDATES = 50


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
        return self._among(start, end, places, others, mapped)

    def _unique(self, start: int, end: int, place: int, mapped: int | None) -> Carried:
        length = end - start
        if length >= _TELLING or max(self._agreement(start, end, place)) >= AGREES:
            return self._anchored(Method.UNIQUE, start, end, place)
        if mapped == place and self._is_supported(start, end, place):
            return self._anchored(Method.MAPPED, start, end, place)
        return self._ambiguous(Method.CONTEXT, length, [place], place)

    def _among(self, start: int, end: int, places: list[int], others: list[int], mapped: int | None) -> Carried | None:
        length = end - start
        scores = {place: sum(self._agreement(start, end, place)) for place in places}
        best = mapped if mapped is not None and mapped in scores else max(scores, key=lambda place: scores[place])
        agrees = max(self._agreement(start, end, best)) >= AGREES
        rival = max((score for place, score in scores.items() if place != best), default=0.0)
        if agrees and self._belongs_elsewhere(length, others, best, scores[best]):
            return None
        if agrees and scores[best] >= rival + _CLEARLY:
            return self._anchored(Method.MAPPED if best == mapped else Method.CONTEXT, start, end, best)
        if (
            best == mapped
            and scores[best] >= rival
            and len(places) == len(others) + 1
            and (agrees or self._is_supported(start, end, best))
        ):
            return self._anchored(Method.MAPPED, start, end, best)
        return self._ambiguous(Method.CONTEXT, length, places, best)

    def _agreement(self, start: int, end: int, place: int) -> tuple[float, float]:
        return self.surroundings.agreement(start, end, place, place + end - start)

    def _is_supported(self, start: int, end: int, place: int) -> bool:
        return end - start >= 20 and self.mapping.support(start, end, place) >= 0.5

    def _belongs_elsewhere(self, length: int, others: list[int], place: int, score: float) -> bool:
        """Whether identical words in another place of the old text agree clearly better with this place."""
        return any(sum(self._agreement(other, other + length, place)) >= score + _CLEARLY for other in others)

    def _anchored(self, method: Method, start: int, end: int, place: int) -> Carried:
        return Carried(Outcome.ANCHORED, method, 1.0, place, place + end - start)

    def _ambiguous(self, method: Method, length: int, places: list[int], likeliest: int) -> Carried:
        candidates = tuple((place, place + length) for place in places[:_MOST_CANDIDATES])
        return Carried(Outcome.AMBIGUOUS, method, 1.0, likeliest, likeliest + length, candidates)

    def _changed(self, start: int, end: int) -> Carried | None:
        found = self.mapping.image(start, end)
        method = Method.MAPPED
        if found is None:
            found, method = self.mapping.elsewhere(start, end), Method.FUZZY
        if found is None:
            return None
        quote, wording = self.old[start:end], self.new[slice(*found)]
        score = Indel.normalized_similarity(quote, wording)
        return Carried(Outcome.CHANGED, method, score, *found, changes=significant(quote, wording))
