"""Open the workbench for the first time, with nothing kept: what comes over the wire, without the article.

The site is the one that people start: static files joined, shortened and compressed when they are collected. All
requests from the navigation until the page has been quiet for a while count, also those that scripts make: the bytes of
each answer's head and body as Chromium received them. The page itself is sent plain by the web process and packed by
the proxy in front of it: its body counts as gzip of level 6, as docker-compose.yml has it. It is that of an article of
one short line, so that the article's own share is next to nothing.
"""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests.browser.person import Person
from tests.browsing import CHROMIUM_FLAGS, chromium_path
from tests.faults.site import PASSWORD, Site
from tests.performance.harness import at_most

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.performance.harness import Bench, Figure

VISITS = 3
KILOBYTES = 60
REQUESTS = 12
QUIET = 2_000  # milliseconds
GZIP_OF_NGINX = 6
ARTICLE = "The bridge\n\nIt was closed.\n"


def run(bench: Bench) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="factcheck-", ignore_cleanup_errors=True) as name:
        directory = Path(name)
        # Other accounts may enter it: root runs PostgreSQL as one of them.
        directory.chmod(0o755)
        file = directory / "bridge.txt"
        file.write_text(ARTICLE)
        site = Site(directory / "data")
        site.start()
        try:
            site.manage("import_articles", str(file), "--outlet", "Orm Valley Courier").check_returncode()
            visits = _visits(site)
        finally:
            site.stop()
    yield at_most(
        "first visit of the workbench, compressed", [_weight(one) for one in visits], bar=KILOBYTES, unit="kB"
    )
    yield at_most("requests of it", [len(one) for one in visits], bar=REQUESTS, unit="requests")
    yield at_most("of them to third parties", [_elsewhere(one, site) for one in visits], bar=0, unit="requests")


def _visits(site: Site) -> list[list[dict[str, Any]]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        alice = Person(browser, site.url, "alice", password=PASSWORD)
        alice.open_article("sample", "Orm Valley Courier")
        state, page = alice.context.storage_state(), alice.page.url
        visits = [_visit(browser, page, state) for _ in range(VISITS)]
        browser.close()
    return visits


def _visit(browser: Browser, url: str, state: Any) -> list[dict[str, Any]]:
    """What Chromium tells of each request: its address, and the bytes that came."""
    context = browser.new_context(storage_state=state)
    page = context.new_page()
    told: dict[str, dict[str, Any]] = {}
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on(
        "Network.requestWillBeSent", lambda event: told.update({event["requestId"]: {"url": event["request"]["url"]}})
    )
    devtools.on(
        "Network.loadingFinished", lambda event: told[event["requestId"]].update(bytes=event["encodedDataLength"])
    )
    answer = page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(QUIET)
    assert answer is not None
    body = answer.body()
    for one in told.values():
        if one["url"] == url and not answer.headers.get("content-encoding"):
            one["bytes"] += len(gzip.compress(body, GZIP_OF_NGINX)) - len(body)
    context.close()
    return list(told.values())


def _weight(visit: list[dict[str, Any]]) -> float:
    return float(sum(one.get("bytes", 0) for one in visit)) / 1000


def _elsewhere(visit: list[dict[str, Any]], site: Site) -> int:
    return sum(urlsplit(one["url"]).netloc != urlsplit(site.url).netloc for one in visit)
