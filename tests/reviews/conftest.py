import pytest

from articles.models import Claim, Membership, Status
from tests.factories import make_claim


@pytest.fixture
def claim(alice: Membership) -> Claim:
    """Alice gave a verdict on it."""
    return make_claim(by=alice, status=Status.IN_REVIEW)
