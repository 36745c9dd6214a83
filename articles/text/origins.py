"""How many independent origins stand behind a claim, and what a sourcing rule still misses."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Side(StrEnum):
    """Who tells the claim on or supports it is ``for`` it, who refutes it ``against`` it."""

    FOR = "for"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Telling[Key: Hashable]:
    """An occurrence in the words of an outlet, or a piece of evidence of a source: ``teller`` is the outlet or source.

    ``origin`` is where it comes from, None where that is not known. Evidence that only gives context is no telling.
    """

    teller: Key
    side: Side = Side.FOR
    origin: Key | None = None
    is_outlet: bool = False
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """``independent`` and ``against`` are numbers of roots, ``unknown`` of outlets and sources not traced in full."""

    outlets: int = 0
    independent: int = 0
    against: int = 0
    unknown: int = 0
    has_primary: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """How many independent origins are enough (0: the desk asks for none), and whether one primary source is, too."""

    origins: int
    primary: bool


def chain_of[Key: Hashable](origin: Key, leads: Mapping[Key, Key | None]) -> Sequence[Key]:
    """The origin, what it comes from, and so on to the root. ``leads`` maps each to the next one, or to None.

    In a circle, which nobody can make, each stands once; so it always ends.
    """
    chain = [origin]
    seen = {origin}
    while (following := leads.get(chain[-1])) is not None and following not in seen:
        chain.append(following)
        seen.add(following)
    return chain


def root_of[Key: Hashable](origin: Key, leads: Mapping[Key, Key | None]) -> Key:
    """Where the chain ends. All that leads into a circle has one root: the member of it that is first by its text."""
    chain = chain_of(origin, leads)
    back = leads.get(chain[-1])
    return chain[-1] if back is None else min(chain[chain.index(back) :], key=str)


def count[Key: Hashable](tellings: Iterable[Telling[Key]], leads: Mapping[Key, Key | None]) -> Counts:
    """What stands behind a claim. What is not known never counts as one more origin."""
    told = list(tellings)
    roots = {
        side: {root_of(one.origin, leads) for one in told if one.side is side and one.origin is not None}
        for side in Side
    }
    return Counts(
        outlets=len({one.teller for one in told if one.is_outlet}),
        independent=len(roots[Side.FOR]),
        against=len(roots[Side.AGAINST]),
        unknown=len({one.teller for one in told if one.origin is None}),
        has_primary=any(one.is_primary for one in told),
    )


def in_words(counts: Counts) -> str:
    """As in "4 outlets, 2 independent origins, 1 unknown"; empty where nothing tells the claim."""
    origins = [_counted(counts.independent, "independent origin")] if counts.independent else []
    if counts.against:
        origins.append(f"{_counted(counts.against, 'independent origin')} against it")
    unknown = [f"{counts.unknown:,} unknown" if origins else "no origin known"] if counts.unknown else []
    outlets = [_counted(counts.outlets, "outlet")] if counts.outlets else []
    return ", ".join([*outlets, *origins, *unknown])


def missing(counts: Counts, rule: Rule) -> str:
    """What the rule still asks for, in a few words: "one more independent origin, or a primary source".

    Origins for and against a claim are not added up: two that contradict each other do not confirm each other.
    """
    found = max(counts.independent, counts.against)
    short = rule.origins - found
    if short <= 0 or (rule.primary and counts.has_primary):
        return ""
    more = " more" if found else ""
    number = _NUMBERS[short] if short < len(_NUMBERS) else f"{short:,}"
    wanted = f"{number}{more} independent origin{'' if short == 1 else 's'}"
    return f"{wanted}, or a primary source" if rule.primary else wanted


def wanted(rule: Rule) -> str:
    """The rule in words: "two independent origins, or a primary source"; "nothing is asked for"."""
    return missing(Counts(), rule) or "nothing is asked for"


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
