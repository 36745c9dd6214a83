"""What becomes of a form that two people filled in at the same time: field by field, never within one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Merged(NamedTuple):
    """``values`` is what is to be stored; in the fields of ``clashes`` both changed the same to different things."""

    values: dict[str, str]
    clashes: list[str]


def merge(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> Merged:
    """Fields of ``mine`` that differ from ``base``, over ``theirs``; one that ``base`` does not know differs.

    In a clash the value is mine, so that it can be offered to the one who decides.
    """
    values, clashes = {}, []
    for name, value in mine.items():
        before, stored = base.get(name), theirs[name]
        values[name] = stored if value == before else value
        if value != before and stored not in (before, value):
            clashes.append(name)
    return Merged(values, clashes)
