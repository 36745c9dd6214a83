"""Whose turn it is: each list holds what it says, goes on where it ended, and reads no more than its index."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import ArticleVersion, Claim, Desk, Membership, Status
from articles.queries import work
from articles.seed.fill import fill
from tests.factories import edit_claim, make_claim, make_person

INDEXES = {
    "returned": {"claim_sent_back", "claim_sent_back_to_author"},
    "reopened": {"claim_sent_back", "claim_sent_back_to_author"},
    "due": {"claim_due_of_assignee"},
    "due-on-desk": {"claim_due"},
    "check": {"claim_to_check"},
    "review": {"claim_review_queue"},
    "waiting": {"claim_handed_on"},
}


def today() -> date:
    """As the tests run, which may begin on the day before."""
    return timezone.localdate()


def address(desk: Desk, part: str) -> str:
    return reverse("articles:work-list", args=[desk.slug, part])


def listed(client: Client, desk: Desk, part: str) -> list[Claim]:
    rows: list[Claim] = client.get(address(desk, part)).context["page"].rows
    return rows


def given(claim: Claim, to: Membership, **plan: object) -> Claim:
    return edit_claim(claim, by=to, assignee=to.person, **plan)


def test_it_works(browser_of_alice: Client, desk: Desk, alice: Membership, bob: Membership) -> None:
    returned = make_claim(by=alice, status=Status.RETURNED, reviewer=bob)

    answer = browser_of_alice.get(address(desk, "returned"))

    assert answer.context["page"].rows == [returned]
    assert "Bob returned it" in answer.text
    assert "Ask the hospital, too." in answer.text


def test_what_is_due_comes_first_and_then_what_matters_most(
    browser_of_alice: Client, desk: Desk, alice: Membership
) -> None:
    plain, other = (given(make_claim(by=alice), alice) for _ in range(2))
    high = given(make_claim(by=alice), alice, priority=1, priority_reason="It leads.")
    due = given(make_claim(by=alice), alice, due=today() + timedelta(days=90))

    assert listed(browser_of_alice, desk, "check") == [due, high, plain, other]


def test_what_is_returned_comes_back_to_who_has_it_and_to_who_found_it(
    *,
    browser_of_alice: Client,
    browser_of_bob: Client,
    desk: Desk,
    alice: Membership,
    bob: Membership,
    erin: Membership,
) -> None:
    found = given(make_claim(by=alice, status=Status.RETURNED, reviewer=erin), bob)
    both = make_claim(by=alice, status=Status.RETURNED, reviewer=erin)

    assert listed(browser_of_alice, desk, "returned") == [both, found]
    assert listed(browser_of_bob, desk, "returned") == [found]
    assert work.counts(alice, [work.RETURNED]) == {"returned": 2}


def test_due_soon_is_what_is_not_settled(
    browser_of_alice: Client, desk: Desk, alice: Membership, bob: Membership
) -> None:
    over, soon, later = (given(make_claim(by=alice), alice, due=today() + timedelta(days=days)) for days in (-1, 3, 4))
    given(make_claim(by=alice, status=Status.APPROVED), alice, due=today())
    theirs = given(make_claim(by=alice), bob, due=today())
    nobodys = edit_claim(make_claim(by=alice), by=alice, due=today())

    assert listed(browser_of_alice, desk, "due") == [over, soon]
    assert listed(browser_of_alice, desk, "due-on-desk") == [over, theirs, nobodys, soon]
    assert later not in listed(browser_of_alice, desk, "due-on-desk")


def test_a_reader_sees_what_waits_for_a_second_person(browser_of_rita: Client, desk: Desk, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.IN_REVIEW)

    answer = browser_of_rita.get(address(desk, "review"))

    assert answer.context["page"].rows == [claim]
    assert "Waiting for a second person" in answer.text


@pytest.mark.parametrize("part", ["check", "returned", "due"])
def test_the_next_page_goes_on_where_this_one_ended(
    *,
    part: str,
    browser_of_alice: Client,
    desk: Desk,
    alice: Membership,
    version: ArticleVersion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    status = Status.RETURNED if part == "returned" else Status.OPEN
    days = [today(), today(), None, None, today() - timedelta(days=3)]
    for day in days:
        given(make_claim(by=alice, status=status, version=version), alice, due=today() if part == "due" else day)
    whole = listed(browser_of_alice, desk, part)
    monkeypatch.setattr(work.page, "__defaults__", ("", 2))

    seen, path = [], address(desk, part)
    while path:
        answer = browser_of_alice.get(path)
        seen += answer.context["page"].rows
        path = answer.context["next"] and address(desk, part) + answer.context["next"]

    assert seen == whole
    assert len(seen) == len(days)


@pytest.mark.parametrize("after", ["x", "2026-01-01~2", "a~b~c", "2026-13-01~2~x", "\x00"])
def test_an_after_that_says_nothing_starts_anew(
    after: str, browser_of_alice: Client, desk: Desk, alice: Membership
) -> None:
    claim = given(make_claim(by=alice), alice)

    answer = browser_of_alice.get(address(desk, "check"), {"after": after})

    assert answer.context["page"].rows == [claim]


@pytest.mark.parametrize("part", work.PARTS)
def test_an_empty_list_teaches_the_next_step(part: str, browser_of_alice: Client, desk: Desk) -> None:
    answer = browser_of_alice.get(address(desk, part))

    assert answer.context["hint"] in answer.text
    assert reverse("articles:article-list", args=[desk.slug]) in answer.text


def test_there_is_no_other_list(browser_of_alice: Client, desk: Desk) -> None:
    assert browser_of_alice.get(address(desk, "nothing")).status_code == 404


def test_post_is_the_wrong_method(browser_of_alice: Client, desk: Desk) -> None:
    assert browser_of_alice.post(address(desk, "check")).status_code == 405


def test_more_rows_cost_no_more_queries(browser_of_alice: Client, desk: Desk, alice: Membership) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser_of_alice.get(address(desk, "check"))
        return len(captured)

    given(make_claim(by=alice), alice)
    queries()
    few = queries()
    for _ in range(10):
        given(make_claim(by=alice), alice)

    assert queries() == few


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_list_is_read_by_its_index() -> None:
    desk = fill(name="Seeded", slug="seeded", administrator=make_person("erin"), size=4_000, seed=1)
    ada = Membership.objects.get(desk=desk, person__name="Ada")
    # No verdict of the seed has a day for a recheck, so that list is empty, and read by its index all the same.
    assert "verdict_to_recheck" in work.rows_of(ada, work.RECHECK).explain()
    for part in work.PARTS.values():
        if part is work.RECHECK:
            continue
        first = work.page(ada, part, size=4)
        assert len(first.rows) == 4, part.name
        for after in ("", work.place(part, first.rows[-1])):
            plan = work.rows_of(ada, part, after, size=4)[:5].explain()

            assert "Seq Scan on articles_claim" not in plan, plan
            assert all(name in plan for name in INDEXES[part.name]), (part.name, plan)


def test_who_found_a_verdict_stands_with_the_claim(alice: Membership, bob: Membership) -> None:
    claim = given(make_claim(by=alice, status=Status.IN_REVIEW), bob, due=date(2026, 3, 9))

    assert Claim.objects.get(pk=claim.pk).verdict_author_id == alice.person_id
