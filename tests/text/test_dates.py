import pytest

from articles.text.dates import first_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("June 5, 2013", "2013-06-05"),
        ("June 05, 2013|By Jane Doe", "2013-06-05"),
        ("5 Jun, 2013 18:42 / Updated 11 years ago", "2013-06-05"),
        ("Wednesday, 5th of June 2013", "2013-06-05"),
        ("Sept. 9, 2024", "2024-09-09"),
        ("2013-06-05T18:42:00Z", "2013-06-05"),
        ("2013/6/5", "2013-06-05"),
        ("5. Juni 2013", "2013-06-05"),
        ("05.06.2013, 18:42 Uhr", "2013-06-05"),
        ("1er août 2013", "2013-08-01"),
        ("le 5 juin 2013 à 18h42", "2013-06-05"),
        ("5 de junio de 2013", "2013-06-05"),
        ("2013年6月5日", "2013-06-05"),
        ("25/12/2013", "2013-12-25"),
        ("12/25/2013", "2013-12-25"),
        ("06/06/2013", "2013-06-06"),
        ("June 2013", "2013-06"),
        ("2013年", "2013"),
        ("30 February 2013", "2013-02"),
        ("5 يونيو 2013", "2013-06-05"),
        ("5 ביוני 2013", "2013-06-05"),
        ("5 июня 2013", "2013-06-05"),
        ("5 czerwca 2013", "2013-06-05"),
        ("5 Aprıl 2013", "2013"),
    ],
)
def test_printed_dates(text, iso):
    found = first_date(text)

    assert found
    assert found.iso == iso


def test_an_ambiguous_date_keeps_only_what_is_certain():
    found = first_date("05/06/2013")

    assert found
    assert found.iso == "2013"


@pytest.mark.parametrize("text", ["", "30.02.2013", "2013-13-01", "May I?", "80,000 people", "2013"])
def test_no_date(text):
    assert first_date(text) is None


def test_the_first_of_two_dates():
    found = first_date("Published 5 June 2013, updated 7 June 2013")

    assert found
    assert (found.iso, found.start, found.end) == ("2013-06-05", 10, 21)
