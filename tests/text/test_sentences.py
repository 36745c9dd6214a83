import time
from itertools import pairwise

import pytest
from hypothesis import given

from articles.text.sentences import sentences
from tests.text.strategies import texts
from tests.text.tables import table


@pytest.mark.parametrize("case", table("sentences"), ids=lambda case: case["name"])
def test_sentences(case):
    text = case.get("glue", " ").join(case["sentences"])

    assert [text[start:end] for start, end in sentences(text)] == case["sentences"]


@given(texts)
def test_sentences_hold_everything_but_white_space_between_them(text):
    spans = sentences(text)

    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip(" \n\t") for start, end in spans)


def test_white_space_alone_is_no_sentence():
    assert sentences(" \n ") == []


@pytest.mark.parametrize("piece", [".", ". ", '."', ". . . ", "Mr. ", "。", "a", "? ", "... A "])
def test_hostile_text_takes_linear_time(piece):
    started = time.process_time()

    sentences(piece * 50_000)

    assert time.process_time() - started < 3
