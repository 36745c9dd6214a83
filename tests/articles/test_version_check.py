from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from articles.models import Arrival, ArrivalState, Article
from articles.views import taking
from tests.factories import BODY, Cast, make_article
from tests.intake.web import Web, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

URL = "https://news.example/bridge"
TEXT = f"Bridge closed\n\n{BODY}"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A web of its own on this machine, of which the site's own fetcher asks."""
    with Web() as web:
        monkeypatch.setattr(taking, "fetch", web.fetcher().fetch)
        yield web


@pytest.fixture
def article(cast: Cast) -> Article:
    return make_article(by=cast.alice, text=TEXT, url=URL)


def check(client: Client, cast: Cast, article: Article) -> str:
    place = reverse("articles:version-check", args=[cast.desk.slug, article.pk])
    return client.post(place, follow=True).text


def test_another_text_leads_to_its_preview(browser_of_alice: Client, cast: Cast, article: Article, web: Web) -> None:
    web.pages[URL] = page(TEXT.replace("three", "four").encode(), "Content-Type: text/plain; charset=utf-8")

    shown = check(browser_of_alice, cast, article)

    assert "Add as version 2" in shown
    arrival = Arrival.objects.get()
    assert (arrival.article, arrival.address, arrival.state) == (article, URL, ArrivalState.WAITING)


def test_the_same_text_is_said_and_put_aside(browser_of_alice: Client, cast: Cast, article: Article, web: Web) -> None:
    web.pages[URL] = page(TEXT.encode(), "Content-Type: text/plain; charset=utf-8")

    shown = check(browser_of_alice, cast, article)

    assert "Nothing changed: the page has the text of version 1." in shown
    assert Arrival.objects.get().state == ArrivalState.DISCARDED
    assert article.versions.count() == 1


def test_a_site_that_does_not_answer_is_said_with_a_way_on(
    browser_of_alice: Client, cast: Cast, article: Article, web: Web
) -> None:
    web.pages[URL] = page(b"", status="404 Not Found")

    shown = check(browser_of_alice, cast, article)

    assert "404" in shown
    assert not Arrival.objects.exists()


def test_an_article_without_an_address_offers_no_check(browser_of_alice: Client, cast: Cast) -> None:
    plain = make_article(by=cast.alice)

    shown = browser_of_alice.get(reverse("articles:version-list", args=[cast.desk.slug, plain.pk])).text

    assert "Check for changes" not in shown
    assert "New version" in shown
