import pytest

from articles.models import Claim, Membership, Source
from tests.factories import make_claim, make_source


@pytest.fixture
def source(alice: Membership) -> Source:
    return make_source(by=alice, url="https://police.example/log")


@pytest.fixture
def claim(alice: Membership) -> Claim:
    return make_claim(by=alice)
