import pytest
from django.test import Client
from django.urls import reverse

from articles import actions
from articles.models import Claim, Desk, Means, Membership, Source
from articles.queries import keeping, sources
from articles.queries.keeping import Keeping
from tests.factories import (
    found,
    make_claim,
    make_evidence,
    make_passage,
    make_snapshot,
    make_source,
    make_stranger,
)


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


@pytest.fixture
def kept_so(alice: Membership) -> dict[str, list[Source]]:
    """Sources by how they are kept, each newest first."""
    copied, changed, settled, failed = (make_source(by=alice, title=f"Log {n}") for n in range(4))
    for source in (copied, changed, settled):
        copy = make_snapshot(by=alice, source=source, means=Means.FETCH)
        if source != copied:
            actions.snapshots.check(
                by=alice, source=source, copy=copy, fetched=found("Four were hurt.", asked=copy.asked)
            )
    actions.snapshots.check(by=alice, source=settled, copy=copy, fetched=found(copy.text, asked=copy.asked))
    withdrawn = actions.sources.withdraw(by=alice, source=make_source(by=alice, title="Fake"), reason="Made up.")
    return {"bare": [failed], "differs": [changed], "withdrawn": [withdrawn]}


@pytest.mark.parametrize("kept", Keeping.values)
def test_it_is_narrowed_by_how_sources_are_kept(
    kept: str, browser_of_rita: Client, address: str, kept_so: dict[str, list[Source]]
) -> None:
    answer = browser_of_rita.get(address, {"kept": kept})

    assert [row.source for row in answer.context["page"].rows] == kept_so[kept]
    assert {value: str(number) for value, _, number in answer.context["ways"]} == {
        "": "",
        "bare": "1",
        "differs": "1",
        "withdrawn": "1",
    }
    assert [row.source for row in browser_of_rita.get(address, {"kept": kept, "q": "log 1"}).context["page"].rows] == (
        kept_so[kept] if kept == "differs" else []
    )
    assert f'<input type="hidden" name="kept" value="{kept}">' in answer.text


def test_a_stored_article_needs_no_copy(browser_of_rita: Client, address: str, alice: Membership) -> None:
    make_passage(by=alice, claim=make_claim(by=alice))

    answer = browser_of_rita.get(address, {"kept": "bare"})

    assert answer.context["page"].rows == []
    assert "No source is like this" in answer.text


def test_an_unknown_way_asks_for_all(browser_of_rita: Client, address: str, alice: Membership) -> None:
    source = make_source(by=alice)

    assert [row.source for row in browser_of_rita.get(address, {"kept": "x"}).context["page"].rows] == [source]


def test_what_is_missing_is_looked_for_piece_by_piece(
    browser_of_rita: Client, address: str, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = make_source(by=alice)
    for _ in range(3):
        make_snapshot(by=alice, source=make_source(by=alice), means=Means.FETCH)
    for module in (sources, keeping):
        monkeypatch.setattr(module, "WINDOW", 2)

    first = browser_of_rita.get(address, {"kept": "bare"})
    second = browser_of_rita.get(address + first.context["next"])

    assert first.context["page"].rows == []
    assert "Looked through 2 sources." in first.text
    assert str(first.context["ways"][1][2]) == "0+"
    assert [row.source for row in second.context["page"].rows] == [bare]
    assert second.context["next"] == ""


def test_no_more_are_counted_than_are_worth_it(alice: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "COUNTED", 2)
    for _ in range(3):
        make_source(by=alice)

    assert str(keeping.numbers(alice.desk)[Keeping.BARE]) == "2+"


def test_an_empty_list_says_what_comes_next(browser_of_alice: Client, address: str) -> None:
    assert "No sources yet" in browser_of_alice.get(address).text
    assert "No source has these words" in browser_of_alice.get(address, {"q": "ferry"}).text


def test_post_is_the_wrong_method(browser_of_alice: Client, address: str) -> None:
    assert browser_of_alice.post(address).status_code == 405
