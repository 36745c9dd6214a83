"""Empties the database but for its history and accounts, and has every desk again from what its events tell."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from articles.models import Desk
from articles.told import BYTES, tables
from factcheck import database
from factcheck.postgres import ADMINISTRATOR

STORED = "SELECT id, to_jsonb(t) - %s FROM {table} t ORDER BY id"
TOLD = "INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, state)).* FROM told WHERE name = '{table}'"
# Bytes are told by their hash, under which a file is found wherever it is kept.
TOLD_WITH_BYTES = """
INSERT INTO {table}
SELECT (jsonb_populate_record(NULL::{table}, state || jsonb_build_object('{column}', kept.{column}))).*
FROM told JOIN kept_{table} AS kept ON kept.sha256 = state ->> 'sha256' WHERE name = '{table}'
"""

type State = dict[str, list[tuple[Any, ...]]]


def rebuild() -> tuple[State, State]:
    """All rows of all desks, as they were and as they are when nothing but their history was left of them."""
    if not settings.DATABASE_IS_EMBEDDED:
        pytest.skip("Only the superuser of the own server may write as a replica does.")
    connections["default"].close()
    name = connections["owner"].settings_dict["NAME"]
    with database.embedded().connect(role=ADMINISTRATOR, database=name) as connection:
        # As on a replica, which trusts that what it is told to do was allowed.
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET timezone = 'UTC'")
        before = _state(connection)
        for table, column in BYTES.items():
            connection.execute(f"CREATE TEMP TABLE kept_{table} AS SELECT DISTINCT sha256, {column} FROM {table}")
        connection.execute("CREATE TEMP TABLE told AS SELECT s.* FROM articles_desk d, told_state(d.id) s")
        for table in tables():
            connection.execute(f"DELETE FROM {table}")
        for table in tables():
            insert = TOLD_WITH_BYTES if table in BYTES else TOLD
            connection.execute(insert.format(table=table, column=BYTES.get(table)))
        return before, _state(connection)


def _state(connection: psycopg.Connection) -> State:
    return {
        table: connection.execute(STORED.format(table=table), [BYTES.get(table, "")]).fetchall() for table in tables()
    }


def assert_the_history_is_enough() -> None:
    before, after = rebuild()
    assert before[Desk._meta.db_table]
    for table, rows in before.items():
        assert after[table] == rows, table
