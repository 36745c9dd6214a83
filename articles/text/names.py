"""Names in a few sentences: by their capitals, without a dictionary."""

import re
from collections.abc import Sequence

from articles.text.abbreviations import STARTERS, TITLES
from articles.text.dates import MONTHS
from articles.text.numerals import DAYS, NUMBERS, ORDINALS, UNITS, WEEKDAYS
from articles.text.wording import Word, is_word, plain


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


# Between two parts of one name.
_PARTICLES = _words("of the al el bin ibn von van der den de del della di da la le du des ul")
_LONGEST_INSIDE = 2
# After a sentence's first word these say that it is who speaks.
_ACTS = _words("""
said says say told tells denied denies claimed claims announced added asked wrote reported confirmed warned accused
insisted insists refused argued admitted conceded promised vowed tweeted sagte sagt erklärte dijo dice declaró déclare
""")
_OTHERS = _words("i i'm i've i'll i'd am pm").union(MONTHS, DAYS, NUMBERS, ORDINALS, UNITS, WEEKDAYS)
_ENDS = frozenset('.!?…:;•"([{')


def names(text: str, found: Sequence[Word], other: str) -> list[tuple[str, str]]:
    """Every name with its folded form and as it is printed.

    The first word of a sentence counts when what follows shows that it speaks, when it is part of a longer name, or
    when `other`, the other wording, has it with a capital inside a sentence. In a headline with a capital on every word
    no name can be told.
    """
    capitals = [_is_capital(text, word) for word in found]
    if _is_shouted(found, capitals):
        return []
    flat = plain(other)
    listed: list[tuple[str, str]] = []
    i = 0
    while i < len(found):
        last = _last_of_name(text, found, capitals, i) if capitals[i] else i
        if capitals[i] and _is_name(text, found, i, last, flat):
            listed.append(_as_printed(text, found[i].start, found[last].end))
        i = last + 1
    return listed


def _is_capital(text: str, word: Word) -> bool:
    printed = text[word.start : word.end]
    return printed[0].isalpha() and "://" not in printed and printed != printed.lower() and word.key not in _OTHERS


def _is_shouted(found: Sequence[Word], capitals: Sequence[bool]) -> bool:
    """Nearly every long word begins with a capital, as in a headline."""
    longer = [capital for word, capital in zip(found, capitals, strict=True) if is_word(word.key) and len(word.key) > 3]
    return len(longer) > 5 and sum(longer) > 0.8 * len(longer)


def _last_of_name(text: str, found: Sequence[Word], capitals: Sequence[bool], first: int) -> int:
    last = first
    i = first + 1
    while i < len(found) and i - last <= _LONGEST_INSIDE + 1 and "\n" not in text[found[i - 1].end : found[i].start]:
        if capitals[i] and found[i].key not in STARTERS:
            last = i
        elif not _joins(found, i):
            break
        i += 1
    return last


def _joins(found: Sequence[Word], i: int) -> bool:
    if found[i].key == ".":
        return len(found[i - 1].key) == 1 or found[i - 1].key in TITLES
    return found[i].key in _PARTICLES or found[i].key in ("-", "&")


def _is_name(text: str, found: Sequence[Word], first: int, last: int, other: str) -> bool:
    printed = text[found[first].start : found[first].end]
    if len(printed) > 1 and any(letter.isupper() for letter in printed[1:]):
        return True
    if not _opens(found, first):
        return True
    if found[first].key in STARTERS and last == first:
        return False
    after = found[last + 1].key if last + 1 < len(found) else ""
    inside = re.search(rf"[^\W_],? {re.escape(plain(printed))}\b", other)
    return last > first or after in _ACTS or bool(inside)


def _opens(found: Sequence[Word], i: int) -> bool:
    return i == 0 or found[i - 1].key in _ENDS or (i == 1 and not is_word(found[0].key))


def _as_printed(text: str, start: int, end: int) -> tuple[str, str]:
    printed = text[start:end]
    folded = plain(printed).removesuffix("'s").removesuffix("'")
    return folded.replace(".", "").casefold(), printed[: len(folded)]
