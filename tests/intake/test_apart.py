import os
import re
import resource
import signal
import tempfile
import threading
import time
from pathlib import Path

import psutil
import pytest

from articles.intake import confined
from articles.intake.apart import LIMIT, Limits, answered_apart, read_apart
from articles.intake.draft import IntakeError
from articles.intake.plain import read_plain
from articles.intake.reading import Received

TEXT = "The town falls\n\nBy Jane Doe\n\nIt fell on Wednesday, the army said."
WAY_ON = "The original is kept; paste the article's text instead."
SHORT = Limits(seconds=2, megabytes=256)


def _read(reader, raw=b"", limits=SHORT):
    return answered_apart(Received(raw=raw), finder=f"tests.intake.misbehaving:{reader}", limits=limits)


def _sentence(reader, raw=b"", limits=SHORT):
    with pytest.raises(IntakeError) as refused:
        _read(reader, raw, limits)
    return str(refused.value)


@pytest.fixture(autouse=True)
def others():
    """The processes that this one had started before. A test leaves no further one behind, and no file."""
    files = set(Path(tempfile.gettempdir()).iterdir())
    others = set(psutil.Process().children())
    yield others
    assert set(psutil.Process().children()) <= others
    ours = {path for path in set(Path(tempfile.gettempdir()).iterdir()) - files if path.name.startswith("tmp")}
    assert not [path for path in ours if path.is_file()]


def test_the_draft_is_that_of_the_reader_itself():
    raw = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()

    assert read_apart(Received(raw=raw, filename="gazette.txt")) == read_plain(raw, filename="gazette.txt")


@pytest.mark.slow
def test_a_large_text_passes_both_ways():
    raw = ("Ein Wörterbuch 文章. " * 40 + "\n\n").encode() * 1_000

    assert read_apart(Received(raw=raw)) == read_plain(raw)


def test_the_refusal_is_that_of_the_reader_itself():
    with pytest.raises(IntakeError, match=r"^There is no text: nothing was received\.$"):
        read_apart(Received(raw=b""))
    assert _sentence("refuses", b"This is no article.") == "This is no article."


def test_a_file_past_the_limit_is_refused_at_once():
    began = time.monotonic()

    with pytest.raises(IntakeError, match=r"^This has 51 MB; at most 50 MB are read\.$"):
        read_apart(Received(raw=bytes(LIMIT + 1_000_000)))

    assert time.monotonic() - began < 10


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["loops", "sleeps", "closes_and_stays"])
def test_a_reader_past_its_time_is_stopped(reader):
    began = time.monotonic()

    assert _sentence(reader) == f"Reading this took longer than 2 seconds and was stopped. {WAY_ON}"

    assert time.monotonic() - began < 2 + 8


@pytest.mark.slow
def test_a_reader_past_its_memory_is_stopped():
    began = time.monotonic()

    assert _sentence("allocates", limits=Limits(seconds=20, megabytes=256)).startswith("Reading this needs more than")

    assert time.monotonic() - began < 10


@pytest.mark.slow
def test_a_reader_that_goes_on_without_memory_is_stopped():
    assert _sentence("swallows").startswith("Reading this took longer than 2 seconds")


@pytest.mark.parametrize("reader", ["raises", "crashes", "leaves_quietly", "contradicts_itself", "recurses"])
def test_a_reader_that_fails_is_said_to(reader):
    assert _sentence(reader) == f"This cannot be read: its reader failed on it. {WAY_ON}"


@pytest.mark.slow
def test_an_answer_without_end_is_not_listened_to():
    assert _sentence("floods", limits=Limits(seconds=10, megabytes=256)).startswith("This cannot be read")


@pytest.mark.parametrize(
    "reader",
    ["forks", "starts_a_program", "opens_a_socket", "opens_a_pair_of_sockets", "signals_its_parent"],
)
def test_a_reader_reaches_nobody(reader):
    assert re.match(r"(?:PermissionError|OSError): \[Errno 1\]", _read(reader).text)


def test_a_reader_starts_no_thread():
    assert _read("starts_a_thread").text == "RuntimeError: can't start new thread"


@pytest.mark.parametrize("reader", ["writes", "touches", "appends", "removes", "renames", "makes_a_temporary_file"])
def test_a_reader_changes_no_file(reader, tmp_path):
    existing = tmp_path / "existing"
    existing.write_text("as it was")

    outcomes = [_read(reader, str(path).encode()).text for path in (existing, tmp_path / "new")]

    assert all("Error" in outcome for outcome in outcomes)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"existing": "as it was"}


def test_code_below_python_is_held_as_well(tmp_path):
    assert _read("writes_by_c", str(tmp_path / "new").encode()).text == "done: (-1, -1)"
    assert list(tmp_path.iterdir()) == []


def test_a_reader_learns_no_secret_of_the_site(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://factcheck:secret@db/factcheck")

    shown = _read("shows_its_environment").text

    assert "DATABASE_URL" not in shown
    assert "PYTHONPATH" in shown


def test_a_reader_does_not_load_the_site():
    assert _read("names_its_modules").text == "done: []"


def test_what_a_library_prints_is_not_taken_for_the_answer():
    assert _read("prints").text.startswith("done: ")


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("open", ("new", "w", os.O_WRONLY | os.O_CREAT)),
        ("socket.__new__", ()),
        ("subprocess.Popen", ()),
        ("os.fork", ()),
        ("os.remove", ()),
    ],
)
def test_where_there_is_no_filter_a_hook_refuses_the_same(event, arguments):
    with pytest.raises(PermissionError):
        confined._guard(event, arguments)


def test_reading_and_importing_pass_the_hook():
    confined._guard("open", ("/etc/hosts", "r", os.O_RDONLY | os.O_CLOEXEC))
    confined._guard("import", ("articles",))


def test_an_unknown_machine_has_no_filter():
    assert not confined._filter_system_calls("pdp11")


@pytest.mark.slow
def test_a_reader_that_is_killed_is_said_to_have_failed(others: set[psutil.Process]):
    def kill() -> None:
        for child in set(psutil.Process().children()) - others:
            child.send_signal(signal.SIGSEGV)

    killed = threading.Timer(1, kill)
    killed.start()

    assert _sentence("sleeps", limits=Limits(seconds=20, megabytes=256)).startswith("This cannot be read")

    killed.join()


def test_reading_apart_costs_little():
    received = Received(raw=TEXT.encode())
    read_apart(received)

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    read_apart(received)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.4


def test_open_files_are_given_back():
    before = psutil.Process().num_fds()

    for _ in range(3):
        _sentence("raises")

    assert psutil.Process().num_fds() == before
