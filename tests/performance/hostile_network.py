"""Sites that mean harm: each is refused within its limits, and the desk answers others meanwhile."""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from django.urls import reverse

from articles.intake.failures import PRIVATE, SECONDS, FetchError
from articles.intake.url import MOST_AT_A_TIME
from tests.factories import make_desk, make_version
from tests.intake.web import NEWS, Web, bomb, leading_to, page, raw, repeating, silent
from tests.performance.harness import at_most
from tests.performance.texts import long_text

if TYPE_CHECKING:
    from tests.performance.harness import Bench, Figure

SECONDS_BAR = SECONDS + 1
MEANWHILE_BAR = 2.0
NEARLY_ALL_BAR = 1_000
"""Milliseconds within which 19 of 20 pages of the desk come meanwhile; the hostile sites run on the same machine."""
PAUSE = 0.05

SLOW = f"within {SECONDS:g} seconds"
LARGE = "more than 10 MB"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@dataclass(frozen=True)
class Attack:
    """A site that is asked for its first page; `words` must be in what the person is told."""

    name: str
    words: str
    prepare: Callable[[Web], object]
    address: str = "http://news.example/"


def _answering(answer: Callable[..., None]) -> Callable[[Web], object]:
    return lambda web: web.pages.update({"http://news.example/": answer, "https://news.example/": answer})


def _named(*answers: list[str]) -> Callable[[Web], object]:
    """A redirect to itself under a name that moves."""

    def prepare(web: Web) -> None:
        web.names["news.example"] = list(answers)
        web.pages["http://news.example/"] = leading_to("/again")
        web.pages["http://news.example/again"] = page(b"It was fetched.")

    return prepare


ATTACKS = (
    Attack("no answer", SLOW, _answering(silent)),
    Attack("no answer, encrypted", SLOW, _answering(silent), "https://news.example/"),
    Attack("a byte at a time", SLOW, _answering(repeating(b"a", pause=0.2))),
    Attack("a header at a time", SLOW, _answering(repeating(b"X: y\r\n", head=b"HTTP/1.1 200 OK\r\n", pause=0.2))),
    Attack("endless", LARGE, _answering(repeating(bytes(65_536)))),
    Attack("endless, encrypted", LARGE, _answering(repeating(bytes(65_536))), "https://news.example/"),
    Attack("endless crumbs", "pieces", _answering(repeating(b"1\r\na\r\n" * 1000, head=CHUNKED))),
    Attack("endless notices", "headers", _answering(repeating(b"HTTP/1.1 103 Hints\r\n\r\n" * 1000, head=b""))),
    Attack("a long header", "damaged", _answering(repeating(b"a" * 65_536, head=b"HTTP/1.1 200 OK\r\nX: "))),
    Attack("unpacks to a gigabyte", LARGE, _answering(bomb(1_000))),
    Attack("cut short", "broke off", _answering(raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nIt"))),
    Attack("leads inside", PRIVATE, _answering(leading_to("http://169.254.169.254/"))),
    Attack("leads inside by a number", PRIVATE, _answering(leading_to("http://[::ffff:7f00:1]/"))),
    Attack("leads to another port", "ports", _answering(leading_to("http://news.example:5432/"))),
    Attack("leads round", "circle", _answering(leading_to("/#again"))),
    Attack("is inside", PRIVATE, _named(["10.0.0.7"])),
    Attack("is inside and outside", PRIVATE, _named([NEWS, "::1"])),
    Attack("moves inside", PRIVATE, _named([NEWS], ["127.0.0.1"])),
)


def figures(bench: Bench) -> Iterator[Figure]:
    alice = make_desk().alice
    version = make_version(by=alice, text=long_text(20_000, seed=1))
    visitor = bench.visitor(alice.person)
    workbench = reverse("articles:workbench", args=[alice.desk.slug, version.article_id])
    alone = [_milliseconds(lambda: visitor.get(workbench)) for _ in range(2 * bench.runs)][bench.runs :]

    with _what_is_left() as left, ThreadPoolExecutor(MOST_AT_A_TIME) as pool:
        attempts = [pool.submit(_attempt, attack) for attack in ATTACKS]
        meanwhile = _meanwhile(attempts, lambda: visitor.get(workbench))
    outcomes = [attempt.result() for attempt in attempts]

    missed = [failure for failure, _ in outcomes if failure]
    detail = f" ({'; '.join(missed)})" if missed else ""
    yield at_most(f"of {len(ATTACKS)} hostile sites, not refused as they should{detail}", [len(missed)], bar=0, unit="")
    slowest = max(seconds for _, seconds in outcomes)
    yield at_most("slowest refusal of a hostile site", [slowest], bar=SECONDS_BAR, unit="s")
    ratio = statistics.median(meanwhile) / statistics.median(alone)
    yield at_most("open the workbench meanwhile, against alone", [ratio], bar=MEANWHILE_BAR, unit="×")
    nearly_all = statistics.quantiles(meanwhile, n=20)[-1]
    yield at_most("19 of 20 workbenches meanwhile", [nearly_all], bar=NEARLY_ALL_BAR, unit="ms")
    yield at_most("files and connections left by hostile sites", left, bar=0, unit="")


def _attempt(attack: Attack) -> tuple[str, float]:
    """What went wrong, empty when the site was refused as it should be; and the seconds that took."""
    with Web() as web:
        attack.prepare(web)
        began = time.perf_counter()
        try:
            web.fetcher().fetch(attack.address)
            told = "it was fetched"
        except FetchError as error:
            told = str(error)
        seconds = time.perf_counter() - began
    return "" if attack.words in told else f"{attack.name}: {told}", seconds


def _meanwhile(attempts: list[Future[tuple[str, float]]], ask: Callable[[], object]) -> list[float]:
    """Milliseconds of each answer of the desk until the last site was refused."""
    taken = []
    while not all(attempt.done() for attempt in attempts):
        taken.append(_milliseconds(ask))
        time.sleep(PAUSE)
    return taken


def _milliseconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


@contextmanager
def _what_is_left() -> Iterator[list[int]]:
    """Afterwards the list holds one number: temporary files, and open files and connections more than before."""
    left: list[int] = []
    before = psutil.Process().num_fds()
    usual = tempfile.tempdir
    with tempfile.TemporaryDirectory() as directory:
        tempfile.tempdir = directory
        try:
            yield left
        finally:
            tempfile.tempdir = usual
        gc.collect()
        left.append(len(list(Path(directory).iterdir())) + max(0, psutil.Process().num_fds() - before))
