"""Which blocks of a page the extractor takes for its article: its text decides that, and is never used itself."""

import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from itertools import islice

import trafilatura
from lxml.html import HtmlElement
from rapidfuzz.distance import Indel

from articles.intake.page.walk import Shown

_WORD = re.compile(r"\w+")
# Of a page: what has more is a book or an attack, and takes the extractor too long.
MOST_ELEMENTS = 20_000
_MOST_WORDS = 60_000
_LARGEST_TABLE = 1_000_000_000  # pairs of words that are compared; an eighth of that in bytes
_LEAST_SHARE = 0.5  # of the words of a block


def extracted(tree: HtmlElement, blocks: Sequence[Shown]) -> frozenset[int]:
    """Indexes of the blocks that are in the article; empty when the extractor finds none."""
    words = [_WORD.findall(block.text) for block in blocks]
    if sum(map(len, words)) > _MOST_WORDS or is_vast(tree):
        return frozenset()
    for precise in (True, False):
        text = trafilatura.extract(deepcopy(tree), favor_precision=precise, include_comments=False)
        if found := _found(words, _WORD.findall(text or "")):
            return found
    return frozenset()


def is_vast(tree: HtmlElement) -> bool:
    return next(islice(tree.iter(), MOST_ELEMENTS, None), None) is not None


def _found(words: Sequence[Sequence[str]], wanted: list[str]) -> frozenset[int]:
    """The blocks most of whose words are wanted, in the order in which they are: so a repeated word counts once."""
    own = [word for block in words for word in block]
    if not wanted or len(own) * len(wanted) > _LARGEST_TABLE:
        return frozenset()
    owner = [i for i, block in enumerate(words) for _ in block]
    hits = Counter[int]()
    for part in Indel.opcodes(own, wanted):
        if part.tag == "equal":
            hits.update(owner[part.src_start : part.src_end])
    return frozenset(i for i, block in enumerate(words) if block and hits[i] > _LEAST_SHARE * len(block))
