"""Which database is used: the one DATABASE_URL names, else the embedded PostgreSQL under the data directory.

Two aliases lead to it: `default` as the application's role, `owner` as the role that owns the tables and migrates.
"""

import contextlib
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from psycopg.conninfo import conninfo_to_dict

from factcheck import postgres, roles
from factcheck.env import Environment
from factcheck.progress import say, step

# A statement that runs longer hangs or reads far too much. Sessions that died inside a transaction let go of its locks.
LIMITS = {
    "lock_timeout": "5s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "30s",
    "synchronous_commit": "on",
    # Statements are prepared, which saves parsing them; but a plan made for any values can be far from the best for
    # these, and then costs more than it saved.
    "plan_cache_mode": "force_custom_plan",
    # A server that can compile statements does so by an estimate, and takes longer over it than these ever run.
    "jit": "off",
}
EXECUTIONS_BEFORE_PREPARING = 2
# Migrations may run long, but never wait long for a lock while others wait behind them.
OWNER_LIMITS = {"lock_timeout": "5s"}
SECONDS_FOR_A_CONNECTION = 4


def databases(env: Environment, data_dir: Path) -> dict[str, Any]:
    """The value of Django's DATABASES."""
    default, owner = _from_urls(env) if env.secret("DATABASE_URL") else _embedded(data_dir)
    size = env.integer("FACTCHECK_DATABASE_CONNECTIONS", default=8, least=1, most=1000)
    default["CONN_HEALTH_CHECKS"] = True
    default["OPTIONS"] |= {
        "options": _as_options(LIMITS),
        "server_side_binding": True,
        "prepare_threshold": EXECUTIONS_BEFORE_PREPARING,
        "pool": {"min_size": 1, "max_size": size, "timeout": SECONDS_FOR_A_CONNECTION},
    }
    owner["OPTIONS"] |= {"options": _as_options(OWNER_LIMITS)}
    return {"default": default, "owner": owner}


@contextlib.contextmanager
def available(announcement: str = "") -> Iterator[None]:
    """The embedded server runs inside; a server of one's own is left alone."""
    server = embedded() if settings.DATABASE_IS_EMBEDDED else None
    if server:
        _start(server, announcement)
    try:
        yield
    finally:
        disconnect()
        if server:
            # On a busy disk it takes a while until everything is written.
            with step("Stopping PostgreSQL") if announcement else contextlib.nullcontext():
                server.stop()


def _start(server: postgres.Postgres, announcement: str) -> None:
    with step(announcement) if announcement else contextlib.nullcontext():
        server.start()
    if announcement and server.place.is_elsewhere:
        say(f"Its files are in {server.place.home}: started by root, it runs under another account.")


@functools.cache
def embedded() -> postgres.Postgres:
    return postgres.Postgres(settings.DATA_DIR, durable=settings.DATABASE_IS_DURABLE)


def keep_alive() -> None:
    """Start the embedded server again after it was killed; the pool finds it by itself."""
    if settings.DATABASE_IS_EMBEDDED and not embedded().running:
        say("PostgreSQL ended unexpectedly.")
        with step("Starting it again"):
            embedded().start()


def disconnect() -> None:
    for connection in connections.all(initialized_only=True):
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's has one


def _embedded(data_dir: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    host = postgres.Postgres(data_dir).host
    return _alias(host, roles.APPLICATION), _alias(host, roles.OWNER)


def _alias(host: str, role: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": postgres.DATABASE,
        "USER": role,
        "HOST": host,
        "OPTIONS": {},
    }


def _from_urls(env: Environment) -> tuple[dict[str, Any], dict[str, Any]]:
    """Without DATABASE_OWNER_URL the aliases are equal; then `migrate` refuses, and everything else works."""
    url = env.secret("DATABASE_URL")
    owner_url = env.secret("DATABASE_OWNER_URL", default=url)
    default, owner = _parsed("DATABASE_URL", url), _parsed("DATABASE_OWNER_URL", owner_url)
    if [default[key] for key in ("HOST", "PORT", "NAME")] != [owner[key] for key in ("HOST", "PORT", "NAME")]:
        raise ImproperlyConfigured("DATABASE_URL and DATABASE_OWNER_URL name different databases: name one, twice.")
    return default, owner


def _parsed(name: str, url: str) -> dict[str, Any]:
    cure = f"{name} must look like postgresql://user:password@host:5432/database."
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(cure)
    try:
        parts = conninfo_to_dict(url)
    except psycopg.Error as error:
        raise ImproperlyConfigured(f"{cure} PostgreSQL says: {error}") from error
    if not (parts.get("dbname") and parts.get("user")):
        raise ImproperlyConfigured(cure)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user"),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": parts,
    }


def _as_options(limits: dict[str, str]) -> str:
    return " ".join(f"-c {name}={value}" for name, value in limits.items())
