"""What a block looks like, apart from what it says: ended or not, quoted, long, a link, a name."""

import re

from articles.text.lists import MARKER

OPENING_QUOTES = "\"'“„‟‘‚«‹「『《〈»›”"
CLOSING_QUOTES = "\"'”“’‘»›」』》〉«‹"

_ENDED = re.compile(rf"[.!?…‽;:。！？；：；؟؛۔।॥။។።፧։][{CLOSING_QUOTES})\]）】*]*\s*$")
# Thai and Lao write no full stops: there a long block counts as ended.
_WITHOUT_STOPS = re.compile("[\u0e00-\u0eff]")
# Chinese, Japanese, Thai and Lao are written without spaces: two characters make about a word.
_UNSPACED = "[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]"
_WORD = re.compile(rf"{_UNSPACED}{{1,2}}|(?!{_UNSPACED})\w(?:(?!{_UNSPACED})[\w'’.-])*")
_LONGEST_LINK = 160  # characters; the longest headlines have about 120
_PARTICLE = re.compile("and|und|et|y|e|en|in|von|van|de|del|di|da|der|la|le|al|el|bin|ibn|dpa|epd")


def is_ended(text: str) -> bool:
    """Ends as a sentence ends, or as one that announces what follows."""
    return bool(_ENDED.search(text[-8:])) or (len(text) > 40 and bool(_WITHOUT_STOPS.search(text)))


def is_quoted(text: str) -> bool:
    """Opens with a quotation mark and closes with one, whatever is between."""
    return len(text) > 1 and text[0] in OPENING_QUOTES and text[-1] in CLOSING_QUOTES


def is_prose(text: str) -> bool:
    """Reads as part of a story: a sentence, quoted speech, or simply long."""
    return is_ended(text) or is_quoted(text) or len(text) > _LONGEST_LINK


def is_item(text: str) -> bool:
    return MARKER.match(text) is not None


def without_marker(text: str) -> str:
    marker = MARKER.match(text)
    return text[marker.end() :] if marker else text


def word_count(text: str) -> int:
    return len(_WORD.findall(text))


def is_name(text: str) -> bool:
    """Two to eight words, each with a capital except the small words of names and of agencies."""
    words = _WORD.findall(text)
    return 2 <= len(words) <= 8 and all(word[0].isupper() or _PARTICLE.fullmatch(word) for word in words)


def phrase(text: str) -> str:
    """The block as phrases.py writes its lines; empty when it is too long to be one."""
    if len(text) > _LONGEST_LINK:
        return ""
    words = " ".join(without_marker(text).split())
    return words.casefold().replace("’", "'").strip(" .:!>›»→…|")
