"""The blocks of an arrival as HTML: as they will be read, each with what can be corrected in it.

A block is called by the place where it begins in the text as it was read, so that what is on the page stays right
while other blocks come and go. Neighbouring furniture is folded together, within one part of the text.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from articles.rendering import shortened
from articles.text.blocks import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from articles.intake.corrections import Block, Corrected, Part
    from articles.intake.draft import Draft

PART = 400
"""Blocks that a page shows at once, and that neighbouring furniture is folded within."""
LONGEST_SHOWN = 10_000
"""Characters of one block that a page shows."""

TAGS = {
    BlockKind.HEADLINE: ('<h2 class="headline"{}>', "</h2>"),
    BlockKind.HEADING: ('<h3 class="heading"{}>', "</h3>"),
    BlockKind.LIST_ITEM: ("<ul><li{}>", "</li></ul>"),
    BlockKind.QUOTATION: ("<blockquote{}>", "</blockquote>"),
    BlockKind.CAPTION: ("<figure><figcaption{}>", "</figcaption></figure>"),
    BlockKind.BYLINE: ('<p class="byline"{}>', "</p>"),
    BlockKind.DATELINE: ('<p class="dateline"{}>', "</p>"),
    BlockKind.TABLE_ROW: ('<p class="table-row"{}>', "</p>"),
}
PLAIN = ("<p{}>", "</p>")


def kind_name(kind: BlockKind) -> str:
    return kind.replace("_", " ").capitalize()


class Item(NamedTuple):
    """What stands on the page by itself: a block, or neighbouring furniture in one fold. ``key`` is what it shows."""

    id: str
    first: int
    last: int
    key: tuple[object, ...]


class Preview:
    """``opened`` is the block whose ``tools`` are shown with it."""

    def __init__(self, draft: Draft, now: Corrected, *, opened: int | None = None, tools: str = "") -> None:
        self._links, self._pages, self.now = draft.links, {page.start: page.name for page in draft.pages}, now
        self._starts_of_links = [link.start for link in draft.links]
        self._opened, self._tools = opened, tools
        self._edges = now.begins[::PART]

    @property
    def parts(self) -> int:
        return len(self._edges)

    def part_of(self, at: int) -> int:
        """The part, counted from 1, in which a block is."""
        return bisect_right(self._edges, at)

    def of_part(self, number: int) -> list[Item]:
        return self.of_parts(number, number)

    def around(self, at: int) -> tuple[int, int]:
        """The first and the last of the parts on which a correction at that place can be seen."""
        before = bisect_left(self.now.starts, at) - 1
        return self.part_of(self.now.starts[before] if before >= 0 else 0), self.part_of(at)

    def of_parts(self, first: int, last: int) -> list[Item]:
        """What stands in these parts; furniture is folded together within each."""
        edges = [*self._edges, sys.maxsize]
        bounds = (bisect_left(self.now.starts, edges[number]) for number in (first - 1, last))
        items: list[Item] = []
        for index in range(*bounds):
            if items and self._are_together(items[-1].last - 1, index):
                items[-1] = self._named(items[-1].first, index + 1)
            else:
                items.append(self._named(index, index + 1))
        return items

    def _named(self, first: int, last: int) -> Item:
        kind, starts = self.now.kind(first), self.now.starts
        sign = "f" if kind == BlockKind.FURNITURE else "b"
        beyond = starts[last] if last < len(starts) else None
        return Item(f"{sign}{starts[first]}", first, last, (sign, kind, *starts[first:last], beyond))

    def write(self, items: Iterable[Item], *, is_open: bool = False) -> str:
        return "".join(self._item(item, is_open) for item in items)

    def block(self, at: int) -> str:
        return self._block(self.now.block(self.now.index(at)))

    def _are_together(self, one: int, other: int) -> bool:
        if not self.now.kind(one) == self.now.kind(other) == BlockKind.FURNITURE:
            return False
        return self.part_of(self.now.starts[one]) == self.part_of(self.now.starts[other])

    def _item(self, item: Item, is_open: bool) -> str:
        blocks = self.now.blocks(item.first, item.last)
        written = "".join(map(self._block, blocks))
        if item.id.startswith("b"):
            return written
        words = escape(shortened(blocks[0].text), quote=False)
        others = {1: "", 2: " and 1 block more"}.get(len(blocks), f" and {len(blocks) - 1:,} blocks more")
        opened = " open" if is_open or any(block.at == self._opened for block in blocks) else ""
        summary = f"<summary>Furniture: <q>{words}</q>{others}</summary>"
        fold = f'<details class="fold"{opened}>{summary}<ol>{written}</ol></details>'
        return f'<li class="folded" id="{item.id}">{fold}</li>'

    def _block(self, block: Block) -> str:
        opening, closing = TAGS.get(block.kind, PLAIN)
        is_opened = block.at == self._opened
        about = f'id="b{block.at}" data-kind="{block.kind}" tabindex="-1"{" data-open" if is_opened else ""}'
        text = f"{opening.format(' data-words')}{self._words(block)}{closing}{self._more(block)}"
        tools = self._tools if is_opened else ""
        return f'<li class="block" {about}>{self._does(block)}<div class="text">{text}{tools}</div></li>'

    def _does(self, block: Block) -> str:
        """What it is called, which leads to what else can be done with it, and the one click in or out."""
        words = escape(shortened(block.text, 40))
        form, label = ("take-in", "Take in") if block.kind == BlockKind.FURNITURE else ("fold-away", "Fold away")
        pages = "".join(f'<span class="page">p. {escape(name)}</span>' for name in self._pages_in(block))
        return (
            f'<div class="does">{pages}<a href="?block={block.at}#b{block.at}" data-tools>{kind_name(block.kind)}'
            f'<span class="visually-hidden">: {words}</span></a><button class="plain" form="{form}" name="at"'
            f' value="{block.at}">{label}<span class="visually-hidden">: {words}</span></button></div>'
        )

    def _pages_in(self, block: Block) -> Iterator[str]:
        return (self._pages[part.start] for part in block.parts if part.start in self._pages)

    def _words(self, block: Block) -> str:
        """The text of the block, with its links as words that name their target."""
        written, done, text = list[str](), 0, block.text[:LONGEST_SHOWN]
        for part in block.parts:
            for start, end, target in self._links_in(part, len(text)):
                if start < done:
                    continue
                written += (escape(text[done:start], quote=False), _link(text[start:end], target))
                done = end
        return "".join([*written, escape(text[done:], quote=False)])

    def _links_in(self, part: Part, limit: int) -> Iterator[tuple[int, int, str]]:
        first = max(0, bisect_right(self._starts_of_links, part.start) - 1)
        within = part.within - part.start
        for link in self._links[first : bisect_right(self._starts_of_links, part.end - 1)]:
            start, end = max(link.start, part.start) + within, min(link.end, part.end, limit - within) + within
            if start < end:
                yield start, end, link.target

    def _more(self, block: Block) -> str:
        more = len(block.text) - LONGEST_SHOWN
        return f'<p class="meta">… and {more:,} characters more, kept as well</p>' if more > 0 else ""


def changed(before: Sequence[Item], after: Sequence[Item]) -> tuple[Sequence[Item], Sequence[Item]]:
    """What of the one is no longer on the page, and what of the other stands there instead."""
    first = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a.key != b.key), min(len(before), len(after))
    )
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last].key == after[-1 - last].key:
        last += 1
    return before[first : len(before) - last], after[first : len(after) - last]


def _link(words: str, target: str) -> str:
    return f'<span class="link" title="{escape(target)}">{escape(words, quote=False)}</span>'
