"""Word documents (DOCX), transitional and strict: the text as accepted, with everything else kept below it or named."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from articles.intake.draft import Draft, IntakeError, Link
from articles.intake.drafting import drafted
from articles.intake.pieces import Piece
from articles.intake.word.package import Package, Relation, attribute, children, name, open_package
from articles.intake.word.styles import Styles, read_styles
from articles.intake.word.walk import Walker
from articles.text.blocks import BlockKind
from articles.text.guess import Guess, Metadata
from articles.text.notes import Note, NoteKind

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_ORIGIN = "file properties"
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MOST_NAMES = 5
# What programs write for an author who has not told them a name.
_NOBODY = re.compile(
    r"python-docx|apache poi|microsoft(?: office)? user|(?:windows )?user|admin\w*|unknown|author", re.I
)


def read_docx(raw: bytes, *, filename: str = "") -> Draft:
    """A draft of the document. IntakeError: it is protected, damaged, too large, empty, or of another kind.

    Footnotes and endnotes come after the text, as they are part of it; running heads, feet and comments are furniture.
    """
    package = open_package(raw)
    document = _Document(package)
    pieces = list(document.pieces())
    if not any(piece.text.strip() for piece in pieces):
        raise IntakeError(_why_empty(document.walker))
    return drafted(
        pieces,
        raw=raw,
        filename=filename,
        media_type=MEDIA_TYPE,
        notes=tuple(document.report()),
        gone=document.walker.gone,
        stated=_stated(package),
    )


def _why_empty(walker: Walker) -> str:
    if walker.counts[NoteKind.PICTURE] or walker.counts[NoteKind.EMBEDDED]:
        return "This document has no text, only pictures or embedded objects. Paste what is written in them."
    if walker.gone:
        return "This document has no text left: all of it was deleted in tracked changes, or is hidden."
    return "This document is empty: there is no text in it."


class _Document:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = package.main_part()
        self.relations = package.relations(self.main)
        self.walker = Walker(self._styles(), self.relations)
        self.commenters: Counter[str] = Counter()
        self.heads = 0

    def pieces(self) -> Iterator[Piece]:
        root = self.package.xml(self.main)
        yield from self._running(root, "w:headerReference")
        for body in children(root, "w:body"):
            yield from self.walker.pieces(body)
        yield from self._notes()
        yield from self._running(root, "w:footerReference")
        yield from self._comments()

    def report(self) -> Iterator[Note]:
        changes = self.walker.changes
        yield Note(NoteKind.TRACKED_CHANGE, changes.total(), _changes(changes))
        yield Note(NoteKind.COMMENT, self.commenters.total(), f"by {_names(self.commenters)}")
        yield Note(NoteKind.NOTE_MOVED, len(self.walker.notes))
        yield Note(NoteKind.RUNNING_HEAD, self.heads)
        yield from (Note(kind, count) for kind, count in self.walker.counts.items())

    def _styles(self) -> Styles:
        return read_styles(self._part("styles"), self._part("numbering"))

    def _part(self, kind: str) -> Any:
        """The root element of the first related part of this kind; None without one."""
        found = (relation.target for relation in self.relations.values() if relation.kind == kind)
        return next((self.package.xml(target) for target in found if self.package.has(target)), None)

    def _walked(self, relation: Relation) -> Iterator[Piece]:
        self.walker.relations = self.package.relations(relation.target)
        yield from self.walker.pieces(self.package.xml(relation.target))

    def _running(self, root: Any, reference: str) -> Iterator[Piece]:
        """Heads or feet that a section shows, each wording once."""
        said: set[str] = set()
        wanted = (attribute(element, "r:id") for element in root.iter() if name(element) == reference)
        for key in dict.fromkeys(wanted):
            relation = self.relations.get(key)
            if relation and self.package.has(relation.target):
                for piece in self._walked(relation):
                    if piece.text.strip() and piece.text not in said:
                        said.add(piece.text)
                        self.heads += 1
                        yield Piece(text=piece.text, kind=BlockKind.FURNITURE, links=piece.links)
        self.walker.relations = self.relations

    def _notes(self) -> Iterator[Piece]:
        parts = {kind: self._part(f"{kind.removeprefix('w:')}s") for kind in ("w:footnote", "w:endnote")}
        texts = {
            (kind, attribute(note, "w:id")): note
            for kind, part in parts.items()
            if part is not None
            for note in children(part, kind)
        }
        for number, mark in enumerate(list(self.walker.notes), start=1):
            if mark in texts:
                self.walker.relations = self._relations_of(mark[0].removeprefix("w:") + "s")
                yield from _labelled(f"[{number}] ", self.walker.pieces(texts[mark]), BlockKind.PARAGRAPH)
        self.walker.relations = self.relations

    def _relations_of(self, kind: str) -> dict[str, Relation]:
        found = (relation.target for relation in self.relations.values() if relation.kind == kind)
        return next((self.package.relations(target) for target in found), {})

    def _comments(self) -> Iterator[Piece]:
        part = self._part("comments")
        self.walker.relations = self._relations_of("comments")
        for comment in children(part, "w:comment") if part is not None else ():
            author = attribute(comment, "w:author")
            self.commenters[author] += 1
            label = f"Comment by {author or 'somebody'}: "
            yield from _labelled(label, self.walker.pieces(comment), BlockKind.FURNITURE)


def _labelled(label: str, pieces: Iterator[Piece], kind: BlockKind) -> Iterator[Piece]:
    """The paragraphs of a note, its label before the first."""
    for piece in (piece for piece in pieces if piece.text.strip()):
        text = label + piece.text.lstrip()
        shift = len(text) - len(piece.text)
        links = (Link(max(0, link.start + shift), link.end + shift, link.target) for link in piece.links)
        yield Piece(text=text, kind=kind, links=tuple(links))
        label = ""


def _changes(changes: Counter[tuple[str, str]]) -> str:
    """ "2 insertions and 1 deletion by Jane Doe and Bob" """
    done = Counter[str]()
    authors = Counter[str]()
    for (author, what), count in changes.items():
        done[what] += count
        authors[author] += count
    counted = [f"{count:,} {what}{'' if count == 1 else 's'}" for what, count in done.items()]
    return f"{_listed(counted)} by {_names(authors)}"


def _names(authors: Counter[str]) -> str:
    named = [author or "somebody" for author, _ in authors.most_common(_MOST_NAMES)]
    return _listed([*named, "others"] if len(authors) > _MOST_NAMES else named)


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _stated(package: Package) -> Metadata:
    """The properties of the file. A damaged list of properties is no reason to refuse a text."""
    target = next((r.target for r in package.relations("").values() if r.kind == "core-properties"), "")
    if not package.has(target):
        return Metadata()
    values = {name(element).rpartition("}")[2]: (element.text or "").strip() for element in package.xml(target)}
    created, modified = (_matched(_DATE, values.get(key, "")) for key in ("created", "modified"))
    creator = values.get("creator", "")
    return Metadata(
        headline=_guess(" ".join(values.get("title", "").split())),
        byline=_guess("" if _NOBODY.fullmatch(creator) else creator),
        published=_guess(created),
        updated=_guess(modified if modified > created else ""),
        language=_guess(_matched(_LANGUAGE, values.get("language", ""))),
    )


def _matched(pattern: re.Pattern[str], value: str) -> str:
    found = pattern.match(value)
    return found[0] if found else ""


def _guess(value: str) -> Guess:
    return Guess(value, _ORIGIN) if value else Guess()
