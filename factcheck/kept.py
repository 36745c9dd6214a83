"""Small things that are made at random once and kept beside the data, readable by their owner alone."""

import os
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def kept(path: Path, make: Callable[[], str]) -> str:
    """The content of the file; what `make` returns when there is none yet."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _publish(_draft(path, make()), path)
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be made or read: {error.strerror}. Name a directory of your own in FACTCHECK_DATA_DIR."
        ) from error


def _draft(path: Path, content: str) -> Path:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(content)
    return draft


def _publish(draft: Path, path: Path) -> None:
    """A link is made whole or not at all, and the first of two starts wins."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    draft.unlink()
