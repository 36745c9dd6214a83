"""The secret key of a local installation: made once, kept beside its data, readable by its owner alone."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def kept_secret_key(data_dir: Path) -> str:
    path = data_dir / "secret_key"
    data_dir.mkdir(parents=True, exist_ok=True)
    draft = data_dir / f"secret_key.{os.getpid()}"
    if not path.exists():
        _write(draft, get_random_secret_key())
        _publish(draft, path)
    return path.read_text(encoding="ascii")


def _write(path: Path, key: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(key)


def _publish(draft: Path, path: Path) -> None:
    """A link is made whole or not at all, and the first of two starts wins."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    draft.unlink()
