"""Signing in: it tells nobody who has an account, takes no session from a stranger, and leads only within this site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.conf import settings as configured
from django.contrib.auth.hashers import get_hasher
from django.test import Client

from articles.models import Person
from tests.doors.keys import code_of, confirm, give_app, sign_in
from tests.factories import PASSWORD, make_invitation
from tests.test_access import NEW_EACH_TIME

if TYPE_CHECKING:
    from articles.models import Membership

LOGIN, GIVE, DESK = "/accounts/login/", "/accounts/second-factor/give/", "/d/night-desk/"
NEW = "four words that are new to everybody"
KNOWN = ("alice", "ALICE", "alice@desk.example", "Alice@Desk.Example")
UNKNOWN = ("nobody", "nobody@desk.example", "", "x" * 300)
ELSEWHERE = (
    "https://elsewhere.example/trap",
    "//elsewhere.example/trap",
    "///elsewhere.example",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "javascript:alert(1)",
    "http:///elsewhere.example",
    "http://testserver/d/night-desk/",
    " //elsewhere.example",
    "/\t/elsewhere.example",
)


def key_of(client: Client) -> str:
    return client.cookies[configured.SESSION_COOKIE_NAME].value


# Who has an account


@pytest.mark.parametrize("login", KNOWN)
def test_the_password_opens_by_name_and_by_address(client: Client, alice: Membership, login: str) -> None:
    assert client.post(LOGIN, {"login": login, "password": PASSWORD}).status_code == 302
    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize("known", KNOWN[::2])
@pytest.mark.parametrize("unknown", UNKNOWN[:2])
def test_a_known_and_an_unknown_name_are_answered_alike(alice: Membership, known: str, unknown: str) -> None:
    answers = [Client().post(LOGIN, {"login": login, "password": "wrong"}) for login in (known, unknown)]

    pages = {
        NEW_EACH_TIME.sub(b"", answer.content).replace(login.encode(), b"")
        for answer, login in zip(answers, (known, unknown), strict=True)
    }
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(pages) == 1
    assert answers[0].headers.items() >= {"Content-Type": "text/html; charset=utf-8"}.items()


def test_one_password_is_looked_at_whoever_is_asked_for(
    alice: Membership, bob: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    Person.objects.filter(pk=bob.person_id).update(is_active=False)
    hasher, looked_at = type(get_hasher()), []

    def counted(self: Any, password: str, salt: str, *args: object) -> str:
        looked_at.append(password)
        return encode(self, password, salt, *args)

    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", counted)
    numbers = {}
    for login in ("alice", "alice@desk.example", "bob", "nobody", "nobody@desk.example"):
        looked_at.clear()
        Client().post(LOGIN, {"login": login, "password": "wrong"})
        numbers[login] = len(looked_at)

    assert set(numbers.values()) == {1}, numbers


def test_who_was_switched_off_is_told_so_only_with_the_right_password(alice: Membership) -> None:
    Person.objects.filter(pk=alice.person_id).update(is_active=False)

    wrong = Client().post(LOGIN, {"login": "alice", "password": "wrong"})
    right = Client().post(LOGIN, {"login": "alice", "password": PASSWORD})

    assert "No account has this name and this password." in wrong.content.decode()
    assert right.headers["Location"] == "/accounts/inactive/"


def test_who_is_switched_off_is_out_with_the_next_request(alices: Client, alice: Membership) -> None:
    Person.objects.filter(pk=alice.person_id).update(is_active=False)

    assert alices.get(DESK).headers["Location"].startswith(LOGIN)


# Whose session it is


def test_the_key_of_the_session_changes_with_every_step_inside(alice: Membership) -> None:
    give_app(alice.person)
    client = Client()
    client.get("/accounts/second-factor/passkeys/sign-in/", headers={"accept": "application/json"})
    keys = [key_of(client)]
    sign_in(client, alice.person, code=code_of())
    keys.append(key_of(client))
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    keys.append(key_of(client))

    assert len(set(keys)) == 3
    for old in keys[:2]:
        stranger = Client()
        stranger.cookies[configured.SESSION_COOKIE_NAME] = old
        assert stranger.get(DESK).status_code == 302
    assert client.get(DESK).status_code == 200


def test_a_key_that_a_stranger_planted_is_not_taken(client: Client, alice: Membership) -> None:
    client.cookies[configured.SESSION_COOKIE_NAME] = "planted0planted0planted0planted0"

    sign_in(client, alice.person)

    assert key_of(client) != "planted0planted0planted0planted0"


@pytest.mark.parametrize("key", [r"aaaaaaaa\000", "aaaaaaaa-aaaaaaaa", "äaaaaaaaaaaaaaaa", "a", "a" * 3000])
def test_what_is_no_key_of_a_session_is_none(client: Client, alice: Membership, key: str) -> None:
    cookie = {"HTTP_COOKIE": f'{configured.SESSION_COOKIE_NAME}="{key}"'}

    assert client.get(DESK, **cookie).headers["Location"].startswith(LOGIN)  # type: ignore[arg-type]  # a header
    assert client.post(LOGIN, {"login": "alice", "password": PASSWORD}, **cookie).status_code == 302  # type: ignore[arg-type]  # likewise


def test_a_planted_session_is_not_half_signed_in_either(alice: Membership) -> None:
    """Somebody's own session in Alice's browser: with her password given there, it is hers alone."""
    give_app(alice.person)
    stranger, alices = Client(), Client()
    stranger.get("/accounts/second-factor/passkeys/sign-in/", headers={"accept": "application/json"})
    alices.cookies[configured.SESSION_COOKIE_NAME] = key_of(stranger)

    sign_in(alices, alice.person)

    assert stranger.get(GIVE).headers["Location"] == LOGIN
    assert alices.get(GIVE).status_code == 200


def test_nothing_of_the_one_who_signed_out_is_there_for_the_next(
    client: Client, alice: Membership, bob: Membership
) -> None:
    sign_in(client, alice.person)
    confirm(client)
    client.post("/accounts/logout/")
    sign_in(client, bob.person)

    assert client.get("/accounts/second-factor/app/").headers["Location"].startswith("/accounts/reauthenticate/")


def test_the_cookies_are_for_this_site_and_no_script(client: Client, alice: Membership) -> None:
    sign_in(client, alice.person)

    for name in (configured.SESSION_COOKIE_NAME, configured.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert (cookie["samesite"], bool(cookie["httponly"]), cookie["domain"], cookie["path"]) == (
            "Lax",
            True,
            "",
            "/",
        )


# Where it leads


@pytest.mark.parametrize("url", ELSEWHERE)
def test_sign_in_leads_nowhere_else(alice: Membership, url: str) -> None:
    posted = Client().post(LOGIN, {"login": "alice", "password": PASSWORD, "next": url})
    asked = Client().post(f"{LOGIN}?next={quote(url)}", {"login": "alice", "password": PASSWORD})

    assert posted.headers["Location"] == asked.headers["Location"] == "/"


@pytest.mark.parametrize("url", ELSEWHERE)
def test_no_other_step_leads_elsewhere(client: Client, alice: Membership, url: str) -> None:
    codes = give_app(alice.person)
    client.post(LOGIN, {"login": "alice", "password": PASSWORD, "next": url})
    assert client.post(f"{GIVE}?next={quote(url)}", {"code": codes[0], "next": url}).headers["Location"] == "/"

    password = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    steps = [
        client.get(f"{LOGIN}?next={quote(url)}"),
        client.post("/accounts/second-factor/confirm/", {"code": codes[1], "next": url}),
        client.get(f"/accounts/second-factor/?next={quote(url)}"),
        client.post("/preferences/close/", {"name": "checklist", "next": url}),
        client.post("/accounts/password/change/", password | {"next": url}),
    ]
    pages = [client.get(f"/accounts/second-factor/codes/?next={quote(url)}").content.decode()]
    left = client.post("/accounts/logout/", {"next": url})

    assert {step.headers["Location"] for step in steps} == {"/", "/accounts/"}
    assert left.headers["Location"] == LOGIN
    assert all("elsewhere.example" not in page and "javascript" not in page for page in pages)


@pytest.mark.parametrize("url", ELSEWHERE)
def test_an_unknown_passkey_leads_nowhere_else(client: Client, db: None, url: str) -> None:
    answer = client.post("/accounts/second-factor/passkeys/sign-in/", {"credential": "{}", "next": url})

    assert answer.headers["Location"] == LOGIN


@pytest.mark.parametrize(
    "credential", ["", "{}", "[]", "null", "1", '"x"', '{"response": {"userHandle": "x"}}', '{"response": null}', "{"]
)
def test_what_is_no_passkey_has_one_answer(client: Client, alice: Membership, credential: str) -> None:
    client.get("/accounts/second-factor/passkeys/sign-in/", headers={"accept": "application/json"})

    answer = client.post("/accounts/second-factor/passkeys/sign-in/", {"credential": credential}, follow=True)

    assert answer.redirect_chain == [(LOGIN, 302)]
    assert "That passkey is not known here." in answer.content.decode()


# Whom it believes


def test_another_name_of_the_site_is_refused(client: Client, db: None, settings) -> None:
    settings.ALLOWED_HOSTS = ["desk.example.org"]

    assert client.get(LOGIN, headers={"Host": "elsewhere.example"}).status_code == 400
    assert client.get(LOGIN, headers={"Host": "desk.example.org"}).status_code == 200


def test_forwarding_headers_of_a_stranger_change_nothing(client: Client, erin: Membership, settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    headers = {
        "X-Forwarded-Host": "elsewhere.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "203.0.113.9",
        "Forwarded": "host=elsewhere.example;proto=https",
        "X-Real-IP": "203.0.113.9",
    }
    client.post(LOGIN, {"login": "erin", "password": PASSWORD}, headers=headers)

    made = client.post(f"{DESK}people/invite/", {"invited": "Nina", "role": "reader"}, headers=headers)
    page = client.get("/accounts/", headers=headers).content.decode()

    assert "http://testserver/join/night-desk/" in made.content.decode()
    assert "203.0.113.9" not in page
    assert "127.0.0.1" in page


def test_the_address_is_believed_from_as_many_proxies_as_there_are(erin: Membership, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = Client(headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.4"})

    sign_in(client, erin.person)

    page = client.get("/accounts/").content.decode()
    assert "198.51.100.4" in page
    assert "203.0.113.9" not in page


def test_a_link_is_of_the_site_that_was_asked(client: Client, erin: Membership, settings) -> None:
    make_invitation(by=erin)
    settings.ALLOWED_HOSTS = ["desk.example.org"]
    client.force_login(erin.person)

    made = client.post(
        f"{DESK}people/invite/", {"invited": "Nina", "role": "reader"}, headers={"Host": "desk.example.org"}
    )

    assert "http://desk.example.org/join/" in made.content.decode()
