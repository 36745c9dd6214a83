"""What may be read of verdicts that are found apart. A verdict given blind is sealed until somebody looked here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.models import Resolution, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from articles.models import Claim, Membership, Review


@dataclass(frozen=True, slots=True)
class Apart:
    """Two findings on one claim that were made apart, as far as there are two, and which was chosen where they differ.

    ``is_shown`` says that this reader may read the first: its author may, and everybody once there is a second.
    """

    first: Verdict
    second: Verdict | None
    resolution: Resolution | None
    review: Review | None
    is_shown: bool

    @property
    def agree(self) -> bool:
        return self.second is not None and self.second.rating_id == self.first.rating_id

    @property
    def first_review(self) -> Review | None:
        """The decision on the claim's verdict, where that is the first."""
        return self.review if self.review and self.review.verdict_id == self.first.pk else None

    @property
    def second_review(self) -> Review | None:
        return self.review if self.review and self.second and self.review.verdict_id == self.second.pk else None

    @property
    def is_open(self) -> bool:
        """Whether the two differ and nobody has said yet which one stands."""
        return self.second is not None and not self.agree and self.resolution is None


def open_for(by: Membership | None, verdicts: Iterable[Verdict | None]) -> None:
    """Open those of the verdicts that this member may read. Without a member, those that everybody may.

    It costs one query where any of them was given blind.
    """
    blind = [verdict for verdict in verdicts if verdict and verdict.blind]
    if not blind:
        return
    rows = Verdict.objects.filter(desk_id=blind[0].desk_id, pk__in=[verdict.pk for verdict in blind])
    readable = set(rows.readable().values_list("pk", flat=True))
    for verdict in blind:
        own = by is not None and verdict.author_id == by.person_id
        verdict.is_opened = own or verdict.pk in readable


def apart(claim: Claim, by: Membership) -> Apart | None:
    """The two findings on the claim's present verdict; None where it was not given blind."""
    verdict = claim.verdict
    first = verdict.second_of if verdict and verdict.second_of_id else verdict
    if first is None or not first.blind:
        return None
    seconds = first.seconds.select_related("rating__scale", "author")
    second = seconds.first()
    resolution = Resolution.objects.filter(desk_id=claim.desk_id, verdict=first).select_related("resolved_by").first()
    shown = second is not None or first.author_id == by.person_id
    first.is_opened = shown
    if verdict:
        verdict.is_opened = shown
    return Apart(first, second, resolution, claim.review, shown)


def told_names(desk_id: UUID, verdicts: Iterable[UUID]) -> dict[UUID, str]:
    """What may be told of these blind verdicts, by id; a sealed one is not among them."""
    rows = Verdict.objects.filter(desk_id=desk_id, pk__in=list(verdicts), blind=True).readable()
    return dict(rows.values_list("pk", "rating__name"))
