"""The same people in every test, as memberships of the night desk, and one article to work on; or a whole world."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from articles.models import Article, ArticleVersion, Desk, Membership
from tests import factories, keeping
from tests.world import World, make_world


@pytest.fixture
def night_desk(db: None) -> factories.Cast:
    """Kept from test to test for the fixture ``cast``. A test that makes a ``cast`` of its own begins with nothing."""
    return keeping.take(factories.make_desk)


@pytest.fixture
def cast(night_desk: factories.Cast) -> factories.Cast:
    return night_desk


@pytest.fixture
def whole_world(db: None) -> World:
    """The same for the fixture ``world``."""
    return keeping.take(make_world)


@pytest.fixture
def world(whole_world: World) -> World:
    return whole_world


@pytest.fixture
def desk(cast: factories.Cast) -> Desk:
    return cast.desk


@pytest.fixture
def alice(cast: factories.Cast) -> Membership:
    """Reviewer."""
    return cast.alice


@pytest.fixture
def bob(cast: factories.Cast) -> Membership:
    """Reviewer."""
    return cast.bob


@pytest.fixture
def erin(cast: factories.Cast) -> Membership:
    """Editor, and administrator of the desk."""
    return cast.erin


@pytest.fixture
def rita(cast: factories.Cast) -> Membership:
    """Reader."""
    return cast.rita


@pytest.fixture
def browser_of_alice(alice: Membership) -> Client:
    return _signed_in(alice)


@pytest.fixture
def browser_of_bob(bob: Membership) -> Client:
    return _signed_in(bob)


@pytest.fixture
def browser_of_erin(erin: Membership) -> Client:
    return _signed_in(erin)


@pytest.fixture
def browser_of_rita(rita: Membership) -> Client:
    return _signed_in(rita)


@pytest.fixture
def mallory(db: None) -> Membership:
    """A stranger, administrator of a desk of her own."""
    return factories.make_stranger()


@pytest.fixture
def article(alice: Membership) -> Article:
    return factories.make_article(by=alice)


@pytest.fixture
def version(article: Article) -> ArticleVersion:
    return article.versions.get()


@pytest.fixture(scope="module")
def open_dir() -> Iterator[Path]:
    """A directory that other accounts may enter, as which root runs PostgreSQL.

    Pytest's own are closed to them, and one that was opened is closed again when another run of pytest begins.
    """
    with tempfile.TemporaryDirectory(prefix="factcheck-", ignore_cleanup_errors=True) as name:
        directory = Path(name)
        directory.chmod(0o755)
        yield directory


def _signed_in(member: Membership) -> Client:
    client = Client()
    client.force_login(member.person)
    return client
