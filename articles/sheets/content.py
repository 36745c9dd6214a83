"""What a claim sheet says, as frozen values: the form in which an edition is kept, shown and rendered.

Ids are text, times are aware and in UTC, dates of publication are as far as known (2013, 2013-06 or 2013-06-05).
Offsets are Unicode code points, half-open ``[start, end)``, in the text whose SHA-256 stands beside them. Adding,
renaming or removing a field makes a new FORMAT; what a later one added is empty in an edition of an earlier one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FORMAT = 3
SINCE = {
    **dict.fromkeys(("as_of", "recheck_on", "wording"), 2),
    **dict.fromkeys(("locator_kind", "locator_value", "copies", "written_by", "container", "publisher"), 3),
    **dict.fromkeys(("document_number", "archive", "medium", "reached", "terms", "origins"), 3),
}
"""By the names of fields, with which format they came; where they are empty they are not written."""

UNITS = "offsets are Unicode code points, half-open [start, end)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A row that is named and told no further."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article in the version that the sheet is about."""

    id: str
    outlet: str
    headline: str
    byline: str
    published: str
    language: str
    url: str
    version: int
    text_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A place where a claim stands. ``paragraph`` counts from 1 and is None in a headline, a caption or the like."""

    article: str
    outlet: str
    headline: str
    version: int
    text_sha256: str
    start: int
    end: int
    quote: str
    block: str
    paragraph: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    scale: str
    scale_name: str
    scale_version: int
    code: str
    name: str
    definition: str
    number: int | None
    colour: str
    sign: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What the desk kept of a source: the SHA-256 of its bytes and their number, how it came, when and by whom.

    ``address`` is where a fetched page was.
    """

    sha256: str
    size: int
    means: str
    kept_at: datetime
    kept_by: Name
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """``author`` is who wrote or said it and where it appeared; ``kind`` is a type of the Citation Style Language.

    Of one that spoke on background or off the record, ``terms`` says so, and nothing tells who or what it is.
    ``copies`` are those that a person asked for, the newest first.
    """

    id: str
    title: str
    author: str
    kind: str
    url: str
    published: str
    accessed_on: str
    written_by: str = ""
    container: str = ""
    publisher: str = ""
    document_number: str = ""
    archive: str = ""
    medium: str = ""
    reached: str = ""
    terms: str = ""
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where, in a stored article, the words of a piece of evidence stand."""

    article: str
    version: int
    text_sha256: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """``locator`` is where in the source it stands, as a reader finds it: "p. 12", "at 1:02:33".

    ``locator_kind`` is a term of the Citation Style Language, and ``locator_value`` what is counted: "page", "12".
    """

    id: str
    stance: str
    kind: str
    source: Source
    quote: str
    locator: str
    note: str
    passage: Passage | None
    locator_kind: str = ""
    locator_value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    rating: Rating
    rationale: str
    searched: str
    missing: str
    by: Name
    at: datetime
    as_of: str = ""
    recheck_on: str = ""
    wording: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """The second person's agreement. ``digest`` stands for exactly what was agreed with."""

    by: Name
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An approved claim. ``number`` is its place in text order among all the claims, released or left out.

    ``origins`` says in words what stands behind it: "4 outlets, 2 independent origins, 1 unknown". It names none of
    them: where something comes from may tell who spoke.
    """

    number: int
    id: str
    text: str
    summary: str
    kind: str
    claimant: str
    occurrences: tuple[Occurrence, ...]
    evidence: tuple[Evidence, ...]
    verdict: Verdict
    approval: Approval
    origins: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A claim that the edition does not release, with where the work on it stood and why."""

    number: int
    id: str
    text: str
    summary: str
    kind: str
    claimant: str
    status: str
    reason: str
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All that is signed off; ``of`` is "article" or "story", and ``title`` its headline or its title."""

    sheet: str
    desk: Name
    of: str
    title: str
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def in_text_order(self) -> list[Claim | LeftOut]:
        every: tuple[Claim | LeftOut, ...] = (*self.claims, *self.left_out)
        return sorted(every, key=lambda claim: claim.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The event of the desk's history with which the edition was signed off; its hash is in hexadecimal."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """``supersedes`` is the number of the edition before, and ``reason`` says why; of the first: None and empty."""

    format: int = FORMAT
    units: str = UNITS
    number: int
    supersedes: int | None
    reason: str
    signed_by: Name
    signed_at: datetime
    history: Link
    contents: Contents


def known_to[Value: DataclassInstance](value: Value, earlier: int) -> Value:
    """The same as an edition of an earlier format could say it: what came later is empty."""
    return replace(value, **{field.name: _known(value, field.name, earlier) for field in fields(value)})


def _known(value: Any, name: str, earlier: int) -> Any:
    held = getattr(value, name)
    if SINCE.get(name, 1) > earlier:
        return type(held)()
    if isinstance(held, tuple):
        return tuple(known_to(item, earlier) for item in held)
    return known_to(held, earlier) if is_dataclass(held) and not isinstance(held, type) else held
