"""A desk that asks for a second factor: who is let in, who is led where, and that nothing gets around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import actions
from articles.models import AuditEvent, Desk, Membership
from tests.doors.keys import code_of, confirm, give_app, sign_in
from tests.factories import make_desk, make_member
from tests.test_access import TABLE
from tests.world import WITHOUT_A_DESK, address, patterns

if TYPE_CHECKING:
    from tests.world import World

DESK, SETUP = "/d/night-desk/", "/accounts/second-factor/"
DECIDE = f"{DESK}people/second-factor/"
HTMX = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{DESK}claims/"}


@pytest.fixture
def asking(erin: Membership) -> Desk:
    actions.desks.require_second_factor(by=erin)
    return Desk.objects.get(pk=erin.desk_id)


# Deciding


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_administrator_has_the_desk_ask(client: Client, erin: Membership, headers: dict[str, str]) -> None:
    give_app(erin.person)
    sign_in(client, erin.person, code=code_of())

    answer = client.post(DECIDE, {"required": "on", "request_id": uuid4()}, headers=headers)

    assert answer.status_code == (200 if headers else 302)
    assert Desk.objects.get(pk=erin.desk_id).second_factor_required
    event = AuditEvent.objects.filter(desk_id=erin.desk_id).latest("number")
    assert event.data["after"] == {"second_factor_required": True}
    assert "had the desk ask for a second factor" in client.get(DESK).content.decode()


def test_and_no_longer(client: Client, erin: Membership, asking: Desk) -> None:
    give_app(erin.person)
    sign_in(client, erin.person, code=code_of())

    page = client.post(DECIDE, {}, follow=True).content.decode()

    assert "asks for no second factor." in page
    assert not Desk.objects.get(pk=erin.desk_id).second_factor_required


def test_whoever_has_none_does_not_shut_themselves_out(client: Client, erin: Membership) -> None:
    sign_in(client, erin.person)

    answer = client.post(DECIDE, {"required": "on"})

    assert answer.status_code == 422
    assert "you would shut yourself out" in answer.content.decode()
    assert not Desk.objects.get(pk=erin.desk_id).second_factor_required


def test_a_repeated_request_is_one_event(client: Client, erin: Membership) -> None:
    give_app(erin.person)
    sign_in(client, erin.person, code=code_of())
    told = {"required": "on", "request_id": uuid4()}

    answers = [client.post(DECIDE, told).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert AuditEvent.objects.filter(action="desk.second_factor_required").count() == 1


def test_an_id_that_was_used_for_something_else_is_refused(client: Client, erin: Membership) -> None:
    give_app(erin.person)
    sign_in(client, erin.person, code=code_of())
    request_id = uuid4()
    actions.stories.open_story(by=erin, title="The bridge", request_id=request_id)

    answer = client.post(DECIDE, {"required": "on", "request_id": request_id})

    assert answer.status_code == 422
    assert "already sent for something else" in answer.content.decode()


# At the door


def test_a_password_is_led_to_the_set_up_and_back(alices: Client, asking: Desk) -> None:
    answer = alices.get(f"{DESK}claims/?q=dam")

    assert answer.headers["Location"] == f"{SETUP}?next={DESK}claims/%3Fq%3Ddam"
    page = alices.get(answer.headers["Location"]).content.decode()
    assert f'href="{SETUP}app/?next=%2Fd%2Fnight-desk%2Fclaims%2F%3Fq%3Ddam"' in page


def test_htmx_moves_the_whole_page_and_is_no_success(alices: Client, asking: Desk) -> None:
    for answer in (alices.get(DESK, headers=HTMX), alices.post(f"{DESK}stories/", {"title": "x"}, headers=HTMX)):
        assert answer.status_code == 403
        assert answer.headers["HX-Redirect"] == f"{SETUP}?next={DESK}claims/"
        assert answer.content == b""


def test_a_form_leads_back_to_its_page(alices: Client, asking: Desk) -> None:
    headers = {"Referer": f"http://testserver{DESK}stories/"}

    answer = alices.post(f"{DESK}stories/", {"title": "The bridge"}, headers=headers)

    assert answer.headers["Location"] == f"{SETUP}?next={DESK}stories/"


@pytest.mark.django_db(transaction=True)
def test_once_it_is_set_up_the_desk_opens(alices: Client, asking: Desk) -> None:
    confirm(alices)
    secret = "".join(re.findall(r"<span>(\w{4})</span>", alices.get(f"{SETUP}app/?next={DESK}").content.decode()))

    answer = alices.post(f"{SETUP}app/", {"code": code_of(secret), "next": DESK})

    assert answer.headers["Location"] == f"{SETUP}codes/?next=%2Fd%2Fnight-desk%2F"
    assert f'href="{DESK}">I have kept them: go on' in alices.get(answer.headers["Location"]).content.decode()
    assert alices.get(DESK).status_code == 200


def test_a_session_without_one_is_asked_for_it_and_not_for_a_new_one(
    alices: Client, alice: Membership, asking: Desk
) -> None:
    codes = give_app(alice.person)

    answer = alices.get(DESK, follow=True)

    assert answer.redirect_chain[-1][0].startswith(f"{SETUP}confirm/?next=")
    assert alices.post(f"{SETUP}confirm/", {"code": codes[0], "next": DESK}).headers["Location"] == DESK
    assert alices.get(DESK).status_code == 200


def test_other_desks_stay_open(alices: Client, alice: Membership, asking: Desk) -> None:
    other = make_desk(slug="day-desk", name="Day desk")

    assert alices.get(other.desk.get_absolute_url()).status_code == 200
    assert alices.get("/accounts/").status_code == 200
    assert "Night desk asks for a second factor." in alices.get("/accounts/").content.decode()


def test_a_stranger_is_not_told_that_there_is_such_a_desk(client: Client, asking: Desk, mallory: Membership) -> None:
    sign_in(client, mallory.person)

    assert client.get(DESK).status_code == 404


def test_a_factor_that_is_gone_shuts_the_desk_at_once(client: Client, alice: Membership, asking: Desk) -> None:
    give_app(alice.person)
    sign_in(client, alice.person, code=code_of())
    assert client.get(DESK).status_code == 200

    Authenticator.objects.all().delete()

    assert client.get(DESK).headers["Location"].startswith(SETUP)


def test_recovery_codes_alone_are_no_second_factor(client: Client, alice: Membership, asking: Desk) -> None:
    give_app(alice.person)
    sign_in(client, alice.person, code=code_of())

    Authenticator.objects.filter(type="totp").delete()

    assert client.get(DESK).status_code == 302


def test_a_desk_that_asks_costs_no_query_more(client: Client, alice: Membership, erin: Membership) -> None:
    give_app(alice.person)
    sign_in(client, alice.person, code=code_of())
    numbers = []
    for _ in range(2):
        client.get(DESK)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(DESK).status_code == 200
        numbers.append(len(captured))
        actions.desks.require_second_factor(by=erin)

    assert numbers[0] == numbers[1]


# Around it


@pytest.fixture
def world(world: World) -> World:
    actions.desks.require_second_factor(by=world.cast.erin)
    return world


def test_no_address_of_the_desk_opens_to_a_password(world: World, client: Client) -> None:
    dora = make_member("dora", by=world.cast.erin, role="administrator")  # type: ignore[arg-type]  # as it is stored
    sign_in(client, dora.person)

    assert opened(world, client, SETUP) == []


def test_no_address_opens_to_a_session_that_is_half_signed_in(world: World, client: Client) -> None:
    dora = make_member("dora", by=world.cast.erin, role="administrator")  # type: ignore[arg-type]  # as it is stored
    give_app(dora.person)
    sign_in(client, dora.person)

    assert opened(world, client, "/accounts/login/") == []
    own = ("/", "/accounts/", "/accounts/password/change/", SETUP, f"{SETUP}app/", f"{SETUP}codes/", f"{SETUP}confirm/")
    for path in own:
        assert client.get(path).headers["Location"].startswith("/accounts/login/"), path


def test_a_half_signed_in_session_takes_no_part_in_setting_up(client: Client, alice: Membership, asking: Desk) -> None:
    give_app(alice.person)
    sign_in(client, alice.person)

    client.post(f"{SETUP}app/", {"code": "000000"})
    client.post("/accounts/reauthenticate/", {"password": "five careful words for tests"})
    client.post(f"{SETUP}app/remove/")

    assert Authenticator.objects.filter(type="totp").count() == 1
    assert client.get(DESK).headers["Location"].startswith("/accounts/login/")


def opened(world: World, client: Client, door: str) -> list[str]:
    """Addresses of the desk that lead anywhere but to that door, as a page, a form, a fragment or a download."""
    wrong = []
    for name, pattern in patterns():
        if not name.startswith("articles:") or name in WITHOUT_A_DESK:
            continue
        for method, allowed in zip(("get", "post"), TABLE[name], strict=True):
            if allowed is None:
                continue
            url = address(world, name, pattern)
            plain, htmx = getattr(client, method)(url), getattr(client, method)(url, headers=HTMX)
            if plain.status_code != 302 or not plain.headers["Location"].startswith(door):
                wrong.append(f"{method} {name}: {plain.status_code}")
            if htmx.status_code not in (401, 403) or not htmx.headers["HX-Redirect"].startswith(door):
                wrong.append(f"{method} {name} by htmx: {htmx.status_code}")
    return wrong
