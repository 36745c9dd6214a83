"""Addresses of pages on the web, read strictly: what is dialled is what was read, and nothing else is in them."""

import ipaddress
import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import httpcore
import idna

from articles.intake.failures import FetchError

LONGEST = 4_000  # characters
PORTS = {"http": 80, "https": 443}

_NOT_AN_ADDRESS = "This is not the address of a web page. Copy it from the browser, beginning with https://."
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
# What a target may hold as it is. A percent sign stays: what is escaped already must not be escaped again.
_PATH = "/%:@!$&'()*+,;=~"
_QUERY = _PATH + "?"


@dataclass(frozen=True, slots=True)
class WebAddress:
    """One page: no name, no password, no fragment. `host` is a name in ASCII or a number, IPv6 without brackets."""

    scheme: str
    host: str
    port: int
    target: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """FetchError: not an address on the web, or one that is never fetched."""
        text = text.strip()
        if len(text) > LONGEST:
            raise FetchError(f"This address has {len(text):,} characters; at most {LONGEST:,} are read.")
        try:
            return cls._of(_split(text))
        except ValueError as error:
            raise error if isinstance(error, FetchError) else FetchError(_NOT_AN_ADDRESS) from error

    @classmethod
    def _of(cls, parts: SplitResult) -> Self:
        if "@" in parts.netloc:
            raise FetchError("This address holds a name or a password before the @. Take them out.")
        port = PORTS[parts.scheme] if parts.port is None else parts.port
        if port not in PORTS.values():
            raise FetchError(f"Pages are fetched from the ports 80 and 443 only, not from {port}.")
        target = quote(parts.path, safe=_PATH) or "/"
        query = f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
        return cls(parts.scheme, _host(parts), port, target + query)

    def onward(self, location: str) -> Self:
        """Where the page leads when it answers with this location, which may be relative."""
        try:
            return self.parse(urljoin(str(self), location))
        except ValueError as error:
            raise error if isinstance(error, FetchError) else FetchError(_NOT_AN_ADDRESS) from error

    @property
    def authority(self) -> str:
        """The host as it is written in an address and in the Host header, with the port where it is not the usual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> httpcore.URL:
        """In pieces, so that nobody reads the address a second time and otherwise."""
        return httpcore.URL(scheme=self.scheme, host=self.host, port=self.port, target=self.target)

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def _split(text: str) -> SplitResult:
    if _CONTROLS.search(text):
        raise FetchError(_NOT_AN_ADDRESS)
    parts = urlsplit(text)
    if parts.scheme not in PORTS:
        raise FetchError("Only pages on the web are fetched: write the whole address, beginning with https://.")
    return parts


def _host(parts: SplitResult) -> str:
    """ValueError: no host, or no possible one."""
    host = (parts.hostname or "").removesuffix(".")
    if "[" in parts.netloc:
        return ipaddress.IPv6Address(host if "%" not in host else "").compressed
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode().removesuffix(".")
    if not _HOST.fullmatch(host):
        raise FetchError(_NOT_AN_ADDRESS)
    return host
