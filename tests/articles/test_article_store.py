"""The reviewer agrees, and exactly what was shown is stored."""

import hashlib
from uuid import uuid4

import pytest
from django.test import Client

from articles.models import Article, ArticleVersion, AuditEvent, Desk, Membership, Original, Outlet, Story
from tests.articles.pages import HTMX, STORM, file, page_of, page_of_desk, sent
from tests.factories import make_article, make_story


@pytest.fixture
def store(desk: Desk) -> str:
    return page_of_desk("article-store", desk)


@pytest.fixture
def shown(browser_of_alice: Client, desk: Desk) -> str:
    return browser_of_alice.post(page_of_desk("article-add", desk), {"text": STORM}).text


def two_shown(browser: Client, desk: Desk) -> str:
    uploads = [file(STORM, "a.txt"), file(STORM + "\n\nA last line.", "b.txt")]
    return browser.post(page_of_desk("article-add", desk), {"uploads": uploads}).text


def test_a_preview_becomes_an_article(browser_of_alice: Client, store: str, shown: str, alice: Membership) -> None:
    kinds = ["furniture", "headline", "byline", "dateline", "paragraph", "quotation", "furniture"]

    answer = browser_of_alice.post(
        store, sent(shown, n0_headline="The harbour of Orm", n0_kinds=kinds) | {"store": "0"}
    )

    article = Article.objects.get()
    version = article.versions.get()
    assert answer.status_code == 302
    assert answer["Location"] == page_of("workbench", article)
    assert (article.headline, str(article.outlet), article.byline) == (
        "The harbour of Orm",
        "Orm Valley Courier",
        "Ida Falk",
    )
    assert (article.published, article.language, article.added_by) == ("2013-06-05", "en", alice.person)
    assert version.text == STORM
    assert version.kinds == kinds
    assert version.method == "paste"


def test_the_original_is_kept_byte_for_byte(browser_of_alice: Client, desk: Desk, store: str) -> None:
    raw = "\ufeffKält\r\n\r\nDie Flüchtlinge fröre\x00n in der Stadt, sagten die Behörden.  \r\n".encode()
    shown = browser_of_alice.post(page_of_desk("article-add", desk), {"uploads": [file(raw, "kälte.txt")]}).text

    browser_of_alice.post(store, sent(shown) | {"store": "0"})

    original = Original.objects.get()
    assert bytes(original.content) == raw
    assert original.sha256 == hashlib.sha256(raw).hexdigest()
    assert original.name == "kälte.txt"
    assert ArticleVersion.objects.get().method == "upload"
    assert "1 NUL character was removed (the first, U+0000, was character 31)." in ArticleVersion.objects.get().report


def test_a_pasted_text_has_the_line_breaks_that_were_pasted(browser_of_alice: Client, desk: Desk, store: str) -> None:
    crlf = STORM.replace("\n", "\r\n")
    shown = browser_of_alice.post(page_of_desk("article-add", desk), {"text": crlf}).text

    browser_of_alice.post(store, sent(shown) | {"store": "0"})

    assert bytes(Original.objects.get().content) == STORM.encode()
    assert ArticleVersion.objects.get().report == []


def test_a_new_title_opens_a_story_and_a_known_one_is_found(
    browser_of_alice: Client, desk: Desk, store: str, alice: Membership
) -> None:
    story = make_story(by=alice, title="The storm of June")
    first, second = (sent(two_shown(browser_of_alice, desk)) for _ in range(2))

    browser_of_alice.post(store, first | {"store": "0", "0-story": "the STORM of June"})
    browser_of_alice.post(store, second | {"store": "1", "1-story": "  A new   story "})

    assert Article.objects.order_by("id")[0].story == story
    assert Article.objects.order_by("id")[1].story == Story.objects.get(title="A new story")


def test_of_several_each_is_stored_by_itself_and_the_others_come_back(
    browser_of_alice: Client, desk: Desk, store: str
) -> None:
    shown = sent(two_shown(browser_of_alice, desk), n0_headline="Corrected and waiting")

    page = browser_of_alice.post(store, shown | {"store": "1"})
    last = browser_of_alice.post(store, sent(page.text) | {"store": "0"})

    assert page.status_code == 200
    assert sent(page.text)["0-headline"] == ["Corrected and waiting"]
    assert "Added <a href=" in page.text
    assert last.status_code == 302
    assert Article.objects.count() == 2


