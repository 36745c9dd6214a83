from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from articles.models import AuditEvent, Claim, Evidence, Membership, Source, Stance, Status
from tests.claims.asking import HTMX, address, fired, is_panel, page_of
from tests.factories import fresh, make_claim, make_source, make_stranger


def typed(**more: Any) -> dict[str, Any]:
    said = {"title": "Accident log", "stance": "refutes", "kind": "primary", "quote": "No one was hurt."}
    return said | {"request_id": str(uuid4())} | more


def test_it_works_with_a_known_source(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    source = make_source(by=alice, title="Accident log")
    sent = typed(source=str(source.pk), locator="line 7", note="By the police.")

    answer = browser_of_alice.post(address("evidence-add", claim), sent)

    evidence = claim.evidence.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(claim))
    assert (evidence.source, evidence.stance, evidence.kind) == (source, Stance.REFUTES, "primary")
    assert (evidence.quote, evidence.locator, evidence.note) == ("No one was hurt.", "line 7", "By the police.")
    assert fresh(claim).status == Status.CHECKING


def test_it_works_with_a_new_source(browser_of_alice: Client, claim: Claim) -> None:
    work = {
        "author": "County police",
        "source_kind": "document",
        "url": "https://police.example/log",
        "published": "2024-02",
        "accessed_on": "2024-03-01",
    }

    browser_of_alice.post(address("evidence-add", claim), typed(**work))

    source = claim.evidence.get().source
    assert (source.title, source.author, source.kind) == ("Accident log", "County police", "document")
    assert (source.url, source.published, str(source.accessed_on)) == (work["url"], "2024-02", "2024-03-01")


def test_htmx_gets_the_panel(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("evidence-add", claim), typed(), headers=HTMX)

    assert is_panel(answer)
    assert "No one was hurt." in answer.text
    assert "Evidence added from “Accident log”." in answer.text
    assert "claim:changed" in fired(answer)


def test_the_help_and_the_error_of_the_source_are_tied_to_it(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("evidence-add", claim), typed(title=""))

    assert 'aria-describedby="evidence-title_error evidence-title_helptext"' in answer.text
    assert 'id="evidence-title_helptext"' in answer.text


def test_a_title_alone_names_the_known_source(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    source = make_source(by=alice, title="ACCIDENT LOG")

    browser_of_alice.post(address("evidence-add", claim), typed())

    assert claim.evidence.get().source == source


def test_a_title_with_more_about_it_is_a_new_source(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    known = make_source(by=alice, title="Accident log")

    browser_of_alice.post(address("evidence-add", claim), typed(author="The hospital"))

    assert claim.evidence.get().source != known


def test_a_title_of_several_sources_is_asked_about(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    for author in ("Police", "Hospital"):
        make_source(by=alice, title="Accident log", author=author)

    answer = browser_of_alice.post(address("evidence-add", claim), typed(), headers=HTMX)

    assert answer.status_code == 422
    assert "Several sources have this title. Choose one from the list." in answer.text
    assert "No one was hurt." in answer.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Choose a source, or write the title of a new one."),
        ({"stance": ""}, "Say whether it supports the claim"),
        ({"quote": "", "note": " "}, "Quote the words you rely on"),
        ({"kind": "rumour"}, "Select a valid choice"),
        ({"url": "not an address"}, "Write the whole address"),
        ({"url": "javascript:alert(1)"}, "Write the whole address"),
        ({"published": "June 2013"}, "Write the date as 2013"),
        ({"published": "2023-02-29"}, "The calendar has no such day."),
        ({"accessed_on": "soon"}, "Write the day as 2026-03-05."),
        ({"accessed_on": "0026-03-05"}, "Choose a day between 1900 and 2999."),
        ({"locator": "x" * 121}, "at most 120 characters"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser_of_alice: Client, claim: Claim, headers: dict[str, str], wrong: dict[str, str], sentence: str
) -> None:
    answer = browser_of_alice.post(
        address("evidence-add", claim), typed(author="Typed by hand") | wrong, headers=headers
    )

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Typed by hand" in answer.text
    assert is_panel(answer) is bool(headers)
    assert not Evidence.objects.exists()
    assert not Source.objects.exists()


def test_a_source_of_another_desk_is_not_there(browser_of_alice: Client, claim: Claim) -> None:
    theirs = make_source(by=make_stranger())

    answer = browser_of_alice.post(address("evidence-add", claim), typed(source=str(theirs.pk)))

    assert answer.status_code == 404


@pytest.mark.parametrize("more", [{"author": "County police"}, {}])
def test_a_repeated_request_is_answered_and_done_once(
    browser_of_alice: Client, claim: Claim, more: dict[str, str]
) -> None:
    sent = typed(**more)

    answers = [browser_of_alice.post(address("evidence-add", claim), sent, headers=HTMX) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert (Evidence.objects.count(), Source.objects.count()) == (1, 1)
    assert AuditEvent.objects.filter(action="evidence.added").count() == 1


def test_an_approved_claim_is_reopened(browser_of_alice: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.APPROVED)

    answer = browser_of_alice.post(address("evidence-add", claim), typed(), headers=HTMX)

    assert fresh(claim).status == Status.REOPENED
    assert "Evidence was added." in answer.text


def test_get_is_the_wrong_method(browser_of_alice: Client, claim: Claim) -> None:
    assert browser_of_alice.get(address("evidence-add", claim)).status_code == 405
