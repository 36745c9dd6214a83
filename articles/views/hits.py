"""Words sought in an article, for a browser without scripts: each place with the words around it, to be marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from articles.text.finding import find

if TYPE_CHECKING:
    from articles.http import Request
    from articles.queries.workbench import Bench

SHOWN = 100
AROUND = 60
"""Characters shown before and after a place."""


class Hit(NamedTuple):
    start: int
    end: int
    before: str
    words: str
    after: str


class Hits(NamedTuple):
    sought: str
    total: int
    shown: list[Hit]


def hits_of(request: Request, shown: Bench) -> Hits | None:
    """What ``?find=`` asks for, block by block; None when nothing is sought."""
    if "find" not in request.GET:
        return None
    sought, text = request.GET["find"][:200], shown.version.text
    found = [
        (block.start + start, block.start + end, block.start, block.end)
        for block in shown.blocks
        for start, end in find(text[block.start : block.end], sought)
    ]
    hits = [
        Hit(start, end, _before(text[first:start]), text[start:end], _after(text[end:last]))
        for start, end, first, last in found[:SHOWN]
    ]
    return Hits(sought, len(found), hits)


def _before(words: str) -> str:
    return words if len(words) <= AROUND else "… " + words[-AROUND:].partition(" ")[2]


def _after(words: str) -> str:
    return words if len(words) <= AROUND else words[:AROUND].rpartition(" ")[0] + " …"
