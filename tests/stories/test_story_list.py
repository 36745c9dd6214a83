"""The stories of the desk, and a new one."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Desk, Membership, Status, Story
from tests.articles.pages import HTMX, page_of, page_of_desk
from tests.factories import make_article, make_claim, make_story


@pytest.fixture
def stories(desk: Desk) -> str:
    return page_of_desk("story-list", desk)


def test_a_story_shows_its_coverage_and_its_progress(browser_of_alice: Client, stories: str, alice: Membership) -> None:
    story = make_story(by=alice, title="The storm")
    version = make_article(by=alice, story=story).versions.get()
    make_article(by=alice, story=story, outlet="The Mail")
    make_claim(by=alice, version=version, status=Status.APPROVED)
    make_claim(by=alice, version=version, quote="1,200 cars")

    page = browser_of_alice.get(stories).text

    assert f'href="{page_of("story", story)}">The storm</a>' in page
    assert "2 articles · 2 outlets" in page
    assert "1 claim left" in page


def test_a_new_story_is_opened(browser_of_alice: Client, stories: str, alice: Membership) -> None:
    answer = browser_of_alice.post(stories, {"title": "  The   storm of June "})

    story = Story.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == page_of("story", story)
    assert (story.title, story.opened_by) == ("The storm of June", alice.person)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("", "Say in a few words what happened."),
        ("the STORM", "The desk has a story of this title already: The storm."),
        ("x" * 201, "at most 200 characters"),
    ],
)
def test_a_title_that_cannot_be_is_refused(
    browser_of_alice: Client, stories: str, alice: Membership, title: str, sentence: str
) -> None:
    make_story(by=alice, title="The storm")

    page = browser_of_alice.post(stories, {"title": title})
    fragment = browser_of_alice.post(stories, {"title": title}, headers=HTMX)

    assert page.status_code == fragment.status_code == 422
    assert sentence in page.text
    assert sentence in fragment.text
    assert "<html" not in fragment.text
    assert Story.objects.count() == 1


def test_a_repeated_request_opens_once(browser_of_alice: Client, stories: str) -> None:
    form = {"title": "The storm", "request_id": str(uuid4())}

    first, second = (browser_of_alice.post(stories, form) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Story.objects.count() == 1


def test_htmx_goes_to_the_story(browser_of_alice: Client, stories: str) -> None:
    answer = browser_of_alice.post(stories, {"title": "The storm"}, headers=HTMX)

    assert answer["HX-Redirect"] == page_of("story", Story.objects.get())


def test_the_number_of_queries_is_the_same_for_more_rows(
    browser_of_alice: Client, stories: str, alice: Membership
) -> None:
    def queries_of_page() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser_of_alice.get(stories)
        return len(captured)

    make_article(by=alice, story=make_story(by=alice))
    few = queries_of_page()
    for number in range(10):
        article = make_article(by=alice, story=make_story(by=alice, title=f"Story {number}"))
        make_claim(by=alice, version=article.versions.get())

    assert queries_of_page() == few


def test_a_reader_is_not_asked_to_open_one(client: Client, stories: str, rita: Membership) -> None:
    client.force_login(rita.person)

    assert "New story" not in client.get(stories).text
