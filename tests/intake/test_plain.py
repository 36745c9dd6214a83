import hashlib

import pytest

from articles.intake.draft import IntakeError
from articles.intake.plain import LIMIT, read_plain
from articles.text.blocks import BlockKind
from articles.text.canonical import POLICY_VERSION
from articles.text.notes import NoteKind

TEXT = "The town falls\n\nBy Jane Doe\n\nIt fell on Wednesday, the army said."


def test_a_pasted_text():
    draft = read_plain(TEXT)

    assert draft.text == TEXT
    assert draft.kinds == (BlockKind.HEADLINE, BlockKind.BYLINE, BlockKind.PARAGRAPH)
    assert draft.policy == POLICY_VERSION
    assert draft.report == ()
    assert draft.metadata.byline.value == "Jane Doe"
    assert (draft.raw, draft.media_type, draft.filename) == (TEXT.encode(), "text/plain", "")


def test_an_uploaded_file_keeps_its_bytes():
    raw = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()

    draft = read_plain(raw, filename="gazette.txt")

    assert draft.text == TEXT
    assert draft.raw == raw
    assert draft.filename == "gazette.txt"
    assert {note.kind for note in draft.report} == {NoteKind.BYTE_ORDER_MARK, NoteKind.LINE_ENDING}
    assert draft.raw_sha256 == hashlib.sha256(raw).hexdigest()
    assert draft.text_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_the_same_words_have_the_same_digest_however_they_came():
    assert read_plain(TEXT).text_sha256 == read_plain(TEXT.replace("\n", "\r\n").encode("utf-16")).text_sha256


def test_a_pasted_text_with_half_a_character_is_kept_as_received():
    draft = read_plain("It fell \ud83d on Wednesday.")

    assert draft.text == "It fell  on Wednesday."
    assert draft.raw == b"It fell \xed\xa0\xbd on Wednesday."


def test_a_few_control_characters_in_a_short_text_pass():
    assert read_plain("a\0b").text == "ab"


@pytest.mark.parametrize("raw", ["", b"", " \n ", b"\0\0"])
def test_an_empty_text_is_refused(raw):
    with pytest.raises(IntakeError, match=r"^There is no text: "):
        read_plain(raw)


def test_a_text_past_the_limit_is_refused():
    with pytest.raises(IntakeError, match=r"^This text has 2\.0 MB; at most 2 MB are read\.$"):
        read_plain(b"a" * (LIMIT + 1))


@pytest.mark.parametrize(
    ("raw", "name"),
    [(b"%PDF-1.7 ...", "a PDF file"), (b"PK\x03\x04...", "a ZIP archive"), (b"\x89PNG\r\n", "a picture")],
)
def test_other_formats_are_named(raw, name):
    with pytest.raises(IntakeError, match=f"^This is {name}"):
        read_plain(raw)


def test_a_program_is_not_text():
    with pytest.raises(IntakeError, match="does not look like text: 400 of its characters"):
        read_plain(bytes(range(1, 9)) * 50 + b"some words")
