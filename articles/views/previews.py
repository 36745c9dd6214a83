"""What the page of an arrival shows, as a whole and in the parts that a correction changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.actions.drafts import correction_of, corrections_of, draft_of
from articles.forms.articles import KINDS
from articles.http import number_of
from articles.intake.corrections import Corrected, What, corrected, guessed_again
from articles.previewing import Preview, kind_name
from articles.queries.articles import CHOICES, outlets_of, stories_of
from articles.queries.copies import at_address, same_article, with_text
from articles.rendering import shortened
from articles.text.blocks import BlockKind
from articles.text.notes import NoteKind, sentence
from articles.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.forms.arrivals import ArrivalForm
    from articles.http import Request
    from articles.intake.draft import Draft
    from articles.models import Arrival, Article, Membership
    from articles.text.guess import Metadata

MOST_EDGES = 200
"""Sentences of one block that a list offers to split it at."""
KEYS = {
    BlockKind.HEADLINE: "H",
    BlockKind.BYLINE: "b",
    BlockKind.DATELINE: "d",
    BlockKind.HEADING: "h",
    BlockKind.PARAGRAPH: "p",
    BlockKind.LIST_ITEM: "i",
    BlockKind.QUOTATION: "q",
    BlockKind.CAPTION: "c",
    BlockKind.TABLE_ROW: "r",
}
DOUBTFUL = frozenset(
    {
        NoteKind.ENCODING_GUESSED,
        NoteKind.UNDECODABLE,
        NoteKind.NUL,
        NoteKind.CONTROL,
        NoteKind.SURROGATE,
        NoteKind.NONCHARACTER,
    }
)
"""What happened to a text whose words may have suffered."""


class Edge(NamedTuple):
    """A place in a block where a sentence begins, with its first words."""

    offset: int
    words: str


class Made(NamedTuple):
    """A correction that was made, in words."""

    number: int
    words: str


@dataclass(frozen=True)
class Shown:
    """An arrival with all that is corrected in it. ``opened`` is the block whose tools are shown."""

    arrival: Arrival
    draft: Draft
    now: Corrected
    opened: int | None = None
    tools: str = ""

    @classmethod
    def of(cls, arrival: Arrival) -> Shown:
        draft = draft_of(arrival)
        return cls(arrival, draft, Corrected(draft, corrections_of(arrival)))

    def with_tools(self, request: Request, opened: str) -> Shown:
        at = number_of(opened)
        if at is None or at not in self.now.starts:
            return self
        block = self.now.block(self.now.index(at))
        context = {
            "arrival": self.arrival,
            "block": block,
            "kinds": KINDS,
            "edges": [Edge(start, shortened(block.text[start:end])) for start, end in _edges(block.text)],
            "is_first": at == 0,
            "back": f"?#b{at}",
        }
        return replace(self, opened=at, tools=render_to_string("arrivals/tools.html", context, request))

    @cached_property
    def preview(self) -> Preview:
        return Preview(self.draft, self.now, opened=self.opened, tools=self.tools)

    @cached_property
    def current(self) -> Draft:
        """The draft as it would be stored."""
        return corrected(self.draft, corrections_of(self.arrival))

    @cached_property
    def metadata(self) -> Metadata:
        return guessed_again(self.draft, self.current)

    def made(self) -> list[Made]:
        """The corrections, the last one first."""
        return [Made(row["number"], self._said(row)) for row in reversed(self.arrival.corrections)]

    def quoted(self, at: int) -> str:
        """The first words of what begins at a place of the text as it was read."""
        return f"“{shortened(self.draft.text[at : at + 200].partition('\n\n')[0], 40)}”"

    def _said(self, row: dict[str, Any]) -> str:
        correction = correction_of(row)
        words = self.quoted(correction.at)
        match correction.what:
            case What.SPLIT:
                return f"Split before {words}"
            case What.MERGE:
                return f"Merged {words} with the block before"
            case _:
                return f"{words}: {kind_name(correction.kind or BlockKind.PARAGRAPH).lower()}"


def preview_context(by: Membership, shown: Shown, form: ArrivalForm, *, part: str = "") -> dict[str, Any]:
    return part_context(shown, part) | aside_context(by, shown, form) | details_context(by, shown, form)


def part_context(shown: Shown, part: str) -> dict[str, Any]:
    """The blocks of one part of the text: that of the opened block, else the one asked for."""
    preview = shown.preview
    asked = preview.part_of(shown.opened) if shown.opened is not None else number_of(part) or 1
    number = min(max(asked, 1), preview.parts)
    return {
        "arrival": shown.arrival,
        "blocks": SafeString(preview.write(preview.of_part(number))),
        "language": shown.arrival.details.get("language", shown.metadata.language.value),
        "direction": shown.arrival.details.get("direction", shown.metadata.direction.value),
        "part": number,
        "parts": preview.parts,
        "following": number + 1 if number < preview.parts else None,
        "previous": number - 1 if number > 1 else None,
        "keys": [(key, kind, kind_name(kind)) for kind, key in KEYS.items()],
    }


def aside_context(by: Membership, shown: Shown, form: ArrivalForm) -> dict[str, Any]:
    """What is to be known before the text is added: warnings, likenesses, what was corrected."""
    kinds, report = shown.now.kinds(), shown.current.report
    return {
        "arrival": shown.arrival,
        "kept": shown.draft.kept,
        "received": shown.draft.received,
        "number": len(kinds),
        "furniture": kinds.count(BlockKind.FURNITURE),
        "links": len(shown.current.links),
        "pages": len(shown.current.pages),
        "report": [sentence(note) for note in report],
        "is_doubtful": any(note.kind in DOUBTFUL for note in report),
        "made": shown.made(),
        **_likenesses(by, shown, form),
    }


def details_context(by: Membership, shown: Shown, form: ArrivalForm, known: Article | None = None) -> dict[str, Any]:
    context = {
        "arrival": shown.arrival,
        "form": form,
        "outlets": outlets_of(by.desk)[:CHOICES],
        "stories": stories_of(by.desk)[:CHOICES],
    }
    return context | ({"known": known} if known else {})


def _likenesses(by: Membership, shown: Shown, form: ArrivalForm) -> dict[str, Any]:
    """The article that this is, else those of which it is a copy and the one at its address."""
    sha256, outlet, url = shown.current.text_sha256, form["outlet"].value() or "", form["url"].value() or ""
    if shown.arrival.article:
        return _aimed(shown.arrival.article, sha256)
    known = same_article(
        by.desk, text_sha256=sha256, bytes_sha256=shown.arrival.original.sha256, outlet=outlet, url=url
    )
    if known:
        return {"known": known}
    earlier = at_address(by.desk, url)
    return {"copies": with_text(by.desk, sha256)} | (_aimed(earlier, sha256) if earlier else {})


def _aimed(article: Article, text_sha256: str) -> dict[str, Any]:
    """The article of which this may be the next version, and whether its text is another than that of the newest."""
    newest = article.versions.order_by("-number").only("number", "text_sha256").first()
    number = newest.number if newest else 0
    return {
        "aim": article,
        "newest": number,
        "next": number + 1,
        "is_same": newest and newest.text_sha256 == text_sha256,
    }


def _edges(text: str) -> Iterator[tuple[int, int]]:
    return iter(sentences(text)[1 : MOST_EDGES + 1])
