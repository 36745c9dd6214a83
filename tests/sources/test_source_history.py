import pytest
from django.test import Client

from articles import actions
from articles.actions.sources import Work
from articles.models import Means, Membership, Source
from articles.queries import history
from tests.claims.asking import address
from tests.factories import found, make_snapshot, make_source


@pytest.fixture
def double(source: Source, alice: Membership, bob: Membership) -> Source:
    """A double that was merged and taken back, and all else that can happen to a source."""
    actions.sources.edit(by=bob, source=source, revision=1, work=Work(title="Log of the county", url=source.url))
    copy = make_snapshot(by=alice, source=source, means=Means.FETCH)
    actions.snapshots.check(by=bob, source=source, copy=copy, fetched=found("Four were hurt.", asked=copy.asked))
    double = make_source(by=alice, title="Log once more")
    actions.doubles.merge(by=bob, source=double, revision=1, into=source)
    actions.sources.withdraw(by=bob, source=source, reason="It is forged.")
    actions.sources.restore(by=alice, source=source)
    return double


def test_it_tells_of_what_was_merged_on(
    browser_of_rita: Client, source: Source, alice: Membership, bob: Membership
) -> None:
    first, second = make_source(by=bob, title="Log"), make_source(by=alice, title="Log once more")
    actions.doubles.merge(by=bob, source=first, revision=1, into=second)
    actions.doubles.merge(by=alice, source=second, revision=1, into=source)

    answer = browser_of_rita.get(address("source-history", source))

    told = [line.sentence for line in answer.context["told"].lines]
    assert "Bob added the source Log." in told
    assert "Bob merged the source Log into Log once more." in told


def test_it_tells_everything(browser_of_rita: Client, source: Source, double: Source) -> None:
    answer = browser_of_rita.get(address("source-history", source))

    assert [line.sentence for line in answer.context["told"].lines] == [
        "Alice restored the source Log of the county.",
        "Bob withdrew the source Log of the county.",
        "Bob merged the source Log once more into Log of the county.",
        "Alice added the source Log once more.",
        "Bob looked at the page of Log of the county again: it says something else than its copy.",
        "Alice kept a copy of Log of the county.",
        "Bob edited the source Log of the county.",
        "Alice added the source Accident log of the county.",
    ]
    for words in ("It is forged.", "before: "):
        assert words in answer.text


def test_what_was_taken_back_is_told_with_the_double(source: Source, double: Source, alice: Membership) -> None:
    actions.doubles.part(by=alice, source=double)

    lines = history.source_history(double).lines

    assert lines[0].sentence == "Alice took back that Log once more was merged into Log of the county."


def test_a_long_history_comes_in_pages(source: Source, double: Source) -> None:
    first = history.source_history(source, size=5)
    second = history.source_history(source, before=first.older, size=5)

    assert [len(page.lines) for page in (first, second)] == [5, 3]
    assert second.older is None
