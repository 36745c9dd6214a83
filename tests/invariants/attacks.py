"""Raw SQL on the application's own connection: what a mistake, or an attacker, in the web process could send.

Each helper does all that a change needs (the next revision, an event by a member), so that what a test changes besides
is the only thing that can be wrong.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from articles.models import AuditEvent, Claim, DeskRow, EditableRow, Membership, SheetEdition

if TYPE_CHECKING:
    from collections.abc import Iterator

DENIED = "42501"
"""SQLSTATE of insufficient privilege."""


@contextmanager
def refused(*reasons: str) -> Iterator[None]:
    """The database refuses what is done inside, at once or on COMMIT, by one of these constraints or SQLSTATEs."""
    connection.check_constraints()  # What is deferred so far is right, and is not asked again on the attack's account.
    with pytest.raises(DatabaseError) as caught, transaction.atomic():  # noqa: PT012  # COMMIT may refuse, too
        yield
        connection.check_constraints()
    assert reason_of(caught.value) in reasons


def reason_of(error: BaseException) -> str:
    cause: Any = error.__cause__
    return str(cause.diag.constraint_name or cause.sqlstate)


def run(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def tell(by: Membership, subject: UUID, *, desk: UUID | None = None, kind: str = "claim", **data: Any) -> None:
    """Append an event about the subject, with this data."""
    about = (desk or by.desk_id, by.person_id, "attack.tried", kind, subject, json.dumps(data, default=str))
    run("SELECT append_event(%s, %s, %s, %s, %s, %s, NULL)", *about)


def change(row: EditableRow, by: Membership, **columns: Any) -> None:
    """UPDATE these columns of a row."""
    names = ", ".join(f'"{name}" = %s' for name in columns)
    where = "WHERE desk_id = %s AND id = %s"
    revision = "" if "revision" in columns else ", revision = revision + 1"
    run(f"UPDATE {row._meta.db_table} SET {names}{revision} {where}", *columns.values(), row.desk_id, row.pk)
    tell(by, row.pk)


def twin(row: DeskRow, by: Membership, *, told_of: UUID | None = None, **columns: Any) -> UUID:
    """INSERT a copy of a row under a new id, with these columns changed, and return the id.

    ``told_of`` is the row that the event is about where it is not the copy itself.
    """
    own = uuid4()
    table = row._meta.db_table
    anchor = link_of(by, own) if isinstance(row, SheetEdition) else {}
    values = json.dumps({"id": own} | anchor | columns, default=str)
    copied = f"SELECT (jsonb_populate_record(original, %s::jsonb)).* FROM {table} AS original"
    run(f"INSERT INTO {table} {copied} WHERE desk_id = %s AND id = %s", values, row.desk_id, row.pk)
    # An answer is told of by its query.
    tell(by, told_of or getattr(row, "query_id", None) or own, answer=own)
    return own


def maker_of(row: DeskRow, otherwise: Membership) -> Membership:
    """Whom the row names as the one who made it, in whose name alone a copy of it can be made."""
    names = (
        *("made_by_id", "added_by_id", "opened_by_id", "taken_by_id", "kept_by_id", "author_id", "reviewer_id"),
        *("resolved_by_id", "suggested_by_id", "asked_by_id", "recorded_by_id"),
    )
    person = next(filter(None, (getattr(row, name, None) for name in names)), otherwise.person_id)
    return Membership.objects.get(desk_id=row.desk_id, person_id=person)


def link_of(by: Membership, subject: UUID) -> dict[str, Any]:
    """Append an event about the subject and return what an edition says of it."""
    tell(by, subject, kind="sheetedition")
    event = AuditEvent.objects.filter(desk_id=by.desk_id, subject_id=subject).latest("number")
    return {"chain_number": event.number, "chain_hash": bytes(event.hash).hex(), "signed_at": event.at}


def insert_review(
    claim: Claim,
    *,
    by: Membership,
    reviewer: Membership,
    verdict_author: Membership,
    decision: str = "approve",
    digest: str = "",
) -> UUID:
    """INSERT a review of the claim's verdict, of what is stored now unless ``digest`` says otherwise."""
    (review,) = run(
        "INSERT INTO articles_review (desk_id, verdict_id, verdict_author_id, reviewer_id, decision, reason, digest,"
        " decided_at) VALUES (%s, %s, %s, %s, %s, 'Because.', coalesce(nullif(%s, ''), claim_digest(%s, %s)), now())"
        " RETURNING id",
        *(claim.desk_id, claim.verdict_id, verdict_author.person_id, reviewer.person_id, decision),
        *(digest, claim.desk_id, claim.pk),
    )
    tell(by, review[0])
    own: UUID = review[0]
    return own
