import io
from argparse import ArgumentTypeError
from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError

from articles.models import Desk, Person
from factcheck import database, static_files, web
from factcheck.postgres import PostgresError
from factcheck.progress import say, step

CURE = "Start it, or correct DATABASE_URL and DATABASE_OWNER_URL."


class Command(BaseCommand):
    help = "Runs Factcheck: makes what is missing, serves it, and stops everything on Ctrl-C."
    # The checks ask the database for its version, and it is not running yet.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 serves other machines too")
        parser.add_argument("--data-dir", help="where the database and the secret key are kept (default .data)")
        parser.add_argument(
            "--no-sample", action="store_true", help="begin with an empty house, without the sample desk"
        )
        parser.add_argument("--workers", type=_number, default=2, help="web processes (default 2)")

    def handle(self, *args: Any, **options: Any) -> None:
        address = web.Address(options["host"], options["port"])
        try:
            with web.only_one_here(address), web.stopping_on_signals():
                address.require_free()
                self._run(address, **options)
        except (web.WebError, PostgresError) as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {_first_line(error)} {CURE}") from error
        except KeyboardInterrupt:
            say("Stopped.")

    def _run(self, address: web.Address, *, workers: int, no_sample: bool, **options: Any) -> None:
        with database.available("Starting PostgreSQL"):
            with step("Bringing the tables up to date"):
                call_command("migrate", verbosity=0)
            wanted = not no_sample and not Desk.objects.exists()
            how_to_sign_in = _make_sample_desk() if wanted else _how_to_sign_in()
            if static_files.changed():
                with step("Collecting the static files"):
                    static_files.collect()
            database.disconnect()
            web.serve(address, workers=workers, greeting=how_to_sign_in, keep_alive=database.keep_alive)


def _first_line(error: OperationalError) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".") + "."


def _number(word: str) -> int:
    if not (word.isascii() and word.isdigit() and int(word)):
        raise ArgumentTypeError(f"{word!r} is not a whole number from 1.")
    return int(word)


def _how_to_sign_in() -> str:
    if Person.objects.exists():
        return "Sign in with your name and password. A lost password is set anew by: manage.py changepassword NAME"
    return "Nobody can sign in yet. Make a person with manage.py add_person, and their desk with manage.py found_desk."


def _make_sample_desk() -> str:
    """What the command says is kept for the end, where it is read: names and a password."""
    said = io.StringIO()
    with step("Making the sample desk"):
        call_command("sample_desk", stdout=said)
    return said.getvalue()
