"""Collects the static files, and knows when there is nothing new to collect."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

# What they are made with counts too: a new way of joining them makes new files of old ones.
MAKERS = [Path(__file__).with_name(name) for name in ("joining.py", "shortening.py", "storage.py")]


def changed() -> bool:
    marker = settings.STATIC_ROOT / ".collected"
    return not marker.exists() or marker.read_text() != _digest()


def collect() -> None:
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    (settings.STATIC_ROOT / ".collected").write_text(_digest())


def _digest() -> str:
    return hashlib.sha256("\n".join(sorted(_sources())).encode()).hexdigest()


def _sources() -> Iterator[str]:
    yield from (module.read_text(encoding="utf-8") for module in MAKERS)
    for finder in get_finders():
        for path, storage in finder.list([]):
            yield f"{path} {storage.size(path)} {storage.get_modified_time(path).isoformat()}"
