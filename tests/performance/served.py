"""The site as it is served, and Debian's Chromium in front of it, for what is measured in a browser."""

from __future__ import annotations

import contextlib
import os
import socket
from typing import TYPE_CHECKING, Any

from django.conf import settings
from playwright.sync_api import sync_playwright

from factcheck import web
from tests.browsing import CHROMIUM_FLAGS, HOW_TO_INSTALL, chromium_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext

    from articles.models import Person
    from tests.performance.harness import Bench

WORKERS = 1


@contextlib.contextmanager
def site() -> Iterator[str]:
    """The address, without a slash at its end, of a web process on the database that is measured."""
    address = web.Address("127.0.0.1", free_port())
    with web.serving(address, WORKERS):
        yield address.url.rstrip("/")


@contextlib.contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    path = chromium_path()
    assert path, HOW_TO_INSTALL
    # Playwright runs an event loop in this thread, which Django would take for a mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*CHROMIUM_FLAGS, *flags])
        yield browser
        browser.close()


def signed_in(bench: Bench, browser: Browser, url: str, person: Person, **options: Any) -> BrowserContext:
    context = browser.new_context(base_url=url, **options)
    session = bench.client(person).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
    return context


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
