"""What the styles and lists of a Word document say a paragraph is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.intake.word.package import attribute, child, children
from articles.text.blocks import BlockKind

# Names of the styles that every Word has, in any language: a file always holds them in English.
_KINDS = (
    (re.compile(r"title|headline"), BlockKind.HEADLINE),
    (re.compile(r"heading \d|subtitle|.*\bheading \d"), BlockKind.HEADING),
    (re.compile(r"(?:intense )?quote|block text|quotations?"), BlockKind.QUOTATION),
    (re.compile(r"caption"), BlockKind.CAPTION),
    (re.compile(r"toc \d|toc heading|table of figures|index \d|header|footer"), BlockKind.FURNITURE),
    (re.compile(r"list (?:bullet|number)(?: \d)?"), BlockKind.LIST_ITEM),
)
_UNNUMBERED = {"", "bullet", "none"}
_BODY_LEVEL = "9"  # the outline level that is none


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    properties: Any


@dataclass(frozen=True, slots=True)
class Styles:
    """`formats` holds, by list and level, how its items are numbered."""

    styles: Mapping[str, _Style] = field(default_factory=dict)
    formats: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def kind(self, properties: Any) -> BlockKind:
        style = attribute(child(properties, "w:pStyle"), "w:val") if _has(properties, "w:pStyle") else ""
        lineage = self._lineage(style)
        for ancestor in lineage:
            for pattern, kind in _KINDS:
                if pattern.fullmatch(ancestor.name):
                    return kind
        sources = [properties, *(ancestor.properties for ancestor in lineage)]
        if _first(sources, ("w:outlineLvl",)) not in {"", _BODY_LEVEL}:
            return BlockKind.HEADING
        return BlockKind.LIST_ITEM if _first(sources, ("w:numPr", "w:numId")) not in {"", "0"} else BlockKind.PARAGRAPH

    def is_numbered(self, properties: Any) -> bool:
        """Word shows a number before the paragraph that is not among its characters."""
        style = attribute(child(properties, "w:pStyle"), "w:val") if _has(properties, "w:pStyle") else ""
        sources = [properties, *(ancestor.properties for ancestor in self._lineage(style))]
        level = _first(sources, ("w:numPr", "w:ilvl")) or "0"
        return self.formats.get((_first(sources, ("w:numPr", "w:numId")), level), "") not in _UNNUMBERED

    def _lineage(self, style: str) -> list[_Style]:
        found: dict[str, _Style] = {}
        while style in self.styles and style not in found:
            found[style] = self.styles[style]
            style = found[style].based_on
        return list(found.values())


def read_styles(styles: Any, numbering: Any) -> Styles:
    """Of the root elements of both parts; either may be None."""
    return Styles(
        {attribute(style, "w:styleId"): _style(style) for style in _of(styles, "w:style")},
        dict(_formats(numbering)),
    )


def _style(style: Any) -> _Style:
    name, based_on = child(style, "w:name"), child(style, "w:basedOn")
    return _Style(
        attribute(name, "w:val").lower() if name is not None else "",
        attribute(based_on, "w:val") if based_on is not None else "",
        child(style, "w:pPr"),
    )


def _formats(numbering: Any) -> list[tuple[tuple[str, str], str]]:
    levels = {attribute(abstract, "w:abstractNumId"): abstract for abstract in _of(numbering, "w:abstractNum")}
    found = []
    for number in _of(numbering, "w:num"):
        abstract = levels.get(_first([number], ("w:abstractNumId",)))
        for level in _of(abstract, "w:lvl"):
            key = attribute(number, "w:numId"), attribute(level, "w:ilvl")
            found.append((key, _first([level], ("w:numFmt",))))
    return found


def _of(element: Any, wanted: str) -> list[Any]:
    return list(children(element, wanted)) if element is not None else []


def _has(element: Any, wanted: str) -> bool:
    return child(element, wanted) is not None


def _first(sources: list[Any], path: tuple[str, ...]) -> str:
    """The value at the path in the first of the elements that has one there."""
    found = (child(source, *path) for source in sources)
    return next((attribute(element, "w:val") for element in found if element is not None), "")
