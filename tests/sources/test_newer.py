import pytest

from articles.models import Membership
from articles.queries.claims import evidence_of
from articles.queries.evidence import beside
from tests.factories import make_claim, make_evidence, make_source, make_version


@pytest.mark.parametrize(
    ("published", "is_newer"),
    [("2026-03-06", True), ("2026-04", True), ("2027", True), ("2026-03-05", False), ("2026-03", False), ("", False)],
)
def test_evidence_from_after_the_article_is_newer(alice: Membership, published: str, is_newer: bool) -> None:
    claim = make_claim(by=alice, version=make_version(by=alice, published="2026-03-05"))
    piece = make_evidence(by=alice, claim=claim, source=make_source(by=alice, published=published))

    assert (piece.pk in beside(claim, evidence_of(claim)).newer) is is_newer


def test_without_a_date_the_day_counts_on_which_the_claim_was_written_down(alice: Membership) -> None:
    claim = make_claim(by=alice, version=make_version(by=alice))
    for year in ("2020", "9999"):
        make_evidence(by=alice, claim=claim, source=make_source(by=alice, published=year), quote=year)

    (newer,) = beside(claim, evidence_of(claim)).newer
    assert claim.evidence.get(quote="9999").pk == newer
