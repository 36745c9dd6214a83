import os
import sys
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.core.management.base import BaseCommand

# The tests of one file stay together, as some share what they made, and files begin in the order of tests/conftest.py.
BY_FILE = ("--dist=loadfile", "--no-loadscope-reorder")
QUICK = ("-m", "not browser and not fault and not matrix and not slow")


class Command(BaseCommand):
    help = "Runs every test: Python, JavaScript and browser; with --quick what takes a minute. The rest is pytest's."

    def run_from_argv(self, argv: Sequence[str]) -> None:
        """Past Django's own options: all of them are pytest's."""
        os.chdir(settings.BASE_DIR)
        # pytest reads its settings module from the environment first, and this one runs tests.
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        os.environ.setdefault("FACTCHECK_INSTALL_BROWSER", "1")
        _keep_bytecode()
        os.execv(sys.executable, [sys.executable, "-m", "pytest", *_arguments(argv[2:])])  # noqa: S606  # no shell is meant


def _keep_bytecode() -> None:
    """Away from the sources where it is not wanted beside them: without any, each process compiles all tests anew."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(settings.BASE_DIR / ".data" / "bytecode"))


def _arguments(given: Sequence[str]) -> Iterator[str]:
    """One file is done sooner than other cores have made databases of their own."""
    if not any(argument.startswith("tests") for argument in given):
        yield from (f"--numprocesses={_processes(given)}", *BY_FILE)
    for argument in given:
        yield from QUICK if argument == "--quick" else (argument,)


def _processes(given: Sequence[str]) -> int:
    """One more than there are cores, as one of them always waits for its browser; what is quick has none."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores if "--quick" in given else cores + 1
