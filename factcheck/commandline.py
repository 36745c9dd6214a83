"""Runs a management command with what it needs around it: its data directory, and a database that answers."""

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from factcheck.postgres import PostgresError

# These use no database, or start one themselves.
WITHOUT_DATABASE = {"bench", "check", "collectstatic", "diffsettings", "findstatic", "help", "test", "up", "version"}


def execute(argv: Sequence[str]) -> None:
    """What a person can mend is said in a sentence; ``--traceback`` shows where it came from."""
    try:
        _execute(argv)
    except (ImproperlyConfigured, PostgresError) as error:
        if "--traceback" in argv:
            raise
        sys.exit(str(error))


def _execute(argv: Sequence[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    command = argv[1] if len(argv) > 1 else "help"
    if command == "up":
        _take_data_dir(argv[2:])
    if command == "bench":
        _use_a_server_apart()
    with _surroundings(command, argv):
        execute_from_command_line(list(argv))


def _take_data_dir(arguments: Sequence[str]) -> None:
    """The settings are read before the command reads its own options."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--data-dir")
    known, _ = parser.parse_known_args(arguments)
    if known.data_dir:
        os.environ["FACTCHECK_DATA_DIR"] = known.data_dir


def _use_a_server_apart() -> None:
    """Measuring writes a great deal, and must not do so into anybody's desk."""
    os.environ["FACTCHECK_DATA_DIR"] = os.environ.get("FACTCHECK_BENCH_DATA_DIR") or ".data/bench"
    for name in ("DATABASE_URL", "DATABASE_URL_FILE", "DATABASE_OWNER_URL", "DATABASE_OWNER_URL_FILE"):
        os.environ.pop(name, None)


def _surroundings(command: str, argv: Sequence[str]) -> contextlib.AbstractContextManager[None]:
    if command in WITHOUT_DATABASE or command.startswith("-") or {"-h", "--help"}.intersection(argv):
        return contextlib.nullcontext()
    from factcheck import database  # noqa: PLC0415  # reads the settings, which the lines above prepare

    return database.available()
