import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Desk, Membership
from articles.queries.sources import SUGGESTED
from tests.factories import make_source, make_stranger


@pytest.fixture
def address(desk: Desk) -> str:
    return reverse("articles:source-suggest", args=[desk.slug])


@pytest.mark.parametrize("name", ["q", "title"])
def test_it_works(browser_of_alice: Client, address: str, alice: Membership, name: str) -> None:
    log = make_source(by=alice, title='The "accident" log', author="Police")
    make_source(by=alice, title="Report")
    make_source(by=make_stranger(), title="Accident log of others")

    answer = browser_of_alice.get(address, {name: "acci"})

    assert answer.text.count('role="option"') == 1
    assert f'data-value="{log.pk}" data-label="The &quot;accident&quot; log"' in answer.text


def test_without_words_the_newest_are_offered(browser_of_alice: Client, address: str, alice: Membership) -> None:
    for number in range(SUGGESTED + 1):
        make_source(by=alice, title=f"Log {number}")

    answer = browser_of_alice.get(address, {"q": " "})

    assert answer.text.count('role="option"') == SUGGESTED
    assert "Log 0" not in answer.text


def test_nothing_found_says_so(browser_of_alice: Client, address: str) -> None:
    answer = browser_of_alice.get(address, {"q": "ferry"})

    assert 'class="none"' in answer.text
    assert 'role="option"' not in answer.text


def test_post_is_the_wrong_method(browser_of_alice: Client, address: str) -> None:
    assert browser_of_alice.post(address).status_code == 405
