"""Whether the rows of a desk are what its history says of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, transaction

from articles.models import AuditEvent, Desk, DeskRow, Notice

if TYPE_CHECKING:
    from uuid import UUID

BYTES = {"articles_original": "content", "articles_sheetfile": "content"}
"""Columns that the history tells by the SHA-256 beside them."""

# Rows as they are stored against rows as they were told. Sorting a long history spills to the disk of the database.
COMPARED = """
SELECT name, id, told.state, stored.state
FROM told_state(%(desk)s) AS told FULL JOIN ({stored}) AS stored USING (name, id)
WHERE told.state IS DISTINCT FROM stored.state
ORDER BY name, id LIMIT 1
"""
STORED = "SELECT '{table}' AS name, id, to_jsonb(t) - '{bytes}' AS state FROM {table} t WHERE {desk} = %(desk)s"


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that was changed, made or removed behind the history's back. Where there is none it has no columns."""

    table: str
    id: UUID
    told: dict[str, Any]
    stored: dict[str, Any]

    def __str__(self) -> str:
        row = f"{self.table.removeprefix('articles_')} {self.id}"
        if not self.told:
            return f"The {row} is not in the history."
        if not self.stored:
            return f"The {row} is gone. The history says that it is stored."
        column = next(name for name in self.told | self.stored if self.told.get(name) != self.stored.get(name))
        stored, told = (_short(columns.get(column)) for columns in (self.stored, self.told))
        return f"The {row} fails: its {column} is {stored}, and the history says {told}."


def tables() -> list[str]:
    """Of every kind of row that the history tells of."""
    models = [model for model in apps.get_app_config("articles").get_models() if is_told(model)]
    return sorted(model._meta.db_table for model in models)


def is_told(model: type[Any]) -> bool:
    """Rows of the desk, and the desk. Its events are the history itself, and notices of them are no records."""
    return model is Desk or (issubclass(model, DeskRow) and model not in (AuditEvent, Notice))


def first_difference(desk: Desk) -> Difference | None:
    """The first row that is not as its history says, or None."""
    stored = [STORED.format(table=table, bytes=BYTES.get(table, ""), desk=_owner(table)) for table in tables()]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(COMPARED.format(stored=" UNION ALL ".join(stored)), {"desk": desk.pk})
        row = cursor.fetchone()
    return Difference(row[0], row[1], _columns(row[2]), _columns(row[3])) if row else None


def _owner(table: str) -> str:
    return "id" if table == Desk._meta.db_table else "desk_id"


def _columns(state: Any) -> dict[str, Any]:
    """A column of JSON comes as its text here, where no model says what it is."""
    return json.loads(state) if isinstance(state, str) else state or {}


def _short(value: object) -> str:
    words = json.dumps(value, ensure_ascii=False)
    return words if len(words) <= 120 else f"{words[:119]}…"
