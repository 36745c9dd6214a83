import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from articles.text.canonical import POLICY_VERSION, Canonical, EmptyText, canonicalise, cleaned, places
from articles.text.notes import NoteKind
from tests.text.strategies import texts
from tests.text.tables import table


def counts(canonical: Canonical) -> dict[str, int]:
    return {str(note.kind): note.count for note in canonical.report}


def canonical_of(raw: str | bytes) -> Canonical:
    try:
        return canonicalise(raw)
    except EmptyText:
        assume(False)
        raise


@pytest.mark.parametrize("case", table("canonical"), ids=lambda case: case["name"])
def test_canonical_text_and_report(case):
    canonical = canonicalise(case["raw"])

    assert canonical.text == case["text"]
    assert counts(canonical) == case["report"]
    assert canonical.policy == POLICY_VERSION


@pytest.mark.parametrize("case", table("offsets"), ids=lambda case: case["name"])
def test_what_stands_inside_a_block_is_kept(case):
    assert canonicalise(f"({case['text']})").text == f"({case['text']})"


def test_a_line_too_long_to_be_wrapped_is_a_paragraph():
    long = "word " * 40 + "end."

    canonical = canonicalise(f"Title\n{long}\nLast line.")

    assert canonical.text == f"Title\n\n{long}\n\nLast line."
    assert counts(canonical) == {"block_break": 2}


def test_a_long_address_does_not_end_a_paragraph():
    text = f"wrapped by hand:\nhttps://example.com/{'a' * 200}\nand so on"

    assert canonicalise(text).text == text


def test_the_report_says_where_the_first_one_was():
    (note,) = canonicalise("one\x07two\x08").report

    assert note.detail == "the first, U+0007, was character 4"


@pytest.mark.parametrize("raw", ["", b"", " \n\u00a0\n", "\0\x07", "\ufeff", "\u200b"])
def test_nothing_to_read_is_refused_with_a_sentence(raw):
    with pytest.raises(EmptyText, match=r"^There is no text: .*\.$"):
        canonicalise(raw)


@given(texts)
def test_canonical_text_is_its_own_canonical_text(raw):
    canonical = canonical_of(raw)

    assert canonicalise(canonical.text) == Canonical(canonical.text, (), len(canonical.text))


@given(texts)
def test_canonical_text_survives_bytes(raw):
    text = canonical_of(raw).text

    assert canonicalise(text.encode()).text == text


@given(texts)
def test_no_control_character_and_no_surrogate_is_left(raw):
    text = canonical_of(raw).text

    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", text)


@given(texts)
def test_blocks_are_trimmed_and_hold_no_blank_line(raw):
    canonical = canonical_of(raw)

    blocks = [canonical.text[start:end] for start, end in canonical.blocks]

    assert "\n\n".join(blocks) == canonical.text
    assert all(block and block == block.strip(" \t\n\u00a0\u3000") for block in blocks)
    assert all(line.strip() for block in blocks for line in block.split("\n"))


@given(texts)
def test_nothing_visible_is_lost_or_moved(raw):
    text = canonical_of(raw).text

    def visible(characters: str) -> str:
        return re.sub(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]", "", characters)

    kept = re.sub("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0010fffe\U0010ffff]", "", visible(raw))
    assert re.sub("[\ufdd0-\ufdef]", "", visible(text)) == kept


@given(texts)
def test_every_change_is_reported(raw):
    canonical = canonical_of(raw)

    changed = canonical.text != raw.removesuffix("\n")
    assert bool(canonical.report) == changed


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw):
    canonical = canonical_of(raw)

    assert canonicalise(canonical.text).text == canonical.text


@pytest.mark.parametrize(
    "raw",
    [
        "a" * 300_000,
        '"' * 300_000,
        "\n" * 500_000,
        " \n" * 300_000,
        "- a\n" * 100_000,
        "\0" * 500_000,
        "\ufeff " * 300_000,
    ],
)
def test_hostile_text_takes_linear_time(raw):
    started = time.process_time()

    canonicalise(raw + "end")

    assert time.process_time() - started < 3


def test_notes_are_ordered_as_the_changes_were_made():
    kinds = [note.kind for note in canonicalise("\ufeffa\0\r\n\n\n b").report]

    assert kinds == [
        NoteKind.NUL,
        NoteKind.LINE_ENDING,
        NoteKind.EDGE_SPACE,
        NoteKind.BYTE_ORDER_MARK,
        NoteKind.BLANK_LINE,
    ]


@given(st.lists(texts, max_size=5))
def test_blocks_that_were_placed_one_by_one_are_canonical_together(pieces):
    blocks = [piece[start:end] for piece in map(cleaned, pieces) for start, end in places(piece)]

    assert not blocks or canonicalise("\n\n".join(blocks)).text == "\n\n".join(blocks)


@given(texts)
def test_a_text_is_placed_as_it_is_made_canonical(text):
    canonical = canonical_of(text)
    lined = cleaned(text)

    assert [lined[start:end] for start, end in places(lined)] == canonical.text.split("\n\n")
