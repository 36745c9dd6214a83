"""The package an office document is: its parts, opened only after everything a hostile one could do was ruled out."""

import io
import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from articles.intake.draft import IntakeError

LIMIT = 20_000_000  # bytes of the file itself
UNPACKED = 50_000_000  # bytes of all its parts
RATIO = 100  # times the size of the file; a text document with many tables has about 20
PARTS = 2_000

_SMALL = 1_000_000  # bytes; below, a high ratio says nothing
_DAMAGED = "This document is damaged and cannot be opened. Save it again in a word processor, or paste its text."
_UNREADABLE = (KeyError, RuntimeError, zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError, ValueError, OSError)
_SAVE_AS = "Open it in a word processor, save it as DOCX and upload that, or paste its text."
_NO_PASSWORD = "Save a copy without the password and upload that, or paste its text."  # noqa: S105  # a sentence
_OLE, _RTF = b"\xd0\xcf\x11\xe0", b"{\\rtf"
_OLD = {  # names of streams in an OLE file
    "EncryptedPackage": f"This document is protected with a password. {_NO_PASSWORD}",
    "WordDocument": f"This is an old Word document (.doc). {_SAVE_AS}",
    "Workbook": "This is an old spreadsheet (.xls), not a text. Paste the text you need from it.",
    "PowerPoint Document": "This is an old presentation (.ppt), not a text. Paste the text you need from it.",
}
_OTHER = {  # words in the list of content types, or in the type that the package states
    b"opendocument.text": f"This is an OpenDocument text (.odt). {_SAVE_AS}",
    b"opendocument": "This is an OpenDocument file, but not a text. Paste the text you need from it.",
    b"epub": "This is an EPUB book. Paste the text you need from it.",
    b"spreadsheetml": "This is a spreadsheet, not a text. Paste the text you need from it.",
    b"presentationml": "This is a presentation, not a text. Paste the text you need from it.",
}
_NAMESPACES = {
    "w": ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "wordprocessingml/main"),
    "m": ("http://schemas.openxmlformats.org/officeDocument/2006/math", "officeDocument/math"),
    "r": ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "officeDocument/relationships"),
    "mc": ("http://schemas.openxmlformats.org/markup-compatibility/2006",),
    "a": ("http://schemas.openxmlformats.org/drawingml/2006/main", "drawingml/main"),
    "v": ("urn:schemas-microsoft-com:vml",),
}
_STRICT = "http://purl.oclc.org/ooxml/"
_PREFIXES = {uri if ":" in uri else _STRICT + uri: prefix for prefix, uris in _NAMESPACES.items() for uri in uris}


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: another part of the package, or an address outside."""

    kind: str
    target: str
    external: bool


@dataclass
class Package:
    """IntakeError in every method: the package breaks a rule, or a part of it is damaged."""

    archive: zipfile.ZipFile
    left: int = field(default=UNPACKED)

    def has(self, name: str) -> bool:
        return name in self.archive.NameToInfo

    def read(self, name: str) -> bytes:
        """A part's bytes, counted as they come: what a package declares about itself is not to be trusted."""
        try:
            with self.archive.open(name) as part:
                content = part.read(self.left + 1)
        except _UNREADABLE as error:
            raise IntakeError(_DAMAGED) from error
        self.left -= len(content)
        if self.left < 0:
            raise IntakeError(_too_large())
        return content

    def xml(self, name: str) -> Any:
        """The root element of a part."""
        content = self.read(name)
        # A document type declares entities, and no word processor writes one. NUL: it may be UTF-16.
        if b"<!DOCTYPE" in content.replace(b"\0", b"").upper():
            raise IntakeError("This document contains a document type declaration, which no word processor writes.")
        parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
        try:
            return etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise IntakeError(_DAMAGED) from error

    def relations(self, name: str) -> dict[str, Relation]:
        """By id, what the part refers to."""
        folder, file = posixpath.split(name)
        source = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        if not self.has(source):
            return {}
        found = (element for element in self.xml(source) if isinstance(element.tag, str))
        return {element.get("Id", ""): _relation(element, folder) for element in found}

    def main_part(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and self.has(relation.target):
                return relation.target
        raise IntakeError("This ZIP archive is no document. Unpack it and upload the article itself.")


def open_package(raw: bytes) -> Package:
    """The package, after checks of its size and kind. IntakeError: it is none, or too large, or not a text document."""
    _refuse_before_unpacking(raw)
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise IntakeError(_DAMAGED) from error
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > PARTS:
        raise IntakeError(f"This document has {len(parts):,} parts; at most {PARTS:,} are opened. Paste its text.")
    if unpacked > UNPACKED or (unpacked > _SMALL and unpacked > RATIO * len(raw)):
        raise IntakeError(_too_large())
    if any(part.flag_bits & 1 for part in parts):
        raise IntakeError(f"This archive is protected with a password. {_NO_PASSWORD}")
    package = Package(archive)
    _refuse_other_kinds(package)
    return package


def _refuse_before_unpacking(raw: bytes) -> None:
    if len(raw) > LIMIT:
        raise IntakeError(f"This document has {len(raw) / 1e6:,.1f} MB; at most {LIMIT // 1_000_000} MB are read.")
    if raw.startswith(_RTF):
        raise IntakeError(f"This is an RTF document. {_SAVE_AS}")
    if raw.startswith(_OLE):
        kinds = (sentence for name, sentence in _OLD.items() if name.encode("utf-16-le") in raw)
        raise IntakeError(next(kinds, f"This is an old office document. {_SAVE_AS}"))


def _refuse_other_kinds(package: Package) -> None:
    stated = b"".join(package.read(name) for name in ("mimetype", "[Content_Types].xml") if package.has(name))
    if b"wordprocessingml" in stated:
        return
    for word, sentence in _OTHER.items():
        if word in stated:
            raise IntakeError(sentence)


def _too_large() -> str:
    return (
        f"This document unpacks to more than {UNPACKED // 1_000_000} MB, or to more than {RATIO} times its size. "
        "Paste its text instead."
    )


def _relation(element: Any, folder: str) -> Relation:
    kind = element.get("Type", "").rpartition("/")[2]
    target = element.get("Target", "")
    if element.get("TargetMode") == "External":
        return Relation(kind, target, external=True)
    path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Relation(kind, path, external=False)


def name(element: Any) -> str:
    """ "w:p" in transitional and in strict documents alike; without a known prefix, the local name alone."""
    if not isinstance(element.tag, str):
        return ""
    return _short(element.tag)


def attribute(element: Any, wanted: str) -> str:
    """The attribute "w:val", in transitional and in strict documents; empty when it is not there."""
    prefix, _, local = wanted.partition(":")
    for uri in _NAMESPACES[prefix]:
        value = element.get(f"{{{uri if ':' in uri else _STRICT + uri}}}{local}")
        if value is not None:
            return str(value)
    return ""


def children(element: Any, *wanted: str) -> Iterator[Any]:
    return (child for child in element if name(child) in wanted)


def child(element: Any, *path: str) -> Any:
    """The first element along a path of names; None when there is none."""
    for step in path:
        element = next(children(element, step), None) if element is not None else None
    return element


def is_on(element: Any, *path: str) -> bool:
    """Whether a switch such as w:b is there and not switched off."""
    switch = child(element, *path)
    return switch is not None and attribute(switch, "w:val") not in {"0", "false", "off", "none"}


_TAG = re.compile(r"\{([^}]*)\}(.*)")
_SHORT: dict[str, str] = {}


def _short(tag: str) -> str:
    if tag not in _SHORT:
        found = _TAG.fullmatch(tag)
        prefix = _PREFIXES.get(found[1]) if found else None
        local = found[2] if found else tag
        _SHORT[tag] = f"{prefix}:{local}" if prefix else local
    return _SHORT[tag]
