"""What a PDF says about itself: title, author, dates and language, as far as a person seems to have written them."""

import re

import pypdfium2
import pypdfium2.raw as pdfium

from articles.text.guess import Guess, Metadata

_ORIGIN = "file properties"
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")


def stated(document: pypdfium2.PdfDocument) -> Metadata:
    values = document.get_metadata_dict()
    created, changed = (_date(values.get(key, "")) for key in ("CreationDate", "ModDate"))
    return Metadata(
        headline=_guess(_title(values.get("Title", ""))),
        byline=_guess(values.get("Author", "").strip()),
        published=_guess(created),
        updated=_guess(changed if changed > created else ""),
        language=_guess(_language(document)),
    )


def _title(value: str) -> str:
    """A title that somebody wrote, and not the name of the file it was printed from."""
    words = " ".join(value.removeprefix("Microsoft Word - ").split())
    return "" if re.fullmatch(r"(?:untitled|unbenannt|(?i:.*\.\w{2,5}))\d*", words, re.I) else words


def _date(value: str) -> str:
    found = _DATE.match(value)
    return "-".join(part for part in found.groups() if part) if found else ""


def _language(document: pypdfium2.PdfDocument) -> str:
    length = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    buffer = (pdfium.FPDF_WCHAR * max(1, length // 2))()
    pdfium.FPDFCatalog_GetLanguage(document, buffer, length)
    name = bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
    return name if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", name) else ""


def _guess(value: str) -> Guess:
    return Guess(value, _ORIGIN) if value else Guess()
