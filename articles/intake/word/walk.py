"""The paragraphs and tables of a Word document as pieces of text, in the order in which they are read."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.intake.draft import Link
from articles.intake.pieces import Piece
from articles.intake.word.package import Relation, attribute, child, children, is_on, name
from articles.intake.word.styles import Styles
from articles.text.blocks import BlockKind
from articles.text.notes import NoteKind

CELLS = " | "  # between the cells of a table row; a tab would be lost to the text policy at an edge

_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:\\[a-z]\s+)*"([^"]+)"', re.IGNORECASE)
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CHANGES = {"w:ins": "insertion", "w:del": "deletion", "w:moveTo": "move", "w:moveFrom": ""}
_GONE = {"w:del", "w:moveFrom"}
_TRANSPARENT = {
    *("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo", "w:dir", "w:bdo"),
    *("w:ruby", "w:rubyBase", "m:oMathPara"),
}
_CHARACTERS = {"w:tab": "\t", "w:cr": "\n", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad", "w:ptab": "\t"}


@dataclass(slots=True)
class _Field:
    """A field of Word: first its code, then what it shows. `start` is where that begins in the line."""

    code: str = ""
    shows: bool = False
    start: int = 0
    target: str = ""


@dataclass(slots=True)
class _Line:
    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def link(self, start: int, target: str) -> None:
        if target and start < self.length:
            self.links.append(Link(start, self.length, target))


@dataclass(slots=True)
class Walker:
    """`relations` are those of the part that is walked. What was met on the way is counted:

    `counts` by kind of note, `changes` by author and what they did, `gone` in characters; `notes` are the footnotes and
    endnotes in the order of their marks.
    """

    styles: Styles
    relations: Mapping[str, Relation]
    counts: Counter[NoteKind] = field(default_factory=Counter)
    changes: Counter[tuple[str, str]] = field(default_factory=Counter)
    gone: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)
    _boxes: list[Any] = field(default_factory=list)
    _line: _Line = field(default_factory=_Line)

    def pieces(self, parent: Any) -> Iterator[Piece]:
        for element in parent:
            tag = name(element)
            if tag in _CHANGES:
                self._count_change(element)
            if tag == "w:p":
                yield from self._paragraph(element)
            elif tag == "w:tbl":
                yield from self._table(element)
            elif tag in _TRANSPARENT:
                yield from self._within(element)
            elif tag == "mc:AlternateContent":
                yield from self.pieces(_alternative(element))
            elif tag == "w:altChunk":
                self.counts[NoteKind.EMBEDDED] += 1

    def _within(self, element: Any) -> Iterator[Piece]:
        gallery = child(element, "w:sdtPr", "w:docPartObj", "w:docPartGallery")
        contents = gallery is not None and attribute(gallery, "w:val") == "Table of Contents"
        for piece in self.pieces(element):
            yield _as(piece, BlockKind.FURNITURE) if contents else piece

    def _paragraph(self, paragraph: Any) -> Iterator[Piece]:
        properties = child(paragraph, "w:pPr")
        line = self._line
        for open_field in self._fields:
            open_field.start = line.length
        self._inline(paragraph, line)
        for open_field in self._fields:
            line.link(open_field.start, open_field.target)
        if not self._is_mark_gone(properties):
            self._line = _Line()
            kind = self.styles.kind(properties)
            text = "".join(line.parts)
            self.counts[NoteKind.NUMBERING] += bool(text.strip()) and self.styles.is_numbered(properties)
            yield Piece(text=text, kind=kind, links=tuple(line.links))
        yield from self._text_boxes()

    def _is_mark_gone(self, properties: Any) -> bool:
        """The end of the paragraph was deleted, so that the next one goes on in the same line."""
        marks = child(properties, "w:rPr")
        for mark in children(marks, *_CHANGES) if marks is not None else ():
            self._count_change(mark)
        return marks is not None and any(True for _ in children(marks, *_GONE))

    def _text_boxes(self) -> Iterator[Piece]:
        boxes, self._boxes = self._boxes, []
        outer, self._line = self._line, _Line()
        fields, self._fields = self._fields, []
        for box in boxes:
            self.counts[NoteKind.TEXT_BOX] += 1
            yield from self.pieces(box)
        self._line, self._fields = outer, fields

    def _table(self, table: Any) -> Iterator[Piece]:
        for row in _rows(table):
            mark = next((mark for part in children(row, "w:trPr") for mark in children(part, "w:ins", "w:del")), None)
            if mark is not None:
                self._count_change(mark)
            if mark is not None and name(mark) == "w:del":
                self.gone += _length(row)
                continue
            yield from self._row([list(self.pieces(cell)) for cell in _cells(row)])

    def _row(self, cells: list[list[Piece]]) -> Iterator[Piece]:
        if len(cells) == 1:  # a frame around ordinary text, as a rule
            yield from cells[0]
            return
        line = _Line()
        for i, cell in enumerate(cells):
            line.add(CELLS if i else "")
            for j, piece in enumerate(piece for piece in cell if piece.text.strip()):
                line.add(" " if j else "")
                start = line.length
                line.links += (Link(start + link.start, start + link.end, link.target) for link in piece.links)
                line.add(piece.text)
        if any(piece.text.strip() for cell in cells for piece in cell):
            yield Piece(text="".join(line.parts), kind=BlockKind.TABLE_ROW, links=tuple(line.links))

    def _inline(self, parent: Any, line: _Line) -> None:
        for element in parent:
            tag = name(element)
            if tag in _CHANGES:
                self._count_change(element)
            if tag in _GONE:
                self.gone += _length(element)
            elif tag in _TRANSPARENT:
                self._inline(element, line)
            elif handle := _INLINE.get(tag):
                handle(self, element, line)

    def _run(self, run: Any, line: _Line) -> None:
        if is_on(run, "w:rPr", "w:vanish"):
            self.counts[NoteKind.HIDDEN_TEXT] += _length(run)
            self.gone += _length(run)
        else:
            self._inline(run, line)

    def _text(self, element: Any, line: _Line) -> None:
        text = element.text or ""
        if element.get(_XML_SPACE) != "preserve":
            text = text.strip(" \t\r\n")
        self._add(text, line)

    def _add(self, text: str, line: _Line) -> None:
        if all(open_field.shows for open_field in self._fields):
            line.add(text)

    def _character(self, element: Any, line: _Line) -> None:
        self._add(_CHARACTERS[name(element)], line)

    def _break(self, element: Any, line: _Line) -> None:
        if attribute(element, "w:type") not in {"page", "column"}:
            self._add("\n", line)

    def _symbol(self, element: Any, line: _Line) -> None:
        code = attribute(element, "w:char")
        self._add(chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{2,4}", code) else "\ufffd", line)

    def _hyperlink(self, element: Any, line: _Line) -> None:
        relation = self.relations.get(attribute(element, "r:id"))
        anchor = attribute(element, "w:anchor")
        start = line.length
        self._inline(element, line)
        if relation and relation.external:
            line.link(start, f"{relation.target}#{anchor}" if anchor else relation.target)

    def _simple_field(self, element: Any, line: _Line) -> None:
        start = line.length
        self._inline(element, line)
        line.link(start, _address(attribute(element, "w:instr")))

    def _field_character(self, element: Any, line: _Line) -> None:
        kind = attribute(element, "w:fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            current = self._fields[-1]
            current.shows, current.start, current.target = True, line.length, _address(current.code)
        elif self._fields and kind == "end":
            done = self._fields.pop()
            line.link(done.start, done.target)

    def _field_code(self, element: Any, _: _Line) -> None:
        if self._fields:
            self._fields[-1].code += element.text or ""

    def _note_mark(self, element: Any, line: _Line) -> None:
        self.notes.append((name(element).removesuffix("Reference"), attribute(element, "w:id")))
        if attribute(element, "w:customMarkFollows") in {"", "0", "false"}:
            self._add(f"[{len(self.notes)}]", line)

    def _formula(self, element: Any, line: _Line) -> None:
        self.counts[NoteKind.FORMULA] += 1
        self._add("".join(part.text or "" for part in element.iter() if name(part) == "m:t"), line)

    def _drawing(self, element: Any, _: _Line) -> None:
        chosen = _alternative(element) if name(element) == "mc:AlternateContent" else element
        boxes = [part for part in chosen.iter() if name(part) == "w:txbxContent"]
        self._boxes += (
            box for box in boxes if not any(name(outer) == "w:txbxContent" for outer in box.iterancestors())
        )
        if name(element) == "w:object" or any(name(part) in {"relIds", "chart"} for part in chosen.iter()):
            self.counts[NoteKind.EMBEDDED] += 1
        else:
            self.counts[NoteKind.PICTURE] += sum(name(part) in {"a:blip", "v:imagedata"} for part in chosen.iter())

    def _count_change(self, element: Any) -> None:
        if done := _CHANGES[name(element)]:
            self.changes[attribute(element, "w:author"), done] += 1


_INLINE: dict[str, Callable[[Walker, Any, _Line], None]] = {
    "w:r": Walker._run,
    "w:t": Walker._text,
    "w:br": Walker._break,
    "w:sym": Walker._symbol,
    "w:hyperlink": Walker._hyperlink,
    "w:fldSimple": Walker._simple_field,
    "w:fldChar": Walker._field_character,
    "w:instrText": Walker._field_code,
    "w:footnoteReference": Walker._note_mark,
    "w:endnoteReference": Walker._note_mark,
    "m:oMath": Walker._formula,
    **dict.fromkeys(_CHARACTERS, Walker._character),
    **dict.fromkeys(["w:drawing", "w:pict", "w:object", "mc:AlternateContent"], Walker._drawing),
}


def _as(piece: Piece, kind: BlockKind) -> Piece:
    return Piece(text=piece.text, kind=kind, links=piece.links)


def _address(code: str) -> str:
    found = _HYPERLINK.match(code)
    return found[1] if found else ""


def _length(element: Any) -> int:
    return sum(len(part.text or "") for part in element.iter() if name(part) in {"w:t", "w:delText"})


def _rows(table: Any) -> Iterator[Any]:
    return _nested(table, "w:tr")


def _cells(row: Any) -> Iterator[Any]:
    return _nested(row, "w:tc")


def _nested(element: Any, wanted: str) -> Iterator[Any]:
    """Rows or cells, also those that are wrapped in a content control."""
    for part in element:
        if name(part) == wanted:
            yield part
        elif name(part) in _TRANSPARENT:
            yield from _nested(part, wanted)


def _alternative(element: Any) -> Any:
    """The first of several forms of the same content that has any; an empty one when none has."""
    forms = list(children(element, "mc:Choice", "mc:Fallback"))
    full = (form for form in forms if any(name(part) in {"w:t", "a:blip", "v:imagedata"} for part in form.iter()))
    return next(full, forms[0] if forms else ())
