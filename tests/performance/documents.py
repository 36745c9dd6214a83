"""Real Word documents and PDF files: none crashes or hangs its reader, none comes out empty without saying why."""

from __future__ import annotations

import io
import re
import sys
import time
import zipfile
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2

from articles.intake.apart import FAILURES, Limits, read_apart
from articles.intake.draft import IntakeError
from articles.intake.reading import Received
from articles.text.notes import NoteKind
from tests.performance.harness import at_most

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from articles.intake.draft import Draft
    from tests.performance.harness import Bench, Figure

FORMATS = ("docx", "pdf")
SLOWEST_SHOWN = 3

# Files whose failure has to have a sentence of its own, by words in their names.
SENTENCES = {
    "password": "protected with a password",
    "writer-password": "protected with a password",
    "ocr_test": "is a scan",
    "imagemagick-lzw": "is a scan",
    "issue-297": "is empty",
    "pdfs__empty": "nothing was received",
    "python-mammoth/empty": "is empty",
    "tiny-picture": "only pictures",
}


@dataclass(frozen=True)
class Outcome:
    path: Path
    raw: bytes
    seconds: float
    draft: Draft | None
    sentence: str

    @property
    def kind(self) -> str:
        return "read" if self.draft else self.sentence.partition(".")[0]

    @property
    def is_stopped(self) -> bool:
        """By its clock, its memory or a crash, and not by a reader that knows why."""
        return any(self.sentence.startswith(failure.partition("{")[0]) for failure in FAILURES.values())

    @property
    def is_silently_empty(self) -> bool:
        """Nothing came out, or was said to be there, of a file in which there are words."""
        if self.draft:
            return not self.draft.text.strip()
        return "password" not in self.sentence and _has_words(self.raw)

    @property
    def has_lost_letters(self) -> bool:
        """Letters of a PDF are not in the text, and the report does not say so."""
        if not self.draft:
            return False
        said = {NoteKind.UNMAPPED, NoteKind.REPEATED_CHARACTER}
        lost = _letters(_words(self.raw)) - _letters(self.draft.text)
        return bool(lost) and said.isdisjoint(note.kind for note in self.draft.report)

    @property
    def lacks_its_sentence(self) -> bool:
        wanted = (sentence for words, sentence in SENTENCES.items() if words in str(self.path))
        return any(sentence not in self.sentence for sentence in wanted)


def run(bench: Bench) -> Iterator[Figure]:
    for name in FORMATS:
        paths = sorted((bench.data / name).rglob(f"*.{name}"))
        outcomes = [_outcome(path) for path in paths]
        _say(name, outcomes)
        yield _count(f"{name}: files missing", [] if outcomes else [name])
        yield _count(f"{name}: readers that crashed or were stopped", _where(outcomes, "is_stopped"))
        yield _count(f"{name}: empty without saying why", _where(outcomes, "is_silently_empty"))
        if name == "pdf":
            yield _count("pdf: letters lost without saying so", _where(outcomes, "has_lost_letters"))
        yield _count(f"{name}: failures without their own sentence", _where(outcomes, "lacks_its_sentence"))
        slowest = max((outcome.seconds for outcome in outcomes), default=0)
        yield at_most(f"{name}: slowest file", [slowest], bar=Limits().seconds, unit="s")


def _outcome(path: Path) -> Outcome:
    raw = path.read_bytes()
    began = time.perf_counter()
    draft, sentence = None, ""
    try:
        draft = read_apart(Received(raw=raw, filename=path.name))
    except IntakeError as refusal:
        sentence = str(refusal)
    return Outcome(path, raw, time.perf_counter() - began, draft, sentence)


def _has_words(raw: bytes) -> bool:
    """By other means than those of the readers."""
    return _document_has_words(raw) if raw.startswith(b"PK") else bool(_words(raw).strip())


def _document_has_words(raw: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return bool(re.search(rb"<(?:\w+:)?t(?: [^>]*)?>\s*[^<\s]", archive.read("word/document.xml")))


def _words(raw: bytes) -> str:
    """The text of a PDF as its library joins it, whatever the order."""
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError:
        return ""
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def _letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"[\W_]", "", text))


def _where(outcomes: list[Outcome], is_so: str) -> list[str]:
    return [outcome.path.name for outcome in outcomes if getattr(outcome, is_so)]


def _count(name: str, found: list[str]) -> Figure:
    if found:
        _write(f"{name}: {', '.join(found)}")
    return at_most(name, [len(found)], bar=0, unit="files")


def _say(name: str, outcomes: list[Outcome]) -> None:
    for kind, count in Counter(outcome.kind for outcome in outcomes).most_common():
        _write(f"{count:4} {name}: {kind}")
    for outcome in sorted(outcomes, key=lambda outcome: -outcome.seconds)[:SLOWEST_SHOWN]:
        _write(f"     {outcome.seconds:.2f} s {outcome.path.name}")


def _write(line: str) -> None:
    """Beside the figures, which may be read by a program."""
    sys.stderr.write(f"{line}\n")
