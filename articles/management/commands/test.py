import os
import sys
from collections.abc import Sequence

from django.conf import settings
from django.core.management.base import BaseCommand

# On all cores: most of a run waits for browsers and databases. The tests of one file stay together, as some share
# what they made.
EVERYTHING = ("--numprocesses=auto", "--dist=loadfile")


class Command(BaseCommand):
    help = "Runs every test: Python, JavaScript and browser. What follows is handed to pytest."

    def run_from_argv(self, argv: Sequence[str]) -> None:
        """Past Django's own options: all of them are pytest's."""
        os.chdir(settings.BASE_DIR)
        # pytest reads its settings module from the environment first, and this one runs tests.
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        os.environ.setdefault("FACTCHECK_INSTALL_BROWSER", "1")
        arguments = argv[2:] or EVERYTHING
        os.execv(sys.executable, [sys.executable, "-m", "pytest", *arguments])  # noqa: S606  # no shell is meant
