"""Setting up a second factor, signing in with it, and taking it away."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from factcheck import second_factor
from tests.doors.keys import Key, code_of, confirm, give_app, sign_in
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from articles.models import Membership

ACCOUNT, DESK = "/accounts/", "/d/night-desk/"
GIVE, APP, CODES = "/accounts/second-factor/give/", "/accounts/second-factor/app/", "/accounts/second-factor/codes/"


def test_an_app_is_set_up_and_its_recovery_codes_are_shown(alices: Client, alice: Membership) -> None:
    confirm(alices)
    page = alices.get(APP).content.decode()
    secret = "".join(re.findall(r"<span>(\w{4})</span>", page))

    answer = alices.post(APP, {"code": code_of(secret)})

    assert answer.headers["Location"] == CODES
    codes = re.findall(r"<li><code>(\d{8})</code>", alices.get(CODES).content.decode())
    assert len(set(codes)) == 10
    assert "Authenticator app" in alices.get(ACCOUNT).content.decode()


def test_the_picture_is_drawn_into_the_page(alices: Client) -> None:
    confirm(alices)
    answer = alices.get(APP)
    page = answer.content.decode()

    assert re.search(r'<svg class="picture"[^>]*><path d="M4 4h1v1h-1z', page)
    assert "data:" not in page
    assert "data:" not in answer.headers["Content-Security-Policy"]


def test_before_a_change_a_person_confirms_that_it_is_them(alices: Client) -> None:
    for path in (APP, CODES, f"{CODES}renew/", f"{CODES}download/", "/accounts/second-factor/passkeys/add/"):
        assert alices.get(path).headers["Location"].startswith("/accounts/reauthenticate/?next="), path


def test_what_is_wrong_about_a_passkey_is_said_once_where_it_is(alices: Client) -> None:
    path = "/accounts/second-factor/passkeys/add/"
    confirm(alices)
    alices.get(path)

    page = alices.post(path, {"name": "Laptop", "credential": ""}).content.decode()

    assert page.count("This field is required.") == 1
    assert 'aria-describedby="id_passwordless_helptext"' not in page


def test_a_wrong_code_sets_up_nothing(alices: Client, alice: Membership) -> None:
    confirm(alices)
    alices.get(APP)

    answer = alices.post(APP, {"code": "000000"})

    assert "That was not right." in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_the_secret_is_not_readable_in_the_database(alice: Membership) -> None:
    give_app(alice.person)
    kept = Authenticator.objects.values_list("data", flat=True)

    assert all("JBSWY3DP" not in str(data) for data in kept)
    assert all(data.get("seed", "gAAAA").startswith("gAAAA") for data in kept)


def test_a_secret_kept_under_another_key_opens_nothing(client: Client, alice: Membership, settings) -> None:
    give_app(alice.person)
    settings.SECRET_KEY = "another key of the site, after the first was lost to somebody"
    sign_in(client, alice.person)

    for code in (code_of(), code_of("")):
        assert client.post(GIVE, {"code": code}).status_code == 200
    assert client.get(DESK).status_code == 302
    assert second_factor.codes_of(alice.person) == []


def test_the_earlier_key_of_the_site_still_reads_it(client: Client, alice: Membership, settings) -> None:
    give_app(alice.person)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the site, after the first was put aside in peace"

    sign_in(client, alice.person, code=code_of())

    assert client.get(DESK).status_code == 200


def test_the_password_alone_opens_nothing(client: Client, alice: Membership) -> None:
    give_app(alice.person)

    sign_in(client, alice.person)

    assert client.get(DESK).headers["Location"].startswith("/accounts/login/")
    assert client.get("/accounts/login/").headers["Location"] == GIVE
    assert client.get("/accounts/session/").json()["person"] is None


def test_a_code_signs_in_and_leads_on(client: Client, alice: Membership) -> None:
    give_app(alice.person)
    client.post("/accounts/login/", {"login": "alice", "password": PASSWORD, "next": f"{DESK}claims/"})

    answer = client.post(GIVE, {"code": code_of()})

    assert answer.headers["Location"] == f"{DESK}claims/"
    assert client.get(DESK).status_code == 200


@pytest.mark.usefixtures("still_codes")
@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_counts_once_as_long_as_it_is_right(alice: Membership, steps: int) -> None:
    give_app(alice.person)
    code = code_of(steps=steps)
    sign_in(Client(), alice.person, code=code)
    again = Client()
    sign_in(again, alice.person)

    assert "That was not right." in again.post(GIVE, {"code": code}).content.decode()
    assert again.get(DESK).status_code == 302


@pytest.mark.usefixtures("still_codes")
def test_the_code_that_set_the_app_up_counts_no_more(alices: Client, alice: Membership) -> None:
    confirm(alices)
    secret = "".join(re.findall(r"<span>(\w{4})</span>", alices.get(APP).content.decode()))
    code = code_of(secret, steps=1)
    assert alices.post(APP, {"code": code}).status_code == 302
    again = Client()
    sign_in(again, alice.person)

    assert "That was not right." in again.post(GIVE, {"code": code}).content.decode()
    assert again.post(GIVE, {"code": code_of(secret)}).status_code == 302


def test_a_code_is_not_used_again_after_allauth_has_forgotten_it(alice: Membership) -> None:
    give_app(alice.person)
    code = code_of(steps=1)
    sign_in(Client(), alice.person, code=code)
    cache.delete(f"allauth.mfa.totp.used?user={alice.person_id}&code={code}")
    again = Client()
    sign_in(again, alice.person)

    assert "That was not right." in again.post(GIVE, {"code": code}).content.decode()
    assert again.get(DESK).status_code == 302


def test_a_recovery_code_counts_once(alice: Membership) -> None:
    codes = give_app(alice.person)
    sign_in(Client(), alice.person, code=codes[0])
    again = Client()
    sign_in(again, alice.person)

    assert "That was not right." in again.post(GIVE, {"code": codes[0]}).content.decode()
    assert again.post(GIVE, {"code": codes[1]}).status_code == 302


def test_the_first_factor_ends_sessions_that_were_opened_without(
    alices: Client, alice: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    other = Client()
    sign_in(other, alice.person)
    confirm(alices)
    secret = "".join(re.findall(r"<span>(\w{4})</span>", alices.get(APP).content.decode()))

    with django_capture_on_commit_callbacks(execute=True):
        alices.post(APP, {"code": code_of(secret)})

    assert other.get(DESK).status_code == 302
    assert alices.get(DESK).status_code == 200


def test_who_has_a_factor_confirms_with_it_and_not_with_the_password(client: Client, alice: Membership) -> None:
    codes = give_app(alice.person)
    sign_in(client, alice.person, code=code_of())

    asked = client.get(f"{APP}remove/").headers["Location"]
    refused = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": f"{APP}remove/"})

    assert asked.startswith("/accounts/second-factor/confirm/?next=")
    assert refused.headers["Location"].startswith("/accounts/second-factor/confirm/")
    assert client.post(f"{APP}remove/").status_code == 302
    assert Authenticator.objects.filter(type="totp").exists()
    confirm(client, code=codes[0])
    assert client.get(f"{APP}remove/").status_code == 200


def test_taking_it_away_ends_the_other_sessions(alice: Membership, client: Client) -> None:
    codes = give_app(alice.person)
    sign_in(client, alice.person, code=codes[0])
    other = Client()
    sign_in(other, alice.person, code=codes[1])
    assert other.get(DESK).status_code == 200
    confirm(client, code=codes[2])

    answer = client.post(f"{APP}remove/")

    assert answer.headers["Location"] == ACCOUNT
    assert other.get(DESK).status_code == 302
    assert client.get(DESK).status_code == 200
    assert not Authenticator.objects.exists()


def test_codes_are_renewed_and_the_old_ones_do_not_count(client: Client, alice: Membership) -> None:
    codes = give_app(alice.person)
    sign_in(client, alice.person, code=codes[0])
    confirm(client, code=codes[1])

    assert client.post(f"{CODES}renew/").headers["Location"] == CODES

    fresh = re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())
    assert not set(fresh) & set(codes)
    again = Client()
    sign_in(again, alice.person)
    assert again.post(GIVE, {"code": codes[2]}).status_code == 200
    assert again.post(GIVE, {"code": fresh[0]}).status_code == 302


def test_codes_are_downloaded_as_text(client: Client, alice: Membership) -> None:
    codes = give_app(alice.person)
    sign_in(client, alice.person, code=codes[0])
    confirm(client, code=codes[1])

    answer = client.get(f"{CODES}download/")

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert codes[2] in answer.content.decode()
    assert codes[0] not in answer.content.decode()


@pytest.mark.parametrize("path", [CODES, f"{CODES}download/", f"{APP}remove/"])
def test_without_a_factor_there_is_nothing_to_show_or_remove(alices: Client, path: str) -> None:
    confirm(alices)

    assert alices.get(path).headers["Location"] == ACCOUNT


def test_codes_without_a_factor_are_refused(alices: Client) -> None:
    confirm(alices)

    assert "Set one up first." in alices.post(f"{CODES}renew/").content.decode()


def challenge_of(client: Client) -> str:
    """Of the page that asks for the second factor, which is content with a touch."""
    page = client.get(GIVE, secure=True).content.decode()
    options = re.search(r'data-options="([^"]+)"', page)
    assert options
    challenge: str = json.loads(unescape(options[1]))["publicKey"]["challenge"]
    return challenge


def by_key_alone(client: Client, credential: str) -> Any:
    client.post("/accounts/second-factor/passkeys/sign-in/", {"credential": credential}, secure=True)
    return client.get(DESK, secure=True)


@pytest.mark.parametrize(("alone", "verified"), [(True, False), (False, True), (False, False)])
def test_a_stolen_key_signs_nobody_in_by_itself(
    client: Client, alice: Membership, bob: Membership, settings, *, alone: bool, verified: bool
) -> None:
    """Whoever has an account of their own lets the page of its second factor ask for less, and waits."""
    key = Key(alice.person, alone=alone)
    Key(bob.person, alone=False)
    client.post("/accounts/login/", {"login": "bob", "password": PASSWORD}, secure=True)

    stolen = key.answer(challenge_of(client), verified=verified)
    settings.ACCOUNT_LOGIN_TIMEOUT = 0

    answer = by_key_alone(client, stolen)

    assert answer.status_code == 302


def test_a_key_that_was_made_for_it_signs_in_by_itself(client: Client, alice: Membership) -> None:
    key = Key(alice.person, alone=True)
    asked = client.get(
        "/accounts/second-factor/passkeys/sign-in/", headers={"X-Requested-With": "XMLHttpRequest"}, secure=True
    ).json()

    challenge = asked["request_options"]["publicKey"]["challenge"]

    assert by_key_alone(client, key.answer(challenge, verified=True)).status_code == 200


def test_a_touch_is_enough_after_the_password(client: Client, alice: Membership) -> None:
    key = Key(alice.person, alone=False)
    client.post("/accounts/login/", {"login": "alice", "password": PASSWORD}, secure=True)

    answer = client.post(GIVE, {"credential": key.answer(challenge_of(client), verified=False)}, secure=True)

    assert answer.status_code == 302
    assert client.get(DESK, secure=True).status_code == 200
