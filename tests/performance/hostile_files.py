"""Files that mean harm, and what becomes of them."""

from __future__ import annotations

import io
import json
import resource
import struct
import sys
import tempfile
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from django.test import Client

from articles.intake.apart import FAILURES, Limits, read_apart
from articles.intake.codec import from_json, to_json
from articles.intake.draft import IntakeError
from articles.intake.reading import Received, read
from articles.text.canonical import canonicalise
from tests.intake.portable import file, stream
from tests.intake.word import document, paragraph
from tests.performance.harness import at_most

if TYPE_CHECKING:
    from articles.intake.draft import Draft
    from tests.performance.harness import Bench, Figure

MEGABYTE = 1_000_000
NESTED = 200_000
DEEP = "<div>" * NESTED + "words" + "</div>" * NESTED
SETS = ("xml-bombs", "blns", "dompurify-expect")
HARMLESS = ("http://", "https://", "mailto:", "ftp://")
PAUSE = 0.05  # seconds between two requests meanwhile


@dataclass(frozen=True)
class Case:
    """`is_small` ones are many and are read in this process, one after the other."""

    name: str
    received: Received
    is_small: bool = False

    @property
    def read(self) -> Callable[[Received], Draft]:
        return read if self.is_small else read_apart


@dataclass
class Tally:
    """What went wrong, by name of the case."""

    harmful: list[str] = field(default_factory=list)
    speechless: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def take(self, case: Case) -> None:
        began = time.perf_counter()
        try:
            if not _is_inert(case.read(case.received)):
                self.harmful.append(case.name)
        except IntakeError as refusal:
            self._refused(case, str(refusal))
        except Exception as error:
            self.harmful.append(f"{case.name} ({error!r})")
        self.seconds.append(time.perf_counter() - began)

    def _refused(self, case: Case, sentence: str) -> None:
        if not (sentence[:1].isupper() and sentence.endswith(".")):
            self.speechless.append(case.name)
        if any(sentence.startswith(failure.partition("{")[0]) for failure in FAILURES.values()):
            self.stopped.append(case.name)


@dataclass
class Meanwhile:
    """Requests that the site answers while hostile files are read."""

    failed: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def figures(bench: Bench) -> Iterator[Figure]:
    yield _count("hostile files: sets missing", [name for name in SETS if not (bench.data / name).is_dir()])
    tally = Tally()
    cases = list(_cases(bench.data))
    with _own_temporary_folder() as folder, _requests() as meanwhile:
        for case in cases:
            tally.take(case)
        left = [path.name for path in folder.iterdir()]
    left += [f"process {child.pid}" for child in psutil.Process().children() if "confined" in " ".join(child.cmdline())]
    yield _count(f"{len(cases)} hostile files: neither refused nor inert", tally.harmful)
    yield _count("hostile files: refused without a sentence", tally.speechless)
    yield _count("hostile files: only stopped by a limit or a crash", tally.stopped)
    yield _count("hostile files: files and processes left behind", left)
    yield at_most("hostile files: slowest", [max(tally.seconds)], bar=Limits().seconds, unit="s")
    yield at_most("hostile files: memory of the largest reader", [_peak()], bar=Limits().megabytes, unit="MB")
    yield _count("hostile files: requests that failed meanwhile", meanwhile.failed)
    yield at_most("hostile files: slowest request meanwhile", [max(meanwhile.seconds)], bar=2, unit="s")


def _cases(data: Path) -> Iterator[Case]:
    yield from _xml_bombs(data / "xml-bombs")
    yield from _naughty_strings(data / "blns" / "blns.json")
    yield from _scripts(data / "dompurify-expect" / "expect.json")
    yield from _nested()
    yield from _bombs()
    yield from _pastes()


def _xml_bombs(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("*.x*")):
        bomb = path.read_bytes()
        for part in ("document.xml", "styles.xml"):
            raw = document(paragraph("words"), parts={part: bomb})
            yield Case(f"{path.name} as {part}", Received(raw=raw, filename="bomb.docx"))
        yield Case(f"{path.name} as text", Received(raw=bomb, filename="bomb.txt", media_type="text/plain"))
        yield Case(f"{path.name} as a page", Received(raw=bomb, filename="bomb.html", media_type="text/html"))


def _naughty_strings(path: Path) -> Iterator[Case]:
    strings = json.loads(path.read_text()) if path.is_file() else []
    for i, string in enumerate(strings):
        raw = string.encode("utf-8", "surrogatepass")
        yield Case(f"naughty string {i}", Received(raw=raw, filename=f"{string}.txt"), is_small=True)
        page = b"<html><body><p>Words of a story.</p><p>" + raw + b"</p></body></html>"
        yield Case(f"naughty page {i}", Received(raw=page, media_type="text/html"), is_small=True)


