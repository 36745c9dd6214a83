"""What a person who goes away leaves open, and that nobody is removed before it was seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Claim, Desk, Membership, Status
from articles.queries import leaving
from tests.factories import answer_query, edit_claim, fresh, make_claim, make_query


def work_of(member: Membership) -> str:
    return reverse("articles:member-work", args=[member.desk.slug, member.pk])


def remove(member: Membership) -> str:
    return reverse("articles:member-remove", args=[member.desk.slug, member.pk])


def given(member: Membership, status: Status = Status.CHECKING, **plan: object) -> Claim:
    return edit_claim(make_claim(by=member, status=status), by=member, assignee=member.person, **plan)


def test_it_works(browser_of_alice: Client, bob: Membership, alice: Membership) -> None:
    checking, returned = given(bob), given(bob, Status.RETURNED)
    due = given(bob, due=timezone.localdate() + timedelta(days=1))
    found = edit_claim(make_claim(by=bob, status=Status.IN_REVIEW), by=bob, assignee=alice.person)
    given(bob, Status.APPROVED)

    answer = browser_of_alice.get(work_of(bob))

    work = answer.context["work"]
    assert work.in_work == [due, checking, returned]
    assert work.in_review == [found]
    assert "3 claims to check, 1 of them sent back; 1 verdict waiting for a second person; 1 due" in answer.text
    assert "Alice has the claim" in answer.text


def test_it_is_handed_over_by_ticking_it(
    browser_of_alice: Client, desk: Desk, bob: Membership, erin: Membership
) -> None:
    claims = [given(bob), given(bob)]
    text = browser_of_alice.get(work_of(bob)).text
    assert f'action="{reverse("articles:batch-plan", args=[desk.slug])}"' in text
    sent = {"claim": [str(claim.pk) for claim in claims], "what": "assign", "people": [str(erin.person_id)]}

    plan = browser_of_alice.post(reverse("articles:batch-plan", args=[desk.slug]), sent | {"plan": "on"})
    sent |= {"seen": plan.context["plan"].digest, "next": work_of(bob)}
    answer = browser_of_alice.post(reverse("articles:batch-make", args=[desk.slug]), sent)

    assert answer["Location"] == work_of(bob)
    assert {fresh(claim).assignee for claim in claims} == {erin.person}
    assert "Nothing is left to hand over." in browser_of_alice.get(work_of(bob)).text


def test_a_reader_only_looks(browser_of_rita: Client, bob: Membership) -> None:
    given(bob)

    text = browser_of_rita.get(work_of(bob)).text

    assert "1 claim to check" in text
    assert "Hand over" not in text


def test_nobody_is_removed_before_their_open_work_was_seen(browser_of_erin: Client, bob: Membership) -> None:
    given(bob)

    answer = browser_of_erin.post(remove(bob))

    assert answer.status_code == 422
    assert "1 open claim. Look at them first" in answer.text
    assert work_of(bob) in answer.text
    assert fresh(bob).ended_at is None


def test_what_was_seen_does_not_stand_in_the_way(browser_of_erin: Client, bob: Membership) -> None:
    claim = given(bob)
    page = browser_of_erin.get(work_of(bob))
    assert '<input type="hidden" name="seen" value="1">' in page.text

    answer = browser_of_erin.post(remove(bob), {"seen": "1"})

    assert answer.status_code == 302
    assert fresh(bob).ended_at
    assert fresh(claim).assignee == bob.person
    assert "Bob left the desk" in browser_of_erin.get(work_of(bob)).text


def test_more_work_than_was_seen_has_to_be_looked_at_again(browser_of_erin: Client, bob: Membership) -> None:
    given(bob)
    given(bob)

    assert browser_of_erin.post(remove(bob), {"seen": "1"}).status_code == 422


def test_more_than_is_listed_does_not_stand_in_the_way(
    browser_of_erin: Client, bob: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "MOST", 1)
    given(bob)
    given(bob)
    page = browser_of_erin.get(work_of(bob))
    assert len(page.context["work"].in_work) == 1
    assert '<input type="hidden" name="seen" value="2">' in page.text

    assert browser_of_erin.post(remove(bob), {"seen": "2"}).status_code == 302


def test_open_queries_are_seen_first_as_well(browser_of_erin: Client, alice: Membership, bob: Membership) -> None:
    given(bob)
    make_query(by=alice, of=bob)
    answer_query(make_query(by=bob), by=bob)

    refused = browser_of_erin.post(remove(bob), {"seen": "1"})
    page = browser_of_erin.get(work_of(bob))

    assert refused.status_code == 422
    assert "1 open claim and 2 open queries. Look at them first" in refused.text
    assert 'Queries <span class="count">2</span>' in page.text
    assert '<input type="hidden" name="seen" value="3">' in page.text
    assert browser_of_erin.post(remove(bob), {"seen": "3"}).status_code == 302


def test_who_has_nothing_open_is_removed_at_once(browser_of_erin: Client, bob: Membership) -> None:
    given(bob, Status.APPROVED)

    assert browser_of_erin.post(remove(bob)).status_code == 302


def test_only_an_administrator_is_offered_to_remove(
    browser_of_alice: Client, browser_of_erin: Client, bob: Membership, erin: Membership
) -> None:
    assert remove(bob) in browser_of_erin.get(work_of(bob)).text
    assert remove(bob) not in browser_of_alice.get(work_of(bob)).text
    assert remove(erin) not in browser_of_erin.get(work_of(erin)).text


def test_a_member_of_another_desk_is_not_there(browser_of_alice: Client, desk: Desk, mallory: Membership) -> None:
    path = reverse("articles:member-work", args=[desk.slug, mallory.pk])

    assert browser_of_alice.get(path).status_code == 404
    assert browser_of_alice.post(path).status_code == 405


def test_more_rows_cost_no_more_queries(browser_of_alice: Client, bob: Membership) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser_of_alice.get(work_of(bob))
        return len(captured)

    given(bob)
    queries()
    few = queries()
    for _ in range(10):
        given(bob)

    assert queries() == few
