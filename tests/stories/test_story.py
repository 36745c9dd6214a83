"""A story: its claims side by side, outlet by outlet, and its title."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import actions
from articles.models import AuditEvent, Membership, Status, Story
from articles.queries.stories import articles_of, comparison, occurrences_of
from tests.articles.pages import HTMX, page_of, sent
from tests.factories import fresh, make_article, make_claim, make_highlight, make_story

TEXT = "Report of {outlet}\n\nThe mayor said {words} were hurt. Nobody was killed."


@pytest.fixture
def story(alice: Membership) -> Story:
    """Three outlets on one event: two say how many were hurt, and one of them that nobody was killed."""
    story = make_story(by=alice, title="The bridge")
    claim = None
    for outlet, words in (("Courier", "three people"), ("Mail", "five people"), ("Post", "some people")):
        text = TEXT.format(outlet=outlet, words=words)
        version = make_article(by=alice, text=text, headline=outlet, outlet=outlet, story=story).versions.get()
        if outlet != "Post":
            claim = make_highlight(by=alice, version=version, quote=f"{words} were hurt", claim=claim).claim
    version = story.articles.get(headline="Mail").versions.get()
    make_claim(by=alice, version=version, quote="Nobody was killed", status=Status.APPROVED)
    return story


def test_the_page_shows_each_outlets_own_words(browser_of_alice: Client, story: Story) -> None:
    page = browser_of_alice.get(page_of("story", story)).text

    assert "3 outlets · 2 claims, 1 in more than one outlet" in page
    assert '<td data-label="Courier">' in page
    assert "<q>three people were hurt</q>" in page
    assert "<q>five people were hurt</q>" in page
    assert 'data-label="Post" data-says="silent">not marked yet' in page
    assert 'In one outlet only <span class="count">1</span>' in page


def test_claims_in_more_outlets_come_first_and_the_others_stand_under_their_outlet(story: Story) -> None:
    articles = list(articles_of(story))

    found = comparison(articles, occurrences_of(story))

    [(shared, cells)] = found.shared
    assert [[said.words for said in cell.said] for cell in cells] == [
        ["three people were hurt"],
        ["five people were hurt"],
        [],
    ]
    assert str(shared.claim) == "three people were hurt"
    [(column, [(alone, said)])] = found.single
    assert (str(column.outlet), str(alone.claim), said.words) == ("Mail", "Nobody was killed", "Nobody was killed")
    assert found.counts == {"open": 1, "approved": 1}
    assert [column.is_read for column in found.columns] == [True, True, False]


def test_a_rating_is_shown_once_it_is_approved(story: Story) -> None:
    found = comparison(list(articles_of(story)), occurrences_of(story))

    assert found.shared[0][0].rating is None
    assert str(found.single[0][1][0][0].rating) == "Supported"


def test_an_outlet_that_is_read_and_says_nothing_is_silent(
    browser_of_alice: Client, story: Story, alice: Membership
) -> None:
    make_highlight(by=alice, version=story.articles.get(headline="Post").versions.get(), quote="Nobody was killed")

    page = browser_of_alice.get(page_of("story", story)).text

    assert 'data-label="Post" data-says="silent">silent' in page


def test_removed_highlights_say_nothing(story: Story, alice: Membership) -> None:
    removed = story.articles.get(headline="Courier").versions.get().highlights.get()
    actions.highlights.remove(by=alice, highlight=removed)

    assert comparison(list(articles_of(story)), occurrences_of(story)).shared == []


def test_many_outlets_are_listed_below_each_claim(browser_of_alice: Client, story: Story, alice: Membership) -> None:
    for number in range(8):
        make_article(by=alice, outlet=f"Paper {number}", story=story)

    page = browser_of_alice.get(page_of("story", story)).text

    assert "<table" not in page
    assert '<ul class="places"><li><b>Courier</b>' in page


def test_a_story_without_articles_says_how_to_begin(browser_of_alice: Client, alice: Membership) -> None:
    page = browser_of_alice.get(page_of("story", make_story(by=alice))).text

    assert "No articles in this story" in page
    assert "Claim sheet" not in page


def test_a_story_is_renamed(browser_of_alice: Client, story: Story) -> None:
    form = sent(browser_of_alice.get(page_of("story", story)).text) | {"title": "The bridge over the Orm"}

    answer = browser_of_alice.post(page_of("story", story), form)

    assert answer.status_code == 302
    assert fresh(story).title == "The bridge over the Orm"


def test_a_title_that_is_taken_is_refused(browser_of_alice: Client, story: Story, alice: Membership) -> None:
    make_story(by=alice, title="Taken")
    form = {"title": "taken", "revision": 1}

    page = browser_of_alice.post(page_of("story", story), form)
    fragment = browser_of_alice.post(page_of("story", story), form, headers=HTMX)

    assert page.status_code == fragment.status_code == 422
    assert "The desk has a story of this title already: Taken." in page.text
    assert fragment.text.lstrip().startswith("<details")


def test_a_slower_person_sees_both_titles(browser_of_alice: Client, story: Story, bob: Membership) -> None:
    actions.stories.rename(by=bob, story=story, revision=1, title="Bob was here")
    form = {"title": "Alice was here", "revision": 1}

    page = browser_of_alice.post(page_of("story", story), form)
    fragment = browser_of_alice.post(page_of("story", story), form, headers=HTMX)

    assert page.status_code == fragment.status_code == 409
    for answer in (page, fragment):
        assert "Bob was faster" in answer.text
        assert ">Alice<" in answer.text
    assert fresh(story).title == "Bob was here"


def test_a_repeated_request_renames_once(browser_of_alice: Client, story: Story) -> None:
    form = {"title": "Once", "revision": 1, "request_id": str(uuid4())}

    assert [browser_of_alice.post(page_of("story", story), form).status_code for _ in range(2)] == [302, 302]
    assert AuditEvent.objects.filter(action="story.renamed").count() == 1


def test_the_number_of_queries_is_the_same_for_more_rows(
    browser_of_alice: Client, story: Story, alice: Membership
) -> None:
    def queries_of_page() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser_of_alice.get(page_of("story", story))
        return len(captured)

    queries_of_page()
    few = queries_of_page()
    for number in range(10):
        article = make_article(by=alice, outlet=f"Paper {number % 3}", story=story)
        make_claim(by=alice, version=article.versions.get())

    assert queries_of_page() == few
