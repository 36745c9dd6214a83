import pytest
from hypothesis import assume, given

from articles.text.blocks import Block, BlockKind, blocks, classify, split
from articles.text.canonical import EmptyText, canonicalise
from tests.text.strategies import texts

STORY = """
headline: Ferry service to the islands resumes
byline: By Ada Marlowe
dateline: Published 5 June 2024, 18:42 / Updated 3 hours ago
caption: Photo: A ferry leaves the harbour on Tuesday.
paragraph: The ferry left at dawn on Tuesday with forty passengers.
quotation: “We waited for nine days and nobody told us why the boats had stopped.”
paragraph: “We waited,” said one of them. “Nobody told us why.”
heading: 'A long wait'
paragraph: The company expects normal service by Friday.
caption: The harbour master, who has served the islands for thirty years, watches the first boat leave
heading: What we know
list_item: • Nine boats were damaged
list_item: 2. Three of them cannot be repaired.
caption: A ferry at sea, June 4, 2024. (AP Photo/Jonas Weber)
heading: 5 June 2024
paragraph: On that day the sea was calm.
byline: am/jw (AP, Reuters)
furniture: © 2024 The Harbour Gazette
"""


def kinds_of(*texts: str) -> list[str]:
    return [str(kind) for kind in classify("\n\n".join(texts))]


def test_split():
    assert split("One.\n\nTwo\nlines.") == ((0, 4), (6, 16))


def test_blocks_with_known_kinds():
    assert blocks("A\n\nB", ["headline", "paragraph"]) == (
        Block(0, 1, BlockKind.HEADLINE),
        Block(3, 4, BlockKind.PARAGRAPH),
    )


@pytest.mark.parametrize("kinds", [[], ["headline"], ["headline"] * 3, ["headline", "title"]])
def test_kinds_that_do_not_fit_are_refused(kinds):
    with pytest.raises(ValueError):
        blocks("A\n\nB", kinds)


def test_every_kind():
    lines = [line.partition(": ") for line in STORY.strip().split("\n")]

    assert kinds_of(*(text for _, _, text in lines)) == [kind for kind, _, _ in lines]


def test_one_paragraph_has_no_headline():
    assert kinds_of("The town fell on Wednesday") == ["paragraph"]


def test_a_sentence_is_no_headline():
    assert kinds_of("The town fell.", "The rebels left.") == ["paragraph", "paragraph"]


def test_a_question_can_be_a_headline():
    assert kinds_of("Who will pay?", "Nobody knows.") == ["headline", "paragraph"]


def test_the_headline_may_stand_below_the_date():
    assert kinds_of("5 June 2013", "The town falls", "It fell on Wednesday.") == ["dateline", "headline", "paragraph"]


def test_direct_speech_with_its_speaker_is_a_paragraph():
    kinds = kinds_of("Title", '"We lost," she said. "It is over."', '"We lost."', "'We lost.'")

    assert kinds[1:] == ["paragraph", "quotation", "quotation"]


@given(texts)
def test_every_block_has_a_kind_and_equals_its_part_of_the_text(raw):
    try:
        text = canonicalise(raw).text
    except EmptyText:
        assume(False)
        raise

    found = blocks(text, classify(text))

    assert [text[block.start : block.end] for block in found] == text.split("\n\n")
