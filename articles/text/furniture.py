"""Which blocks belong to the page and not to the story.

A wrong guess that hides a sentence of the story costs more than one that shows a line of the page, so
every rule asks for two things: the wording of furniture, and either a line that stands alone or a place
where the story has not begun, has ended, or links away from itself.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from articles.text import patterns, phrases
from articles.text.shape import (
    is_ended,
    is_item,
    is_name,
    is_prose,
    is_quoted,
    phrase,
    without_marker,
    word_count,
)

_LONGEST_LABEL = 8  # words
_LONGEST_TEASER = 120  # characters
_SHORTEST_HEADLINE = 4  # words
_LONGEST_ENTRY = 3  # words
_SHORTEST_NAVIGATION = 6  # lines
_LINES_ABOVE_STORY = 5  # headline, byline, date, place and a short summary


def furniture(texts: Sequence[str]) -> frozenset[int]:
    """Indexes of the blocks that are furniture."""
    found = {i for i, text in enumerate(texts) if _stands_alone(text)}
    for rule in (_sections, _notices, _error_pages, _site_indexes, _menus, _navigation):
        found.update(rule(texts, frozenset(found)))
    return frozenset(found)


def _stands_alone(text: str) -> bool:
    """Furniture wherever it stands: all its lines are."""
    return all(map(_is_alone, text.split("\n")))


def _is_alone(line: str) -> bool:
    ended = is_ended(line)
    return (
        bool(patterns.COUNTER.match(phrase(line)))
        or bool(patterns.PICTURE_AGENCY.search(line))
        or _is_address(line)
        or _is_copyright(line)
        or (phrase(line) in phrases.CONTROLS and (not ended or line.endswith(("...", "…"))))
        or (not ended and (_is_credit(line) or _is_link_by_wording(line) or _is_notice(line)))
    )


def _is_link_by_wording(line: str) -> bool:
    words = without_marker(line.strip())
    if patterns.RELATED_LINK.match(words):
        return True
    short = word_count(words) <= _LONGEST_LABEL
    return short and bool(patterns.SKIP_LINK.match(words) or patterns.BREADCRUMB.match(words))


def _is_address(line: str) -> bool:
    return line.startswith(("http://", "https://", "www.")) and len(line.split()) == 1


def _is_copyright(line: str) -> bool:
    return bool(patterns.COPYRIGHT.match(line)) and not patterns.REPORTING.search(line)


def _is_credit(line: str) -> bool:
    credit = patterns.CREDIT.match(line)
    return credit is not None and (len(credit["who"].split()) == 1 or is_name(credit["who"]))


def _is_notice(text: str) -> bool:
    """The page speaks to its visitor, and nobody is quoted."""
    if not (patterns.NOTICE.match(text) or _is_cookie_banner(text)):
        return False
    return not is_quoted(text) and not patterns.REPORTING.search(text)


def _is_cookie_banner(text: str) -> bool:
    if not patterns.COOKIES.match(text):
        return False
    return bool(patterns.CONSENT.search(text)) or word_count(text) <= _LONGEST_LABEL


def _before_story(texts: Sequence[str], found: frozenset[int]) -> range:
    """Blocks before the first that reads as prose of the story."""
    return range(_first_prose(texts, range(len(texts)), found))


def _after_story(texts: Sequence[str], found: frozenset[int]) -> range:
    backwards = range(len(texts) - 1, -1, -1)
    return range(_first_prose(texts, backwards, found) + 1, len(texts))


def _first_prose(texts: Sequence[str], order: range, found: frozenset[int]) -> int:
    for i in order:
        if i not in found and is_prose(texts[i]) and not _is_notice(texts[i]):
            return i
    return order.stop


def _sections(texts: Sequence[str], found: frozenset[int]) -> Iterator[int]:
    """Labels such as "Related stories", and the links below them."""
    story_starts = len(_before_story(texts, found))
    after = _after_story(texts, found)
    i = 0
    while i < len(texts):
        label = i
        i += 1
        if _is_label(texts[label]) or (label in after and _is_opening_label(texts[label])):
            i = _end_of_links(texts, i, found) if label > story_starts else i
            yield from range(label, i)


def _is_label(text: str) -> bool:
    return phrase(text) in phrases.RELATED and (not is_ended(text) or text.endswith(":"))


def _is_opening_label(text: str) -> bool:
    short = word_count(text) <= _LONGEST_LABEL and not is_ended(text)
    return short and bool(patterns.RELATED_OPENING.match(text))


def _end_of_links(texts: Sequence[str], start: int, found: frozenset[int]) -> int:
    end = start
    while end < len(texts) and (end in found or _is_link(texts, start, end)):
        end += 1
    if end == len(texts):
        return end
    # The story goes on: the last line may be the heading of its next part.
    return end - 1 if end - start > 2 else min(end, start + 1)


def _is_link(texts: Sequence[str], start: int, i: int) -> bool:
    text = texts[i]
    if is_ended(text):
        return _is_notice(text) or _is_teaser(texts, start, i)
    return _is_link_item(text) or not is_prose(text)


def _is_teaser(texts: Sequence[str], start: int, i: int) -> bool:
    """A short sentence below a link, where the link before it or after it has a line of its own, too."""
    if i == start or not is_item(texts[i - 1]) or len(texts[i]) > _LONGEST_TEASER:
        return False
    before = i >= start + 3 and not is_item(texts[i - 2]) and is_item(texts[i - 3])
    after = i + 2 < len(texts) and _is_link_item(texts[i + 1]) and not is_item(texts[i + 2])
    return before or after


def _is_link_item(text: str) -> bool:
    return is_item(text) and not is_ended(text)


def _notices(texts: Sequence[str], found: frozenset[int]) -> Iterator[int]:
    return (i for i in _edges(texts, found) if _is_notice(texts[i]))


def _edges(texts: Sequence[str], found: frozenset[int]) -> Iterator[int]:
    yield from _before_story(texts, found)
    yield from _after_story(texts, found)


def _error_pages(texts: Sequence[str], found: frozenset[int]) -> Iterator[int]:
    """The text of an error page that was copied along, before or after the story."""
    story_starts = next((i for i in range(len(texts)) if i not in found), len(texts))
    story_ends = next((i for i in range(len(texts), 0, -1) if i - 1 not in found), 0)
    for i, text in enumerate(texts):
        if is_ended(text) or phrase(text) not in phrases.ERROR_TITLES:
            continue
        end = i + 2 if _is_error_notice(texts, i + 1) else i + 1
        closes = end >= story_ends and not _is_announced(texts, i)
        opens = i <= story_starts and end == i + 2
        if closes or opens:
            yield from range(i, end)


def _is_error_notice(texts: Sequence[str], i: int) -> bool:
    if i >= len(texts) or patterns.REPORTING.search(texts[i]):
        return False
    return bool(patterns.ERROR_NOTICE.match(texts[i]))


def _is_announced(texts: Sequence[str], i: int) -> bool:
    """The block before ends with a colon, so that this one belongs to what it says."""
    return i > 0 and texts[i - 1].endswith((":", "："))


def _site_indexes(texts: Sequence[str], found: frozenset[int]) -> Iterator[int]:
    """Headlines of other stories after the story, closed by the name of the list they come from."""
    after = [i for i in _after_story(texts, found) if i not in found]
    if not after or not patterns.SITE_INDEX.fullmatch(texts[after[-1]]):
        return
    yield after[-1]
    headlines = list(takewhile(lambda i: _is_headline_link(texts[i]), after[-2::-1]))
    if headlines and not _is_announced(texts, headlines[-1]):
        yield from headlines


def _is_headline_link(text: str) -> bool:
    return word_count(text) >= _SHORTEST_HEADLINE and text[0].isupper() and not is_item(text)


def _menus(texts: Sequence[str], found: frozenset[int]) -> Iterator[int]:
    """Words of a menu at the edges of the page, in company or as the last line."""
    words = {i for i, text in enumerate(texts) if phrase(text) in phrases.MENU and not is_ended(text)}
    company = words | found | {len(texts)}
    for i in _edges(texts, found):
        if (i in words and not company.isdisjoint((i - 1, i + 1))) or _is_menu_row(texts[i]):
            yield i


def _is_menu_row(text: str) -> bool:
    words = phrase(text).split()
    return len(words) > 2 and all(word in phrases.MENU for word in words)


def _navigation(texts: Sequence[str], found: frozenset[int]) -> Iterator[int]:
    """Many very short lines one after the other, well before the headline could stand."""
    last = len(_before_story(texts, found)) - _LINES_ABOVE_STORY
    for is_short, group in groupby(range(last), key=lambda i: i in found or _is_very_short(texts[i])):
        run = list(group)
        if is_short and len(run) >= _SHORTEST_NAVIGATION:
            yield from run


def _is_very_short(text: str) -> bool:
    return word_count(text) <= _LONGEST_ENTRY and not is_prose(text)
