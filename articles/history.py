"""Verifies the history of a desk: every event, the chain that binds them, the editions that carry its links, and that
every row of the desk is what the history says of it.

It only reads, in batches, so that a history of any length takes the same memory.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from articles import told
from articles.models import AuditEvent, ChainHead, SheetEdition, SheetFile
from articles.sheets.content import Link
from articles.sheets.json import TIME, digest_of, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.models import Desk
    from articles.sheets.content import Edition

FIRST_LINK = bytes(32)
FORMAT = 2
"""Of an event's text. With the second, an event tells the rows that were changed; only the text holds them."""

BATCH = 1000
SIGNED_OFF = "sheet.signed_off"


class Broken(Exception):
    """The history does not hold. The message says where it first fails, and what differs."""


@dataclass(frozen=True, slots=True)
class Holds:
    """What was verified: ``head`` is the hash of the last event, in hexadecimal."""

    events: int
    editions: int
    head: str


def verify(desk: Desk) -> Holds:
    """Raises Broken at the first event, or edition, that fails."""
    events, head = _verify_events(desk)
    editions = _verify_editions(desk)
    difference = told.first_difference(desk)
    if difference:
        raise Broken(str(difference))
    return Holds(events, editions, head.hex())


# Events


def _verify_events(desk: Desk) -> tuple[int, bytes]:
    head, last = _head(desk)
    if head.number != last:
        raise Broken(f"The head of the history says that its last event is {head.number}; stored is {last}.")
    number, link = 0, FIRST_LINK
    for event in _events(desk, head.number):
        number += 1
        if event.number != number:
            raise Broken(f"Event {number} is missing; the next one stored is {event.number}.")
        link = _next_link(link, event)
    if not number:
        raise Broken("The history is empty: not even the founding of the desk is in it.")
    if bytes(head.hash) != link:
        raise Broken(f"Event {number} fails: it is the last, and its hash is not that of the head of the history.")
    return number, link


def _head(desk: Desk) -> tuple[ChainHead, int]:
    """The head, and the number of the last event, in one query: both grow while this runs."""
    newest = AuditEvent.objects.filter(desk_id=OuterRef("desk_id")).order_by("-number").values("number")[:1]
    head = ChainHead.objects.annotate(newest=Subquery(newest)).filter(desk=desk).first()
    if head is None:
        raise Broken("The history has no head.")
    return head, head.newest or 0


def _events(desk: Desk, last: int) -> Iterator[AuditEvent]:
    """In order, up to the last one."""
    events = AuditEvent.objects.filter(desk=desk, number__lte=last).order_by("number")
    batch = list(events[:BATCH])
    while batch:
        yield from batch
        batch = list(events.filter(number__gt=batch[-1].number)[:BATCH])


def _next_link(link: bytes, event: AuditEvent) -> bytes:
    expected = hashlib.sha256(link + event.canonical.encode()).digest()
    if bytes(event.hash) != expected:
        raise Broken(
            f"Event {event.number} fails: its hash is {bytes(event.hash).hex()}, "
            f"but the hash before it and its text give {expected.hex()}."
        )
    for column, (stored, hashed) in _columns(event).items():
        if _as_json(stored) != _as_json(hashed):
            raise Broken(f"Event {event.number} fails: its {column} is {_short(stored)}, hashed was {_short(hashed)}.")
    return expected


def _columns(event: AuditEvent) -> dict[str, tuple[Any, Any]]:
    """What each column holds, and what the hashed text says."""
    hashed = _parsed(event)
    told_rows = {"rows": hashed["rows"]} if "rows" in hashed else {}
    stored = told_rows | {
        "format": FORMAT if told_rows else FORMAT - 1,
        "desk": str(event.desk_id),
        "number": event.number,
        "at": event.at.strftime(TIME),
        "actor": _text(event.actor_id),
        "action": event.action,
        "subject_kind": event.subject_kind,
        "subject": _text(event.subject_id),
        "data": event.data,
        "request": _text(event.request_id),
    }
    names = stored | dict.fromkeys(hashed)
    return {name: (stored.get(name), hashed.get(name)) for name in names}


def _parsed(event: AuditEvent) -> dict[str, Any]:
    try:
        found = json.loads(event.canonical)
    except ValueError as error:
        raise Broken(f"Event {event.number} fails: its text is not JSON.") from error
    if not isinstance(found, dict):
        raise Broken(f"Event {event.number} fails: its text is not a JSON object.")
    return found


