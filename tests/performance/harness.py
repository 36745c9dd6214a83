"""How things are measured: what is compared takes turns in one run, and the middle of many runs counts."""

from __future__ import annotations

import dataclasses
import gc
import io
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

import psycopg
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client

from articles.models import Person

if TYPE_CHECKING:
    from http.cookies import SimpleCookie

WARM_UP_ROUNDS = 3

# Given the number of the round, so that it can use up things that were prepared, one a round.
Work = Callable[[int], object]


@dataclass(frozen=True)
class Figure:
    """One measured number and the bar that it must not exceed, or must reach when `is_least`.

    `median` and `range` are those of the single runs.
    """

    name: str
    figure: float
    bar: float
    unit: str
    runs: int
    median: float
    range: tuple[float, float]
    is_least: bool = False

    @property
    def held(self) -> bool:
        return self.figure >= self.bar if self.is_least else self.figure <= self.bar

    def as_json(self) -> dict[str, Any]:
        values = dataclasses.asdict(self)
        del values["is_least"]
        return {**values, "held": self.held}

    def as_line(self) -> str:
        low, high = self.range
        verdict = "held" if self.held else "FELL SHORT"
        bar = f"bar {'at least ' if self.is_least else ''}{self.bar:g}"
        return (
            f"{self.name:<60} {self.figure:>10.2f} {self.unit:<8} {bar}  {verdict}"
            f"   ({self.runs} runs, median {self.median:.2f}, range {low:.2f} to {high:.2f})"
        )


@dataclass(frozen=True)
class Bench:
    """What a module of measurements gets: outside data, the number of runs, and ways to measure.

    Without a ``seed`` a module that leaves something to chance takes one and says which.
    """

    data: Path
    runs: int
    seed: int | None = None

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

    def visitor(self, person: Person) -> Visitor:
        """The same without what a test client adds: the site as its server calls it, forms as a browser sends them."""
        return Visitor(self.client(person).cookies)

    def connect(self) -> psycopg.Connection:
        """Bare psycopg, as the role and with the limits that the site has."""
        parameters = connections["default"].get_connection_params()
        return psycopg.connect(**{name: value for name, value in parameters.items() if name != "pool"})


class Visitor:
    """A signed-in person's requests, handed to the WSGI application. Raises AssertionError unless the answer is 200."""

    def __init__(self, cookies: SimpleCookie) -> None:
        self.application = get_wsgi_application()
        self.token = _get_new_csrf_string()
        known = {name: morsel.value for name, morsel in cookies.items()} | {settings.CSRF_COOKIE_NAME: self.token}
        self.cookies = "; ".join(f"{name}={value}" for name, value in known.items())

    def get(self, path: str) -> bytes:
        address, _, query = path.partition("?")
        return self._request({"REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": query}, b"")

    def post(self, path: str, values: dict[str, Any]) -> bytes:
        body = urlencode(values).encode()
        form = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body))}
        headers = {"HTTP_HX_REQUEST": "true", "HTTP_X_CSRFTOKEN": self.token}
        return self._request({"REQUEST_METHOD": "POST", "PATH_INFO": path, **form, **headers}, body)

    def _request(self, environment: dict[str, Any], body: bytes) -> bytes:
        answered: list[str] = []

        def start_response(status: str, *_: Any) -> Callable[[bytes], object]:
            answered.append(status)
            return lambda _: None

        environment |= {"HTTP_HOST": "localhost", "HTTP_COOKIE": self.cookies, "wsgi.input": io.BytesIO(body)}
        setup_testing_defaults(environment)
        answer = self.application(environment, start_response)
        content = b"".join(answer)
        answer.close()
        assert answered == ["200 OK"], (answered, content[:500])
        return content


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


def at_least(name: str, samples: Sequence[float], *, bar: float, unit: str) -> Figure:
    """A figure that is the better the higher it is, such as a share of what was found."""
    return dataclasses.replace(at_most(name, samples, bar=bar, unit=unit), is_least=True)


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
