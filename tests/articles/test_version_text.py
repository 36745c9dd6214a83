from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from hypothesis import given

from articles.intake.reading import Received, read
from articles.text.canonical import canonicalise
from tests.factories import Cast, make_article
from tests.text.strategies import texts

if TYPE_CHECKING:
    from django.test import Client

TEXT = "Ünïcode 😀\n\nA  line\twith  spaces,\nand a second one.\n\n“Quoted”\u00ad"


def test_the_text_comes_character_for_character(browser_of_alice: Client, cast: Cast) -> None:
    article = make_article(by=cast.alice, text=TEXT)

    answer = browser_of_alice.get(reverse("articles:version-text", args=[cast.desk.slug, article.pk, 1]))

    assert answer.content.decode() == TEXT
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("number", [0, 2])
def test_a_version_that_does_not_exist_is_not_found(number: int, browser_of_alice: Client, cast: Cast) -> None:
    article = make_article(by=cast.alice)

    answer = browser_of_alice.get(reverse("articles:version-text", args=[cast.desk.slug, article.pk, number]))

    assert answer.status_code == 404


@given(texts)
def test_importing_what_was_exported_gives_the_same_text(text: str) -> None:
    try:
        stored = canonicalise(text).text
    except ValueError:
        return

    assert canonicalise(stored.encode()).text == stored


def test_a_file_of_it_is_read_as_the_same_text() -> None:
    assert read(Received(raw=TEXT.encode(), filename="bridge-version-2.txt", media_type="text/plain")).text == TEXT
