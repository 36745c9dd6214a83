"""People's second factors, as a test holds them in its hand."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from tests.factories import PASSWORD

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import Person

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PERIOD = 30
"""Seconds that a code is shown."""


def code_of(secret: str = SECRET, *, steps: int = 0) -> str:
    """What the app shows now, or some steps later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + steps)))


def give_app(person: Person) -> list[str]:
    """Set up an authenticator app for the person; returns the recovery codes."""
    TOTP.activate(person, SECRET)
    return list(RecoveryCodes.activate(person).get_unused_codes())


def sign_in(client: Client, person: Person, *, code: str | None = None) -> None:
    """By the password and, where it is asked for, a code."""
    answer = client.post("/accounts/login/", {"login": person.username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    if code is not None:
        assert answer.headers["Location"] == "/accounts/second-factor/give/"
        answer = client.post("/accounts/second-factor/give/", {"code": code})
        assert answer.status_code == 302, answer.content.decode()


def confirm(client: Client, *, code: str | None = None) -> None:
    """Confirm that it is oneself, by a code or else by the password."""
    way, given = (
        ("/accounts/second-factor/confirm/", {"code": code})
        if code
        else ("/accounts/reauthenticate/", {"password": PASSWORD})
    )
    answer = client.post(way, given)
    assert answer.status_code == 302, answer.content.decode()
