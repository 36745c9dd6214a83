from collections.abc import Callable

import pytest
from django.test import Client

from articles.actions import copying
from articles.intake.failures import FetchError
from articles.intake.reading import Received
from articles.models import Claim, Membership, Source
from tests.factories import make_claim, make_source

PAGE = "<html><head><title>Log</title></head><body><article><h1>Accident log</h1><p>{words}</p></article></body></html>"
WORDS = "Three injured persons were taken to the hospital of the county on Tuesday, the police said in its log."

Web = Callable[[str], list[str]]


@pytest.fixture
def source(alice: Membership) -> Source:
    return make_source(by=alice, url="https://police.example/log")


@pytest.fixture
def claim(alice: Membership) -> Claim:
    return make_claim(by=alice)


@pytest.fixture
def browser_of_alice(client: Client, alice: Membership) -> Client:
    client.force_login(alice.person)
    return client


@pytest.fixture
def browser_of_rita(rita: Membership) -> Client:
    client = Client()
    client.force_login(rita.person)
    return client


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    """Makes every page say these words, and returns the addresses that are asked for; without words none answers."""
    asked: list[str] = []

    def publish(words: str) -> list[str]:
        def fetch(address: str) -> Received:
            asked.append(address)
            if not words:
                raise FetchError("police.example answered “404 Not Found”. It has no page there; check the address.")
            raw = PAGE.format(words=words).encode()
            return Received(raw=raw, media_type="text/html", charset="utf-8", address=f"{address}/today")

        monkeypatch.setattr(copying, "fetch", fetch)
        return asked

    return publish
