"""Running heads and feet: what stands at the edge of several pages in the same place, and page numbers."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from articles.intake.portable.order import Row

_ZONE = 0.2  # of the height of a page, at its top and at its bottom
_OUTERMOST = 3  # rows at each edge
_SAME_PLACE = 0.02  # of the height
_WHITE = 0.5  # of the font size, between a head and the text, over what stands between two lines
_NUMBER = re.compile(
    r"[-–—_|•.(\[\s]*(?:page|seite|p\.|s\.|página|pagina)?\s*(?P<number>\d{1,4}|[ivxlc]{1,6})"
    r"(?:\s*(?:/|of|von|de|sur|di)\s*\d{1,4})?[-–—_|•.)\]\s]*",
    re.IGNORECASE,
)


def running(pages: Sequence[tuple[Sequence[Row], float]]) -> set[tuple[int, int]]:
    """(page, row) of every running head, foot and page number; each page is its rows and its height."""
    edges = [(page, row, wording, place) for page, row, wording, place in _edges(pages)]
    by_wording = defaultdict(list)
    for page, row, wording, place in edges:
        by_wording[re.sub(r"\d+", "#", wording)].append((page, row, place))
    found = {
        (page, row)
        for places in by_wording.values()
        for page, row, place in places
        if any(other != page and abs(place - elsewhere) < _SAME_PLACE for other, _, elsewhere in places)
    }
    return found | {(page, row) for page, row, wording, _ in edges if _NUMBER.fullmatch(wording)}


def printed_numbers(pages: Sequence[tuple[Sequence[Row], float]]) -> Mapping[int, str]:
    """The number printed on each page, where the numbers of at least two pages count on as the pages do."""
    found = {
        page: int(number["number"])
        for page, _, wording, _ in _edges(pages)
        if (number := _NUMBER.fullmatch(wording)) and number["number"].isdecimal()
    }
    shifts = {number - page for page, number in found.items()}
    if len(found) < 2 or len(shifts) != 1:
        return {}
    shift = shifts.pop()
    return {page: str(page + shift) for page in range(len(pages)) if page + shift > 0}


def _edges(pages: Sequence[tuple[Sequence[Row], float]]) -> Iterator[tuple[int, int, str, float]]:
    """Page, row, wording and relative height of what stands at the edge of a page, with space to the text."""
    for page, (rows, height) in enumerate(pages):
        order = sorted((i for i, row in enumerate(rows) if not row.aside), key=lambda i: rows[i].top)
        aside = [i for i, row in enumerate(rows) if row.aside]
        for i in {*_outermost(rows, order), *_outermost(rows, order[::-1]), *aside}:
            place = rows[i].top / height if height else 0.5
            if i in aside or not _ZONE < place < 1 - _ZONE:
                yield page, i, " ".join(line.text for line in rows[i].lines).casefold(), place


def _outermost(rows: Sequence[Row], order: Sequence[int]) -> Sequence[int]:
    """The first rows from an edge, up to a space; none when the text itself stands there."""
    for count, (i, following) in enumerate(pairwise(order[: _OUTERMOST + 1]), start=1):
        upper, lower = sorted((rows[i], rows[following]), key=lambda row: row.top)
        space = min(line.top for line in lower.lines) - max(line.bottom for line in upper.lines)
        if space > _WHITE * rows[i].lines[0].size:
            return order[:count]
    return order if len(order) <= 1 else ()
