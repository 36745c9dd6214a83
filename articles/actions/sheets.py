"""Claim sheets are opened, and leave the house as editions that an editor signs off."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import connection

from articles.actions._writing import record, write
from articles.errors import Refused
from articles.models import AuditEvent, ClaimSheet, Membership, SheetEdition, SheetFile, Status
from articles.sheets import content, json
from articles.sheets.edition import contents_of, name_of
from articles.sheets.formats import FORMATS

if TYPE_CHECKING:
    from uuid import UUID

    from articles.models import Article, Story
    from articles.sheets.content import Contents, Edition


class OutOfDate(Exception):
    """The sheet says something else by now than what the editor read: ``contents`` is what it says."""

    def __init__(self, contents: Contents) -> None:
        super().__init__("The sheet changed after it was shown to you.")
        self.contents = contents


@write("sheet.opened")
def open_sheet(
    *, by: Membership, article: Article | None = None, story: Story | None = None, request_id: UUID | None = None
) -> ClaimSheet:
    """The sheet of an article or of a story, made on first use."""
    sheet, made = ClaimSheet.objects.get_or_create(
        desk_id=by.desk_id, article=article, story=story, defaults={"opened_by": by.person}
    )
    if made:
        record(by, "sheet.opened", sheet, {"title": str(sheet)}, request_id=request_id)
    return sheet


@write("sheet.signed_off")
def sign_off(
    *,
    by: Membership,
    sheet: ClaimSheet,
    expected: str,
    reason: str = "",
    leave_out: bool = False,
    request_id: UUID | None = None,
) -> SheetEdition:
    """Freeze what the sheet says as its next edition, with the bytes of its files.

    ``expected`` is the digest of the contents that the editor read; ``leave_out`` says that claims on which work is
    not done are to be left out. Raises OutOfDate when the sheet says something else by now.
    """
    row = SheetEdition(id=_new_id(), desk_id=by.desk_id, sheet=sheet, signed_by=by.person)
    row.number = _next_number(sheet)
    data = {"number": row.number, "title": str(sheet), "contents": expected, "reason": reason}
    link = record(by, "sheet.signed_off", row, data, request_id=request_id)
    # This holds the head of the desk's history: until it ends nothing else on the desk can be stored, so what is read
    # now is the state of the desk at this very event.
    contents = contents_of(sheet)
    if json.digest_of(contents) != expected or row.number != _next_number(sheet):
        raise OutOfDate(contents)
    last = sheet.editions.first()
    _require_ready(contents, last, reason=reason, leave_out=leave_out)
    event = AuditEvent.objects.get(desk_id=by.desk_id, number=link)
    edition = content.Edition(
        number=row.number,
        supersedes=last.number if last else None,
        reason=reason,
        signed_by=name_of(by.person),
        signed_at=event.at,
        history=content.Link(number=link, hash=bytes(event.hash).hex()),
        contents=contents,
    )
    kept = _store(row, edition)
    # The edition names the event of its signing, so only one after it can tell of the edition itself.
    record(by, "edition.kept", kept, {"number": kept.number, "digest": kept.digest})
    return kept


def _next_number(sheet: ClaimSheet) -> int:
    return 1 + sheet.editions.count()


def unfinished(contents: Contents) -> list[content.LeftOut]:
    """Claims that are left out although no one decided to set them aside."""
    return [claim for claim in contents.left_out if claim.status != Status.SET_ASIDE]


def _require_ready(contents: Contents, last: SheetEdition | None, *, reason: str, leave_out: bool) -> None:
    if not contents.claims:
        raise Refused("No claim of this sheet is approved yet, so there is nothing to sign off.")
    if last is not None and json.read(last.content).contents == contents:
        raise Refused(f"Edition {last.number} says exactly this already.")
    if last is not None and not reason.strip():
        raise Refused(f"Say what changed since edition {last.number}, and why.", "reason")
    if unfinished(contents) and not leave_out:
        raise Refused("Confirm that the claims on which work is not done are left out.", "leave_out")


def _store(row: SheetEdition, edition: Edition) -> SheetEdition:
    row.reason, row.signed_at = edition.reason, edition.signed_at
    row.content, row.digest = json.text_of(edition), json.digest_of(edition)
    row.chain_number, row.chain_hash = edition.history.number, edition.history.hash
    row.save(force_insert=True)
    for name, form in FORMATS.items():
        kept = form.render(edition, row.digest)
        SheetFile.objects.create(
            desk_id=row.desk_id, edition=row, format=name, content=kept, sha256=hashlib.sha256(kept).hexdigest()
        )
    return row


# The event needs the id of the edition before the edition can be stored.
def _new_id() -> UUID:
    with connection.cursor() as cursor:
        cursor.execute("SELECT uuidv7()")
        found: UUID = cursor.fetchone()[0]
        return found
