import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.anchoring import Method, Outcome, carry
from tests.text.strategies import texts
from tests.text.tables import table

SENTENCES = [
    *("He agreed.", "The bridge is closed.", "The bridge is not closed.", "About 1,200 people left.", "Yes."),
    *("Engineers had found cracks in two of its piers a week before.", "“It will open in May,” the mayor said."),
    "About 25,000 to 35,000 people will have to travel by ferry until the repairs are done in the spring.",
]

articles = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=8)
"""The blocks of an article in which much is said twice."""


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str, list[tuple[int, int]]]:
    """Two versions of a text and some spans of the first."""
    blocks = draw(articles)
    after = [draw(st.sampled_from([block, block, block, *SENTENCES, ""])) for block in blocks]
    after = draw(st.permutations(after)) if draw(st.booleans()) else after
    old, new = draw(
        st.sampled_from([("\n\n".join(blocks), "\n\n".join(filter(None, after)))]) | st.tuples(texts, texts)
    )
    places = st.tuples(st.integers(0, len(old)), st.integers(0, len(old))).map(sorted).filter(lambda p: p[0] < p[1])
    spans = draw(st.lists(places, max_size=6)) if old else []
    return old, new, [(start, end) for start, end in spans]


def _marked(text: str) -> tuple[str, int, int]:
    start, end = text.find("⟦"), text.find("⟧") - 1
    return re.sub("[⟦⟧]", "", text), start, end


@pytest.mark.parametrize("case", table("anchoring"), ids=lambda case: case["name"])
def test_carry(case):
    old, start, end = _marked(case["old"])
    new, new_start, new_end = _marked(case["new"])

    (carried,) = carry(old, new, [(start, end)])

    found = new[carried.start : carried.end] if carried.start is not None else None
    assert (carried.outcome, carried.method) == (case["outcome"], case["method"])
    assert found == (new[new_start:new_end] if new_start >= 0 else None)
    assert carried.start == (new_start if new_start >= 0 else None)
    assert [[change.kind, change.old, change.new] for change in carried.changes] == case["changes"]
    assert all(change.around is case.get("around", False) for change in carried.changes)
    assert len(carried.candidates) == case.get("candidates", 1 if case["outcome"] == "ambiguous" else 0)


@given(versions())
def test_what_is_anchored_has_the_very_words(version):
    old, new, spans = version

    for (start, end), carried in zip(spans, carry(old, new, spans), strict=True):
        if carried.outcome is Outcome.ANCHORED:
            assert new[carried.start : carried.end] == old[start:end]
            assert carried.score == 1


@given(versions())
def test_an_answer_says_all_of_what_it_found(version):
    old, new, spans = version

    for carried in carry(old, new, spans):
        place = (carried.start, carried.end)
        assert 0 <= carried.score <= 1
        assert (carried.outcome is Outcome.ORPHANED) == (place == (None, None)) == (carried.method is Method.NONE)
        assert (carried.outcome is Outcome.AMBIGUOUS) == (place in carried.candidates)
        assert list(carried.candidates) == sorted(set(carried.candidates))
        assert carried.start is None or carried.end is None or 0 <= carried.start < carried.end <= len(new)


@given(versions())
def test_an_identical_version_moves_nothing(version):
    old, _, spans = version

    assert [(one.outcome, one.start, one.end) for one in carry(old, old, spans)] == [
        (Outcome.ANCHORED, start, end) for start, end in spans
    ]


@given(versions())
def test_there_and_back_never_changes_a_quote(version):
    old, new, spans = version

    for (start, end), there in zip(spans, carry(old, new, spans), strict=True):
        if there.outcome is not Outcome.ANCHORED or there.start is None:
            continue
        quote = old[start:end]
        (back,) = carry(new, old, [(there.start, there.start + len(quote))])
        assert back.outcome is not Outcome.ANCHORED or old[back.start : back.end] == quote
        assert old.count(quote) > 1 or back.start in (None, start)


@given(versions(), st.randoms(use_true_random=False))
def test_spans_do_not_depend_on_each_other(version, chance):
    old, new, spans = version
    order = list(range(len(spans)))
    chance.shuffle(order)

    shuffled = carry(old, new, [spans[i] for i in order])

    assert shuffled == [carry(old, new, [spans[i]])[0] for i in order]


@given(articles, st.sampled_from(SENTENCES), st.sampled_from(SENTENCES))
def test_changes_far_away_move_nothing(blocks, before, after):
    quote = "a hundred boats of the fishing fleet"
    paragraph = (
        f"In the old harbour on the northern bank lay {quote}, most of them built before the great war of the dukes."
    )
    old = "\n\n".join([*blocks, paragraph, *blocks])
    new = "\n\n".join([before, *blocks, paragraph, after, *blocks[:-1]])
    start = old.index(quote)

    (carried,) = carry(old, new, [(start, start + len(quote))])

    assert (carried.outcome, carried.start) == (Outcome.ANCHORED, new.index(quote))


@pytest.mark.parametrize("span", [(0, 0), (3, 2), (-1, 2), (0, 99)])
def test_a_span_outside_the_text_is_refused(span):
    with pytest.raises(ValueError, match="does not lie in a text of 9 characters"):
        carry("some text", "some text", [span])


def test_nothing_short_is_proposed_where_its_surroundings_differ():
    old, new = (
        "The cat sat. All was quiet in the yard that day.",
        "A storm took the roof and then the black cat sat there.",
    )

    assert carry(old, new, [(0, 11)])[0].outcome in (Outcome.ORPHANED, Outcome.AMBIGUOUS)


@pytest.mark.parametrize("piece", ["ha ", ". ", "Share\n\n", "a", "He said. ", "“‘", "1,200 to ", "A ", "é\n"])
def test_hostile_text_takes_linear_time(piece):
    old = piece * (50_000 // len(piece))
    new = old[: len(old) // 2] + "Something else. " + old[len(old) // 2 + 900 :]
    started = time.process_time()

    carry(old, new, [(start, start + 30) for start in range(0, 40_000, 200)])

    assert time.process_time() - started < 3


def test_a_text_in_another_order_takes_linear_time():
    words = [f"word{number}" for number in range(8_000)]
    old, new = " ".join(words), " ".join(random.Random(1).sample(words, len(words)))
    started = time.process_time()

    carry(old, new, [(start, start + 60) for start in range(0, 40_000, 200)])

    assert time.process_time() - started < 3
