"""A browser that opens an article gets the head of the page while the server still writes the rest."""

from __future__ import annotations

import logging
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from articles.queries import workbench as queries
from articles.views import early
from tests.factories import make_claim
from tests.workbench.conftest import BOATS, HTMX

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from articles.models import ArticleVersion, Membership

OPENED = {"Sec-Fetch-Mode": "navigate"}
BY_CHANCE = re.compile(r'(?:"x-csrftoken": |name="(?:csrfmiddlewaretoken|request_id)" value=|nonce=)"[\w-]+"')


def opened(client: Client, url: str, **query: Any) -> Any:
    """The answer, of which nothing is written yet but its headers."""
    answer = client.get(url, query, headers=OPENED)
    assert answer.streaming
    return answer


def parts(client: Client, url: str, **query: Any) -> list[str]:
    return [part.decode() for part in opened(client, url, **query).streaming_content]


@pytest.mark.parametrize("query", [{}, {"claim": "…"}, {"find": "boats"}, {"mode": "sentences"}, {"version": "1"}])
def test_the_parts_are_the_page(
    signed_in: Client, url: str, alice: Membership, version: ArticleVersion, query: dict[str, str]
) -> None:
    claim = make_claim(by=alice, version=version, quote=BOATS)
    query |= {"claim": str(claim.pk)} if "claim" in query else {}

    head, rest = parts(signed_in, url, **query)

    whole = signed_in.get(url, query).content.decode()
    assert head.startswith("<!doctype html>")
    assert head.endswith("</head>\n")
    assert BY_CHANCE.sub("", head + rest) == BY_CHANCE.sub("", whole)


def test_the_head_needs_nothing_of_the_text(
    signed_in: Client, url: str, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise AssertionError("The marks were read.")

    monkeypatch.setattr(queries, "bench", fail)
    answer = opened(signed_in, url)

    with django_assert_num_queries(0):
        head = next(iter(answer.streaming_content)).decode()
    assert "<title>Storm over the lower town" in head
    assert "articles/js/workbench" in head


def test_what_the_rest_puts_into_the_headers_is_in_them(signed_in: Client, url: str) -> None:
    answer = opened(signed_in, url)

    assert settings.CSRF_COOKIE_NAME in answer.cookies
    assert "Cookie" in answer.headers["Vary"]
    # A proxy would keep the head until all is there.
    assert answer.headers["X-Accel-Buffering"] == "no"


def test_a_message_is_shown_once(signed_in: Client, url: str, alice: Membership, version: ArticleVersion) -> None:
    make_claim(by=alice, version=version, quote=BOATS)
    assert signed_in.post(f"{url}undo/").status_code == HTTPStatus.FOUND

    first, second = "".join(parts(signed_in, url)), "".join(parts(signed_in, url))

    assert first.count("Undone: ") == 1
    assert "Undone: " not in second


@pytest.mark.parametrize("query", [{"version": "9"}, {"claim": "01234567-89ab-7def-8123-456789abcdef"}])
def test_what_is_not_there_is_refused_before_anything_is_sent(
    signed_in: Client, url: str, query: dict[str, str]
) -> None:
    assert signed_in.get(url, query, headers=OPENED).status_code == HTTPStatus.NOT_FOUND


def test_a_stranger_is_refused_before_anything_is_sent(client: Client, url: str) -> None:
    assert client.get(url, headers=OPENED).status_code == HTTPStatus.FOUND


def test_a_part_of_the_page_comes_whole(signed_in: Client, url: str) -> None:
    assert not signed_in.get(url, headers=HTMX | {"HX-Target": "panel", "Sec-Fetch-Mode": "cors"}).streaming


def test_what_fails_after_the_head_is_said_and_logged(
    signed_in: Client, url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(queries, "bench", fail)
    with caplog.at_level(logging.ERROR, logger=early.__name__):
        page = "".join(parts(signed_in, url))

    assert "<h1>Something broke on our side</h1>" in page
    assert page.count("<html") == page.count("</html>") == page.count("<body") == 1
    (record,) = caplog.records
    assert url in record.getMessage()
    assert record.exc_info is not None