def _scripts(path: Path) -> Iterator[Case]:
    payloads = json.loads(path.read_text()) if path.is_file() else []
    for i, payload in enumerate(payloads):
        raw = f"<html><body><p>Words of a story.</p>{payload['payload']}</body></html>".encode()
        yield Case(f"script {i}", Received(raw=raw, filename="page.html", media_type="text/html"), is_small=True)
        yield Case(f"script {i} as text", Received(raw=payload["payload"].encode()), is_small=True)


def _nested() -> Iterator[Case]:
    yield Case("nested page", Received(raw=DEEP.encode(), filename="deep.html", media_type="text/html"))
    yield Case("nested text", Received(raw=DEEP.encode()))
    tags = "<w:smartTag>" * NESTED + "</w:smartTag>" * NESTED
    yield Case("nested document", Received(raw=document(paragraph(tags))))
    arrays = b"[" * NESTED + b"]" * NESTED
    yield Case("nested PDF", Received(raw=_pdf(stream(b""), pages=b"/Kids " + arrays)))


def _bombs() -> Iterator[Case]:
    honest = document(paragraph("words"), parts={"media.bin": bytes(600 * MEGABYTE)})
    yield Case("600 MB in a ZIP", Received(raw=honest, filename="bomb.docx"))
    yield Case("600 MB in a ZIP that says 1 kB", Received(raw=_understated(honest), filename="bomb.docx"))
    prose = document(paragraph("words " * 7 * MEGABYTE))
    yield Case("42 MB of text in a ZIP", Received(raw=prose, filename="bomb.docx"))
    packed = stream(_packed(b"BT /F1 9 Tf (words) Tj ET " * 40_000, times=625), "/Filter /FlateDecode")
    yield Case("650 MB in a PDF", Received(raw=_pdf(packed), filename="bomb.pdf"))
    yield Case("a page tree without end", Received(raw=_pdf(stream(b""), pages=b"/Kids [2 0 R 2 0 R]")))


def _pastes() -> Iterator[Case]:
    yield Case("50 MB of text", Received(raw=b"words " * (50 * MEGABYTE // 6)))
    yield Case("51 MB of text", Received(raw=bytes(51 * MEGABYTE)))
    page = b"<p>" + b"words " * (9 * MEGABYTE // 6) + b"</p>"
    yield Case("a page of 9 MB", Received(raw=page, filename="large.html", media_type="text/html"))


def _pdf(content: bytes, pages: bytes = b"/Kids [6 0 R]") -> bytes:
    return file(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Count 1 " + pages + b" >>",
            3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            5: b"<< >>",
            6: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>",
            7: content,
        }
    )


def _packed(content: bytes, *, times: int) -> bytes:
    packer = zlib.compressobj()
    return b"".join(packer.compress(content) for _ in range(times)) + packer.flush()


def _understated(raw: bytes) -> bytes:
    """The same archive, whose directory says that its largest part has 1,000 bytes."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        directory = archive.start_dir
        largest = max(archive.infolist(), key=lambda part: part.file_size)
    changed = bytearray(raw)
    entry = raw.index(largest.filename.encode(), directory) - 46
    struct.pack_into("<I", changed, entry + 24, 1_000)
    return bytes(changed)


def _is_inert(draft: Draft) -> bool:
    """Text and nothing else, whole in every part, and no link that does something else than lead to a page."""
    same = from_json(to_json(draft), draft.raw)
    leads = all(link.target.lower().startswith(HARMLESS) for link in draft.links)
    return leads and canonicalise(draft.text).text == draft.text == same.text


@contextmanager
def _own_temporary_folder() -> Iterator[Path]:
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        try:
            yield Path(folder)
        finally:
            tempfile.tempdir = before


@contextmanager
def _requests() -> Iterator[Meanwhile]:
    meanwhile = Meanwhile()
    done = threading.Event()

    def ask() -> None:
        client = Client(SERVER_NAME="localhost")
        while not done.wait(PAUSE):
            began = time.perf_counter()
            status = client.get("/healthz").status_code
            meanwhile.seconds.append(time.perf_counter() - began)
            if status != 200:
                meanwhile.failed.append(f"answered {status}")

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield meanwhile
    finally:
        done.set()
        asking.join()


def _peak() -> float:
    """Megabytes that the largest process had that was started from here and has ended."""
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return kilobytes / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _count(name: str, found: list[str]) -> Figure:
    if found:
        sys.stderr.write(f"{name}: {', '.join(found[:20])}\n")
    return at_most(name, [len(found)], bar=0, unit="cases")
