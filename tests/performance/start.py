"""Start the site again: from the command to the first answer, with nothing left to make."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.site import Site
from tests.performance.harness import at_most

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.performance.harness import Bench, Figure

STARTS = 5
BAR = 5.0  # seconds


def run(bench: Bench) -> Iterator[Figure]:
    # Other accounts may enter it: root runs PostgreSQL as one of them.
    with tempfile.TemporaryDirectory(prefix="factcheck-", ignore_cleanup_errors=True) as name:
        directory = Path(name)
        directory.chmod(0o755)
        site = Site(directory / "data")
        site.start()
        samples = [_again(site) for _ in range(STARTS)]
        site.stop()
    yield at_most("a second start, until it answers", samples, bar=BAR, unit="s")


def _again(site: Site) -> float:
    site.stop()
    began = time.monotonic()
    site.start()
    return time.monotonic() - began
