"""The scripts and stylesheets of a page in the files that production joins them into.

A browser that a test opens has kept nothing. So joined, a page asks for eight files, not for a hundred, and is the page
that people get.
"""

import os
import tempfile
from pathlib import Path, PurePosixPath

from django.contrib.staticfiles.finders import AppDirectoriesFinder

from factcheck.storage import JOINED


def join_static_files(to: Path) -> None:
    """Several processes may do this at the same time, so each file comes whole, or not at all."""
    sources = {path: storage.path(path) for path, storage in AppDirectoriesFinder().list([])}

    def read(name: str) -> str:
        return Path(sources[name]).read_text(encoding="utf-8")

    for pattern, (join, shorten) in JOINED.items():
        for name in sources:
            if PurePosixPath(name).match(pattern):
                _write(to / name, shorten(join(name, read)))


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(content)
    Path(name).replace(path)
