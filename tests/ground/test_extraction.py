import pytest

from tests.performance.extraction import Scored, f1, missing_words, shingles


def _scored(precision, recall):
    return Scored("https://example.org/", precision, recall, (), 0.1)


def test_runs_of_four_words_are_counted_and_a_short_text_is_one_run():
    assert shingles("a b c d a b c d") == {
        ("a", "b", "c", "d"): 2,
        ("b", "c", "d", "a"): 1,
        ("c", "d", "a", "b"): 1,
        ("d", "a", "b", "c"): 1,
    }
    assert shingles("The town.") == {("The", "town"): 1}
    assert shingles(" ") == {}


def test_the_score_is_that_of_the_means():
    assert f1([_scored(1.0, 0.5), _scored(0.5, 1.0)]) == 0.75


def test_a_page_without_a_proposal_has_no_precision_and_no_recall():
    assert f1([_scored(None, 0.0), _scored(1.0, 1.0)]) == pytest.approx(2 / 3)


def test_a_word_that_is_split_in_the_truth_is_not_missing():
    assert list(missing_words("a long tre k home", "a long trek home")) == []
    assert list(missing_words("a long trip home", "a long home")) == ["trip"]
    assert list(missing_words("the town, the town", "the town")) == ["the", "town"]
