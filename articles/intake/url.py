"""A page from the web: one request a person asked for, to a public address, within limits of time and size.

No cookies, no proxies from the environment, no second attempts. What came is handed on; it is not read here.
"""

import contextlib
import functools
import itertools
import ssl
import threading
from collections.abc import Iterator

import certifi
import httpcore
from django.conf import settings

from articles.intake.addresses import WebAddress
from articles.intake.answers import OFFERED, Answer
from articles.intake.failures import BUSY, SECONDS, SWITCHED_OFF, WAY_ON, FetchError, answered, in_words
from articles.intake.network import Allowance, LookUp, PublicNetwork, look_up
from articles.intake.reading import Received
from articles.text.notes import Note, NoteKind
from factcheck import __version__

MOST_AT_A_TIME = 2  # in one process; fewer than it has threads, so that others are answered meanwhile
MOST_REDIRECTS = 5

_REDIRECTS = {301, 302, 303, 307, 308}
_PAGES = {200, 203}
_fetches = threading.BoundedSemaphore(MOST_AT_A_TIME)


def fetch(address: str) -> Received:
    """The page at an address. FetchError: it cannot be fetched, in a sentence for a person.

    It may take SECONDS, so call it outside any transaction, with no lock held.
    """
    if not settings.FETCH_PAGES:
        raise FetchError(SWITCHED_OFF)
    return Fetcher(agent=user_agent(settings.FETCH_CONTACT)).fetch(address)


def user_agent(contact: str = "") -> str:
    about = "a desk of fact-checkers; reads one page when a person asks for it"
    return f"Factcheck/{__version__} ({about}{f'; {contact}' if contact else ''})"


class Fetcher:
    """Fetches pages, several at a time from several threads.

    How names are looked up, what dials and whom to trust can be replaced, so that a test can lead to a server of its
    own. That only public addresses are dialled cannot.
    """

    def __init__(
        self,
        *,
        look_up: LookUp = look_up,
        dialler: httpcore.NetworkBackend | None = None,
        trust: ssl.SSLContext | None = None,
        agent: str = "",
        seconds: float = SECONDS,
    ) -> None:
        self._look_up = look_up
        self._dialler = dialler or httpcore.SyncBackend()
        self._trust = trust
        self._agent = agent or user_agent()
        self._seconds = seconds

    def fetch(self, address: str) -> Received:
        page = WebAddress.parse(address)
        if not _fetches.acquire(blocking=False):
            raise FetchError(BUSY)
        try:
            return self._followed(page)
        finally:
            _fetches.release()

    def _followed(self, page: WebAddress) -> Received:
        allowance = Allowance(self._seconds)
        path = [page]
        while True:
            with _naming(path), self._answer(path[-1], allowance) as answer:
                if answer.status not in _REDIRECTS:
                    return _received(answer, path)
                onward = _onward(answer, path)
            path.append(onward)

    @contextlib.contextmanager
    def _answer(self, page: WebAddress, allowance: Allowance) -> Iterator[Answer]:
        headers = [
            ("Host", page.authority),
            ("User-Agent", self._agent),
            ("Accept", "text/html, application/xhtml+xml, */*;q=0.5"),
            ("Accept-Encoding", OFFERED),
            ("Connection", "close"),
        ]
        network = PublicNetwork(self._look_up, self._dialler, allowance)
        trust = self._trust or _trust()
        with (
            in_words(page.host, self._seconds),
            httpcore.HTTPConnection(page.url.origin, ssl_context=trust, network_backend=network) as connection,
            connection.stream("GET", page.url, headers=headers) as response,
        ):
            allowance.begin_body()
            yield Answer(response, page.host)


@functools.cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certifi.where())


@contextlib.contextmanager
def _naming(path: list[WebAddress]) -> Iterator[None]:
    """Says to whom a refusal belongs that is not the address that was typed."""
    try:
        yield
    except FetchError as error:
        if len(path) == 1:
            raise
        raise FetchError(f"This address leads on to {path[-1].authority}. {error}") from error


def _onward(answer: Answer, path: list[WebAddress]) -> WebAddress:
    if not answer.location:
        raise answered(path[-1].host, answer.status)
    try:
        onward = path[-1].onward(answer.location)
    except FetchError as error:
        raise FetchError(f"{path[-1].host} leads on to an address that is not fetched. {error}") from error
    if onward in path:
        raise FetchError(f"This address leads round in a circle. {WAY_ON}")
    if len(path) > MOST_REDIRECTS:
        raise FetchError(f"This address leads on more than {MOST_REDIRECTS} times. {WAY_ON}")
    return onward


def _received(answer: Answer, path: list[WebAddress]) -> Received:
    page = path[-1]
    if answer.status not in _PAGES:
        raise answered(page.host, answer.status)
    return Received(
        raw=answer.body(),
        filename=answer.filename(page.target),
        media_type=answer.media_type,
        charset=answer.charset,
        address=str(page),
        report=_report(path),
    )


def _report(path: list[WebAddress]) -> tuple[Note, ...]:
    steps = itertools.pairwise(path)
    opened = [str(after) for before, after in steps if (before.scheme, after.scheme) == ("https", "http")]
    return (Note(NoteKind.ENCRYPTION_LOST, len(opened), opened[-1]),) if opened else ()
