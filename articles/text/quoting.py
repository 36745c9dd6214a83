"""What stands in quotation marks, and what came into them or left them."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from articles.text.alignment import equal_runs, replaced
from articles.text.wording import Word, is_word, plain

type _Stretch = tuple[int, int]

# A double mark, or a single one that no letter stands before or after: an apostrophe stands between or after letters.
_MARK = re.compile(r"\"|(?<!\w)'(?=\w)|(?<=[\w.,!?])'(?!\w)")


def quotations(text: str) -> list[tuple[int, int]]:
    """The stretches between quotation marks, marks included; one that is open at an end reaches to that end."""
    flat = plain(text)
    spans = []
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(flat):
        opens = _opens(flat, mark.start())
        if opened is None and opens:
            opened = mark
        elif opened is not None and opened[0] == mark[0] and not opens:
            spans.append((opened.start(), mark.end()))
            opened = None
        elif opened is None and mark[0] == '"' and not spans:
            spans.append((0, mark.end()))
    if opened is not None and opened[0] == '"':
        spans.append((opened.start(), len(text)))
    return spans


def _opens(text: str, place: int) -> bool:
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    return not after.isspace() and (before.isspace() or before in "([{-:,")


def changed_quotations(
    old: str, old_words: Sequence[Word], new: str, new_words: Sequence[Word]
) -> Iterator[tuple[str, str]]:
    """What came into quotation marks or left them, as printed before and after.

    Words that both wordings have and only one has within marks; or else a quotation that came or went with its words.
    Other words inside the same marks are none.
    """
    before, after = quotations(old), quotations(new)
    if not before and not after:
        return
    crossed = list(_crossed(old_words, _inside(old_words, before), new_words, _inside(new_words, after)))
    for (start, end), (new_start, new_end) in crossed:
        yield _with_marks(old, start, end, before), _with_marks(new, new_start, new_end, after)
    if not crossed and len(before) != len(after):
        yield from _came_or_went([old[a:b] for a, b in before], [new[a:b] for a, b in after])


def _inside(found: Sequence[Word], spans: Sequence[tuple[int, int]]) -> list[bool]:
    return [any(start <= word.start < end for start, end in spans) for word in found]


def _crossed(
    old: Sequence[Word], is_quoted: Sequence[bool], new: Sequence[Word], is_quoted_now: Sequence[bool]
) -> Iterator[tuple[_Stretch, _Stretch]]:
    """Stretches of equal words of which one wording alone has them quoted."""
    mine = [i for i, word in enumerate(old) if is_word(word.key)]
    theirs = [i for i, word in enumerate(new) if is_word(word.key)]
    pairs = [
        (run.old + i, run.new + i)
        for run in equal_runs([old[i].key for i in mine], [new[i].key for i in theirs])
        for i in range(run.size)
        if is_quoted[mine[run.old + i]] != is_quoted_now[theirs[run.new + i]]
    ]
    for (a, b), (c, d) in _stretches(pairs):
        yield (old[mine[a]].start, old[mine[b]].end), (new[theirs[c]].start, new[theirs[d]].end)


def _stretches(pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[_Stretch, _Stretch]]:
    """The first and the last of pairs that follow each other on both sides."""
    first = 0
    for i, (a, b) in enumerate(pairs):
        if i + 1 == len(pairs) or pairs[i + 1] != (a + 1, b + 1):
            yield (pairs[first][0], a), (pairs[first][1], b)
            first = i + 1


def _with_marks(text: str, start: int, end: int, spans: Sequence[_Stretch]) -> str:
    """With the marks beside it, if it stands within any; with all of the quotation when none is beside it."""
    holding = next(((a, b) for a, b in spans if a <= start < b), None)
    if holding is None:
        return text[start:end]
    first, last = holding
    opens = first < start and not _has_words(text[first:start])
    closes = end < last and not _has_words(text[end:last])
    if not opens and not closes:
        return text[first:last]
    return text[first if opens else start : last if closes else end]


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _came_or_went(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    for mine, theirs in replaced([plain(text) for text in before], [plain(text) for text in after]):
        yield from zip_longest(before[mine], after[theirs], fillvalue="")
