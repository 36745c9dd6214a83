"""Where a quotation stands in a text, and how much the surroundings of two places agree."""

from rapidfuzz.distance import Indel

from articles.text.wording import plain

NEAR = 40  # characters looked at on each side
# Any two stretches of English share 0.35 to 0.55 of their letters in order.
AGREES = 0.7
_LEAST = 8  # fewer characters than this agree by chance
_MOST_PLACES = 200


def occurrences(quote: str, text: str, most: int = _MOST_PLACES) -> list[int]:
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


def _likeness(one: str, other: str) -> float:
    if min(len(one), len(other)) < _LEAST:
        return 0.0
    return 1.0 if one == other else Indel.normalized_similarity(one, other)
