"""PDF: the text in reading order, by the places of its characters; heads, feet and page numbers are furniture.

Read by PDFium, Chromium's reader. On 65 files it took 6 s where pdfplumber took 50 s, and it keeps two columns apart,
which pdfplumber's text mixes line by line.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from articles.intake.draft import Draft, IntakeError, Link
from articles.intake.drafting import drafted
from articles.intake.pieces import Piece
from articles.intake.portable.heads import printed_numbers, running
from articles.intake.portable.hyphens import Joiner, words_of
from articles.intake.portable.lines import PageText, read_page
from articles.intake.portable.order import Row, rows
from articles.intake.portable.paragraphs import Grouping, Measures, Paragraph, measures
from articles.intake.portable.properties import stated
from articles.intake.portable.remarks import Remark, remarks
from articles.text.blocks import BlockKind
from articles.text.notes import Note, NoteKind
from articles.text.shape import is_ended, is_item, word_count

MEDIA_TYPE = "application/pdf"
PAGES = 300
LIMIT = 50_000_000  # bytes
UNPACKED = 100_000_000  # bytes of everything but pictures, which are never unpacked here
CELLS = " | "

_HEADING, _HEADLINE = 1.12, 1.2  # times the size of most text
_LONGEST_HEADING, _LONGEST_BOLD = 250, 14  # characters; words
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)|table|tab\.|abb(?:ildung|\.)|tabelle|photo|foto|figura|tabla|graphic)\s?\d", re.I
)
_PACKED = re.compile(rb"stream\r?\n(?=\x78)")  # as zlib begins
_CHUNK = 1 << 20
_LONGEST_ENTRIES = 4_000  # bytes of what a file says about one stream
_MOST_SHOWN = 5
_MOST_WORDS = 40  # of those that were joined: each is a guess that a person may want to look at
_PROTECTED = "This PDF is protected with a password. Save a copy without it and upload that, or paste its text."
_ERRORS = {
    pdfium.FPDF_ERR_PASSWORD: _PROTECTED,
    pdfium.FPDF_ERR_SUCCESS: "This PDF has no pages.",
    pdfium.FPDF_ERR_SECURITY: "This PDF is encrypted in a way that cannot be read. Paste its text instead.",
}
_DAMAGED = "This PDF is damaged and cannot be opened. Save or print it to a new PDF and upload that, or paste its text."
_SCAN = (
    "This PDF is a scan: its pages are pictures without text. Run text recognition on it and upload the result, "
    "or paste its text."
)
_UNTOLD = "The fonts of this PDF do not tell which characters they show, so its text cannot be read. Paste it instead."


def read_pdf(raw: bytes, *, filename: str = "") -> Draft:
    """A draft of the text. IntakeError: protected, damaged, too large, a scan, empty, or with unreadable fonts."""
    if len(raw) > LIMIT:
        raise IntakeError(f"This PDF has {len(raw) / 1e6:,.1f} MB; at most {LIMIT // 1_000_000} MB are read.")
    _refuse_bombs(raw)
    document = _opened(raw)
    with document:
        reading = _Reading(document)
        pieces = list(reading.pieces())
        return drafted(
            pieces,
            raw=raw,
            filename=filename,
            media_type=MEDIA_TYPE,
            notes=tuple(reading.report()),
            gone=reading.joiner.gone + sum(page.repeated for page in reading.pages),
            stated=stated(document),
        )


def _refuse_bombs(raw: bytes) -> None:
    """PDFium unpacks a stream whole, and dies where memory ends."""
    left = UNPACKED
    for found in _PACKED.finditer(raw):
        begin = found.start()
        if b"/Image" in raw[raw.rfind(b"obj", max(0, begin - _LONGEST_ENTRIES), begin) : begin]:
            continue
        left -= _unpacked(memoryview(raw)[found.end() :], left)
        if left < 0:
            raise IntakeError(f"This PDF unpacks to more than {UNPACKED // 1_000_000} MB. Paste its text instead.")


def _unpacked(packed: memoryview, most: int) -> int:
    """The size of a stream; `most` and one more when it is larger."""
    size = 0
    unpacking = zlib.decompressobj()
    for start in range(0, len(packed), _CHUNK):
        chunk: bytes | memoryview = packed[start : start + _CHUNK]
        while chunk and not unpacking.eof:
            try:
                size += len(unpacking.decompress(chunk, _CHUNK))
            except zlib.error:
                return size
            chunk = unpacking.unconsumed_tail
            if size > most:
                return most + 1
        if unpacking.eof:
            break
    return size


def _opened(raw: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(raw)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        raise IntakeError(_ERRORS.get(error.err_code, _DAMAGED)) from error
    if pages > PAGES:
        raise IntakeError(
            f"This PDF has {pages:,} pages; at most {PAGES} are read. Upload the pages of the article alone."
        )
    return document


@dataclass
class _Reading:
    document: pypdfium2.PdfDocument
    pages: list[PageText] = field(default_factory=list)
    remarks: list[list[Remark]] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    heads: int = 0

    def __post_init__(self) -> None:
        self.document.init_forms()
        for i in range(len(self.document)):
            self._read(i)
        self._refuse_textless()
        self.joiner = Joiner(words_of(line for page in self.pages for line in page.lines))

    def _read(self, i: int) -> None:
        try:
            page = self.document[i]
            self.pages.append(read_page(page))
            self.remarks.append(list(remarks(self.document, page)))
            page.close()
        except pypdfium2.PdfiumError:
            self.unread.append(i)
            self.pages[i:] = [PageText()]
            self.remarks[i:] = [[]]

    def _refuse_textless(self) -> None:
        count = sum(page.count for page in self.pages)
        filled = any(page.lines or page.turned or said for page, said in zip(self.pages, self.remarks, strict=True))
        if filled and 2 * sum(page.unmapped for page in self.pages) > count > 0:
            raise IntakeError(_UNTOLD)
        if filled:
            return
        if len(self.unread) == len(self.pages):
            raise IntakeError(_DAMAGED)
        if any(page.has_pictures for page in self.pages):
            raise IntakeError(_SCAN)
        raise IntakeError("This PDF is empty: there is no text on its pages.")

    def pieces(self) -> Iterator[Piece]:
        ordered = [rows(page.lines) for page in self.pages]
        sheets = [(page_rows, page.height) for page_rows, page in zip(ordered, self.pages, strict=True)]
        heads = running(sheets)
        self.heads = len(heads)
        names = self._names(sheets)
        usual = measures((line for page in self.pages for line in page.lines), ordered)
        found = list(self._paragraphs(ordered, heads, usual))
        headline = _headline(found, usual)
        for paragraph in found:
            if isinstance(paragraph, Remark):
                yield _remark_piece(paragraph)
                continue
            kind = BlockKind.HEADLINE if paragraph is headline else _kind(paragraph, usual)
            text, links = self._text(paragraph)
            yield Piece(text=text, kind=kind, links=links, page=names[paragraph.page])

    def _paragraphs(
        self, ordered: Sequence[Sequence[Row]], heads: set[tuple[int, int]], usual: Measures
    ) -> Iterator[Paragraph | Remark]:
        """Page by page; fields, remarks and turned lines of a page follow what ends on it."""
        grouping = Grouping(usual)
        for number, page_rows in enumerate(ordered):
            yield from grouping.page(number, page_rows, {row for page, row in heads if page == number})
            if self.remarks[number] or self.pages[number].turned:
                yield from grouping.close()
                yield from self.remarks[number]
                yield from (Paragraph([line], number, is_furniture=True) for line in self.pages[number].turned)
        yield from grouping.close()

    def _names(self, sheets: Sequence[tuple[Sequence[Row], float]]) -> list[str]:
        printed = printed_numbers(sheets)
        labels = [self.document.get_page_label(i) for i in range(len(self.pages))]
        return [label or printed.get(i) or str(i + 1) for i, label in enumerate(labels)]

    def _text(self, paragraph: Paragraph) -> tuple[str, tuple[Link, ...]]:
        if not (paragraph.is_row or (paragraph.is_furniture and len(paragraph.lines) > 1)):
            return self.joiner.join(paragraph.lines)
        text = ""
        links: list[Link] = []
        for line in paragraph.lines:
            text += CELLS if text else ""
            links += (Link(len(text) + link.start, len(text) + link.end, link.target) for link in line.links)
            text += line.text
        return text, tuple(links)

    def report(self) -> Iterator[Note]:
        textless = [i for i, page in enumerate(self.pages) if not page.count and i not in self.unread]
        said = Counter(remark.is_field for page in self.remarks for remark in page)
        yield Note(NoteKind.PAGE_UNREAD, len(self.unread), _numbers(self.unread))
        yield Note(NoteKind.PAGE_WITHOUT_TEXT, len(textless), _numbers(textless))
        yield Note(NoteKind.INVISIBLE_TEXT, sum(page.invisible for page in self.pages))
        yield Note(NoteKind.UNMAPPED, sum(page.unmapped for page in self.pages))
        yield Note(NoteKind.REPEATED_CHARACTER, sum(page.repeated for page in self.pages))
        yield Note(NoteKind.HYPHEN_MENDED, len(self.joiner.mended), _examples(self.joiner.mended))
        yield Note(NoteKind.HYPHEN_KEPT, len(self.joiner.kept), _examples(self.joiner.kept))
        yield Note(NoteKind.LINE_JOINED, self.joiner.spaces)
        yield Note(NoteKind.RUNNING_HEAD, self.heads + sum(len(page.turned) for page in self.pages))
        yield Note(NoteKind.FORM_FIELD, said[True])
        names = dict.fromkeys(
            remark.name or "somebody" for page in self.remarks for remark in page if not remark.is_field
        )
        yield Note(NoteKind.COMMENT, said[False], f"by {', '.join(list(names)[:_MOST_SHOWN])}")


def _headline(paragraphs: Sequence[Paragraph | Remark], usual: Measures) -> Paragraph | None:
    """The largest words of the first page with text, where they are larger than the rest."""
    texts = [p for p in paragraphs if isinstance(p, Paragraph) and not p.is_furniture and not p.is_row]
    first = [p for p in texts if p.page == texts[0].page and p.size >= _HEADLINE * usual.size]
    return max(first, key=lambda paragraph: paragraph.size, default=None)


def _kind(paragraph: Paragraph, usual: Measures) -> BlockKind:
    if paragraph.is_furniture:
        return BlockKind.FURNITURE
    if paragraph.is_row:
        return BlockKind.TABLE_ROW
    text = " ".join(line.text for line in paragraph.lines)
    if is_item(text):
        return BlockKind.LIST_ITEM
    if _CAPTION.match(text):
        return BlockKind.CAPTION
    return BlockKind.HEADING if _is_heading(paragraph, text, usual) else BlockKind.PARAGRAPH


def _is_heading(paragraph: Paragraph, text: str, usual: Measures) -> bool:
    if not any(character.isalpha() for character in text):
        return False
    if paragraph.size >= _HEADING * usual.size:
        return len(text) <= _LONGEST_HEADING
    bold = paragraph.is_bold and not usual.bold
    return bold and word_count(text) <= _LONGEST_BOLD and not is_ended(text)


def _remark_piece(remark: Remark) -> Piece:
    if remark.is_field:
        return Piece(text=f"{remark.name}: {remark.text}", kind=BlockKind.PARAGRAPH)
    return Piece(text=f"Comment by {remark.name or 'somebody'}: {remark.text}", kind=BlockKind.FURNITURE)


def _numbers(pages: Sequence[int]) -> str:
    shown = ", ".join(str(page + 1) for page in pages[:_MOST_SHOWN])
    return f"{shown}, …" if len(pages) > _MOST_SHOWN else shown


def _examples(words: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(words))
    shown = ", ".join(distinct[:_MOST_WORDS])
    return f"{shown}, …" if len(distinct) > _MOST_WORDS else shown
