"""The whole site as a person starts it, to be killed, and a visitor who never gives up."""

from __future__ import annotations

import contextlib
import http.cookiejar
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING, Any

from django.conf import settings

from factcheck import roles
from factcheck.postgres import Postgres

if TYPE_CHECKING:
    from pathlib import Path

    import psycopg

PASSWORD = "a password of this test alone"
SECONDS_TO_START = 120


class Site:
    """`manage.py up` on a data directory and a free port of its own."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.log = data_dir.with_suffix(".log")
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Return once the site answers."""
        command = [sys.executable, "manage.py", "up", "--port", str(self.port), "--data-dir", str(self.data_dir)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=_environment(), stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, "the site did not start"
            time.sleep(0.1)

    def kill(self) -> None:
        """End the web processes and PostgreSQL at once, with no chance to tidy up."""
        postmaster = Postgres(self.data_dir).place.cluster / "postmaster.pid"
        os.kill(int(postmaster.read_text().split()[0]), signal.SIGKILL)
        self.kill_web()

    def kill_web(self) -> None:
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)

    def database(self) -> psycopg.Connection:
        return Postgres(self.data_dir).connect(role=roles.APPLICATION)

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = _environment() | {"FACTCHECK_DATA_DIR": str(self.data_dir)}
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            check=False,
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
        )

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False


class Visitor:
    """A signed-in person whose every change is repeated, with the same request id, until it is acknowledged."""

    def __init__(self, site: Site, username: str) -> None:
        self.site = site
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.opener.open(f"{site.url}/accounts/login/").close()
        self.post("/accounts/login/", {"login": username, "password": PASSWORD})

    def post(self, path: str, values: dict[str, Any]) -> int:
        token = next(cookie.value for cookie in self.cookies if cookie.name == settings.CSRF_COOKIE_NAME)
        body = urllib.parse.urlencode(values | {"csrfmiddlewaretoken": token}).encode()
        request = urllib.request.Request(self.site.url + path, body, {"HX-Request": "true"})
        with self.opener.open(request, timeout=10) as answer:
            answer.read()
            return int(answer.status)

    def post_until_acknowledged(self, path: str, values: dict[str, Any], *, seconds: float = 120) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.post(path, values) == 200:
                    return
            time.sleep(0.05)
        raise AssertionError(f"never acknowledged: {path}")


def _environment() -> dict[str, str]:
    """The environment of a person, without what the tests set for themselves."""
    ours = ("FACTCHECK_", "DATABASE_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"FACTCHECK_SAMPLE_PASSWORD": PASSWORD}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
