"""The draft of an arrival and what is corrected in it, as the intake knows them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from articles.intake.codec import from_row
from articles.intake.corrections import Correction, What, corrected, guessed_again
from articles.text.blocks import BlockKind
from articles.text.guess import Guess

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from articles.intake.draft import Draft
    from articles.models import Arrival


def draft_of(arrival: Arrival) -> Draft:
    """What was read in it. Its bytes stay in the original. ValueError: it has not been read."""
    draft = from_row(arrival.draft)
    if draft.metadata.url.value or not arrival.address:
        return draft
    came_from = Guess(arrival.address, "address that it came with")
    return replace(draft, metadata=replace(draft.metadata, url=came_from))


def corrections_of(arrival: Arrival, rows: Iterable[Mapping[str, Any]] | None = None) -> list[Correction]:
    """The corrections of the arrival, or those that are written in ``rows``."""
    return [correction_of(row) for row in (arrival.corrections if rows is None else rows)]


def correction_of(row: Mapping[str, Any]) -> Correction:
    return Correction(What(row["what"]), int(row["at"]), BlockKind(row["kind"]) if row.get("kind") else None)


def corrected_draft(arrival: Arrival) -> Draft:
    """What would be stored now, with the guesses that follow from the corrections."""
    draft = draft_of(arrival)
    now = corrected(draft, corrections_of(arrival))
    return replace(now, metadata=guessed_again(draft, now))
