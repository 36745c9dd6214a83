"""Texts on their way in, and the forms of the pages they pass."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

if TYPE_CHECKING:
    from articles.models import Desk, DeskRow

HTMX = {"HX-Request": "true"}
STORM = (
    "Skip to main content\n\n"
    "Storm closes the harbour of Orm\n\n"
    "By Ida Falk\n\n"
    "June 5, 2013\n\n"
    "The harbour was closed on Wednesday after a storm had torn three boats from their moorings, the mayor said.\n\n"
    "At least 1,200 people were without power in the lower town until Thursday morning.\n\n"
    "Copyright © 2013 Orm Valley Courier. All rights reserved."
)


def page_of_desk(name: str, desk: Desk) -> str:
    return reverse(f"articles:{name}", args=[desk.slug])


def page_of(name: str, row: DeskRow) -> str:
    return reverse(f"articles:{name}", args=[row.desk.slug, row.pk])


def file(text: str | bytes, name: str = "storm.txt") -> SimpleUploadedFile:
    raw = text.encode() if isinstance(text, str) else text
    return SimpleUploadedFile(name, raw, content_type="text/plain")


def sent(page: str, **typed: Any) -> dict[str, Any]:
    """What the main form of a page would send, with what is typed into it; ``0_headline`` stands for ``0-headline``."""
    reader = _Form()
    reader.feed(page)
    return reader.sent | {name.removeprefix("n").replace("_", "-", 1): value for name, value in typed.items()}


class _Form(HTMLParser):
    """The fields of the forms in the page's main part, as a browser sends them when no button is named."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._is_main = False
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id") == "main":
            self._is_main = True
        if not self._is_main:
            return
        if tag == "input" and given.get("name") and given.get("type") != "file":
            self._add(given["name"], given.get("value"))
        elif tag == "select":
            self._select = given.get("name") or ""
            self._add(self._select, "")
        elif tag == "option" and "selected" in given and self._select:
            self.sent[self._select][-1] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._is_main = False

    def _add(self, name: str | None, value: str | None) -> None:
        self.sent.setdefault(name or "", []).append(value or "")
