from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import AuditEvent, Desk, Membership, Source
from tests.claims.asking import address as address_of
from tests.factories import make_claim, make_source, make_stranger


@pytest.fixture
def address(desk: Desk) -> str:
    return reverse("articles:source-add", args=[desk.slug])


def typed(**more: Any) -> dict[str, Any]:
    said = {
        "title": "Interview with the engineer",
        "source_kind": "interview",
        "author": "Ida Falk",
        "published": "2026-03",
        "reached": "phone",
        "terms": "background",
        "source_note": "She asked for her words back.",
    }
    return said | {"request_id": str(uuid4())} | more


def test_it_works(browser_of_alice: Client, address: str, desk: Desk) -> None:
    answer = browser_of_alice.post(address, typed())

    source = Source.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("articles:source", args=[desk.slug, source.pk])
    assert (source.kind, source.reached, source.terms, source.note) == (
        "interview",
        "phone",
        "background",
        "She asked for her words back.",
    )
    page = browser_of_alice.get(answer.headers["Location"]).text
    for words in ("Ida Falk", "March 2026", "by phone", "on background", "She asked for her words back."):
        assert words in page


def test_every_field_is_shown_without_scripts(browser_of_alice: Client, address: str) -> None:
    page = browser_of_alice.get(address, {"url": "https://police.example/log"}).text

    for name in ("container", "publisher", "number", "archive", "medium", "reached", "terms", "accessed_on"):
        assert f'name="{name}"' in page
    assert 'value="https://police.example/log"' in page
    assert "personal_communication&quot;: [" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Give the source a title."),
        ({"published": "March"}, "Write the date as 2013"),
        ({"source_kind": "rumour"}, "Select a valid choice"),
        ({"reached": "pigeon"}, "Select a valid choice"),
        ({"url": "javascript:alert(1)"}, "Write the whole address"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser_of_alice: Client, address: str, wrong: dict[str, str], sentence: str
) -> None:
    answer = browser_of_alice.post(address, typed(**wrong))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Ida Falk"' in answer.text
    assert not Source.objects.exists()


def test_a_known_address_is_shown_first(browser_of_alice: Client, address: str, alice: Membership) -> None:
    known = make_source(by=alice, title="Log of the police", url="https://www.police.example/log/?utm_source=mail")
    make_source(by=make_stranger(), title="Of another desk", url="https://police.example/log")

    answer = browser_of_alice.post(address, typed(url="http://police.example/log"))

    assert answer.status_code == 422
    assert f"/sources/{known.pk}/" in answer.text
    assert "Of another desk" not in answer.text
    assert Source.objects.filter(desk=alice.desk).count() == 1


def test_one_that_is_another_all_the_same_is_added(browser_of_alice: Client, address: str, alice: Membership) -> None:
    make_source(by=alice, url="https://police.example/log")

    answer = browser_of_alice.post(address, typed(url="https://police.example/log", anyway="1"))

    assert answer.status_code == 302
    assert Source.objects.count() == 2


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, address: str) -> None:
    sent = typed()

    answers = [browser_of_alice.post(address, sent) for _ in range(2)]

    assert {answer.headers["Location"] for answer in answers} == {answers[0].headers["Location"]}
    assert AuditEvent.objects.filter(action="source.added").count() == 1


def test_a_reader_adds_none(browser_of_rita: Client, address: str) -> None:
    assert browser_of_rita.post(address, typed()).status_code == 403
    assert not Source.objects.exists()


def test_evidence_finds_the_source_whose_address_is_pasted(
    browser_of_alice: Client, desk: Desk, alice: Membership
) -> None:
    known = make_source(by=alice, title="Log of the police", url="https://police.example/log")
    claim = make_claim(by=alice)
    pasted = "http://www.police.example/log/?utm_medium=x"
    said = {
        "title": pasted,
        "stance": "supports",
        "kind": "primary",
        "quote": "3",
    }

    browser_of_alice.post(address_of("evidence-add", claim), said)

    assert claim.evidence.get().source == known
    suggest = reverse("articles:source-suggest", args=[desk.slug])
    assert f'data-value="{known.pk}"' in browser_of_alice.get(suggest, {"title": pasted}).text


def test_an_unknown_address_becomes_a_source_of_that_address(browser_of_alice: Client, alice: Membership) -> None:
    claim = make_claim(by=alice)
    said = {"title": "https://police.example/log", "stance": "supports", "kind": "primary", "quote": "Three."}

    browser_of_alice.post(address_of("evidence-add", claim), said)

    source = claim.evidence.get().source
    assert (source.url, source.kind) == ("https://police.example/log", "webpage")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"locator_kind": "page", "locator": ""}, "Say which page it is"),
        ({"locator_kind": "timestamp", "locator": "after lunch"}, "Write the time as 12:30"),
        ({"locator_kind": "verse", "locator": "3"}, "Select a valid choice"),
    ],
)
def test_a_locator_says_what_it_counts(
    browser_of_alice: Client, alice: Membership, typed: dict[str, str], sentence: str
) -> None:
    claim = make_claim(by=alice)
    said = {"title": "Log", "stance": "supports", "kind": "primary", "quote": "Three."}

    refused = browser_of_alice.post(address_of("evidence-add", claim), said | typed)
    browser_of_alice.post(
        address_of("evidence-add", claim), said | {"locator_kind": "timestamp", "locator": "1:02:33-1:03:00"}
    )

    assert refused.status_code == 422
    assert sentence in refused.text
    assert claim.evidence.get().where == "at 1:02:33-1:03:00"
    assert "at 1:02:33-1:03:00" in browser_of_alice.get(address_of("claim", claim)).text
