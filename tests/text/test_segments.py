import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.segments import Run, Span, segment, segment_blocks

LENGTH = 30


@st.composite
def some_spans(draw: st.DrawFn) -> list[Span[int]]:
    place = st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).filter(lambda pair: pair[0] != pair[1])
    return [Span(min(pair), max(pair), number) for number, pair in enumerate(draw(st.lists(place, max_size=12)))]


def test_a_span_between_plain_text():
    assert segment([Span(2, 4, "a")], 0, 6) == [Run(0, 2, ()), Run(2, 4, ("a",)), Run(4, 6, ())]


def test_overlapping_spans():
    assert segment([Span(2, 6, "b"), Span(0, 4, "a")], 0, 6) == [
        Run(0, 2, ("a",)),
        Run(2, 4, ("a", "b")),
        Run(4, 6, ("b",)),
    ]


def test_the_longer_of_two_spans_that_start_together_is_named_first():
    assert segment([Span(0, 2, "short"), Span(0, 4, "long")], 0, 4)[0].spans == ("long", "short")


def test_spans_that_touch_share_no_run():
    assert segment([Span(0, 2, "a"), Span(2, 4, "b")], 0, 4) == [Run(0, 2, ("a",)), Run(2, 4, ("b",))]


def test_one_place_twice():
    again = Span(1, 2, "a")

    assert segment([again, again], 0, 2) == [Run(0, 1, ()), Run(1, 2, ("a", "a"))]


def test_plain_text_is_one_run():
    assert segment([], 3, 9) == [Run(3, 9, ())]


def test_spans_are_cut_at_blocks_and_nothing_stands_between_blocks():
    assert segment_blocks([Span(2, 9, "a")], [(0, 4), (6, 8), (10, 12)]) == [
        [Run(0, 2, ()), Run(2, 4, ("a",))],
        [Run(6, 8, ("a",))],
        [Run(10, 12, ())],
    ]


def test_an_empty_span_is_refused():
    with pytest.raises(ValueError, match="empty"):
        Span(3, 3, "a")


@given(some_spans(), st.integers(0, LENGTH), st.integers(0, LENGTH))
def test_runs_cover_the_text_and_name_the_spans_that_cover_them(spans, one, other):
    start, end = min(one, other), max(one, other) + 1

    runs = segment(spans, start, end)

    assert [i for run in runs for i in range(run.start, run.end)] == list(range(start, end))
    for run in runs:
        for i in range(run.start, run.end):
            assert set(run.spans) == {span.id for span in spans if span.start <= i < span.end}


@given(some_spans())
def test_neighbouring_runs_differ_unless_a_span_ends_between_them(spans):
    boundaries = {edge for span in spans for edge in (span.start, span.end)}

    assert {run.start for run in segment(spans, 0, LENGTH + 1)} == boundaries | {0}


@given(some_spans(), st.lists(st.integers(1, LENGTH - 1), unique=True, max_size=4).map(sorted))
def test_blocks_are_segmented_as_if_alone(spans, cuts):
    bounds = [(start, end) for start, end in zip([0, *cuts], [*cuts, LENGTH], strict=True)]

    assert segment_blocks(spans, bounds) == [segment(spans, start, end) for start, end in bounds]
