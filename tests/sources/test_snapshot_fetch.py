from uuid import uuid4

import pytest
from django.test import Client

from articles import actions
from articles.models import AuditEvent, Claim, Evidence, Membership, Original, Snapshot, Source
from tests.claims.asking import HTMX, address, is_panel
from tests.factories import make_evidence, make_source
from tests.publishing import WORDS, Web


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_it_works(browser_of_alice: Client, source: Source, web: Web, headers: dict[str, str]) -> None:
    web(WORDS)

    answer = browser_of_alice.post(address("snapshot-fetch", source), headers=headers)

    copy = Snapshot.objects.get()
    assert answer.status_code == (200 if headers else 302)
    assert (copy.means, copy.outcome, copy.media_type) == ("fetch", "kept", "text/html")
    assert (copy.asked, copy.reached) == ("https://police.example/log", "https://police.example/log/today")
    assert WORDS in copy.text
    assert copy.original
    assert b"<article>" in bytes(copy.original.content)
    assert copy.original.sha256[:12] in browser_of_alice.get(address("source", source)).text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_page_that_cannot_be_fetched_says_why_and_is_tried_again(
    browser_of_alice: Client, source: Source, web: Web, headers: dict[str, str]
) -> None:
    web("")

    browser_of_alice.post(address("snapshot-fetch", source), headers=headers)

    page = browser_of_alice.get(address("source", source)).text
    assert "There is no copy" in page
    assert "It has no page there; check the address." in page
    assert "Try again" in page
    web(WORDS)
    browser_of_alice.post(address("snapshot-fetch", source), headers=headers)
    page = browser_of_alice.get(address("source", source)).text
    assert "There is no copy" not in page
    assert "Check the page again" in page


def test_a_repeated_request_fetches_once(browser_of_alice: Client, source: Source, web: Web) -> None:
    asked = web(WORDS)
    sent = {"request_id": str(uuid4())}

    answers = [browser_of_alice.post(address("snapshot-fetch", source), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert (len(asked), Snapshot.objects.count()) == (1, 1)


def test_a_source_without_an_address_says_what_to_do(browser_of_alice: Client, alice: Membership, web: Web) -> None:
    source = make_source(by=alice)

    answer = browser_of_alice.post(address("snapshot-fetch", source), headers=HTMX)

    assert answer.status_code == 422
    assert "This source has no address." in answer.text


def test_the_same_page_is_stored_once(browser_of_alice: Client, source: Source, web: Web) -> None:
    web(WORDS)

    for _ in range(2):
        browser_of_alice.post(address("snapshot-fetch", source))

    assert (Snapshot.objects.count(), Original.objects.count()) == (2, 1)


def test_an_event_tells_all_of_it(browser_of_alice: Client, source: Source, web: Web) -> None:
    web(WORDS)

    browser_of_alice.post(address("snapshot-fetch", source))

    copy, data = Snapshot.objects.get(), AuditEvent.objects.get(action="snapshot.kept").data
    assert data["source"]["id"] == str(source.pk)
    assert copy.original
    for name in ("means", "outcome", "asked", "reached", "media_type"):
        assert data[name] == getattr(copy, name)
    assert data["sha256"] == copy.original.sha256


# From the panel of a claim


@pytest.fixture
def evidence(alice: Membership, claim: Claim, source: Source) -> Evidence:
    return make_evidence(by=alice, claim=claim, source=source)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_evidence_offers_to_keep_a_copy(
    browser_of_alice: Client, evidence: Evidence, web: Web, headers: dict[str, str]
) -> None:
    web(WORDS)
    claim = evidence.claim
    assert "Keep a copy" in browser_of_alice.get(address("claim", claim)).text

    answer = browser_of_alice.post(address("evidence-copy", evidence), headers=headers)

    assert answer.status_code == (200 if headers else 302)
    page = answer.text if headers else browser_of_alice.get(address("claim", claim)).text
    assert is_panel(answer) is bool(headers)
    assert "Keep a copy" not in page
    assert "Copy of" in page


def test_a_failure_is_told_in_the_panel(browser_of_alice: Client, evidence: Evidence, web: Web) -> None:
    web("")

    answer = browser_of_alice.post(address("evidence-copy", evidence), headers=HTMX)

    assert answer.status_code == 422
    assert "It has no page there" in answer.text
    assert "No copy: why" in answer.text


def test_a_source_that_was_merged_keeps_nothing_more(
    browser_of_alice: Client, source: Source, alice: Membership, web: Web
) -> None:
    web(WORDS)
    actions.doubles.merge(by=alice, source=source, revision=1, into=make_source(by=alice))

    answer = browser_of_alice.post(address("snapshot-fetch", source))

    assert answer.status_code == 422
    assert not Snapshot.objects.exists()
