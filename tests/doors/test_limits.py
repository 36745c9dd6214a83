"""How often something may be tried: the same count in every web process, and after a restart."""

from __future__ import annotations

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import psutil
import pytest
from django.core.cache import cache
from django.test import Client

from tests.doors.keys import SECRET, code_of, confirm, give_app, sign_in
from tests.factories import PASSWORD, make_invitation
from tests.faults.site import PASSWORD as SITE_PASSWORD
from tests.faults.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from articles.models import Membership

LOGIN, GIVE, CHANGE = "/accounts/login/", "/accounts/second-factor/give/", "/accounts/password/change/"
TOO_MANY = "There were too many attempts."
GIVE_BOB_AN_APP = (
    "from articles.models import Person; from allauth.mfa.totp.internal.auth import TOTP;"
    f"TOTP.activate(Person.objects.get(username='bob'), '{SECRET}')"
)
WINDOW = 60
"""Seconds for which what is limited by the minute is counted."""


# In one process


def wrong(client: Client, login: str = "alice", **more: str) -> str:
    return client.post(LOGIN, {"login": login, "password": "wrong"}, **more).content.decode()  # type: ignore[arg-type]  # REMOTE_ADDR


def test_five_wrong_passwords_close_the_name_even_to_the_right_one(client: Client, alice: Membership) -> None:
    answers = [wrong(client, REMOTE_ADDR=f"192.0.2.{number}") for number in range(6)]

    assert [TOO_MANY in answer for answer in answers] == [False] * 5 + [True]
    assert TOO_MANY in client.post(LOGIN, {"login": "alice", "password": PASSWORD}).content.decode()


def test_a_name_that_nobody_has_is_closed_alike(client: Client, alice: Membership) -> None:
    answers = [wrong(client, "nobody", REMOTE_ADDR=f"192.0.2.{number}") for number in range(6)]

    assert [TOO_MANY in answer for answer in answers] == [False] * 5 + [True]


def test_one_address_tries_ten_names_and_no_more(client: Client, bob: Membership) -> None:
    answers = [wrong(client, f"name{number}") for number in range(11)]

    assert [TOO_MANY in answer for answer in answers] == [False] * 10 + [True]
    elsewhere = client.post(LOGIN, {"login": "bob", "password": PASSWORD}, REMOTE_ADDR="192.0.2.9")
    assert elsewhere.status_code == 302


def test_a_stranger_does_not_flush_the_count_by_trying_many_names(client: Client, alice: Membership) -> None:
    for number in range(5):
        wrong(client, REMOTE_ADDR=f"192.0.2.{number}")
    for number in range(400):
        cache.set(f"of-a-stranger:{number}", [number], 300)

    assert TOO_MANY in wrong(client, REMOTE_ADDR="192.0.2.200")


def test_codes_are_tried_five_times(client: Client, alice: Membership) -> None:
    give_app(alice.person)
    sign_in(client, alice.person)

    answers = [client.post(GIVE, {"code": f"00000{number}"}).content.decode() for number in range(6)]

    assert [TOO_MANY in answer for answer in answers] == [False] * 5 + [True]
    assert TOO_MANY in client.post(GIVE, {"code": code_of()}).content.decode()


def test_a_new_sign_in_brings_no_new_tries_of_codes(alice: Membership) -> None:
    give_app(alice.person)
    for number in range(5):
        client = Client()
        sign_in(client, alice.person)
        client.post(GIVE, {"code": f"00000{number}"})
    client = Client()
    sign_in(client, alice.person)

    assert TOO_MANY in client.post(GIVE, {"code": code_of()}).content.decode()


def test_the_password_is_confirmed_ten_times_a_minute(alices: Client) -> None:
    statuses = [alices.post("/accounts/reauthenticate/", {"password": "wrong"}).status_code for _ in range(11)]

    assert statuses[-1] == 429
    assert statuses[0] == 200


def test_the_password_is_changed_five_times_a_minute(alices: Client) -> None:
    told = {"oldpassword": "wrong", "password1": "a bridge in the morning", "password2": "a bridge in the morning"}
    statuses = [alices.post(CHANGE, told).status_code for _ in range(6)]

    answer = alices.post(CHANGE, told | {"oldpassword": PASSWORD})

    assert statuses == [200] * 5 + [429]
    assert answer.status_code == 429
    assert "Too many attempts" in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_invitations_are_opened_twenty_times_a_minute(client: Client, erin: Membership, method: str) -> None:
    link = f"/join/night-desk/{make_invitation(by=erin).token}/"
    guesses = [
        getattr(client, method)(f"/join/night-desk/guess-{number}/{'enrol/' if method == 'post' else ''}").status_code
        for number in range(21)
    ]

    assert guesses == [404] * 20 + [429]
    assert client.get(link).status_code == 429
    assert client.get(link, REMOTE_ADDR="192.0.2.9").status_code == 200


