"""Whether what came in is a web page, by what it is made of, then by its name and what was said about it."""

import re
from pathlib import PurePath

from articles.intake.page.saved import is_packed

SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml", ".mhtml", ".mht"})
MEDIA_TYPES = frozenset({"text/html", "application/xhtml+xml", "multipart/related", "application/x-mimearchive"})

_LOOKED_THROUGH = 4096  # bytes
_SAMPLE = 100_000  # bytes in which the tags of a fragment are counted
_COMMENTS = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:(?:<\?xml[^>]*>|<!--.*?-->)\s*)*", re.DOTALL)
_DOCUMENT = re.compile(rb"<!doctype\s+html|<(?:html|head|body|meta|title)[\s>]", re.IGNORECASE)
# Elements that a page is made of. A text about HTML may name one; it does not begin with one and close many.
_STRUCTURE = rb"(?:p|div|article|section|main|header|h[1-6]|ul|ol|li|table|tr|td|figure|blockquote|span|a|br|em|strong)"
_BEGINS = re.compile(rb"<" + _STRUCTURE + rb"(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CLOSES = re.compile(
    rb"</(?:p|div|article|section|main|header|h[1-6]|ul|ol|table|figure|blockquote)\s*>", re.IGNORECASE
)
_LEAST_CLOSED = 2
_ANY_TAG = re.compile(rb"<[a-z!/][^<>]*>", re.IGNORECASE)


def is_page(raw: bytes, filename: str = "", media_type: str = "") -> bool:
    if is_packed(raw):
        return True
    text = raw[:_SAMPLE].replace(b"\0", b"")  # UTF-16 without its zeros
    start = _COMMENTS.match(text)
    place = start.end() if start else 0
    if _DOCUMENT.match(text, place) or _is_fragment(text, place):
        return True
    named = PurePath(filename).suffix.lower() in SUFFIXES or media_type in MEDIA_TYPES
    return named and bool(_ANY_TAG.search(text))


def _is_fragment(text: bytes, place: int) -> bool:
    """A piece of the source of a page: it begins with an element and closes at least two blocks."""
    if not _BEGINS.match(text, place):
        return False
    return sum(1 for _ in _CLOSES.finditer(text)) >= _LEAST_CLOSED
