from __future__ import annotations

import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.totp.internal import auth

from tests import keeping
from tests.doors import keys
from tests.doors.columns import make_busy_desk
from tests.doors.keys import sign_in

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import Membership
    from tests.factories import Cast


@pytest.fixture
def busy_desk(db: None) -> Cast:
    """Kept from test to test; made by itself where a test has another fixture that is kept."""
    return keeping.take(make_busy_desk)


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
