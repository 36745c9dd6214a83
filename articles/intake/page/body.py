"""Which blocks of a page are the body of its article: what the extractor found, grown and trimmed by general rules.

The extractor chooses well and leaves gaps: on a page whose article is cut in pieces it takes one of them, it drops
headings and short paragraphs, and keeps links to other stories. Each rule here was measured (`manage.py bench
extraction`), and none knows a site.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from lxml.html import HtmlElement

from articles.intake.page.walk import Shown
from articles.text import credit, patterns
from articles.text.dates import first_date
from articles.text.furniture import furniture
from articles.text.shape import is_ended, is_prose, word_count

_MOSTLY = 0.5  # of the characters of a block: it is about its links
_WHOLLY = 0.9
_MAIN_SHARE = 0.2  # of the prose found: blocks in such a place are what the article is made of
_LONGEST_LINKED = 4  # words; a longer line that is one link leads to another story
_LONGEST_LINE = 120  # characters
_LONGEST_CREDIT = 250
_SURE_PROSE = 100
_SHORTEST_TITLE = 8  # letters by which a block is known as the headline
_TITLE_SHARE = 0.7  # of the headline

_FILLING = frozenset(["p", "h2", "h3", "h4", "h5", "blockquote", "li", "pre", "tr"])
_HEADINGS = frozenset(["h2", "h3", "h4"])
_OUTSIDE = frozenset(["nav", "header", "footer", "aside", "form", "button", "menu", "dialog"])
_RELATED = re.compile(r"(?:also|more|see|video|watch|photos?)\b ?:", re.IGNORECASE)
_CONTRIBUTED = re.compile(
    r"\bcontributed (?:to|reporting|from)\b|\b(?:reporting|writing|editing) by\b|^(?:sources?|quellen?|fuentes?) ?:",
    re.IGNORECASE,
)
_AFTER_STORY = re.compile(
    r"(?:read )?more\b.{0,60}: ?(?:https?://|www\.)|(?:click|tap) here\b|"
    r"(?:filed under|tags?|categor(?:y|ies)|posted in|labels?|share this|follow us|follow @?\w+ on)\b",
    re.IGNORECASE,
)


def body(blocks: Sequence[Shown], found: Collection[int], titles: Collection[str]) -> frozenset[int]:
    """Indexes. `found` are those of the extractor; `titles` is what the page calls itself."""
    if not found:
        return _without_extractor(blocks)
    grown = _filled(blocks, _grown(blocks, set(found)))
    kept = {i for i in grown if not _is_related(blocks[i]) and blocks[i].element.tag != "h1"}
    kept = _without_furniture(blocks, kept)
    kept -= set(_lead(blocks, sorted(kept), [letters(title) for title in titles]))
    kept -= set(_tail(blocks, sorted(kept, reverse=True)))
    return frozenset(kept)


def letters(text: str) -> str:
    """By what two versions of a headline are compared."""
    return re.sub(r"\W+", "", text).casefold()


def _share(block: Shown) -> float:
    """Of the block's characters, those in links."""
    return block.linked / len(block.text)


def _grown(blocks: Sequence[Shown], found: set[int]) -> set[int]:
    """With the prose that stands in the same kind of place in the same article."""
    main = _main_places(blocks, found)
    articles = {_article(blocks[i].element) for i in found}
    return found | {
        i
        for i, block in enumerate(blocks)
        if _place(block.element) in main
        and _share(block) < _MOSTLY
        and is_prose(block.text)
        and _article(block.element) in articles
    }


def _main_places(blocks: Sequence[Shown], found: set[int]) -> set[tuple[str, ...]]:
    characters = Counter[tuple[str, ...]]()
    for i in found:
        if _share(blocks[i]) < _MOSTLY and is_prose(blocks[i].text):
            characters[_place(blocks[i].element)] += len(blocks[i].text)
    return {place for place, n in characters.items() if n >= _MAIN_SHARE * characters.total()}


def _place(element: HtmlElement) -> tuple[str, ...]:
    """Names and classes, without numbers, of the element and the two around it."""
    around = [element, *element.iterancestors()][:3]
    return tuple(f"{one.tag} {re.sub(r'\d+', '', one.get('class', ''))}" for one in around)


def _article(element: HtmlElement) -> HtmlElement | None:
    return next((one for one in element.iterancestors() if one.tag == "article"), None)


def _filled(blocks: Sequence[Shown], found: set[int]) -> set[int]:
    """With what stands between two blocks of the article, side by side with others of it."""
    parents = {blocks[i].element.getparent() for i in found}
    between = range(min(found), max(found))
    return found | {i for i in between if blocks[i].element.getparent() in parents and _fills(blocks[i])}


def _fills(block: Shown) -> bool:
    if block.element.tag in _HEADINGS:
        return True
    is_link = _share(block) > _WHOLLY and word_count(block.text) > _LONGEST_LINKED
    return block.element.tag in _FILLING and not is_link


def _is_related(block: Shown) -> bool:
    text = block.text.lstrip("[(")
    return _share(block) > _MOSTLY and bool(patterns.RELATED_LINK.match(text) or _RELATED.match(text))


def _without_furniture(blocks: Sequence[Shown], found: Collection[int]) -> set[int]:
    """Without what its wording gives away."""
    order = sorted(found)
    worded = furniture([blocks[i].text for i in order])
    return {index for i, index in enumerate(order) if i not in worded}


def _lead(blocks: Sequence[Shown], order: list[int], titles: Sequence[str]) -> Iterator[int]:
    """Before the first sentence: the headline again, bylines, dates and links."""
    for i in order:
        block = blocks[i]
        if _is_title(block.text, titles):
            yield i
        elif is_ended(block.text) and _share(block) < _MOSTLY and len(block.text) > _SURE_PROSE:
            return
        elif (
            _is_credit(block.text)
            or _is_dated_line(block.text)
            or (_share(block) > _MOSTLY and block.element.tag != "p")
        ):
            yield i


def _is_title(text: str, titles: Sequence[str]) -> bool:
    own = letters(text)
    if len(own) <= _SHORTEST_TITLE:
        return False
    return any(own in title or (title in own and len(title) > _TITLE_SHARE * len(own)) for title in titles if title)


def _is_credit(text: str) -> bool:
    return credit.is_byline(text) or credit.is_dateline(text)


def _is_dated_line(text: str) -> bool:
    return len(text) < _LONGEST_LINE and not is_ended(text) and first_date(text) is not None


def _tail(blocks: Sequence[Shown], order: list[int]) -> Iterator[int]:
    """After the last sentence: who contributed, where it is filed, and links."""
    for i in order:
        text = blocks[i].text
        credited = len(text) < _LONGEST_CREDIT and _CONTRIBUTED.search(text)
        filed = len(text) < _LONGEST_LINE and (_AFTER_STORY.match(text) or _share(blocks[i]) > _WHOLLY)
        if not (credited or filed or _is_credit(text)):
            return
        yield i


def _without_extractor(blocks: Sequence[Shown]) -> frozenset[int]:
    """Everything that is not furniture by its element or its wording."""
    inside = [i for i, block in enumerate(blocks) if not is_outside(block.element) and block.element.tag != "h1"]
    return frozenset(_without_furniture(blocks, inside))


def is_outside(element: HtmlElement) -> bool:
    """In a part of the page that HTML itself says is not its article."""
    around = [element, *element.iterancestors()]
    return any(
        one.tag in _OUTSIDE and not (one.tag in {"header", "footer"} and _article(one) is not None) for one in around
    )
