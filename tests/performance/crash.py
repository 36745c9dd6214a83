"""Kill the server again and again while a script marks and types in Chromium: all is stored, once, sent by the browser.

Each round the script works without a pause, also while nothing answers. At a moment of chance every web process is
killed, in some rounds PostgreSQL before them, in some the tab too; then they are started again, and nobody does more
than open the page, until the browser has sent what it kept. Then the database is asked for the round's marks and words.
`--seed` repeats what was left to chance; the moments of a machine are its own.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import random
import re
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psutil
from django.db import connections
from django.urls import reverse
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as NotShown

from articles.actions import highlights as marking
from factcheck import database, roles, web
from factcheck.progress import say
from tests.browser.person import FIND_WORDS
from tests.factories import make_desk, make_version
from tests.performance.harness import at_least, at_most
from tests.performance.served import WORKERS, chromium, free_port, signed_in
from tests.performance.texts import long_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page

    from articles.models import ArticleVersion, Person
    from tests.performance.harness import Bench, Figure

ROUNDS = 50
CHARACTERS = 12_000
BEFORE = 1.2
"""Seconds of work, at most, before the server is killed."""
WITH_DATABASE, WITH_TAB = 0.3, 0.2
"""In what share of the rounds PostgreSQL is killed too, and the tab."""
PATIENCE = 60.0
"""Seconds after which what is still unsent will not be sent by itself."""
BAR = 10.0
"""Seconds until the browser has sent what it kept, once the server answers again."""
MARKS, TYPES = 0.4, 0.5
"""The shares of the script's steps; in the rest it looks at another claim."""
TRIES = 3
"""How often the script selects words that were moved from under its mouse."""
LONG = 600
"""Characters of a claim that is long enough."""
WINDOW = {"width": 1440, "height": 900}
NUMBER = re.compile(r"\d+")
THREE_WORDS = re.compile(r"\b[a-z]+ [a-z]+ [a-z]+\b")

UNSENT = """
() => Object.entries(localStorage).filter(([key]) => key.startsWith("factcheck:unsent:")).map(([, entry]) => {
  const { state, what, fields, said } = JSON.parse(entry);
  return { state, what, fields, said };
})"""
READY = "() => Boolean(document.readyState === 'complete' && window.htmx && customElements.get('workbench-bar'))"
WORDS = "#claim-words textarea[name=text]"


@dataclass
class Work:
    """What was done in one round: the words that were marked, and those that were typed."""

    marked: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    in_vain: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """What became of it: what is not stored, what is stored twice, what is unsent, and seconds until all was sent."""

    work: Work
    lost: list[str]
    doubled: list[str]
    left: list[dict[str, object]]
    recovery: float


class Server:
    """The web processes and PostgreSQL, which a thread kills and starts again."""

    def __init__(self) -> None:
        self.address = web.Address("127.0.0.1", free_port())
        self.is_away = threading.Event()
        self.answers_since = 0.0
        self._running = contextlib.ExitStack()

    def start(self) -> None:
        self._process = self._running.enter_context(web.serving(self.address, WORKERS))
        self.is_away.clear()
        self.answers_since = time.monotonic()

    def kill(self, *, with_database: bool) -> None:
        """Of one moment, with no chance to tidy up."""
        postgres = database.embedded()
        if with_database:
            postmaster = psutil.Process(int((postgres.place.cluster / "postmaster.pid").read_text().split()[0]))
            for process in [postmaster, *postmaster.children()]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
        os.killpg(self._process.pid, signal.SIGKILL)
        self.is_away.set()
        self._running.close()
        if with_database:
            while postgres.running:
                time.sleep(0.01)
            postgres.start()

    def close(self) -> None:
        self._running.close()


def run(bench: Bench) -> Iterator[Figure]:
    seed = random.randrange(10**6) if bench.seed is None else bench.seed
    say(f"Seed {seed}")
    version, person = _article()
    rounds = []
    with contextlib.closing(Server()) as server, chromium() as browser:
        server.start()
        context = signed_in(bench, browser, server.address.url.rstrip("/"), person, viewport=WINDOW)
        script = Script(context, version, random.Random(seed))
        for number in range(ROUNDS):
            rounds.append(script.round(server, number))
            if rounds[-1].lost or rounds[-1].doubled or rounds[-1].left:
                say(f"Round {number + 1}: {rounds[-1]}")
    # They were left without a server, and what is measured next takes them up.
    connections.close_all()
    if in_vain := sum(one.work.in_vain for one in rounds):
        say(f"Selected again, because the page moved as the mouse came: {in_vain}")
    yield from _figures(rounds)


def _article() -> tuple[ArticleVersion, Person]:
    cast = make_desk()
    version = make_version(by=cast.alice, text=long_text(CHARACTERS, seed=1))
    marking.mark(by=cast.alice, version=version, start=0, end=6, quote=version.text[:6])
    connections.close_all()
    return version, cast.alice.person


