"""What was done to a text on its way in, as data and as sentences for the person who brought it in."""

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
    TRACKED_CHANGE = "tracked_change"
    COMMENT = "comment"
    NOTE_MOVED = "note_moved"
    TEXT_BOX = "text_box"
    RUNNING_HEAD = "running_head"
    HIDDEN_TEXT = "hidden_text"
    NUMBERING = "numbering"
    FORMULA = "formula"
    PICTURE = "picture"
    EMBEDDED = "embedded"
    LINE_JOINED = "line_joined"
    HYPHEN_MENDED = "hyphen_mended"
    HYPHEN_KEPT = "hyphen_kept"
    REPEATED_CHARACTER = "repeated_character"
    INVISIBLE_TEXT = "invisible_text"
    UNMAPPED = "unmapped"
    PAGE_WITHOUT_TEXT = "page_without_text"
    PAGE_UNREAD = "page_unread"
    FORM_FIELD = "form_field"
    LINK_DROPPED = "link_dropped"
    ENCRYPTION_LOST = "encryption_lost"
    BLOCK_SPLIT = "block_split"
    BLOCK_MERGED = "block_merged"
    CHARSET_UNKNOWN = "charset_unknown"
    CHARSET_CONTRADICTED = "charset_contradicted"
    METADATA_UNREADABLE = "metadata_unreadable"
    FURNITURE = "furniture"
    BODY_UNKNOWN = "body_unknown"
    PACKED_FILE = "packed_file"
    MARKUP = "markup"


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
    NoteKind.TRACKED_CHANGE: (
        "1 tracked change was taken as accepted: {detail}.",
        "{count:,} tracked changes were taken as accepted: {detail}.",
    ),
    NoteKind.COMMENT: (
        "1 comment is kept as furniture: {detail}.",
        "{count:,} comments are kept as furniture: {detail}.",
    ),
    NoteKind.NOTE_MOVED: (
        "1 footnote or endnote was put at the end of the text.",
        "{count:,} footnotes or endnotes were put at the end of the text.",
    ),
    NoteKind.TEXT_BOX: (
        "1 text box was put after the paragraph that it is fixed to.",
        "{count:,} text boxes were put after the paragraphs that they are fixed to.",
    ),
    NoteKind.RUNNING_HEAD: (
        "1 running head, foot or page number is kept as furniture.",
        "{count:,} running heads, feet or page numbers are kept as furniture.",
    ),
    NoteKind.HIDDEN_TEXT: (
        "1 character of hidden text was left out.",
        "{count:,} characters of hidden text were left out.",
    ),
    NoteKind.NUMBERING: (
        "1 automatic number of a list item or heading is not part of the text.",
        "{count:,} automatic numbers of list items or headings are not part of the text.",
    ),
    NoteKind.FORMULA: (
        "1 formula was written out as plain characters; compare it with the original.",
        "{count:,} formulas were written out as plain characters; compare them with the original.",
    ),
    NoteKind.PICTURE: (
        "1 picture was left out.",
        "{count:,} pictures were left out.",
    ),
    NoteKind.EMBEDDED: (
        "1 embedded object or document was left out.",
        "{count:,} embedded objects or documents were left out.",
    ),
    NoteKind.LINE_JOINED: (
        "1 line end within a paragraph became a space.",
        "{count:,} line ends within paragraphs became spaces.",
    ),
    NoteKind.HYPHEN_MENDED: (
        "1 word divided at the end of a line was joined: {detail}.",
        "{count:,} words divided at the ends of lines were joined: {detail}.",
    ),
    NoteKind.HYPHEN_KEPT: (
        "1 hyphen at the end of a line was kept, as it may belong to the word: {detail}.",
        "{count:,} hyphens at the ends of lines were kept, as they may belong to the words: {detail}.",
    ),
    NoteKind.REPEATED_CHARACTER: (
        "1 character printed twice in the same place, to look bold, is in the text once.",
        "{count:,} characters printed twice in the same place, to look bold, are in the text once.",
    ),
    NoteKind.INVISIBLE_TEXT: (
        "1 character is from an invisible layer, as text recognition makes it, and may differ from the page.",
        "{count:,} characters are from an invisible layer, as text recognition makes it, and may differ from the page.",
    ),
    NoteKind.UNMAPPED: (
        "1 character cannot be told by its font and shows \ufffd; compare it with the original.",
        "{count:,} characters cannot be told by their fonts and show \ufffd; compare them with the original.",
    ),
    NoteKind.PAGE_WITHOUT_TEXT: (
        "1 page has no text, only a picture or nothing: {detail}.",
        "{count:,} pages have no text, only pictures or nothing: {detail}.",
    ),
    NoteKind.PAGE_UNREAD: (
        "1 page is damaged and was not read: {detail}.",
        "{count:,} pages are damaged and were not read: {detail}.",
    ),
    NoteKind.FORM_FIELD: (
        "1 filled-in field of a form is kept at the end of its page.",
        "{count:,} filled-in fields of a form are kept at the ends of their pages.",
    ),
    NoteKind.LINK_DROPPED: (
        "1 link was left out, as it leads nowhere on the web; its words are kept.",
        "{count:,} links were left out, as they lead nowhere on the web; their words are kept.",
    ),
    NoteKind.ENCRYPTION_LOST: (
        "The site led from an encrypted address to {detail}: on that way the text could be changed by others.",
        "The site led from encrypted addresses to {detail}: on that way the text could be changed by others.",
    ),
    NoteKind.BLOCK_SPLIT: (
        "1 block was split by hand; the white space there became a blank line.",
        "{count:,} blocks were split by hand; the white space there became blank lines.",
    ),
    NoteKind.BLOCK_MERGED: (
        "1 block was merged by hand with the one before; the blank line between them became a space.",
        "{count:,} blocks were merged by hand with those before; the blank lines between them became spaces.",
    ),
    NoteKind.CHARSET_UNKNOWN: (
        "The page says that it is in “{detail}”, an encoding that is not known here.",
        "The page says that it is in “{detail}”, an encoding that is not known here.",
    ),
    NoteKind.CHARSET_CONTRADICTED: (
        "The page says that it is in “{detail}”, but its bytes are UTF-8 and were read so.",
        "The page says that it is in “{detail}”, but its bytes are UTF-8 and were read so.",
    ),
    NoteKind.METADATA_UNREADABLE: (
        "1 description of the article in the page is damaged and was not used.",
        "{count:,} descriptions of the article in the page are damaged and were not used.",
    ),
    NoteKind.FURNITURE: (
        "1 block of the page, {detail}, was taken for furniture.",
        "{count:,} blocks of the page, {detail}, were taken for furniture.",
    ),
    NoteKind.BODY_UNKNOWN: (
        "It is not clear which part of the page is the article; look at every block.",
        "It is not clear which part of the page is the article; look at every block.",
    ),
    NoteKind.PACKED_FILE: (
        "1 other file in the web archive was left out.",
        "{count:,} other files in the web archive were left out.",
    ),
    NoteKind.MARKUP: (
        "1 HTML tag in the text was left out; the words inside it are kept.",
        "{count:,} HTML tags in the text were left out; the words inside them are kept.",
    ),
}


def sentence(note: Note) -> str:
    one, many = _SENTENCES[note.kind]
    return (one if note.count == 1 else many).format(count=note.count, detail=note.detail)
