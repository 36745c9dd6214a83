import pytest
from django.test import Client

from articles.models import Claim, Membership, Source
from tests.factories import make_claim, make_source


@pytest.fixture
def source(alice: Membership) -> Source:
    return make_source(by=alice, url="https://police.example/log")


@pytest.fixture
def claim(alice: Membership) -> Claim:
    return make_claim(by=alice)


@pytest.fixture
def browser_of_alice(client: Client, alice: Membership) -> Client:
    client.force_login(alice.person)
    return client


@pytest.fixture
def browser_of_rita(rita: Membership) -> Client:
    client = Client()
    client.force_login(rita.person)
    return client
