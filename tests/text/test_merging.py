import pytest

from articles.text.merging import merge

BASE = {"text": "as it was", "summary": "short"}


@pytest.mark.parametrize(
    ("mine", "theirs", "values", "clashes"),
    [
        ({}, {}, BASE, []),
        ({"text": "mine"}, {}, BASE | {"text": "mine"}, []),
        ({}, {"text": "theirs"}, BASE | {"text": "theirs"}, []),
        ({"text": "mine"}, {"summary": "theirs"}, {"text": "mine", "summary": "theirs"}, []),
        ({"text": "the same"}, {"text": "the same"}, BASE | {"text": "the same"}, []),
        ({"text": "mine"}, {"text": "theirs"}, BASE | {"text": "mine"}, ["text"]),
        ({"text": "mine", "summary": "my own"}, {"text": "theirs"}, {"text": "mine", "summary": "my own"}, ["text"]),
        ({"text": "mine"}, {"text": "theirs", "summary": "theirs"}, {"text": "mine", "summary": "theirs"}, ["text"]),
    ],
)
def test_only_what_both_changed_is_left_to_decide(
    mine: dict[str, str], theirs: dict[str, str], values: dict[str, str], clashes: list[str]
) -> None:
    assert merge(BASE, BASE | mine, BASE | theirs) == (values, clashes)


def test_a_field_that_nobody_says_how_it_was_is_not_overwritten() -> None:
    assert merge({}, {"text": "mine"}, {"text": "theirs"}).clashes == ["text"]
