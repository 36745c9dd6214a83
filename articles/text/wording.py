"""The words of a text as they are compared: folded, with their places.

Folding forgets case, the shape of quotation marks, apostrophes and dashes, and the kind of white space. It keeps
every character's place, so that a folded word tells where the printed one stands.
"""

import re
from typing import NamedTuple

from articles.text.canonical import SPACE

# One character for one: places stay what they are.
_TYPOGRAPHY = str.maketrans(
    dict.fromkeys("‘’‚‛ʼ′`´", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys(SPACE, " ")
)
# An address or a path is one word, a number keeps its separators and a word its apostrophes; the rest stands alone.
_WORD = re.compile(
    r"https?://[^\s()<>\[\]\"]+|(?<![\w/])/[\w.-]+(?:/[\w.-]+)+"
    r"|\d+(?:[.,]\d+)*[^\W_]*|[^\W\d_]+(?:'[^\W\d_]+)*[^\W_]*|[^\w\s]|_+"
)


class Word(NamedTuple):
    """A word or a mark: `key` is folded, `start` and `end` are places in the printed text."""

    key: str
    start: int
    end: int


def plain(text: str) -> str:
    """The text in plain typography, of the same length."""
    return text.translate(_TYPOGRAPHY)


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words and marks of `text[start:end]`; their places are those of the whole text."""
    part = plain(text[start:end])
    return [Word(match[0].lower(), match.start() + start, match.end() + start) for match in _WORD.finditer(part)]


def is_word(key: str) -> bool:
    return key[0].isalnum() or len(key) > 1


def weight(key: str) -> int:
    """What a word counts for when words are counted: its letters, but no more than eight; a mark counts nothing."""
    return min(len(key), 8) if is_word(key) else 0
