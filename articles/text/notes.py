"""What the text policy did to a text, as data and as sentences for the person who brought it in."""

from dataclasses import dataclass
from enum import StrEnum


class NoteKind(StrEnum):
    ENCODING_GUESSED = "encoding_guessed"
    UNDECODABLE = "undecodable"
    BYTE_ORDER_MARK = "byte_order_mark"
    NUL = "nul"
    CONTROL = "control"
    SURROGATE = "surrogate"
    NONCHARACTER = "noncharacter"
    LINE_ENDING = "line_ending"
    LINE_SEPARATOR = "line_separator"
    EDGE_SPACE = "edge_space"
    WIDTHLESS = "widthless"
    BLANK_LINE = "blank_line"
    BLOCK_BREAK = "block_break"


@dataclass(frozen=True, slots=True)
class Note:
    """One kind of change, how often it was made, and where or what (empty when there is no more to say)."""

    kind: NoteKind
    count: int
    detail: str = ""


# (one, many): the words for a count of one and for any other count.
_SENTENCES: dict[NoteKind, tuple[str, str]] = {
    NoteKind.ENCODING_GUESSED: (
        "The file is not UTF-8 and does not say what it is; it was read as {detail}.",
        "The file is not UTF-8 and does not say what it is; it was read as {detail}.",
    ),
    NoteKind.UNDECODABLE: (
        "1 place could not be read as {detail} and now shows \ufffd.",
        "{count:,} places could not be read as {detail} and now show \ufffd.",
    ),
    NoteKind.BYTE_ORDER_MARK: (
        "1 byte order mark was removed.",
        "{count:,} byte order marks were removed.",
    ),
    NoteKind.NUL: (
        "1 NUL character was removed ({detail}).",
        "{count:,} NUL characters were removed ({detail}).",
    ),
    NoteKind.CONTROL: (
        "1 control character was removed ({detail}).",
        "{count:,} control characters were removed ({detail}).",
    ),
    NoteKind.SURROGATE: (
        "1 half of a character (a lone surrogate) was removed ({detail}).",
        "{count:,} halves of characters (lone surrogates) were removed ({detail}).",
    ),
    NoteKind.NONCHARACTER: (
        "1 code that stands for no character was removed ({detail}).",
        "{count:,} codes that stand for no character were removed ({detail}).",
    ),
    NoteKind.LINE_ENDING: (
        "1 line ending was changed from {detail} to LF.",
        "{count:,} line endings were changed from {detail} to LF.",
    ),
    NoteKind.LINE_SEPARATOR: (
        "1 page break or unusual line break became an ordinary line break ({detail}).",
        "{count:,} page breaks or unusual line breaks became ordinary line breaks ({detail}).",
    ),
    NoteKind.EDGE_SPACE: (
        "1 space or tab at the edge of a block was removed.",
        "{count:,} spaces or tabs at the edges of blocks were removed.",
    ),
    NoteKind.WIDTHLESS: (
        "1 character without width on an empty line was removed.",
        "{count:,} characters without width on empty lines were removed.",
    ),
    NoteKind.BLANK_LINE: (
        "1 surplus blank line was removed.",
        "{count:,} surplus blank lines were removed.",
    ),
    NoteKind.BLOCK_BREAK: (
        "1 single line break between {detail} became a blank line.",
        "{count:,} single line breaks between {detail} became blank lines.",
    ),
}


def sentence(note: Note) -> str:
    one, many = _SENTENCES[note.kind]
    return (one if note.count == 1 else many).format(count=note.count, detail=note.detail)
