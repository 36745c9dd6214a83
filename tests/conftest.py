"""What every test stands on: a PostgreSQL of its own, made by the owner and used as the application's role."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck
from hypothesis import settings as examples
from pytest_django.plugin import DjangoDbBlocker

from factcheck import database
from tests import factories, keeping, migrated
from tests.doors.columns import make_busy_desk
from tests.serving import wait_until_answered
from tests.world import make_world

# Examples enough to find what is wrong, few enough to run with every change. A slow machine is no fault of theirs.
examples.register_profile("tests", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("tests")

pytest_plugins = ["tests.browsing", "tests.fixtures", "tests.publishing"]

# Each is as long as twenty others: what holds for one action, page, reference or document is tried with every one.
MATRICES = (
    "actions/test_borders",
    "actions/test_concurrency",
    "actions/test_every_action",
    "actions/test_undoing",
    "actions/test_versions",
    "commands/test_sample_desk",
    "doors/test_beside",
    "doors/test_forms",
    "doors/test_second_factor_of_desk",
    "doors/test_walls",
    "commands/test_verify_history",
    "intake/test_apart",
    "intake/test_html",
    "intake/test_url",
    "invariants/test_carrying",
    "invariants/test_desk_walls",
    "invariants/test_status",
    "reviews/test_blind",
    "sheets/test_queries",
    "text/test_anchoring",
    "text/test_furniture",
    "workbench/test_borders",
    "workbench/test_live",
    "test_access",
)

KEPT: dict[str, Callable[[], Any]] = {
    "whole_world": make_world,
    "night_desk": factories.make_desk,
    "busy_desk": make_busy_desk,
}
"""What is stored once for all tests that begin with it, by the name of the fixture that hands it out."""

LONGEST = (
    "browser/test_every_page",
    "ground/test_up",
    "browser/test_journeys",
    "browser/test_journey",
    "browser/test_doors",
)
"""Begun first, and the other tests with browsers and killed processes next: last, they would keep one process alone."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Who leaves the matrices out need not wait until they are read: most tests are there."""
    left_out = "not matrix" in config.option.markexpr
    return (left_out and collection_path.suffix == ".py" and _file(collection_path) in MATRICES) or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _file(item.path) in MATRICES:
            item.add_marker(pytest.mark.matrix)
    items.sort(key=lambda item: _turn(_file(item.path)))


def _file(path: Path) -> str:
    """Its name below the tests, as it stands in the lists above."""
    return path.relative_to(Path(__file__).parent).with_suffix("").as_posix()


def _turn(file: str) -> int:
    if file in LONGEST:
        return LONGEST.index(file)
    return len(LONGEST) + (not file.startswith(("browser/", "faults/")))


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> Iterator[None]:
    with database.available():
        keep = django_db_keepdb and not django_db_createdb
        is_copied = settings.DATABASE_IS_EMBEDDED and not keep
        with (
            django_db_blocker.unblock(),
            migrated.copied(anew=django_db_createdb) if is_copied else contextlib.nullcontext(),
        ):
            made = setup_databases(verbosity=0, interactive=False, keepdb=keep, serialized_aliases=())
        yield
        with django_db_blocker.unblock():
            connections.close_all()
            # The embedded server stops, whoever is connected, and its next start makes the database anew.
            if not django_db_keepdb and not settings.DATABASE_IS_EMBEDDED:
                teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def _emptied_after_commits(request: pytest.FixtureRequest) -> Iterator[None]:
    """The application's role may not empty tables, so Django's own flush cannot be used."""
    yield
    if _commits(request):
        # What still reads and what empties would wait for each other's tables.
        wait_until_answered()
        with request.getfixturevalue("django_db_blocker").unblock():
            keeping.empty()


@pytest.fixture
def _rows_to_begin_with(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    kept = next((make for name, make in KEPT.items() if name in request.fixturenames), None)
    with django_db_blocker.unblock():
        keeping.prepare(kept)


@pytest.fixture
def _django_db_helper(_rows_to_begin_with: None, _django_db_helper: None) -> None:
    """Pytest-django's own, with which every test on a database begins, after what must happen outside of it."""


def _commits(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or not {"transactional_db", "live_server"}.isdisjoint(
        request.fixturenames
    )
