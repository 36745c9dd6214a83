"""How things are measured: what is compared takes turns in one run, and the middle of many runs counts."""

import dataclasses
import gc
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from django.test import Client

from articles.models import Person

WARM_UP_ROUNDS = 3

# Given the number of the round, so that it can use up things that were prepared, one a round.
Work = Callable[[int], object]


@dataclass(frozen=True)
class Figure:
    """One measured number and the bar it must not exceed. `median` and `range` are those of the single runs."""

    name: str
    figure: float
    bar: float
    unit: str
    runs: int
    median: float
    range: tuple[float, float]

    @property
    def held(self) -> bool:
        return self.figure <= self.bar

    def as_json(self) -> dict[str, Any]:
        return {**dataclasses.asdict(self), "held": self.held}

    def as_line(self) -> str:
        low, high = self.range
        verdict = "held" if self.held else "FELL SHORT"
        return (
            f"{self.name:<60} {self.figure:>10.2f} {self.unit:<8} bar {self.bar:g}  {verdict}"
            f"   ({self.runs} runs, median {self.median:.2f}, range {low:.2f} to {high:.2f})"
        )


@dataclass(frozen=True)
class Bench:
    """What a module of measurements gets: outside data, the number of runs, and ways to measure."""

    data: Path
    runs: int

    def ratio(self, name: str, *, ours: Work, against: Work, bar: float, runs: int | None = None) -> Figure:
        """How many times as long `ours` takes as `against`."""
        pairs = compare(ours, against, runs or self.runs)
        ratios = [mine / other for mine, other in pairs]
        figure = statistics.median(mine for mine, _ in pairs) / statistics.median(other for _, other in pairs)
        return _figure(name, figure, bar, "×", ratios)

    def milliseconds(self, name: str, *, work: Work, bar: float, runs: int | None = None) -> Figure:
        rounds = range(-WARM_UP_ROUNDS, runs or self.runs)
        samples = [seconds(work, number) * 1000 for number in rounds][WARM_UP_ROUNDS:]
        return at_most(name, samples, bar=bar, unit="ms")

    def client(self, person: Person) -> Client:
        """A signed-in client that goes through all of the site's middleware."""
        client = Client(SERVER_NAME="localhost")
        client.force_login(person)
        return client

    def connect(self) -> psycopg.Connection:
        """Bare psycopg, as the role and with the limits that the site has."""
        parameters = connections["default"].get_connection_params()
        return psycopg.connect(**{name: value for name, value in parameters.items() if name != "pool"})


def compare(ours: Work, against: Work, runs: int) -> list[tuple[float, float]]:
    """Seconds of both, round by round; who goes first alternates, so that neither always finds the caches warm.

    Warm-up rounds come before and have negative numbers.
    """
    rounds = range(-WARM_UP_ROUNDS, runs)
    return [_round(ours, against, number) for number in rounds][WARM_UP_ROUNDS:]


def seconds(work: Work, number: int) -> float:
    gc.collect()
    gc.disable()
    try:
        began = time.perf_counter()
        work(number)
        return time.perf_counter() - began
    finally:
        gc.enable()


def at_most(name: str, samples: Sequence[float], *, bar: float, unit: str) -> Figure:
    """A figure from samples that were taken elsewhere, in a browser for example."""
    return _figure(name, statistics.median(samples), bar, unit, samples)


def equal(name: str, counts: Sequence[int], *, unit: str) -> Figure:
    """Numbers that must not differ at all, such as the queries of a page with few rows and with many."""
    return _figure(name, max(counts) - min(counts), 0, unit, counts)


def _round(ours: Work, against: Work, number: int) -> tuple[float, float]:
    if number % 2:
        other = seconds(against, number)
        return seconds(ours, number), other
    return seconds(ours, number), seconds(against, number)


def _figure(name: str, figure: float, bar: float, unit: str, samples: Iterable[float]) -> Figure:
    kept = list(samples)
    return Figure(name, figure, bar, unit, len(kept), statistics.median(kept), (min(kept), max(kept)))
