"""How every write is made: one transaction, the row and its event together, and once only."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from articles.errors import SENTENCES, Refused, Stale
from articles.models import AuditEvent, DeskRow, EditableRow, Membership

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def write[**P, Row: DeskRow](verb: str) -> Callable[[Callable[P, Row]], Callable[P, Row]]:
    """Make a function an action that records ``verb``: atomic, and done once for each ``request_id``.

    The function takes ``by`` and ``request_id`` by keyword and returns the row that its event is about. A repeated
    request gets that row again. Raises Refused where the database refuses.
    """

    def decorate(function: Callable[P, Row]) -> Callable[P, Row]:
        @functools.wraps(function)
        def act(*args: P.args, **kwargs: P.kwargs) -> Row:
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except (IntegrityError, Refused, Stale) as error:
                first = _first_answer(verb, kwargs)
                if first is not None:
                    return first  # type: ignore[return-value]
                if isinstance(error, IntegrityError):
                    raise _in_words(error) from error
                raise

        return act

    return decorate


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
    Without ``by`` the event is the system's own.
    """
    with connection.cursor() as cursor:
        actor = by.person_id if by else None
        about = (subject._meta.model_name, subject.pk, json.dumps(_plain(data or {}), ensure_ascii=False))
        cursor.execute(
            "SELECT append_event(%s, %s, %s, %s, %s, %s::jsonb, %s)", [subject.desk_id, actor, verb, *about, request_id]
        )
        return int(cursor.fetchone()[0])


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


def _first_answer(verb: str, kwargs: Mapping[str, Any]) -> DeskRow | None:
    by, request_id = kwargs.get("by"), kwargs.get("request_id")
    if by is None or request_id is None:
        return None
    event = AuditEvent.objects.filter(desk_id=by.desk_id, request_id=request_id).first()
    if event is None:
        return None
    if (event.action, event.actor_id) != (verb, by.person_id):
        raise Refused("This form was already sent for something else. Reload the page and try again.")
    model: type[DeskRow] = apps.get_model("articles", event.subject_kind)
    return model._default_manager.get(desk_id=by.desk_id, pk=event.subject_id)


def _in_words(error: IntegrityError) -> Exception:
    diagnosis = getattr(error.__cause__, "diag", None)
    name = diagnosis.constraint_name if diagnosis else None
    return Refused(SENTENCES[name]) if name in SENTENCES else error
