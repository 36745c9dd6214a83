"""How a source is cited: in a line that a person reads, and as CSL-JSON, which citation managers exchange.

The kinds are types of the Citation Style Language, the names of the variables are those of its schema.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

CONVERSATIONS = frozenset({"interview", "personal_communication"})
WITHIN = frozenset({"article-newspaper", "article-journal", "post-weblog", "webpage", "broadcast"})
"""Kinds whose titles are quoted, because they are part of something with a title of its own."""

NAMES = {
    "broadcast": "broadcast",
    "dataset": "dataset",
    "graphic": "image",
    "hearing": "hearing",
    "interview": "interview",
    "map": "map",
    "motion_picture": "video",
    "personal_communication": "personal communication",
    "post": "post",
}
"""Kinds that a citation names, because nothing else in it tells them."""

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_SEVERAL = re.compile(r"\s*;\s*|\s+(?:and|&)\s+")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What is known of a source; all but the id and the title may be empty. Dates are 2013, 2013-06 or 2013-06-05."""

    id: str
    title: str
    kind: str
    author: str = ""
    container: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    accessed_on: date | None = None
    number: str = ""
    archive: str = ""
    medium: str = ""
    reached: str = ""
    terms: str = ""
    note: str = ""


def plain(source: Citation) -> str:
    """One line: who, what, where it appeared, when, and where to find it.

    ``reached`` and ``terms`` are taken as they are to be read.
    """
    title = f"“{_ended(source.title)}”" if source.kind in WITHIN else source.title
    what = f"{title} [{NAMES[source.kind]}]" if source.kind in NAMES else title
    sentences = [source.author, what, ", ".join(_appeared(source)), ", ".join(_how(source)), *_found(source)]
    return " ".join(_ended(sentence) for sentence in sentences if sentence)


def csl(source: Citation) -> dict[str, Any]:
    """The source as an item of CSL-JSON."""
    doi = doi_of(source.number)
    how = "; ".join(filter(None, (source.reached, source.terms)))
    item: dict[str, Any] = {
        "id": source.id,
        "type": source.kind,
        "title": source.title,
        "author": [_name(name) for name in _SEVERAL.split(source.author) if name.strip()],
        "container-title": source.container,
        "publisher": source.publisher,
        "issued": _date(source.published),
        "accessed": _date(source.accessed_on.isoformat() if source.accessed_on else ""),
        "URL": source.url,
        "DOI": doi,
        "number": "" if doi else source.number,
        "archive": source.archive,
        "medium": source.medium or (source.reached if source.kind in CONVERSATIONS else ""),
        "note": "\n".join(filter(None, (how if source.kind in CONVERSATIONS else "", source.note))),
    }
    return {name: value for name, value in item.items() if value}


def doi_of(number: str) -> str:
    """The DOI, however it was written down; empty when it is another number."""
    match = _DOI.fullmatch(number.strip())
    return match[1] if match else ""


def _appeared(source: Citation) -> Iterator[str]:
    yield from dict.fromkeys(filter(None, (source.container, source.publisher)))
    if source.number and not doi_of(source.number):
        yield source.number
    if source.published:
        yield _in_words(source.published)


def _how(source: Citation) -> Iterator[str]:
    """What is begun with a capital: "By phone, on the record"."""
    told = [source.medium, *((source.reached, source.terms) if source.kind in CONVERSATIONS else ()), source.archive]
    for number, words in enumerate(filter(None, told)):
        yield words if number == 0 or words == source.archive else words[:1].lower() + words[1:]


def _found(source: Citation) -> Iterator[str]:
    if doi := doi_of(source.number):
        yield f"https://doi.org/{doi}"
    elif source.url:
        seen = f" (accessed {_in_words(source.accessed_on.isoformat())})" if source.accessed_on else ""
        yield f"{source.url}{seen}"


def _ended(sentence: str) -> str:
    return sentence if sentence[-1] in ".?!…”" else f"{sentence}."


def _name(name: str) -> dict[str, str]:
    """ "Falk, Ida" is a person; any other name is kept whole, because nothing tells a person from an organisation."""
    family, comma, given = name.strip().partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma and given.strip() else {"literal": name.strip()}


def _date(partial: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in partial.split("-")]]} if partial else {}


def _in_words(partial: str) -> str:
    year, *rest = partial.split("-")
    month, day = (*rest, "", "")[:2]
    return " ".join(filter(None, (day.lstrip("0"), _MONTHS[int(month) - 1] if month else "", year)))
