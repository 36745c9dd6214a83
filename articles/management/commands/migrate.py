import re
from collections import defaultdict
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from articles.privileges import PRIVILEGES
from factcheck import roles

COLUMNS = re.compile(r"\(([^)]*)\)")
WITHOUT_COLUMNS = re.compile(r", \w+ \(\)")


class Command(migrate.Command):
    """Django's migrate, run by the role that owns the tables, followed by what the application's role may do."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        connection = _connection(options["database"])
        _ensure_roles(connection)
        super().handle(*args, **options)
        if changes_nothing(options):
            return
        call_command("createcachetable", database=options["database"], verbosity=0)
        roles.grant(connection, PRIVILEGES if _is_whole(options["database"]) else _as_far_as_there(connection))


def changes_nothing(options: dict[str, Any]) -> bool:
    return bool(options["plan"] or options["check_unapplied"])


def _is_whole(alias: str) -> bool:
    """Whether every migration is applied; where some were taken back, tables lack columns that they will have."""
    executor = MigrationExecutor(connections[alias])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _as_far_as_there(connection: psycopg.Connection) -> dict[str, str]:
    query = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
    there: dict[str, set[str]] = defaultdict(set)
    for table, column in connection.execute(query):
        there[table].add(column)
    return {table: of_columns(privileges, there[table]) for table, privileges in PRIVILEGES.items()}


def of_columns(privileges: str, there: set[str]) -> str:
    """Without the columns that are not there; where none is left, without the privilege that names them."""

    def kept(named: re.Match[str]) -> str:
        return ", ".join(name for name in named[1].split(", ") if name.strip('"') in there)

    return WITHOUT_COLUMNS.sub("", COLUMNS.sub(lambda named: f"({kept(named)})", privileges))


def _connection(alias: str) -> psycopg.Connection:
    connections[alias].ensure_connection()
    connection: psycopg.Connection = connections[alias].connection
    return connection


def _ensure_roles(connection: psycopg.Connection) -> None:
    application = settings.DATABASES["default"]
    if application["USER"] == connection.info.user:
        raise CommandError(
            "Migrations are run by the role that owns the tables, which must not be the one the site runs as: "
            "set DATABASE_OWNER_URL to the owner's address."
        )
    try:
        roles.ensure_application(connection, application["USER"], application.get("PASSWORD", ""))
    except roles.RolesError as error:
        raise CommandError(str(error)) from error
