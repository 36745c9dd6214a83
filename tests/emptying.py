"""Empties the tables after a test that committed, as the role that owns them."""

import psycopg
from django.db import connections

KEPT = {"auth_permission", "django_content_type", "django_migrations"}

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
# Bit 5 of a trigger's type says that it fires on TRUNCATE.
GUARDED = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND (tgtype::int & 32) <> 0"


def empty_all_tables() -> None:
    """On a connection of its own: Django lets a test use only the aliases that the test names."""
    connections["default"].close()
    with psycopg.connect(**connections["owner"].get_connection_params()) as connection:
        tables = _names(connection, TABLES) - KEPT
        guarded = _names(connection, GUARDED)
        _set_triggers(connection, guarded, "DISABLE")
        if tables:
            connection.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
        _set_triggers(connection, guarded, "ENABLE")


def _names(connection: psycopg.Connection, query: str) -> set[str]:
    return {name for (name,) in connection.execute(query)}


def _set_triggers(connection: psycopg.Connection, tables: set[str], state: str) -> None:
    for table in tables:
        connection.execute(f"ALTER TABLE {table} {state} TRIGGER USER")
