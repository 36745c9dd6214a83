import importlib
import json
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser

from factcheck import database, static_files
from factcheck.progress import step

if TYPE_CHECKING:
    from tests.performance.harness import Bench, Figure


class Command(BaseCommand):
    help = "Measures Factcheck against its bars, on a database of its own, and exits 1 when one falls short."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help="what to measure (default: everything)")
        parser.add_argument("--list", action="store_true", help="say what can be measured")
        parser.add_argument("--data", type=Path, default=settings.BASE_DIR.parent / "shared" / "data", metavar="DIR")
        parser.add_argument("--runs", type=int, default=30, help="rounds of each comparison (default 30)")
        parser.add_argument("--seed", type=int, help="repeat what a measurement left to chance")
        parser.add_argument("--json", action="store_true", help="print the figures as a JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        modules = _modules(options["names"])
        if options["list"]:
            self.stdout.write("\n".join(f"{_name(module)}: {_summary(module)}" for module in modules))
            return
        figures = self._measure(modules, options)
        if options["json"]:
            self.stdout.write(json.dumps([figure.as_json() for figure in figures], indent=2))
        if not all(figure.held for figure in figures):
            sys.exit(1)

    def _measure(self, modules: list[ModuleType], options: dict[str, Any]) -> list["Figure"]:
        from tests.performance.harness import Bench  # noqa: PLC0415  # an installation may lack the tests

        bench = Bench(data=options["data"].resolve(), runs=options["runs"], seed=options["seed"])
        with database.available("Starting PostgreSQL"):
            _prepare()
            figures = []
            for figure in _figures(modules, bench):
                figures.append(figure)
                if not options["json"]:
                    self.stdout.write(figure.as_line())
            return figures


def _prepare() -> None:
    with step("Making an empty database"):
        database.embedded().recreate_database()
        call_command("migrate", verbosity=0)
    if static_files.changed():
        with step("Collecting the static files"):
            static_files.collect()


def _figures(modules: list[ModuleType], bench: "Bench") -> Iterator["Figure"]:
    from tests.emptying import empty_all_tables  # noqa: PLC0415  # as above

    for module in modules:
        empty_all_tables()
        yield from module.run(bench)


def _modules(names: list[str]) -> list[ModuleType]:
    try:
        package = importlib.import_module("tests.performance")
    except ImportError as error:
        raise CommandError("The measurements are in tests/, which is missing here.") from error
    found = [module.name for module in pkgutil.iter_modules(package.__path__)]
    modules = [importlib.import_module(f"tests.performance.{name}") for name in found]
    known = {_name(module): module for module in modules if hasattr(module, "run")}
    if unknown := set(names) - set(known):
        raise CommandError(f"Not known: {', '.join(sorted(unknown))}. There are: {', '.join(sorted(known))}.")
    return [known[name] for name in names or sorted(known)]


def _name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _summary(module: ModuleType) -> str:
    return (module.__doc__ or "").partition("\n")[0]
