"""The sentences of one block, for marking them without a mouse.

A full stop ends a sentence only where nothing speaks against it: half a sentence is half a claim, while
two sentences taken for one can still be narrowed by hand.
"""

import regex

from articles.text.abbreviations import STARTERS, TITLES, UNSURE
from articles.text.canonical import SPACE
from articles.text.dates import MONTHS
from articles.text.offsets import trim

_WHITE = f"[\n{SPACE}]"
_CLOSERS = r"[\"'”’“‘»«›‹)\]}」』》〉）】*]*+"
_WIDE_CLOSERS = r"[\"'”’)」』》〉）】]*+"
# The first form needs white space after it, the second (Chinese, Japanese) does not. Possessive, and
# tried only where a run of marks begins: a page of dots takes no longer than a page of words.
_MARKS = r"(?>\.(?:[ \u00a0]\.){2,3}+|(?<![.!?…‽؟۔।॥።፧])[.!?…‽؟۔।॥።፧]++)"
_WIDE = r"(?<![。！？｡])[。！？｡]++"
_END = regex.compile(
    rf"(?P<marks>{_MARKS}){_CLOSERS}(?P<after>{_WHITE}++|$)"
    rf"|(?P<wide>{_WIDE})(?P<closers>{_WIDE_CLOSERS})(?P<after>{_WHITE}*+)"
)
_NEXT = regex.compile(r"(?:[–—-] )?[\p{P}\p{S}]*+(?P<word>[\p{L}\p{M}'’]*+)")
_ACRONYM = regex.compile(r"(?:\p{L}{1,2}\.)+\p{L}{1,2}")
_PUNCTUATION = regex.compile(r"^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$")
_REACH = 40  # characters looked at on either side of a full stop


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the white space between them."""
    spans = []
    start = 0
    for end in _END.finditer(text):
        if _ends(text, start, end):
            spans.append(trim(text, start, end.end()))
            start = end.end()
    spans.append(trim(text, start, len(text)))
    return [(start, end) for start, end in spans if start < end]


def _ends(text: str, start: int, end: regex.Match[str]) -> bool:
    if end["wide"]:
        return bool(end["after"]) or not end["closers"]
    following = _NEXT.match(text, end.end(), end.end() + _REACH)
    word = following["word"] if following else ""
    if word[:1].islower() or text[end.start() - 1 : end.start()] in ("[", "("):
        return False
    return end["marks"] != "." or _stops(text, start, end.start(), word)


def _stops(text: str, start: int, stop: int, following: str) -> bool:
    """Whether the full stop at `stop` ends more than an abbreviation, an initial or a number."""
    before = [_PUNCTUATION.sub("", word) for word in text[max(start, stop - _REACH) : stop].split()]
    word = before[-1] if before else ""
    if word.isdecimal():
        return not _is_numeral(word, following, opens=len(before) == 1)
    if len(word) == 1:
        return word == "I" and len(before) > 1 and before[-2].islower()
    if _ACRONYM.fullmatch(word) or word.casefold() in UNSURE:
        return following.casefold() in STARTERS
    return word.casefold() not in TITLES


def _is_numeral(word: str, following: str, *, opens: bool) -> bool:
    """The number of a list item, or an ordinal before its month."""
    return len(word) <= 2 and (opens or following.casefold() in MONTHS)
