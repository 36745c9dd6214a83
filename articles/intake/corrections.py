"""What a person corrects in a draft: blocks that are of another kind, two in one, or one in two.

A correction names its place in the text as it was read. So it means the same whatever is corrected besides, it can be
taken back by itself, and a block keeps its name (where it begins) while others come and go.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from articles.intake.draft import Draft, Link, Page
from articles.text.blocks import BlockKind, split
from articles.text.canonical import SPACE, EmptyText, canonicalise
from articles.text.guess import Metadata, guess
from articles.text.notes import Note, NoteKind
from articles.text.offsets import snap_to_graphemes

_WHITE = SPACE + "\n"
# Scripts that write no space between words, with their punctuation.
_WITHOUT_SPACES = regex.compile(
    r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\u3000-\u303f\uff00-\uffef]"
)


class CorrectionError(ValueError):
    """The correction cannot be made. The message is a sentence for a person."""


class What(StrEnum):
    RETYPE = "retype"
    SPLIT = "split"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Correction:
    """`at` is where a block begins in the text as it was read; for a split, where the second of the two will.

    `kind` is that of the block; of the second one, where a block was split. A merge joins the block to the one before.
    A correction that names a place where no block begins any more does nothing.
    """

    what: What
    at: int
    kind: BlockKind | None = None


class Part(NamedTuple):
    """Words of the text as it was read, and where in the text of their block they stand now."""

    start: int
    end: int
    within: int


class Block(NamedTuple):
    """A block as it is now; `at`, where it begins in the text as it was read, is its name."""

    at: int
    kind: BlockKind
    text: str
    parts: tuple[Part, ...]


class Corrected:
    """A draft with corrections over it. A block is made when it is asked for: a text may have thousands."""

    def __init__(self, draft: Draft, corrections: Sequence[Correction]) -> None:
        self._text = draft.text
        self._bounds = split(draft.text)
        self.begins = [start for start, _ in self._bounds]
        self._kinds = draft.kinds
        self._splits, self._merges, self._retyped = _cuts(frozenset(self.begins), corrections)
        kept = [start for start in self.begins if start not in self._merges] if self._merges else self.begins
        self.starts = sorted([*kept, *self._splits]) if self._splits else kept
        """The names of the blocks, in order."""

    def __len__(self) -> int:
        return len(self.starts)

    def index(self, at: int) -> int:
        """CorrectionError: no block has this name."""
        index = bisect_right(self.starts, at) - 1
        if index < 0 or self.starts[index] != at:
            raise CorrectionError("There is no such block any more. Load the page again.")
        return index

    def block(self, index: int) -> Block:
        text, parts = "", list[Part]()
        for start, end in self._pieces(index):
            joint = _joint(self._text, parts[-1].end, start) if parts else ""
            parts.append(Part(start, end, len(text) + len(joint)))
            text += joint + self._text[start:end]
        return Block(self.starts[index], self.kind(index), text, tuple(parts))

    def blocks(self, first: int = 0, last: int | None = None) -> list[Block]:
        return [self.block(index) for index in range(*slice(first, last).indices(len(self)))]

    def kind(self, index: int) -> BlockKind:
        at = self.starts[index]
        return self._retyped.get(at) or self._kinds[bisect_right(self.begins, at) - 1]

    def kinds(self) -> list[BlockKind]:
        return (
            list(map(self.kind, range(len(self)))) if self._retyped or self._splits or self._merges else [*self._kinds]
        )

    def joined(self) -> tuple[str, list[tuple[int, int, int]]]:
        """The corrected text, and how far each stretch of the text as it was read was moved: start, end, by."""
        pieces, moves = list[str](), list[tuple[int, int, int]]()
        start, length = 0, 0
        for at in sorted(self._splits | self._merges):
            end = start + len(self._text[start:at].rstrip(_WHITE))
            between = "\n\n" if at in self._splits else _joint(self._text, end, at)
            pieces += (self._text[start:end], between)
            moves.append((start, end, length - start))
            length += end - start + len(between)
            start = at
        pieces.append(self._text[start:])
        return "".join(pieces), [*moves, (start, len(self._text), length - start)]

    def notes(self) -> Iterator[Note]:
        for kind, places in ((NoteKind.BLOCK_SPLIT, self._splits), (NoteKind.BLOCK_MERGED, self._merges)):
            if places:
                yield Note(kind, len(places))

    def _pieces(self, index: int) -> list[tuple[int, int]]:
        """The words of a block, as spans of the text as it was read."""
        start = self.starts[index]
        beyond = self.starts[index + 1] if index + 1 < len(self) else len(self._text)
        first, last = bisect_right(self.begins, start) - 1, bisect_right(self.begins, beyond - 1)
        spans = [(max(begin, start), min(end, beyond)) for begin, end in self._bounds[first:last]]
        begin, end = spans[-1]
        return [*spans[:-1], (begin, begin + len(self._text[begin:end].rstrip(_WHITE)))]


def corrected(draft: Draft, corrections: Sequence[Correction]) -> Draft:
    """The draft with its corrections: text, kinds, links and pages moved along, and a report that counts them."""
    if not corrections:
        return draft
    now = Corrected(draft, corrections)
    text, moves = now.joined()
    starts = [start for start, _, _ in moves]
    return replace(
        draft,
        text=text,
        kinds=tuple(now.kinds()),
        links=tuple(moved for link in draft.links for moved in _moved(link, moves, starts)),
        pages=tuple(
            Page(page.start + moves[bisect_right(starts, page.start) - 1][2], page.name) for page in draft.pages
        ),
        report=(*draft.report, *now.notes()),
    )


def guessed_again(draft: Draft, now: Draft) -> Metadata:
    """What the corrected text says about itself; where something else than the text said it first, that stays."""
    if (now.text, now.kinds) == (draft.text, draft.kinds):
        return draft.metadata
    before, after = (_guess(read.text, read.kinds, read.filename) for read in (draft, now))
    names = [field.name for field in fields(Metadata)]
    follows = [name for name in names if getattr(draft.metadata, name) == getattr(before, name)]
    return replace(draft.metadata, **{name: getattr(after, name) for name in follows})


# A correction asks what the text said before and says after it, and the next one asks for the last again.
_guess = lru_cache(maxsize=4)(guess)


# Making a correction


def retype(draft: Draft, corrections: Sequence[Correction], at: int, kind: BlockKind) -> Correction:
    Corrected(draft, corrections).index(at)
    return Correction(What.RETYPE, at, kind)


def merge(draft: Draft, corrections: Sequence[Correction], at: int) -> Correction:
    """Join the block to the one before it."""
    if Corrected(draft, corrections).index(at) == 0:
        raise CorrectionError("This is the first block; there is none before it.")
    new = Correction(What.MERGE, at)
    refuse_unfit(draft, corrections, [*corrections, new])
    return new


def split_at(draft: Draft, corrections: Sequence[Correction], at: int, offset: int) -> Correction:
    """Split a block before the character `offset`, counted in code points from the beginning of its text."""
    now = Corrected(draft, corrections)
    block = now.block(now.index(at))
    offset = _where_a_word_can_begin(block.text, offset)
    if not block.text[:offset].strip(_WHITE) or not block.text[offset:]:
        raise CorrectionError("A block is split between two of its words. Choose a place inside it.")
    part = next(part for part in reversed(block.parts) if part.within <= offset)
    # What followed the headline in its block is no second headline.
    kind = BlockKind.PARAGRAPH if block.kind is BlockKind.HEADLINE else block.kind
    new = Correction(What.SPLIT, part.start + offset - part.within, kind)
    refuse_unfit(draft, corrections, [*corrections, new])
    return new


def refuse_unfit(draft: Draft, before: Sequence[Correction], after: Sequence[Correction]) -> None:
    """CorrectionError where a block that is new after the change would be none by the text policy."""
    was, now = Corrected(draft, before), Corrected(draft, after)
    ends = [frozenset(pairwise([*one.starts, len(draft.text)])) for one in (was, now)]
    for at, _ in ends[1] - ends[0]:
        if not _is_one_block(now.block(now.index(at)).text):
            raise CorrectionError("The text policy would not read this as one block, so it has to stay as it is.")


def _is_one_block(text: str) -> bool:
    try:
        return canonicalise(text).text == text and "\n\n" not in text
    except EmptyText:
        return False


def _where_a_word_can_begin(text: str, offset: int) -> int:
    """The next place at or after `offset` without white space, and not within one character."""
    offset = max(0, min(offset, len(text)))
    offset, _ = snap_to_graphemes(text, offset, offset)
    return offset + len(text[offset:]) - len(text[offset:].lstrip(_WHITE))


# Applying them


def _cuts(begins: frozenset[int], corrections: Sequence[Correction]) -> tuple[set[int], set[int], dict[int, BlockKind]]:
    """What is split and merged in the end, and the kinds that were said. Blocks begin at `begins` before."""
    splits, merges, retyped = set[int](), set[int](), dict[int, BlockKind]()
    for correction in corrections:
        at = correction.at
        if correction.what is What.RETYPE and correction.kind:
            retyped[at] = correction.kind
        elif correction.what is What.SPLIT:
            merges.discard(at)
            if at not in begins:
                splits.add(at)
                retyped |= {at: correction.kind} if correction.kind else {}
        elif correction.what is What.MERGE:
            merges.update({at} & begins - {0})
            splits.discard(at)
    return splits, merges, retyped


def _joint(text: str, end: int, start: int) -> str:
    """What stands between two blocks that are one now."""
    return "" if _WITHOUT_SPACES.match(text[end - 1]) and _WITHOUT_SPACES.match(text[start]) else " "


def _moved(link: Link, moves: Sequence[tuple[int, int, int]], starts: Sequence[int]) -> Iterator[Link]:
    """The link where its words are now; in two where they were split."""
    for begin, stop, by in moves[max(0, bisect_right(starts, link.start) - 1) : bisect_right(starts, link.end - 1)]:
        start, end = max(link.start, begin), min(link.end, stop)
        if start < end:
            yield Link(start + by, end + by, link.target)
