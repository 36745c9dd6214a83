import pytest

from articles.text.credit import byline_name, credit_line, dated_byline, is_byline, is_dateline


@pytest.mark.parametrize(
    "text",
    [
        "June 5, 2013",
        "Published: 5 June 2013 at 18:42 GMT",
        "5 Jun, 2013 18:42 / Updated 11 years ago",
        "Updated 3 hours ago",
        "Wednesday, June 5, 2013, 6:42 p.m. EDT",
        "Stand: 05.06.2013, 18:42 Uhr",
        "Publié le 5 juin 2013 à 18h42",
        "Actualizado el 5 de junio de 2013",
        "2013-06-05T18:42:00+02:00",
        "DAMASCUS, June 5, 2013",
        "June 05, 2013|By Jane Doe",
        "5 يونيو 2013",
        "5 июня 2013, 18:42",
        "2013年6月5日 18時42分",
    ],
)
def test_datelines(text):
    assert is_dateline(text)


@pytest.mark.parametrize(
    "text",
    [
        "The town fell on June 5, 2013.",
        "June 5, 2013: the day the town fell",
        "Wednesday",
        "2013",
        "Three hours ago",
        "The army took the town on 5 June 2013",
    ],
)
def test_lines_that_only_mention_a_date(text):
    assert not is_dateline(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("By Jane Doe and Jonas Weber, Beirut", "Jane Doe and Jonas Weber, Beirut"),
        ("Von Jonas Weber", "Jonas Weber"),
        ("Par Ada de la Cour", "Ada de la Cour"),
        ("Por Ana García", "Ana García"),
        ("Reporting by Jane Doe; editing by Jonas Weber.", "Jane Doe; editing by Jonas Weber."),
        ("By Wednesday it was over", ""),
        ("By Jane Doe, who left on Friday.", ""),
        ("Bye Jane", ""),
    ],
)
def test_bylines(text, name):
    assert byline_name(text) == name


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("ab/cd (AP, AFP, Reuters)", "ab/cd (AP, AFP, Reuters)"),
        ("(The Gazette with wires)", "The Gazette with wires"),
        ("(mit dpa)", "mit dpa"),
        ("(nobody knows)", ""),
        ("He said so (Reuters) and left.", ""),
    ],
)
def test_agency_credits(text, credit):
    assert credit_line(text) == credit
    assert is_byline(text) == bool(credit)


def test_a_name_beside_the_date():
    assert dated_byline("June 05, 2013|By Jane Doe") == "Jane Doe"
