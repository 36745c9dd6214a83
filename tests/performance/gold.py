"""Where the known fate of a span, made by word alignment and not by hand, is itself wrong.

`anchoring_gold.json` names such spans, each with the reason that a person found on looking at it. A rule that knows
nothing of how spans are carried must confirm it: the words of the quote stand at the place found, at least half of them
in their order, and better than at the place that was said to be right.
"""

from __future__ import annotations

import difflib
import json
import re
from pathlib import Path

LISTED = Path(__file__).with_name("anchoring_gold.json")
HALF = 0.5
BETTER = 0.05

# Post, the commits of both versions, start and end of the span.
Key = tuple[str, str, str, int, int]


def listed() -> dict[Key, str]:
    """The reason for each span in the list."""
    rows = json.loads(LISTED.read_text(encoding="utf-8"))
    return {(row["post"], row["c1"], row["c2"], row["start"], row["end"]): row["reason"] for row in rows}


def refutes(quote: str, found: str, gold: str) -> bool:
    """Whether the place found has the words of the quote, and has them better than the place said to be right."""
    likeness = _likeness(quote, found)
    return likeness >= HALF and likeness >= _likeness(quote, gold) + BETTER


def refutes_number(quote: str, found: str, gold: str) -> bool:
    """Whether the very figures of the quote stand at the place found, with words no less like it than the gold's."""
    same = sorted(re.findall(r"\d+", quote)) == sorted(re.findall(r"\d+", found))
    return same and _likeness(quote, found) >= max(HALF, _likeness(quote, gold))


def _likeness(one: str, other: str) -> float:
    """The share of words, without case, marks and addresses, that both have in one order."""
    return difflib.SequenceMatcher(None, _words(one), _words(other), autojunk=False).ratio()


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", re.sub(r"https?://\S+", " ", text.lower()))
