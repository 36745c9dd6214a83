"""Reading in a process of its own: what a hostile file does to its parser stays there.

A new Python for each file costs its start, and is safe where forking a web process with threads is not. It limits
itself before it looks into the bytes (confined.py says what that guarantees), and is killed on its deadline.
Its answer is JSON and is checked like any other input.
"""

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from articles.intake.codec import from_json
from articles.intake.draft import Draft, IntakeError
from articles.intake.reading import Received

logger = logging.getLogger(__name__)

LIMIT = 50_000_000  # bytes that are handed to a reader at all; each reader has its own, lower limit

_ROOT = Path(__file__).parents[2]
_LONGEST_ANSWER = 64_000_000  # bytes
_CHUNK = 1 << 16
_WAY_ON = "The original is kept; paste the article's text instead."
FAILURES = {
    "time": "Reading this took longer than {seconds} seconds and was stopped.",
    "memory": "Reading this needs more than {megabytes:,} MB of memory and was stopped.",
    "error": "This cannot be read: its reader failed on it.",
}
# What ended a child that its parent did not end. A system short of memory kills.
_SIGNALS: dict[int, str] = {signal.SIGXCPU: "time", signal.SIGALRM: "time", signal.SIGKILL: "memory"}


@dataclass(frozen=True, slots=True)
class Limits:
    seconds: int = 20
    megabytes: int = 1024


class _FailedError(Exception):
    """`kind` is a key of FAILURES."""

    def __init__(self, kind: str, trace: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.trace = trace


def read_apart(received: Received) -> Draft:
    """`reading.read` in another process. IntakeError: the reader's own, or a sentence for what stopped it."""
    return answered_apart(received, finder="articles.intake.reading:reader", limits=Limits())


def answered_apart(received: Received, *, finder: str, limits: Limits) -> Draft:
    """What the reader that `finder` ("module:function") finds for `received` makes of it."""
    if len(received.raw) > LIMIT:
        size = len(received.raw) / 1_000_000
        raise IntakeError(f"This has {size:,.0f} MB; at most {LIMIT // 1_000_000} MB are read.")
    try:
        return _draft(_answer(received, finder, limits), received.raw)
    except _FailedError as failure:
        logger.warning("Reading %r failed: %s\n%s", received.filename, failure.kind, failure.trace)
        sentence = FAILURES[failure.kind].format(seconds=limits.seconds, megabytes=limits.megabytes)
        raise IntakeError(f"{sentence} {_WAY_ON}") from failure


def _draft(answer: bytes, raw: bytes) -> Draft:
    try:
        data = json.loads(answer)
        if refusal := data.get("refused"):
            raise IntakeError(str(refusal))
        if failure := data.get("failed"):
            raise _FailedError("memory" if failure == "memory" else "error", str(data.get("trace")))
        return from_json(data.get("draft"), raw)
    except IntakeError:
        raise
    except (ValueError, AttributeError, RecursionError) as error:
        raise _FailedError("error", repr(error)) from error


def _answer(received: Received, finder: str, limits: Limits) -> bytes:
    deadline = time.monotonic() + limits.seconds
    with _request(received) as request, _child(request, finder, limits) as child:
        answer = b"".join(_chunks(child.stdout, deadline))
        try:
            child.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise _FailedError("time") from None
    if child.returncode:
        kind = _SIGNALS.get(-child.returncode, "error")
        raise _FailedError(kind, f"ended with {child.returncode}")
    return answer


@contextmanager
def _request(received: Received) -> Iterator[IO[bytes]]:
    """A file without a name, so that nothing is left of it whatever happens."""
    about = {name: getattr(received, name) for name in ("filename", "media_type", "charset", "address")}
    with tempfile.TemporaryFile() as request:
        request.write(json.dumps(about).encode() + b"\n" + received.raw)
        request.seek(0)
        yield request


@contextmanager
def _child(request: IO[bytes], finder: str, limits: Limits) -> Iterator[subprocess.Popen[bytes]]:
    child = subprocess.Popen(
        [sys.executable, "-P", "-s", "-m", "articles.intake.confined", finder, *_arguments(limits)],
        stdin=request,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},
        start_new_session=True,
    )
    with child:
        try:
            yield child
        finally:
            # Its whole group: where nothing keeps a reader from starting a process, that one ends, too.
            _kill_group(child)


def _arguments(limits: Limits) -> tuple[str, str]:
    return str(limits.megabytes), str(limits.seconds)


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is not None:
        return
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # it ended just now
        child.kill()


def _chunks(source: Any, deadline: float) -> Iterator[bytes]:
    """What the child writes until it closes its end."""
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        while selector.select(max(0, deadline - time.monotonic())):
            chunk = os.read(source.fileno(), _CHUNK)
            size += len(chunk)
            if size > _LONGEST_ANSWER:
                raise _FailedError("error", "its answer has no end")
            if not chunk:
                return
            yield chunk
    raise _FailedError("time")
