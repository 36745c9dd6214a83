"""Where a person is signed in: listed, ended one by one or all but this, and ended by what makes them doubtful."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factcheck import second_factor, session_store, sessions
from factcheck.session_store import SEEN_AGAIN
from tests.doors.keys import code_of, give_app, sign_in
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from articles.models import Membership

ACCOUNT, END, DESK = "/accounts/", "/accounts/sessions/end/", "/d/night-desk/"
GIVE = "/accounts/second-factor/give/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
NEW = "four words that are new to everybody"


@pytest.fixture
def other(alice: Membership) -> Client:
    """Alice's other browser, signed in too."""
    other = Client(headers={"user-agent": FIREFOX}, REMOTE_ADDR="192.0.2.7")
    sign_in(other, alice.person)
    return other


def test_each_is_listed_with_its_browser_and_address(alices: Client, other: Client) -> None:
    page = alices.get(ACCOUNT).content.decode()

    assert "Firefox on Linux" in page
    assert "192.0.2.7" in page
    assert page.count('<th scope="row">') == 2
    assert page.count('<span class="quiet">here</span>') == 1


def test_the_list_asks_no_more_for_more_sessions(
    alices: Client, alice: Membership, django_assert_num_queries: object
) -> None:

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            alices.get(ACCOUNT)
        return len(captured)

    asked()
    before = asked()
    for _ in range(5):
        sign_in(Client(), alice.person)

    assert asked() == before


def test_it_says_when_each_was_used_last(alices: Client, other: Client, alice: Membership) -> None:
    day = datetime(2026, 3, 9, 8, 15, tzinfo=UTC)
    UserSession.objects.filter(ip="192.0.2.7").update(last_seen_at=day)

    page = alices.get(ACCOUNT).content.decode()

    assert "9 March 2026, 08:15" in page
    assert '<td data-label="Last used">now</td>' in page


def test_a_use_is_written_down_after_some_minutes_and_not_before(other: Client, alice: Membership) -> None:
    def writes() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            assert other.get(DESK).status_code == 200
        return [query["sql"] for query in captured if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]

    rows = UserSession.objects.filter(user=alice.person)
    assert writes() == []
    rows.update(last_seen_at=timezone.now() - SEEN_AGAIN + timedelta(seconds=20))
    assert writes() == []
    rows.update(last_seen_at=timezone.now() - SEEN_AGAIN)

    (write,) = writes()

    assert write.startswith('UPDATE "usersessions_usersession" SET "last_seen_at"')
    assert timezone.now() - rows.get().last_seen_at < timedelta(seconds=20)
    assert writes() == []


def test_to_know_it_costs_no_query(other: Client, alice: Membership) -> None:
    with CaptureQueriesContext(connection) as captured:
        other.get(ACCOUNT)

    of_sessions = [query["sql"] for query in captured if "last_seen_at" in query["sql"]]
    assert len(of_sessions) == 2  # with the session itself, and with the list


def test_an_old_use_does_not_write_over_a_newer_one(other: Client, alice: Membership) -> None:
    long_ago = timezone.now() - timedelta(days=1)
    UserSession.objects.filter(user=alice.person).update(last_seen_at=long_ago)
    key = other.cookies[settings.SESSION_COOKIE_NAME].value
    late = session_store.SESSION.first(key)
    other.get(DESK)
    noted = UserSession.objects.get(user=alice.person).last_seen_at

    session_store._note(late, long_ago + timedelta(hours=1))

    assert UserSession.objects.get(user=alice.person).last_seen_at == noted


def test_one_is_ended(alices: Client, other: Client, alice: Membership) -> None:
    place = UserSession.objects.get(ip="192.0.2.7")

    answer = alices.post(END, {"place": place.pk}, follow=True)

    assert "That session has ended." in answer.content.decode()
    assert other.get(DESK).status_code == 302
    assert alices.get(DESK).status_code == 200


def test_all_others_are_ended_and_this_one_stays(alices: Client, other: Client) -> None:
    answer = alices.post(END, follow=True)

    assert "1 other session ended." in answer.content.decode()
    assert other.get(DESK).status_code == 302
    assert alices.get(DESK).status_code == 200


