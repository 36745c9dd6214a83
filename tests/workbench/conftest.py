"""Alice at the workbench of an article, and what she sends from there."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from tests.factories import make_story, make_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

    from articles.models import ArticleVersion, Membership, Story

TEXT = (
    "Storm over the lower town\n\n"
    "The storm broke at six, the mayor said. At least 40 boats sank in the harbour.\n\n"
    "“We saw the water rise for two days,” said harbour master Jon Ek 🌊. Three people were hurt.\n\n"
    "Cookies and privacy"
)
KINDS = ["headline", "paragraph", "paragraph", "furniture"]
BOATS = "At least 40 boats sank"
HTMX = {"HX-Request": "true"}

type Post = Callable[..., Answer]


@pytest.fixture
def story(alice: Membership) -> Story:
    return make_story(by=alice, title="The storm")


@pytest.fixture
def version(alice: Membership, story: Story) -> ArticleVersion:
    return make_version(by=alice, text=TEXT, kinds=KINDS, headline="Storm over the lower town", story=story)


@pytest.fixture
def signed_in(client: Client, alice: Membership) -> Client:
    client.force_login(alice.person)
    return client


@pytest.fixture
def url(version: ArticleVersion) -> str:
    return f"/d/night-desk/articles/{version.article_id}/"


@pytest.fixture
def send(signed_in: Client, url: str) -> Post:
    """Posts to an address under the article, as htmx unless ``plain``."""

    def post(path: str, data: dict[str, Any], *, plain: bool = False) -> Answer:
        headers = {} if plain else HTMX
        return signed_in.post(url + path, {"request_id": uuid.uuid4()} | data, headers=headers)

    return post


def span(version: ArticleVersion, quote: str = BOATS, **more: Any) -> dict[str, Any]:
    """What the browser sends for the first place of these words."""
    start = version.text.index(quote)
    return {"version": version.pk, "start": start, "end": start + len(quote), "quote": quote} | more
