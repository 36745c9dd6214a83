"""Characters to a tree of elements, unless they are nested too deep to be a page."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree, html

from articles.intake.draft import IntakeError

MOST_ELEMENTS = 150_000  # more than any page has; every one of them costs time
MOST_ATTRIBUTES = 1_000  # of one element: the parser compares each of them with all before it
DEPTH = 256  # elements within each other; the parser would silently cut what is deeper

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|"
    r"<(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>]).*?(?:</(?P=raw)(?=[\s/>])|\Z)|"
    r"<(?P<end>/?)(?P<name>[a-z][^\s/><]*)(?:=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|[^>])*+",
    re.IGNORECASE | re.DOTALL,
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
# Their end tags may be missing, and the next of their kind ends them.
_OPTIONAL_END = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "colgroup",
        "option",
        "optgroup",
        "rp",
        "rt",
        "html",
        "head",
        "body",
    ]
)
_LONG_TAG = 5_000  # characters; only in a longer one the attributes are counted
_VALUE = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+')")
_UNCOUNTED = _VOID | _OPTIONAL_END


def parse(source: str) -> html.HtmlElement:
    """The root element. IntakeError: nested too deep, too many elements or attributes, or no element at all."""
    _refuse_large(source)
    # Encoded again, because the parser refuses characters beside a declaration of their encoding.
    parser = html.HTMLParser(encoding="utf-8")
    try:
        tree = html.document_fromstring(source.encode(), parser=parser)
    except (ValueError, etree.ParserError) as error:
        raise IntakeError("There is no text: the page is empty.") from error
    _refuse_deep(_depth(tree) + 1)
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
    return tree


def _refuse_large(source: str) -> None:
    """In one pass, which ends where it is clear."""
    for number, depth in enumerate(_depths(source), start=1):
        _refuse_deep(depth)
        if number > MOST_ELEMENTS:
            raise IntakeError(f"This page has more than {MOST_ELEMENTS:,} elements; that is too many to read.")


def _refuse_deep(depth: int) -> None:
    if depth > DEPTH:
        raise IntakeError(f"The elements of this page are nested more than {DEPTH} deep, so it cannot be read safely.")


def _depths(source: str) -> Iterator[int]:
    """The number of open elements at each start tag, in time that grows with the length only."""
    names: list[str] = []
    known = Counter[str]()
    for tag in _TAG.finditer(source):
        name = (tag["name"] or "").lower()
        if name and not tag["end"]:
            _refuse_crowded(tag[0])
            if name not in _UNCOUNTED:
                names.append(name)
                known[name] += 1
            yield len(names)
        elif known[name]:
            _close(name, names, known)


def _refuse_crowded(tag: str) -> None:
    if len(tag) > _LONG_TAG and len(_VALUE.sub("", tag).split()) > MOST_ATTRIBUTES:
        raise IntakeError(f"An element of this page has more than {MOST_ATTRIBUTES:,} attributes; it is no article.")


def _close(name: str, names: list[str], known: Counter[str]) -> None:
    while True:
        closed = names.pop()
        known[closed] -= 1
        if closed == name:
            return


def _depth(tree: html.HtmlElement) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
