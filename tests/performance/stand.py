"""The site and a browser for measurements: both in this run, Debian's Chromium, and a person who is signed in."""

from __future__ import annotations

import os
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import sync_playwright

from tests.browser.person import Person
from tests.browsing import CHROMIUM_FLAGS, HOW_TO_INSTALL, chromium_path

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as the base class names it
        """What is measured is printed, and nothing else."""


@contextmanager
def served() -> Iterator[str]:
    """The address of the site, which answers from this process as long as the block runs."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.daemon_threads = True
    server.set_app(WSGIHandler())
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def person_at_a_browser(username: str, **context: Any) -> Iterator[Person]:
    """A person who has signed in, in a browser of their own."""
    path = chromium_path()
    assert path, HOW_TO_INSTALL
    # Playwright waits in an event loop of its own, and Django would take that for an asynchronous program.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield Person(browser, site, username, **context)
        browser.close()
