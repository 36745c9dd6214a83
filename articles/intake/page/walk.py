"""The text of a page as a browser shows it: blocks in the order of the document, with the links in them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree
from lxml.html import HtmlElement

from articles.intake.page.elements import BLOCKS, EMBEDDED, PREFORMATTED, PROGRAMS, is_hidden, is_row
from articles.text.canonical import cleaned, places

CELLS = " | "  # between the cells of a table row; a tab would be lost to the text policy at an edge

_SPACE = re.compile("[ \t\n\f\r]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """A block of visible text, the element that holds it, and spans of it with the values of `href` they lead to."""

    text: str
    element: HtmlElement
    links: tuple[tuple[int, int, str], ...] = ()

    @property
    def linked(self) -> int:
        """Characters that are in links."""
        return sum(end - start for start, end, _ in self.links)


@dataclass(frozen=True, slots=True)
class Walked:
    """`hidden` counts the characters a reader does not see; `embedded` pictures, frames and the like, by element."""

    blocks: tuple[Shown, ...]
    hidden: int
    embedded: Counter[str]


def walk(tree: HtmlElement) -> Walked:
    walker = _Walker()
    blocks = tuple(walker.walk(tree))
    return Walked(blocks, walker.hidden, walker.embedded)


# Text, the link it is in, and whether its white space is kept.
_Piece = tuple[str, HtmlElement | None, bool]


@dataclass(slots=True)
class _Walker:
    """One pass through a tree. `pieces` are of the block that is being filled, `blocks` the elements around it."""

    hidden: int = 0
    embedded: Counter[str] = field(default_factory=Counter)
    blocks: list[HtmlElement] = field(default_factory=list)
    links: list[HtmlElement] = field(default_factory=list)
    preformatted: int = 0
    row: HtmlElement | None = None
    pieces: list[_Piece] = field(default_factory=list)

    def walk(self, tree: HtmlElement) -> Iterator[Shown]:
        events = etree.iterwalk(tree, events=("start", "end"))
        hidden = None
        for event, element in events:
            if event == "end":
                if element is hidden:
                    hidden = None
                else:
                    yield from self._end(element)
                self._add(element.tail)
            elif is_hidden(element):
                hidden = element
                self._leave_out(element)
                events.skip_subtree()
            else:
                yield from self._start(element)

    def _start(self, element: HtmlElement) -> Iterator[Shown]:
        if element.tag == "br":
            self.pieces.append(("\n", None, True))
        if element.tag in BLOCKS:
            yield from self._break(element)
            self.blocks.append(element)
        if self.row is None and element.tag == "tr" and is_row(element):
            self.row = element
        if element.tag in PREFORMATTED:
            self.preformatted += 1
        if element.tag == "a" and element.get("href"):
            self.links.append(element)
        self._add(element.text)

    def _end(self, element: HtmlElement) -> Iterator[Shown]:
        if element.tag in EMBEDDED:
            self.embedded[EMBEDDED[element.tag]] += 1
        if element.tag in PREFORMATTED:
            self.preformatted -= 1
        if self.links and self.links[-1] is element:
            self.links.pop()
        if self.row is element:
            self.row = None
        if element.tag in BLOCKS:
            yield from self._break(element)
            self.blocks.pop()

    def _break(self, element: HtmlElement) -> Iterator[Shown]:
        """A block begins or ends here; within a row of a table this is only white space, or a new cell."""
        if self.row is None:
            yield from _shown(self.pieces, self.blocks[-1] if self.blocks else element)
            self.pieces = []
            return
        new_cell = element.tag in {"td", "th"} and self.blocks[-1] is self.row and element.getprevious() is not None
        self.pieces.append((CELLS if new_cell else " ", None, False))

    def _add(self, text: str | None) -> None:
        if text:
            link = self.links[-1] if self.links else None
            self.pieces.append((cleaned(text), link, self.preformatted > 0))

    def _leave_out(self, element: HtmlElement) -> None:
        if element.tag in EMBEDDED:
            self.embedded[EMBEDDED[element.tag]] += 1
        elif element.tag not in PROGRAMS:
            self.hidden += len(" ".join(_texts(element)))


def _texts(element: HtmlElement) -> Iterator[str]:
    for inner in element.iter():
        if inner.tag not in PROGRAMS:
            yield from (inner.text or "").split()
        if inner is not element:
            yield from (inner.tail or "").split()


def _shown(pieces: list[_Piece], element: HtmlElement) -> Iterator[Shown]:
    """What a browser makes of the pieces of a block: white space collapsed, none at the ends of lines."""
    text, links = _flow(pieces)
    if not text.strip(f" \n{CELLS}"):
        return
    for start, end in places(text):
        inside = ((max(first, start), min(last, end), target) for first, last, target in links)
        yield Shown(
            text[start:end],
            element,
            tuple((first - start, last - start, target) for first, last, target in inside if first < last),
        )


def _flow(pieces: list[_Piece]) -> tuple[str, list[tuple[int, int, str]]]:
    parts = [""]
    length = 0
    links = []
    for link, group in groupby(pieces, key=lambda piece: piece[1]):
        start = length
        for piece, _, preformatted in group:
            part = _collapsed(piece, preformatted, before=parts[-1])
            if part == "\n" and parts[-1].endswith(" "):
                parts[-1] = parts[-1][:-1]
                length -= 1
            if part:
                parts.append(part)
                length += len(part)
        if link is not None:
            links.append((start, length, link.get("href")))
    return "".join(parts), links


def _collapsed(piece: str, preformatted: bool, *, before: str) -> str:
    if preformatted:
        return piece
    text = _SPACE.sub(" ", piece)
    return text[1:] if text.startswith(" ") and before[-1:] in {"", " ", "\n"} else text
