"""The workbench of an older version, which is read only, and the one in which words are marked for a carry."""

import pytest
from django.test import Client

from articles import actions
from articles.models import Carry, Claim, Membership
from tests.factories import make_highlight


@pytest.fixture
def url(carry: Carry) -> str:
    return f"/d/night-desk/articles/{carry.version.article_id}/"


def test_the_newest_says_what_waits(signed_in: Client, url: str) -> None:
    answer = signed_in.get(url)

    assert "four people were hurt" in answer.text
    assert "1 highlight of the version before could not be carried" in answer.text
    assert "Version 2 of 2" in answer.text


def test_an_older_version_is_as_it_stood_and_read_only(
    signed_in: Client, url: str, carry: Carry, claim: Claim, alice: Membership
) -> None:
    answer = signed_in.get(url, {"version": 1})

    assert "Version 1 of 2" in answer.text
    assert f'data-claim="{claim.pk}"' in answer.text
    assert "workbench-bar" not in answer.text
    actions.carrying.orphan(by=alice, carry=carry, revision=1)
    assert f'data-claim="{claim.pk}"' in signed_in.get(url, {"version": 1}).text


def test_what_was_removed_there_is_not_shown(signed_in: Client, url: str, carry: Carry, alice: Membership) -> None:
    actions.highlights.remove(by=alice, highlight=carry.highlight)

    assert f'data-claim="{carry.highlight.claim_id}"' not in signed_in.get(url, {"version": 1}).text


@pytest.mark.parametrize("number", ["0", "3", "two", "-1", "9" * 5000, "²"])
def test_a_version_that_is_not_there(number: str, signed_in: Client, url: str) -> None:
    assert signed_in.get(url, {"version": number}).status_code == 404


def test_words_are_marked_for_what_waits(signed_in: Client, url: str, carry: Carry) -> None:
    answer = signed_in.get(url, {"carry": str(carry.pk)})

    assert "It stands here" in answer.text
    assert "<q>three people were hurt</q>" in answer.text
    assert f"/carries/{carry.pk}/remark/" in answer.text
    assert "/mark/" not in answer.text
    assert 'id="evidence"' not in answer.text


def test_links_to_claims_keep_what_words_are_marked_for(
    signed_in: Client, url: str, carry: Carry, bob: Membership
) -> None:
    other = make_highlight(by=bob, version=carry.version, quote="the mayor said")

    answer = signed_in.get(url, {"carry": str(carry.pk)})

    assert f'href="?carry={carry.pk}&amp;claim={other.claim_id}' in answer.text


def test_by_sentence_too(signed_in: Client, url: str, carry: Carry) -> None:
    answer = signed_in.get(url, {"carry": str(carry.pk), "mode": "sentences"})

    assert f'<form id="sentence" method="post" action="/d/night-desk/carries/{carry.pk}/remark/"' in answer.text


@pytest.mark.parametrize("made_up", ["no", "01a20000-0000-7000-8000-000000000000"])
def test_what_does_not_wait_is_not_asked_for(made_up: str, signed_in: Client, url: str) -> None:
    assert "It stands here" not in signed_in.get(url, {"carry": made_up}).text


def test_nor_what_was_decided(signed_in: Client, url: str, carry: Carry, alice: Membership) -> None:
    actions.carrying.orphan(by=alice, carry=carry, revision=1)

    assert "It stands here" not in signed_in.get(url, {"carry": str(carry.pk)}).text


def test_a_reader_marks_nothing(client: Client, url: str, carry: Carry, rita: Membership) -> None:
    client.force_login(rita.person)

    assert "It stands here" not in client.get(url, {"carry": str(carry.pk)}).text


def test_the_old_version_takes_no_marks(signed_in: Client, url: str, carry: Carry) -> None:
    before = carry.highlight.version
    span = {"version": before.pk, "start": 0, "end": 6, "quote": before.text[:6], "request_id": ""}

    answer = signed_in.post(f"{url}mark/", span)

    assert answer.status_code == 409
    assert "newer version by now" in answer.text


def test_new_marks_stand_beside_what_waits(
    signed_in: Client, url: str, carry: Carry, claim: Claim, bob: Membership
) -> None:
    make_highlight(by=bob, version=carry.version, quote="four people", claim=claim)

    places = signed_in.get(f"/d/night-desk/claims/{claim.pk}/").context["places"]

    assert [(place.version, place.waits) for place in places] == [(1, True), (2, False)]
