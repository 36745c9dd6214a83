"""An edition as a spreadsheet reads it: one row for each claim, released or left out.

RFC 4180 with every cell quoted and lines that end in CRLF; UTF-8 with a byte order mark, without which Excel takes
it for another encoding. A cell that a spreadsheet would run as a formula begins with an apostrophe. The JSON file has
all of this and more without loss; a cell that holds several things has one on each line.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from articles.models import Status
from articles.sheets.content import Claim
from articles.sheets.json import TIME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.sheets.content import Copy, Edition, Evidence, LeftOut, Occurrence, Source

COLUMNS = (
    *("number", "claim", "summary", "kind", "claimant", "status", "status_reason"),
    *("rating", "rating_code", "scale", "scale_version", "rationale", "searched", "missing", "evidence"),
    *("checked_by", "checked_at", "approved_by", "approved_at", "approval_sha256"),
    *("outlet", "headline", "version", "version_sha256", "start", "end", "paragraph", "quote", "other_places"),
    *("claim_id", "desk", "sheet", "edition", "supersedes", "edition_reason", "signed_off_by", "signed_off_at"),
    *("edition_sha256", "history_number", "history_sha256"),
    *("true_as_of", "check_again_on", "should_read", "copies", "origins"),
)
BYTE_ORDER_MARK = "\ufeff"

# What a spreadsheet takes for a formula, also behind white space, quotation marks and marks that no one sees, which
# some of them drop first. The wide signs are those of Chinese and Japanese keyboards.
_DROPPED = r"[\s\"'\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]*"
_FORMULA = re.compile(rf"{_DROPPED}[=+\-@＝＋－＠]|{_DROPPED}[\t\r]")


def render(edition: Edition, digest: str) -> bytes:
    """``digest`` is the edition's: SHA-256 of its JSON file."""
    whole = _of_edition(edition, digest)
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, COLUMNS, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    for claim in edition.contents.in_text_order:
        writer.writerow({name: guarded(cell) for name, cell in (_of_claim(claim) | whole).items()})
    return (BYTE_ORDER_MARK + table.getvalue()).encode()


def guarded(cell: str) -> str:
    """The cell so that a spreadsheet shows it as text. Taking away the first apostrophe gives the cell again."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _of_claim(claim: Claim | LeftOut) -> dict[str, str]:
    return {
        "number": str(claim.number),
        "claim": claim.text,
        "summary": claim.summary,
        "kind": claim.kind,
        "claimant": claim.claimant,
        **(_of_released(claim) if isinstance(claim, Claim) else _of_left_out(claim)),
        **_of_place(claim.occurrences[0]),
        "other_places": "\n".join(_place(place) for place in claim.occurrences[1:]),
        "claim_id": claim.id,
    }


def _of_released(claim: Claim) -> dict[str, str]:
    verdict, approval = claim.verdict, claim.approval
    return {
        "status": Status.APPROVED,
        "rating": verdict.rating.name,
        "rating_code": verdict.rating.code,
        "scale": verdict.rating.scale,
        "scale_version": str(verdict.rating.scale_version),
        "rationale": verdict.rationale,
        "searched": verdict.searched,
        "missing": verdict.missing,
        "true_as_of": verdict.as_of,
        "check_again_on": verdict.recheck_on,
        "should_read": verdict.wording,
        "evidence": "\n".join(_evidence(piece) for piece in claim.evidence),
        "origins": claim.origins,
        "copies": "\n".join(dict.fromkeys(_copy(piece.source, copy) for piece, copy in _copies(claim))),
        "checked_by": verdict.by.name,
        "checked_at": verdict.at.strftime(TIME),
        "approved_by": approval.by.name,
        "approved_at": approval.at.strftime(TIME),
        "approval_sha256": approval.digest,
    }


def _of_left_out(claim: LeftOut) -> dict[str, str]:
    return {"status": claim.status, "status_reason": claim.reason}


def _of_place(place: Occurrence) -> dict[str, str]:
    return {
        "outlet": place.outlet,
        "headline": place.headline,
        "version": str(place.version),
        "version_sha256": place.text_sha256,
        "start": str(place.start),
        "end": str(place.end),
        "paragraph": str(place.paragraph or place.block),
        "quote": place.quote,
    }


def _of_edition(edition: Edition, digest: str) -> dict[str, str]:
    return {
        "desk": edition.contents.desk.name,
        "sheet": edition.contents.title,
        "edition": str(edition.number),
        "supersedes": str(edition.supersedes or ""),
        "edition_reason": edition.reason,
        "signed_off_by": edition.signed_by.name,
        "signed_off_at": edition.signed_at.strftime(TIME),
        "edition_sha256": digest,
        "history_number": str(edition.history.number),
        "history_sha256": edition.history.hash,
    }


def _place(place: Occurrence) -> str:
    where = f"¶ {place.paragraph}" if place.paragraph else place.block
    return f"{place.outlet}, {where} [{place.start}, {place.end}): “{place.quote}”"


def _evidence(piece: Evidence) -> str:
    source = piece.source
    cited = [source.author, source.title, source.published, piece.locator, source.url]
    said = [f"“{piece.quote}”" if piece.quote else "", piece.note]
    return f"{piece.stance} ({piece.kind}): {', '.join(filter(None, cited))}: {' '.join(filter(None, said))}"


def _copies(claim: Claim) -> Iterator[tuple[Evidence, Copy]]:
    return ((piece, copy) for piece in claim.evidence for copy in piece.source.copies)


def _copy(source: Source, copy: Copy) -> str:
    return f"{copy.sha256} ({copy.means}, {copy.kept_at.strftime(TIME)}, {copy.kept_by.name}): {source.title}"
