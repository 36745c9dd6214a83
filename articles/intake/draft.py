"""An article on its way in: what every importer returns, before a person has agreed to anything."""

import hashlib
from dataclasses import dataclass

from articles.text.blocks import BlockKind
from articles.text.guess import Metadata
from articles.text.notes import Note


class IntakeError(ValueError):
    """The input cannot become an article. The message is a sentence for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Canonical text with one kind per block, guesses to be corrected, and the bytes it came from."""

    text: str
    kinds: tuple[BlockKind, ...]
    policy: int
    report: tuple[Note, ...]
    metadata: Metadata
    raw: bytes
    media_type: str
    filename: str = ""

    @property
    def raw_sha256(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def text_sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()
