"""What a page says about its article in JSON-LD, as far as it can be understood."""

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from articles.text.canonical import cleaned

_MOST_NODES = 10_000  # of one page; more is no description of an article
_ARTICLE = re.compile(
    r"(?:\w+Article|Article|BlogPosting|LiveBlogPosting|Report|Review|ClaimReview|SocialMediaPosting)$"
)
_WRAPPER = re.compile(
    r"^\s*(?:<!\[CDATA\[|<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:\]\]>|-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[\]}])")
_MARKUP = re.compile(r"<[^<>]{1,200}>")
_CONTROL = re.compile("[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Structured:
    """Values of the article's own node, empty where it has none. `unreadable` counts scripts that are no JSON."""

    headline: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    url: str = ""
    body: str = ""
    unreadable: int = 0


def structured(tree: HtmlElement) -> Structured:
    documents = []
    unreadable = 0
    for script in tree.iterfind(".//script[@type]"):
        if "ld+json" in script.get("type", "").lower() and (script.text or "").strip():
            try:
                documents.append(_loaded(script.text))
            except (ValueError, RecursionError):
                unreadable += 1
    nodes = list(_nodes(documents))
    article = next((node for node in nodes if _is_article(node) and _words(node.get("headline"))), None)
    if article is None:
        article = next(filter(_is_article, nodes), {})
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    return Structured(
        headline=_words(article.get("headline")) or (_words(article.get("name")) if article else ""),
        authors=tuple(dict.fromkeys(_names(article.get("author") or article.get("creator"), by_id))),
        publisher=next(_names(article.get("publisher") or article.get("sourceOrganization"), by_id), ""),
        published=_words(article.get("datePublished") or article.get("dateCreated")),
        modified=_words(article.get("dateModified")),
        language=_language(article),
        url=_address(article),
        body=_words(article.get("articleBody")),
        unreadable=unreadable,
    )


def _loaded(text: str) -> Any:
    """Mended where pages often break it: comment marks around it, line breaks in strings, commas before brackets."""
    text = _WRAPPER.sub("", text).strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return json.loads(_TRAILING_COMMA.sub(r"\1", _CONTROL.sub(" ", text)), strict=False)


def _nodes(documents: list[Any]) -> Iterator[dict[str, Any]]:
    """Every object, those that stand further out first."""
    waiting = deque(documents)
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        value = waiting.popleft()
        if isinstance(value, dict):
            yield value
            waiting += [part for part in value.values() if isinstance(part, dict | list)]
        elif isinstance(value, list):
            waiting += [part for part in value if isinstance(part, dict | list)]


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            named = one if "name" in one else by_id.get(str(one.get("@id")), {})
            names = named.get("name")
            yield from filter(None, map(_words, names if isinstance(names, list) else [names]))
        elif isinstance(one, list):
            yield from _names(one[:50], by_id) if all(isinstance(part, str | dict) for part in one) else ()
        elif words := _words(one):
            yield words


def _language(node: dict[str, Any]) -> str:
    value = node.get("inLanguage")
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name")
    return _words(value)


def _address(node: dict[str, Any]) -> str:
    for value in (node.get("mainEntityOfPage"), node.get("url")):
        address = _words(value.get("@id") if isinstance(value, dict) else value)
        if address.startswith(("http://", "https://")):
            return address
    return ""


def _words(value: Any) -> str:
    """A string on one line, without markup and without halves of characters; empty for anything else."""
    if isinstance(value, list):
        value = next((one for one in value if isinstance(one, str)), None)
    if not isinstance(value, str):
        return ""
    return " ".join(cleaned(_MARKUP.sub("", unescape(value))).split())
