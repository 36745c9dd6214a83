"""Whatever comes in: which format it is, and the draft it becomes."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module

from articles.intake.draft import Draft
from articles.intake.plain import read_plain
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


Reader = Callable[[Received], Draft]

_OFFICE = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"{\\rtf")  # ZIP, an empty ZIP, OLE, RTF
# Readers of PDF have always allowed something before its first line.
_PDF = re.compile(rb"(?:\A\s*|[^<]{0,1000}[\r\n])%PDF-\d")


def read(received: Received) -> Draft:
    """A draft of what was received, by the reader of its format. IntakeError: it cannot become an article."""
    draft = reader(received)(received)
    return replace(draft, report=received.report + draft.report)


def reader(received: Received) -> Reader:
    """The reader of the format. It is told by the first bytes, and imported only when it is needed."""
    for recognises, module, function in _FORMATS:
        if recognises(received):
            read_format = getattr(import_module(module), function)
            return lambda received: read_format(received.raw, filename=received.filename)
    return lambda received: read_plain(received.raw, filename=received.filename)


def _is_office(received: Received) -> bool:
    return received.raw.startswith(_OFFICE)


def _is_pdf(received: Received) -> bool:
    return _PDF.match(received.raw) is not None


_FORMATS: tuple[tuple[Callable[[Received], bool], str, str], ...] = (
    (_is_office, "articles.intake.docx", "read_docx"),
    (_is_pdf, "articles.intake.pdf", "read_pdf"),
)
