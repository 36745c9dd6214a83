"""The settings are read in a process of their own each time: they are made from the environment at import."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow

PRODUCTION = {
    "FACTCHECK_ENV": "production",
    "FACTCHECK_SECRET_KEY": "a-key-of-many-different-letters-0123456789-and-more-than-fifty",
    "FACTCHECK_ALLOWED_HOSTS": "desk.example.org",
    "DATABASE_URL": "postgresql://factcheck:pass%2Fword@db.example:5433/desk?sslmode=require",
}
SHOW = "import json, sys; from factcheck import settings as s; print(json.dumps(eval(sys.argv[1]), default=str))"


@pytest.fixture
def run(tmp_path):
    def run(*command, **variables):
        environment = {"PATH": os.environ["PATH"], "FACTCHECK_DATA_DIR": str(tmp_path / "data"), **variables}
        return subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )

    return run


@pytest.fixture
def setting(run):
    def setting(expression, **variables):
        result = run("-c", SHOW, expression, **variables)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    return setting


@pytest.fixture
def refused(run):
    def refused(**variables):
        result = run("manage.py", "check", **variables)
        assert result.returncode == 1
        return result.stderr

    return refused


def test_production_passes_djangos_checks(run):
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert result.returncode == 0, result.stderr


def test_production_is_https_only(setting):
    names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "DEBUG"]

    values = setting(f"[getattr(s, name) for name in {names}]", **PRODUCTION)

    assert values == ["__Host-session", "__Host-csrf", True, True, False]
    assert setting("s.SECURE_HSTS_SECONDS", **PRODUCTION) >= 31_536_000


def test_the_local_start_needs_nothing_and_stays_on_this_machine(setting):
    assert setting("[s.ALLOWED_HOSTS, s.DEBUG, s.SECURE_SSL_REDIRECT, s.DATABASE_IS_EMBEDDED]") == [
        ["localhost", "127.0.0.1", "[::1]"],
        False,
        False,
        True,
    ]


def test_the_local_key_is_made_once_and_kept_private(setting, tmp_path):
    key = setting("s.SECRET_KEY")

    assert len(key) >= 50
    assert setting("s.SECRET_KEY") == key
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize("name", [name for name in PRODUCTION if name != "FACTCHECK_ENV"])
def test_production_says_what_is_missing(refused, name):
    message = refused(**{key: value for key, value in PRODUCTION.items() if key != name})

    assert f"Set {name}" in message


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("FACTCHECK_ENV", "prod", "one of local, production"),
        ("FACTCHECK_HTTPS", "yep", "true or false"),
        ("FACTCHECK_PROXIES", "-1", "from 0 to 9"),
        ("FACTCHECK_TIME_ZONE", "Mars", "Europe/Berlin"),
        ("FACTCHECK_LOG_LEVEL", "loud", "one of DEBUG"),
        ("FACTCHECK_FETCH", "never", "true or false"),
        ("FACTCHECK_CONTACT", "the desk", "an e-mail address or a web address"),
        ("FACTCHECK_DATABASE_CONNECTIONS", "many", "from 1 to 1000"),
        ("DATABASE_URL", "sqlite:///db", "must look like postgresql://"),
        ("DATABASE_URL", "postgresql://host/", "must look like postgresql://"),
        ("DATABASE_OWNER_URL", "postgresql://owner@elsewhere/desk", "different databases"),
        ("FACTCHECK_DEBUG", "true", "unset it in production"),
    ],
)
def test_a_wrong_value_stops_the_start_and_says_the_cure(refused, name, value, cure):
    message = refused(**{**PRODUCTION, name: value})

    assert name in message
    assert cure in message
    assert "Traceback" not in message


def test_a_traceback_is_shown_when_asked_for(run):
    result = run("manage.py", "check", "--traceback", FACTCHECK_ENV="prod")

    assert "Traceback" in result.stderr


@pytest.mark.parametrize("key", ["", PRODUCTION["FACTCHECK_SECRET_KEY"]])
@pytest.mark.parametrize("command", [("up", "--port", "0"), ("verify_history",)])
def test_a_data_directory_that_cannot_be_made_is_said_with_the_cure(run, command, key, tmp_path):
    (tmp_path / "file").touch()

    result = run("manage.py", *command, FACTCHECK_DATA_DIR=str(tmp_path / "file"), FACTCHECK_SECRET_KEY=key)

    assert result.returncode == 1
    assert str(tmp_path / "file") in result.stderr
    assert "FACTCHECK_DATA_DIR" in result.stderr or "--data-dir" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_address_is_read_with_its_options(setting):
    default = setting("s.DATABASES['default']", **PRODUCTION)

    assert [default[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "desk",
        "factcheck",
        "pass/word",
        "db.example",
        "5433",
    ]
    assert default["OPTIONS"]["sslmode"] == "require"
    assert "statement_timeout=15s" in default["OPTIONS"]["options"]


def test_a_secret_can_come_from_a_file(setting, tmp_path):
    file = tmp_path / "url"
    file.write_text(PRODUCTION["DATABASE_URL"])
    variables = {**PRODUCTION, "DATABASE_URL": "", "DATABASE_URL_FILE": str(file)}

    assert setting("s.DATABASES['default']['NAME']", **variables) == "desk"


def test_pages_are_fetched_unless_that_is_forbidden(setting):
    assert setting("[s.FETCH_PAGES, s.FETCH_CONTACT]", **PRODUCTION) == [True, ""]
    forbidden = {**PRODUCTION, "FACTCHECK_FETCH": "false", "FACTCHECK_CONTACT": "desk@example.org"}
    assert setting("[s.FETCH_PAGES, s.FETCH_CONTACT]", **forbidden) == [False, "desk@example.org"]


def test_forwarding_headers_count_only_behind_a_proxy(setting):
    assert setting("hasattr(s, 'SECURE_PROXY_SSL_HEADER')", **PRODUCTION) is False
    assert setting("s.SECURE_PROXY_SSL_HEADER[0]", FACTCHECK_PROXIES="1", **PRODUCTION) == "HTTP_X_FORWARDED_PROTO"


@pytest.mark.parametrize(("level", "heard"), [("INFO", True), ("ERROR", False)])
def test_what_is_logged_goes_by_the_level(run, level, heard):
    warn = "import django; django.setup(); import logging; logging.getLogger('django.request').warning('Not found')"

    result = run("-c", warn, DJANGO_SETTINGS_MODULE="factcheck.settings", FACTCHECK_LOG_LEVEL=level)

    assert result.returncode == 0, result.stderr
    assert ("Not found" in result.stderr) is heard
