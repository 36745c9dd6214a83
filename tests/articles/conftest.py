import pytest
from django.test import Client

from articles.models import Membership


@pytest.fixture
def browser_of_alice(alice: Membership) -> Client:
    client = Client()
    client.force_login(alice.person)
    return client
