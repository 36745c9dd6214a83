"""How a person likes to work: the keys, and what they closed for good. It follows the account to every browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from articles.keys import KEYS, SEQUENCES
from articles.models import Person
from articles.views.previews import KEYS as KINDS_BY_KEY

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from articles.models import Membership

TEMPLATES = Path(__file__).parents[2] / "templates"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def alices(client: Client, alice: Membership) -> Client:
    client.force_login(alice.person)
    return client


def send(client: Client, what: str, /, **given: str) -> HttpResponse:
    answer: HttpResponse = client.post(f"/preferences/{what}/", given, headers=HTMX)  # type: ignore[assignment]  # a test client's
    return answer


def stored(member: Membership) -> Person:
    return Person.objects.get(pk=member.person_id)


def test_a_key_is_changed_and_comes_with_every_page(alices: Client, alice: Membership) -> None:
    answer = send(alices, "key", name="m", key="M")

    assert answer.status_code == 204
    assert stored(alice).keys == {"m": "M"}
    assert 'data-keys="{&quot;m&quot;: &quot;M&quot;}"' in alices.get("/d/night-desk/").content.decode()


def test_a_key_gets_its_first_sign_back(alices: Client, alice: Membership) -> None:
    send(alices, "key", name="m", key="M")

    send(alices, "key", name="m", key="m")

    assert stored(alice).keys == {}


def test_a_key_that_does_something_else_is_refused_and_all_is_kept(alices: Client, alice: Membership) -> None:
    send(alices, "key", name="m", key="M")

    for key in ("a", "g"):
        answer = send(alices, "key", name="m", key=key)
        assert answer.status_code == 422
        assert f"{key} does something else. The key is M as before." in answer.content.decode()

    assert send(alices, "key", name="a", key="M").status_code == 422
    assert stored(alice).keys == {"m": "M"}


def test_a_key_that_became_free_can_be_taken(alices: Client, alice: Membership) -> None:
    send(alices, "key", name="m", key="M")

    assert send(alices, "key", name="a", key="m").status_code == 204
    assert send(alices, "key", name="m", key="m").status_code == 422
    assert stored(alice).keys == {"m": "M", "a": "m"}


@pytest.mark.parametrize(("name", "key"), [("m", ""), ("m", " "), ("m", "ab"), ("m", "\t"), ("Enter", "x"), ("", "")])
def test_what_is_no_key_is_refused(alices: Client, alice: Membership, name: str, key: str) -> None:
    assert send(alices, "key", name=name, key=key).status_code == 422
    assert stored(alice).keys == {}


def test_all_keys_are_as_at_first_again(alices: Client, alice: Membership) -> None:
    send(alices, "key", name="m", key="M")

    assert send(alices, "keys/reset").status_code == 204
    assert stored(alice).keys == {}


def test_single_keys_are_switched_off_and_on(alices: Client, alice: Membership) -> None:
    send(alices, "switch", name="keys_on")
    assert not stored(alice).keys_on
    assert '<html lang="en" data-keys="off">' in alices.get("/d/night-desk/").content.decode()

    send(alices, "switch", name="keys_on", on="on")
    assert stored(alice).keys_on


def test_whole_words_are_switched_off(alices: Client, alice: Membership) -> None:
    send(alices, "switch", name="whole_words")

    assert (stored(alice).whole_words, stored(alice).keys_on) == (False, True)
    assert send(alices, "switch", name="is_superuser", on="on").status_code == 422


def test_help_is_closed_for_good(alices: Client, alice: Membership) -> None:
    for _ in range(2):
        assert send(alices, "close", name="checklist").status_code == 204

    assert stored(alice).closed == ["checklist"]


def test_only_help_that_there_is_can_be_closed(alices: Client, alice: Membership) -> None:
    assert send(alices, "close", name="x" * 1000).status_code == 422
    assert stored(alice).closed == []


def test_without_htmx_it_leads_back_to_the_page(alices: Client) -> None:
    answer = alices.post("/preferences/close/", {"name": "checklist", "next": "/d/night-desk/claims/"})
    elsewhere = alices.post("/preferences/close/", {"name": "checklist", "next": "https://example.org/"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/d/night-desk/claims/")
    assert elsewhere.headers["Location"] == "/"


def test_it_is_one_persons_own(alices: Client, bob: Membership) -> None:
    send(alices, "key", name="m", key="M")

    assert stored(bob).keys == {}


def test_who_has_signed_out_is_sent_to_the_door(client: Client, db: None) -> None:
    answer = client.post("/preferences/close/", {"name": "checklist"}, headers=HTMX)

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/accounts/login/")


def test_every_key_of_the_templates_can_be_changed() -> None:
    written = "".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    places = re.findall(r'{% place "[^"]+" "[^"]+" "([^"]+)"', written)
    given = re.findall(r' (?:key|yes|no)="([^"{]+)"', written)
    named = {*re.findall(r'data-key="([^"{]+)"', written), *places, *given}
    single = {key for key in named if len(key) == 1} | set(KINDS_BY_KEY.values())

    assert single - set(KEYS) == set()
    assert {key for key in named if " " in key} == set(SEQUENCES)
