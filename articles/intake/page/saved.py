"""What a browser adds to a page when it saves it: the address it came from, or the page packed into one mail."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from articles.intake.draft import IntakeError

# Chrome, Firefox and Internet Explorer write the length of the address before it.
_SAVED_FROM = re.compile(r"<!--\s*saved from url=(?:\(\d+\))?\s*(?P<address>\S+?)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(?P<address>\S+)", re.IGNORECASE)
_HEADER = re.compile(
    rb"\s{0,8}(?:From|MIME-Version|Snapshot-Content-Location|Content-Type|Subject|Date):", re.IGNORECASE
)
_RELATED = re.compile(rb"^Content-Type:\s*multipart/(?:related|alternative)", re.IGNORECASE | re.MULTILINE)
_LOOKED_THROUGH = 8192  # bytes of headers


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The page itself; `others` counts the files that were packed with it."""

    raw: bytes
    charset: str
    address: str
    others: int


def is_packed(raw: bytes) -> bool:
    """A page and its pictures in one file (MHTML)."""
    return bool(_HEADER.match(raw)) and bool(_RELATED.search(raw[:_LOOKED_THROUGH]))


def unpack(raw: bytes) -> Unpacked:
    """IntakeError: no page is in the file."""
    message = message_from_bytes(raw, policy=policy.default)
    address = str(message.get("Snapshot-Content-Location") or "").strip()
    parts = [part for part in message.walk() if not part.is_multipart()]
    pages = [part for part in parts if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
    if not pages:
        raise IntakeError("There is no page in this web archive.")
    page = next((part for part in pages if _location(part) == address), pages[0])
    content = page.get_payload(decode=True)
    if not isinstance(content, bytes):
        raise IntakeError("The page in this web archive cannot be read.")
    return Unpacked(content, page.get_content_charset() or "", address or _location(page), len(parts) - 1)


def saved_from(source: str) -> str:
    """The address in the comment that a browser put at the beginning; empty when there is none."""
    found = _SAVED_FROM.search(source[:_LOOKED_THROUGH]) or _SINGLE_FILE.search(source[:_LOOKED_THROUGH])
    return found["address"] if found else ""


def _location(part: EmailMessage) -> str:
    return str(part.get("Content-Location") or "").strip()
