"""Which blocks of two texts belong together: the same, the changed, the moved, those split in two or joined."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

from articles.text.alignment import equal_runs, longest_rise
from articles.text.wording import words

_ALIKE = 0.5  # of two blocks' words must be the same, in the same order
_PART = 0.8  # of a block's pairs of words must come from the block that it was cut from
_COMMON = 8  # a pair of words that stands in more blocks tells nothing
_TRIED = 3  # blocks looked at closely for each


class Pair(NamedTuple):
    """Neighbouring blocks of each text, by number, half-open; one of them has one block."""

    old: tuple[int, int]
    new: tuple[int, int]


def paired(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Pairs in the order of the new text. No block is in two; a block in none was added or dropped."""
    partner = dict(_same_in_order(old, new))
    partner |= _same_elsewhere(old, new, partner)
    _add_alike(old, new, partner)
    return _grown(old, new, partner)


def in_order(pairs: Sequence[Pair]) -> set[int]:
    """Which of the pairs, by number, kept their order: as many as can."""
    return set(longest_rise([pair.old[0] for pair in pairs]))


def _same_in_order(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    for run in equal_runs(old, new):
        yield from ((run.new + i, run.old + i) for i in range(run.size))


def _same_elsewhere(old: Sequence[str], new: Sequence[str], partner: dict[int, int]) -> dict[int, int]:
    taken = set(partner.values())
    free = defaultdict[str, list[int]](list)
    for i in reversed(range(len(old))):
        if i not in taken:
            free[old[i]].append(i)
    return {j: free[new[j]].pop() for j in range(len(new)) if j not in partner and free.get(new[j])}


def _add_alike(old: Sequence[str], new: Sequence[str], partner: dict[int, int]) -> None:
    taken = set(partner.values())
    keys = {i: _keys(old[i]) for i in range(len(old)) if i not in taken}
    keys_now = {j: _keys(new[j]) for j in range(len(new)) if j not in partner}
    found = [(Indel.normalized_similarity(keys[i], keys_now[j]), i, j) for j, i in _candidates(keys, keys_now)]
    for score, i, j in sorted(found, reverse=True):
        if score >= _ALIKE and j not in partner and i not in taken:
            partner[j] = i
            taken.add(i)


def _keys(text: str) -> list[str]:
    return [word.key for word in words(text)]


def _candidates(old: dict[int, list[str]], new: dict[int, list[str]]) -> Iterator[tuple[int, int]]:
    holders = defaultdict[tuple[str, str], list[int]](list)
    for i, keys in old.items():
        for two in _twos(keys):
            holders[two].append(i)
    for j, keys in new.items():
        shared = Counter(i for two in _twos(keys) if len(holders.get(two, ())) <= _COMMON for i in holders.get(two, ()))
        yield from ((j, i) for i, _ in shared.most_common(_TRIED))


def _twos(keys: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(["", *keys]))


def _grown(old: Sequence[str], new: Sequence[str], partner: dict[int, int]) -> list[Pair]:
    """Pairs with the lone blocks beside them that came from the same block, or went into it."""
    pairs = [Pair((i, i + 1), (j, j + 1)) for j, i in sorted(partner.items())]
    lone = set(range(len(new))) - set(partner)
    lone_old = set(range(len(old))) - set(partner.values())
    grown = []
    for pair in pairs:
        (i, _), (j, _) = pair
        if old[i] == new[j] or not (lone or lone_old):
            grown.append(pair)
        elif len(new[j]) < len(old[i]):
            grown.append(pair._replace(new=_reach(old[i], new, j, lone)))
        else:
            grown.append(pair._replace(old=_reach(new[j], old, i, lone_old)))
    return grown


def _reach(whole: str, texts: Sequence[str], place: int, lone: set[int]) -> tuple[int, int]:
    """The blocks around `place` that are parts of the whole; they are lone no longer."""
    twos = _twos(_keys(whole))
    first, last = place, place
    while first - 1 in lone and _is_part(texts[first - 1], twos):
        first -= 1
        lone.discard(first)
    while last + 1 in lone and _is_part(texts[last + 1], twos):
        last += 1
        lone.discard(last)
    return first, last + 1


def _is_part(text: str, whole: set[tuple[str, str]]) -> bool:
    mine = set(pairwise(_keys(text)))
    return bool(mine) and len(mine & whole) >= _PART * len(mine)