def test_a_page_that_asks_by_script_gets_the_sentence(client: Client, alice: Membership) -> None:
    headers = {"X-Requested-With": "XMLHttpRequest"}
    told = {"login": "alice", "password": "wrong"}
    answers = [client.post(LOGIN, told, headers=headers) for _ in range(31)]

    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"] == "60"
    assert answers[-1].json() == {"form": {"errors": [f"{TOO_MANY} Wait a few minutes, then try again."], "fields": {}}}


def test_passkeys_are_tried_ten_times_a_minute(client: Client, db: None) -> None:
    path = "/accounts/second-factor/passkeys/sign-in/"
    statuses = [client.post(path, {"credential": "{}"}).status_code for _ in range(11)]

    assert statuses == [302] * 10 + [429]


def test_who_confirms_rightly_is_not_counted(client: Client, alice: Membership) -> None:
    codes = give_app(alice.person)
    sign_in(client, alice.person, code=codes[0])

    for code in codes[1:7]:
        confirm(client, code=code)


# In several, and after a restart


class Caller:
    """A browser at an address of its own, which opens a new connection for each request: any process may answer."""

    def __init__(self, site: Site, address: str) -> None:
        self.site, self.address = site, address
        self.cookies: SimpleCookie = SimpleCookie()
        self.get(LOGIN)

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path)

    def post(self, path: str, told: dict[str, str]) -> tuple[int, str]:
        token = self.cookies["factcheck-csrf"].value
        return self._ask("POST", path, urlencode(told | {"csrfmiddlewaretoken": token}))

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.site.port, timeout=30, source_address=(self.address, 0)
        )
        sent = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        headers = {"Cookie": sent, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(line)
        text = answer.read().decode()
        connection.close()
        return answer.status, text


@pytest.fixture(scope="module")
def site(open_dir: Path) -> Iterator[Site]:
    site = Site(open_dir / "data")
    site.start()
    yield site
    site.stop()


@pytest.mark.fault
@pytest.mark.slow
def test_two_processes_count_together_and_a_restart_forgets_nothing(site: Site) -> None:
    assert site.manage("shell", "-c", GIVE_BOB_AN_APP).returncode == 0
    bob = Caller(site, "127.0.0.2")
    assert bob.post(LOGIN, {"login": "bob", "password": SITE_PASSWORD})[0] == 302
    erin = Caller(site, "127.0.0.3")
    assert erin.post(LOGIN, {"login": "erin", "password": SITE_PASSWORD})[0] == 302
    change = {"oldpassword": "wrong", "password1": "x", "password2": "x"}

    with ThreadPoolExecutor(4) as crowd:
        callers = [Caller(site, f"127.0.1.{number}") for number in range(12)]
        tried = list(crowd.map(lambda one: one.post(LOGIN, {"login": "alice", "password": "wrong"})[1], callers))
    passed = {
        "sign-in": sum(TOO_MANY not in page for page in tried),
        "second factor": sum(TOO_MANY not in bob.post(GIVE, {"code": "000000"})[1] for _ in range(12)),
        "password": in_a_window(lambda: sum(erin.post(CHANGE, change)[0] != 429 for _ in range(12))),
        "invitation": in_a_window(lambda: sum(erin.get("/join/sample/guess/")[0] != 429 for _ in range(30))),
    }
    site.stop()
    site.start()
    after = {
        "sign-in": Caller(site, "127.0.0.4").post(LOGIN, {"login": "alice", "password": SITE_PASSWORD}),
        "second factor": bob.post(GIVE, {"code": code_of()}),
    }

    assert workers_of(site) == 2
    assert passed == {"sign-in": 5, "second factor": 5, "password": 5, "invitation": 20}
    assert TOO_MANY in after["sign-in"][1]
    assert TOO_MANY in after["second factor"][1]
    assert bob.get("/d/sample/")[0] == 302


def in_a_window(tries: Callable[[], int]) -> int:
    """How many tries passed; once more from the beginning where they took so long that the first were forgotten."""
    for _ in range(3):
        began = time.monotonic()
        passed = tries()
        if time.monotonic() - began < WINDOW:
            return passed
        time.sleep(WINDOW)
    raise AssertionError("The machine is too busy to try this in a minute.")


def workers_of(site: Site) -> int:
    """Processes that answer, which the web server has started."""
    return len(psutil.Process(int((site.data_dir / "web.pid").read_text())).children())
