"""Bob reviews what the second version of an article changed; a highlight of Alice's claim waits there."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from articles.models import Carry, Claim, Membership, Status
from tests.factories import make_carry, make_claim

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

HTMX = {"HX-Request": "true", "HX-Target": "questions"}
PLACE = "four people were hurt"
"""What is proposed for the highlight that waits."""

type Send = Callable[..., Answer]


@pytest.fixture
def claim(alice: Membership, bob: Membership) -> Claim:
    """Approved, until the version came."""
    return make_claim(by=alice, status=Status.APPROVED, reviewer=bob)


@pytest.fixture
def carry(alice: Membership, claim: Claim) -> Carry:
    return make_carry(by=alice, claim=claim)


@pytest.fixture
def signed_in(client: Client, bob: Membership) -> Client:
    client.force_login(bob.person)
    return client


@pytest.fixture
def send(signed_in: Client) -> Send:
    """Posts what is decided on a carry, as htmx unless ``plain``."""

    def post(carry: Carry, verb: str, *, plain: bool = False, **data: object) -> Answer:
        url = f"/d/{carry.desk.slug}/carries/{carry.pk}/{verb}/"
        sent = {"request_id": uuid.uuid4(), "revision": carry.revision} | data
        return signed_in.post(url, sent, headers={} if plain else HTMX)

    return post


def place_of(carry: Carry) -> str:
    return f"{carry.start}-{carry.end}"


def changes_of(carry: Carry) -> str:
    return f"/d/{carry.desk.slug}/articles/{carry.version.article_id}/versions/{carry.version.number}/changes/"


def is_fragment(answer: Answer) -> bool:
    """Whether the answer is the questions alone, to be swapped in."""
    html = answer.text.lstrip()
    return html.startswith('<section id="questions"') and "<html" not in html
