"""The picture in the README is what the workbench looks like.

``python3 manage.py test tests/browser/test_screenshot.py --keep-screenshots`` makes it anew.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Browser, expect

from articles.models import Claim, Status
from tests.browser.person import Person

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

WORKBENCH = Path(__file__).parent / "screenshots" / "workbench.png"
WIDTH, HEIGHT = 1440, 900


@pytest.fixture
def alice(browser: Browser, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setenv("FACTCHECK_SAMPLE_PASSWORD", "a password for the picture")
    call_command("sample_desk", verbosity=0)
    size = {"width": WIDTH, "height": HEIGHT}
    return Person(browser, live_server.url, "alice", password="a password for the picture", viewport=size)


@pytest.mark.browser
def test_workbench_of_the_readme(alice: Person, request: pytest.FixtureRequest) -> None:
    claim = Claim.objects.filter(status=Status.APPROVED).order_by("pk")[0]
    place = claim.highlights.order_by("pk")[0]
    alice.page.goto(f"/d/sample/articles/{place.version.article_id}/?claim={claim.pk}")
    expect(alice.page.locator("#claim-panel")).to_be_visible()

    picture = alice.page.screenshot()
    if request.config.getoption("--keep-screenshots"):
        WORKBENCH.parent.mkdir(exist_ok=True)
        WORKBENCH.write_bytes(picture)

    assert _size(WORKBENCH.read_bytes()) == _size(picture) == (WIDTH, HEIGHT)
    assert alice.complaints == []


def test_readme_shows_it() -> None:
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", (settings.BASE_DIR / "README.md").read_text(encoding="utf-8"))

    assert [settings.BASE_DIR / path for path in shown] == [WORKBENCH]


def _size(png: bytes) -> tuple[int, int]:
    """Width and height, from the header chunk that every PNG begins with."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
