"""What is said about an article can be corrected; two people at once both see both texts."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from articles.models import Article, AuditEvent, Desk, Membership, Outlet, Story
from tests.articles.pages import HTMX, page_of, sent
from tests.factories import fresh, make_article, make_story


@pytest.fixture
def article(alice: Membership) -> Article:
    return make_article(by=alice, headline="Bridge closed", outlet="The Mail", published="2013-06", byline="Ida Falk")


@pytest.fixture
def edit(article: Article) -> str:
    return page_of("article-edit", article)


def typed(browser: Client, edit: str, **values: Any) -> dict[str, Any]:
    return sent(browser.get(edit).text) | values


def test_the_form_shows_what_is_stored(browser_of_alice: Client, edit: str) -> None:
    fields = sent(browser_of_alice.get(edit).text)

    assert (fields["headline"], fields["outlet"], fields["published"]) == (["Bridge closed"], ["The Mail"], ["2013-06"])


def test_details_are_corrected(browser_of_alice: Client, article: Article, edit: str) -> None:
    form = typed(browser_of_alice, edit, headline="Bridge open", outlet="The Post", language="fr", url="orm.example/b")

    answer = browser_of_alice.post(edit, form)

    article = fresh(article)
    assert answer.status_code == 302
    assert answer["Location"] == page_of("workbench", article)
    assert (article.headline, str(article.outlet), article.language) == ("Bridge open", "The Post", "fr")
    assert article.url == "https://orm.example/b"
    assert article.revision == 2


def test_an_article_is_put_into_a_story_and_taken_out(
    browser_of_alice: Client, article: Article, edit: str, alice: Membership
) -> None:
    story = make_story(by=alice, title="The storm")

    browser_of_alice.post(edit, typed(browser_of_alice, edit, story="the storm"))
    assert fresh(article).story == story
    browser_of_alice.post(edit, typed(browser_of_alice, edit, story="Another event"))
    assert fresh(article).story == Story.objects.get(title="Another event")
    browser_of_alice.post(edit, typed(browser_of_alice, edit, story=""))
    assert fresh(article).story is None


def test_an_outlet_is_known_whatever_its_capitals(browser_of_alice: Client, article: Article, edit: str) -> None:
    browser_of_alice.post(edit, typed(browser_of_alice, edit, outlet="  the  MAIL "))

    assert Outlet.objects.count() == 1
    assert fresh(article).revision == 1


def test_wrong_words_come_back_with_a_sentence(browser_of_alice: Client, article: Article, edit: str) -> None:
    page = browser_of_alice.post(edit, typed(browser_of_alice, edit, headline="", byline="Typed name"))

    assert page.status_code == 422
    assert "Give the article a headline." in page.text
    assert sent(page.text)["byline"] == ["Typed name"]
    assert fresh(article).revision == 1


def test_someone_who_was_slower_sees_both_texts(
    browser_of_alice: Client, article: Article, edit: str, bob: Membership
) -> None:
    slow = typed(browser_of_alice, edit, headline="Bridge shut", byline="Ida Falk", story="A story of mine")
    faster = Client()
    faster.force_login(bob.person)
    faster.post(edit, typed(faster, edit, headline="Bridge reopened"))

    page = browser_of_alice.post(edit, slow)

    assert page.status_code == 409
    assert "Bob was faster" in page.text
    assert "reopened" in page.text
    assert "shut" in page.text
    assert fresh(article).headline == "Bridge reopened"
    assert not Story.objects.exists()


def test_ones_own_words_can_be_stored_after_a_conflict(
    browser_of_alice: Client, article: Article, edit: str, bob: Membership
) -> None:
    slow = typed(browser_of_alice, edit, headline="Bridge shut", language="de")
    faster = Client()
    faster.force_login(bob.person)
    faster.post(edit, typed(faster, edit, headline="Bridge reopened"))
    page = browser_of_alice.post(edit, slow).text
    mine = sent(page) | {"headline": "Bridge shut"}

    assert browser_of_alice.post(edit, mine).status_code == 302
    article = fresh(article)
    assert (article.headline, article.language, article.byline) == ("Bridge shut", "de", "Ida Falk")


def test_a_repeated_request_changes_once(browser_of_alice: Client, article: Article, edit: str) -> None:
    form = typed(browser_of_alice, edit, headline="Bridge open", story="New", request_id=str(uuid4()))

    answers = [browser_of_alice.post(edit, form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert fresh(article).revision == 2
    assert AuditEvent.objects.filter(action="article.edited").count() == 1
    assert Story.objects.count() == 1


def test_htmx_gets_the_form_or_goes_to_the_workbench(browser_of_alice: Client, article: Article, edit: str) -> None:
    wrong = browser_of_alice.post(edit, typed(browser_of_alice, edit, outlet=""), headers=HTMX)
    right = browser_of_alice.post(edit, typed(browser_of_alice, edit, headline="Open"), headers=HTMX)

    assert wrong.status_code == 422
    assert wrong.text.lstrip().startswith("<form")
    assert right["HX-Redirect"] == page_of("workbench", article)


def test_an_article_of_another_desk_is_not_there(browser_of_alice: Client, desk: Desk, mallory: Membership) -> None:
    foreign = make_article(by=mallory)

    assert browser_of_alice.get(f"/d/{desk.slug}/articles/{foreign.pk}/edit/").status_code == 404
