import pytest

from articles.models import Claim, Membership
from tests.factories import make_claim


@pytest.fixture
def claim(alice: Membership) -> Claim:
    return make_claim(by=alice)
