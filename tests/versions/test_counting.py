"""Wherever places of claims are counted or shown, each counts once, carried on or waiting."""

from dataclasses import dataclass
from typing import Any

import pytest

from articles import actions
from articles.models import Article, Claim, Highlight, Membership, Status, Story
from articles.queries import articles, claims, desks, finding, sheets, stories
from articles.sheets.edition import contents_of
from tests.factories import make_article, make_claim, make_highlight, make_passage, make_story, take_version

TEXT = "Bridge closed\n\nThree people were hurt, the mayor said. At least 1,200 cars cross it every day."


@dataclass
class Told:
    """An article of two versions: one claim went on, the other waits; Bob approved both before."""

    story: Story
    article: Article
    carried: Claim
    waiting: Claim


@pytest.fixture
def told(alice: Membership, bob: Membership) -> Told:
    story = make_story(by=alice)
    article = make_article(by=alice, text=TEXT, story=story)
    version = article.versions.get()
    approved: dict[str, Any] = {"by": alice, "version": version, "status": Status.APPROVED, "reviewer": bob}
    carried = make_claim(**approved, quote="Three people were hurt")
    waiting = make_claim(**approved, quote="At least 1,200 cars")
    take_version(article, TEXT.replace("1,200", "2,100"), by=bob)
    return Told(story, article, carried, waiting)


def test_an_article_counts_each_claim_once(told: Told, alice: Membership) -> None:
    assert articles.claim_counts(alice.desk, [told.article.pk]) == {told.article.pk: {"approved": 1, "reopened": 1}}
    assert articles.article_page(alice.desk, {"state": "left"}).rows[0].article == told.article
    assert claims.numbered(told.waiting, told.article.pk) == claims.Numbered(2, 2)


def test_the_desk_shows_it_in_progress(told: Told, alice: Membership) -> None:
    (row,) = desks.in_progress(alice.desk)

    assert (row.article, row.counts) == (told.article, {"approved": 1, "reopened": 1})


def test_the_desk_tells_of_the_version_and_not_of_every_question(told: Told, alice: Membership) -> None:
    lines = [line.sentence for happening in desks.recent(alice.desk) for line in happening.lines]

    assert "Bob stored version 2 of the text." in lines
    assert not any("version 1" in line or "may now be" in line for line in lines)


def test_the_story_compares_each_place_once(told: Told) -> None:
    compared = stories.comparison([told.article], stories.occurrences_of(told.story))

    ((_, said),) = compared.single
    assert [(one.claim.pk, words.words) for one, words in said] == [
        (told.carried.pk, "Three people were hurt"),
        (told.waiting.pk, "At least 1,200 cars"),
    ]
    assert compared.counts == {"approved": 1, "reopened": 1}


def test_the_list_of_claims_names_the_outlet_once(told: Told, alice: Membership) -> None:
    rows = claims.claim_page(alice.desk, claims.ClaimFilter(), None).rows

    assert {row.claim.pk: row.outlets for row in rows} == {
        told.carried.pk: ("Orm Valley Courier",),
        told.waiting.pk: ("Orm Valley Courier",),
    }


def test_a_claim_says_where_it_stands_and_what_waits(told: Told) -> None:
    (carried,), (waiting,) = claims.places(told.carried), claims.places(told.waiting)

    assert (carried.version, carried.marked_on, carried.waits) == (2, 1, False)
    assert (waiting.version, waiting.marked_on, waiting.waits) == (1, 1, True)


def test_an_edition_says_in_which_version_the_words_stand(told: Told, alice: Membership) -> None:
    contents = contents_of(actions.sheets.open_sheet(by=alice, article=told.article))

    ((released,), (left_out,)) = contents.claims, contents.left_out
    assert [(place.version, place.quote) for place in released.occurrences] == [(2, "Three people were hurt")]
    assert [(place.version, place.quote) for place in left_out.occurrences] == [(1, "At least 1,200 cars")]
    assert [article.version for article in contents.articles] == [2]
    for place in (*released.occurrences, *left_out.occurrences):
        text = told.article.versions.get(number=place.version).text
        assert text[place.start : place.end] == place.quote


def test_the_list_of_sheets_counts_each_claim_once(told: Told, alice: Membership) -> None:
    actions.sheets.open_sheet(by=alice, story=told.story)

    (row,) = sheets.sheet_list(alice.desk, None).rows

    assert row.counts == {"approved": 1, "reopened": 1}


def test_words_of_two_versions_find_one_article(told: Told, alice: Membership) -> None:
    for words in ("mayor", "2,100", "1,200"):
        found = finding.found(alice.desk, words)

        assert found
        assert [row.article for row in found.articles.rows] == [told.article]


def test_a_claim_that_stands_twice_has_a_carry_for_each_place(told: Told, alice: Membership, bob: Membership) -> None:
    version = told.article.versions.latest("number")
    text = f"{version.text}\n\nThree people were hurt, say the police."
    newest = take_version(told.article, text, by=bob)
    words = "Three people were hurt"
    start = newest.text.rindex(words)
    place: dict[str, Any] = {"version": newest, "start": start, "end": start + len(words), "quote": words}
    actions.highlights.add_to_claim(by=alice, claim=told.carried, **place)

    take_version(told.article, text.replace("Three people were hurt, say", "Nobody was hurt, say"), by=bob)

    places = claims.places(told.carried)
    assert sorted((place.version, place.waits) for place in places) == [(3, True), (4, False)]
    assert articles.claim_counts(alice.desk, [told.article.pk])[told.article.pk]["reopened"] == 2


def test_a_passage_counts_for_no_claim_of_the_article(told: Told, alice: Membership) -> None:
    other = make_claim(by=alice)
    version = told.article.versions.latest("number")
    make_passage(by=alice, claim=other, version=version, quote="the mayor said")

    take_version(told.article, f"{version.text} It opens on Friday.", by=alice)

    assert Highlight.objects.live().filter(version__article=told.article, claim=None).count() == 1
    assert sum(articles.claim_counts(alice.desk, [told.article.pk])[told.article.pk].values()) == 2


def test_a_claim_of_several_articles_waits_in_one(told: Told, alice: Membership) -> None:
    other = make_article(by=alice, text=TEXT.replace("closed", "shut"), outlet="River Post", story=told.story)
    make_highlight(by=alice, version=other.versions.get(), quote="At least 1,200 cars", claim=told.waiting)

    compared = stories.comparison([told.article, other], stories.occurrences_of(told.story))

    ((shared, cells),) = compared.shared
    assert shared.claim.pk == told.waiting.pk
    assert [len(cell.said) for cell in cells] == [1, 1]
