"""What the panel shows of the places at which a claim stands in this article, and what can be done with each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from articles.models import Highlight
from articles.rendering import shortened
from articles.text import borders

if TYPE_CHECKING:
    from articles.queries.workbench import Bench
    from articles.rendering import Mark

QUOTED = 140
"""Characters of a highlight in the panel."""
AROUND = 28
"""Characters shown on either side of a place where a highlight can be split."""
NAMED = 40
"""Characters of a highlight on a button."""


class Cut(NamedTuple):
    at: int
    label: str


class Neighbour(NamedTuple):
    """A highlight with which another can be merged."""

    highlight: str
    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """A mark as the panel quotes it."""

    mark: Mark
    number: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Stand(Said):
    """A place of the claim in hand that can be changed."""

    revision: int
    steps: borders.Steps
    clauses: list[Cut]
    words_within: list[Cut]
    previous: Neighbour | None
    next: Neighbour | None


def said(shown: Bench, mark: Mark) -> Said:
    return Said(mark, shown.numbers.get(mark.claim), shortened(_words(shown, mark), QUOTED))


def stands(shown: Bench, claim: str) -> list[Stand]:
    """Every place of the claim, with what can be done there. Costs one query."""
    marks = shown.places(claim)
    rows = Highlight.objects.filter(desk_id=shown.version.desk_id, pk__in=[mark.highlight for mark in marks])
    revisions = {str(pk): revision for pk, revision in rows.values_list("pk", "revision")}
    return [_stand(shown, mark, revisions[mark.highlight]) for mark in marks]


def _stand(shown: Bench, mark: Mark, revision: int) -> Stand:
    text, is_claim = shown.version.text, bool(mark.status)
    clauses = borders.clauses(text, mark.start, mark.end) if is_claim else []
    words = borders.word_ends(text, mark.start, mark.end) if is_claim else []
    return Stand(
        mark=mark,
        number=shown.numbers.get(mark.claim),
        words=shortened(_words(shown, mark), QUOTED),
        revision=revision,
        steps=borders.steps(text, mark.start, mark.end),
        clauses=[_cut(shown, mark, at) for at in clauses],
        words_within=[_cut(shown, mark, at) for at in words if at not in clauses],
        previous=_neighbour(shown, mark, is_after=False) if is_claim else None,
        next=_neighbour(shown, mark, is_after=True) if is_claim else None,
    )


def _neighbour(shown: Bench, mark: Mark, *, is_after: bool) -> Neighbour | None:
    """The nearest highlight on one side with which this one can be merged."""
    one = (mark.start, mark.end)
    near = [
        other
        for other in shown.marks
        if other.status
        and other.highlight != mark.highlight
        and ((other.start, other.end, other.highlight) > (*one, mark.highlight)) is is_after
        and borders.is_joined(shown.version.text, one, (other.start, other.end))
    ]
    if not near:
        return None
    found = near[0] if is_after else near[-1]
    return Neighbour(found.highlight, shortened(_words(shown, found), NAMED))


def _cut(shown: Bench, mark: Mark, at: int) -> Cut:
    before = " ".join(shown.version.text[mark.start : at].split())
    after = " ".join(shown.version.text[at : mark.end].split())
    head = before if len(before) <= AROUND else "…" + before[-AROUND:].partition(" ")[2]
    return Cut(at, f"{head} | {shortened(after, AROUND)}")


def _words(shown: Bench, mark: Mark) -> str:
    return shown.version.text[mark.start : mark.end]
