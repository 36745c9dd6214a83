"""Queries: what is asked of an author, a source or a colleague, what comes back, and when it is done with."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from articles.actions._writing import changed, locked, record, write
from articles.actions.highlights import bring_back, place, removed_passage, span
from articles.errors import Refused
from articles.models import (
    Addressee,
    AnswerMeans,
    ArticleVersion,
    Claim,
    Highlight,
    Membership,
    Person,
    Query,
    QueryAnswer,
    QueryStatus,
    Role,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

TAKEN_BACK = "It was taken back."
"""The reason for which an undo closes what was just asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked, and of whom.

    ``addressee`` is a value of Addressee; ``colleague`` goes with a colleague, ``source`` or else ``name`` with a
    source, and ``name`` with an author, if it is known.
    """

    addressee: str
    question: str
    colleague: Person | None = None
    source: Source | None = None
    name: str = ""
    due: date | None = None

    def values(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


@write("query.asked")
def ask(*, by: Membership, claim: Claim, asked: Asked, request_id: UUID | None = None) -> Query:
    """Ask something about a claim, wherever it stands."""
    claim = locked(claim)
    return _ask(by, asked, {"claim": claim}, request_id)


@write("query.asked")
def ask_about(
    *,
    by: Membership,
    version: ArticleVersion,
    start: int,
    end: int,
    quote: str,
    asked: Asked,
    request_id: UUID | None = None,
) -> Query:
    """Ask something about ``[start, end)`` (code points) of a version, which becomes a highlight without a claim."""
    highlight = place(by=by, version=version, start=start, end=end, quote=quote)
    record(by, "highlight.queried", highlight, span(highlight))
    return _ask(by, asked, {"highlight": highlight}, request_id)


@write("query.edited")
def edit(*, by: Membership, query: Query, revision: int, asked: Asked, request_id: UUID | None = None) -> Query:
    """Change what is asked, or of whom, while nothing has come back. Raises Stale."""
    query = locked(query)
    if query.status != QueryStatus.OPEN or query.answers.exists():
        raise Refused("This query was answered or closed as it stands. Ask another one.")
    if asked.colleague != query.colleague:
        _require_able(by, asked)
    change = changed(query, asked.values(), revision=revision)
    if change:
        record(by, "query.edited", query, change | _about(query), request_id=request_id)
    return query


@write("query.answered")
def answer(
    *, by: Membership, query: Query, words: str, means: str, given_on: date, request_id: UUID | None = None
) -> Query:
    """Write down what came back. A colleague who was asked answers in their own name, by the means HERE."""
    query = locked(query)
    if query.status == QueryStatus.CLOSED:
        raise Refused("This query is closed. Open it again to write an answer down.")
    if means == AnswerMeans.HERE and query.colleague_id != by.person_id:
        raise Refused("Say how the answer came: you were not asked yourself.", "means")
    if given_on > timezone.localdate():
        raise Refused("This day has not come yet.", "given_on")
    row = QueryAnswer.objects.create(
        desk_id=by.desk_id, query=query, words=words, means=means, given_on=given_on, recorded_by=by.person
    )
    moved = _moved(query, by, QueryStatus.ANSWERED, "") if query.status == QueryStatus.OPEN else {}
    told = {"answer": str(row.pk), "words": words, "means": means, "given_on": given_on}
    record(by, "query.answered", query, moved | told | _about(query), request_id=request_id)
    return query


@write("query.closed")
def close(
    *, by: Membership, query: Query, reason: str = "", revision: int | None = None, request_id: UUID | None = None
) -> Query:
    """There is nothing more to be done about it. Without an answer it needs a reason. Raises Stale."""
    query = locked(query)
    if query.status == QueryStatus.CLOSED:
        raise Refused("This query is already closed.")
    if query.status == QueryStatus.OPEN and not reason.strip():
        raise Refused("Nobody has answered yet. Say why it is closed without an answer.", "reason")
    change = _moved(query, by, QueryStatus.CLOSED, reason, revision=revision)
    record(by, "query.closed", query, change | {"reason": reason} | _about(query), request_id=request_id)
    return query


@write("query.reopened")
def reopen(
    *,
    by: Membership,
    query: Query,
    reason: str,
    status: QueryStatus = QueryStatus.OPEN,
    request_id: UUID | None = None,
) -> Query:
    """Ask again. With the ``status`` that it had before a step this takes the step back.

    Words about which it is asked stand marked again.
    """
    query = locked(query)
    if query.status == status:
        raise Refused("This query is open already." if status == QueryStatus.OPEN else "This query is answered.")
    if status == QueryStatus.OPEN and query.colleague:
        _require_on_desk(by, query.colleague)
    passage = removed_passage(query) if query.status == QueryStatus.CLOSED else None
    change = _moved(query, by, status, reason)
    record(by, "query.reopened", query, change | {"reason": reason} | _about(query), request_id=request_id)
    if passage:
        bring_back(passage, None, by=by, automatic=True)
    return query


def _ask(by: Membership, asked: Asked, about: Mapping[str, Claim | Highlight], request_id: UUID | None) -> Query:
    _require_able(by, asked)
    query = Query.objects.create(desk_id=by.desk_id, **about, **asked.values(), asked_by=by.person, status_by=by.person)
    record(by, "query.asked", query, asked.values() | _about(query), request_id=request_id)
    return query


def _moved(
    query: Query, by: Membership, status: QueryStatus, reason: str, *, revision: int | None = None
) -> dict[str, Any]:
    values = {"status": status, "status_at": timezone.now(), "status_by": by.person, "status_reason": reason}
    return changed(query, values, revision=revision)


def _about(query: Query) -> dict[str, Any]:
    """What every event of a query says: what is asked, of whom, and about what."""
    about: dict[str, Any] = {"asked_of": query.to, "question": query.question}
    if query.claim:
        return about | {"claim": query.claim}
    return about | {"highlight": str(query.highlight_id)}


def _require_able(by: Membership, asked: Asked) -> None:
    """A colleague can answer only as long as they work on the desk."""
    if asked.addressee != Addressee.COLLEAGUE or asked.colleague is None:
        return
    if asked.colleague == by.person:
        raise Refused("You cannot put a query to yourself. Note it, or ask somebody else.", "to")
    _require_on_desk(by, asked.colleague)


def _require_on_desk(by: Membership, colleague: Person) -> None:
    members = Membership.objects.current().exclude(role=Role.READER)
    if not members.filter(desk_id=by.desk_id, person=colleague).exists():
        raise Refused(f"{colleague} cannot answer on this desk. Ask somebody else.", "to")
