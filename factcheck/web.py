"""Serves the site with granian for as long as `manage.py up` runs."""

import contextlib
import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO

import psutil
from django.conf import settings

from factcheck.middleware import HEALTH_PATH
from factcheck.progress import say, step

SECONDS_TO_START = 30
SECONDS_TO_STOP = 10
# Less than that, so that granian itself ends a worker that hears nothing, as one does that is still starting.
SECONDS_FOR_A_WORKER = 5
SECONDS_BETWEEN_LOOKS = 0.5
THREADS_PER_WORKER = 4
INTERRUPTS = (signal.SIGINT, signal.SIGTERM)
EVERY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104  # compared with, not bound to


class WebError(Exception):
    """The site cannot be served; the message says why and what to do."""


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @property
    def url(self) -> str:
        host = "localhost" if self.host in EVERY_ADDRESS else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def require_free(self) -> None:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except (OSError, OverflowError) as error:
                raise WebError(self._reason(error)) from error

    def _reason(self, error: OSError | OverflowError) -> str:
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            return f"Port {self.port} is taken by another program. Choose another: manage.py up --port {self.port + 1}"
        return f"Cannot listen on {self.host} port {self.port}: {error}"


@contextlib.contextmanager
def only_one_here(address: Address) -> Iterator[None]:
    """Two sites on one data directory would stop each other's database; and what a killed one left is ended."""
    with _lock_file() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise WebError(f"Factcheck already runs with {settings.DATA_DIR}: {file.read().strip()}") from None
        file.truncate(0)
        file.write(address.url)
        file.flush()
        _end_left_behind()
        yield


@contextlib.contextmanager
def stopping_on_signals() -> Iterator[None]:
    """SIGTERM takes the same way out as Ctrl-C, which a process started in the background would otherwise ignore."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    previous = {number: signal.signal(number, interrupt) for number in INTERRUPTS}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def serve(address: Address, *, workers: int, greeting: str, keep_alive: Callable[[], None]) -> None:
    """Serve until interrupted.

    `greeting` is said with the address; `keep_alive` is called twice a second, to bring back what the site stands on.
    """
    with contextlib.ExitStack() as running:
        with step("Starting the web server"):
            process = running.enter_context(serving(address, workers))
        _greet(address, greeting)
        try:
            while not _has_ended(process):
                keep_alive()
                time.sleep(SECONDS_BETWEEN_LOOKS)
        finally:
            # What is under way is answered first, and may take a while.
            with step("\nStopping the web server"):
                running.close()
    raise WebError(f"The web server ended by itself, with code {process.returncode}.")


@contextlib.contextmanager
def serving(address: Address, workers: int) -> Iterator[subprocess.Popen[bytes]]:
    """The site answers inside."""
    with _granian(address, workers) as process:
        with _ended_unless_it_answers(process):
            _wait_until_it_answers(address, process)
        yield process


@contextlib.contextmanager
def _granian(address: Address, workers: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [
        *(sys.executable, "-m", "granian", "factcheck.wsgi:application", "--interface", "wsgi"),
        *("--host", address.host, "--port", str(address.port)),
        *("--workers", str(workers), "--blocking-threads", str(THREADS_PER_WORKER)),
        *("--respawn-failed-workers", "--workers-kill-timeout", str(SECONDS_FOR_A_WORKER), "--no-ws"),
        *("--log-level", "warning"),
    ]
    process = None
    try:
        with _interrupted_after():
            # In a session of its own: Ctrl-C reaches this process alone, which then stops things in their order.
            process = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=_environment(address), start_new_session=True
            )
            _run_file("web.pid").write_text(str(process.pid))
        yield process
    finally:
        if process is not None:
            _end(process)


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """An interruption within `poll` can leave its lock taken, and every later wait for the process would last."""
    with _interrupted_after():
        return process.poll() is not None


@contextlib.contextmanager
def _interrupted_after() -> Iterator[None]:
    """Hold an interruption back: amid starting a process it would go unknown of it, and leave it behind.

    An interruption meets the main thread only.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    previous = {number: signal.signal(number, lambda number, _: came.append(number)) for number in INTERRUPTS}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
    if came:
        raise KeyboardInterrupt


@contextlib.contextmanager
def _ended_unless_it_answers(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """A web process that is still starting hears no signal, and has nothing to finish."""
    try:
        yield
    except BaseException:
        _kill_group(process.pid)
        raise


def _environment(address: Address) -> dict[str, str]:
    """The web processes read the settings again, and must find what this process found."""
    hosts = list(settings.ALLOWED_HOSTS)
    if not settings.PRODUCTION and address.host not in hosts:
        hosts += [socket.gethostname(), "*"] if address.host in EVERY_ADDRESS else [address.host]
    return {
        **os.environ,
        "FACTCHECK_DATA_DIR": str(settings.DATA_DIR),
        "FACTCHECK_ALLOWED_HOSTS": ",".join(hosts),
    }


def _wait_until_it_answers(address: Address, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while reason := _why_not(address):
        if _has_ended(process):
            raise WebError("The web server could not start; the lines above say why.")
        if time.monotonic() > deadline:
            raise WebError(reason)
        time.sleep(0.05)


def _why_not(address: Address) -> str:
    """Why it does not answer yet; empty once it does. A database that recovers from a kill refuses for a moment."""
    try:
        with urllib.request.urlopen(address.url.rstrip("/") + HEALTH_PATH, timeout=5):  # noqa: S310  # always http
            return ""
    except urllib.error.HTTPError as error:
        return f"The web server answers with an error: {error.read().decode(errors='replace')}"
    except OSError:
        return f"The web server does not answer at {address.url}."


def _greet(address: Address, greeting: str) -> None:
    say(f"\n{greeting.strip()}\n" if greeting else "")
    say(f"Factcheck is at {address.url}\nCtrl-C stops it.")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(SECONDS_TO_STOP)
    # Also when it has ended: signalled before it listens, or killed, it leaves its workers behind, with the port.
    _kill_group(process.pid)
    process.wait()
    _run_file("web.pid").unlink(missing_ok=True)


def _end_left_behind() -> None:
    """When only the process above was killed, its web server goes on and holds the port; so do workers without it."""
    file = _run_file("web.pid")
    with contextlib.suppress(OSError, ValueError):
        group = int(file.read_text())
        if left := [process for process in psutil.process_iter() if _serves_here(process, group)]:
            _kill_group(group)
            psutil.wait_procs(left, timeout=SECONDS_TO_STOP)
    file.unlink(missing_ok=True)


def _serves_here(process: psutil.Process, group: int) -> bool:
    """The number of a group may long belong to others, who do not have this data directory."""
    try:
        return (
            os.getpgid(process.pid) == group
            and process.environ().get("FACTCHECK_DATA_DIR") == str(settings.DATA_DIR)
            and process.pid != os.getpid()
        )
    except (OSError, psutil.Error):
        return False


def _kill_group(number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(number, signal.SIGKILL)


def _lock_file() -> IO[str]:
    try:
        return _run_file("up.lock").open("a+")
    except OSError as error:
        raise WebError(f"{error}. Name a directory of your own: manage.py up --data-dir DIRECTORY") from error


def _run_file(name: str) -> Path:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    return Path(settings.DATA_DIR) / name
