from typing import Any

import psycopg
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections

from articles.privileges import PRIVILEGES
from factcheck import roles


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
        roles.grant(connection, PRIVILEGES)


def changes_nothing(options: dict[str, Any]) -> bool:
    return bool(options["plan"] or options["check_unapplied"])


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
