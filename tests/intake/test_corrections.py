"""Blocks are split, merged and called by another kind; text, links and pages stay what they were."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from articles.intake.corrections import (
    Corrected,
    Correction,
    CorrectionError,
    What,
    corrected,
    guessed_again,
    merge,
    refuse_unfit,
    retype,
    split_at,
)
from articles.intake.draft import Draft, IntakeError, Link, Page
from articles.intake.plain import read_plain
from articles.text.blocks import BlockKind, split
from articles.text.canonical import SPACE, canonicalise
from articles.text.guess import Guess
from articles.text.notes import sentence
from tests.text.strategies import texts

STORM = "Storm closes harbour\n\nThe mayor said so. Three boats were lost.\n\nNobody was hurt."
DRAFT = read_plain(STORM)
PARAGRAPH, QUOTATION = BlockKind.PARAGRAPH, BlockKind.QUOTATION
WHITE = set(SPACE + "\n")


def draft_of(text: str, **told: Any) -> Draft:
    return replace(DRAFT if text == STORM else read_plain(text), **told)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Any text with links over some of its words and pages that begin at some of its blocks."""
    try:
        draft = read_plain("\n\n".join([draw(texts), "The town fell on Wednesday.", draw(texts)]))
    except IntakeError:
        assume(False)
    starts = [start for start, _ in split(draft.text)]
    places = st.integers(0, len(draft.text))
    spans = draw(st.lists(st.tuples(places, places).map(sorted), max_size=4))
    links = tuple(
        Link(start, end, f"https://orm.example/{n}") for n, (start, end) in enumerate(sorted(spans)) if start < end
    )
    pages = tuple(Page(start, str(n)) for n, start in enumerate(sorted(draw(st.sets(st.sampled_from(starts))))))
    return replace(draft, links=links, pages=pages)


@st.composite
def corrected_drafts(draw: st.DrawFn) -> tuple[Draft, list[Correction]]:
    """A draft with corrections that were accepted, one after the other."""
    draft, made = draw(drafts()), list[Correction]()
    for _ in range(draw(st.integers(0, 6))):
        now = Corrected(draft, made)
        block = now.block(draw(st.integers(0, len(now) - 1)))
        try:
            match draw(st.sampled_from(What)):
                case What.RETYPE:
                    made.append(retype(draft, made, block.at, draw(st.sampled_from(BlockKind))))
                case What.SPLIT:
                    made.append(split_at(draft, made, block.at, draw(st.integers(0, len(block.text)))))
                case What.MERGE:
                    made.append(merge(draft, made, block.at))
        except CorrectionError:
            continue
    return draft, made


def words(text: str) -> str:
    """The text without its white space."""
    return "".join(character for character in text if character not in WHITE)


@given(corrected_drafts())
def test_no_character_is_lost_or_made_but_white_space(given: tuple[Draft, list[Correction]]) -> None:
    draft, made = given

    now = corrected(draft, made)

    assert words(now.text) == words(draft.text)


@given(corrected_drafts())
def test_a_corrected_text_obeys_the_text_policy(given: tuple[Draft, list[Correction]]) -> None:
    draft, made = given

    now = corrected(draft, made)

    assert canonicalise(now.text).text == now.text
    assert now.text == "\n\n".join(block.text for block in Corrected(draft, made).blocks())
    assert now.kinds == tuple(block.kind for block in Corrected(draft, made).blocks())
    assert len(now.kinds) == len(split(now.text))


@given(corrected_drafts())
def test_links_keep_their_words_and_stay_within_a_block(given: tuple[Draft, list[Correction]]) -> None:
    draft, made = given

    now = corrected(draft, made)

    for target in {link.target for link in draft.links}:
        before, after = (
            "".join(words(each.text[link.start : link.end]) for link in each.links if link.target == target)
            for each in (draft, now)
        )
        assert after == before
    if not any("\n\n" in draft.text[link.start : link.end] for link in draft.links):
        assert not any("\n\n" in now.text[link.start : link.end] for link in now.links)


@given(corrected_drafts())
def test_a_page_begins_with_the_same_word(given: tuple[Draft, list[Correction]]) -> None:
    draft, made = given

    now = corrected(draft, made)

    assert [page.name for page in now.pages] == [page.name for page in draft.pages]
    for before, after in zip(draft.pages, now.pages, strict=True):
        assert words(now.text[after.start :]) == words(draft.text[before.start :])


@given(corrected_drafts(), st.data())
def test_a_split_that_is_merged_is_as_if_nothing_had_been(
    given: tuple[Draft, list[Correction]], data: st.DataObject
) -> None:
    draft, made = given
    now = Corrected(draft, made)
    block = now.block(data.draw(st.integers(0, len(now) - 1)))
    try:
        parted = split_at(draft, made, block.at, data.draw(st.integers(0, len(block.text))))
    except CorrectionError:
        assume(False)

    back = merge(draft, [*made, parted], parted.at)

    before, after = corrected(draft, made), corrected(draft, [*made, parted, back])
    assert (after.text, after.kinds, after.links, after.pages) == (
        before.text,
        before.kinds,
        before.links,
        before.pages,
    )


