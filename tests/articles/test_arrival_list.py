"""What is on its way in is found again, whoever brought it."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import actions
from articles.models import Desk, Membership
from tests.articles.pages import STORM, page_of, page_of_desk
from tests.factories import make_arrival, make_version

HTMX = {"HX-Request": "true"}


@pytest.fixture
def arrivals(desk: Desk) -> str:
    return page_of_desk("arrival-list", desk)


def test_what_waits_is_listed_with_what_is_known_of_it(
    browser_of_alice: Client, arrivals: str, alice: Membership, bob: Membership
) -> None:
    ready = make_arrival(by=bob, text="Ready\n\nIt came.")
    actions.arrivals.describe(by=bob, arrival=ready, revision=2, details={"headline": "Better words"})
    make_arrival(by=alice, text="x", failure="It took too long.", filename="slow.pdf")
    make_arrival(by=alice, text="Unread", is_read=False, filename="unread.txt")
    actions.arrivals.discard(by=alice, arrival=make_arrival(by=alice, text="Gone\n\nIt went.", filename="gone.txt"))
    added = make_arrival(by=alice, text="Here\n\nIt is.", filename="here.txt")
    actions.arrivals.settle(by=alice, arrival=added, version=make_version(by=alice))

    page = browser_of_alice.get(arrivals).text

    assert "Better words" in page
    assert "Uploaded file by Bob" in page
    assert "It took too long." in page
    assert 'hx-trigger="load, submit"' in page
    assert "gone.txt" not in page
    assert "here.txt" not in page


def test_what_came_together_is_shown_whatever_became_of_it(
    browser_of_alice: Client, arrivals: str, alice: Membership
) -> None:
    batch = uuid4()
    one, two, three = (make_arrival(by=alice, text=f"Report {n}", batch=batch, filename=f"{n}.txt") for n in (1, 2, 3))
    make_arrival(by=alice, text="Another", filename="another.txt")
    actions.arrivals.discard(by=alice, arrival=one)
    actions.arrivals.settle(by=alice, arrival=two, version=make_version(by=alice, headline="It is here"))

    page = browser_of_alice.get(arrivals, {"batch": str(batch)}).text

    assert "3 of 3 files read" in page
    assert "It is here" in page
    assert page_of("arrival-restore", one) in page
    assert page_of("arrival", three) in page
    assert "another.txt" not in page


def test_each_is_read_by_itself_and_the_progress_told(
    browser_of_alice: Client, arrivals: str, alice: Membership
) -> None:
    batch = uuid4()
    one, _ = (make_arrival(by=alice, text=f"{STORM}\n\n{n}", batch=batch, is_read=False) for n in (1, 2))
    assert "0 of 2 files read" in browser_of_alice.get(arrivals, {"batch": str(batch)}).text

    answer = browser_of_alice.post(page_of("arrival-read", one), headers=HTMX | {"HX-Target": f"a{one.pk}"})

    assert answer.text.startswith(f'<li id="a{one.pk}"')
    assert "Storm closes the harbour of Orm" in answer.text
    assert 'id="read-so-far" hx-swap-oob="true"' in answer.text
    assert "1 of 2 files read" in answer.text


def test_a_text_that_is_on_the_desk_is_named(browser_of_alice: Client, arrivals: str, alice: Membership) -> None:
    make_version(by=alice, text="Bridge closed\n\nIt is.")
    make_arrival(by=alice, text="Bridge closed\n\nIt is.")

    assert "The desk has this text already" in browser_of_alice.get(arrivals).text


def test_what_was_discarded_is_found_again(browser_of_alice: Client, arrivals: str, alice: Membership) -> None:
    arrival = make_arrival(by=alice, text="Gone\n\nIt went.")
    actions.arrivals.discard(by=alice, arrival=arrival)

    assert page_of("arrival-restore", arrival) in browser_of_alice.get(arrivals, {"discarded": "1"}).text


def test_an_empty_list_says_how_to_begin(browser_of_alice: Client, arrivals: str) -> None:
    assert "Nothing is on its way in" in browser_of_alice.get(arrivals).text
    assert "Nothing was discarded" in browser_of_alice.get(arrivals, {"discarded": "1"}).text


@pytest.mark.parametrize("page", ["article-list", "desk"])
def test_articles_and_desk_lead_to_what_waits(
    browser_of_alice: Client, client: Client, alice: Membership, rita: Membership, page: str
) -> None:
    client.force_login(rita.person)
    url = page_of_desk(page, alice.desk)
    assert "on its way in" not in browser_of_alice.get(url).text
    make_arrival(by=alice)

    assert "1 article on its way in" in browser_of_alice.get(url).text
    assert "on its way in" not in client.get(url).text


def test_arrivals_of_another_desk_are_not_there(
    browser_of_alice: Client, arrivals: str, desk: Desk, mallory: Membership
) -> None:
    batch = uuid4()
    foreign = make_arrival(by=mallory, batch=batch, filename="foreign.txt")

    assert "foreign.txt" not in browser_of_alice.get(arrivals).text
    assert "foreign.txt" not in browser_of_alice.get(arrivals, {"batch": str(batch)}).text
    assert browser_of_alice.get(f"/d/{desk.slug}/articles/arrivals/{foreign.pk}/").status_code == 404


def test_the_number_of_queries_is_the_same_for_more_rows(
    browser_of_alice: Client, arrivals: str, alice: Membership
) -> None:
    def queries_of_page() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser_of_alice.get(arrivals)
        return len(captured)

    make_arrival(by=alice)
    few = queries_of_page()
    for number in range(10):
        make_arrival(by=alice, text=f"Report {number}\n\nIt came.")

    assert queries_of_page() == few
