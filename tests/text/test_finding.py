import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.finding import find

CASES = json.loads((Path(__file__).parents[1] / "cases/finding.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_words_are_found_as_they_are_typed(case):
    assert [case["text"][start:end] for start, end in find(case["text"], case["words"])] == case["found"]


@given(st.text(), st.text(min_size=1, max_size=3))
def test_what_is_found_follows_one_another(text, words):
    found = find(text, words)

    assert all(start < end for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
