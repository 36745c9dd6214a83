"""List markers at the start of a line, and lists whose items stand on adjacent lines."""

import re
from collections.abc import Iterator
from itertools import pairwise

# An em dash is missing on purpose: in French, Spanish and Russian it opens direct speech.
MARKER = re.compile(
    r"[\t \u00a0\u3000]*(?:[\u2022\u25e6\u2023\u2043\u25aa\u25ab\u25cf\u25cb\u25a0\u25a1\u2219\u00b7*\u2013-]"
    r"|\(?[0-9]{1,3}[.)]|\(?[A-Za-z]\))[\t \u00a0\u3000]+(?=[^\t \u00a0\u3000\n])"
)
_INDENT = ("\t", "  ", "\u00a0", "\u3000")


def separate_items(paragraph: str) -> list[str]:
    """The items of a list written without blank lines; anything else comes back whole.

    Two markers on adjacent lines make a list. A line without a marker goes on with the item above it,
    so an item wrapped by hand stays in one piece.
    """
    lines = paragraph.split("\n")
    if not _is_list(lines):
        return [paragraph]
    return ["\n".join(item) for item in _items(lines)]


def _is_list(lines: list[str]) -> bool:
    unindented = [line for i, line in enumerate(lines) if i == 0 or not _continues(line)]
    return any(MARKER.match(a) and MARKER.match(b) for a, b in pairwise(unindented))


def _continues(line: str) -> bool:
    return line.startswith(_INDENT) and not MARKER.match(line)


def _items(lines: list[str]) -> Iterator[list[str]]:
    item: list[str] = []
    for line in lines:
        if item and MARKER.match(line):
            yield item
            item = []
        item.append(line)
    yield item
