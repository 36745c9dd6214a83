"""The blocks of a canonical text, and a guess at what each of them is in plain text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from articles.text import credit
from articles.text.furniture import furniture
from articles.text.shape import is_ended, is_item, is_prose, is_quoted, word_count


class BlockKind(StrEnum):
    HEADLINE = "headline"
    BYLINE = "byline"
    DATELINE = "dateline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"
    CAPTION = "caption"
    TABLE_ROW = "table_row"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """`text[start:end]` of a canonical text, in code points."""

    start: int
    end: int
    kind: BlockKind


_LONGEST_HEADLINE = 200  # characters
_LONGEST_CAPTION = 800
_LONGEST_HEADING = 8  # words; a longer line without a full stop describes a picture
_CAPTION = re.compile(
    r"(?:image|photo|picture|video|bild|foto|légende|imagen|file photo)(?: caption)?\s?[:,]|"
    r".*(?:\([^()]*\b(?:Photo|Foto)s?[:/ ][^()]*\)|\b(?:REUTERS|EPA|AFP|AP)/\w+.{0,40})$",
    re.IGNORECASE | re.DOTALL,
)


def split(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every block of a canonical text."""
    spans = []
    start = 0
    for block in text.split("\n\n"):
        spans.append((start, start + len(block)))
        start += len(block) + 2
    return tuple(spans)


def blocks(text: str, kinds: Iterable[str]) -> tuple[Block, ...]:
    """The blocks of a canonical text whose kinds are already known.

    ValueError: the number of kinds is not that of the blocks, or a kind is unknown.
    """
    pairs = zip(split(text), kinds, strict=True)
    return tuple(Block(start, end, BlockKind(kind)) for (start, end), kind in pairs)


def classify(text: str) -> tuple[BlockKind, ...]:
    """A guess for every block of a canonical plain text."""
    texts = text.split("\n\n")
    hidden = furniture(texts)
    story = [i for i in range(len(texts)) if i not in hidden]
    kinds = [BlockKind.FURNITURE] * len(texts)
    for i, kind in zip(story, _kinds([texts[i] for i in story]), strict=True):
        kinds[i] = kind
    return tuple(kinds)


def _kinds(texts: Sequence[str]) -> list[BlockKind]:
    """The kinds of the blocks of a story without furniture."""
    edges = _edges(texts)
    kinds = [
        (_credit_kind(text) if i in edges else None) or _kind(text, is_last=i == len(texts) - 1)
        for i, text in enumerate(texts)
    ]
    lines = (BlockKind.DATELINE, BlockKind.BYLINE)
    first = next((i for i, kind in enumerate(kinds) if kind not in lines), len(texts))
    if first < len(texts) - 1 and _can_be_headline(texts[first]):
        kinds[first] = BlockKind.HEADLINE
    return kinds


def _can_be_headline(text: str) -> bool:
    if len(text) > _LONGEST_HEADLINE or is_item(text):
        return False
    return not is_ended(text) or text.endswith(("?", "!", "？", "！", "؟"))


def _edges(texts: Sequence[str]) -> frozenset[int]:
    """The blocks that stand before the story, with at most a summary between, or after it."""
    prose = [i for i, text in enumerate(texts) if is_prose(text)]
    before = prose[1] if len(prose) > 1 else len(texts)
    after = prose[-1] if prose else 0
    return frozenset((*range(before), *range(after, len(texts))))


def _credit_kind(text: str) -> BlockKind | None:
    if credit.is_dateline(text):
        return BlockKind.DATELINE
    return BlockKind.BYLINE if credit.is_byline(text) else None


def _kind(text: str, *, is_last: bool) -> BlockKind:
    if is_item(text):
        return BlockKind.LIST_ITEM
    if len(text) <= _LONGEST_CAPTION and _CAPTION.match(text):
        return BlockKind.CAPTION
    if _is_quotation(text):
        return BlockKind.QUOTATION
    if is_last or is_ended(text) or len(text) > _LONGEST_HEADLINE:
        return BlockKind.PARAGRAPH
    return BlockKind.HEADING if word_count(text) <= _LONGEST_HEADING else BlockKind.CAPTION


def _is_quotation(text: str) -> bool:
    """One quotation from its first character to its last, longer than a heading in quotation marks."""
    if text.startswith(">"):
        return True
    if not is_quoted(text) or re.search(rf"{re.escape(text[-1])}[\s,]", text[1:-1]):
        return False
    return is_ended(text) or word_count(text) > _LONGEST_HEADING