# Editions


def _verify_editions(desk: Desk) -> int:
    editions = SheetEdition.objects.filter(desk=desk).order_by("id")
    stored = set(editions.values_list("pk", flat=True))
    signed = AuditEvent.objects.filter(desk=desk, action=SIGNED_OFF).order_by("number")
    for number, subject in signed.values_list("number", "subject_id"):
        if subject not in stored:
            raise Broken(f"The edition that event {number} signed off is missing.")
    for pk in sorted(stored):
        edition = editions.get(pk=pk)
        for problem in problems_of(edition):
            raise Broken(f"Edition {edition.number} of the sheet “{edition.sheet}” fails: {problem}")
    return len(stored)


def problems_of(edition: SheetEdition) -> list[str]:
    """What does not hold of an edition: its text, its files, its place in the history. Empty when all of it holds."""
    problems = []
    if hashlib.sha256(edition.content.encode()).hexdigest() != edition.digest:
        problems.append("its text does not have the digest it was signed off with.")
    problems += _file_problems(edition)
    try:
        frozen = read(edition.content)
    except (ValueError, KeyError, TypeError):
        return [*problems, "its text cannot be read."]
    if not _says_the_same(edition, frozen):
        problems.append("its text says something else than the row that holds it.")
    if not _is_in_history(edition, frozen):
        problems.append("the history has no event with which exactly this was signed off.")
    return problems


def _file_problems(edition: SheetEdition) -> list[str]:
    files = {file.format: file for file in edition.files.all()}
    wrong = [name for name, file in files.items() if not file_holds(file)]
    if "json" in files and files["json"].sha256 != edition.digest:
        wrong.append("json")
    return [f"its {name.upper()} file is not the one that was signed off." for name in dict.fromkeys(wrong)]


def verify_against(text: str) -> SheetEdition:
    """That the history still says what it said when this JSON file of an edition was signed off; the file was kept
    elsewhere. It shows a tail that was cut off and a history that was rewritten from its first event.

    Returns the edition. Raises Broken, also where the text is no edition of a desk that is stored here.
    """
    try:
        frozen = read(text)
        sheet = UUID(frozen.contents.sheet)
    except (ValueError, KeyError, TypeError) as error:
        raise Broken("This is not the JSON file of an edition.") from error
    edition = SheetEdition.objects.filter(sheet=sheet, number=frozen.number).first()
    if edition is None:
        raise Broken(f"The edition {frozen.number} of this file is not stored.")
    if hashlib.sha256(text.encode()).hexdigest() != edition.digest:
        raise Broken(f"Edition {edition.number} of the sheet “{edition.sheet}” says something else than this file.")
    event = AuditEvent.objects.filter(desk_id=edition.desk_id, number=frozen.history.number).first()
    if event is None:
        raise Broken(f"The history ends before event {frozen.history.number}, with which this edition was signed off.")
    if bytes(event.hash).hex() != frozen.history.hash:
        raise Broken(f"Event {event.number} has another hash than the one with which this edition was signed off.")
    return edition


def file_holds(file: SheetFile) -> bool:
    return hashlib.sha256(bytes(file.content)).hexdigest() == file.sha256


def _says_the_same(edition: SheetEdition, frozen: Edition) -> bool:
    return (
        frozen.number == edition.number
        and frozen.reason == edition.reason
        and frozen.signed_by.id == str(edition.signed_by_id)
        and frozen.signed_at == edition.signed_at
        and frozen.contents.sheet == str(edition.sheet_id)
        and frozen.history == Link(number=edition.chain_number, hash=edition.chain_hash)
    )


def _is_in_history(edition: SheetEdition, frozen: Edition) -> bool:
    event = AuditEvent.objects.filter(desk_id=edition.desk_id, number=edition.chain_number).first()
    return (
        event is not None
        and (event.action, event.subject_id) == (SIGNED_OFF, edition.pk)
        and bytes(event.hash).hex() == edition.chain_hash
        and event.data.get("contents") == digest_of(frozen.contents)
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _as_json(value: object) -> str:
    """To compare by: in Python true equals 1, and in JSON it does not."""
    return json.dumps(value, sort_keys=True)


def _short(value: object) -> str:
    words = json.dumps(value, ensure_ascii=False)
    return words if len(words) <= 120 else f"{words[:119]}…"
