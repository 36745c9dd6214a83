from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import actions
from articles.models import AuditEvent, Desk, Membership, Standing
from articles.queries import agreement as queries
from articles.queries.agreement import agreement_of
from articles.queries.paging import page
from tests.desk.test_scale_revise import revised
from tests.factories import fresh, make_blind, make_second


@pytest.fixture
def address(desk: Desk) -> str:
    return reverse("articles:agreement", args=[desk.slug])


def pair(first: Membership, second: Membership, ratings: tuple[str, str]) -> None:
    claim = make_blind(by=first, rating=ratings[0])
    make_second(by=second, claim=claim, rating=ratings[1])


def test_it_counts_and_reckons(client: Client, address: str, alice: Membership, bob: Membership) -> None:
    for ratings in [("supported", "supported")] * 3 + [("refuted", "refuted"), ("supported", "refuted")]:
        pair(alice, bob, ratings)
    make_blind(by=alice)
    client.force_login(bob.person)

    answer = client.get(address)

    found = answer.context["found"]
    assert (found.number, found.agreed, found.percent) == (5, 4, 80)
    assert round(found.alpha, 4) == round(1 - 9 * 2 / (100 - 49 - 9), 4)
    assert [(row.rating.code, row.first, row.second, row.both) for row in found.rows] == [
        ("supported", 4, 3, 3),
        ("refuted", 1, 2, 1),
    ]
    assert {round(row.alpha, 4) for row in found.rows} == {round(found.alpha, 4)}
    assert "80 %" in answer.text


def test_where_they_differed_and_what_was_decided(
    client: Client, address: str, alice: Membership, bob: Membership, erin: Membership
) -> None:
    pair(alice, bob, ("supported", "supported"))
    claim = make_blind(by=alice)
    make_second(by=bob, claim=claim, rating="refuted")
    digest = actions.verdicts.digest_of(claim)
    note = "The log is the older one."
    actions.findings.resolve(by=erin, claim=claim, digest=digest, stands=Standing.SECOND, note=note)
    client.force_login(bob.person)

    answer = client.get(address)

    assert [second.claim for second in answer.context["page"].rows] == [fresh(claim)]
    assert "The log is the older one." in answer.text


def test_a_term_of_an_older_version_counts_with_its_successor(
    desk: Desk, alice: Membership, bob: Membership, erin: Membership
) -> None:
    pair(alice, bob, ("supported", "supported"))
    revised(erin, name="Borne out")
    pair(alice, bob, ("supported", "supported"))

    (row,) = agreement_of(desk).rows

    assert (row.rating.name, row.both) == ("Borne out", 2)


def test_the_differing_ones_are_paged_at_no_more_queries(
    client: Client, address: str, alice: Membership, bob: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(bob.person)

    def queries_of() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        return len(caught)

    pair(alice, bob, ("supported", "refuted"))
    queries_of()
    few = queries_of()
    for _ in range(4):
        pair(bob, alice, ("supported", "refuted"))
    assert queries_of() == few

    monkeypatch.setattr(queries, "page", lambda rows, after: page(rows, after, 2))
    first = client.get(address)
    second = client.get(address + first.context["next"])
    assert [len(answer.context["page"].rows) for answer in (first, second)] == [2, 2]
    assert {row.pk for row in first.context["page"].rows}.isdisjoint(row.pk for row in second.context["page"].rows)


def test_nothing_yet_says_how_it_begins(client: Client, address: str, rita: Membership) -> None:
    client.force_login(rita.person)

    answer = client.get(address)

    assert "Nobody has found apart yet" in answer.text
    assert "Make every review blind" not in answer.text


def test_an_administrator_switches_it(client: Client, address: str, erin: Membership, desk: Desk) -> None:
    client.force_login(erin.person)

    answer = client.post(reverse("articles:desk-blind", args=[desk.slug]), follow=True)
    again = client.post(reverse("articles:desk-blind", args=[desk.slug]), follow=True)

    assert Desk.objects.get(pk=desk.pk).blind_reviews
    assert "From now on every verdict is found blind." in answer.text
    assert "blind already" in again.text
    assert AuditEvent.objects.filter(action="desk.blinded").count() == 1

    client.post(reverse("articles:desk-unblind", args=[desk.slug]))
    assert not Desk.objects.get(pk=desk.pk).blind_reviews


def test_a_reviewer_does_not(client: Client, alice: Membership, desk: Desk) -> None:
    client.force_login(alice.person)

    for name in ("desk-blind", "desk-unblind"):
        assert client.post(reverse(f"articles:{name}", args=[desk.slug])).status_code == 403
        assert client.get(reverse(f"articles:{name}", args=[desk.slug])).status_code == 405
