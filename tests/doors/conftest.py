from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.doors.keys import sign_in

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import Membership


@pytest.fixture
def alices(client: Client, alice: Membership) -> Client:
    """Alice's browser, signed in by the door."""
    sign_in(client, alice.person)
    return client
