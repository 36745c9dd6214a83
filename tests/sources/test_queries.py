"""Pages with sources cost the same number of queries however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Means, Membership, Source
from tests.claims.asking import address
from tests.factories import make_claim, make_evidence, make_snapshot, make_source

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import Claim


def fill(claim: Claim, by: Membership, number: int) -> None:
    for _ in range(number):
        source = make_source(by=by, url="https://police.example/log")
        make_evidence(by=by, claim=claim, source=source)
        make_snapshot(by=by, source=source, means=Means.FETCH)


@pytest.mark.parametrize("page", ["list", "source", "claim", "merge"])
def test_more_rows_cost_no_more_queries(browser_of_alice: Client, source: Source, alice: Membership, page: str) -> None:
    claim = make_claim(by=alice)
    url = {
        "list": f"/d/{alice.desk.slug}/sources/",
        "source": address("source", source),
        "claim": address("claim", claim),
        "merge": address("source-merge", source),
    }[page]
    counts = []
    for number in (2, 10):
        fill(claim, alice, number)
        browser_of_alice.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert browser_of_alice.get(url).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
