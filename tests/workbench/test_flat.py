"""A text with very many highlights: from which number on they are data, and what the server does then."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from articles.models import ArticleVersion
from articles.queries import workbench as queries
from articles.queries.workbench import Bench
from articles.rendering import Mark
from tests.factories import make_highlight
from tests.workbench.conftest import BOATS, HTMX, span

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import Membership


def bench(marks: list[Mark], length: int = 20_000) -> Bench:
    return Bench(ArticleVersion(text="a" * length, kinds=["paragraph"]), marks)


def one(start: int, end: int) -> Mark:
    return Mark(start, end, f"claim {start}", "open", f"highlight {start}")


@pytest.mark.parametrize(("count", "is_flat"), [(0, False), (3_000, False), (3_001, True)])
def test_the_text_is_flat_above_three_thousand_segments(count: int, is_flat: bool) -> None:
    assert bench([one(start, start + 1) for start in range(0, 2 * count, 2)]).is_flat == is_flat


def test_overlaps_count_as_the_segments_that_they_make() -> None:
    overlapping = [one(start, start + 6) for start in range(0, 6_000, 4)]

    assert len(overlapping) == 1_500
    assert not bench(overlapping).is_flat
    assert bench([*overlapping, one(1, 3)]).is_flat


def test_the_page_turns_flat_by_itself(
    signed_in: Client, url: str, alice: Membership, version: ArticleVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_highlight(by=alice, version=version, quote=BOATS)
    before = signed_in.get(url).text
    monkeypatch.setattr(queries, "FLAT_ABOVE", 0)
    queries.bench_as_of.cache_clear()

    after = signed_in.get(url).text

    assert ("<mark" in before, "data-spans" in before) == (True, False)
    assert ("<mark" in after, after.count("data-spans=")) == (False, 1)
    assert "<flat-marks>" in after


def test_a_block_is_swapped_as_the_page_shows_it(signed_in: Client, url: str, version: ArticleVersion) -> None:
    headers = HTMX | {"X-Highlights": "flat"}

    html = signed_in.post(f"{url}mark/", span(version) | {"request_id": uuid4()}, headers=headers).text

    assert ("<mark" in html, html.count("data-spans=")) == (False, 1)


def test_the_list_of_one_paragraph(signed_in: Client, url: str, alice: Membership, version: ArticleVersion) -> None:
    for quote in (BOATS, "Three people were hurt"):
        make_highlight(by=alice, version=version, quote=quote)

    page = signed_in.get(f"{url}?block={version.text.index('The storm broke')}").text

    rows = page.partition('id="panel-body"')[2]
    assert (rows.count("<b>1</b>"), rows.count("<b>2</b>")) == (1, 0)
    assert 'href="?all=1"' in rows


@pytest.mark.parametrize("block", ["-1", "x", "99999999999999999999", "7"])
def test_a_paragraph_that_is_none(
    signed_in: Client, url: str, alice: Membership, version: ArticleVersion, block: str
) -> None:
    make_highlight(by=alice, version=version, quote=BOATS)

    assert signed_in.get(f"{url}?block={block}").status_code == 200
