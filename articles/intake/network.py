"""The network as fetching sees it: public addresses only, dialled as they were checked, within one allowance.

What a name stands for is asked once. Whoever answers something else a moment later is not asked again, so no answer can
be checked and another one dialled.
"""

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from articles.intake.failures import (
    BUSY,
    LIMIT,
    PRIVATE,
    FetchError,
    no_such_site,
    too_large,
    too_many_headers,
    unanswered_name,
)
from articles.intake.public import IPAddress, is_public

LookUp = Callable[[str, float], Sequence[IPAddress]]
"""All addresses of a host, within so many seconds; in the order in which they are to be tried."""

MOST_LOOK_UPS = 8  # at a time in one process: one that hangs outlives the fetch that asked
MOST_DIALLED = 3  # addresses of one host that are tried
MOST_BEFORE_BODY = 256_000  # bytes of headers, with what is read together with them
FRAMING = 1_000_000  # bytes on the wire besides the page: the marks between its pieces

_look_ups = threading.BoundedSemaphore(MOST_LOOK_UPS)


class Allowance:
    """What one fetch may use in all, however many places it is led to: seconds, and bytes that come over the wire.

    An answer may use little until its headers are there: notices before them are quick to send and slow to read.
    """

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._octets = 0
        self._in_body = False

    def seconds(self) -> float:
        """What is left, always more than nothing. httpcore.TimeoutException: it is used up."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise httpcore.TimeoutException("The time for the whole is used up.")
        return left

    def begin_head(self) -> None:
        self._in_body, self._octets = False, MOST_BEFORE_BODY

    def begin_body(self) -> None:
        self._in_body, self._octets = True, LIMIT + FRAMING

    def take(self, octets: int) -> None:
        """FetchError: more came than a page may have."""
        self._octets -= octets
        if self._octets < 0:
            raise too_large() if self._in_body else too_many_headers()


def look_up(host: str, seconds: float) -> list[IPAddress]:
    """What the system's resolver says. It also reads 127.1, 0x7f000001 and other ways to write a number.

    It keeps no deadline, so it is asked in a thread that is left behind when it is too slow. FetchError: it knows none.
    """
    if not _look_ups.acquire(blocking=False):
        raise FetchError(BUSY)
    answers: queue.SimpleQueue[list[IPAddress] | OSError] = queue.SimpleQueue()
    threading.Thread(target=_ask, args=(host, answers), name=f"look up {host}", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise httpcore.ConnectTimeout(f"No name server told where {host} is.") from None
    if isinstance(answer, OSError):
        raise unanswered_name(host, answer) from answer
    return answer


def _ask(host: str, answers: "queue.SimpleQueue[list[IPAddress] | OSError]") -> None:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        answers.put([ipaddress.ip_address(place[0]) for *_, place in found])
    except OSError as error:
        answers.put(error)
    finally:
        _look_ups.release()


class PublicNetwork(httpcore.NetworkBackend):
    """Connects to hosts all of whose addresses are public. FetchError: one is not, or the allowance is used up."""

    def __init__(self, look_up: LookUp, dialler: httpcore.NetworkBackend, allowance: Allowance) -> None:
        self._look_up = look_up
        self._dialler = dialler
        self._allowance = allowance

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._addresses(host)[:MOST_DIALLED]
        failures: list[Exception] = []
        for tried, address in enumerate(addresses):
            # One that does not answer leaves time for the others.
            seconds = self._allowance.seconds() / (len(addresses) - tried)
            try:
                stream = self._dialler.connect_tcp(str(address), port, timeout=seconds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failures.append(error)
            else:
                self._allowance.begin_head()
                return MeteredStream(stream, self._allowance)
        raise failures[0]

    def _addresses(self, host: str) -> list[IPAddress]:
        addresses = list(self._look_up(host, self._allowance.seconds()))
        if not all(is_public(address) for address in addresses):
            raise FetchError(PRIVATE)
        if not addresses:
            raise no_such_site(host)
        return addresses


class MeteredStream(httpcore.NetworkStream):
    """A connection whose every step has what is left of the allowance, whatever time it is given by its user."""

    def __init__(self, stream: httpcore.NetworkStream, allowance: Allowance) -> None:
        self._stream = stream
        self._allowance = allowance

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        piece = self._stream.read(max_bytes, timeout=self._seconds())
        self._allowance.take(len(piece))
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=self._seconds())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        seconds = self._seconds()
        stream = self._stream.start_tls(ssl_context, server_hostname, timeout=seconds)
        return MeteredStream(stream, self._allowance)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _seconds(self) -> float:
        try:
            return self._allowance.seconds()
        except httpcore.TimeoutException:
            self.close()
            raise
