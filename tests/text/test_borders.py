import pytest

from articles.text.borders import clauses, ends, is_joined, starts, steps, word_ends
from tests.text.tables import table

TEXT = "Bridge closed\n\n“We had warned, twice,” she said. Nobody came.\n\nIt opens on Friday"


@pytest.mark.parametrize("case", table("borders"), ids=lambda case: case["name"])
def test_borders_stand_at_words_and_at_spaces(case):
    assert starts(case["text"]) == case["starts"]
    assert ends(case["text"]) == case["ends"]


def words(span):
    return TEXT[slice(*span)] if span else None


def test_a_step_is_a_word():
    start = TEXT.index("had")
    around = steps(TEXT, start, start + len("had warned"))

    assert [words(span) for span in around] == ["We had warned", "warned", "had", "had warned,"]


def test_one_word_is_the_least():
    start = TEXT.index("came")

    assert steps(TEXT, start, start + 4)[1:3] == (None, None)


def test_steps_cross_blocks_and_end_with_the_text():
    closed = TEXT.index("closed")
    assert words(steps(TEXT, closed, closed + 6).end_later) == "closed\n\n“We"
    assert words(steps(TEXT, TEXT.index("It opens"), len(TEXT)).start_earlier) == "came.\n\nIt opens on Friday"
    assert steps(TEXT, TEXT.index("It opens"), len(TEXT)).end_later is None
    assert steps(TEXT, 0, 6).start_earlier is None


def test_a_span_is_cut_after_clauses_and_words():
    start, end = TEXT.index("“We"), TEXT.index("\n\nIt")

    assert [TEXT[start:at][-8:] for at in clauses(TEXT, start, end)] == [" warned,", " twice,”", "he said."]
    assert len(word_ends(TEXT, start, start + len("“We had"))) == 1
    assert word_ends("so " * 80, 0, 239) == []


def test_joined():
    assert is_joined("one, two", (0, 3), (5, 8))
    assert is_joined("one\n\ntwo", (5, 8), (0, 3))
    assert is_joined("one two", (0, 5), (3, 7))
    assert not is_joined("one or two", (0, 3), (7, 10))
