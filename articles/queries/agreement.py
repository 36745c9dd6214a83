"""How far the people of a desk agree who found apart from each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, F

from articles.models import Rating, Verdict
from articles.queries.paging import Page, page
from articles.text import agreement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from articles.models import Desk

type Pairs = Mapping[tuple[str, str], int]
"""How many claims the first person rated as the one, the second as the other; by the codes of the ratings."""


class Row(NamedTuple):
    """One rating: how often the first person chose it, the second, and both; ``alpha`` asks whether it was this one."""

    rating: Rating
    first: int
    second: int
    both: int
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """``share`` is 0 to 1, ``alpha`` Krippendorff's; each is None where there is too little to tell."""

    number: int
    agreed: int
    share: float | None
    alpha: float | None
    rows: Sequence[Row]

    @property
    def differing(self) -> int:
        return self.number - self.agreed

    @property
    def percent(self) -> float | None:
        return None if self.share is None else 100 * self.share


def agreement_of(desk: Desk) -> Agreement:
    """Of all claims with two findings in the terms of the desk's scale, whatever its version. Costs two queries."""
    pairs = _pairs(desk)
    met = agreement.coincidences_of_pairs(pairs)
    rows = [
        Row(
            rating,
            first=sum(number for (first, _), number in pairs.items() if first == code),
            second=sum(number for (_, second), number in pairs.items() if second == code),
            both=pairs.get((code, code), 0),
            alpha=agreement.alpha(agreement.of_one(met, code)),
        )
        for code, rating in _ratings(desk).items()
        if any(code in pair for pair in pairs)
    ]
    agreed = sum(row.both for row in rows)
    return Agreement(sum(pairs.values()), agreed, agreement.share(pairs), agreement.alpha(met), rows)


def differing(desk: Desk, after: str | None) -> Page[Verdict]:
    """The second findings that are other than the first, the newest first, with what was decided on each."""
    rows = _seconds(desk).exclude(rating=F("second_of__rating"))
    rows = rows.select_related("claim", "rating", "author", "second_of__rating", "second_of__author")
    return page(rows.prefetch_related("second_of__resolutions__resolved_by"), after)


def _seconds(desk: Desk) -> QuerySet[Verdict]:
    return Verdict.objects.filter(desk=desk, second_of__isnull=False)


def _pairs(desk: Desk) -> Pairs:
    rows = _seconds(desk).filter(rating__scale__code=desk.scale_code).order_by()
    counted = rows.values_list("second_of__rating__code", "rating__code").annotate(number=Count("pk"))
    return {(first, second): number for first, second, number in counted}


def _ratings(desk: Desk) -> dict[str, Rating]:
    """Every term that the desk's scale has or had, as it is called now or was called last."""
    rows = Rating.objects.filter(desk=desk, scale__code=desk.scale_code).order_by("scale__version", "position")
    return {rating.code: rating for rating in rows}
