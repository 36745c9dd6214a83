import pytest
from django.test import Client

from articles.models import Claim, Membership
from tests.factories import make_claim


@pytest.fixture
def claim(alice: Membership) -> Claim:
    return make_claim(by=alice)


@pytest.fixture
def browser_of_alice(client: Client, alice: Membership) -> Client:
    client.force_login(alice.person)
    return client


@pytest.fixture
def browser_of_bob(bob: Membership) -> Client:
    client = Client()
    client.force_login(bob.person)
    return client


@pytest.fixture
def browser_of_rita(rita: Membership) -> Client:
    client = Client()
    client.force_login(rita.person)
    return client
