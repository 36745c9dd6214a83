import re

import pytest
from django.urls import reverse

from articles import history
from articles.models import Article, Carry, Claim, Desk, Highlight, Membership, Role, SheetEdition, Status
from articles.sample.play import play
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample():
    """The memberships of the sample desk, by user name."""
    return {member.person.username: member for member in play("five careful words")}


def test_it_says_how_to_sign_in(run, monkeypatch, client):
    monkeypatch.delenv("FACTCHECK_SAMPLE_PASSWORD", raising=False)
    said = run("sample_desk")

    password = re.search(r"Password: (\S+)\n", said)
    assert password
    assert client.login(username="alice", password=password[1])
    assert "erin    administrator" in said


def test_a_chosen_password_is_not_printed(run, monkeypatch, client):
    monkeypatch.setenv("FACTCHECK_SAMPLE_PASSWORD", "five careful words")
    said = run("sample_desk")

    assert "five careful words" not in said
    assert client.login(username="bob", password="five careful words")


def test_where_there_is_a_desk_it_does_nothing(run, desk):
    assert run("sample_desk") == "There is a desk or a person already, so no sample desk was made.\n"
    assert Desk.objects.count() == 1


def test_where_there_is_a_person_it_does_nothing(run):
    make_person("alice")

    assert run("sample_desk").startswith("There is a desk or a person already")


def test_it_has_claims_in_every_status(sample):
    assert set(Claim.objects.values_list("status", flat=True)) == set(Status.values)


def test_every_person_has_something_to_do(sample):
    assert {name: member.role for name, member in sample.items()} == {
        "erin": Role.ADMINISTRATOR,
        "alice": Role.REVIEWER,
        "bob": Role.REVIEWER,
    }
    for member in Membership.objects.all():
        assert Claim.objects.waiting_for_review_by(member.person).exists()


def test_its_articles_read_like_any_upload(sample):
    assert Article.objects.count() == 5
    for article in Article.objects.all():
        version = article.versions.get(number=1)
        assert {"headline", "paragraph"} <= set(version.kinds)
        assert article.headline == version.text.split("\n\n")[version.kinds.index("headline")]
        assert 250 <= len(re.findall(r"\w+", _story(version))) <= 460
    assert sum("furniture" in article.versions.get(number=1).kinds for article in Article.objects.all()) == 4


def test_one_claim_stands_in_three_articles_and_more(sample):
    places = Highlight.objects.values_list("claim_id", "version_id").distinct()
    articles = [sum(claim == pk for claim, _ in places) for pk in Claim.objects.values_list("pk", flat=True)]

    assert max(articles) >= 3


def test_an_article_was_changed_and_highlights_wait(sample):
    waiting = Carry.objects.waiting()

    assert {carry.version.number for carry in waiting} == {2}
    assert [carry.highlight.quote for carry in waiting.order_by("highlight__start")] == [
        "The state holds 40% of Vael Power",
        "340 houses were damaged",
    ]
    assert Claim.objects.filter(status=Status.REOPENED, status_reason__contains="40 → 42").exists()


def test_an_edition_is_signed_off_and_something_changed_since(sample, client):
    edition = SheetEdition.objects.get()
    client.force_login(sample["erin"].person)
    page = client.get(reverse("articles:sheet", args=["sample", edition.sheet_id])).content.decode()

    assert history.problems_of(edition) == []
    assert "was approved and is reopened." in page


def test_its_history_holds(sample):
    assert history.verify(sample["erin"].desk).editions == 1


def _story(version):
    pairs = zip(version.text.split("\n\n"), version.kinds, strict=True)
    return " ".join(text for text, kind in pairs if kind != "furniture")
