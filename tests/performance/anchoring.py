"""Carry spans between really published versions: what is found, what is named, and what moves that must not."""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.management import CommandError

from articles.text.anchoring import Outcome, carry
from articles.text.significant import ChangeKind
from tests.performance.gold import listed, refutes, refutes_number
from tests.performance.harness import at_least, at_most
from tests.performance.texts import WORDS, long_text, spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from articles.text.anchoring import Carried
    from tests.performance.gold import Key
    from tests.performance.harness import Bench, Figure

FOLDER = "18f-versions-dev"
CHARACTERS = 50_000
HIGHLIGHTS = 200
OVERLAP = 0.7  # intersection over union

Row = dict[str, Any]
# Of a quote, the wording found for it and the wording said to be right: whether the last is refuted.
Rule = Callable[[str, str, str], bool]


@dataclass(frozen=True)
class Case:
    """A span with its known fate, and what became of it."""

    row: Row
    date: str
    new: str
    carried: Carried

    @property
    def key(self) -> Key:
        return self.row["post"], self.row["c1"], self.row["c2"], self.row["start"], self.row["end"]

    @property
    def gold(self) -> tuple[int, int] | None:
        start, end = self.row["gold"]
        return None if start is None else (start, end)

    @property
    def place(self) -> tuple[int, int] | None:
        start, end = self.carried.start, self.carried.end
        return None if start is None or end is None else (start, end)

    def is_refuted(self, rule: Rule) -> bool:
        return rule(self.row["quote"], self._wording(self.place), self._wording(self.gold))

    def as_line(self) -> str:
        quote, found = (" ".join(text.split()) for text in (self.row["quote"], self._wording(self.place)))
        return f"{self.row['post']} {self.date}: “{quote[:60]}” → {self.carried.outcome} “{found[:60]}”"

    def _wording(self, place: tuple[int, int] | None) -> str:
        return self.new[slice(*place)] if place else ""


class Question(NamedTuple):
    """What each span of a kind must pass, and the figure that is made of how many did not, of how many."""

    name: str
    kind: str
    passes: Callable[[Case], bool]
    figure: Callable[[str, int, int], Figure]
    rule: Rule = refutes


def run(bench: Bench) -> Iterator[Figure]:
    cases = _cases(_folder(bench.data))
    reasons = listed()
    for question in QUESTIONS:
        yield _answered(question, [case for case in cases if case.row["kind"] == question.kind], reasons)
    for share in (0.1, 0.3):
        yield _timed(bench, share)


def _is_anchored(case: Case) -> bool:
    return case.carried.outcome is Outcome.ANCHORED and case.place == case.gold


def _is_found(case: Case) -> bool:
    if not case.place or not case.gold:
        return False
    (a, b), (c, d) = case.place, case.gold
    shared = max(0, min(b, d) - max(a, c))
    return shared / (b - a + d - c - shared) >= OVERLAP


def _is_shown(case: Case) -> bool:
    return case.carried.outcome is Outcome.CHANGED or not _is_found(case)


def _is_not_moved(case: Case) -> bool:
    return case.carried.outcome is not Outcome.ANCHORED


def _is_not_proposed(case: Case) -> bool:
    return case.place is None


def _is_named(case: Case) -> bool:
    """A day or a year is a number that is named as part of its date."""
    if not case.row.get("numbers_changed"):
        return True
    return any(change.kind in (ChangeKind.NUMBER, ChangeKind.DATE) for change in case.carried.changes)


def _reached(bar: float) -> Callable[[str, int, int], Figure]:
    return lambda name, missed, of: at_least(name, [100 * (of - missed) / max(of, 1)], bar=bar, unit="%")


def _share(bar: float) -> Callable[[str, int, int], Figure]:
    return lambda name, missed, of: at_most(name, [100 * missed / max(of, 1)], bar=bar, unit="%")


def _none(name: str, missed: int, of: int) -> Figure:
    return at_most(name, [missed], bar=0, unit="spans")


