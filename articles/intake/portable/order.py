"""In which order the lines of a page are read: columns one after the other, the cells of a row together."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from articles.intake.portable.lines import Line

_LEAST_LINES = 4  # in each of two columns
_LEAST_WIDTH = 9  # times the font size; narrower are the columns of a table
_MOST_ACROSS = 0.5  # of the lines of the smaller column; more lines across say that there is no gutter
_MOST_LINES = 3_000  # of one page; nothing that is read has more, and the search would take long
_EDGE = 1.5  # points; lines of a column end about there
_INDENTED = 3  # times the font size
_WIDE = 20  # times the font size; lines of running text across a page
_LEAST_WIDE = 6
_WIDEST_MARGIN = 0.28  # of the width of all lines
_MARKER = re.compile(r"(?:\(?\w{1,3}[.)]|[•·▪▫‣◦●○■□–—*-])")


@dataclass(frozen=True, slots=True)
class Row:
    """Lines side by side; one in running text, several in a table. `aside` is what stands in a margin beside text."""

    lines: tuple[Line, ...]
    column: int
    aside: bool = False

    @property
    def top(self) -> float:
        return min(line.top for line in self.lines)


def rows(lines: Sequence[Line]) -> list[Row]:
    """Lines in a margin come where the text has reached them."""
    asides = _asides(lines) if _gutter(lines) is None else []
    found: list[Row] = []
    for column, part in enumerate(_columns([line for line in lines if line not in asides])):
        found += (Row(tuple(row), column) for row in _side_by_side(part))
    for line in sorted(asides, key=lambda line: line.middle):
        place = next((i for i, row in enumerate(found) if row.lines[0].middle >= line.middle - 1), len(found))
        found.insert(place, Row((line,), _MARGIN, aside=True))
    return found


_MARGIN = -1  # no column of the text


def _asides(lines: Sequence[Line]) -> list[Line]:
    """Narrow lines left or right of a text that runs across most of the page."""
    wide = [line for line in lines if line.width >= _WIDE * line.size]
    if len(wide) < _LEAST_WIDE:
        return []
    left = Counter(round(line.left) for line in wide).most_common(1)[0][0]
    right = max(line.right for line in wide if abs(line.left - left) < _INDENTED * line.size)
    widest = _WIDEST_MARGIN * (max(line.right for line in lines) - min(line.left for line in lines))
    beside = [line for line in lines if line.right < left - _EDGE or line.left > right + _EDGE]
    found = [line for line in beside if line.width <= widest and not _MARKER.fullmatch(line.text)]
    cells = sum(_company(line, lines) > 1 for line in found)
    return found if 2 * len(found) <= len(lines) and 3 * cells <= len(found) else []


def _company(line: Line, lines: Sequence[Line]) -> int:
    """How many others stand beside it: more than one in a table, at most the text beside a margin."""
    return sum(abs(line.middle - other.middle) < line.size / 2 for other in lines) - 1


def _columns(lines: list[Line]) -> Iterator[list[Line]]:
    """Parts of the page, each of one column, in reading order."""
    gutter = _gutter(lines)
    if gutter is None:
        yield lines
        return
    left: list[Line] = []
    right: list[Line] = []
    across: list[Line] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if line.left < gutter - _EDGE < gutter + _EDGE < line.right:
            yield from _both(left, right)
            left, right = [], []
            across.append(line)
            continue
        if across:
            yield across
            across = []
        (left if line.right <= gutter + _EDGE else right).append(line)
    if across:
        yield across
    yield from _both(left, right)


def _both(left: list[Line], right: list[Line]) -> Iterator[list[Line]]:
    if left:
        yield from _columns(left)
    if right:
        yield from _columns(right)


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where the page has most lines on both sides and hardly any across."""
    if not 2 * _LEAST_LINES <= len(lines) <= _MOST_LINES:
        return None
    candidates = {round(line.left - _EDGE) for line in lines}
    scored = ((_score(lines, place), place) for place in candidates)
    score, place = max(scored, default=(0.0, 0))
    return place if score > 0 else None


def _score(lines: Sequence[Line], place: float) -> float:
    left = [line for line in lines if line.right <= place + _EDGE]
    right = [line for line in lines if line.left >= place - _EDGE]
    smaller = min(len(left), len(right))
    across = len(lines) - len(left) - len(right)
    if smaller < _LEAST_LINES or across > _MOST_ACROSS * smaller:
        return 0
    if not (_is_text(left) and _is_text(right) and _overlap(left, right)):
        return 0
    return smaller - across


def _is_text(lines: Sequence[Line]) -> bool:
    return median(line.width / line.size for line in lines) >= _LEAST_WIDTH


def _overlap(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """The columns stand beside each other for at least half of the lower one."""
    top = max(min(line.top for line in side) for side in (left, right))
    bottom = min(max(line.bottom for line in side) for side in (left, right))
    heights = (max(line.bottom for line in side) - min(line.top for line in side) for side in (left, right))
    return bottom - top >= min(heights) / 2


def _side_by_side(lines: Sequence[Line]) -> Iterator[list[Line]]:
    row: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.middle, line.left)):
        if row and not _is_beside(row, line):
            yield _with_marker(row)
            row = []
        row.append(line)
    if row:
        yield _with_marker(row)


def _with_marker(row: list[Line]) -> list[Line]:
    """From left to right; the mark of a list item is no cell of its own."""
    first, *others = sorted(row, key=lambda line: line.left)
    if not others or not _MARKER.fullmatch(first.text):
        return [first, *others]
    second = others[0]
    shift = len(first.text) + 1
    links = tuple(replace(link, start=link.start + shift, end=link.end + shift) for link in second.links)
    return [replace(second, text=f"{first.text} {second.text}", left=first.left, links=links), *others[1:]]


def _is_beside(row: Sequence[Line], line: Line) -> bool:
    near = abs(line.middle - row[0].middle) < min(line.size, row[0].size) / 2
    return near and all(line.left >= other.right - 1 or line.right <= other.left + 1 for other in row)
