"""What a live server still answers when the test has ended: a browser that is closed does not wait for it."""

import threading
import time
from typing import Any

from django.core.signals import request_finished, request_started

PATIENCE = 30
"""Seconds after which an answer is not slow but stuck."""

LOOK_AGAIN = 0.1
"""Seconds."""

_changed = threading.Condition()
_answering: list[threading.Thread] = []


def wait_until_answered() -> None:
    deadline = time.monotonic() + PATIENCE
    with _changed:
        while _still_answering():
            if time.monotonic() > deadline:
                raise TimeoutError(f"Still being answered after {PATIENCE} seconds: {_answering}")
            _changed.wait(LOOK_AGAIN)


def _still_answering() -> bool:
    """A thread whose browser is gone in the middle of an answer can end without a signal."""
    _answering[:] = [thread for thread in _answering if thread.is_alive()]
    return bool(_answering)


def _on_started(**_: Any) -> None:
    with _changed:
        if _is_server():
            _answering.append(threading.current_thread())


def _on_finished(**_: Any) -> None:
    with _changed:
        if threading.current_thread() in _answering:
            _answering.remove(threading.current_thread())
        _changed.notify_all()


def _is_server() -> bool:
    """The test's own client answers in the thread of the test."""
    return threading.current_thread() is not threading.main_thread()


request_started.connect(_on_started)
request_finished.connect(_on_finished)
