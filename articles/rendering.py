"""A version's text as HTML: blocks with flat marks.

Every character of the text is written once and none is added: numbers and buttons are empty elements that the
stylesheet draws, so the text content of an element with ``data-o`` is its block's text, and ``data-o`` is the offset
of its first character.
"""

from __future__ import annotations

import zlib
from base64 import b64encode
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from articles.text.blocks import Block, BlockKind
from articles.text.segments import Run, Span, segment
from articles.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

TAGS = {
    BlockKind.HEADLINE: ("h1", ""),
    BlockKind.BYLINE: ("p", ' class="byline"'),
    BlockKind.DATELINE: ("p", ' class="dateline"'),
    BlockKind.HEADING: ("h2", ""),
    BlockKind.PARAGRAPH: ("p", ""),
    BlockKind.LIST_ITEM: ("li", ""),
    BlockKind.QUOTATION: ("blockquote", ""),
    BlockKind.CAPTION: ("figcaption", ""),
    BlockKind.TABLE_ROW: ("p", ' class="table-row"'),
    BlockKind.FURNITURE: ("p", ""),
}
LABEL_LENGTH = 60
"""Characters of a block or a sentence that are enough to know it by."""

MARKED, MARKED_AT_ONCE = 200, 36
"""Marks up to which a page is painted with all at once, and with about the first so many where there are more: those of
a large screen."""

BETWEEN_LATE = "<!---->"
"""Stands between late blocks, and nowhere within one."""


QUERY = "question"
"""What is said in the place of a stance where something is asked about the words."""


class Mark(NamedTuple):
    """A highlight as the page shows it. ``claim`` is the one it carries or, for a passage, the one it is evidence for.

    A passage has the stance of the evidence and no status. ``words`` are those of the claim, as a list shows them.
    Where something is asked about the words, the query stands in the place of the claim, and the stance is QUERY.
    """

    start: int
    end: int
    claim: str
    status: str
    highlight: str
    stance: str = ""
    words: str = ""
    is_open: bool = False
    """Whether nobody has answered yet what is asked about the words."""
    is_faint: bool = False
    """Whether a filter is set that its claim does not fit."""

    @property
    def look(self) -> str:
        look = f'data-status="{self.status}"' if self.status else f'data-stance="{self.stance}"'
        return f"{look} data-faint" if self.is_faint else look

    def label(self, number: int) -> str:
        if self.status:
            return f"Claim {number}, {self.status.replace('_', ' ')}"
        return "Query about these words" if self.stance == QUERY else f"Evidence: {self.stance}"


@dataclass(frozen=True)
class Reading:
    """What is written: a text, its blocks in order, marks in text order, and the number of each claim.

    Where blocks are swapped one by one the numbers are left out; the page, which has all the marks, numbers them.
    ``query`` is the beginning of the links that open a claim on the same page, as it stands in an attribute. Where
    marks would be too many for a browser, they are written ``flat``: as data of their block, which a script paints.
    A page that ``is_opening`` with many marks is painted before most of them are there: blocks further down come
    without, as ``data-late``, and a script puts those that it finds packed beside the text into their places.
    """

    text: str
    blocks: Sequence[Block]
    marks: Sequence[Mark]
    numbers: Mapping[str, int]
    in_hand: str = ""
    by_sentence: bool = False
    by_block: bool = False
    flat: bool = False
    is_opening: bool = False
    query: str = "?"

    @cached_property
    def late_from(self) -> int:
        """The offset from which blocks are late."""
        is_whole = self.flat or self.by_sentence or self.by_block or not self.is_opening
        if is_whole or len(self.marks) <= MARKED:
            return len(self.text)
        return self.marks[MARKED_AT_ONCE].start

    @cached_property
    def headline(self) -> int | None:
        """The index of the block that is the page's heading."""
        if self.by_block:
            return None
        kinds = (i for i, block in enumerate(self.blocks) if block.kind == BlockKind.HEADLINE)
        return next(kinds, None)


class Written(NamedTuple):
    """The HTML before the headline, of the headline, and after it; and the late blocks, packed, if there are any."""

    before: str
    headline: str
    body: str
    late: str = ""


class Element(NamedTuple):
    """The HTML of a block as the page begins with it and, where it is late, as it is to be."""

    html: str
    late: str = ""


def write_article(reading: Reading) -> Written:
    elements = _elements(reading, reading.blocks)
    late = _packed(BETWEEN_LATE.join([element.late for element in elements if element.late]))
    pairs = [(block, element.html) for block, element in zip(reading.blocks, elements, strict=True)]
    at = reading.headline
    if at is None:
        return Written("", "", _group(reading, pairs), late)
    return Written(_group(reading, pairs[:at]), pairs[at][1], _group(reading, pairs[at + 1 :]), late)


