"""How every write is made: one transaction, the row and its event together, and once only."""

from __future__ import annotations

import functools
import hashlib
import json
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from itertools import batched, chain
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, OperationalError, connection, models, transaction

from articles.actions import notices
from articles.errors import SENTENCES, AlreadyHere, Refused, Stale
from articles.models import AuditEvent, DeskRow, EditableRow, Membership

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

APPEND = "append_event(%s, %s, %s, %s, %s, %s::jsonb, %s)"
DEADLOCK = "40P01"
AT_ONCE = 500
"""Events that one statement appends. PostgreSQL takes 1,664 expressions in one."""
ATTEMPTS = 3
"""How often a transaction is tried that PostgreSQL ended to resolve a deadlock."""
STANDS_ON = ("request_id", "revision", "base", "by_itself", "fetched")
"""Arguments of an action that do not say what is asked for."""

_asked: ContextVar[str] = ContextVar("asked", default="")


type Event = tuple[str, DeskRow, Mapping[str, Any]]
"""A verb, what it is about, and what there is to say."""

_noted: ContextVar[tuple[Mapping[str, Any], list[Event]] | None] = ContextVar("noted", default=None)


def write[**P, Row: DeskRow](verb: str) -> Callable[[Callable[P, Row]], Callable[P, Row]]:
    """Make a function an action that records ``verb``: atomic, and done once for each ``request_id``.

    The function takes ``by``, ``request_id`` and all else by keyword and returns the row that its event is about.
    A repeated request, one of the same id that asks for the same, gets that row again. Raises Refused where the
    database refuses, and for a row of another desk.
    """

    def decorate(function: Callable[P, Row]) -> Callable[P, Row]:
        @functools.wraps(function)
        def act(*args: P.args, **kwargs: P.kwargs) -> Row:
            _keep_to_one_desk(kwargs)
            asked = _asked.set(_digest_of_what_is_asked(verb, kwargs))
            try:
                return _in_a_transaction(lambda: function(*args, **kwargs))
            except (AlreadyHere, DatabaseError, Refused, Stale) as error:
                first = _first_answer(kwargs)
                if first is not None:
                    return first  # type: ignore[return-value]  # the same request made it, so it is such a row
                sentence = sentence_of(error)
                if sentence:
                    raise Refused(sentence) from error
                raise
            finally:
                _asked.reset(asked)

        return act

    return decorate


def within[**P, Row: DeskRow](action: Callable[P, Row]) -> Callable[P, Row]:
    """An action as part of another one: in its transaction, and as what was asked there."""
    function: Callable[P, Row] = action.__wrapped__  # type: ignore[attr-defined]  # as functools.wraps leaves it
    return function


@contextmanager
def noting(**also: Any) -> Iterator[list[Event]]:
    """Say this, too, in every event that is recorded meanwhile, and give the list of these events."""
    events: list[Event] = []
    noted = _noted.set((also, events))
    try:
        yield events
    finally:
        _noted.reset(noted)


def record(
    by: Membership | None,
    verb: str,
    subject: DeskRow,
    data: Mapping[str, Any] | None = None,
    *,
    request_id: UUID | None = None,
) -> int:
    """Append an event to the history of the subject's desk and return its number.

    It locks the head of the desk's history until the transaction ends: call it after all other rows are locked.
    Without ``by`` the event is the system's own. With ``request_id`` the data also holds ``asked``, by which a
    repeated request is told from another one that carries the same id.
    """
    return record_all(by, [(verb, subject, data or {})], request_id=request_id)


def record_all(
    by: Membership | None,
    events: Sequence[Event],
    *,
    request_id: UUID | None = None,
) -> int:
    """Append several events, each a verb, a subject and data; the first carries the request.

    Returns the number of the first, which the others follow. It is one round trip, or a few where they are many.
    """
    also, noted = _noted.get() or ({}, [])
    noted.extend(events)
    told = [{**_plain(data), **also} for _, _, data in events]
    if request_id:
        told[0]["asked"] = _asked.get()
    calls = [
        [
            subject.desk_id,
            by.person_id if by else None,
            verb,
            subject._meta.model_name,
            subject.pk,
            json.dumps(data, ensure_ascii=False),
            None if number else request_id,
        ]
        for number, ((verb, subject, _), data) in enumerate(zip(events, told, strict=True))
    ]
    number = min([_append(some) for some in batched(calls, AT_ONCE)])
    if "batch" not in also:  # what is changed together is told of together
        notices.tell(
            by, [(number + i, *event[:2], data) for i, (event, data) in enumerate(zip(events, told, strict=True))]
        )
    return number


