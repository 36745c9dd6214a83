import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.intake.draft import Link, Page
from articles.intake.pieces import Piece, joined
from articles.text.blocks import BlockKind
from articles.text.canonical import EmptyText, canonicalise
from articles.text.notes import NoteKind
from tests.text.strategies import ranges, texts

HEADING, PARAGRAPH = BlockKind.HEADING, BlockKind.PARAGRAPH
TARGET = "https://example.org/"


@st.composite
def pieces(draw):
    text, start, end = draw(ranges())
    return Piece(
        text=text,
        kind=draw(st.sampled_from(BlockKind)),
        links=(Link(start, end, TARGET),),
        page=draw(st.sampled_from(["", "1", "iv"])),
    )


def test_blocks_keep_their_kinds_links_and_pages():
    made = joined(
        [
            Piece(text="A heading", kind=HEADING, page="iv"),
            Piece(text="See the report.", kind=PARAGRAPH, links=(Link(8, 14, TARGET),), page="iv"),
            Piece(text="More.", kind=PARAGRAPH, page="1"),
        ]
    )

    assert made.canonical.text == "A heading\n\nSee the report.\n\nMore."
    assert made.canonical.report == ()
    assert made.kinds == (HEADING, PARAGRAPH, PARAGRAPH)
    assert [made.canonical.text[link.start : link.end] for link in made.links] == ["report"]
    assert made.pages == (Page(0, "iv"), Page(28, "1"))


def test_a_piece_with_a_blank_line_becomes_two_blocks():
    made = joined([Piece(text="One\n \nTwo", kind=PARAGRAPH), Piece(text="\u200b ", kind=HEADING)])

    assert made.canonical.text == "One\n\nTwo"
    assert made.kinds == (PARAGRAPH, PARAGRAPH)


def test_links_follow_when_characters_before_them_are_removed():
    made = joined([Piece(text=" \0 a\x07b the report ", kind=PARAGRAPH, links=(Link(7, 19, TARGET),))])

    assert [made.canonical.text[link.start : link.end] for link in made.links] == ["the report"]
    assert {note.kind for note in made.canonical.report} == {NoteKind.NUL, NoteKind.CONTROL, NoteKind.EDGE_SPACE}


def test_a_link_without_visible_words_is_none():
    assert joined([Piece(text="a  b", kind=PARAGRAPH, links=(Link(1, 3, TARGET), Link(2, 2, TARGET)))]).links == ()


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///etc/passwd", "page.html", "https://a b", "data:,x", ""]
)
def test_a_link_that_leads_nowhere_on_the_web_is_dropped_and_counted(target):
    made = joined([Piece(text="words", kind=PARAGRAPH, links=(Link(0, 5, target),))])

    assert (made.links, made.dropped) == ((), 1)


def test_nothing_to_read_is_refused():
    with pytest.raises(EmptyText):
        joined([Piece(text=" \n", kind=PARAGRAPH)])


@given(st.lists(pieces(), max_size=4))
def test_whatever_the_pieces_the_text_is_canonical_and_its_parts_agree(given_pieces):
    try:
        made = joined(given_pieces)
    except EmptyText:
        return
    text = made.canonical.text

    assert canonicalise(text).text == text
    assert len(made.kinds) == len(made.canonical.blocks)
    assert all(0 <= link.start < link.end <= len(text) for link in made.links)
    assert {page.start for page in made.pages} <= {start for start, _ in made.canonical.blocks}


@given(st.sampled_from(["the report", "x", "a\u00a0b"]), texts, texts)
def test_a_link_has_the_same_words_after(words, before, after):
    text = f"{before}({words}){after}"
    place = len(before) + 1

    made = joined([Piece(text=text, kind=PARAGRAPH, links=(Link(place, place + len(words), TARGET),))])

    assert [made.canonical.text[link.start : link.end] for link in made.links] == [words]
