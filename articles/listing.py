"""The claims of an article as list items. Written by hand like the text, because the list can be as long."""

from __future__ import annotations

from html import escape
from itertools import batched
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PIECE = 100
"""Rows that the browser reads at once, when they come into view."""


class Row(NamedTuple):
    """A claim in the list of an article's claims. ``number`` is its number in the text."""

    number: int
    claim: str
    status: str
    words: str


def write_rows(rows: Iterable[Row], query: str) -> str:
    return "".join(
        f'<li data-claim="{row.claim}"><a href="{query}claim={row.claim}" data-claim="{row.claim}"><b>{row.number}</b> '
        f'<span class="words">{escape(row.words, quote=False)}</span> '
        f'<span class="pill" data-status="{row.status}"><svg class="icon line" aria-hidden="true">'
        f'<use href="#line-{row.status}"/></svg>{row.status.replace("_", " ")}</span></a></li>'
        for row in rows
    )


def write_pieces(rows: Sequence[Row], query: str) -> str:
    """The rows as text that the browser keeps, and makes into elements piece by piece. Words have no ``<`` in them."""
    pieces = (write_rows(piece, query) for piece in batched(rows, PIECE))
    return "".join(f'<script type="text/html" data-rows>{piece}</script>' for piece in pieces)
