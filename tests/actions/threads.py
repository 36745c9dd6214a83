"""Two people, or eight, who act at the same moment: threads with connections of their own and real commits."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from django.db import connection, connections, transaction

Outcome = Any
"""What a function returned, or the exception it raised."""

SECONDS = 10


def together(*functions: Callable[[], object]) -> list[Outcome]:
    """The outcomes of the functions, each run in a thread of its own."""
    with ThreadPoolExecutor(len(functions)) as pool:
        return list(pool.map(_outcome, functions))


def overlapping(
    first: Callable[[], object], second: Callable[[], object], *, linger: float = 0
) -> tuple[Outcome, Outcome]:
    """The outcomes of two functions, of which the second starts when the first has done all but commit.

    The first commits once the second has waited ``linger`` seconds for one of its locks.
    """
    done = Event()

    def hold() -> object:
        try:
            with transaction.atomic():
                answer = first()
                done.set()
                _wait_for_someone_to_wait()
                time.sleep(linger)
                return answer
        finally:
            done.set()

    def follow() -> object:
        done.wait(SECONDS)
        return second()

    before, after = together(hold, follow)
    return before, after


def _outcome(function: Callable[[], object]) -> Outcome:
    try:
        return function()
    except Exception as error:  # it is the outcome
        return error
    finally:
        connections.close_all()


# In this database: beside it others are tested on the same server. Not pg_stat_activity, which always shows the same
# within a transaction. A wait for a transaction names no database; whoever waits has locks there that do.
WAITING = """
SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN (
    SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database())
"""


def _wait_for_someone_to_wait() -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.005)
    raise TimeoutError("Nobody waited for a lock.")
