import pytest
from django.test import Client

from articles.models import Claim, Membership, Status
from tests.factories import make_claim


@pytest.fixture
def claim(alice: Membership) -> Claim:
    """Alice gave a verdict on it."""
    return make_claim(by=alice, status=Status.IN_REVIEW)


@pytest.fixture
def browser_of_alice(alice: Membership) -> Client:
    return _signed_in(alice)


@pytest.fixture
def browser_of_bob(bob: Membership) -> Client:
    return _signed_in(bob)


@pytest.fixture
def browser_of_rita(rita: Membership) -> Client:
    return _signed_in(rita)


def _signed_in(member: Membership) -> Client:
    client = Client()
    client.force_login(member.person)
    return client
