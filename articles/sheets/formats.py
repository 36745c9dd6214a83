"""The files in which an edition leaves the house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.sheets import csv, json

if TYPE_CHECKING:
    from collections.abc import Callable

    from articles.sheets.content import Edition


@dataclass(frozen=True, slots=True)
class Format:
    """``render`` takes the edition and its digest, and nothing else: the same edition gives the same bytes."""

    label: str
    media_type: str
    render: Callable[[Edition, str], bytes]


FORMATS = {
    "csv": Format("CSV", "text/csv; charset=utf-8; header=present", csv.render),
    "json": Format("JSON", "application/json", lambda edition, _: json.render(edition)),
}
