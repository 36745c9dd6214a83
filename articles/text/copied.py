"""Whether two passages are so much the same words that one of them is likely to be copied."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

ENOUGH = 8
"""Words. Fewer of them two people write alike without knowing of each other."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Passage[Key: Hashable]:
    """A passage by its ``key``, the ``work`` it stands in, and the hash of the whole text of that work."""

    key: Key
    work: Key
    text: str
    words: str


def copies[Key: Hashable](passages: Iterable[Passage[Key]]) -> list[list[Passage[Key]]]:
    """Groups of passages in two works or more: of the same whole text, or of the same words where these are enough.

    Typography, punctuation and capitals make no difference. Each passage is in one group at most; all in their order.
    """
    groups: list[list[Passage[Key]]] = []
    by_sign: dict[str, list[Passage[Key]]] = {}
    for passage in passages:
        signs = _signs(passage)
        group = _joined([by_sign[sign] for sign in signs if sign in by_sign], groups)
        group.append(passage)
        for other in group:
            by_sign |= dict.fromkeys(_signs(other), group)
    return [group for group in groups if len({passage.work for passage in group}) > 1]


def key_of(ids: Iterable[object]) -> str:
    """What stands for just these passages, in whatever order: 64 hexadecimal digits."""
    return hashlib.sha256("\n".join(sorted(map(str, ids))).encode()).hexdigest()


def _joined[Key: Hashable](found: Sequence[list[Passage[Key]]], groups: list[list[Passage[Key]]]) -> list[Passage[Key]]:
    """The one group that these are, or a new one; it takes the place of the first of them."""
    if not found:
        groups.append([])
        return groups[-1]
    first, *others = {id(group): group for group in found}.values()
    for other in others:
        first.extend(other)
        groups[:] = [group for group in groups if group is not other]
    return first


def _signs[Key: Hashable](passage: Passage[Key]) -> list[str]:
    words = _WORD.findall(passage.words.casefold())
    alike = [f"words {' '.join(words)}"] if len(words) >= ENOUGH else []
    return [f"text {passage.text}", *alike]
