"""What stands before the text of a Markdown file, between lines of `---` or `+++`: its title, author, date.

Only plain values, lists on one line and lists of lines are understood; that is what writers put there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from articles.text.dates import first_date
from articles.text.guess import Guess

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn"})
MEDIA_TYPES = frozenset({"text/markdown", "text/x-markdown"})

_LOOKED_THROUGH = 4096  # bytes
_MATTER = re.compile(
    r"\ufeff?\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<text>.*?)\n(?:(?P=fence)|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_LINE = re.compile(r"(?P<key>[\w.-]+)\s*[:=]\s*(?P<value>.*?)\s*$")
_ITEM = re.compile(r"\s*-\s+(?:name\s*:\s*)?(?P<value>.+?)\s*$")
_NAMES = {
    "headline": ("title", "headline"),
    "outlet": ("outlet", "publication", "publisher", "site"),
    "byline": ("author", "authors", "byline", "by"),
    "published": ("date", "published", "pubdate", "publish_date", "created"),
    "updated": ("updated", "lastmod", "modified", "last_modified_at"),
    "language": ("lang", "language", "locale"),
    "url": ("canonical_url", "canonical", "url", "permalink", "link"),
}
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=$|[-_])", re.IGNORECASE)


def is_markdown(raw: bytes, filename: str = "", media_type: str = "") -> bool:
    """By its name and media type; a text without them only when it begins with front matter."""
    named = PurePath(filename).suffix.lower() in SUFFIXES or media_type in MEDIA_TYPES
    return named or bool(front_matter(raw[:_LOOKED_THROUGH].decode(errors="replace")).values)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`rest` is the text behind it; `values` are empty when there is none."""

    text: str
    rest: str
    values: dict[str, str]

    @property
    def headline(self) -> str:
        return self.values.get("headline", "")

    def guesses(self) -> dict[str, Guess]:
        return {name: Guess(value, "front matter") for name, value in self.values.items()}


def front_matter(text: str) -> FrontMatter:
    found = _MATTER.match(text)
    values = dict(_values(found["text"])) if found else {}
    if not found or not values:
        return FrontMatter("", text, {})
    return FrontMatter(found["text"].strip("\n"), text[found.end() :], values)


def _values(text: str) -> Iterator[tuple[str, str]]:
    lines = dict(_lines(text))
    for name, keys in _NAMES.items():
        value = next((_understood(name, lines[key]) for key in keys if lines.get(key)), "")
        if value:
            yield name, value


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Keys in lower case; of a list over several lines the items, joined by commas."""
    key, items = "", list[str]()
    for line in text.split("\n"):
        if item := _ITEM.match(line):
            items.append(_unquoted(item["value"]))
        elif found := _LINE.match(line):
            yield key, ", ".join(items)
            key, items = found["key"].lower(), [_plain(found["value"])] if found["value"] else []
    yield key, ", ".join(items)


def _plain(value: str) -> str:
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_unquoted(part.strip()) for part in value[1:-1].split(","))
    return _unquoted(value)


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _understood(name: str, value: str) -> str:
    """A date becomes a partial ISO date, a language its code, an address stays only when it is one."""
    if name in {"published", "updated"}:
        date = first_date(value)
        return date.iso if date else value if re.fullmatch(r"\d{4}(?:-\d\d)?", value) else ""
    if name == "language":
        code = _LANGUAGE.match(value)
        return code[0].lower() if code else ""
    if name == "url":
        return value if value.startswith(("http://", "https://")) else ""
    return " ".join(value.split())
