"""The rating scales that every new desk starts with. Sources of the terms: the evidence scale follows the verdict
classes of the AVeriTeC task (Schlichtkrull et al. 2023), the desk scale the habits of magazine checking desks, the
five-step scale the truth scales of public fact-checkers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from articles.models.verdict import Needs

if TYPE_CHECKING:
    from collections.abc import Sequence

COLOURS = ("green", "red", "amber", "blue", "violet", "orange", "grey")
"""Names of colour tokens that a term can have."""

SIGNS = ("check", "cross", "question", "split", "mostly", "half", "barely", "clock", "pencil", "person", "scissors")
"""Names of drawn signs that a term can have."""


@dataclass(frozen=True, slots=True)
class Term:
    code: str
    name: str
    definition: str
    colour: str
    sign: str
    needs: Needs = Needs.EVIDENCE
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    code: str
    name: str
    terms: tuple[Term, ...]


EVIDENCE = Scale(
    "evidence",
    "Evidence",
    (
        Term("supported", "Supported", "The evidence found supports the claim as it is worded.", "green", "check"),
        Term("refuted", "Refuted", "The evidence found contradicts the claim as it is worded.", "red", "cross"),
        Term(
            "not-enough-evidence",
            "Not enough evidence",
            "After a search that is described, what was found neither supports nor refutes the claim.",
            "amber",
            "question",
            Needs.SEARCH,
        ),
        Term(
            "conflicting-evidence",
            "Conflicting evidence",
            "Evidence of comparable weight supports the claim and refutes it.",
            "violet",
            "split",
            Needs.BOTH_SIDES,
        ),
    ),
)
CHECKING_DESK = Scale(
    "checking-desk",
    "Checking desk",
    (
        Term("confirmed", "Confirmed", "Checked against a source; it can run as it stands.", "green", "check"),
        Term(
            "needs-change",
            "Needs change",
            "The sources say something else; it can run only with other words or another figure.",
            "red",
            "pencil",
        ),
        Term(
            "on-author",
            "On author",
            "It rests on what the author saw or was told, and the author answers for it.",
            "blue",
            "person",
            Needs.EITHER,
        ),
        Term(
            "could-not-verify",
            "Could not verify",
            "After a search that is described, no source was found that confirms or contradicts it.",
            "amber",
            "question",
            Needs.SEARCH,
        ),
        Term("cut", "Cut", "It is taken out of the article.", "grey", "scissors", Needs.EITHER),
    ),
)
FIVE_STEP = Scale(
    "five-step",
    "Five steps",
    (
        Term("true", "True", "Accurate, with nothing significant missing.", "green", "check", number=5),
        Term(
            "mostly-true",
            "Mostly true",
            "Accurate, but it needs clarification or more information.",
            "green",
            "mostly",
            number=4,
        ),
        Term(
            "half-true",
            "Half true",
            "Partly accurate; it leaves out important details or takes things out of context.",
            "amber",
            "half",
            number=3,
        ),
        Term(
            "mostly-false",
            "Mostly false",
            "It holds an element of truth, but ignores facts that would give another impression.",
            "red",
            "barely",
            number=2,
        ),
        Term("false", "False", "Not accurate.", "red", "cross", number=1),
        Term(
            "unproven",
            "Unproven",
            "After a search that is described, there is no sufficient evidence either way.",
            "amber",
            "question",
            Needs.SEARCH,
        ),
        Term(
            "outdated",
            "Outdated",
            "It was accurate once; later events or figures have overtaken it.",
            "grey",
            "clock",
        ),
    ),
)
SCALES = (EVIDENCE, CHECKING_DESK, FIVE_STEP)


class Kind(StrEnum):
    """How a term differs from the one of the same code before."""

    NEW = "new"
    REMOVED = "removed"
    REDEFINED = "redefined"
    OTHER_NEEDS = "other_needs"
    RENAMED = "renamed"
    LOOKS = "looks"
    MOVED = "moved"


MEANING = frozenset({Kind.REMOVED, Kind.REDEFINED, Kind.OTHER_NEEDS})
"""Differences by which a finding that was stated so may not hold any more."""


class Difference(NamedTuple):
    """One term that differs, as it was and as it is to be, None where there is none; ``kinds`` are never empty."""

    before: Term | None
    after: Term | None
    kinds: frozenset[Kind]

    @property
    def code(self) -> str:
        term = self.after or self.before
        return term.code if term else ""

    @property
    def name(self) -> str:
        term = self.before or self.after
        return term.name if term else ""

    @property
    def of_meaning(self) -> bool:
        return bool(self.kinds & MEANING)


def differences(before: Sequence[Term], after: Sequence[Term]) -> list[Difference]:
    """What differs between two versions of a scale, term by term: the new ones in their order, then those gone."""
    old, new = {term.code: term for term in before}, {term.code: term for term in after}
    stayed = [code for code in old if code in new]
    moved = {code for code, other in zip(stayed, [code for code in new if code in old], strict=True) if code != other}
    told = [Difference(old.get(code), term, _kinds(old.get(code), term, moved)) for code, term in new.items()]
    gone = [Difference(term, None, frozenset({Kind.REMOVED})) for code, term in old.items() if code not in new]
    return [one for one in (*told, *gone) if one.kinds]


def _kinds(before: Term | None, after: Term, moved: set[str]) -> frozenset[Kind]:
    if before is None:
        return frozenset({Kind.NEW})
    differs = {
        Kind.RENAMED: before.name != after.name,
        Kind.REDEFINED: before.definition != after.definition,
        Kind.OTHER_NEEDS: before.needs != after.needs,
        Kind.LOOKS: (before.colour, before.sign, before.number) != (after.colour, after.sign, after.number),
        Kind.MOVED: after.code in moved,
    }
    return frozenset(kind for kind, is_so in differs.items() if is_so)
