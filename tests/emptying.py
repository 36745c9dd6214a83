"""Empties the tables: of all that a measurement wrote, or of the few rows of a test that committed."""

import psycopg
from django.conf import settings
from django.db import connections

from factcheck import database
from factcheck.postgres import ADMINISTRATOR

KEPT = {"auth_permission", "django_content_type", "django_migrations"}

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
# Bit 5 of a trigger's type says that it fires on TRUNCATE.
GUARDED = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND (tgtype::int & 32) <> 0"


def empty_all_tables() -> None:
    """As the role that owns them, on a connection of its own: Django lets a test use only the aliases that it names.

    Takes a second whatever is in them, as PostgreSQL makes new files for each of them and its indexes.
    """
    connections["default"].close()
    with psycopg.connect(**connections["owner"].get_connection_params()) as connection:
        tables = _names(connection, TABLES) - KEPT
        guarded = _names(connection, GUARDED)
        _set_triggers(connection, guarded, "DISABLE")
        if tables:
            connection.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
        _set_triggers(connection, guarded, "ENABLE")


def remove_all_rows() -> None:
    """The same for few rows, in a hundredth of the time. A server that is not our own has its owner do it."""
    if not settings.DATABASE_IS_EMBEDDED:
        empty_all_tables()
        return
    connections["default"].close()
    name = connections["owner"].settings_dict["NAME"]
    with database.embedded().connect(role=ADMINISTRATOR, database=name) as connection:
        # As on a replica, which trusts that what it is told to do was allowed.
        connection.execute("SET session_replication_role = replica")
        connection.execute("; ".join(f"DELETE FROM {table}" for table in sorted(_names(connection, TABLES) - KEPT)))


def _names(connection: psycopg.Connection, query: str) -> set[str]:
    return {name for (name,) in connection.execute(query)}


def _set_triggers(connection: psycopg.Connection, tables: set[str], state: str) -> None:
    for table in tables:
        connection.execute(f"ALTER TABLE {table} {state} TRIGGER USER")
