"""What a site answered: its headers, and its body unpacked, neither ever longer than it may be."""

import re
import zlib
from collections.abc import Iterable, Iterator
from email.message import Message
from urllib.parse import unquote

import httpcore

from articles.intake.failures import LIMIT, WAY_ON, FetchError, damaged, too_large, too_many_headers

OFFERED = "gzip"  # what can be unpacked here piece by piece
MOST_PIECES = 50_000  # of one body; each takes its time to be read, however small it is
MOST_HEADERS = 100
LONGEST_HEADERS = 64_000  # bytes of all of them
LONGEST_NAME = 200  # characters of a file name

_GZIP = 16 + zlib.MAX_WBITS
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")
_UNFIT_FOR_NAMES = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


class Answer:
    """An answer whose headers have come. FetchError: they are too many."""

    def __init__(self, response: httpcore.Response, host: str) -> None:
        self.status = response.status
        self._response = response
        self._host = host
        self._headers = _headers(response.headers)

    @property
    def location(self) -> str:
        return self._headers["Location"] or ""

    @property
    def media_type(self) -> str:
        name = (self._headers["Content-Type"] or "").partition(";")[0].strip().lower()
        return name if _MEDIA_TYPE.fullmatch(name) else ""

    @property
    def charset(self) -> str:
        return self._headers.get_content_charset("")

    def filename(self, target: str) -> str:
        """As the site calls the file, else the last part of the path; empty when there is neither."""
        given = self._headers.get_filename() or unquote(target.partition("?")[0])
        # A name may come with folders of the other machine, whichever way it writes them.
        name = _UNFIT_FOR_NAMES.sub("", given).replace("\\", "/").rpartition("/")[2].strip(" .")
        return name[-LONGEST_NAME:]

    def body(self) -> bytes:
        """FetchError: too large before or after it was unpacked, or not to be unpacked at all."""
        declared = (self._headers["Content-Length"] or "").lstrip("0")
        # Python reads no number of thousands of digits; one of more digits than the limit has is larger.
        if declared.isdecimal() and (len(declared) > len(str(LIMIT)) or int(declared) > LIMIT):
            raise too_large()
        body = bytearray()
        for piece in self._unpacked():
            body += piece
            if len(body) > LIMIT:
                raise too_large()
        return bytes(body)

    def _unpacked(self) -> Iterator[bytes]:
        names = ",".join(self._headers.get_all("Content-Encoding", [])).lower().split(",")
        codings = [name.strip() for name in names if name.strip() not in {"", "identity"}]
        pieces = self._pieces()
        if not codings:
            yield from pieces
        elif codings in (["gzip"], ["x-gzip"]):
            yield from _unzipped(pieces, self._host)
        else:
            asked = f"{self._host} sent the page packed in a way that it was not asked for ({', '.join(codings)[:40]})."
            raise FetchError(f"{asked} {WAY_ON}")

    def _pieces(self) -> Iterator[bytes]:
        for number, piece in enumerate(self._response.iter_stream(), 1):
            if number > MOST_PIECES:
                raise FetchError(f"{self._host} sent the page in more than {MOST_PIECES:,} pieces. {WAY_ON}")
            yield piece


def _headers(received: list[tuple[bytes, bytes]]) -> Message:
    if len(received) > MOST_HEADERS or sum(len(name) + len(value) for name, value in received) > LONGEST_HEADERS:
        raise too_many_headers()
    headers = Message()
    for name, value in received:
        headers[name.decode("ascii")] = _decoded(value)
    return headers


def _decoded(value: bytes) -> str:
    """Sites write UTF-8 into headers, against the rule that says Latin-1."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _unzipped(pieces: Iterable[bytes], host: str) -> Iterator[bytes]:
    """Never much more than a page may have, whatever it unpacks to: the reader stops at that."""
    packed = zlib.decompressobj(_GZIP)
    room = LIMIT + 1
    begun = False
    for piece in pieces:
        rest = piece
        while rest:
            if packed.eof:  # another member follows; together they are one file
                packed = zlib.decompressobj(_GZIP)
            begun = True
            try:
                unpacked = packed.decompress(rest, room)
            except zlib.error as error:
                raise damaged(host) from error
            room -= len(unpacked)
            yield unpacked
            rest = packed.unused_data
    if begun and not packed.eof:
        raise damaged(host)
