import pytest
from django.test import Client

from articles.models import Claim, Highlight, Membership, Origin
from tests.factories import make_claim, make_copied, make_origin


@pytest.fixture
def origin(alice: Membership) -> Origin:
    return make_origin(by=alice, name="Dispatch of the agency", kind="dispatch")


@pytest.fixture
def claim(alice: Membership) -> Claim:
    return make_claim(by=alice)


@pytest.fixture
def place(claim: Claim) -> Highlight:
    return claim.highlights.get()


@pytest.fixture
def copied(alice: Membership) -> Claim:
    """Stands in two articles of the same text."""
    return make_copied(by=alice)


@pytest.fixture
def browser_of_alice(client: Client, alice: Membership) -> Client:
    client.force_login(alice.person)
    return client


@pytest.fixture
def browser_of_rita(rita: Membership) -> Client:
    client = Client()
    client.force_login(rita.person)
    return client


@pytest.fixture
def browser_of_erin(erin: Membership) -> Client:
    client = Client()
    client.force_login(erin.person)
    return client
