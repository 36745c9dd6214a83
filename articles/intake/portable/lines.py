"""The characters of a PDF page, as its reader finds them, in lines with places on the page."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from articles.intake.draft import Link

_WIDE_GAP = 1.8  # of the font size; justified lines stay below, columns and cells above
_SAME_PLACE = 0.12  # of the font size; a letter printed twice to look bold is moved by less
_BOLD = 600  # weight
_BOLD_NAME = re.compile(r"bold|black|heavy|CMBX", re.IGNORECASE)
_DIVIDED = "\x02"  # what the reader puts for a hyphen at the end of a line
_UNKNOWN = {0, 0xFFFE, 0xFFFF}


@dataclass(frozen=True, slots=True)
class Line:
    """Words in one line without a wide gap; places in points, from the upper left corner of the upright page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    links: tuple[Link, ...] = ()

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(slots=True)
class PageText:
    """`turned` are lines that run in another direction than most. Counts are of characters."""

    lines: list[Line] = field(default_factory=list)
    turned: list[Line] = field(default_factory=list)
    width: float = 0
    height: float = 0
    invisible: int = 0
    unmapped: int = 0
    repeated: int = 0
    count: int = 0
    has_pictures: bool = False


@dataclass(frozen=True, slots=True)
class _Font:
    """How the characters of one text object are printed. `turn` counts quarter turns against the clock."""

    size: float
    turn: int
    bold: bool
    invisible: bool


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    box: tuple[float, float, float, float]  # left, bottom, right, top; from the lower left corner
    font: _Font | None  # None for a space that the reader found between two words
    link: str = ""


_NO_FONT = _Font(size=1, turn=0, bold=False, invisible=False)
_LINE_END = _Character("\n", (0, 0, 0, 0), None)


def read_page(page: pypdfium2.PdfPage) -> PageText:
    text_page = page.get_textpage()
    try:
        return _read(page, _Reader(text_page, _links(page)))
    finally:
        text_page.close()


def _read(page: pypdfium2.PdfPage, reader: "_Reader") -> PageText:
    characters = list(reader.characters())
    turns = Counter(character.font.turn for character in characters if character.font)
    turn = turns.most_common(1)[0][0] if turns else 0
    left, bottom, right, top = page.get_bbox()
    upright = turn % 2 == 0
    result = PageText(
        width=right - left if upright else top - bottom,
        height=top - bottom if upright else right - left,
        invisible=reader.invisible,
        unmapped=reader.unmapped,
        count=reader.count,
        has_pictures=any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4)),
    )
    for group in _split(characters):
        own = next((character.font.turn for character in group if character.font), turn)
        line = _line(group, own, (left, bottom, right, top))
        (result.lines if own == turn else result.turned).append(line)
    _drop_repeated(result)
    return result


def _drop_repeated(page: PageText) -> None:
    """Lines printed twice in the same place, to look bold, where the reader has not seen that itself."""
    seen: dict[str, list[Line]] = {}
    for line in page.lines:
        if any(_is_on(line, other) for other in seen.get(line.text, ())):
            page.repeated += len(line.text)
        else:
            seen.setdefault(line.text, []).append(line)
    page.lines = [line for line in page.lines if any(line is kept for kept in seen[line.text])]


def _is_on(line: Line, other: Line) -> bool:
    near = _SAME_PLACE * line.size
    return abs(line.left - other.left) < near and abs(line.top - other.top) < near


class _Reader:
    """Goes once through the characters of a page; asks for each text object only once how it is printed."""

    def __init__(self, text_page: Any, links: list[tuple[tuple[float, float, float, float], str]]) -> None:
        self.page = text_page
        self.links = links
        self.fonts: dict[int, _Font] = {}
        self.invisible = self.unmapped = self.count = 0

    def characters(self) -> Iterator[_Character]:
        high = 0
        box = pdfium.FS_RECTF()
        for i in range(self.page.count_chars()):
            code = pdfium.FPDFText_GetUnicode(self.page, i)
            if 0xD800 <= code < 0xDC00:  # half of a character; the other one comes next
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
            high = 0
            if code in {10, 13}:
                yield _LINE_END
                continue
            pdfium.FPDFText_GetLooseCharBox(self.page, i, box)
            yield from self._character(i, code, (box.left, box.bottom, box.right, box.top))

    def _character(self, i: int, code: int, box: tuple[float, float, float, float]) -> Iterator[_Character]:
        if code == 32 and pdfium.FPDFText_IsGenerated(self.page, i) == 1:
            yield _Character(" ", box, None)
            return
        font = self._font(i)
        self.count += 1
        self.invisible += font.invisible and code != 32
        if code in _UNKNOWN or pdfium.FPDFText_HasUnicodeMapError(self.page, i) == 1:
            self.unmapped += 1
            code = 0xFFFD
        yield _Character(chr(code), box, font, self._link(box))
        if chr(code) == _DIVIDED:
            yield _LINE_END

    def _font(self, i: int) -> _Font:
        handle = pdfium.FPDFText_GetTextObject(self.page, i)
        address = ctypes.addressof(handle.contents) if handle else 0
        if address not in self.fonts:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(self.page, i, matrix)
            mode = pdfium.FPDFTextObj_GetTextRenderMode(handle) if address else 0
            self.fonts[address] = _Font(
                size=max(0.1, pdfium.FPDFText_GetFontSize(self.page, i) * math.hypot(matrix.c, matrix.d)),
                turn=round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4,
                bold=pdfium.FPDFText_GetFontWeight(self.page, i) >= _BOLD or bool(_BOLD_NAME.search(self._name(i))),
                invisible=mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE,
            )
        return self.fonts[address]

    def _name(self, i: int) -> str:
        buffer = ctypes.create_string_buffer(100)
        pdfium.FPDFText_GetFontInfo(self.page, i, buffer, len(buffer), None)
        return buffer.value.decode("ascii", "replace")

    def _link(self, box: tuple[float, float, float, float]) -> str:
        if not self.links:
            return ""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        found = (target for area, target in self.links if area[0] <= x <= area[2] and area[1] <= y <= area[3])
        return next(found, "")


