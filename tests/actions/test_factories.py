import pytest

from articles.models import ArticleVersion, Membership, Status
from tests import factories


@pytest.mark.parametrize("status", Status)
def test_a_claim_of_every_status_can_be_made(status: Status, alice: Membership, version: ArticleVersion) -> None:
    claim = factories.make_claim(by=alice, status=status, version=version)

    assert claim.status == status


@pytest.mark.parametrize("rating", ["supported", "refuted", "not-enough-evidence", "conflicting-evidence"])
def test_a_verdict_of_every_rating_can_be_made(rating: str, alice: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.APPROVED, rating=rating)

    assert claim.verdict is not None
    assert claim.verdict.rating.code == rating
