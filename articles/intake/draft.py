"""An article on its way in: what every importer returns, before a person has agreed to anything."""

import hashlib
from dataclasses import dataclass

from articles.text.blocks import BlockKind
from articles.text.guess import Metadata
from articles.text.notes import Note, NoteKind


class IntakeError(ValueError):
    """The input cannot become an article. The message is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Link:
    """The words `text[start:end]` (code points) lead to an address, absolute wherever its base was known."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Page:
    """From code point `start` the text stands on the page with this printed number or name.

    A block begins there, unless a person merged it with the one before.
    """

    start: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Canonical text with one kind per block, guesses to be corrected, and the bytes it came from.

    `received` counts the characters of text that came, whatever became of them. `links` and `pages` are in text order.
    """

    text: str
    kinds: tuple[BlockKind, ...]
    policy: int
    report: tuple[Note, ...]
    metadata: Metadata
    raw: bytes
    media_type: str
    received: int
    filename: str = ""
    links: tuple[Link, ...] = ()
    pages: tuple[Page, ...] = ()

    @property
    def kept(self) -> int:
        """Characters that came and are in the text. A break between blocks may be new, and did not come then.

        U+2029 came as one character and is a break of two: it never makes the text more than what came.
        """
        new = sum(note.count for note in self.report if note.kind is NoteKind.BLOCK_BREAK)
        return min(len(self.text) - new, self.received)

    @property
    def raw_sha256(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def text_sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()
