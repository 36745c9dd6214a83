import pytest

from articles.text.known import is_later


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2013-06-06", "2013-06-05"),
        ("2013-07", "2013-06-30"),
        ("2013-07", "2013-06"),
        ("2014", "2013-12-31"),
        ("2014", "2013"),
        ("2012-03-01", "2012-02"),
    ],
)
def test_one_is_certainly_later(one: str, other: str) -> None:
    assert is_later(one, other)
    assert not is_later(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2013", "2013-06-05"), ("2013-06", "2013-06-05"), ("2013-06-30", "2013-06"), ("2013", "2013"), ("", "2013")],
)
def test_what_is_not_known_is_not_claimed(one: str, other: str) -> None:
    assert not is_later(one, other)
    assert not is_later(other, one)
