"""What others did to an article, counted and in a few words: "Bob marked 2 claims and gave a verdict."."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from articles.sentences import ECHOES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PHRASES = {
    "article.edited": ("corrected what is said about the article", ""),
    "block.retyped": ("corrected the kind of a block", "corrected the kinds of {n} blocks"),
    "carry.accepted": ("agreed where a highlight stands", "agreed where {n} highlights stand"),
    "carry.orphaned": ("said that a highlight is gone", "said that {n} highlights are gone"),
    "carry.reconsidered": ("took back where a highlight stands", "took back where {n} highlights stand"),
    "carry.remarked": ("marked a highlight anew", "marked {n} highlights anew"),
    "claim.blinded": ("asked for a blind review", "asked for {n} blind reviews"),
    "claim.edited": ("edited a claim", "edited claims {n} times"),
    "claim.reopened": ("reopened a claim", "reopened {n} claims"),
    "claim.resumed": ("took a claim back to work", "took {n} claims back to work"),
    "claim.set_aside": ("set a claim aside", "set {n} claims aside"),
    "claim.started": ("started to check a claim", "started to check {n} claims"),
    "claim.stopped": ("left a claim unchecked again", "left {n} claims unchecked again"),
    "claim.unblinded": ("asked for an open review", "asked for {n} open reviews"),
    "difference.resolved": ("resolved a difference", "resolved {n} differences"),
    "evidence.added": ("added evidence", "added {n} pieces of evidence"),
    "evidence.edited": ("edited evidence", "edited evidence {n} times"),
    "evidence.moved": ("merged the source of evidence with its double", "merged the sources of {n} pieces of evidence"),
    "evidence.restored": ("restored evidence", "restored {n} pieces of evidence"),
    "evidence.withdrawn": ("withdrew evidence", "withdrew {n} pieces of evidence"),
    "highlight.added": ("found a claim in another place", "found claims in {n} other places"),
    "highlight.adjusted": ("moved the borders of a highlight", "moved the borders of {n} highlights"),
    "highlight.marked": ("marked a claim", "marked {n} claims"),
    "highlight.merged": ("merged two highlights", "merged highlights {n} times"),
    "highlight.parted": ("took a merging back", "took {n} mergings back"),
    "highlight.removed": ("removed a highlight", "removed {n} highlights"),
    "highlight.restored": ("restored a highlight", "restored {n} highlights"),
    "highlight.traced": ("traced a place", "traced {n} places"),
    "highlight.untraced": ("took back where a place comes from", "took back where {n} places come from"),
    "highlight.split": ("split a highlight", "split {n} highlights"),
    "query.answered": ("wrote an answer down", "wrote {n} answers down"),
    "query.asked": ("put a query", "put {n} queries"),
    "query.closed": ("closed a query", "closed {n} queries"),
    "query.edited": ("edited a query", "edited queries {n} times"),
    "query.reopened": ("opened a query again", "opened {n} queries again"),
    "review.approved": ("approved a verdict", "approved {n} verdicts"),
    "review.returned": ("returned a verdict", "returned {n} verdicts"),
    "verdict.given": ("gave a verdict", "gave {n} verdicts"),
    "verdict.seconded": ("gave a second finding", "gave {n} second findings"),
    "verdict.withdrawn": ("took a verdict back", "took {n} verdicts back"),
    "version.taken": ("stored a new version of the text", "stored {n} new versions of the text"),
    "words.accepted": ("accepted suggested words", "accepted suggested words {n} times"),
    "words.declined": ("declined suggested words", "declined suggested words {n} times"),
    "words.suggested": ("suggested other words", "suggested other words {n} times"),
}
OTHERWISE = ("made another change", "made {n} other changes")
ANEW = ("article.edited", "block.retyped", "version.taken")
"""What changes the page as a whole, and is not seen by swapping blocks of it."""


class Told(Protocol):
    """An event, as a page is told of it."""

    @property
    def transaction(self) -> str: ...
    @property
    def who(self) -> str | None: ...
    @property
    def is_own(self) -> bool: ...
    @property
    def action(self) -> str: ...
    @property
    def is_consequence(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Brief:
    """``count`` changes in sentences, one for each person. ``is_anew``: to see them, the page has to be opened anew."""

    count: int
    sentences: tuple[str, ...]
    is_anew: bool


def briefed(news: Sequence[Told]) -> Brief:
    counted = list(_counted(news))
    people = dict.fromkeys((one.who, one.is_own) for one in counted)
    sentences = tuple(
        _sentence(*person, [one for one in counted if (one.who, one.is_own) == person]) for person in people
    )
    return Brief(len(counted), sentences, any(one.action in ANEW for one in news))


def _counted(news: Sequence[Told]) -> Iterable[Told]:
    """One for each thing that was done: what followed from it counts only where it is all there is to tell."""
    done = {one.transaction for one in news if _is_done(one)}
    return (one for one in news if _is_done(one) or (one.transaction not in done and one.action not in ECHOES))


def _is_done(one: Told) -> bool:
    return not one.is_consequence and one.action not in ECHOES


def _sentence(who: str | None, is_own: bool, did: Iterable[Told]) -> str:
    acts = Counter(one.action if one.action in PHRASES else "" for one in did)
    phrases = [_phrase(*PHRASES.get(action, OTHERWISE), number) for action, number in acts.items()]
    *first, last = phrases
    words = f"{', '.join(first)} and {last}" if first else last
    return f"You {words} in another tab." if is_own else f"{who or 'The system'} {words}."


def _phrase(one: str, many: str, number: int) -> str:
    return many.format(n=number) if many and number > 1 else one
