"""What is left in an article, said in words beside its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import Status
from articles.queries.left import left_of
from articles.queries.workbench import bench
from tests.factories import CORRECTED, fresh, make_carry, make_claim, make_highlight, make_version, take_version

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import ArticleVersion, Membership
    from articles.queries.left import Left

WORDS = (
    "The bridge",
    "closed on Tuesday",
    "the mayor said",
    "warned of the cracks",
    "two years",
    "At least 1,200 cars",
)


def left(version: ArticleVersion, who: Membership) -> Left:
    return left_of(version, bench(version).statuses, who.person_id)


def test_what_is_left_in_words(alice: Membership, bob: Membership, erin: Membership) -> None:
    version = make_version(by=alice)
    people = {Status.RETURNED: alice, Status.IN_REVIEW: bob}
    statuses = (Status.OPEN, Status.OPEN, Status.RETURNED, Status.RETURNED, Status.IN_REVIEW, Status.APPROVED)
    for words, status in zip(WORDS, statuses, strict=True):
        make_claim(by=people.get(status, bob), status=status, version=version, quote=words, reviewer=erin)

    assert (left(version, alice).number, left(version, alice).total) == (5, 6)
    assert left(version, alice).said == ["2 open", "1 in review for you", "2 returned to you"]
    assert left(version, bob).said == ["2 open", "1 in review", "2 returned"]


def test_some_are_for_oneself(alice: Membership, bob: Membership, erin: Membership) -> None:
    version = make_version(by=alice)
    for words, author in zip(WORDS, (alice, bob, bob), strict=False):
        make_claim(by=author, status=Status.RETURNED, version=version, quote=words, reviewer=erin)

    assert left(version, alice).said == ["3 returned (1 to you)"]


def test_when_all_is_done_it_says_what_was_done(alice: Membership, bob: Membership) -> None:
    version = make_version(by=alice)
    make_claim(by=alice, status=Status.APPROVED, version=version, quote=WORDS[0], reviewer=bob)
    make_claim(by=alice, status=Status.SET_ASIDE, version=version, quote=WORDS[1])

    assert (left(version, alice).number, left(version, alice).said) == (0, ["1 approved", "1 set aside"])


def test_a_claim_whose_place_waits_counts_and_is_named(client: Client, alice: Membership, bob: Membership) -> None:
    claim = make_claim(by=alice, status=Status.APPROVED, reviewer=bob)
    carry = make_carry(by=alice, claim=claim)
    client.force_login(bob.person)
    url = f"/d/night-desk/articles/{carry.version.article_id}/"

    answer = client.get(url)

    assert [one.claim for one in left(carry.version, bob).waiting] == [str(claim.pk)]
    assert "1 claim left" in answer.text
    assert "1 without a place in this version" in answer.text
    assert "Without a place in version 2" in answer.text
    assert f'data-claim="{claim.pk}">{fresh(claim).text}</a>' in answer.text


def test_a_claim_with_one_place_found_and_one_that_waits_counts_once(alice: Membership) -> None:
    version = make_version(by=alice, text="Bridge\n\nThe mayor spoke.\n\nSo it was said: three people were hurt here.")
    claim = make_claim(by=alice, version=version, quote="The mayor spoke.")
    make_highlight(by=alice, version=version, quote="three people were hurt", claim=claim)
    later = take_version(version.article, version.text.replace(*CORRECTED), by=alice)

    found = left(later, alice)

    assert (found.total, len(found.waiting)) == (1, 1)
