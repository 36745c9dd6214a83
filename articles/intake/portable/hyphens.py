"""Lines joined to running text: divided words are mended where the document itself does not write the hyphen."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles.intake.draft import Link
from articles.intake.portable.lines import Line

_HYPHENS = "-\u00ad\u2010"
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_BEFORE = re.compile(rf"([^\W\d_]+(?:[-\u2010][^\W\d_]+)*)[{_HYPHENS}]$")
_AFTER = re.compile(r"[^\W\d_]+")
# Parts of compounds that are hardly ever the first half of a divided word.
_FIRST_PARTS = {"self", "ex", "vice", "well", "half", "cross"}
_UNSPACED = re.compile("[\u0e00-\u0eff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


@dataclass(slots=True)
class Joiner:
    """`words` are those that stand unbroken in some line, in lower case. What was done to line ends is kept.

    A hyphen at a line end goes when the word without it is among them, or when nothing speaks for it. It stays when
    the word with it is among them, when the part before it has a hyphen already or is one that compounds begin with,
    or when no small letter follows.
    """

    words: frozenset[str]
    mended: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    spaces: int = 0
    gone: int = 0

    def join(self, lines: Sequence[Line]) -> tuple[str, tuple[Link, ...]]:
        text = ""
        links: list[Link] = []
        for line in lines:
            text = self._before(text, line.text) if text else text
            links += (Link(len(text) + link.start, len(text) + link.end, link.target) for link in line.links)
            text += line.text
        return text, tuple(links)

    def _before(self, text: str, following: str) -> str:
        """The text so far as it goes on with the next line."""
        before, after = _BEFORE.search(text), _AFTER.match(following)
        if before and after:
            return self._hyphen(text, before[1], after[0])
        if text[-1] in "-\u2010\u2013\u2014" and text[-2:-1].strip():
            return text
        if _UNSPACED.match(text[-1]) and _UNSPACED.match(following):
            return text
        self.spaces += 1
        return text + " "

    def _hyphen(self, text: str, before: str, after: str) -> str:
        if self._is_divided(before, after, soft=text[-1] == "\u00ad"):
            self.mended.append(before + after)
            self.gone += 1
            return text[:-1]
        self.kept.append(f"{before}-{after}")
        return text

    def _is_divided(self, before: str, after: str, *, soft: bool) -> bool:
        if soft or (before + after).casefold() in self.words:
            return True
        known = f"{before}-{after}".casefold() in self.words
        return not (known or "-" in before or before.casefold() in _FIRST_PARTS or not after[0].islower())


def words_of(lines: Iterable[Line]) -> frozenset[str]:
    found: set[str] = set()
    for line in lines:
        text = line.text.casefold().replace("\u2010", "-")
        found.update(_WORD.findall(re.sub(rf"\S+[{_HYPHENS}]$", "", text)))
    return frozenset(found)
