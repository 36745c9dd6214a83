import pytest
from django.test import Client
from django.urls import reverse

from articles import actions
from articles.models import Claim, Desk, Membership
from articles.queries import sources
from tests.factories import make_evidence, make_source, make_stranger


@pytest.fixture
def address(desk: Desk) -> str:
    return reverse("articles:source-list", args=[desk.slug])


def test_it_works(browser_of_rita: Client, address: str, alice: Membership, claim: Claim) -> None:
    log, report = make_source(by=alice, title="Log"), make_source(by=alice, title="Report", published="2024-02")
    make_evidence(by=alice, claim=claim, source=log)
    make_evidence(by=alice, claim=claim, source=log, quote="Once more.")
    actions.evidence.withdraw(by=alice, evidence=make_evidence(by=alice, claim=claim, source=report))
    make_source(by=make_stranger(), title="Of another desk")

    answer = browser_of_rita.get(address)

    assert [(row.source, row.claims) for row in answer.context["page"].rows] == [(report, 0), (log, 1)]
    assert "February 2024" in answer.text
    assert "1 claim<" in answer.text
    assert "not cited now" in answer.text


def test_found_by_words_of_title_and_author(browser_of_alice: Client, address: str, alice: Membership) -> None:
    make_source(by=alice, title="Report")
    log = make_source(by=alice, title="Accident log", author="County police", url="https://police.example/x")

    for words in ("acc", "police county", "log POLICE"):
        assert [row.source for row in browser_of_alice.get(address, {"q": words}).context["page"].rows] == [log]


def test_the_next_page_keeps_the_words(
    browser_of_alice: Client, address: str, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources._page, "__defaults__", (2,))
    oldest, *_ = [make_source(by=alice) for _ in range(3)]

    first = browser_of_alice.get(address, {"q": "accident"})
    second = browser_of_alice.get(address + first.context["next"])

    assert "q=accident" in first.context["next"]
    assert [row.source for row in second.context["page"].rows] == [oldest]


def test_an_empty_list_says_what_comes_next(browser_of_alice: Client, address: str) -> None:
    assert "No sources yet" in browser_of_alice.get(address).text
    assert "No source has these words" in browser_of_alice.get(address, {"q": "ferry"}).text


def test_post_is_the_wrong_method(browser_of_alice: Client, address: str) -> None:
    assert browser_of_alice.post(address).status_code == 405
