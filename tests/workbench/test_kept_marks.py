"""The marks of a version are kept for as long as nothing happens on its desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.queries import workbench as queries
from articles.queries.workbench import Bench, bench_as_of, opened
from tests.factories import make_highlight, make_story, take_version
from tests.workbench.conftest import BOATS

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import ArticleVersion, Membership

READS_MARKS = queries.MARKS.split("%s")[0]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    bench_as_of.cache_clear()


def reads(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return sum(query["sql"].startswith(READS_MARKS) for query in asked.captured_queries)


def kept(version: ArticleVersion) -> Bench:
    found = opened(version.desk_id, version.article_id)
    assert found is not None
    return bench_as_of(found.version, found.hash)


def test_the_marks_are_read_once_while_nothing_happens(
    signed_in: Client, url: str, alice: Membership, version: ArticleVersion
) -> None:
    claim = make_highlight(by=alice, version=version, quote=BOATS).claim_id

    assert [reads(signed_in, url), reads(signed_in, f"{url}?claim={claim}"), reads(signed_in, url)] == [1, 0, 0]


def test_they_are_read_again_when_anything_happened(
    signed_in: Client, url: str, alice: Membership, version: ArticleVersion
) -> None:
    reads(signed_in, url)
    make_highlight(by=alice, version=version, quote=BOATS)
    assert reads(signed_in, url) == 1

    make_story(by=alice, title="The flood")
    assert reads(signed_in, url) == 1


def test_a_filter_narrows_what_is_kept_and_does_not_change_it(
    signed_in: Client, url: str, alice: Membership, version: ArticleVersion
) -> None:
    make_highlight(by=alice, version=version, quote=BOATS)
    before = list(kept(version).marks)

    assert "data-faint" in signed_in.get(f"{url}?status=approved").text

    assert kept(version).marks == before
    assert "data-faint" not in signed_in.get(url).text


def test_what_never_came_to_be_is_not_kept(alice: Membership, version: ArticleVersion) -> None:
    with transaction.atomic():
        make_highlight(by=alice, version=version, quote=BOATS)
        gone = kept(version)
        transaction.set_rollback(True)
    make_highlight(by=alice, version=version, quote="Three people were hurt")

    (mark,) = kept(version).marks

    assert len(gone.marks) == 1
    assert version.text[mark.start : mark.end] == "Three people were hurt"


def test_an_older_version_is_kept_apart_from_the_same_as_the_newest(
    signed_in: Client, url: str, alice: Membership, version: ArticleVersion
) -> None:
    make_highlight(by=alice, version=version, quote=BOATS)
    take_version(version.article, version.text.replace(BOATS, "At most 4 boats sank"), by=alice)

    assert "At most 4" in signed_in.get(url).text
    assert "At least 40" in signed_in.get(f"{url}?version=1").text
    assert "At most 4" in signed_in.get(url).text
