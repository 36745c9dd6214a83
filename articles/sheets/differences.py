"""What changed between two states of a sheet, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import get_text_list

from articles.sheets.content import Claim, Contents, LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterator

OTHER = {
    "text": "other words",
    "summary": "another summary",
    "kind": "another kind",
    "claimant": "another claimant",
    "occurrences": "other places",
    "evidence": "other evidence",
    "reason": "another reason",
}
"""What a claim has, by the field that differs. Its number follows from the claims before it, so it tells nothing."""


def differences(before: Contents, after: Contents) -> list[str]:
    """One sentence for each claim that differs, in text order; then for the articles and the title."""
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
        if getattr(before, name, "") != getattr(after, name, ""):
            yield words


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
