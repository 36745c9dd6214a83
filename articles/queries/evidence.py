"""What is shown beside the evidence of a claim: how its sources are kept, and which of it is newer than the claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Min

from articles.queries.snapshots import copies_of
from articles.text.known import is_later

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from articles.models import Claim, Evidence
    from articles.queries.snapshots import Copies


@dataclass(frozen=True, slots=True)
class Beside:
    """``copies`` by the id of the source; ``newer`` are the ids of evidence that did not exist when it was claimed."""

    copies: Mapping[UUID, Copies]
    newer: frozenset[UUID]


def beside(claim: Claim, evidence: Sequence[Evidence]) -> Beside:
    """Costs three queries, however much evidence there is."""
    if not evidence:
        return Beside({}, frozenset())
    made = made_on(claim)
    newer = frozenset(piece.pk for piece in evidence if is_later(piece.source.published, made))
    return Beside(copies_of(claim.desk_id, {piece.source_id for piece in evidence}), newer)


def made_on(claim: Claim) -> str:
    """When it was claimed, as far as known: when the first of the articles appeared in which it stands.

    Where none of them has a date it is the day on which the desk wrote the claim down.
    """
    dated = claim.highlights.live().exclude(version__article__published="").order_by()
    first: str | None = dated.aggregate(first=Min("version__article__published"))["first"]
    return first or claim.made_at.date().isoformat()