def test_errors_stand_beside_their_fields_and_everything_typed_stays(
    browser_of_alice: Client, store: str, shown: str
) -> None:
    typed = sent(shown, n0_headline="", n0_published="31 June 2013", n0_url="not an address", n0_byline="Typed name")

    page = browser_of_alice.post(store, typed | {"store": "0"})

    assert page.status_code == 422
    assert "Give the article a headline." in page.text
    assert "Write the date as 2013, 2013-06 or 5 June 2013." in page.text
    assert "Write a web address" in page.text
    fields = sent(page.text)
    assert fields["0-byline"] == ["Typed name"]
    assert fields["0-published"] == ["31 June 2013"]
    assert fields["0-parcel"] == sent(shown)["0-parcel"]
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"), [("5 June 2013", "2013-06-05"), ("June 2013", "2013-06"), ("2013", "2013"), ("", "")]
)
def test_a_date_may_be_typed_as_it_is_printed(
    browser_of_alice: Client, store: str, shown: str, typed: str, kept: str
) -> None:
    browser_of_alice.post(store, sent(shown, n0_published=typed) | {"store": "0"})

    assert Article.objects.get().published == kept


@pytest.mark.parametrize("typed", ["2013-02-30", "2013-13", "05/06/2013", "last week", "99"])
def test_a_date_that_is_none_is_refused(browser_of_alice: Client, store: str, shown: str, typed: str) -> None:
    page = browser_of_alice.post(store, sent(shown, n0_published=typed) | {"store": "0"})

    assert page.status_code == 422


def test_the_same_text_twice_leads_to_the_article_that_exists(
    browser_of_alice: Client, store: str, shown: str, alice: Membership
) -> None:
    known = make_article(by=alice, text=STORM, kinds=["paragraph"] * 7)

    page = browser_of_alice.post(store, sent(shown, n0_outlet="New outlet", n0_story="New story") | {"store": "0"})

    assert page.status_code == 409
    assert page_of("workbench", known) in page.text
    assert Article.objects.count() == 1
    assert not Story.objects.exists()
    assert not Outlet.objects.filter(name="New outlet").exists()


def test_a_repeated_request_stores_once(browser_of_alice: Client, store: str, shown: str) -> None:
    form = sent(shown, n0_story="A new story") | {"store": "0", "request_id": str(uuid4())}

    answers = [browser_of_alice.post(store, form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Article.objects.count() == Story.objects.count() == 1


def test_htmx_goes_to_the_workbench(browser_of_alice: Client, store: str, shown: str) -> None:
    answer = browser_of_alice.post(store, sent(shown) | {"store": "0"}, headers=HTMX)

    assert answer["HX-Redirect"] == page_of("workbench", Article.objects.get())


def test_htmx_gets_the_previews_that_are_left(browser_of_alice: Client, desk: Desk, store: str) -> None:
    answer = browser_of_alice.post(store, sent(two_shown(browser_of_alice, desk)) | {"store": "0"}, headers=HTMX)

    assert answer.text.lstrip().startswith('<form id="drafts"')
    assert "afterbegin:#messages" in answer.text


def test_without_a_named_preview_nothing_is_stored(browser_of_alice: Client, store: str, shown: str) -> None:
    for form in ({}, sent(shown), sent(shown) | {"store": "7"}):
        assert browser_of_alice.post(store, form).status_code == 422
    assert not Article.objects.exists()


def test_htmx_is_sent_back_to_add_when_the_text_was_lost(browser_of_alice: Client, desk: Desk, store: str) -> None:
    answer = browser_of_alice.post(store, {"draft": "0", "store": "0"}, headers=HTMX)

    assert answer["HX-Redirect"] == page_of_desk("article-add", desk)


def test_the_event_names_the_person_and_the_method(
    browser_of_alice: Client, store: str, shown: str, alice: Membership
) -> None:
    browser_of_alice.post(store, sent(shown) | {"store": "0"})

    event = AuditEvent.objects.get(action="article.added")
    assert event.actor_id == alice.person_id
    assert event.data["method"] == "paste"
    assert event.data["sha256"] == hashlib.sha256(STORM.encode()).hexdigest()
