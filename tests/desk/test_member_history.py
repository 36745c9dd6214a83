"""All that one person did on the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.queries import record
from tests.factories import make_claim, make_evidence

if TYPE_CHECKING:
    from articles.models import Desk, Membership


def address(member: Membership) -> str:
    return reverse("articles:member-history", args=[member.desk.slug, member.pk])


def sentences(client: Client, member: Membership, **asked: str) -> list[str]:
    days = client.get(address(member), asked).context["deeds"].days
    return [line.sentence for _, happenings in days for one in happenings for line in one.lines]


def test_it_works(browser_of_rita: Client, alice: Membership, bob: Membership) -> None:
    make_evidence(by=bob, claim=make_claim(by=alice))

    answer = browser_of_rita.get(address(bob))

    assert sentences(browser_of_rita, bob) == [
        "The claim is being checked.",
        "Bob added evidence from Accident log of the county: it supports the claim.",
        "Bob added the source Accident log of the county.",
    ]
    ((day, _),) = answer.context["deeds"].days
    assert day == timezone.localdate()
    assert f'href="{reverse("articles:desk-day", args=[bob.desk.slug])}?on={day.isoformat()}"' in answer.text


def test_it_is_narrowed_by_day_and_kind_of_act(browser_of_alice: Client, alice: Membership, bob: Membership) -> None:
    make_evidence(by=bob, claim=make_claim(by=alice))
    today = timezone.localdate()

    assert sentences(browser_of_alice, bob, acts="claims") == ["The claim is being checked."]
    assert len(sentences(browser_of_alice, bob, until=today.isoformat())) == 3
    assert sentences(browser_of_alice, bob, until=(today - timedelta(days=1)).isoformat()) == []
    assert "Nothing of that kind." in browser_of_alice.get(address(bob), {"acts": "sheets"}).text


def test_a_day_that_is_none_is_said(browser_of_alice: Client, bob: Membership) -> None:
    assert "Write the day as 2026-03-05." in browser_of_alice.get(address(bob), {"until": "yesterday"}).text


def test_who_left_is_answered_for(
    browser_of_alice: Client, alice: Membership, bob: Membership, erin: Membership
) -> None:
    make_evidence(by=bob, claim=make_claim(by=alice))
    actions.desks.remove_member(by=erin, membership=bob)

    assert "Bob left the desk" in browser_of_alice.get(address(bob)).text
    assert len(sentences(browser_of_alice, bob)) == 3
    people = browser_of_alice.get(reverse("articles:member-list", args=[bob.desk.slug])).text
    assert f'href="{address(bob)}"' in people
    assert f'href="{address(alice)}"' in people


def test_who_did_nothing_yet(browser_of_alice: Client, rita: Membership) -> None:
    assert "Rita has not done anything on this desk yet." in browser_of_alice.get(address(rita)).text


def test_the_rest_is_on_the_next_page(
    browser_of_alice: Client, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record.deeds_of, "__kwdefaults__", {"until": None, "before": None, "size": 4})
    for _ in range(3):
        make_claim(by=alice)

    found, path = 0, "?acts=claims"
    while path:
        answer = browser_of_alice.get(f"{address(alice)}{path}")
        found += sum(len(one.lines) for _, happenings in answer.context["deeds"].days for one in happenings)
        path = answer.context["next"]

    assert found == 6
    assert "Back to the newest" in answer.text


def test_post_is_the_wrong_method(browser_of_alice: Client, bob: Membership) -> None:
    assert browser_of_alice.post(address(bob)).status_code == 405


def test_another_desks_member_is_not_found(browser_of_alice: Client, desk: Desk, mallory: Membership) -> None:
    there = reverse("articles:member-history", args=[desk.slug, mallory.pk])

    assert browser_of_alice.get(there).status_code == 404


def test_more_events_cost_no_more_queries(browser_of_alice: Client, alice: Membership, bob: Membership) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser_of_alice.get(address(bob))
        return len(captured)

    make_evidence(by=bob, claim=make_claim(by=alice))
    queries()
    few = queries()
    for _ in range(10):
        make_evidence(by=bob, claim=make_claim(by=alice))

    assert queries() == few
