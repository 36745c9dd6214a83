"""The bytes of a page to characters: what its server, its bytes or its markup declare, else a guess."""

import codecs
import re

from articles.text.encoding import decode
from articles.text.notes import Note, NoteKind

# Where browsers read another encoding than the label names: the WHATWG Encoding Standard, for what Python reads
# differently or not at all. Everything else Python knows by the same labels.
_LABELS = {
    **dict.fromkeys(
        [
            "ansi_x3.4-1968",
            "ascii",
            "cp819",
            "csisolatin1",
            "ibm819",
            "iso-8859-1",
            "iso-ir-100",
            "iso8859-1",
            "iso88591",
            "iso_8859-1",
            "iso_8859-1:1987",
            "l1",
            "latin1",
            "us-ascii",
            "x-cp1252",
        ],
        "cp1252",
    ),
    **dict.fromkeys(
        [
            "csisolatin5",
            "iso-8859-9",
            "iso-ir-148",
            "iso8859-9",
            "iso88599",
            "iso_8859-9",
            "iso_8859-9:1989",
            "l5",
            "latin5",
            "x-cp1254",
        ],
        "cp1254",
    ),
    **dict.fromkeys(["dos-874", "iso-8859-11", "iso8859-11", "iso885911", "tis-620", "windows-874"], "cp874"),
    **dict.fromkeys(
        ["chinese", "csgb2312", "csiso58gb231280", "gb2312", "gb_2312", "gb_2312-80", "gbk", "iso-ir-58", "x-gbk"],
        "gb18030",
    ),
    **dict.fromkeys(
        [
            "cseuckr",
            "csksc56011987",
            "euc-kr",
            "iso-ir-149",
            "korean",
            "ks_c_5601-1987",
            "ks_c_5601-1989",
            "ksc5601",
            "ksc_5601",
            "windows-949",
        ],
        "cp949",
    ),
    **dict.fromkeys(
        ["csshiftjis", "ms932", "ms_kanji", "shift-jis", "shift_jis", "sjis", "windows-31j", "x-sjis"], "cp932"
    ),
    **dict.fromkeys(["big5", "big5-hkscs", "cn-big5", "csbig5", "x-x-big5"], "big5hkscs"),
    **dict.fromkeys(["csiso88598i", "iso-8859-8-i", "logical", "visual"], "iso8859-8"),
    **dict.fromkeys(["x-euc-jp", "cseucpkdfmtjapanese"], "euc_jp"),
    **dict.fromkeys(["macintosh", "x-mac-roman", "csmacintosh", "mac"], "mac_roman"),
    **dict.fromkeys(["x-mac-cyrillic", "x-mac-ukrainian"], "mac_cyrillic"),
    **dict.fromkeys(["koi", "koi8", "koi8-r", "koi8_r", "cskoi8r"], "koi8_r"),
    **dict.fromkeys(["koi8-ru", "koi8-u"], "koi8_u"),
    **dict.fromkeys(
        ["unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8", "utf8", "utf-8"], "utf-8"
    ),
}
# Markup that could be read so far is not in UTF-16, whatever it says.
_IN_MARKUP = {"utf-16": "utf-8", "utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "cp1252"}
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# Python knows codecs that are none of text on the web, and some that do not read every byte.
_ENCODING = re.compile(r"utf-(?:8|16)|cp\d|iso8859|iso2022_jp|koi8|gb18030|big5|euc_|shift_jis|mac-")
_LOOKED_THROUGH = 4096  # bytes in which markup declares its encoding; browsers look through 1,024
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_DECLARED = re.compile(
    rb"<\?xml[^>]*?\bencoding\s*=\s*[\"'](?P<xml>[\w:.-]+)|<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*(?P<meta>[\w:.-]+)",
    re.IGNORECASE,
)


def characters(raw: bytes, charset: str = "") -> tuple[str, tuple[Note, ...]]:
    """The text of the bytes. `charset` is what the server declared.

    Bytes that can only be UTF-8 are read so whatever is declared: a source that was copied and pasted, or saved by a
    program, keeps the declaration of its former encoding.
    """
    declared = charset or _in_markup(raw)
    name = _codec(declared)
    if raw.startswith(_MARKS) or not declared:
        return decode(raw)
    if not name:
        text, notes = decode(raw)
        return text, (Note(NoteKind.CHARSET_UNKNOWN, 1, declared[:40]), *notes)
    if name == "utf-8" or _can_only_be_utf8(raw):
        text, notes = decode(raw)
        contradicted = () if name == "utf-8" else (Note(NoteKind.CHARSET_CONTRADICTED, 1, declared),)
        return text, (*contradicted, *notes)
    return _read(raw, name)


def _in_markup(raw: bytes) -> str:
    found = _DECLARED.search(_COMMENT.sub(b"", raw[:_LOOKED_THROUGH]))
    if not found:
        return ""
    label = (found["xml"] or found["meta"]).decode("ascii", "replace").lower()
    return _IN_MARKUP.get(label, label)


def _codec(label: str) -> str:
    """The name Python has for it; empty when there is none."""
    label = label.strip("\"' \t").lower()
    try:
        codec = codecs.lookup(_LABELS.get(label, label))
    except (LookupError, ValueError):
        return ""
    return codec.name if _ENCODING.match(codec.name) else ""


def _can_only_be_utf8(raw: bytes) -> bool:
    """At least three characters outside ASCII, and not one byte out of place."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return False
    return len(raw) - len(text) >= 3


def _read(raw: bytes, name: str) -> tuple[str, tuple[Note, ...]]:
    text = raw.decode(name, "replace")
    damaged = text.count("\ufffd")
    return text, (Note(NoteKind.UNDECODABLE, damaged, name.upper()),) if damaged else ()