def _append(calls: Sequence[Sequence[Any]]) -> int:
    """The number of the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join([APPEND] * len(calls)), list(chain.from_iterable(calls)))
        return int(cursor.fetchone()[0])


def stored[Row: DeskRow](model: type[Row], **values: Any) -> Row:
    """A new row, in the database. The same as ``objects.create`` for a model whose columns are plain values.

    The SQL of a model is composed once and not for every row, which is most of what marking a span costs otherwise.
    """
    sql, columns = _insertion(model)
    row = model(**values)
    with connection.cursor() as cursor:
        cursor.execute(sql, [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in columns])
        (row.pk,) = cursor.fetchone()
    row._state.adding, row._state.db = False, connection.alias
    return row


def locked[Row: DeskRow](row: Row) -> Row:
    """The row as it is stored now, locked against other writers until the transaction ends."""
    manager: models.Manager[Row] = type(row)._default_manager
    return manager.select_for_update(no_key=True).get(desk_id=row.desk_id, pk=row.pk)


def changed(row: EditableRow, values: Mapping[str, Any], *, revision: int | None = None) -> dict[str, Any]:
    """Set the values on a locked row and save those that differ, adding one to its revision.

    Returns what the event needs: ``{"before": …, "after": …}`` of the fields that differ, empty when none does.
    Raises Stale when ``revision`` is given and the row has another by now.
    """
    if revision is not None and row.revision != revision:
        raise Stale(row, values)
    names = [name for name, value in values.items() if getattr(row, name) != value]
    if not names:
        return {}
    before = {name: getattr(row, name) for name in names}
    for name in names:
        setattr(row, name, values[name])
    row.revision += 1
    row.save(update_fields=[*names, "revision"])
    return {"before": _plain(before), "after": _plain({name: values[name] for name in names})}


@functools.cache
def _insertion(model: type[DeskRow]) -> tuple[str, list[models.Field[Any, Any]]]:
    columns = [field for field in model._meta.local_concrete_fields if not field.has_db_default()]
    names = ", ".join(f'"{field.column}"' for field in columns)
    places = ", ".join(["%s"] * len(columns))
    # Names of our own models, and values as parameters.
    return f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({places}) RETURNING id", columns  # noqa: S608  # see above


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data as JSON has it: a row is written as its id and its words, so that the event outlives the row."""
    return {name: _plain_value(value) for name, value in data.items()}


def _plain_value(value: Any) -> Any:
    match value:
        case models.Model():
            return {"id": str(value.pk), "name": str(value)}
        case None | bool() | int() | float():
            return value
        case dict():
            return _plain(value)
        case list() | tuple():
            return [_plain_value(item) for item in value]
        case _:
            return str(value)


def _keep_to_one_desk(kwargs: Mapping[str, Any]) -> None:
    by: Membership = kwargs["by"]
    if any(isinstance(value, DeskRow) and value.desk_id != by.desk_id for value in kwargs.values()):
        raise Refused("There is no such row on your desk.")


def _in_a_transaction[Row](function: Callable[[], Row]) -> Row:
    for _ in range(ATTEMPTS - 1):
        try:
            with transaction.atomic():
                return function()
        except OperationalError as error:
            # Inside an outer transaction its locks would still be held, so that a second try would fail alike.
            if connection.in_atomic_block or _sqlstate(error) != DEADLOCK:
                raise
    with transaction.atomic():
        return function()


def _first_answer(kwargs: Mapping[str, Any]) -> DeskRow | None:
    by, request_id = kwargs["by"], kwargs.get("request_id")
    if request_id is None:
        return None
    event = AuditEvent.objects.filter(desk_id=by.desk_id, request_id=request_id).first()
    if event is None or event.data.get("asked") != _asked.get():
        return None
    model: type[DeskRow] = apps.get_model("articles", event.subject_kind)
    return model._default_manager.get(desk_id=by.desk_id, pk=event.subject_id)


def _digest_of_what_is_asked(verb: str, kwargs: Mapping[str, Any]) -> str:
    """Without what it stands on: the same words sent again ask for the same, whatever was stored meanwhile."""
    if kwargs.get("request_id") is None:
        return ""
    asked = {name: _identity(value) for name, value in kwargs.items() if name not in STANDS_ON}
    return hashlib.sha256(json.dumps([verb, asked], sort_keys=True).encode()).hexdigest()


def _identity(value: Any) -> Any:
    match value:
        case models.Model():
            return [value._meta.model_name, str(value.pk)]
        case None | bool() | int() | float():
            return value
        case bytes():
            return hashlib.sha256(value).hexdigest()
        case list() | tuple():
            return [_identity(item) for item in value]
        case _ if is_dataclass(value):
            return {field.name: _identity(getattr(value, field.name)) for field in fields(value)}
        case _:
            return str(value)


def sentence_of(error: Exception) -> str | None:
    """What a refusal of the database is in words, where there are any."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = diagnosis.constraint_name if diagnosis else None
    return SENTENCES.get(name or "") or SENTENCES.get(_sqlstate(error))


def _sqlstate(error: Exception) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""
