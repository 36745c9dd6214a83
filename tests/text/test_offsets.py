import time
from itertools import pairwise

import pytest
import regex
from hypothesis import example, given

from articles.text.canonical import SPACE
from articles.text.offsets import is_grapheme_edge, snap_to_graphemes, snap_to_words, trim, words
from tests.text.strategies import ranges, texts
from tests.text.tables import table


@pytest.mark.parametrize("case", table("offsets"), ids=lambda case: case["name"])
def test_places_in_code_points(case):
    text, place = case["text"], (case["start"], case["end"])

    assert text[slice(*place)] == case["quote"]
    assert trim(text, *place) == tuple(case["trimmed"])
    assert snap_to_graphemes(text, *place) == tuple(case["graphemes"])
    assert snap_to_words(text, *place) == tuple(case["words"])


@pytest.mark.parametrize("case", table("offsets"), ids=lambda case: case["name"])
def test_the_same_places_in_utf16(case):
    def utf16(offset: int) -> int:
        return len(case["text"][:offset].encode("utf-16-le")) // 2

    assert [utf16(case["start"]), utf16(case["end"])] == case["utf16"]


def edges(text: str) -> set[int]:
    """Every edge, found by reading the whole text."""
    return {0, *(cluster.end() for cluster in regex.finditer(r"\X", text))}


@given(texts)
@example("🇱🇧🇸🇾\u0301🇱🇧🇸")
@example("\u0600🇱🇧🇸🇾")
def test_an_edge_is_found_without_reading_the_whole_text(text):
    assert {i for i in range(len(text) + 1) if is_grapheme_edge(text, i)} == edges(text)


@given(ranges())
def test_snapping_to_graphemes_grows_to_the_nearest_edges(place):
    text, start, end = place
    all_edges = edges(text)

    snapped = snap_to_graphemes(text, start, end)

    assert snapped == (max(e for e in all_edges if e <= start), min(e for e in all_edges if e >= end))
    assert snap_to_graphemes(text, *snapped) == snapped


@given(ranges())
def test_snapping_to_words_divides_neither_words_nor_clusters(place):
    text, start, end = place

    first, last = snap_to_words(text, start, end)

    assert first <= start <= end <= last
    assert {first, last} <= edges(text)


@given(ranges())
def test_trimming_takes_white_space_only(place):
    text, start, end = place

    first, last = trim(text, start, end)

    assert text[start:end].strip(SPACE + "\n") == text[first:last]
    assert start <= first <= last <= end


@given(texts)
def test_words_are_in_order_and_apart(text):
    spans = words(text)

    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_words():
    text = "Don't say 80,000: it's 军队 in the U.N. – Hezbollah-backed."

    found = [text[start:end] for start, end in words(text)]

    assert found == ["Don't", "say", "80,000", "it's", "军", "队", "in", "the", "U.N", "Hezbollah", "backed"]


@pytest.mark.parametrize("place", [(-1, 2), (2, 1), (0, 4)])
@pytest.mark.parametrize("function", [snap_to_graphemes, snap_to_words, trim])
def test_a_range_outside_the_text_is_refused(function, place):
    with pytest.raises(ValueError, match="does not lie in a text of 3 characters"):
        function("abc", *place)


@pytest.mark.parametrize("piece", ["word ", "a", "军", "e\u0301", "👨\u200d", "🇱🇧", " "])
def test_snapping_in_a_long_text_takes_linear_time(piece):
    text = piece * 100_000
    started = time.process_time()

    snap_to_words(text, len(text) // 2, len(text) // 2 + 1)

    assert time.process_time() - started < 3
