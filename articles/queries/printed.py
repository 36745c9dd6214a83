"""The claims of an article as they are listed on paper, after the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from articles.models import Claim
from articles.queries.sealing import open_for

if TYPE_CHECKING:
    from articles.queries.workbench import Bench


class Printed(NamedTuple):
    number: int
    claim: Claim


def on_paper(shown: Bench) -> list[Printed]:
    """Every claim that stands in the version, in text order, with its verdict as far as there is one to read.

    Paper is read by whoever passes, so a sealed verdict is not on it, whoever prints.
    """
    claims = Claim.objects.filter(desk_id=shown.version.desk_id).select_related(
        "claimant", "verdict__rating", "verdict__author", "review__reviewer"
    )
    found = claims.in_bulk(shown.order)
    open_for(None, [claim.verdict for claim in found.values()])
    by_id = {str(pk): claim for pk, claim in found.items()}
    return [Printed(number, by_id[claim]) for claim, number in shown.numbers.items()]
