import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import psutil
import psycopg
import pytest

from factcheck import roles
from factcheck.postgres import Postgres, PostgresError
from factcheck.postgres_place import LONGEST_SOCKET_DIR, Place
from factcheck.postgres_processes import lives

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow

START = """
import sys
from pathlib import Path
from factcheck.postgres import Postgres
server = Postgres(Path(sys.argv[1]), durable=False)
server.start()
print("started", flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture
def server(open_dir):
    server = Postgres(open_dir / uuid.uuid4().hex, durable=False)
    yield server
    server.stop()


@pytest.fixture
def other_process(server):
    """Starts the same server in another process."""
    made = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "-c", START, str(server.place.data_dir)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        made.append(process)
        return process

    yield start
    for process in made:
        process.communicate(timeout=30)


def _pid(server):
    return int((server.place.cluster / "postmaster.pid").read_text().split()[0])


def _kill(pid):
    os.kill(pid, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(pid)] if psutil.pid_exists(pid) else [], timeout=10)


def _answer(server):
    with server.connect(role=roles.APPLICATION) as connection:
        return connection.execute("SELECT 1").fetchone()


def test_starts_answers_and_stops(server):
    server.start()
    assert _answer(server) == (1,)

    server.stop()
    assert not server.running
    with pytest.raises(psycopg.OperationalError):
        _answer(server)


def test_the_applications_role_has_no_power(server):
    server.start()

    with server.connect(role=roles.APPLICATION) as connection:
        for statement in (
            "CREATE TABLE own (id int)",
            "CREATE ROLE friend",
            "CREATE DATABASE own",
            "SET ROLE postgres",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_text_is_unicode_and_sorts_the_same_everywhere(server):
    server.start()

    with server.connect(role=roles.OWNER) as connection:
        found = connection.execute(
            "SELECT datcollate, datlocale, pg_encoding_to_char(encoding), upper('ü') FROM pg_database"
            " WHERE datname = current_database()"
        ).fetchone()

    assert found == ("C", "C.UTF-8", "UTF8", "Ü")


def test_does_not_listen_on_the_network(server):
    server.start()

    listening = [c for c in psutil.Process(_pid(server)).net_connections() if c.status == psutil.CONN_LISTEN]

    assert listening == []


@pytest.mark.fault
def test_starts_again_after_being_killed(server):
    server.start()
    with server.connect(role=roles.OWNER) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    _kill(_pid(server))

    server.start()

    with server.connect(role=roles.OWNER) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (1,)


@pytest.mark.fault
def test_a_busy_helper_of_a_killed_server_does_not_stop_the_next(server):
    server.start()
    with server.connect(role=roles.OWNER) as connection:
        helper = psutil.Process(connection.info.backend_pid)
        os.kill(helper.pid, signal.SIGSTOP)
        _kill(_pid(server))

        server.start()

    assert not helper.is_running() or helper.status() == psutil.STATUS_ZOMBIE
    assert _answer(server) == (1,)


@pytest.mark.fault
@pytest.mark.parametrize("stranger", [os.getpid, lambda: 1, lambda: _zombie().pid])
def test_a_reused_process_number_is_not_the_server(server, stranger):
    server.start()
    pid_file = server.place.cluster / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    _kill(_pid(server))
    pid_file.write_text("\n".join([str(stranger()), *lines[1:]]) + "\n")

    assert not server.running
    server.start()

    assert _answer(server) == (1,)


def _zombie():
    process = subprocess.Popen([sys.executable, "-c", ""])
    while psutil.Process(process.pid).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)
    ZOMBIES.append(process)
    return process


ZOMBIES: list[subprocess.Popen[bytes]] = []


@pytest.fixture(autouse=True)
def _buried():
    yield
    while ZOMBIES:
        ZOMBIES.pop().wait()


@pytest.mark.fault
def test_a_half_made_cluster_is_made_again(server):
    server.place.prepare()
    draft = server.place.empty_draft()
    (draft / "PG_VERSION").write_text("18\n")

    server.start()

    assert _answer(server) == (1,)
    assert not draft.exists()


@pytest.mark.fault
def test_two_starts_at_once_share_one_server(server, other_process):
    processes = [other_process(), other_process()]

    assert [process.stdout.readline() for process in processes] == ["started\n", "started\n"]
    assert lives(server.place.cluster)


@pytest.mark.fault
def test_the_last_user_stops_the_server(server, other_process):
    server.start()
    other = other_process()
    assert other.stdout.readline() == "started\n"

    server.stop()
    assert lives(server.place.cluster)

    other.communicate(timeout=30)
    assert not lives(server.place.cluster)


@pytest.mark.fault
def test_a_killed_user_does_not_keep_the_server_running(server, other_process):
    server.start()
    other = other_process()
    assert other.stdout.readline() == "started\n"
    other.kill()
    other.wait()

    server.stop()

    assert not server.running


def test_a_long_path_gets_a_short_socket(tmp_path):
    place = Place(tmp_path / ("long" * 30))

    assert len(os.fsencode(place.socket_dir)) <= LONGEST_SOCKET_DIR


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root needs another account.")
def test_root_reaches_past_a_closed_directory(tmp_path):
    tmp_path.chmod(0o700)
    server = Postgres(tmp_path / "data", durable=False)

    server.start()
    try:
        assert _answer(server) == (1,)
        assert server.place.home.is_relative_to("/var/lib/factcheck")
    finally:
        server.stop()
        shutil.rmtree(server.place.home)


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root can give files away.")
def test_a_socket_directory_of_somebody_else_is_refused(server):
    server.place.home.mkdir(parents=True)
    server.place.socket_dir.mkdir()
    os.chown(server.place.socket_dir, 12345, 12345)

    with pytest.raises(PostgresError, match="belongs to somebody else"):
        server.start()
    os.chown(server.place.socket_dir, 0, 0)
