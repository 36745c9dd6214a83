"""Readers that do what a parser in the hands of an attacker would do. They run in the child process of apart.py."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from articles.intake.draft import Draft, IntakeError
from articles.intake.plain import read_plain
from articles.intake.reading import Received

Reader = Callable[[Received], Draft]


def _tells(attempt: Callable[[str], object]) -> Callable[[Received], Reader]:
    """A reader that tries something with the text it got, and whose draft says how that went."""

    def read(received: Received) -> Draft:
        try:
            outcome = f"done: {attempt(received.raw.decode())!r}"
        except (OSError, RuntimeError) as error:
            outcome = f"{type(error).__name__}: {error}"
        return read_plain(outcome)

    return lambda _: read


def _loop(_: str) -> None:
    while True:
        pass


def _allocate(_: str) -> int:
    kept = []
    while True:
        kept.append(bytearray(10_000_000))


def _swallow(_: str) -> None:
    """Runs out of memory again and again, and goes on."""
    while True:
        try:
            _allocate("")
        except MemoryError:
            pass


def _signal_parent(_: str) -> None:
    os.kill(os.getppid(), signal.SIGUSR1)


def _write(path: str) -> None:
    Path(path).write_text("left behind")


def _touch(path: str) -> None:
    Path(path).touch()


def _append(path: str) -> None:
    with Path(path).open("a") as file:
        file.write("more")


def _write_by_c(path: str) -> tuple[int, int]:
    """Past Python and what watches it."""
    libc = ctypes.CDLL(None, use_errno=True)
    made = libc.open(path.encode(), os.O_WRONLY | os.O_CREAT, 0o600)
    return made, libc.socket(2, 1, 0)


def _thread(_: str) -> None:
    threading.Thread(target=time.sleep, args=(0,)).start()


def _crash(_: str) -> None:
    ctypes.string_at(0)


def _flood(_: str) -> None:
    """Writes an answer without end to every file that is open."""
    while True:
        for number in range(3, 20):
            try:
                os.write(number, b"x" * 1_000_000)
            except OSError:
                pass


def _leave_quietly(_: str) -> None:
    os._exit(0)


def _close_and_stay(_: str) -> None:
    os.closerange(0, 64)
    _loop("")


loops = _tells(_loop)
sleeps = _tells(lambda _: time.sleep(60))
allocates = _tells(_allocate)
swallows = _tells(_swallow)
forks = _tells(lambda _: os.fork())
starts_a_program = _tells(lambda _: subprocess.run(["true"], check=True))
starts_a_thread = _tells(_thread)
opens_a_socket = _tells(lambda _: socket.socket())
opens_a_pair_of_sockets = _tells(lambda _: socket.socketpair())
signals_its_parent = _tells(_signal_parent)
writes = _tells(_write)
touches = _tells(_touch)
appends = _tells(_append)
removes = _tells(lambda path: Path(path).unlink())
renames = _tells(lambda path: Path(path).rename(path + ".moved"))
makes_a_temporary_file = _tells(lambda _: tempfile.mkstemp())
writes_by_c = _tells(_write_by_c)
crashes = _tells(_crash)
floods = _tells(_flood)
leaves_quietly = _tells(_leave_quietly)
closes_and_stays = _tells(_close_and_stay)
shows_its_environment = _tells(lambda _: " ".join(sorted(os.environ)))
names_its_modules = _tells(lambda _: [name for name in ("django", "psycopg") if name in sys.modules])
prints = _tells(lambda _: [print("not the answer"), os.write(1, b"nor this")])  # noqa: T201  # that is what it tries


def refuses(_: Received) -> Reader:
    def read(received: Received) -> Draft:
        raise IntakeError(received.raw.decode())

    return read


def raises(_: Received) -> Reader:
    def read(_: Received) -> Draft:
        raise RuntimeError("a defect")

    return read


def recurses(_: Received) -> Reader:
    def read(received: Received) -> Draft:
        return read(received)

    return read


def contradicts_itself(_: Received) -> Reader:
    return lambda _: replace(read_plain("One block"), text="Two blocks\n\nand one kind")
