from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from articles import actions
from articles.actions.sources import Work
from articles.models import AuditEvent, Claim, Membership, Source, Status
from tests.claims.asking import HTMX, address
from tests.factories import fresh, make_claim, make_evidence, make_passage, make_snapshot, make_source


@pytest.fixture
def source(alice: Membership) -> Source:
    return make_source(by=alice, author="County police", url="https://police.example/log")


def told(source: Source, **typed: Any) -> dict[str, Any]:
    source = fresh(source)
    stored = {name: getattr(source, name) for name in ("revision", "title", "author", "url", "published")}
    return stored | {"source_kind": source.kind, "accessed_on": source.accessed_on or ""} | typed


def test_it_shows_what_cites_the_source(
    browser_of_rita: Client, source: Source, claim: Claim, alice: Membership
) -> None:
    make_evidence(by=alice, claim=claim, source=source, quote="Three injured.")

    answer = browser_of_rita.get(address("source", source))

    assert answer.status_code == 200
    for words in (source.title, "County police", "three people were hurt", "Three injured."):
        assert words in answer.text
    assert "<form" not in answer.text.partition("<main")[2].partition("</main>")[0]


def test_a_number_that_is_cut_is_not_given_for_the_whole(
    browser_of_rita: Client, source: Source, claim: Claim, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        make_evidence(by=alice, claim=claim, source=source)
        make_snapshot(by=alice, source=source)
    assert "The newest" not in browser_of_rita.get(address("source", source)).text
    monkeypatch.setattr("articles.queries.sources.CITATIONS_SHOWN", 1)
    monkeypatch.setattr("articles.queries.snapshots.SHOWN", 1)

    page = browser_of_rita.get(address("source", source)).text

    assert '<span class="count">the newest 1</span>' in page
    assert "The newest 1." in page


def test_it_is_edited(browser_of_alice: Client, source: Source) -> None:
    sent = told(source, title="Accident log, corrected", published="2024-02", accessed_on="2024-03-01")

    answer = browser_of_alice.post(address("source", source), sent)

    source = fresh(source)
    assert (answer.status_code, answer.headers["Location"]) == (302, address("source", source))
    assert (source.title, source.published, str(source.accessed_on)) == (
        "Accident log, corrected",
        "2024-02",
        "2024-03-01",
    )


def test_htmx_gets_the_source_alone(browser_of_alice: Client, source: Source) -> None:
    answer = browser_of_alice.post(address("source", source), told(source, title="New title"), headers=HTMX)

    assert answer.status_code == 200
    assert answer.text.strip().startswith('<div id="source" ')
    assert "Source saved." in answer.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"title": " "}, "Give the source a title."), ({"published": "2023-13"}, "Write the date as 2013")],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser_of_alice: Client, source: Source, headers: dict[str, str], wrong: dict[str, str], sentence: str
) -> None:
    answer = browser_of_alice.post(address("source", source), told(source, author="Typed") | wrong, headers=headers)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Typed"' in answer.text
    assert fresh(source).revision == source.revision


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_who_was_slower_sees_both_texts(
    browser_of_alice: Client, source: Source, bob: Membership, headers: dict[str, str]
) -> None:
    mine = told(source, title="Alice’s title", source_kind="document")
    actions.sources.edit(by=bob, source=source, revision=source.revision, work=Work(title="Bob’s title"))

    answer = browser_of_alice.post(address("source", source), mine, headers=headers)

    assert answer.status_code == 409
    for words in ("Bob was faster", "Bob’s", "Alice’s", "Document", "News"):
        assert words in answer.text
    assert fresh(source).title == "Bob’s title"


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, source: Source) -> None:
    sent = told(source, title="New title", request_id=str(uuid4()))

    answers = [browser_of_alice.post(address("source", source), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(subject_id=source.pk, action="source.edited").count() == 1


def test_what_rests_on_it_is_reopened(browser_of_alice: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.APPROVED)
    source = claim.evidence.get().source

    browser_of_alice.post(address("source", source), told(source, title="Another log"))

    assert fresh(claim).status == Status.REOPENED


def test_a_stored_article_is_named(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    source = make_passage(by=alice, claim=claim).source

    assert f"/articles/{source.article_id}/" in browser_of_alice.get(address("source", source)).text


def test_put_is_the_wrong_method(browser_of_alice: Client, source: Source) -> None:
    assert browser_of_alice.put(address("source", source)).status_code == 405
