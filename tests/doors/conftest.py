from __future__ import annotations

import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.totp.internal import auth

from tests.doors import keys
from tests.doors.keys import sign_in

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import Membership


@pytest.fixture
def alices(client: Client, alice: Membership) -> Client:
    """Alice's browser, signed in by the door."""
    sign_in(client, alice.person)
    return client


@pytest.fixture
def still_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of authenticator apps stands still, so that no code is over between two lines of a test."""
    now = time.time()
    for module in (auth, keys):
        monkeypatch.setattr(module, "time", SimpleNamespace(time=lambda: now))