def _links(page: pypdfium2.PdfPage) -> list[tuple[tuple[float, float, float, float], str]]:
    """Areas of the page that lead to an address."""
    found = []
    place = ctypes.c_int(0)
    link = pdfium.FPDF_LINK()
    area = pdfium.FS_RECTF()
    while pdfium.FPDFLink_Enumerate(page, place, link):
        action = pdfium.FPDFLink_GetAction(link)
        if not action or not pdfium.FPDFLink_GetAnnotRect(link, area):
            continue
        length = pdfium.FPDFAction_GetURIPath(page.pdf, action, None, 0)
        buffer = ctypes.create_string_buffer(max(1, length))
        pdfium.FPDFAction_GetURIPath(page.pdf, action, buffer, length)
        if target := buffer.value.decode("utf-8", "replace").strip():
            found.append(((area.left, area.bottom, area.right, area.top), target))
    return found


def _split(characters: list[_Character]) -> Iterator[list[_Character]]:
    """Groups that stand in one line, without a wide gap between two characters."""
    group: list[_Character] = []
    last: _Character | None = None
    for character in characters:
        if character is _LINE_END or (last and character.font and _is_apart(last, character)):
            yield from _visible(group)
            group, last = [], None
        if character is not _LINE_END:
            group.append(character)
            last = character if character.font else last
    yield from _visible(group)


def _visible(group: list[_Character]) -> Iterator[list[_Character]]:
    while group and group[-1].text.isspace():
        group.pop()
    start = next((i for i, character in enumerate(group) if not character.text.isspace()), len(group))
    if group[start:]:
        yield group[start:]


def _is_apart(one: _Character, other: _Character) -> bool:
    font = other.font or _NO_FONT
    if one.font and one.font.turn != font.turn:
        return True
    along, across = (0, 1) if font.turn % 2 == 0 else (1, 0)
    gap = max(other.box[along] - one.box[along + 2], one.box[along] - other.box[along + 2])
    drop = abs((one.box[across] + one.box[across + 2]) - (other.box[across] + other.box[across + 2])) / 2
    size = max(font.size, (one.font or font).size)
    return gap > _WIDE_GAP * size or drop > size


def _line(group: list[_Character], turn: int, page: tuple[float, float, float, float]) -> Line:
    boxes = [_upright(character.box, turn, page) for character in group if character.font] or [(0.0, 0.0, 0.0, 0.0)]
    fonts = [character.font for character in group if character.font] or [_NO_FONT]
    text = "".join("-" if character.text == _DIVIDED else character.text for character in group)
    return Line(
        text=text,
        left=min(box[0] for box in boxes),
        top=min(box[1] for box in boxes),
        right=max(box[2] for box in boxes),
        bottom=max(box[3] for box in boxes),
        size=Counter(round(font.size, 1) for font in fonts).most_common(1)[0][0],
        bold=sum(font.bold for font in fonts) * 10 > 9 * len(fonts),
        links=tuple(_linked(group)),
    )


def _upright(
    box: tuple[float, float, float, float], turn: int, page: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """Left, top, right, bottom on a page that is turned until the words stand upright."""
    left, bottom, right, top = box
    if turn == 1:
        return bottom - page[1], left - page[0], top - page[1], right - page[0]
    if turn == 2:
        return page[2] - right, bottom - page[1], page[2] - left, top - page[1]
    if turn == 3:
        return page[3] - top, page[2] - right, page[3] - bottom, page[2] - left
    return left - page[0], page[3] - top, right - page[0], page[3] - bottom


def _linked(group: list[_Character]) -> Iterator[Link]:
    start = 0
    for i in range(1, len(group) + 1):
        same = i < len(group) and (group[i].link == group[start].link or not group[i].font)
        if not same:
            if group[start].link:
                yield Link(start, i, group[start].link)
            start = i