def write_apart(reading: Reading) -> list[str]:
    """Every block by itself, whatever stands beside it."""
    around = {BlockKind.LIST_ITEM: "ul", BlockKind.CAPTION: "figure"}
    outer = [around.get(block.kind) for block in reading.blocks]
    elements = write_blocks(reading, reading.blocks)
    return [f"<{tag}>{element}</{tag}>" if tag else element for tag, element in zip(outer, elements, strict=True)]


def write_blocks(reading: Reading, blocks: Sequence[Block], *, attributes: str = "") -> list[str]:
    """One element for each of these blocks, which are in text order; ``attributes`` are added to each."""
    return [element.html for element in _elements(reading, blocks, attributes)]


def _elements(reading: Reading, blocks: Sequence[Block], attributes: str = "") -> list[Element]:
    pairs = zip(blocks, _by_block(reading.marks, blocks), strict=True)
    return [_block(reading, block, own, attributes) for block, own in pairs]


def _by_block(marks: Sequence[Mark], blocks: Sequence[Block]) -> list[list[Mark]]:
    """The marks that stand in each block, both in text order; one that reaches into the next stands in both."""
    starts = [mark.start for mark in marks]
    found: list[list[Mark]] = []
    reaching: list[Mark] = []
    seen = 0
    for block in blocks:
        first, last = block.start, block.end
        begun = bisect_left(starts, last, seen)
        found.append([mark for mark in [*reaching, *marks[seen:begun]] if mark.end > first])
        reaching = [mark for mark in found[-1] if mark.end > last]
        seen = begun
    return found


def _block(reading: Reading, block: Block, marks: list[Mark], attributes: str) -> Element:
    tag, more = _tag(reading, block)
    in_hand, number_of = reading.in_hand, reading.numbers.get
    content = Content(
        words=reading.text[block.start : block.end],
        start=block.start,
        kind=block.kind,
        marks=tuple([(mark, number_of(mark.claim, 0)) for mark in marks]),
        in_hand=in_hand if in_hand and any(mark.claim == in_hand for mark in marks) else "",
        by_sentence=reading.by_sentence,
        flat=reading.flat,
        query=reading.query,
    )
    data = _data(content) if reading.flat and marks else ""
    begin = f'<{tag} id="b{block.start}" data-o="{block.start}"{data}{more}{attributes}'
    element = f"{begin}>{_inside(content)}</{tag}>"
    if block.start < reading.late_from or not marks or content.in_hand:
        return Element(element)
    return Element(f"{begin} data-late>{escape(content.words, quote=False)}</{tag}>", element)


@lru_cache(maxsize=8)
def _packed(html: str) -> str:
    """Deflated, in base64: of hundreds of marks a browser would spend a frame on reading what it does not need yet."""
    return b64encode(zlib.compress(html.encode())).decode() if html else ""


def _tag(reading: Reading, block: Block) -> tuple[str, str]:
    tag, more = TAGS[block.kind]
    # A page has one heading; a block that is called a headline further down is a heading within it.
    is_heading = reading.headline is not None and block == reading.blocks[reading.headline]
    return ("h2" if tag == "h1" and not is_heading else tag), more


type Numbered = tuple[Mark, int]


class Content(NamedTuple):
    """All that decides what one block holds."""

    words: str
    start: int
    kind: str
    marks: tuple[Numbered, ...]
    in_hand: str
    by_sentence: bool
    flat: bool
    query: str


# An article is opened again and again, and between two times most of its blocks are the same.
@lru_cache(maxsize=2048)
def _inside(content: Content) -> str:
    start, words = content.start, content.words
    marks = () if content.flat else content.marks
    spans = [Span(numbered[0].start, numbered[0].end, numbered) for numbered in marks]
    runs = segment(spans, start, start + len(words))
    buttons = _buttons(words, start) if content.by_sentence else {}
    parts = [_several(content)] if content.flat and content.marks else []
    for run in _cut(runs, sorted(buttons)) if buttons else runs:
        inside = escape(words[run.start - start : run.end - start], quote=False)
        parts += (_mark(content, run, inside) if run.spans else inside, buttons.get(run.end, ""))
    return "".join(parts)


def _mark(content: Content, run: Run[Numbered], words: str) -> str:
    # As a click takes them: the shortest first, and of what fits a filter, if there is some.
    marks = sorted([mark for mark, _ in run.spans], key=lambda mark: (mark.is_faint, mark.end - mark.start))
    shortest, claims = marks[0], dict.fromkeys([mark.claim for mark in marks])
    count = len(claims)
    begin = [numbered for numbered in run.spans if numbered[0].start == run.start]
    links = "".join([_link(content, mark, number, count, around=shortest) for mark, number in begin])
    overlap = f' data-overlap="{count}"' if count > 1 else ""
    active = " data-active" if content.in_hand in claims else ""
    return f'<mark {shortest.look} data-claims="{" ".join(claims)}"{overlap}{active}>{links}{words}</mark>'


