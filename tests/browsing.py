"""The browser of the browser tests: Debian's Chromium, the same everywhere, and silent on the network.

Where it is there, its headless shell: the same engine without the windows that nobody sees, at less than half the work.
What is measured is measured in the whole browser.
"""

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from factcheck.progress import say
from tests.joined import join_static_files

SHELL = "chromium-headless-shell"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", SHELL)
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000
"""Milliseconds after which a page that does not show what is expected is wrong, and not only on a busy machine."""
HOW_TO_INSTALL = f"Chromium is missing. On Debian: apt-get install {SHELL}"


expect.set_options(timeout=PATIENCE)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--keep-screenshots", action="store_true", help="write the pictures of the README anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def pytest_collection_finish(session: pytest.Session) -> None:
    """`manage.py test` installs the browser, once it is known that a test uses it."""
    needed = any(item.get_closest_marker("browser") for item in session.items) and not session.config.option.collectonly
    if needed and not shutil.which(SHELL) and _may_install():
        _install()


def _install() -> None:
    """One process installs; the others that run tests beside it wait until it has.

    Beside a Chromium comes the shell of the same version, and nothing else changes. Where that is not to be had,
    the tests do with what there is.
    """
    with (Path(tempfile.gettempdir()) / "factcheck-chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if shutil.which(SHELL):
            return
        say("Installing Chromium …")
        if chromium_path():
            _apt("install", "-y", f"{SHELL}={_version()}")
            return
        _apt("update")
        if not _apt("install", "-y", SHELL):
            _apt("install", "-y", "chromium")


def _apt(*arguments: str) -> bool:
    """Whether it worked. Without a network it says so soon."""
    command = ["apt-get", "-qq", "-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=20", *arguments]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def _version() -> str:
    """Of the package that is installed."""
    asked = ["dpkg-query", "--show", "--showformat=${Version}", "chromium"]
    return subprocess.run(asked, check=False, capture_output=True, text=True).stdout


def chromium_path() -> str | None:
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    path = _chromium_or_leave()
    join_static_files(Path(settings.STATICFILES_DIRS[0]))
    return {"executable_path": path, "args": CHROMIUM_FLAGS}


def _may_install() -> bool:
    wanted = os.environ.get("FACTCHECK_INSTALL_BROWSER") == "1"
    return wanted and os.geteuid() == 0 and Path("/etc/debian_version").exists()


def _chromium_or_leave() -> str:
    if path := shutil.which(SHELL) or chromium_path():
        return path
    if os.environ.get("FACTCHECK_REQUIRE_BROWSER") == "1":
        pytest.fail(HOW_TO_INSTALL)
    pytest.skip(HOW_TO_INSTALL)


PROBED = "**/icons/*"
PROBE = "fetch(document.querySelector('link[rel=icon]').href, { cache: 'no-store' }).then(({ status }) => status)"


def intercept(page: Page, address: str | re.Pattern[str], handler: Callable[[Route], object]) -> None:
    """Route the requests to an address, from now on without exception.

    The browser tells a page to ask before it sends by another way than it brings it keys and clicks. Once in some
    thousand times a key that follows is quicker, and its request goes to the server as if nothing had been said of it.
    """
    page.route(PROBED, lambda route: route.fulfill(status=204))
    page.route(address, handler)
    deadline = time.monotonic() + PATIENCE / 1000
    while page.url.startswith("http") and page.evaluate(PROBE) != 204:
        assert time.monotonic() < deadline, "the browser does not ask before it sends"
    page.unroute(PROBED)


class HeldRequest:
    """The next request to an address, which gets no answer until ``route`` is continued, fulfilled or aborted.

    Without `times=1`: a route that expires ends the interception of the page while its request may still be under way,
    which then, once in some hundred times, goes to the server as if nothing had been said of it.
    """

    def __init__(self, page: Page, address: str | re.Pattern[str]) -> None:
        self._page = page
        self._held: list[Route] = []
        intercept(page, address, self._hold)

    def _hold(self, route: Route) -> None:
        if self._held:
            route.fallback()
        else:
            self._held.append(route)

    @property
    def route(self) -> Route:
        """The request, waited for: the browser tells of one before it can be taken hold of."""
        deadline = time.monotonic() + PATIENCE / 1000
        while not self._held:
            assert time.monotonic() < deadline, "the request was not made"
            self._page.wait_for_timeout(20)
        return self._held[0]
