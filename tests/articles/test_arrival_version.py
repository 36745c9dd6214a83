from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.urls import reverse

from articles.models import ArrivalState, Article, ArticleVersion
from tests.factories import BODY, Cast, fresh, make_arrival, make_article

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import Arrival, Desk

NEW = f"Bridge closed\n\n{BODY} It opens on Friday."


@pytest.fixture
def article(cast: Cast) -> Article:
    return make_article(by=cast.alice, text=f"Bridge closed\n\n{BODY}", url="https://orm.example/bridge")


@pytest.fixture
def arrival(cast: Cast) -> Arrival:
    return make_arrival(by=cast.alice, text=NEW, address="http://orm.example/bridge/")


def address(arrival: Arrival, cast: Cast) -> str:
    return reverse("articles:arrival-version", args=[cast.desk.slug, arrival.pk])


def sent(arrival: Arrival, article: Article, **other: str) -> dict[str, str]:
    return {"revision": str(arrival.revision), "article": str(article.pk), "request_id": str(uuid4())} | other


def test_it_becomes_the_next_version_and_leads_to_its_changes(
    browser_of_alice: Client, cast: Cast, article: Article, arrival: Arrival
) -> None:
    answer = browser_of_alice.post(address(arrival, cast), sent(arrival, article))

    version = article.versions.get(number=2)
    assert answer.headers["Location"] == reverse("articles:version-changes", args=[cast.desk.slug, article.pk, 2])
    assert version.text == NEW
    assert (fresh(arrival).state, fresh(arrival).version) == (ArrivalState.ADDED, version)


def test_its_address_offers_it(browser_of_alice: Client, cast: Cast, article: Article, arrival: Arrival) -> None:
    page = browser_of_alice.get(reverse("articles:arrival", args=[cast.desk.slug, arrival.pk])).text

    assert "The desk has another text of this address" in page
    assert "Add as version 2" in page


def test_a_text_that_is_meant_for_an_article_says_when_nothing_changed(
    browser_of_alice: Client, cast: Cast, article: Article
) -> None:
    same = make_arrival(by=cast.alice, text=f"Bridge closed\n\n{BODY}", article=article)

    page = browser_of_alice.get(reverse("articles:arrival", args=[cast.desk.slug, same.pk])).text
    answer = browser_of_alice.post(address(same, cast), sent(same, article), follow=True)

    assert "Nothing changed" in page
    assert "Add as version" not in page
    assert "The newest version has exactly this text, so there is no new one." in answer.text
    assert ArticleVersion.objects.count() == 1


def test_sent_twice_it_is_one_version(browser_of_alice: Client, cast: Cast, article: Article, arrival: Arrival) -> None:
    form = sent(arrival, article)

    first = browser_of_alice.post(address(arrival, cast), form)
    second = browser_of_alice.post(address(arrival, cast), form)

    assert first.headers["Location"] == second.headers["Location"]
    assert article.versions.count() == 2


def test_an_old_preview_makes_no_version(
    browser_of_alice: Client, cast: Cast, article: Article, arrival: Arrival
) -> None:
    answer = browser_of_alice.post(
        address(arrival, cast), sent(arrival, article, revision=str(arrival.revision - 1)), follow=True
    )

    assert "Someone else changed this preview meanwhile." in answer.text
    assert article.versions.count() == 1


def test_another_desks_article_is_not_there(browser_of_alice: Client, cast: Cast, arrival: Arrival) -> None:
    answer = browser_of_alice.post(
        address(arrival, cast), {"revision": "2", "article": str(uuid4()), "request_id": str(uuid4())}
    )

    assert answer.status_code == 404


def test_with_htmx_it_goes_there_as_a_whole_page(
    browser_of_alice: Client, cast: Cast, article: Article, arrival: Arrival
) -> None:
    answer = browser_of_alice.post(address(arrival, cast), sent(arrival, article), headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"].endswith("/versions/2/changes/")


def test_a_new_version_is_brought_from_the_article(browser_of_alice: Client, desk: Desk, article: Article) -> None:
    add = reverse("articles:article-add", args=[desk.slug])
    page = browser_of_alice.get(add, {"article": str(article.pk)}).text
    answer = browser_of_alice.post(add, {"text": NEW, "article": str(article.pk)}, follow=True)

    assert "New version" in page
    assert "Add as version 2" in answer.text
