"""Where the borders of a span can go next, from word to word, and where it can be cut in two.

static/articles/js/text/borders.js holds the same steps for the browser.
"""

from typing import NamedTuple

import regex

from articles.text.canonical import SPACE
from articles.text.offsets import is_grapheme_edge, words
from articles.text.sentences import sentences

_READ = regex.compile(r"[\p{L}\p{N}]")
_RUN = regex.compile(f"[^\n{regex.escape(SPACE)}]+")
_CLAUSE = regex.compile(rf"[,;:–—]+[\"'”’»)\]]*(?=[\n{regex.escape(SPACE)}])")
_MOST_WORDS = 60
"""After so many words a choice among all of them helps nobody."""


class Steps(NamedTuple):
    """The spans that are one step away, or None where there is nothing more, or only one word left."""

    start_earlier: tuple[int, int] | None
    start_later: tuple[int, int] | None
    end_earlier: tuple[int, int] | None
    end_later: tuple[int, int] | None


def is_joined(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans touch, overlap, or have neither letter nor digit between them."""
    first, second = sorted((one, other))
    return _READ.search(text[first[1] : second[0]]) is None


def starts(text: str) -> list[int]:
    """Where a span may begin: at words, and at what stands before them without a space."""
    return _edges(text, {start for start, _ in words(text)} | {run.start() for run in _RUN.finditer(text)})


def ends(text: str) -> list[int]:
    """Where a span may end: at words, and after what follows them without a space."""
    return _edges(text, {end for _, end in words(text)} | {run.end() for run in _RUN.finditer(text)})


def steps(text: str, start: int, end: int) -> Steps:
    at_start, at_end = _near(text, start), _near(text, end)
    firsts = [at_start.start + i for i in starts(text[at_start])]
    lasts = [at_end.start + i for i in ends(text[at_end])]
    earlier, later = [i for i in firsts if i < start], [i for i in firsts if start < i < end]
    shorter, longer = [i for i in lasts if start < i < end], [i for i in lasts if i > end]
    return Steps(
        (earlier[-1], end) if earlier else None,
        (later[0], end) if later else None,
        (start, shorter[-1]) if shorter else None,
        (start, longer[0]) if longer else None,
    )


def clauses(text: str, start: int, end: int) -> list[int]:
    """After which places within a span a sentence or a part of one ends, with words on both sides."""
    inside = text[start:end]
    found = {last for _, last in sentences(inside)} | {clause.end() for clause in _CLAUSE.finditer(inside)}
    return _between_words(text, start, end, found)


def word_ends(text: str, start: int, end: int) -> list[int]:
    """After which words a span can be cut; none where it has too many of them to choose from."""
    found = ends(text[start:end])
    return _between_words(text, start, end, set(found)) if len(found) <= _MOST_WORDS else []


def _between_words(text: str, start: int, end: int, found: set[int]) -> list[int]:
    places = [start + i for i in sorted(found)]
    return [at for at in places if _READ.search(text[start:at]) and _READ.search(text[at:end])]


def _edges(text: str, found: set[int]) -> list[int]:
    return [i for i in sorted(found) if is_grapheme_edge(text, i)]


def _near(text: str, at: int) -> slice:
    """The block around a place, with the one before and the one after."""
    first = text.rfind("\n\n", 0, max(0, text.rfind("\n\n", 0, at)))
    last = text.find("\n\n", at)
    last = text.find("\n\n", last + 2) if last >= 0 else -1
    return slice(first + 2 if first >= 0 else 0, last if last >= 0 else len(text))
