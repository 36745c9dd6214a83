"""Bytes to characters: what the bytes declare, else UTF-8, else a guess that is said to be one."""

import codecs
import re

from charset_normalizer import from_bytes

from articles.text.notes import Note, NoteKind

# UTF-32 stands before UTF-16: its little-endian mark begins with the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# The encodings news has been published in. Left to itself, the guesser reads short French texts as
# Macintosh Latin 2, and "café" as two Chinese characters in UTF-16.
_LIKELY = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
]
_FALLBACK = "cp1252"
_SAMPLE = 200_000  # bytes the guesser looks at: enough to tell, and the time stays bounded


def decode(raw: bytes) -> tuple[str, tuple[Note, ...]]:
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _read(raw, name)
    unmarked = _utf16_without_mark(raw)
    if unmarked:
        return _guessed(raw, unmarked)
    if _is_utf8(raw) or _is_damaged_utf8(raw):
        return _read(raw, "utf-8")
    return _guessed(raw, _guess(raw))


def _read(raw: bytes, name: str) -> tuple[str, tuple[Note, ...]]:
    try:
        return raw.decode(name), ()
    except UnicodeDecodeError:
        text = raw.decode(name, "replace")
        return text, (Note(NoteKind.UNDECODABLE, text.count("\ufffd"), name.upper()),)


def _guessed(raw: bytes, name: str) -> tuple[str, tuple[Note, ...]]:
    text, notes = _read(raw, name)
    return text, (Note(NoteKind.ENCODING_GUESSED, 1, name), *notes)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_damaged_utf8(raw: bytes) -> bool:
    """Mostly valid UTF-8: a cut or patched file, where a guess would spoil every accent in it."""
    text = raw.decode(errors="replace")
    damaged = text.count("\ufffd")
    valid = len(re.findall(r"[^\x00-\x7f\ufffd]", text))
    return valid >= 3 * damaged


def _utf16_without_mark(raw: bytes) -> str:
    """In UTF-16, Latin text and spaces have a zero in every second byte, always on the same side."""
    if len(raw) % 2 or raw.count(0) * 8 < len(raw):
        return ""
    high, low = raw[::2].count(0), raw[1::2].count(0)
    if high and low:
        return ""
    return "utf-16-be" if high else "utf-16-le"


def _guess(raw: bytes) -> str:
    matches = from_bytes(raw[:_SAMPLE], cp_isolation=_LIKELY)
    best = matches.best()
    if best is None:
        return _FALLBACK
    # Among equals the most used encoding of Western Europe is the likeliest.
    equals = [m for m in matches if (m.chaos, m.coherence) == (best.chaos, best.coherence)]
    names = {name for m in equals for name in (m.encoding, *m.could_be_from_charset)}
    latin = best.encoding in ("cp1250", "cp1254")
    return _FALLBACK if latin and _FALLBACK in names else best.encoding
