"""What the elements of HTML do to the text in them, and which of them a reader does not see."""

import re

from lxml.html import HtmlElement

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
PREFORMATTED = frozenset(["pre", "listing", "xmp", "plaintext"])

# Elements in place of which a reader sees something else than text, and what to call it.
EMBEDDED = {
    **dict.fromkeys(["img", "svg", "canvas"], "picture"),
    **dict.fromkeys(["iframe", "frame", "object", "embed", "applet"], "frame"),
    **dict.fromkeys(["video", "audio"], "recording"),
    **dict.fromkeys(["select", "textarea", "input"], "field"),
}

PROGRAMS = frozenset(["head", "script", "style", "template", "title", "link", "meta", "base"])
_LONGEST_CELL = 300  # characters; more is a column of a page

# Their content is a program, a picture or a stand-in for what the browser shows instead.
_UNSEEN = PROGRAMS | frozenset(
    [
        "noscript",
        "noembed",
        "noframes",
        "iframe",
        "object",
        "applet",
        "audio",
        "video",
        "canvas",
        "svg",
        "math",
        "map",
        "datalist",
        "select",
        "textarea",
        "progress",
        "meter",
        "rp",
    ]
)
_NOT_DISPLAYED = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE)
# What style sheets agree to call text that is only read aloud.
_READ_ALOUD = frozenset(
    [
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "visuallyHidden",
        "screen-reader-text",
        "screen-reader-only",
        "screenreader-only",
        "show-for-sr",
        "u-visually-hidden",
        "assistive-text",
        "element-invisible",
    ]
)


def is_hidden(element: HtmlElement) -> bool:
    """A reader in a browser does not see the content of the element."""
    if element.tag in _UNSEEN:
        return True
    if element.tag in {"html", "body"}:  # a page may be hidden until a program shows it
        return False
    if not element.keys():
        return bool(element.tag == "dialog")
    return _is_hidden_by_attribute(element) or not _READ_ALOUD.isdisjoint(element.get("class", "").split())


def _is_hidden_by_attribute(element: HtmlElement) -> bool:
    if element.get("hidden", "until-found").lower() != "until-found":
        return True
    if element.tag == "dialog" and element.get("open") is None:
        return True
    return bool(_NOT_DISPLAYED.search(element.get("style", "")))


def is_row(element: HtmlElement) -> bool:
    """The cells of the `tr` hold values and not parts of a page that is laid out in a table."""
    cells = [cell for cell in element if cell.tag in {"td", "th"}]
    return len(cells) > 1 and all(map(_is_cell, cells))


def _is_cell(cell: HtmlElement) -> bool:
    blocks = [element.tag for element in cell.iterdescendants() if element.tag in BLOCKS]
    return len(blocks) <= 2 and set(blocks) <= {"div", "p", "center"} and len(cell.text_content()) <= _LONGEST_CELL
