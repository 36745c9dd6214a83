"""What means harm, file or site: refused or inert, with a sentence, within its limits, and nothing left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.performance import hostile_files, hostile_network

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.performance.harness import Bench, Figure


def run(bench: Bench) -> Iterator[Figure]:
    yield from hostile_files.figures(bench)
    yield from hostile_network.figures(bench)
