from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles import actions
from articles.models import Claim, ClaimKind, Desk, Membership, Status
from articles.queries import paging
from tests.factories import edit_claim, make_claim, make_evidence


@pytest.fixture
def address(desk: Desk) -> str:
    return reverse("articles:claim-list", args=[desk.slug])


def listed(client: Client, address: str, **wanted: Any) -> list[Claim]:
    return [row.claim for row in client.get(address, wanted).context["page"].rows]


def test_it_works(browser_of_rita: Client, address: str, alice: Membership) -> None:
    old, new = make_claim(by=alice), make_claim(by=alice, status=Status.APPROVED)

    answer = browser_of_rita.get(address)

    assert answer.status_code == 200
    assert [row.claim for row in answer.context["page"].rows] == [new, old]
    for words in ("Orm Valley Courier", "1 piece of evidence", "no evidence", "Supported"):
        assert words in answer.text


def test_narrowed_by_status_kind_and_assignee(
    browser_of_alice: Client, address: str, alice: Membership, bob: Membership
) -> None:
    plain = make_claim(by=alice)
    wanted = edit_claim(make_claim(by=alice, status=Status.CHECKING), by=bob, kind=ClaimKind.NAME, assignee=bob.person)

    assert listed(browser_of_alice, address, status="checking") == [wanted]
    assert listed(browser_of_alice, address, kind="name") == [wanted]
    assert listed(browser_of_alice, address, assignee=str(bob.person_id)) == [wanted]
    assert listed(browser_of_alice, address, status="open", kind="event") == [plain]


def test_narrowed_to_those_that_nobody_has(
    browser_of_alice: Client, address: str, alice: Membership, bob: Membership
) -> None:
    free = make_claim(by=alice)
    edit_claim(make_claim(by=alice), by=alice, assignee=bob.person)
    aside = make_claim(by=alice, status=Status.SET_ASIDE)

    assert listed(browser_of_alice, address, unassigned="on") == [free]
    assert listed(browser_of_alice, address, unassigned="on", status="set_aside") == [aside]


def test_narrowed_to_those_without_evidence_in_force(browser_of_alice: Client, address: str, alice: Membership) -> None:
    bare, withdrawn, carried = (make_claim(by=alice) for _ in range(3))
    make_evidence(by=alice, claim=carried)
    actions.evidence.withdraw(by=alice, evidence=make_evidence(by=alice, claim=withdrawn))

    assert listed(browser_of_alice, address, without_evidence="on") == [withdrawn, bare]


def test_found_by_the_beginnings_of_words(browser_of_alice: Client, address: str, alice: Membership) -> None:
    make_claim(by=alice)
    wanted = make_claim(by=alice, text="The ferry sank in the estuary.")

    assert listed(browser_of_alice, address, q="estu FERRY") == [wanted]
    assert listed(browser_of_alice, address, q="estuary bridge") == []


def test_an_unknown_filter_is_as_good_as_none(browser_of_alice: Client, address: str, claim: Claim) -> None:
    assert listed(browser_of_alice, address, status="lost", assignee="nobody", after="x") == [claim]


def test_the_next_page_keeps_the_filters(
    browser_of_alice: Client, address: str, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging.page, "__defaults__", (2,))
    claims = [make_claim(by=alice) for _ in range(3)]

    first = browser_of_alice.get(address, {"status": "open"})
    second = browser_of_alice.get(address + first.context["next"])

    assert [row.claim for row in first.context["page"].rows] == [claims[2], claims[1]]
    assert "status=open" in first.context["next"]
    assert [row.claim for row in second.context["page"].rows] == [claims[0]]
    assert second.context["next"] == ""


def test_an_empty_desk_says_what_comes_next(browser_of_alice: Client, address: str) -> None:
    assert "No claims yet" in browser_of_alice.get(address).text
    assert "No claim is like this" in browser_of_alice.get(address, {"q": "ferry"}).text


def test_post_is_the_wrong_method(browser_of_alice: Client, address: str) -> None:
    assert browser_of_alice.post(address).status_code == 405
