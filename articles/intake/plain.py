"""Plain text, pasted or from a file."""

from articles.intake.draft import Draft, IntakeError
from articles.text.blocks import classify
from articles.text.canonical import Canonical, EmptyText, canonicalise
from articles.text.guess import guess
from articles.text.notes import NoteKind

LIMIT = 2_000_000  # bytes; more than any article has, and read within two seconds

_SIGNATURES = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
}
# Text has hardly any control characters; what is full of them only looks like text by accident.
_MOST_CONTROLS = 0.02  # of all characters
_FEW_CONTROLS = 16  # pass in a short text, too
_BINARY = (NoteKind.NUL, NoteKind.CONTROL, NoteKind.UNDECODABLE)


def read_plain(raw: bytes | str, *, filename: str = "") -> Draft:
    """A draft of the text. IntakeError: too large, empty, or no text at all."""
    received = raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass")
    _refuse_too_large(received)
    _refuse_other_formats(received)
    canonical = _canonical(raw)
    kinds = classify(canonical.text)
    return Draft(
        text=canonical.text,
        kinds=kinds,
        policy=canonical.policy,
        report=canonical.report,
        metadata=guess(canonical.text, kinds, filename),
        received=canonical.received,
        raw=received,
        media_type="text/plain",
        filename=filename,
    )


def _refuse_too_large(received: bytes) -> None:
    if len(received) > LIMIT:
        size = len(received) / 1_000_000
        raise IntakeError(f"This text has {size:,.1f} MB; at most {LIMIT // 1_000_000} MB are read.")


def _refuse_other_formats(received: bytes) -> None:
    for signature, name in _SIGNATURES.items():
        if received.startswith(signature):
            raise IntakeError(f"This is {name}, not plain text. Copy its text and paste it here.")


def _canonical(raw: bytes | str) -> Canonical:
    try:
        canonical = canonicalise(raw)
    except EmptyText as error:
        raise IntakeError(str(error)) from error
    binary = sum(note.count for note in canonical.report if note.kind in _BINARY)
    if binary > max(_FEW_CONTROLS, _MOST_CONTROLS * len(canonical.text)):
        raise IntakeError(f"This does not look like text: {binary:,} of its characters cannot be shown.")
    return canonical
