"""Long texts for measurements, always the same for the same numbers."""

from __future__ import annotations

import random

from django.db import connections

PHRASE = (
    "the council said on Monday that a bridge over the river had been closed after engineers found cracks in two of "
    "its piers and that about 1,200 people would have to travel by ferry until the repairs were done in the spring"
)
WORDS = PHRASE.split()


def analyse() -> None:
    """Tell the planner of the rows just made, as autovacuum would sooner or later, at a moment of its own."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def long_text(characters: int, *, seed: int) -> str:
    """A canonical text of about so many characters: a headline, then paragraphs of about 400 characters."""
    chance = random.Random(seed)
    blocks = [f"Report {seed} on the bridge"]
    length = len(blocks[0])
    while length < characters:
        paragraph = " ".join(chance.choice(WORDS) for _ in range(75)).capitalize() + "."
        blocks.append(paragraph)
        length += len(paragraph) + 2
    return "\n\n".join(blocks)


def spans(text: str, count: int) -> list[tuple[int, int]]:
    """So many spans of 20 to 60 characters within paragraphs, spread over the text, some overlapping."""
    chance = random.Random(count)
    found: list[tuple[int, int]] = []
    while len(found) < count:
        start = chance.randrange(len(text) - 60)
        end = start + chance.randint(20, 60)
        if "\n" not in text[start:end] and text[start:end].strip() == text[start:end]:
            found.append((start, end))
    return found
