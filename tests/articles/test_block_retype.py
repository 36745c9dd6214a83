"""A block is called something else; its words stay."""

from uuid import uuid4

import pytest
from django.test import Client

from articles.models import Article, ArticleVersion, AuditEvent
from tests.articles.pages import HTMX, page_of
from tests.factories import fresh


@pytest.fixture
def retype(article: Article) -> str:
    return page_of("block-retype", article)


def test_a_block_gets_another_kind(browser_of_alice: Client, version: ArticleVersion, retype: str) -> None:
    answer = browser_of_alice.post(retype, {"number": 1, "kind": "furniture"})

    start = version.text.index("\n\n") + 2
    assert answer.status_code == 302
    assert answer["Location"] == f"{page_of('workbench', version.article)}?mode=blocks#b{start}"
    assert fresh(version).kinds == ["headline", "furniture", "paragraph"]
    assert fresh(version).text == version.text


def test_htmx_needs_no_words(browser_of_alice: Client, version: ArticleVersion, retype: str) -> None:
    answer = browser_of_alice.post(retype, {"number": 2, "kind": "quotation"}, headers=HTMX)

    assert answer.status_code == 204
    assert fresh(version).kinds[2] == "quotation"


@pytest.mark.parametrize(
    "form", [{}, {"number": 1, "kind": "sermon"}, {"number": -1, "kind": "caption"}, {"number": 3, "kind": "caption"}]
)
def test_what_does_not_exist_is_refused(
    browser_of_alice: Client, version: ArticleVersion, retype: str, form: dict[str, object]
) -> None:
    assert browser_of_alice.post(retype, form).status_code == 422
    assert fresh(version).revision == version.revision


def test_a_repeated_request_changes_once(browser_of_alice: Client, version: ArticleVersion, retype: str) -> None:
    form = {"number": 1, "kind": "caption", "request_id": str(uuid4())}
    for _ in range(2):
        assert browser_of_alice.post(retype, form).status_code == 302

    assert fresh(version).revision == version.revision + 1
    assert AuditEvent.objects.filter(action="block.retyped").count() == 1
