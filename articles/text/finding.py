"""Words sought in a text as a person types them: without regard to case, accents, kinds of quotation marks and dashes.

static/articles/js/text/finding.js holds the same for the browser, and one table of cases (tests/cases) holds for both.
"""

import unicodedata

from articles.text.canonical import SPACE

_WHITE = frozenset(SPACE + "\n")
_ALIKE = str.maketrans(dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—−", "-"))


def find(text: str, words: str) -> list[tuple[int, int]]:
    """Where the words stand, one place after the other; each takes the accents of its last character along."""
    sought = "".join(sign for sign, _ in _folded(words.strip()))
    folded = _folded(text)
    line = "".join(sign for sign, _ in folded)
    starts = [at for _, at in folded] + [len(text)]
    found: list[tuple[int, int]] = []
    at = line.find(sought) if sought else -1
    while at >= 0:
        end = at + len(sought)
        # A character that is folded to two signs is found whole, and once.
        first, last = starts[at], next((one for one in starts[end:] if one > starts[end - 1]), len(text))
        if not found or first >= found[-1][1]:
            found.append((first, last))
        at = line.find(sought, end)
    return found


def _folded(text: str) -> list[tuple[str, int]]:
    """Each sign that counts, with the place of its character. A run of white space is one space."""
    folded: list[tuple[str, int]] = []
    for at, character in enumerate(text):
        if character in _WHITE:
            if not folded or folded[-1][0] != " ":
                folded.append((" ", at))
        elif character != "\u00ad":
            folded += [(sign, at) for sign in _plain(character)]
    return folded


def _plain(character: str) -> str:
    """Without accents, and small; by way of capitals, because only they are alike for every small letter."""
    bare = _without_marks(character)
    return _without_marks(bare.upper().lower()).translate(_ALIKE)


def _without_marks(characters: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFD", characters) if unicodedata.category(one) != "Mn")
