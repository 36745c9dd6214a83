"""Serving the site, where `manage.py up` cannot be met at the right moment."""

import os
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from factcheck import web


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_while_the_web_server_is_started_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int
) -> None:
    start, started = subprocess.Popen, []

    def start_interrupted(*args: Any, **kwargs: Any) -> subprocess.Popen[bytes]:
        started.append(start([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True))
        os.kill(os.getpid(), number)
        return started[0]

    monkeypatch.setattr(subprocess, "Popen", start_interrupted)
    with override_settings(DATA_DIR=tmp_path), pytest.raises(KeyboardInterrupt), web.stopping_on_signals():
        web.serve(web.Address("127.0.0.1", 1), workers=1, greeting="", keep_alive=lambda: None)

    assert started[0].poll() is not None
    assert not (tmp_path / "web.pid").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_never_comes_amid_a_look_at_the_web_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int
) -> None:
    """There it would leave the lock taken that every wait for the process needs, and the site would never stop."""
    looks: list[str] = []

    class Interrupted(subprocess.Popen[bytes]):
        def poll(self) -> int | None:
            if not looks:
                looks.append("begun")
                os.kill(os.getpid(), number)
                looks.append("ended")
            return super().poll()

    def start_something(*args: Any, **kwargs: Any) -> Interrupted:
        return Interrupted([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)

    monkeypatch.setattr(subprocess, "Popen", start_something)
    with override_settings(DATA_DIR=tmp_path), pytest.raises(KeyboardInterrupt), web.stopping_on_signals():
        web.serve(web.Address("127.0.0.1", 1), workers=1, greeting="", keep_alive=lambda: None)

    assert looks == ["begun", "ended"]


def test_a_database_that_still_recovers_is_waited_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    start, answers = subprocess.Popen, [503, 503, 200]

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(answers.pop(0))
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    def start_something(*args: Any, **kwargs: Any) -> subprocess.Popen[bytes]:
        return start([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)

    monkeypatch.setattr(subprocess, "Popen", start_something)
    with HTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        with override_settings(DATA_DIR=tmp_path), web.serving(web.Address("127.0.0.1", site.server_port), 1):
            assert answers == []
        site.shutdown()
