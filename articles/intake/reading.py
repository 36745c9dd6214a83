"""Whatever comes in: which format it is, and the draft it becomes."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module

from articles.intake.draft import Draft
from articles.intake.front_matter import is_markdown
from articles.intake.page.recognise import is_page
from articles.text.notes import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Bytes as they arrived, and what was said about them on the way: all but the bytes may be empty or wrong.

    `media_type` is lower case and without parameters; `charset` is the one declared beside it; `address` is where the
    bytes were fetched from, after redirects; `report` names what is to be known of the way they came.
    """

    raw: bytes
    filename: str = ""
    media_type: str = ""
    charset: str = ""
    address: str = ""
    report: tuple[Note, ...] = ()


_OFFICE = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"{\\rtf")  # ZIP, an empty ZIP, OLE, RTF
# Readers of PDF have always allowed something before its first line.
_PDF = re.compile(rb"(?:\A\s*|[^<]{0,1000}[\r\n])%PDF-\d")


def read(received: Received) -> Draft:
    """A draft of what was received, by the reader of its format. IntakeError: it cannot become an article."""
    draft = reader(received)(received)
    return replace(draft, report=received.report + draft.report)


def reader(received: Received) -> Callable[[Received], Draft]:
    """The reader of the format. It is told by the bytes first, and imported only when it is needed."""
    name = next((name for recognises, name in _FORMATS if recognises(received)), "plain")
    read_format = getattr(import_module(f"articles.intake.{name}"), f"read_{name}")
    return lambda received: read_format(received.raw, **_told(name, received))


def _told(name: str, received: Received) -> dict[str, str]:
    """What a reader is told beside the bytes: a page may have come with a charset and from an address."""
    page = {"charset": received.charset, "address": received.address} if name == "html" else {}
    return {"filename": received.filename} | page


def _is_office(received: Received) -> bool:
    return received.raw.startswith(_OFFICE)


def _is_pdf(received: Received) -> bool:
    return _PDF.match(received.raw) is not None


def _is_page(received: Received) -> bool:
    return is_page(received.raw, received.filename, received.media_type)


def _is_markdown(received: Received) -> bool:
    return is_markdown(received.raw, received.filename, received.media_type)


# The first that recognises what came names the module that reads it; what none recognises is plain text.
_FORMATS: tuple[tuple[Callable[[Received], bool], str], ...] = (
    (_is_office, "docx"),
    (_is_pdf, "pdf"),
    (_is_page, "html"),
    (_is_markdown, "markdown"),
)
