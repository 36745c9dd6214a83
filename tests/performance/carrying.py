"""Take a new version: the text stored, every highlight carried or asked about, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.factories import make_desk, make_highlight, make_version, take_version
from tests.performance.texts import analyse, long_text, spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.performance.harness import Bench, Figure

CHARACTERS = 50_000
HIGHLIGHTS = 200
CORRECTED = 10
"""Of the highlights, those whose words are others in the second version and wait from then on."""

BAR = 2_000.0
"""Milliseconds. A person waits for it, and so does whoever changes the same claims meanwhile: for at most 5 seconds."""


def run(bench: Bench) -> Iterator[Figure]:
    alice = make_desk().alice
    version = make_version(by=alice, text=long_text(CHARACTERS, seed=HIGHLIGHTS))
    places = spans(version.text, HIGHLIGHTS)
    for start, end in places:
        make_highlight(by=alice, version=version, quote=version.text[start:end])
    analyse()
    text = version.text
    for start, end in places[-CORRECTED:]:
        text = text[:start] + text[start:end].swapcase() + text[end:]

    def take(number: int) -> None:
        take_version(version.article, f"{text}\n\nUpdate {number}.", by=alice)

    yield bench.milliseconds(
        f"a version of {CHARACTERS:,} characters with {HIGHLIGHTS} highlights",
        work=take,
        bar=BAR,
        runs=min(bench.runs, 10),
    )
