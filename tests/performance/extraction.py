"""Web pages: the body that is proposed against the true one, and what a page says about itself."""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from articles.intake.draft import Draft
from articles.intake.html import read_html
from articles.text.blocks import BlockKind, blocks
from tests.performance.harness import Bench, Figure, at_least, at_most

F1_BAR = 0.96
TITLE_BAR = 0.80
LANGUAGE_BAR = 0.95
SECONDS_BAR = 1.0

# The true bodies hold what the story says, and not who wrote it, when, and what a picture shows.
_BODY = (
    *(BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.QUOTATION),
    BlockKind.TABLE_ROW,
)
_WORD = re.compile(r"\w+")
_SHORT = 0.97  # precision or recall below which a page is named


def run(bench: Bench) -> Iterator[Figure]:
    yield from _bodies(bench.data / "aeb-dev")
    yield from _descriptions(bench.data / "readability-pages")


@dataclass(frozen=True, slots=True)
class Scored:
    """One page with a known body. `missing` are words of it that are nowhere in the draft.

    `precision` is None when nothing was proposed; the benchmark leaves such a page out of the mean.
    """

    address: str
    precision: float | None
    recall: float
    missing: tuple[str, ...]
    seconds: float


def _bodies(folder: Path) -> Iterator[Figure]:
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = [_scored(folder / "html" / f"{name}.html.gz", page) for name, page in truth.items()]
    _name_short(pages)
    yield at_least(f"body: 4-gram F1 over {len(pages)} pages", [f1(pages)], bar=F1_BAR, unit="")
    missing = [len(page.missing) for page in pages]
    yield at_most("words of the true body that are nowhere in the draft", [sum(missing)], bar=0, unit="words")
    seconds = [page.seconds for page in pages]
    yield at_most("time of a page, median", seconds, bar=SECONDS_BAR, unit="s")
    yield at_most("time of a page, worst", [max(seconds)], bar=2 * SECONDS_BAR, unit="s")


def f1(pages: Sequence[Scored]) -> float:
    """Of the means of precision and recall, as the benchmark has it, and not the mean over pages."""
    precision = mean(page.precision for page in pages if page.precision is not None)
    recall = mean(page.recall for page in pages)
    return 2 * precision * recall / (precision + recall)


def _name_short(pages: Sequence[Scored]) -> None:
    for page in sorted(pages, key=lambda page: (page.precision or 0) + page.recall):
        if (page.precision or 0) < _SHORT or page.recall < _SHORT or page.missing:
            words = f"   not there: {' '.join(page.missing[:8])}" if page.missing else ""
            _say(f"{page.precision or 0:.3f} precision  {page.recall:.3f} recall  {page.address}{words}")


def _scored(path: Path, page: dict[str, str]) -> Scored:
    raw = gzip.decompress(path.read_bytes())
    began = time.perf_counter()
    draft = read_html(raw)
    seconds = time.perf_counter() - began
    true = page["articleBody"]
    precision, recall = _precision_and_recall(true, body_text(draft))
    return Scored(page["url"], precision, recall, tuple(missing_words(true, draft.text)), seconds)


def body_text(draft: Draft) -> str:
    parts = (draft.text[block.start : block.end] for block in blocks(draft.text, draft.kinds) if block.kind in _BODY)
    return "\n\n".join(parts)


def _precision_and_recall(true: str, proposed: str) -> tuple[float | None, float]:
    """As the benchmark scores them: by runs of four words, each as often as it comes."""
    wanted, got = shingles(true), shingles(proposed)
    both = (wanted & got).total()
    return (both / got.total() if got else None), (both / wanted.total() if wanted else 1.0)


def shingles(text: str, length: int = 4) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    runs = (tuple(words[i : i + length]) for i in range(max(1, len(words) - length + 1)))
    return Counter(filter(None, runs))


def missing_words(true: str, text: str) -> Iterator[str]:
    """Words of the true body that the text lacks, or has less often.

    The true bodies have a space between elements that a browser shows without one ("tre" and "k" for "trek"), so a
    word also counts when its letters stand there together with those of its neighbours.
    """
    lacking = Counter(_WORD.findall(true)) - Counter(_WORD.findall(text))
    letters = "".join(_WORD.findall(text))
    words = _WORD.findall(true)
    for i, word in enumerate(words):
        if lacking[word] and "".join(words[max(0, i - 2) : i + 3]) not in letters:
            lacking[word] -= 1
            yield word


def _descriptions(folder: Path) -> Iterator[Figure]:
    titles, languages, directions = [], [], []
    for case in sorted(folder.glob("*/expected-metadata.json")):
        expected = json.loads(case.read_text(encoding="utf-8"))
        found = read_html(gzip.decompress((case.parent / "source.html.gz").read_bytes())).metadata
        title = " ".join((expected.get("title") or "").split())
        titles.append(_compared(case.parent.name, "title", title, found.headline.value))
        if stated := expected.get("lang"):
            languages.append(_compared(case.parent.name, "language", _primary(stated), _primary(found.language.value)))
        if stated := expected.get("dir"):
            directions.append(_compared(case.parent.name, "direction", stated, found.direction.value))
    yield _share("title exact", titles, TITLE_BAR)
    yield _share("language right where one is stated", languages, LANGUAGE_BAR)
    yield _share("direction right where one is stated", directions, LANGUAGE_BAR)


def _compared(name: str, what: str, expected: str, found: str) -> bool:
    if expected != found:
        _say(f"{what} of {name}: “{found}” for “{expected}”")
    return expected == found


def _primary(code: str) -> str:
    """ "en" of "en-us": the desk's languages have no countries."""
    return code.lower().partition("-")[0]


def _share(name: str, right: list[bool], bar: float) -> Figure:
    return at_least(f"{name}, of {len(right)} pages", [mean(right)], bar=bar, unit="")


def _say(line: str) -> None:
    sys.stderr.write(f"  {line}\n")