@given(drafts(), st.data())
def test_blocks_that_are_merged_and_split_are_as_they_were(draft: Draft, data: st.DataObject) -> None:
    starts = [start for start, _ in split(draft.text)]
    at = data.draw(st.sampled_from(starts))
    try:
        joined = merge(draft, [], at)
    except CorrectionError:
        assume(False)

    parted = Correction(What.SPLIT, at)

    after = corrected(draft, [joined, parted])
    assert (after.text, after.kinds, after.links, after.pages) == (
        draft.text,
        draft.kinds,
        draft.links,
        draft.pages,
    )


@given(corrected_drafts(), st.data())
def test_any_correction_can_be_taken_back(given: tuple[Draft, list[Correction]], data: st.DataObject) -> None:
    draft, made = given
    assume(made)
    kept = list(made)
    kept.pop(data.draw(st.integers(0, len(made) - 1)))
    try:
        refuse_unfit(draft, made, kept)
    except CorrectionError:
        assume(False)

    now = corrected(draft, kept)

    assert canonicalise(now.text).text == now.text
    assert words(now.text) == words(draft.text)


def test_a_block_is_split_where_the_next_word_begins() -> None:
    draft = draft_of(STORM)

    made = split_at(draft, [], 22, STORM.index(" Three") - 22)

    now = corrected(draft, [made])
    assert now.text == STORM.replace(" Three", "\n\nThree")
    assert now.kinds == (draft.kinds[0], PARAGRAPH, PARAGRAPH, PARAGRAPH)
    assert sentence(now.report[-1]) == "1 block was split by hand; the white space there became a blank line."


def test_the_second_half_of_a_headline_is_no_headline() -> None:
    draft = draft_of(STORM)

    now = corrected(draft, [split_at(draft, [], 0, 6)])

    assert now.kinds[:2] == (BlockKind.HEADLINE, PARAGRAPH)


def test_the_second_half_is_of_the_kind_that_the_whole_has_by_then() -> None:
    draft = draft_of(STORM)
    called = retype(draft, [], 22, QUOTATION)

    now = corrected(draft, [called, split_at(draft, [called], 22, 10)])

    assert now.kinds[1:3] == (QUOTATION, QUOTATION)


def test_a_block_is_merged_with_a_space() -> None:
    draft = draft_of(STORM)

    now = corrected(draft, [merge(draft, [], STORM.index("Nobody"))])

    assert now.text == STORM.replace("lost.\n\nNobody", "lost. Nobody")
    assert "1 block was merged by hand" in sentence(now.report[-1])


def test_scripts_without_spaces_are_merged_without_one() -> None:
    draft = draft_of("第一段的文字。\n\n第二段的文字。")

    assert corrected(draft, [merge(draft, [], 9)]).text == "第一段的文字。第二段的文字。"


def test_a_link_over_the_place_of_a_split_becomes_two() -> None:
    start, end = STORM.index("so. Three"), STORM.index("so. Three") + 9
    draft = draft_of(STORM, links=(Link(start, end, "https://orm.example/"),))

    now = corrected(draft, [split_at(draft, [], 22, STORM.index("Three") - 22)])

    assert [now.text[link.start : link.end] for link in now.links] == ["so.", "Three"]


def test_a_page_that_begins_within_a_merged_block_is_found_there() -> None:
    at = STORM.index("Nobody")
    draft = draft_of(STORM, pages=(Page(0, "1"), Page(at, "2")))

    now = corrected(draft, [merge(draft, [], at)])

    assert [now.text[page.start :][:6] for page in now.pages] == ["Storm ", "Nobody"]


@pytest.mark.parametrize("offset", [0, -5, 10_000])
def test_nothing_is_split_off_at_the_edges(offset: int) -> None:
    with pytest.raises(CorrectionError, match="between two of its words"):
        split_at(draft_of(STORM), [], 22, offset)


def test_no_character_is_split() -> None:
    draft = draft_of("A family 👨\u200d👩\u200d👧 and more words to read here.")

    made = split_at(draft, [], 0, 11)

    assert corrected(draft, [made]).text == "A family\n\n👨\u200d👩\u200d👧 and more words to read here."


def test_the_first_block_has_none_before_it() -> None:
    with pytest.raises(CorrectionError, match="first block"):
        merge(draft_of(STORM), [], 0)


def test_a_block_that_is_not_there_is_not_corrected() -> None:
    draft = draft_of(STORM)
    for make in (
        lambda: retype(draft, [], 5, QUOTATION),
        lambda: merge(draft, [], 5),
        lambda: split_at(draft, [], 5, 9),
    ):
        with pytest.raises(CorrectionError, match="no such block"):
            make()


def test_lines_that_would_be_blocks_of_their_own_are_not_merged_into_one() -> None:
    draft = draft_of("A short line\nand another\n\n" + "word " * 60)

    with pytest.raises(CorrectionError, match="text policy"):
        merge(draft, [], draft.text.index("word"))


def test_guesses_follow_the_corrected_blocks() -> None:
    draft = draft_of(STORM)

    now = corrected(
        draft, [Correction(What.RETYPE, 0, BlockKind.FURNITURE), Correction(What.RETYPE, 22, BlockKind.HEADLINE)]
    )

    assert guessed_again(draft, now).headline.value == "The mayor said so. Three boats were lost."


def test_what_the_page_said_of_itself_stays() -> None:
    draft = draft_of(STORM)
    draft = replace(draft, metadata=replace(draft.metadata, headline=Guess("Harbour closed", "page's metadata")))

    now = corrected(draft, [Correction(What.RETYPE, 22, BlockKind.HEADLINE)])

    assert guessed_again(draft, now).headline.value == "Harbour closed"
