import pytest
from django.test import Client

from articles.models import Membership


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
