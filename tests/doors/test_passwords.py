"""What a new password must hold to, and that an old one keeps working."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from articles.models import Person
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import Membership

CHANGE = "/accounts/password/change/"


@pytest.mark.parametrize(
    "password",
    [
        "a bridge in the morning",
        "all small letters",
        "123 456 789 012 345 6",
        "ünïcödé wörds ärë fïne",
        "🌉🐟🎻☂️🧊🪁🥨🧵🪜🫖🧭🪵🦆🪟",
        "x" + "a long one that goes on " * 4,
        "the the morning came",
        "Alice has a fine bicycle",
    ],
)
def test_what_is_long_and_unknown_is_taken(password: str, alice: Membership) -> None:
    validate_password(password, alice.person)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("fourteen chars", "This has 14 characters. Take at least 15"),
        ("short", "This has 5 characters."),
        ("x" * 257, "Take at most 256 characters"),
        ("aaaaaaaaaaaaaaaaaaaa", "repeats the same few characters"),
        ("abcabcabcabcabcab", "repeats the same few characters"),
        ("passwordpassword", "repeats the same few characters"),
        ("1234567890123456", "runs along the keys"),
        ("lkjhgfdsapoiuytrewq", "runs along the keys"),
        ("alicealicealice1", "names that others know"),
        ("Night desk, Alice!", "names that others know"),
        ("factcheck factcheck 1", "names that others know"),
        ("alice@desk.example", "names that others know"),
        ("qwertyuiopasdfghjkl", "runs along the keys"),
        ("doomsayer.2.7mords.v", "too common"),
    ],
)
def test_what_is_short_or_known_is_refused_with_the_reason(password: str, words: str, alice: Membership) -> None:
    with pytest.raises(ValidationError) as caught:
        validate_password(password, alice.person)

    assert any(re.search(words, said) for said in caught.value.messages)


def test_the_reason_stands_beside_the_field(alices: Client) -> None:
    told = {"oldpassword": PASSWORD, "password1": "fourteen chars", "password2": "fourteen chars"}

    page = alices.post(CHANGE, told).content.decode()

    assert '<ul class="field-errors" id="id_password1_error"><li>This has 14 characters.' in page


def test_the_password_of_now_is_asked_for(alices: Client, alice: Membership) -> None:
    told = {"oldpassword": "wrong", "password1": "a bridge in the morning", "password2": "a bridge in the morning"}

    page = alices.post(CHANGE, told).content.decode()

    assert "That is not your password." in page
    assert Person.objects.get(pk=alice.person_id).check_password(PASSWORD)


def test_a_password_from_before_the_rule_still_signs_in(client: Client, alice: Membership) -> None:
    alice.person.set_password("short")
    alice.person.save()

    assert client.post("/accounts/login/", {"login": "alice", "password": "short"}).status_code == 302


def test_no_password_grows_old(settings) -> None:
    named = " ".join(row["NAME"] for row in settings.AUTH_PASSWORD_VALIDATORS)

    assert "Numeric" not in named
    assert not {field.name for field in Person._meta.get_fields()} & {"password_changed_at", "password_expires"}
