from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import AuditEvent, Desk, Membership, Source
from tests.factories import make_source, make_stranger


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


def test_an_address_that_is_pasted_as_a_title_is_found_or_kept(browser_of_alice: Client, desk: Desk) -> None:
    """It is also how evidence is added: by what stands in the field of the source."""
    suggest = reverse("articles:source-suggest", args=[desk.slug])

    assert "Not known yet" in browser_of_alice.get(suggest, {"title": "https://police.example/log"}).text
