import pytest
from django.urls import reverse

from articles.models import ClaimSheet
from tests.factories import make_article, make_claim, make_story

pytestmark = pytest.mark.django_db


def test_every_sheet_with_its_edition_and_its_progress(client, rita, desk, sheet, edition):
    client.force_login(rita.person)
    page = client.get(reverse("articles:sheet-list", args=[desk.slug])).content.decode()

    assert sheet.article.headline in page
    assert "Edition 1" in page
    assert "signed off by Erin" in page
    assert "1 claim left" in page


def test_a_desk_without_sheets_says_how_to_begin(client, alice, desk, article):
    client.force_login(alice.person)
    listed = reverse("articles:sheet-list", args=[desk.slug])
    before = client.get(listed).content.decode()
    make_claim(by=alice, version=article.versions.get())
    after = client.get(listed).content.decode()

    assert "Mark the first claim in an article" in before
    assert "Open one beside this" not in before
    assert "Open one beside this" in after


def test_a_reader_is_told_who_begins(client, rita, desk):
    client.force_login(rita.person)
    page = client.get(reverse("articles:sheet-list", args=[desk.slug])).content.decode()

    assert "A reviewer of this desk has to open the first one." in page


def test_articles_and_stories_without_a_sheet_are_offered_to_reviewers(client, alice, rita, desk, sheet):
    story = make_story(by=alice)
    other = make_article(by=alice, outlet="Night Post", story=story)
    make_claim(by=alice, version=other.versions.get())
    opener = reverse("articles:article-sheet", args=[desk.slug, other.pk])
    listed = reverse("articles:sheet-list", args=[desk.slug])

    client.force_login(alice.person)
    assert opener in client.get(listed).content.decode()
    assert reverse("articles:story-sheet", args=[desk.slug, story.pk]) in client.get(listed).content.decode()
    client.force_login(rita.person)
    assert opener not in client.get(listed).content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_opening_leads_to_the_sheet(client, alice, article, headers):
    client.force_login(alice.person)
    response = client.post(reverse("articles:article-sheet", args=[article.desk.slug, article.pk]), headers=headers)

    sheet = reverse("articles:sheet", args=[article.desk.slug, ClaimSheet.objects.get(article=article).pk])
    assert response.headers.get("Location") == (None if headers else sheet)
    assert response.headers.get("HX-Redirect") == (sheet if headers else None)


def test_opening_the_sheet_of_a_story(client, alice, desk):
    story = make_story(by=alice)
    client.force_login(alice.person)
    client.post(reverse("articles:story-sheet", args=[desk.slug, story.pk]))
    client.post(reverse("articles:story-sheet", args=[desk.slug, story.pk]))

    assert ClaimSheet.objects.get().story == story
