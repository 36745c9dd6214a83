"""A web on loopback: sites with names and public addresses, which answer well or badly, over HTTP and HTTPS."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Self

import httpcore

from articles.intake.public import IPAddress
from articles.intake.url import Fetcher

CERTIFICATES = Path(__file__).parent / "certificates"
"""An authority, and two certificates of it for news.example: one valid until 2125, one that expired in 2020."""

NEWS = "93.184.215.14"
OTHER = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"
SECONDS_TO_END = 10

Answer = Callable[[socket.socket, threading.Event], None]
"""Sends whatever it likes to the client, until it is done or the event is set."""


class Web(httpcore.NetworkBackend):
    """`names` holds what a host is looked up as, one list a time, the last for ever; `pages` what an address answers.

    It is the dialler, too: every address leads to loopback, and `dialled` tells which ones were tried.
    """

    def __init__(self, certificate: str = "valid") -> None:
        self.names: dict[str, list[list[str]]] = {"news.example": [[NEWS]], "other.example": [[OTHER]]}
        self.pages: dict[str, Answer] = {}
        self.looked_up: list[str] = []
        self.dialled: list[tuple[str, int]] = []
        self.asked: list[bytes] = []
        self.server_names: list[str | None] = []
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._tls.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
        self._tls.sni_callback = lambda _, name, __: self.server_names.append(name)
        self.listeners = {80: socket.create_server(("127.0.0.1", 0)), 443: socket.create_server(("127.0.0.1", 0))}

    def __enter__(self) -> Self:
        for port in self.listeners:
            self._start(self._accept, port)
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for listener in self.listeners.values():
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(SECONDS_TO_END)
        for listener in self.listeners.values():
            listener.close()

    def fetcher(self, *, seconds: float = 20, agent: str = "") -> Fetcher:
        trust = ssl.create_default_context(cafile=CERTIFICATES / "authority.pem")
        return Fetcher(look_up=self.look_up, dialler=self, trust=trust, seconds=seconds, agent=agent)

    def look_up(self, host: str, seconds: float) -> list[IPAddress]:
        self.looked_up.append(host)
        answers = self.names.get(host, [[host]])
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [ipaddress.ip_address(address) for address in found]

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self.dialled.append((host, port))
        place = self.listeners[port].getsockname()
        return httpcore.SyncBackend().connect_tcp(place[0], place[1], timeout=timeout)

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self, port: int) -> None:
        while not self._over.is_set():
            try:
                client, _ = self.listeners[port].accept()
            except OSError:
                return
            self._start(self._serve, client, port)

    def _serve(self, client: socket.socket, port: int) -> None:
        with client, contextlib.suppress(OSError):
            client.settimeout(SECONDS_TO_END)
            if port == 443:
                with self._tls.wrap_socket(client, server_side=True) as safe:
                    self._answer(safe, "https")
            else:
                self._answer(client, "http")

    def _answer(self, client: socket.socket, scheme: str) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = client.recv(65_536)
            head += piece
            if not piece or not head.startswith(b"GET"[: len(head)]):
                return
        self.asked.append(head)
        lines = head.decode("ascii").split("\r\n")
        host = next(line[6:] for line in lines if line.lower().startswith("host: "))
        answer = self.pages.get(f"{scheme}://{host}{lines[0].split()[1]}", page(b"", status="404 Not Found"))
        answer(client, self._over)


def page(body: bytes, *headers: str, status: str = "200 OK") -> Answer:
    return raw(
        "\r\n".join([f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}"]).encode() + b"\r\n\r\n" + body
    )


def raw(answer: bytes) -> Answer:
    return lambda client, over: client.sendall(answer)


def leading_to(address: str, status: str = "302 Found") -> Answer:
    return page(b"", f"Location: {address}", status=status)


def bomb(megabytes: int) -> Answer:
    """A page of zeros that comes packed to a thousandth."""

    def explode(client: socket.socket, over: threading.Event) -> None:
        packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
        for _ in range(megabytes):
            client.sendall(packer.compress(bytes(1_000_000)))
        client.sendall(packer.flush())

    return explode


def repeating(piece: bytes, head: bytes = b"HTTP/1.1 200 OK\r\n\r\n", *, pause: float = 0) -> Answer:
    """The head, then the piece over and over."""

    def repeat(client: socket.socket, over: threading.Event) -> None:
        client.sendall(head)
        while not over.wait(pause) if pause else not over.is_set():
            client.sendall(piece)

    return repeat


def silent(client: socket.socket, over: threading.Event) -> None:
    over.wait(SECONDS_TO_END * 6)
