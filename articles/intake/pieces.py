"""Blocks whose bounds a format knows, put through the text policy in one go; what stood in them keeps its place."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from articles.intake.draft import Link, Page
from articles.text.blocks import BlockKind
from articles.text.canonical import Canonical, canonicalise

_ADDRESS = re.compile(r"(?:https?://|ftp://|mailto:)[^\s\x00-\x1f]+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Text that a format holds to be one block. `links` are places in it; `page` is where it begins, when known."""

    text: str
    kind: BlockKind
    links: tuple[Link, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """A canonical text with one kind for each block, links and pages at their places in it.

    `dropped` counts links that lead nowhere on the web: to a file, into the document, or to a script.
    """

    canonical: Canonical
    kinds: tuple[BlockKind, ...]
    links: tuple[Link, ...]
    pages: tuple[Page, ...]
    dropped: int


def joined(pieces: Iterable[Piece]) -> Joined:
    """A piece with a blank line in it becomes several blocks, one without visible words none. May raise EmptyText."""
    kept = [piece for piece in pieces if piece.text.strip()]
    raw = "\n\n".join(piece.text for piece in kept)
    canonical = canonicalise(raw)
    starts = [0, *accumulate(len(piece.text) + 2 for piece in kept)]
    origins = _origins(raw, canonical.text)
    owners = [bisect_right(starts, origins[start]) - 1 for start, _ in canonical.blocks]
    links = list(_links(kept, starts, origins, canonical.text))
    return Joined(
        canonical,
        tuple(kept[owner].kind for owner in owners),
        tuple(link for link in links if _ADDRESS.match(link.target)),
        tuple(_pages(kept, owners, canonical)),
        sum(not _ADDRESS.match(link.target) for link in links),
    )


def _origins(raw: str, text: str) -> Sequence[int]:
    """For each character of the canonical text, and for its end, the place it had before.

    The policy only takes characters away, writes other line ends, and makes breaks between blocks. So the next
    character that is the same is the same one.
    """
    if raw == text:
        return range(len(text) + 1)
    origins = []
    place = 0
    for character in text:
        if character == "\n":
            origins.append(place)
            continue
        place = raw.index(character, place) + 1
        origins.append(place - 1)
    return [*origins, len(raw)]


def _links(kept: Sequence[Piece], starts: Sequence[int], origins: Sequence[int], text: str) -> Iterable[Link]:
    for piece, offset in zip(kept, starts, strict=False):
        for link in piece.links:
            start = bisect_left(origins, offset + link.start)
            end = bisect_left(origins, offset + link.end)
            words = text[start:end]
            start += len(words) - len(words.lstrip())
            end = start + len(words.strip())
            if start < end:
                yield Link(start, end, link.target)


def _pages(kept: Sequence[Piece], owners: Sequence[int], canonical: Canonical) -> Iterable[Page]:
    name = ""
    for owner, (start, _) in zip(owners, canonical.blocks, strict=True):
        if kept[owner].page and kept[owner].page != name:
            name = kept[owner].page
            yield Page(start, name)
