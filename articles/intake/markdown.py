"""Markdown: its marks become the kinds of blocks and links, and are not in the text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from articles.intake.draft import Draft, IntakeError, Link
from articles.intake.front_matter import FrontMatter, front_matter
from articles.intake.page.addresses import absolute
from articles.intake.page.kinds import by_element
from articles.intake.page.tree import parse
from articles.intake.page.walk import CELLS, walk
from articles.intake.pieces import Piece, joined
from articles.intake.plain import LIMIT
from articles.text import credit
from articles.text.blocks import BlockKind
from articles.text.canonical import EmptyText, cleaned, removed
from articles.text.encoding import decode
from articles.text.guess import guess
from articles.text.notes import Note, NoteKind
from articles.text.shape import is_prose

_DEPTH = 100  # quotations and lists within each other; the parser would silently leave out what is deeper
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_LINES_ABOVE_STORY = 5


def read_markdown(raw: bytes, *, filename: str = "") -> Draft:
    """IntakeError: too large, nested too deep, or without text."""
    if len(raw) > LIMIT:
        raise IntakeError(f"This text has {len(raw) / 1e6:,.1f} MB; at most {LIMIT // 1_000_000} MB are read.")
    source, notes = decode(raw)
    matter = front_matter(cleaned(source))
    reading = _Reading()
    pieces = [*_outside(matter), *_credited(list(reading.pieces(_tokens(matter.rest))), matter.headline)]
    try:
        made = joined(pieces)
    except EmptyText as error:
        raise IntakeError("There is no text: the file holds nothing that can be read.") from error
    by_text = guess(made.canonical.text, made.kinds, filename)
    return Draft(
        text=made.canonical.text,
        kinds=made.kinds,
        policy=made.canonical.policy,
        report=(*notes, *removed(source), *made.canonical.report, *reading.report(made.dropped)),
        metadata=replace(by_text, **matter.guesses()),
        received=made.canonical.received,
        raw=raw,
        media_type="text/markdown",
        filename=filename,
        links=made.links,
    )


def _tokens(text: str) -> list[Token]:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEPTH}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    if max((token.level for token in tokens), default=0) >= _DEPTH - 1:
        raise IntakeError(f"Quotations or lists are nested more than {_DEPTH} deep, so this text cannot be read.")
    return tokens


def _outside(matter: FrontMatter) -> Iterator[Piece]:
    """What stands before the text stays within reach."""
    if matter.text:
        yield Piece(text=matter.text, kind=BlockKind.FURNITURE)


def _credited(pieces: Sequence[Piece], headline: str) -> Iterator[Piece]:
    """The first heading of the first rank is the headline; lines above the story say who wrote it and when."""
    first = next((i for i, piece in enumerate(pieces) if piece.kind is BlockKind.HEADLINE), None)
    above = True
    for i, piece in enumerate(pieces):
        above = above and i < _LINES_ABOVE_STORY
        if piece.kind is BlockKind.HEADLINE and (i != first or (headline and piece.text != headline and i > 0)):
            yield replace(piece, kind=BlockKind.HEADING)
        elif piece.kind is BlockKind.PARAGRAPH and above:
            yield (credited := replace(piece, kind=_line_kind(piece.text)))
            above = credited.kind is not BlockKind.PARAGRAPH or not is_prose(piece.text)
        else:
            yield piece


def _line_kind(text: str) -> BlockKind:
    if credit.is_dateline(text):
        return BlockKind.DATELINE
    return BlockKind.BYLINE if credit.is_byline(text) else BlockKind.PARAGRAPH


class _Reading:
    """One pass through the tokens, and what was left out on the way."""

    def __init__(self) -> None:
        self.pictures = self.tags = self.dropped = 0
        self.around: list[str] = []
        self.cells: list[Piece] = []

    def pieces(self, tokens: Sequence[Token]) -> Iterator[Piece]:
        for token in tokens:
            if token.nesting == 1:
                self.around.append(token.tag)
            elif token.nesting == -1:
                self.around.pop()
                if token.tag == "tr":
                    yield self._row()
            elif token.type == "html_block":
                yield from self._html(token.content)
            elif token.type in {"fence", "code_block"}:
                yield Piece(text=token.content, kind=self._kind())
            elif token.type == "inline":
                yield from self._inline(token.children or [])

    def report(self, dropped: int) -> Iterator[Note]:
        """`dropped` links were left out elsewhere."""
        counts = {
            NoteKind.PICTURE: self.pictures,
            NoteKind.MARKUP: self.tags,
            NoteKind.LINK_DROPPED: self.dropped + dropped,
        }
        yield from (Note(kind, count) for kind, count in counts.items() if count)

    def _kind(self) -> BlockKind:
        if self.around[-1:] == ["h1"]:
            return BlockKind.HEADLINE
        return by_element(reversed(self.around))

    def _inline(self, children: Sequence[Token]) -> Iterator[Piece]:
        text = ""
        links: list[Link] = []
        opened: list[tuple[int, str]] = []
        for child in children:
            if child.type == "link_open":
                opened.append((len(text), str(child.attrs["href"])))
            elif child.type == "link_close":
                start, href = opened.pop()
                links += self._link(start, len(text), href)
            else:
                text += self._words(child)
        piece = Piece(text=text, kind=self._kind(), links=tuple(links))
        if "tr" in self.around:
            self.cells.append(piece)
        else:
            yield piece

    def _words(self, child: Token) -> str:
        if child.type == "image":
            self.pictures += 1
            return ""
        if child.type == "html_inline":
            self.tags += 1
            return ""
        return {"softbreak": " ", "hardbreak": "\n"}.get(child.type, child.content)

    def _link(self, start: int, end: int, href: str) -> list[Link]:
        target = absolute("", href)
        self.dropped += 0 if target else 1
        return [Link(start, end, target)] if target else []

    def _row(self) -> Piece:
        text = ""
        links: list[Link] = []
        for cell in self.cells:
            text += CELLS if cell is not self.cells[0] else ""
            links += (Link(len(text) + link.start, len(text) + link.end, link.target) for link in cell.links)
            text += cell.text
        self.cells = []
        return Piece(text=text, kind=BlockKind.TABLE_ROW, links=tuple(links))

    def _html(self, content: str) -> Iterator[Piece]:
        """What a reader would see of it."""
        self.tags += len(_TAG.findall(content))
        if not re.search(r"[^\s<>]", _TAG.sub("", content)):
            return
        for block in walk(parse(content)).blocks:
            links = [link for start, end, href in block.links for link in self._link(start, end, href)]
            around = (one.tag for one in (block.element, *block.element.iterancestors()))
            yield Piece(text=block.text, kind=by_element(around), links=tuple(links))
