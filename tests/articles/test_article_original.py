"""The bytes as they came, as a file that no browser opens as a page."""

import pytest
from django.test import Client

from articles.actions.articles import Details, add
from articles.intake.plain import read_plain
from articles.models import Article, Membership, Method
from tests.articles.pages import page_of
from tests.factories import make_article


def stored(by: Membership, raw: bytes, name: str) -> Article:
    draft = read_plain(raw, filename=name)
    details = Details(headline="Ein Bericht: <Brücke>", outlet="The Mail")
    return add(by=by, draft=draft, details=details, kinds=draft.kinds, method=Method.UPLOAD)


def test_the_bytes_come_back_as_they_came(browser_of_alice: Client, alice: Membership) -> None:
    raw = "\ufeffÜber die Brücke.\r\n\r\n<script>alert(1)</script>\0".encode()
    article = stored(alice, raw, "brücke.txt")

    answer = browser_of_alice.get(page_of("article-original", article))

    assert answer.content == raw
    assert answer["Content-Type"] == "text/plain"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.txt", 'attachment; filename="report.txt"'),
        ('..\\a/b:"c"\r\n.txt', 'attachment; filename="abc.txt"'),
        ("", 'attachment; filename="ein-bericht-brucke.txt"'),
        ("...", 'attachment; filename="ein-bericht-brucke.txt"'),
        ("brücke.txt", "attachment; filename*=utf-8''br%C3%BCcke.txt"),
    ],
)
def test_the_name_is_safe_in_any_folder(browser_of_alice: Client, alice: Membership, name: str, safe: str) -> None:
    article = stored(alice, b"Some words.", name)

    assert browser_of_alice.get(page_of("article-original", article))["Content-Disposition"] == safe


@pytest.mark.parametrize(("version", "status"), [("1", 200), ("2", 404), ("x", 200)])
def test_a_version_can_be_asked_for(browser_of_alice: Client, alice: Membership, version: str, status: int) -> None:
    article = make_article(by=alice)

    answer = browser_of_alice.get(page_of("article-original", article), {"version": version})

    assert answer.status_code == status
