"""What each block of a page is, once it is known which of them are the body."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from lxml.html import HtmlElement

from articles.intake.page.body import is_outside, letters
from articles.intake.page.elements import HEADINGS
from articles.intake.page.walk import Shown
from articles.text import credit
from articles.text.blocks import BlockKind

_BY_ELEMENT = {
    **dict.fromkeys(HEADINGS, BlockKind.HEADING),
    **dict.fromkeys(["li", "dt", "dd"], BlockKind.LIST_ITEM),
    **dict.fromkeys(["figcaption", "caption"], BlockKind.CAPTION),
    "blockquote": BlockKind.QUOTATION,
    "tr": BlockKind.TABLE_ROW,
}
_LONGEST_CREDIT = 160  # characters


def kinds(blocks: Sequence[Shown], body: Collection[int], headline: str, authors: Collection[str]) -> list[BlockKind]:
    """One for each block. `headline` and `authors` are what the page says about itself, empty when it does not."""
    found = [
        by_element(one.tag for one in _around(block)) if i in body else BlockKind.FURNITURE
        for i, block in enumerate(blocks)
    ]
    title = _title(blocks, body, headline)
    if title is not None:
        found[title] = BlockKind.HEADLINE
    first, last = min(body, default=0), max(body, default=0)
    start = first if title is None else min(title, first)
    for i in range(start, last + 1):
        if i not in body and i != title and not is_outside(blocks[i].element):
            found[i] = _beside_body(blocks[i], authors, is_before=i < first)
    return found


def by_element(around: Iterable[str]) -> BlockKind:
    """By the names of the elements around a block, from the innermost."""
    names = list(around)
    kind = next((_BY_ELEMENT[name] for name in names if name in _BY_ELEMENT), BlockKind.PARAGRAPH)
    # In a cell that is a part of a page, nothing is a row.
    return BlockKind.PARAGRAPH if kind is BlockKind.TABLE_ROW and names[0] != "tr" else kind


def _title(blocks: Sequence[Shown], body: Collection[int], headline: str) -> int | None:
    """The block that is the headline: a heading of the first rank, another heading, or any block of these words.

    Before the end of the story, and the nearest to its beginning.
    """
    wanted = letters(headline)
    first = min(body, default=len(blocks))
    same = [i for i in range(max(body, default=len(blocks) - 1) + 1) if wanted and letters(blocks[i].text) == wanted]
    for names in (["h1"], sorted(HEADINGS), None):
        fitting = [i for i in same if names is None or _is_in(blocks[i].element, names)]
        if fitting:
            return min(fitting, key=lambda i: abs(first - i))
    return next((i for i, block in enumerate(blocks) if _begins(wanted, block)), None)


def _begins(wanted: str, block: Shown) -> bool:
    """A heading of the first rank, behind which the title of the page goes on with the name of the site."""
    own = letters(block.text)
    return block.element.tag == "h1" and wanted.startswith(own) and 2 * len(own) > len(wanted) > 0


def _around(block: Shown) -> Iterator[HtmlElement]:
    yield block.element
    yield from block.element.iterancestors()


def _is_in(element: HtmlElement, names: Collection[str]) -> bool:
    return element.tag in names or any(one.tag in names for one in element.iterancestors())


def _beside_body(block: Shown, authors: Collection[str], *, is_before: bool) -> BlockKind:
    """Of a block that the body goes around, or that stands between the headline and the body."""
    if _is_in(block.element, ["figcaption"]):
        return BlockKind.CAPTION
    if not is_before or len(block.text) > _LONGEST_CREDIT:
        return BlockKind.FURNITURE
    if credit.is_dateline(block.text):
        return BlockKind.DATELINE
    if credit.is_byline(block.text) or any(author and author in block.text for author in authors):
        return BlockKind.BYLINE
    return BlockKind.FURNITURE
