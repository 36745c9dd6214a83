"""What a live server still answers when the test has ended: a browser that is closed does not wait for it."""

import threading
from typing import Any

from django.core.signals import request_finished, request_started

PATIENCE = 30
"""Seconds after which an answer is not slow but stuck."""

_changed = threading.Condition()
_answering: list[threading.Thread] = []


def wait_until_answered() -> None:
    with _changed:
        if not _changed.wait_for(lambda: not _answering, PATIENCE):
            raise TimeoutError(f"Still being answered after {PATIENCE} seconds: {_answering}")


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
