"""`manage.py up` as a person meets it: started, interrupted, killed, started again."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import psutil
import pytest

from factcheck.postgres_processes import lives

ROOT = Path(__file__).parents[2]
PATIENCE = 120
"""Seconds: PostgreSQL writes everything before it stops, and others may keep the disk busy."""

pytestmark = [pytest.mark.fault, pytest.mark.slow]


@pytest.fixture(scope="module")
def data_dir(open_dir):
    return open_dir / "data"


@pytest.fixture
def site(data_dir):
    site = Site(data_dir)
    yield site
    site.kill_all()


class Site:
    def __init__(self, data_dir):
        self.data_dir, self.port = data_dir, _free_port()
        self.process: Any = None

    def start(self, *, until_it_answers=True):
        command = [sys.executable, "manage.py", "up", "--no-sample", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [*command, "--data-dir", str(self.data_dir)],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "DATABASE_"))},
            stderr=subprocess.PIPE,
            text=True,
        )
        return self._read_until(f"http://127.0.0.1:{self.port}/") if until_it_answers else ""

    def _read_until(self, words):
        said = ""
        for line in self.process.stderr:
            said += line
            if words in line:
                return said
        pytest.fail(f"It ended before it answered:\n{said}")

    def read_as_far_as(self, words):
        """A step is announced before it is done, and its line ends after."""
        said = ""
        while words not in said and (character := self.process.stderr.read(1)):
            said += character
        return said

    def health(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as response:
            return response.status

    def stop(self, number):
        """Everything it said after the signal, and the code it ended with."""
        # The second web process may still be starting, and hears nothing until it has.
        time.sleep(0.5)
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=PATIENCE)
        return said, self.process.returncode

    @property
    def postgres(self):
        return psutil.Process(int((self.data_dir / "postgres" / "postmaster.pid").read_text().split()[0]))

    @property
    def web(self):
        return psutil.Process(int((self.data_dir / "web.pid").read_text()))

    def kill_all(self):
        if self.process is None:
            return
        processes = [psutil.Process(self.process.pid)] if psutil.pid_exists(self.process.pid) else []
        for find in (lambda: self.postgres, lambda: self.web):
            try:
                processes += [find(), *find().children(recursive=True)]
            except (OSError, psutil.NoSuchProcess):
                continue
        for process in processes:
            _kill(process)
        self.process.communicate()


def _is_gone(process):
    """A process that nobody waits for stays behind as a zombie."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def _kill(process):
    try:
        process.kill()
    except psutil.NoSuchProcess:
        pass


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.parametrize("words", ["Starting PostgreSQL", "Starting the web server"])
def test_it_stops_at_once_while_it_is_starting(site, words):
    site.start(until_it_answers=False)
    said = site.read_as_far_as(words)

    site.process.send_signal(signal.SIGINT)
    _, rest = site.process.communicate(timeout=PATIENCE)

    assert "Traceback" not in said + rest
    assert "Stopped." in rest
    assert "refused to gracefully stop" not in rest
    assert site.process.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_what_it_does_and_stops_cleanly(site, number):
    said = site.start()
    web, postgres = site.web, site.postgres

    assert "Bringing the tables up to date" in said
    assert site.health() == 200
    said, code = site.stop(number)

    assert code == 0
    assert "Traceback" not in said
    assert re.search(r"Stopping the web server … [\d.]+ s\nStopping PostgreSQL … [\d.]+ s\nStopped.\n$", said)
    assert _is_gone(web)
    assert _is_gone(postgres)


def test_a_second_start_makes_nothing_anew(site):
    site.start()
    site.stop(signal.SIGTERM)

    said = site.start()

    assert "Collecting the static files" not in said
    assert "Making" not in said
    assert "Installing" not in said


def test_it_starts_again_after_everything_was_killed(site):
    site.start()
    site.kill_all()

    site.start()

    assert site.health() == 200


def test_a_web_server_left_behind_does_not_hold_the_port(site):
    site.start()
    left = site.web
    site.process.kill()
    site.process.wait()
    site.process.stderr.close()

    site.start()

    assert site.health() == 200
    assert _is_gone(left)


def test_workers_that_lost_their_web_server_end_with_the_site(site):
    site.start()
    workers = site.web.children(recursive=True)
    site.web.kill()

    _, said = site.process.communicate(timeout=PATIENCE)

    assert site.process.returncode == 1
    assert "The web server ended by itself" in said
    assert workers
    assert all(_is_gone(worker) for worker in workers)


def test_workers_left_behind_alone_do_not_hold_the_port(site):
    site.start()
    web, workers = site.web, site.web.children(recursive=True)
    site.process.kill()
    web.kill()
    site.process.wait()
    site.process.stderr.close()
    _wait_for(lambda: _is_gone(web))

    site.start()

    assert site.health() == 200
    assert all(_is_gone(worker) for worker in workers)


def test_a_killed_database_comes_back(site):
    site.start()
    killed = site.postgres
    killed.kill()

    _wait_for(lambda: _is_gone(killed) and lives(site.data_dir / "postgres"))
    _wait_for(lambda: _is_healthy(site))


def _is_healthy(site):
    try:
        return site.health() == 200
    except OSError:
        return False


def test_a_taken_port_is_said_with_the_cure(site):
    with socket.socket() as other:
        other.bind(("127.0.0.1", site.port))
        other.listen()
        site.start(until_it_answers=False)
        _, said = site.process.communicate(timeout=PATIENCE)

    assert site.process.returncode == 1
    assert said.endswith(
        f"Port {site.port} is taken by another program. Choose another: manage.py up --port {site.port + 1}\n"
    )


def test_a_second_site_on_the_same_data_is_told_of_the_first(site, data_dir):
    site.start()
    second = Site(data_dir)

    second.start(until_it_answers=False)
    _, said = second.process.communicate(timeout=PATIENCE)

    assert second.process.returncode == 1
    assert f"already runs with {data_dir}: http://127.0.0.1:{site.port}/" in said
    assert site.health() == 200


def test_a_database_that_does_not_answer_is_said_with_the_cure(data_dir):
    address = f"127.0.0.1:{_free_port()}/factcheck"
    urls = {"DATABASE_URL": f"postgresql://factcheck@{address}", "DATABASE_OWNER_URL": f"postgresql://owner@{address}"}

    ended = subprocess.run(
        [sys.executable, "manage.py", "up", "--port", str(_free_port()), "--data-dir", str(data_dir.parent / "urls")],
        cwd=ROOT,
        env={**os.environ, **urls},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert "The database does not answer" in ended.stderr
    assert ended.stderr.endswith("Start it, or correct DATABASE_URL and DATABASE_OWNER_URL.\n")
    assert "Traceback" not in ended.stderr