class Script:
    """Marks and types in one browser, loses its tab, and finds what became of it."""

    def __init__(self, context: BrowserContext, version: ArticleVersion, chance: random.Random) -> None:
        self.context, self.version, self.chance = context, version, chance
        self.places = [words for words in THREE_WORDS.findall(version.text) if version.text.count(words) == 1]
        chance.shuffle(self.places)
        self.page = self._open()

    def round(self, server: Server, number: int) -> Round:
        """Work while the server is killed and started again, and wait until the browser has sent all of it."""
        work = Work()
        away = threading.Thread(
            target=self._kill, args=[server, self.chance.uniform(0.1, BEFORE), self.chance.random()]
        )
        is_tab_lost = self.chance.random() < WITH_TAB
        away.start()
        while away.is_alive() and not (is_tab_lost and server.is_away.is_set()):
            self._step(work, f"r{number}w{len(work.typed)}")
        if is_tab_lost:
            self._lose_tab()
        away.join()
        if is_tab_lost:
            self.page = self._open()
        left = self._settled()
        recovery = time.monotonic() - server.answers_since
        lost, doubled = _missing(self.version, work)
        return Round(work, lost, doubled, left, recovery)

    @staticmethod
    def _kill(server: Server, after: float, chance: float) -> None:
        time.sleep(after)
        server.kill(with_database=chance < WITH_DATABASE)
        server.start()

    def _step(self, work: Work, word: str) -> None:
        kind = self.chance.random()
        if kind < MARKS:
            self._mark(work)
        elif kind < MARKS + TYPES:
            self._type(work, word)
        else:
            self._look_elsewhere()

    def _mark(self, work: Work) -> None:
        """Where the page moves as the mouse comes other words are selected, which a person sees, and selects again."""
        words = self.places.pop()
        for _ in range(TRIES):
            place = self.page.evaluate(FIND_WORDS, words)
            self.page.mouse.move(*place["from"])
            self.page.mouse.down()
            self.page.mouse.move(*place["to"], steps=3)
            self.page.mouse.up()
            if self._is_selected(words):
                self.page.keyboard.press("m")
                work.marked.append(words)
                return
            work.in_vain += 1

    def _is_selected(self, words: str) -> bool:
        try:
            self.page.get_by_role("toolbar").wait_for(timeout=2000)
        except NotShown:
            return False
        selected = self.page.evaluate("() => String(getSelection())")
        # A number of a claim may stand among them. A word may come twice, so that all of them have to be there.
        return NUMBER.sub("", selected).split() == words.split()

    def _type(self, work: Work, word: str) -> None:
        field = self.page.locator(WORDS)
        if not field.count() or len(field.input_value()) > LONG:
            self._look_elsewhere()
            return
        field.press("Control+End")
        self.page.keyboard.type(f" {word}", delay=15)
        work.typed.append(word)

    def _look_elsewhere(self) -> None:
        """At another claim, which comes when the server answers."""
        links = self.page.locator("#text a.no[data-claim]")
        # One that an answer has just replaced is on no screen, and would leave the page.
        links.nth(self.chance.randrange(links.count())).evaluate("link => link.isConnected && link.click()")

    def _lose_tab(self) -> None:
        if self.chance.random() < 0.5:
            with contextlib.suppress(BrowserError):
                self.page.goto("chrome://crash")
        self.page.close()

    def _open(self) -> Page:
        page = self.context.new_page()
        page.goto(reverse("articles:workbench", args=[self.version.desk.slug, self.version.article_id]))
        page.wait_for_function(READY)
        return page

    def _settled(self) -> list[dict[str, object]]:
        deadline = time.monotonic() + PATIENCE
        while (left := self.page.evaluate(UNSENT)) and time.monotonic() < deadline:
            self.page.wait_for_timeout(50)
        return list(left)


def _missing(version: ArticleVersion, work: Work) -> tuple[list[str], list[str]]:
    """What of it is not stored, and what is stored more than once."""
    with database.embedded().connect(role=roles.APPLICATION) as connection:
        marked = connection.execute(
            "SELECT quote FROM articles_highlight WHERE version_id = %s", [version.pk]
        ).fetchall()
        claims = connection.execute("SELECT text FROM articles_claim WHERE desk_id = %s", [version.desk_id]).fetchall()
    quotes = Counter(quote for (quote,) in marked)
    words = Counter(word for (text,) in claims for word in text.split())
    found = {**{quote: quotes[quote] for quote in work.marked}, **{word: words[word] for word in work.typed}}
    return [what for what, count in found.items() if not count], [what for what, count in found.items() if count > 1]


def _figures(rounds: list[Round]) -> Iterator[Figure]:
    marked, typed = sum(len(one.work.marked) for one in rounds), sum(len(one.work.typed) for one in rounds)
    yield at_least("rounds in which the server was killed", [len(rounds)], bar=ROUNDS, unit="")
    yield at_most(f"lost, of {marked} marks and {typed} words", [sum(len(one.lost) for one in rounds)], bar=0, unit="")
    yield at_most("stored twice", [sum(len(one.doubled) for one in rounds)], bar=0, unit="")
    yield at_most("left for a person to send", [sum(len(one.left) for one in rounds)], bar=0, unit="")
    times = [one.recovery for one in rounds]
    yield dataclasses.replace(
        at_most("longest until all was sent, after the server was back", times, bar=BAR, unit="s"), figure=max(times)
    )
