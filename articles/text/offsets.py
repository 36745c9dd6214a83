"""Places in a text: code points, half-open ranges, grapheme clusters, words.

Snapping only ever grows a range, and looks no further than it must: to the next place where a cluster
or a word surely ends. static/articles/js/text holds the same definitions for the browser, and one
table of cases (tests/cases) holds for both.
"""

import regex

from articles.text.canonical import SPACE

_CLUSTER = regex.compile(r"\X")

# Unicode's UAX 29 without its dictionaries: an ideograph or a hiragana is a word of its own, letters
# and digits run together, "don't", "U.N" and "80,000" are single words, hyphens divide.
_IDEOGRAPH = r"[\p{Script=Han}\p{Script=Hiragana}]"
_PART = rf"(?:(?!{_IDEOGRAPH})[\p{{L}}\p{{M}}\p{{N}}\p{{Pc}}\u00ad\u200c\u200d])"
_JOINT = r"(?:['’.·׳״](?=\p{L})|(?<=\p{N})['’.,](?=\p{N}))"
_WORD = regex.compile(rf"{_IDEOGRAPH}[\p{{M}}\u200d]*|(?!{_IDEOGRAPH})[\p{{L}}\p{{N}}_]{_PART}*(?:{_JOINT}{_PART}+)*")
_WHITE = SPACE + "\n"
_WHITE_SET = frozenset(_WHITE)


def is_grapheme_edge(text: str, i: int) -> bool:
    """Whether `i` stands between two clusters, or at an end of the text."""
    _check(text, i, i)
    return _cluster_around(text, i) == (i, i)


def snap_to_graphemes(text: str, start: int, end: int) -> tuple[int, int]:
    _check(text, start, end)
    return _cluster_around(text, start)[0], _cluster_around(text, end)[1]


def snap_to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Whole words and whole clusters."""
    start, end = snap_to_graphemes(text, start, end)
    return snap_to_graphemes(text, _word_around(text, start)[0], _word_around(text, end)[1])


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at both ends; a range of white space becomes empty, at its start."""
    _check(text, start, end)
    inside = text[start:end]
    length = len(inside.strip(_WHITE))
    start += len(inside) - len(inside.lstrip(_WHITE)) if length else 0
    return start, start + length


def words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(text)]


def _check(text: str, start: int, end: int) -> None:
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"[{start}, {end}) does not lie in a text of {len(text)} characters.")


def _cluster_around(text: str, i: int) -> tuple[int, int]:
    """The cluster that has `i` in its inside, or (i, i)."""
    if i in (0, len(text)):
        return i, i
    for cluster in _CLUSTER.finditer(text, _certain_edge(text, i)):
        if cluster.end() >= i:
            return cluster.span() if cluster.start() < i < cluster.end() else (i, i)
    return i, i


def _certain_edge(text: str, i: int) -> int:
    """A place at or before `i`, near to it, that is an edge whatever stands around."""
    while i > 0 and not (_is_simple(text[i - 1]) and _is_simple(text[i])):
        letters = _flag_letters_before(text, i) if _is_flag_letter(text[i]) else 0
        if letters > 1:
            return i - letters % 2
        i -= 1
    return i


def _flag_letters_before(text: str, i: int) -> int:
    """Two letters are a flag. Between flags only the count from the first letter tells where one ends."""
    first = i
    while first > 0 and _is_flag_letter(text[first - 1]):
        first -= 1
    return i - first


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_simple(character: str) -> bool:
    """Neither joins the character before nor the one after, unless that one joins by itself."""
    return ("\n" < character < "\u0300" and character != "\r") or "\u3400" <= character <= "\u9fff"


def _word_around(text: str, i: int) -> tuple[int, int]:
    """The word that has `i` in its inside, or (i, i). No word holds white space."""
    start, end = i, i
    while start > 0 and text[start - 1] not in _WHITE_SET:
        start -= 1
    while end < len(text) and text[end] not in _WHITE_SET:
        end += 1
    inside = (word.span() for word in _WORD.finditer(text, start, end))
    return next(((a, b) for a, b in inside if a < i < b), (i, i))
