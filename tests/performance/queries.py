"""The number of queries of every page, with N rows and with ten more, must be the same."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.performance.harness import equal
from tests.world import add_rows, address, make_world, patterns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tests.performance.harness import Bench, Figure
    from tests.world import World

ROWS = 3
MORE = 10
WORDS = "?q=boats"
SEARCHED = ("find", "article-list", "claim-list", "source-list", "claim-suggest", "source-suggest")
"""Pages that are counted with words to search for, too."""


def run(bench: Bench) -> Iterator[Figure]:
    # A page that takes no GET is passed over, and its answer needs no line in the log.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    world = make_world(ROWS + MORE)
    client = bench.client(world.cast.erin.person)
    few = _counts(client, world)
    add_rows(world, 5 + ROWS + MORE, 5 + ROWS + 2 * MORE)
    many = _counts(client, world)
    for page in sorted(few):
        yield equal(f"queries of {page}", [few[page], many[page]], unit="queries")


def _counts(client: Client, world: World) -> dict[str, int]:
    """The queries of each page that answers a GET, its second time, when what a process keeps is there."""
    counts = {}
    for page, url in _pages(world):
        if client.get(url).status_code != 200:
            continue
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts[page] = len(queries)
    return counts


def _pages(world: World) -> Iterator[tuple[str, str]]:
    for name, pattern in patterns():
        namespace, _, page = name.rpartition(":")
        if namespace:
            yield page, address(world, name, pattern)
        if page in SEARCHED:
            yield f"{page}{WORDS}", f"{address(world, name, pattern)}{WORDS}"
    changed = reverse("articles:workbench", args=[world.cast.desk.slug, world.changed.pk])
    yield "workbench?version=1", f"{changed}?version=1"
    yield "workbench?carry=", f"{changed}?carry={world.carry.pk}"