def _link(content: Content, mark: Mark, number: int, count: int, *, around: Mark) -> str:
    """The link of a claim where it begins; ``count`` claims are there. A status that ``around`` has is not repeated."""
    is_alike = mark.status and mark.status == around.status
    look = (" data-faint" if mark.is_faint else "") if is_alike else f" {mark.look}"
    drawn = f' data-no="{number}"' if mark.status else ""
    others = f' data-others="{count - 1}" aria-haspopup="menu"' if count > 1 else ""
    label = mark.label(number) + (f", {count} claims on these words" if count > 1 else "")
    return (
        f'<a class="no" href="{content.query}claim={mark.claim}#b{content.start}" data-claim="{mark.claim}"'
        f'{look}{drawn}{others} aria-details="panel" aria-label="{label}"></a>'
    )


# A block whose highlights are data


def _data(content: Content) -> str:
    """What ``text/spans.js`` reads: where each stands in the block, its status or stance, its claim, if it is faint."""
    first, last = content.start, content.start + len(content.words)
    spans = [
        f"{max(mark.start, first)} {min(mark.end, last)} {mark.status or mark.stance} {mark.claim}"
        f"{' faint' if mark.is_faint else ''}"
        for mark, _ in content.marks
    ]
    return f' data-spans="{";".join(spans)}"'


def _several(content: Content) -> str:
    """One link for all of them: to the list of its claims."""
    count = len({mark.claim for mark, _ in content.marks})
    claims = "1 claim" if count == 1 else f"{count} claims"
    label = f"{claims} in this {content.kind.replace('_', ' ')}"
    return (
        f'<a class="several" href="{content.query}block={content.start}#b{content.start}" data-several="{count}"'
        f' aria-haspopup="menu" aria-details="panel" aria-label="{label}"></a>'
    )


# Sentences with a button each


def _buttons(words: str, start: int) -> dict[int, str]:
    """The button of each sentence, by the offset at which the sentence ends."""
    return {start + last: _button(words[first:last], start + first) for first, last in sentences(words)}


def _button(sentence: str, start: int) -> str:
    return (
        f'<span class="after-sentence"><button class="whole" type="submit" form="sentence" name="sentence"'
        f' value="{start}-{start + len(sentence)}" aria-label="Mark this sentence: {escape(shortened(sentence))}">'
        "</button></span>"
    )


def _cut(runs: Iterable[Run[Numbered]], cuts: Sequence[int]) -> Iterator[Run[Numbered]]:
    for run in runs:
        edges = [run.start, *(cut for cut in cuts if run.start < cut < run.end), run.end]
        for start, end in pairwise(edges):
            yield Run(start, end, run.spans)


# What stands together: lists, captions, furniture


def _group(reading: Reading, pairs: Iterable[tuple[Block, str]]) -> str:
    groups = [(kind, list(group)) for kind, group in groupby(pairs, key=lambda pair: _together(pair[0].kind))]
    return "".join([_grouped(reading, kind, group) for kind, group in groups])


def _together(kind: BlockKind) -> BlockKind | None:
    """What blocks of a kind stand together in; None where they stand in the text as they are."""
    return kind if kind in (BlockKind.LIST_ITEM, BlockKind.CAPTION, BlockKind.FURNITURE) else None


def _grouped(reading: Reading, kind: BlockKind | None, pairs: list[tuple[Block, str]]) -> str:
    elements = [element for _, element in pairs]
    inside = "".join(elements)
    match kind:
        case BlockKind.LIST_ITEM:
            return f"<ul>{inside}</ul>"
        case BlockKind.CAPTION:
            return "".join([f"<figure>{element}</figure>" for element in elements])
        case BlockKind.FURNITURE:
            return _fold(reading, [block for block, _ in pairs], inside)
        case _:
            return inside


def _fold(reading: Reading, blocks: list[Block], inside: str) -> str:
    first, last = blocks[0], blocks[-1]
    words = escape(shortened(reading.text[first.start : first.end]), quote=False)
    others = {1: "", 2: " and 1 block more"}.get(len(blocks), f" and {len(blocks) - 1} blocks more")
    is_open = " open" if any(mark.start < last.end and mark.end > first.start for mark in reading.marks) else ""
    correct = f'<a href="?mode=blocks#b{first.start}">Part of the story?</a>'
    summary = f"<summary>Furniture: <q>{words}</q>{others}</summary>"
    return f'<details class="fold"{is_open}>{summary}{inside}{correct}</details>'


def shortened(words: str, length: int = LABEL_LENGTH) -> str:
    """The words on one line, cut between two of them."""
    line = " ".join(words.split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
