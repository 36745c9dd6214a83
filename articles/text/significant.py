"""What changed between two wordings that is never a small change, named, whatever any score says.

A number, date, unit, name or negation is one thing however it is printed: "80,000" and "80 000" differ in typography
only, and so do "9 AM" and "9 a.m.". What a change means is not judged here: it is named, and a person looks at it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from articles.text.alignment import equal_runs, replaced
from articles.text.dates import MONTHS
from articles.text.names import names
from articles.text.numerals import DAYS, FRACTIONS, NEGATIONS, NUMBERS, ORDINALS, SHORT_UNITS, UNITS, WEEKDAYS
from articles.text.quantities import Item, Part, items
from articles.text.quoting import changed_quotations
from articles.text.wording import Word, plain, words


class ChangeKind(StrEnum):
    NUMBER = "number"
    DATE = "date"
    UNIT = "unit"
    NAME = "name"
    NEGATION = "negation"
    QUOTATION = "quotation"
    TYPOGRAPHY = "typography"


@dataclass(frozen=True, slots=True)
class Change:
    """`old` and `new` as printed; one of them is empty when something came or went.

    `around`: it changed in the sentence that holds the words and not in the words themselves.
    """

    kind: ChangeKind
    old: str
    new: str
    around: bool = False


# The value by which a thing is known, and how it is printed.
type _Named = tuple[str, str]

_ORDER = {kind: number for number, kind in enumerate(ChangeKind)}
_KINDS = {Part.NUMBER: ChangeKind.NUMBER, Part.DATE: ChangeKind.DATE, Part.UNIT: ChangeKind.UNIT}


def significant(old: str, new: str) -> tuple[Change, ...]:
    """The changes in the order of ChangeKind, typography last; none for the same text."""
    mine, theirs = words(old), words(new)
    if not _may_differ(old, mine, new, theirs):
        return ()
    found = [
        *_quantities(old, new),
        *_names(old, mine, new, theirs),
        *_paired(ChangeKind.NEGATION, _negations(old, mine), _negations(new, theirs)),
        *(Change(ChangeKind.QUOTATION, *pair) for pair in changed_quotations(old, mine, new, theirs)),
        *_typography(old, mine, new, theirs),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda change: _ORDER[change.kind]))


def _may_differ(old: str, mine: Sequence[Word], new: str, theirs: Sequence[Word]) -> bool:
    """A quick look, for most changes are of words that are none of these: whether a closer one could find any."""
    if old == new:
        return False
    if any(_SHAPED.search(text) for text in (old, new)):
        return True
    regions = replaced([word.key for word in mine], [word.key for word in theirs])
    return any(
        _TELLS.search(text[word.start : word.end]) or word.key in _TELLING
        for dropped, added in regions
        for text, part in ((old, mine[dropped]), (new, theirs[added]))
        for word in part
    )


def _quantities(old: str, new: str) -> Iterator[Change]:
    mine, theirs = items(old), items(new)
    for part, kind in _KINDS.items():
        yield from _paired(kind, _of(part, mine, old), _of(part, theirs, new))


def _of(part: Part, found: Iterable[Item], text: str) -> list[_Named]:
    return [(item.value, text[item.start : item.end]) for item in found if item.part is part]


def _paired(kind: ChangeKind, old: Sequence[_Named], new: Sequence[_Named]) -> Iterator[Change]:
    """Changes between two lists of things in their order, each with its value and as it is printed."""
    for mine, theirs in replaced([value for value, _ in old], [value for value, _ in new]):
        pairs = zip_longest(old[mine], new[theirs], fillvalue=("", ""))
        yield from (Change(kind, printed, reprinted) for (_, printed), (_, reprinted) in pairs)
    yield from _reprinted(kind, old, new)


def _reprinted(kind: ChangeKind, old: Sequence[_Named], new: Sequence[_Named]) -> Iterator[Change]:
    """The same value printed otherwise. A number in words for one in figures is named as a number all the same."""
    for run in equal_runs([value for value, _ in old], [value for value, _ in new]):
        for (_, printed), (_, reprinted) in zip(old[run.old :][: run.size], new[run.new :][: run.size], strict=True):
            if printed != reprinted and kind in _COUNTED:
                is_same = _COUNTED[kind](printed) == _COUNTED[kind](reprinted)
                yield Change(ChangeKind.TYPOGRAPHY if is_same else kind, printed, reprinted)


def _letters(printed: str) -> str:
    return "".join(filter(str.isalnum, printed)).lower()


def _figures(printed: str) -> list[str]:
    return sorted(re.findall(r"\d+", printed))


# What shows that a closer look is worth its time: white space or marks of an unusual shape, figures, capitals, marks.
_SHAPED = re.compile(r"[^\x21-\x7e\n \u00c0-\u024f]| {2,}")
_TELLS = re.compile(r"[^a-z\u00df-\u00ff.,]|n't$|'")
_TELLING = {*NUMBERS, *FRACTIONS, *ORDINALS, *UNITS, *SHORT_UNITS, *WEEKDAYS, *DAYS, *MONTHS, *NEGATIONS}

# By what a change of print is no more than typography.
_COUNTED = {ChangeKind.NUMBER: _letters, ChangeKind.DATE: _figures}


def _names(old: str, mine: Sequence[Word], new: str, theirs: Sequence[Word]) -> Iterator[Change]:
    """Without names that only lost or gained their capitals."""
    before, after = names(old, mine, new), names(new, theirs, old)
    yield from _paired(ChangeKind.NAME, _without_recased(before, after, new), _without_recased(after, before, old))


def _without_recased(listed: list[_Named], others: list[_Named], other: str) -> list[_Named]:
    known = {value for value, _ in others}
    lower = plain(other).casefold()
    return [named for named in listed if named[0] in known or not re.search(rf"\b{re.escape(named[0])}\b", lower)]


def _negations(text: str, found: Sequence[Word]) -> list[_Named]:
    return [(value, text[word.start : word.end]) for word in found if (value := _negation(word.key))]


def _negation(key: str) -> str:
    if key.endswith("n't"):
        return "not"
    return "ne" if key.startswith("n'") else NEGATIONS.get(key, "")


def _typography(old: str, mine: Sequence[Word], new: str, theirs: Sequence[Word]) -> Iterator[Change]:
    """Words that are the same but for the shape of marks in them or the white space before them."""
    for run in equal_runs([word.key for word in mine], [word.key for word in theirs]):
        pairs = zip(mine[run.old :][: run.size], theirs[run.new :][: run.size], strict=True)
        for number, (one, other) in enumerate(pairs):
            printed, reprinted = old[one.start : one.end], new[other.start : other.end]
            if printed != reprinted and plain(printed) == plain(reprinted):
                yield Change(ChangeKind.TYPOGRAPHY, printed, reprinted)
            if number:
                yield from _spacing(_space_before(old, one), _space_before(new, other))


def _space_before(text: str, word: Word) -> str:
    start = word.start
    while start > 0 and text[start - 1].isspace():
        start -= 1
    return text[start : word.start]


def _spacing(printed: str, reprinted: str) -> Iterator[Change]:
    if printed != reprinted and printed and reprinted and "\n" not in printed + reprinted:
        yield Change(ChangeKind.TYPOGRAPHY, printed, reprinted)
