"""Lines to paragraphs, by what a typesetter does to show where one ends: space, indent, size, a line left short."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from articles.intake.portable.lines import Line
from articles.intake.portable.order import Row
from articles.text.shape import is_ended, is_item

_SAME_SIZE = 1.08
_LARGE = 1.12  # times the size of most text: headings
_WIDE_PITCH = 1.3  # times the usual distance of lines
_USUAL_PITCH = 1.25  # times the font size, where there is too little to measure
_INDENT = 0.7  # times the font size
_HYPHENS = "-\u00ad\u2010"


@dataclass(slots=True)
class Paragraph:
    """Lines of one paragraph, or one row of several cells. `page` is where it begins."""

    lines: list[Line]
    page: int
    is_row: bool = False
    is_furniture: bool = False

    @property
    def size(self) -> float:
        return max(line.size for line in self.lines)

    @property
    def is_bold(self) -> bool:
        return all(line.bold for line in self.lines)


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in a document: the font size, and the distance of lines in font sizes."""

    size: float
    pitch: float
    bold: bool


def measures(lines: Iterable[Line], rows: Iterable[Sequence[Row]]) -> Measures:
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
        bold[line.bold] += len(line.text)
    pitches = [pitch for page in rows for pitch in _pitches(page)]
    return Measures(
        size=sizes.most_common(1)[0][0] if sizes else 1,
        pitch=median(pitches) if len(pitches) > 3 else _USUAL_PITCH,
        bold=bold[True] > bold[False],
    )


def _pitches(rows: Sequence[Row]) -> Iterator[float]:
    for one, other in pairwise(rows):
        pitch = (other.top - one.top) / one.lines[0].size
        if one.column == other.column and 0.9 < pitch < 2:
            yield pitch


@dataclass(slots=True)
class Grouping:
    """Goes through the rows of all pages. What is open may go on in the next column, or over the page."""

    usual: Measures
    open: Paragraph | None = None
    _place: tuple[int, int] = (0, 0)
    _columns: Mapping[int, list[Line]] = field(default_factory=dict)
    _before: Sequence[Line] = ()
    _waiting: list[Paragraph] = field(default_factory=list)

    def page(self, number: int, rows: Sequence[Row], furniture: set[int]) -> Iterator[Paragraph]:
        text = [row for i, row in enumerate(rows) if i not in furniture and not row.aside]
        self._columns = _columns(text)
        for i, row in enumerate(rows):
            if i in furniture:
                self._waiting.append(Paragraph(list(row.lines), number, is_furniture=True))
            elif row.aside:
                self._aside(row.lines[0], number)
            elif len(row.lines) > 1:
                yield from self.close()
                yield Paragraph(list(row.lines), number, is_row=True)
            else:
                yield from self._line(row.lines[0], number, row.column)

    def close(self) -> Iterator[Paragraph]:
        if self.open:
            yield self.open
        yield from self._waiting
        self.open, self._waiting = None, []

    def _aside(self, line: Line, page: int) -> None:
        """Waits until the text beside it has ended, together with the lines of the same margin above it."""
        above = self._waiting[-1] if self._waiting else None
        if above and not above.is_furniture and above.page == page and _is_below(above.lines[-1], line):
            above.lines.append(line)
        else:
            self._waiting.append(Paragraph([line], page))

    def _line(self, line: Line, page: int, column: int) -> Iterator[Paragraph]:
        place = page, column
        lines = self._columns[column]
        if self.open and self._goes_on(line, lines, same_place=place == self._place):
            self.open.lines.append(line)
        else:
            yield from self.close()
            self.open = Paragraph([line], page)
        self._place, self._before = place, lines

    def _goes_on(self, line: Line, column: Sequence[Line], *, same_place: bool) -> bool:
        assert self.open  # noqa: S101  # for the type checker; the caller has just looked
        last = self.open.lines[-1]
        if not _is_alike(last, line) or is_item(line.text):
            return False
        if not same_place:
            return self._goes_on_elsewhere(last, line, column)
        if line.top - last.top > _WIDE_PITCH * self.usual.pitch * max(last.size, line.size):
            return False
        if last.text[-1] in _HYPHENS or last.size >= _LARGE * self.usual.size:
            return True
        return not (self._is_indented(line, column) or _is_left_short(last, line, _right(column, last)))

    def _goes_on_elsewhere(self, last: Line, line: Line, column: Sequence[Line]) -> bool:
        if last.text[-1] in _HYPHENS:
            return True
        if is_ended(last.text) or last.size >= _LARGE * self.usual.size:
            return False
        if _is_left_short(last, line, _right(self._before, last)):
            return False
        is_first = line.left > _left(column) + _INDENT * line.size
        return line.text[0].islower() or not (is_first or line.text[0].isupper())

    def _is_indented(self, line: Line, column: Sequence[Line]) -> bool:
        """A first line that is moved in; or a line that comes back after several that were."""
        assert self.open  # noqa: S101  # for the type checker; the caller has just looked
        lines = self.open.lines
        indent = _INDENT * line.size
        moved_in = line.left > _left(column) + indent and line.left > lines[-1].left + indent
        if moved_in:
            return not (is_item(lines[0].text) and len(lines) == 1)
        came_back = line.left < lines[-1].left - indent
        return came_back and len(lines) > 1 and abs(lines[-1].left - lines[0].left) < indent


def _columns(rows: Sequence[Row]) -> dict[int, list[Line]]:
    found = defaultdict(list)
    for row in rows:
        if len(row.lines) == 1:
            found[row.column].append(row.lines[0])
    return found


def _left(column: Sequence[Line]) -> float:
    """Where most lines of the column begin, those of indented paragraphs aside."""
    lefts = Counter(round(line.left) for line in column)
    return min(left for left, count in lefts.items() if count * 4 >= max(lefts.values()))


def _right(column: Sequence[Line], line: Line) -> float:
    """Where a full line ends, among those that begin where this one does, else in the whole column."""
    alike = [other.right for other in column if abs(other.left - line.left) < 2]
    rights = sorted(alike if len(alike) > 1 else [other.right for other in column])
    return rights[len(rights) * 9 // 10]


def _is_below(one: Line, other: Line) -> bool:
    return _is_alike(one, other) and 0 < other.top - one.top < 2 * one.size


def _is_alike(one: Line, other: Line) -> bool:
    return max(one.size, other.size) <= _SAME_SIZE * min(one.size, other.size) and one.bold == other.bold


def _is_left_short(last: Line, line: Line, right: float) -> bool:
    """The first word of the next line would have had room: the line was ended on purpose."""
    word = line.text.split(maxsplit=1)[0]
    width = line.width * (len(word) + 1) / max(1, len(line.text))
    return last.right + width < right - line.size / 2
