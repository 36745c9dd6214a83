"""What changed between two states of a sheet, in sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.text import get_text_list

from articles.sheets.content import FORMAT, Claim, Contents, Evidence, LeftOut, known_to

if TYPE_CHECKING:
    from collections.abc import Iterator

SAYS_MORE = {
    2: "Editions now say until when a verdict holds, and how the article should read.",
    3: "Editions now name the kept copies of sources with their SHA-256, cite sources in full, and count origins.",
}
"""By format, what came with it."""
OTHER = {
    "text": "other words",
    "summary": "another summary",
    "kind": "another kind",
    "claimant": "another claimant",
    "occurrences": "other places",
    "evidence": "other evidence",
    "origins": "other origins",
    "reason": "another reason",
}
"""What a claim has, by the field that differs. Its number follows from the claims before it, so it tells nothing."""


def differences(before: Contents, after: Contents, *, format: int = FORMAT) -> list[str]:  # noqa: A002  # as content says
    """One sentence for each claim that differs, in text order; then for the articles and the title.

    ``format`` is that of the edition before. What it could not say yet is no difference of a claim, and has a sentence
    of its own at the end.
    """
    later = range(format + 1, FORMAT + 1)
    more = [SAYS_MORE[new] for new in later if known_to(after, new) != known_to(after, new - 1)]
    return [*_told(before, known_to(after, format)), *more]


def _told(before: Contents, after: Contents) -> list[str]:
    earlier, later = _by_id(before), _by_id(after)
    told = [_of_claim(earlier.get(claim.id), claim) for claim in later.values()]
    gone = [claim for pk, claim in earlier.items() if pk not in later]
    told += [f"Claim “{_called(claim)}” no longer stands in the text." for claim in gone]
    return [sentence for sentence in (*told, *_of_frame(before, after)) if sentence]


def _by_id(contents: Contents) -> dict[str, Claim | LeftOut]:
    return {claim.id: claim for claim in contents.in_text_order}


def _of_claim(before: Claim | LeftOut | None, after: Claim | LeftOut) -> str:
    called = f"Claim {after.number}, “{_called(after)}”,"
    if before is None:
        return f"{called} is new."
    was, now = _status(before), _status(after)
    if was != now:
        return f"{called} was {was} and is {now}."
    parts = [*_parts(before, after), *_of_verdict(before, after)]
    return f"{called} has {get_text_list(parts, 'and')}." if parts else ""


def _parts(before: Claim | LeftOut, after: Claim | LeftOut) -> Iterator[str]:
    for name, words in OTHER.items():
        if name != "evidence" and getattr(before, name, "") != getattr(after, name, ""):
            yield words
    was, now = (getattr(claim, "evidence", ()) for claim in (before, after))
    if _without_copies(was) != _without_copies(now):
        yield OTHER["evidence"]
    elif was != now:
        yield "other copies of its sources"


def _without_copies(evidence: tuple[Evidence, ...]) -> list[Evidence]:
    return [replace(piece, source=replace(piece.source, copies=())) for piece in evidence]


def _of_verdict(before: Claim | LeftOut, after: Claim | LeftOut) -> Iterator[str]:
    if isinstance(before, LeftOut) or isinstance(after, LeftOut):
        return
    was, now = before.verdict, after.verdict
    if was.rating != now.rating:
        yield f"the rating {now.rating.name} instead of {was.rating.name}"
    if (was.rationale, was.searched, was.missing) != (now.rationale, now.searched, now.missing):
        yield "another rationale"
    if was.wording != now.wording:
        yield "other words for the article"
    if (was.as_of, was.recheck_on) != (now.as_of, now.recheck_on):
        yield "other dates"
    if (was.by, was.at, before.approval) != (now.by, now.at, after.approval):
        yield "a new approval"


def _status(claim: Claim | LeftOut) -> str:
    return getattr(claim, "status", "approved").replace("_", " ")


def _called(claim: Claim | LeftOut) -> str:
    return claim.summary or claim.text


def _of_frame(before: Contents, after: Contents) -> Iterator[str]:
    if before.articles != after.articles:
        yield "What is said about the articles changed."
    if before.title != after.title:
        yield f"The title was “{before.title}”."
