import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.intake.draft import IntakeError
from articles.intake.markdown import read_markdown
from articles.text.blocks import BlockKind
from articles.text.canonical import canonicalise
from articles.text.notes import NoteKind
from tests.text.strategies import PIECES

SOURCE = """---
title: "The town falls"
authors: [Jane Doe, 'John Roe']
date: 2013-06-05T10:00:00Z
updated: 2013-06
lang: en-GB
canonical_url: https://example.org/town
---
# The town falls

By Jane Doe

It *fell* on [Wednesday](https://example.org/x "title"),
the **army** said.

## What next

1. Bread
2. Water

> Nobody came.

| Town | Dead |
|------|------|
| Qus  | 12   |

![A picture](a.png)

    code  kept
"""


def by_kind(draft, kind):
    return [text for text, own in zip(draft.text.split("\n\n"), draft.kinds, strict=True) if own is kind]


def notes(draft):
    return {note.kind: note for note in draft.report}


def read(text):
    return read_markdown(text.encode())


def test_marks_become_kinds_and_are_not_in_the_text():
    draft = read_markdown(SOURCE.encode(), filename="town.md")

    assert by_kind(draft, BlockKind.HEADLINE) == ["The town falls"]
    assert by_kind(draft, BlockKind.BYLINE) == ["By Jane Doe"]
    assert by_kind(draft, BlockKind.PARAGRAPH) == ["It fell on Wednesday, the army said.", "code  kept"]
    assert by_kind(draft, BlockKind.HEADING) == ["What next"]
    assert by_kind(draft, BlockKind.LIST_ITEM) == ["Bread", "Water"]
    assert by_kind(draft, BlockKind.QUOTATION) == ["Nobody came."]
    assert by_kind(draft, BlockKind.TABLE_ROW) == ["Town | Dead", "Qus | 12"]
    assert (draft.media_type, draft.filename, draft.raw) == ("text/markdown", "town.md", SOURCE.encode())


def test_front_matter_says_what_the_article_is_and_stays_within_reach():
    draft = read(SOURCE)
    metadata = draft.metadata

    assert (metadata.headline.value, metadata.headline.origin) == ("The town falls", "front matter")
    assert metadata.byline.value == "Jane Doe, John Roe"
    assert (metadata.published.value, metadata.updated.value) == ("2013-06-05", "2013-06")
    assert (metadata.language.value, metadata.url.value) == ("en", "https://example.org/town")
    assert by_kind(draft, BlockKind.FURNITURE)[0].startswith('title: "The town falls"')


@pytest.mark.parametrize(
    ("matter", "byline"),
    [
        ("---\nauthor:\n  - Jane Doe\n  - name: John Roe\n---\n", "Jane Doe, John Roe"),
        ('+++\nauthor = "Jane Doe"\n+++\n', "Jane Doe"),
        ("---\nauthor: Jane Doe\n...\n", "Jane Doe"),
    ],
)
def test_front_matter_is_written_in_several_ways(matter, byline):
    assert read(matter + "Words.").metadata.byline.value == byline


def test_lines_between_rules_are_no_front_matter():
    assert read("---\nWords.\n\n---\nMore.").text.startswith("Words.")


def test_links_are_spans_of_their_words():
    draft = read("See [the *report*](https://example.org/a) and <https://example.org/b>, not [x](c/d).")

    assert [(draft.text[link.start : link.end], link.target) for link in draft.links] == [
        ("the report", "https://example.org/a"),
        ("https://example.org/b", "https://example.org/b"),
    ]
    assert notes(draft)[NoteKind.LINK_DROPPED].count == 1


def test_a_link_in_a_table_keeps_its_place():
    draft = read("| a | b |\n|---|---|\n| one | [two](https://example.org/) |")

    (link,) = draft.links
    assert draft.text[link.start : link.end] == "two"


def test_html_is_read_as_text_and_reported():
    draft = read(
        "A <b>bold</b> word.\n\n<div><p>Inside <a href='https://example.org/'>it</a>.</p><script>evil()</script></div>\n"
    )

    assert draft.text == "A bold word.\n\nInside it."
    assert notes(draft)[NoteKind.MARKUP].count == 10
    assert draft.links[0].target == "https://example.org/"


def test_pictures_are_left_out_and_counted():
    assert notes(read(SOURCE))[NoteKind.PICTURE].count == 1


@pytest.mark.parametrize(
    "source", ["[x](javascript:alert(1))", "<javascript:alert(1)>", "[x](data:text/html,x)", "[x](#top)"]
)
def test_links_that_lead_nowhere_are_none(source):
    assert read(source).links == ()


def test_a_hard_break_is_a_line_and_a_soft_one_a_space():
    assert read("one  \ntwo\nthree").text == "one\ntwo three"


def test_an_entity_is_its_character():
    assert read("caf&eacute; \\* &lt;b&gt;").text == "café * <b>"


def test_characters_that_cannot_be_kept_are_reported():
    draft = read_markdown(b"\xef\xbb\xbfa\0b")

    assert draft.text == "ab"
    assert notes(draft)[NoteKind.NUL].count == 1


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "There is no text"),
        (b"![a](b)", "There is no text"),
        (b">" * 5_000 + b"x", "nested more than 100 deep"),
        (b"".join(b"  " * i + b"- a\n" for i in range(300)), "nested more than 100 deep"),
        (b"a" * 2_000_001, "at most 2 MB are read"),
    ],
)
def test_what_cannot_be_read_is_refused(raw, sentence):
    with pytest.raises(IntakeError, match=sentence):
        read_markdown(raw)


_MARKS = [
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "*",
    "**",
    "`",
    "```\n",
    "[a](b)",
    "![a](b)",
    "|a|b|\n|-|-|\n",
    "<b>",
    "</b>",
    "---\n",
    "    ",
]


@given(st.lists(st.sampled_from([*_MARKS, "\n", "\n\n", *PIECES]), max_size=30).map("".join))
def test_whatever_the_source_its_text_is_canonical(source):
    raw = source.encode("utf-8", "surrogatepass")
    try:
        draft = read_markdown(raw)
    except IntakeError:
        return

    assert canonicalise(draft.text).text == draft.text
    assert len(draft.kinds) == draft.text.count("\n\n") + 1
    assert all(draft.text[link.start : link.end].strip() for link in draft.links)
    assert read_markdown(raw) == draft
