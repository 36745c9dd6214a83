"""Who is told: the colleague to whom it is put, and who asked, when there is an answer."""

import pytest
from django.test import Client
from django.urls import reverse

from articles import actions
from articles.mailing import digest
from articles.models import Claim, Membership, Notice, Query
from articles.queries.notices import settled_at
from tests.claims.asking import address
from tests.factories import answer_query, asked, make_query


@pytest.fixture
def query(alice: Membership, bob: Membership, claim: Claim) -> Query:
    """Alice asks Bob."""
    return make_query(by=alice, claim=claim, of=bob)


def told(member: Membership) -> list[str]:
    return list(Notice.objects.filter(person=member.person).order_by("id").values_list("kind", flat=True))


def test_the_colleague_is_told_and_then_who_asked(query: Query, alice: Membership, bob: Membership) -> None:
    assert (told(bob), told(alice)) == (["asked"], [])

    answer_query(query, by=bob)

    assert (told(bob), told(alice)) == (["asked"], ["answered"])


def test_nobody_is_told_of_what_they_wrote_down_themselves(query: Query, alice: Membership) -> None:
    answer_query(query, by=alice)

    assert told(alice) == []


def test_authors_and_sources_are_told_nothing(alice: Membership) -> None:
    make_query(by=alice)

    assert not Notice.objects.exists()


def test_another_colleague_is_told_and_the_same_one_not_again(
    query: Query, alice: Membership, bob: Membership, erin: Membership
) -> None:
    query = actions.asking.edit(by=alice, query=query, revision=1, asked=asked("Who, and when?", of=bob))
    assert told(bob) == ["asked"]

    actions.asking.edit(by=alice, query=query, revision=2, asked=asked("Who, and when?", of=erin))
    assert (told(bob), told(erin)) == (["asked"], ["asked"])


def test_asked_again_is_told_again(query: Query, alice: Membership, bob: Membership) -> None:
    actions.asking.close(by=alice, query=query, reason="Bob is away.")
    actions.asking.reopen(by=alice, query=query, reason="Bob is back.")

    assert told(bob) == ["asked", "asked"]


def test_the_notice_leads_to_the_query(browser_of_bob: Client, query: Query) -> None:
    page = browser_of_bob.get(reverse("articles:notice-list", args=[query.desk.slug]))
    notice = Notice.objects.get()

    answer = browser_of_bob.post(reverse("articles:notice-read", args=[query.desk.slug]), {"notice": str(notice.pk)})

    assert "Alice asks you." in page.text
    assert query.question in page.text
    assert answer.headers["Location"] == address("query", query)


def test_it_stands_in_the_daily_mail(query: Query, bob: Membership) -> None:
    mail = digest(bob.person, settled_at())

    assert mail
    assert "Alice asks you." in mail.body
    assert query.question in mail.body
    assert address("query", query) in mail.body
