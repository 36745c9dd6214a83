"""A web of one page, for tests of what fetches it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from articles.actions import copying
from articles.intake.failures import FetchError
from articles.intake.reading import Received
from articles.views import adding, taking

if TYPE_CHECKING:
    from threading import Event

PAGE = "<html><head><title>Log</title></head><body><article><h1>Accident log</h1><p>{words}</p></article></body></html>"
WORDS = "Three injured persons were taken to the hospital of the county on Tuesday, the police said in its log."

Web = Callable[..., list[str]]


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    """Makes every page say these words, and returns the addresses that are asked for; without words none answers.

    With ``after`` a page answers only when that has happened.
    """
    asked: list[str] = []

    def publish(words: str, *, after: Event | None = None) -> list[str]:
        def fetch(address: str) -> Received:
            asked.append(address)
            assert after is None or after.wait(10)
            if not words:
                raise FetchError("police.example answered “404 Not Found”. It has no page there; check the address.")
            raw = PAGE.format(words=words).encode()
            return Received(raw=raw, media_type="text/html", charset="utf-8", address=f"{address}/today")

        for module in (copying, adding, taking):
            monkeypatch.setattr(module, "fetch", fetch)
        return asked

    return publish
