"""The text policy: bytes or characters in, canonical text and a report of every change out.

Policy 1. The same input gives the same text for ever; a change of any rule below is a new number.

Decoded   A byte order mark decides, else UTF-8, else the encoding is guessed and the guess reported.
Removed   NUL, the other control characters except LF and TAB, lone surrogates, the 66 noncharacters
          (XML and databases refuse some of them), and byte order marks before the first character.
Lines     CRLF, CR, VT, FF, NEL and U+2028 become LF; U+2029 becomes a blank line.
Blocks    A blank line ends a block. A line is blank when it holds only white space, no-break and
          ideographic spaces included, or characters without width. Two other line breaks end a block:
          those between list items on adjacent lines, and those beside a line too long to have been
          wrapped by hand, which is a whole paragraph. Between blocks stands exactly "\\n\\n".
Edges     White space at both ends of a block is layout and is removed, tabs, no-break and ideographic
          spaces included.
Kept      Everything else, character for character: single line breaks, runs of spaces, soft hyphens,
          joiners, bidirectional controls, private use. No Unicode normalisation.

The characters are listed here and not asked of Python's Unicode tables, which change with its version.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from articles.text.blocks import split
from articles.text.encoding import decode
from articles.text.lists import separate_items
from articles.text.notes import Note, NoteKind

POLICY_VERSION = 1

SPACE = "\t \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
_MARK = "\ufeff"
_WIDTHLESS = "\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_BLANK = SPACE + _MARK + _WIDTHLESS
_TRIMMED = {
    NoteKind.EDGE_SPACE: SPACE,
    NoteKind.BYTE_ORDER_MARK: _MARK,
    NoteKind.WIDTHLESS: _WIDTHLESS,
}
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
_REMOVED = {
    NoteKind.NUL: "\0",
    NoteKind.CONTROL: "\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f",
    NoteKind.SURROGATE: "\ud800-\udfff",
    NoteKind.NONCHARACTER: _NONCHARACTERS,
}
_ANY_REMOVED = re.compile(f"[{''.join(_REMOVED.values())}]")
_LINE_ENDING = re.compile("\r\n?")
_SEPARATOR = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_HEAD = re.compile(f"(?:[{_BLANK}]*\n)*[{SPACE}{_MARK}]*")
_BLANK_LINES = re.compile(f"\n(?:[{_BLANK}]*\n)+")
_VISIBLE = re.compile(f"[^\n{_BLANK}]")

# Text wrapped by hand or by a mail program keeps to 60-100 characters a line; an address is not wrapped.
_LONGEST_WRAPPED_LINE = 160
_ADDRESS = re.compile(r"://\S+")


class EmptyText(ValueError):
    """Nothing to read is left. The message is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Canonical:
    """`received` counts the characters that came, before any was removed."""

    text: str
    report: tuple[Note, ...]
    received: int
    policy: int = POLICY_VERSION

    @property
    def blocks(self) -> tuple[tuple[int, int], ...]:
        return split(self.text)


def canonicalise(raw: bytes | str) -> Canonical:
    """Canonical text of `raw`. Applied to its own result it changes and reports nothing."""
    received, guessed = (raw, ()) if isinstance(raw, str) else decode(raw)
    lined = _with_plain_lines(_ANY_REMOVED.sub("", received))
    paragraphs = _paragraphs(lined)
    if not paragraphs:
        raise EmptyText(_why_empty(received))
    blocks, breaks = _blocks(paragraphs)
    text = "\n\n".join(blocks)
    changes = (*_removed(received), *_relined(received), *_trimmed(lined, text, breaks), *breaks)
    return Canonical(text, (*guessed, *changes), len(received))


def cleaned(text: str) -> str:
    """A piece of text without the characters that are removed anywhere, its line breaks plain."""
    return _with_plain_lines(_ANY_REMOVED.sub("", text))


def places(block: str) -> tuple[tuple[int, int], ...]:
    """Where the blocks stand in a cleaned text. Joined by "\\n\\n" they are canonical, whatever texts they are from."""
    found = []
    end = 0
    for part in _blocks(_paragraphs(block))[0]:
        start = block.index(part, end)
        end = start + len(part)
        found.append((start, end))
    return tuple(found)


def removed(received: str) -> tuple[Note, ...]:
    """What `cleaned` takes out of a text, but for its line breaks."""
    return tuple(_removed(received))


def _with_plain_lines(text: str) -> str:
    text = _LINE_ENDING.sub("\n", text)
    return _SEPARATOR.sub(lambda found: "\n\n" if found[0] == "\u2029" else "\n", text)


def _paragraphs(text: str) -> list[str]:
    """The parts between blank lines, without the white space around them."""
    body = _HEAD.sub("", text, count=1)
    parts = _BLANK_LINES.split(body + "\n")
    return [part.strip(SPACE + "\n") for part in parts if _VISIBLE.search(part)]


def _blocks(paragraphs: list[str]) -> tuple[list[str], list[Note]]:
    blocks: list[str] = []
    breaks = Counter[str]()
    for paragraph in paragraphs:
        what, parts = _parts(paragraph)
        breaks[what] += len(parts) - 1
        blocks += (part.strip(SPACE) for part in parts)
    return blocks, [Note(NoteKind.BLOCK_BREAK, n, what) for what, n in breaks.items() if n]


def _parts(paragraph: str) -> tuple[str, list[str]]:
    lines = paragraph.split("\n")
    if any(len(_ADDRESS.sub("", line)) > _LONGEST_WRAPPED_LINE for line in lines):
        return "paragraphs", lines
    return "list items", separate_items(paragraph)


def _why_empty(received: str) -> str:
    if not received:
        return "There is no text: nothing was received."
    return "There is no text: only white space and characters that cannot be kept were received."


def _removed(received: str) -> Iterator[Note]:
    for kind, characters in _REMOVED.items():
        pattern = re.compile(f"[{characters}]")
        if first := pattern.search(received):
            count = len(received) - len(pattern.sub("", received))
            yield Note(kind, count, _position(first))


def _relined(received: str) -> Iterator[Note]:
    pairs = received.count("\r\n")
    single = received.count("\r") - pairs
    names = " and ".join(name for name, n in (("CRLF", pairs), ("CR", single)) if n)
    yield from _some(NoteKind.LINE_ENDING, pairs + single, names)
    if first := _SEPARATOR.search(received):
        yield Note(NoteKind.LINE_SEPARATOR, len(_SEPARATOR.findall(received)), _position(first))


def _trimmed(lined: str, text: str, breaks: list[Note]) -> Iterator[Note]:
    for kind, characters in _TRIMMED.items():
        yield from _some(kind, _count(characters, lined) - _count(characters, text))
    # The line feed that ends a text file is no blank line; each new break has one line feed more.
    kept = text.count("\n") - sum(note.count for note in breaks)
    yield from _some(NoteKind.BLANK_LINE, lined.count("\n") - kept - lined.endswith("\n"))


def _count(characters: str, text: str) -> int:
    return sum(text.count(character) for character in characters)


def _position(first: re.Match[str]) -> str:
    return f"the first, U+{ord(first[0]):04X}, was character {first.start() + 1:,}"


def _some(kind: NoteKind, count: int, detail: str = "") -> Iterator[Note]:
    if count > 0:
        yield Note(kind, count, detail)
