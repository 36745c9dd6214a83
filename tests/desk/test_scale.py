import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Desk, Membership
from articles.queries.scales import newest_scale
from tests.desk.test_scale_revise import revised
from tests.factories import make_claim, make_verdict


@pytest.fixture
def address(desk: Desk) -> str:
    return reverse("articles:scale", args=[desk.slug])


def test_every_member_reads_the_terms(client: Client, address: str, rita: Membership) -> None:
    client.force_login(rita.person)

    answer = client.get(address)

    assert answer.status_code == 200
    assert "After a search that is described, what was found neither supports nor refutes the claim." in answer.text
    assert "Change the scale" not in answer.text


def test_versions_are_told_with_who_made_them(
    client: Client, address: str, erin: Membership, alice: Membership
) -> None:
    make_verdict(by=alice, claim=make_claim(by=alice))
    before = revised(erin, definition="It is so.")
    client.force_login(erin.person)

    answer = client.get(address)

    assert [one.scale.version for one in answer.context["versions"]] == [2, 1]
    assert [one.by for one in answer.context["versions"]] == ["Erin", None]
    assert [one.verdicts for one in answer.context["versions"]] == [0, 1]
    assert "It is so." in answer.text
    assert "It is so." not in client.get(f"{address}?version={before.version - 1}").text


@pytest.mark.parametrize("asked", ["99", "x", ""])
def test_a_version_that_is_not_there_is_the_newest(client: Client, address: str, erin: Membership, asked: str) -> None:
    client.force_login(erin.person)

    assert client.get(f"{address}?version={asked}").context["scale"] == newest_scale(erin.desk)


def test_versions_cost_no_more_queries(client: Client, address: str, erin: Membership) -> None:
    client.force_login(erin.person)
    client.get(address)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        return len(caught)

    revised(erin, definition="It is so.")
    few = queries()
    for number in range(5):
        revised(erin, definition=f"It is so, {number}.")

    assert queries() == few


@pytest.mark.parametrize("page", ["review-queue", "member-list"])
def test_other_pages_lead_there(client: Client, address: str, erin: Membership, page: str) -> None:
    client.force_login(erin.person)

    assert f'href="{address}"' in client.get(reverse(f"articles:{page}", args=[erin.desk.slug])).text