def test_what_has_ended_is_said_to_have(alices: Client, other: Client) -> None:
    place = UserSession.objects.get(ip="192.0.2.7").pk
    alices.post(END, {"place": place})

    assert "had ended already" in alices.post(END, {"place": place}, follow=True).content.decode()
    assert "There was no other session." in alices.post(END, follow=True).content.decode()


@pytest.mark.parametrize("place", ["x", "-1", "0", "9" * 30])
def test_what_is_no_session_is_refused(alices: Client, other: Client, place: str) -> None:
    assert "There is no such session." in alices.post(END, {"place": place}, follow=True).content.decode()
    assert other.get(DESK).status_code == 200


def test_somebody_elses_session_does_not_end(alices: Client, bob: Membership) -> None:
    bobs = Client()
    sign_in(bobs, bob.person)
    place = UserSession.objects.get(user=bob.person)

    alices.post(END, {"place": place.pk})
    alices.post(END)

    assert bobs.get(DESK).status_code == 200


def test_this_one_is_not_ended_by_its_number(alices: Client, alice: Membership) -> None:
    place = UserSession.objects.get(user=alice.person)

    alices.post(END, {"place": place.pk})

    assert alices.get(DESK).status_code == 200


def test_a_new_password_ends_the_other_sessions(alices: Client, other: Client, alice: Membership) -> None:
    told = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    answer = alices.post("/accounts/password/change/", told)

    assert answer.headers["Location"] == ACCOUNT
    assert other.get(DESK).status_code == 302
    assert alices.get(DESK).status_code == 200
    assert Session.objects.filter(session_key=other.cookies[settings.SESSION_COOKIE_NAME].value).count() == 0
    assert alices.get(ACCOUNT).content.decode().count('<th scope="row">') == 1


def test_a_new_password_ends_what_waits_for_the_second_factor(alice: Membership) -> None:
    codes = give_app(alice.person)
    waiting, hers = Client(), Client()
    sign_in(waiting, alice.person)
    assert waiting.get(GIVE).status_code == 200
    sign_in(hers, alice.person, code=codes[0])
    hers.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    answer = waiting.post(GIVE, {"code": codes[1]})

    assert answer.headers["Location"] == "/accounts/login/"
    assert waiting.get(GIVE).headers["Location"] == "/accounts/login/"
    assert waiting.get("/accounts/login/").status_code == 200
    assert waiting.get(DESK).status_code == 302
    assert codes[1] in (second_factor.codes_of(alice.person) or [])


def test_signing_out_ends_it(alices: Client) -> None:
    key = alices.cookies[settings.SESSION_COOKIE_NAME].value

    alices.post("/accounts/logout/")

    assert not Session.objects.filter(session_key=key).exists()
    alices.cookies[settings.SESSION_COOKIE_NAME] = key
    assert alices.get(DESK).status_code == 302


def test_an_ended_session_is_not_brought_back_by_a_request_under_way(alices: Client, alice: Membership) -> None:
    session = alices.session
    session["late"] = True
    sessions.end_all(alice.person)

    with pytest.raises(UpdateError):
        session.save()
    assert Session.objects.count() == 0


def test_an_operator_takes_every_factor_away_and_ends_every_session(client: Client, alice: Membership) -> None:
    give_app(alice.person)
    sign_in(client, alice.person, code=code_of())

    assert second_factor.forget(alice.person) == 1
    assert client.get(DESK).status_code == 302
    sign_in(client, alice.person)
    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (FIREFOX, "Firefox on Linux"),
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                "Version/18.1 Mobile/15E148 Safari/604.1"
            ),
            "Safari on iPhone",
        ),
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 "
                "Safari/537.36 Edg/143.0.0.0"
            ),
            "Edge on Windows",
        ),
        (
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile "
                "Safari/537.36"
            ),
            "Chrome on Android",
        ),
        ("curl/8.9", "A browser that does not say what it is"),
        ("", "A browser that does not say what it is"),
    ],
)
def test_a_browser_is_named_as_people_name_it(said: str, read: str) -> None:
    assert sessions.device_of(said) == read