QUESTIONS = (
    Question("same words: anchored in their place", "same", _is_anchored, _reached(100)),
    Question(f"edited: found, overlap {OVERLAP} or more", "edited", _is_found, _reached(95)),
    Question("edited and found: shown as changed", "edited", _is_shown, _reached(100)),
    Question("edited: silently moved", "edited", _is_not_moved, _none),
    Question("gone: silently moved", "gone", _is_not_moved, _none),
    Question("gone: proposed elsewhere", "gone", _is_not_proposed, _share(5)),
    Question("edited, numbers changed: not named", "edited", _is_named, _none, refutes_number),
)


def _answered(question: Question, cases: Sequence[Case], reasons: dict[Key, str]) -> Figure:
    """The figure without the spans whose known fate is listed as wrong and refuted by the rule as well."""
    missed = [case for case in cases if not question.passes(case)]
    wrong = [case for case in missed if case.key in reasons and case.is_refuted(question.rule)]
    left = [case for case in missed if case not in wrong]
    if missed:
        raw = question.figure(question.name, len(missed), len(cases))
        _tell(f"{question.name}: {len(left)} missed, {len(wrong)} more with a wrong gold; {raw.figure:.2f} with them")
    for case in left:
        doubt = " (the rule refutes the gold, nobody has looked)" if case.is_refuted(question.rule) else ""
        _tell(f"    {case.as_line()}{doubt}")
    for case in wrong:
        _tell(f"    apart: {case.as_line()}: {reasons[case.key]}")
    return question.figure(question.name, len(left), len(cases) - len(wrong))


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _folder(data: Path) -> Path:
    """The set's own folder in the data, or the folder given, if that is one of the same form."""
    for folder in (data / FOLDER, data):
        if (folder / "spans.jsonl.gz").is_file():
            return folder
    raise CommandError(f"There is no {FOLDER}/spans.jsonl.gz in {data}. Say with --data where it is.")


def _rows(file: Path) -> list[Row]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _cases(folder: Path) -> list[Case]:
    """All spans of a pair of versions are carried in one call, as the product does."""
    versions = {
        (row["post"], version["commit"]): version
        for row in _rows(folder / "versions.jsonl.gz")
        for version in row["versions"]
    }
    by_pair = defaultdict[tuple[str, str, str], list[Row]](list)
    for row in _rows(folder / "spans.jsonl.gz"):
        by_pair[row["post"], row["c1"], row["c2"]].append(row)
    cases = []
    for (post, c1, c2), rows in by_pair.items():
        old, new = versions[post, c1], versions[post, c2]
        carried = carry(old["text"], new["text"], [(row["start"], row["end"]) for row in rows])
        cases += [Case(row, new["date"][:10], new["text"], one) for row, one in zip(rows, carried, strict=True)]
    return cases


def _timed(bench: Bench, share: float) -> Figure:
    old = long_text(CHARACTERS, seed=1)
    new, places = _edited(old, share), spans(old, HIGHLIGHTS)
    return bench.milliseconds(
        f"{HIGHLIGHTS} highlights, {CHARACTERS:,} characters, {share:.0%} of paragraphs edited",
        work=lambda _: carry(old, new, places),
        bar=100,
    )


def _edited(text: str, share: float) -> str:
    """With some words of some paragraphs replaced, three paragraphs gone, one moved and one new."""
    chance = random.Random(share)
    blocks = [_reworded(block, chance) if chance.random() < share else block for block in text.split("\n\n")]
    del blocks[5:8]
    blocks.insert(20, blocks.pop(30))
    blocks.insert(12, "The ferry of the old company runs again, the harbour master said.")
    return "\n\n".join(blocks)


def _reworded(block: str, chance: random.Random) -> str:
    words = block.split(" ")
    for _ in range(max(1, len(words) // 20)):
        words[chance.randrange(len(words))] = chance.choice(WORDS)
    return " ".join(words)
