"""A database with all migrations applied, which those of the tests are copied from until a migration changes.

To apply them takes ten seconds of every process that runs tests; to copy takes none.
"""

import contextlib
import fcntl
import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connections
from psycopg import Connection, sql

from factcheck import database, roles
from factcheck.postgres import ADMINISTRATOR

PREFIX = "migrated_"
READ_BY_MIGRATIONS = ("articles/migrations", "articles/models", "articles/text", "requirements.txt")
"""What a migrated database depends on. Rights are given after every copy, so they are not."""


@contextlib.contextmanager
def copied(*, anew: bool) -> Iterator[None]:
    """The test database that is made inside is a copy; the first one is migrated, and kept as what to copy from."""
    name = PREFIX + _fingerprint()
    with _alone():
        if anew or not _exists(name):
            yield
            _keep_as(name)
            return
    connections["owner"].settings_dict["TEST"]["TEMPLATE"] = name
    yield


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Processes that run tests beside each other wait for the first."""
    with (settings.DATA_DIR / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fingerprint() -> str:
    read = hashlib.sha256()
    for path in sorted(path for name in READ_BY_MIGRATIONS for path in _files(settings.BASE_DIR / name)):
        read.update(path.relative_to(settings.BASE_DIR).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return read.hexdigest()[:32]


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    yield from (inner for inner in path.rglob("*") if inner.suffix in {".py", ".sql"})


def _exists(name: str) -> bool:
    with _server() as server:
        return bool(server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


def _keep_as(name: str) -> None:
    """Instead of what was kept before. What is copied from may have no connections."""
    made = connections["owner"].settings_dict["NAME"]
    connections.close_all()
    with _server() as server:
        for (older,) in server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]):
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(older)))
        copy = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
        server.execute(copy.format(*map(sql.Identifier, (name, roles.OWNER, made))))


def _server() -> Connection:
    return database.embedded().connect(role=ADMINISTRATOR, database="postgres")
