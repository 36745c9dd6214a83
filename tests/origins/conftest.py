import pytest

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
