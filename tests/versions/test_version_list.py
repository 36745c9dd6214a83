import pytest
from django.test import Client

from articles import actions
from articles.models import Carry, Membership
from articles.queries.versions import Taken
from tests.factories import make_highlight, take_version


@pytest.fixture
def url(carry: Carry) -> str:
    return f"/d/night-desk/articles/{carry.version.article_id}/versions/"


def counts(taken: Taken) -> tuple[int, ...]:
    return taken.version.number, taken.carried, taken.waiting, taken.decided, taken.overtaken


def test_it_is_a_timeline(signed_in: Client, url: str) -> None:
    answer = signed_in.get(url)

    taken = answer.context["versions"]
    assert [counts(row) for row in taken] == [
        (2, 0, 1, 0, 0),
        (1, 0, 0, 0, 0),
    ]
    assert "1 waits for a decision" in answer.text
    assert "versions/2/changes/" in answer.text
    assert "versions/1/changes/" not in answer.text


def test_what_was_decided_and_what_went_on_is_counted(
    signed_in: Client, url: str, carry: Carry, bob: Membership
) -> None:
    make_highlight(by=bob, version=carry.version, quote="the mayor said")
    actions.carrying.orphan(by=bob, carry=carry, revision=1)
    take_version(carry.version.article, f"{carry.version.text} It opens on Friday.", by=bob)

    taken = signed_in.get(url).context["versions"]

    assert [counts(row) for row in taken] == [
        (3, 1, 0, 0, 0),
        (2, 0, 0, 1, 0),
        (1, 0, 0, 0, 0),
    ]


def test_what_still_waited_when_the_next_version_came(
    signed_in: Client, url: str, carry: Carry, bob: Membership
) -> None:
    take_version(carry.version.article, carry.version.text.replace("four", "five"), by=bob)

    answer = signed_in.get(url)

    taken = answer.context["versions"]
    assert [counts(row) for row in taken] == [(3, 0, 1, 0, 0), (2, 0, 0, 0, 1), (1, 0, 0, 0, 0)]
    assert "1 still waited when the next version came" in answer.text


def test_a_removed_highlight_waits_for_nobody(signed_in: Client, url: str, carry: Carry, bob: Membership) -> None:
    actions.highlights.remove(by=bob, highlight=carry.highlight)

    assert "for a decision" not in signed_in.get(url).text


def test_post_is_the_wrong_method(signed_in: Client, url: str) -> None:
    assert signed_in.post(url).status_code == 405
