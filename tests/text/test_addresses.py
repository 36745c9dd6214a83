import pytest

from articles.text.addresses import key, same_address, spellings


@pytest.mark.parametrize(
    "other",
    [
        "https://orm.example/storm",
        "http://orm.example/storm",
        "https://ORM.example/storm/",
        "https://orm.example:443/storm#top",
        " https://orm.example./storm ",
    ],
)
def test_the_same_page_in_other_spellings(other: str) -> None:
    assert same_address("https://orm.example/storm", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://orm.example/storm", "https://orm.example/Storm"),
        ("https://orm.example/?id=1", "https://orm.example/?id=2"),
        ("https://orm.example/", "https://velm.example/"),
        ("https://orm.example:8443/", "https://orm.example/"),
        ("", ""),
        ("", "https://orm.example/"),
        ("mailto:ida@orm.example", "https://orm.example"),
        ("https://[", "https://orm.example"),
        ("https://orm.example:99999/", "https://orm.example/"),
    ],
)
def test_other_pages(one: str, other: str) -> None:
    assert not same_address(one, other)


def test_every_spelling_is_the_same_address() -> None:
    written = spellings("http://orm.example/storm/?id=1#top")

    assert "https://orm.example/storm?id=1" in written
    assert all(same_address(one, "http://orm.example/storm/?id=1") for one in written)


@pytest.mark.parametrize("address", ["", "orm.example", "javascript:alert(1)", "https://"])
def test_what_is_no_address_has_no_spelling(address: str) -> None:
    assert spellings(address) == []


@pytest.mark.parametrize(
    "other",
    [
        "http://orm.example/storm?id=1&part=2",
        "https://www.orm.example/storm/?part=2&id=1",
        "https://ORM.example/storm?id=1&part=2&utm_source=mail&UTM_Medium=x&fbclid=abc#top",
        "https://orm.example:443/storm?id=1&at_campaign=news&part=2&_ga=1",
    ],
)
def test_the_key_of_a_page_overlooks_how_a_reader_came_there(other: str) -> None:
    assert key(other) == key("https://orm.example/storm?id=1&part=2")


@pytest.mark.parametrize(
    "other",
    [
        "https://orm.example/storm?id=2&part=2",
        "https://orm.example/storm?id=1",
        "https://orm.example/Storm?id=1&part=2",
        "https://news.orm.example/storm?id=1&part=2",
        "https://orm.example/storm?id=1&part=2&attic=3",
    ],
)
def test_other_pages_have_other_keys(other: str) -> None:
    assert key(other) != key("https://orm.example/storm?id=1&part=2")


@pytest.mark.parametrize("address", ["", "orm.example/storm", "mailto:ida@orm.example", "https://[", "Accident log"])
def test_what_is_no_address_has_no_key(address: str) -> None:
    assert key(address) == ""


def test_a_key_has_the_room_it_is_given() -> None:
    assert len(key(f"https://orm.example/{'x' * 1900}?q=\ud83d")) == 32
