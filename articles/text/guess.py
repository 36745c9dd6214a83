"""What a plain text says about itself. Every value is a guess that names the line it was read from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePath

from articles.text.blocks import BlockKind
from articles.text.credit import byline_name, credit_line, dated_byline
from articles.text.dates import first_date
from articles.text.language import direction, language

_HEADLINE_LENGTH = 200  # characters
_SAMPLE = 50_000  # characters in which the name of the outlet is looked for
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'|)\]]+")
_HOST = re.compile(r"(?:https?://)?(?:www\.|m\.|p\.|amp\.)?([^/:?#\s]+)")
_COPYRIGHT_OWNER = re.compile(
    r"(?:copyright\s*)?(?:©|\(c\))?\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?\s*(?:by )?"
    r"(?P<owner>[^\W\d_][^.,|;:\n©]{0,50}?)\s*"
    r"(?:$|[.,|;:\n©]|\b(?:19|20)\d\d\b|\b(?:all rights|alle rechte|tous droits|todos los)\b)",
    re.IGNORECASE,
)
_WITH_WIRES = re.compile(r"(?P<owner>.{2,40}?) (?:with|and|avec|mit|con) (?:wires?|agenc\w+|agentur\w+)")
_CAPITALISED = re.compile(r"\b[A-Z][\w&]*(?: [A-Z0-9][\w&]*){0,3}")
_NAMELESS = re.compile(
    r"(?:article|artikel|copy|doc|document|draft|file|input|new|news|page|pasted?|sample|scan|story|text|txt|test|upload|"
    r"unbenannt|untitled)?\d*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A value and where it was read ("first line"); both empty when there is nothing to go by."""

    value: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """`published` and `updated` are partial ISO dates: "2013-06-05", "2013-06" or "2013"; `direction` is ltr or rtl."""

    headline: Guess = Guess()
    outlet: Guess = Guess()
    byline: Guess = Guess()
    published: Guess = Guess()
    updated: Guess = Guess()
    language: Guess = Guess()
    direction: Guess = Guess()
    url: Guess = Guess()


@dataclass(frozen=True, slots=True)
class _Page:
    """The texts of the blocks, by kind and in order."""

    blocks: tuple[tuple[BlockKind, str], ...]

    def of(self, *kinds: BlockKind) -> Iterator[str]:
        return (text for kind, text in self.blocks if kind in kinds)

    def story(self) -> str:
        return "\n".join(text for kind, text in self.blocks if kind is not BlockKind.FURNITURE)


def guess(text: str, kinds: Sequence[BlockKind], filename: str = "") -> Metadata:
    page = _Page(tuple(zip(kinds, text.split("\n\n"), strict=True)))
    url = _url(page)
    return Metadata(
        headline=_headline(page),
        outlet=_outlet(page, url.value, filename),
        byline=_byline(page),
        published=_published(page),
        language=_language(page),
        direction=_direction(page),
        url=url,
    )


def _first(guesses: Iterator[Guess]) -> Guess:
    return next((found for found in guesses if found.value), Guess())


def _headline(page: _Page) -> Guess:
    if headline := next(page.of(BlockKind.HEADLINE), ""):
        return Guess(" ".join(headline.split()), "first line")
    prose = next(page.of(BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.LIST_ITEM), "")
    return Guess(_shortened(prose), "first words") if prose else Guess()


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= _HEADLINE_LENGTH:
        return line
    return line[:_HEADLINE_LENGTH].rpartition(" ")[0] + "…"


def _byline(page: _Page) -> Guess:
    return _first(_bylines(page))


def _bylines(page: _Page) -> Iterator[Guess]:
    yield from (Guess(byline_name(line), "byline") for line in page.of(BlockKind.BYLINE))
    yield from (Guess(dated_byline(line), "date line") for line in page.of(BlockKind.DATELINE))
    yield from (Guess(credit_line(line), "credit line") for line in page.of(BlockKind.BYLINE))


def _published(page: _Page) -> Guess:
    for line in page.of(BlockKind.DATELINE, BlockKind.BYLINE):
        if date := first_date(line):
            return Guess(date.iso, "date line")
    return Guess()


def _language(page: _Page) -> Guess:
    name = language(page.story())
    return Guess(name, "letters and common words") if name else Guess()


def _direction(page: _Page) -> Guess:
    name = direction(page.story())
    return Guess(name, "letters") if name else Guess()


def _url(page: _Page) -> Guess:
    """Only an address outside the story: one inside is what the story is about."""
    for block in page.of(BlockKind.FURNITURE):
        if address := _ADDRESS.match(block):
            return Guess(address[0].rstrip(".,;"), "printed address")
    return Guess()


def _outlet(page: _Page, url: str, filename: str) -> Guess:
    return _first(_outlets(page, url, filename))


def _outlets(page: _Page, url: str, filename: str) -> Iterator[Guess]:
    for line in page.of(BlockKind.FURNITURE):
        if "©" in line or "(c)" in line.lower() or line.lower().startswith("copyright"):
            yield Guess(_match(_COPYRIGHT_OWNER, line), "copyright line")
    for line in page.of(BlockKind.BYLINE):
        yield Guess(_match(_WITH_WIRES, credit_line(line)), "credit line")
    stem = _stem(filename)
    yield Guess(_printed_name(stem, page), "file name, as printed in the text")
    if host := _HOST.match(url):
        yield Guess(host[1], "printed address")
    yield Guess(stem, "file name")


def _match(pattern: re.Pattern[str], line: str) -> str:
    found = pattern.match(line)
    return found["owner"].strip() if found else ""


def _stem(filename: str) -> str:
    """The name of the file, when it is one word that could name an outlet."""
    stem = PurePath(filename).stem
    return stem if stem.isalnum() and not _NAMELESS.fullmatch(stem) else ""


def _printed_name(stem: str, page: _Page) -> str:
    """ "FRANCE 24" for france24, anywhere; "Los Angeles Times" for latimes, outside the story only."""
    wanted = stem.casefold()
    if not wanted:
        return ""
    outside = list(_names("\n".join(page.of(BlockKind.FURNITURE))))
    for name in chain(_names(page.story()), outside):
        if "".join(name).casefold() == wanted:
            return " ".join(name)
    initials = (name for name in outside if len(name) > 1 and _abbreviates(wanted, name))
    return " ".join(next(initials, []))


def _names(text: str) -> Iterator[list[str]]:
    """Runs of words with capitals, and every shorter run inside them."""
    for found in _CAPITALISED.finditer(text, 0, _SAMPLE):
        words = found[0].split(" ")
        for length in range(len(words), 0, -1):
            yield from (words[i : i + length] for i in range(len(words) - length + 1))


def _abbreviates(stem: str, words: list[str]) -> bool:
    """The stem is made of a beginning of each word: la-times, ny-t."""
    if not words:
        return not stem
    beginnings = (words[0][:length].casefold() for length in range(1, len(words[0]) + 1))
    return any(
        _abbreviates(stem.removeprefix(beginning), words[1:]) for beginning in beginnings if stem.startswith(beginning)
    )
