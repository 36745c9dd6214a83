import pytest

from articles.text.blocks import classify
from articles.text.guess import Guess, Metadata, guess

PAGE = """
Skip to main content

Ferry service to the islands resumes

By Ada Marlowe

Published 5 June 2024

The ferry left at dawn on Tuesday with forty passengers, and the company said that it had been a quiet trip.

https://gazette.example/ferry

Copyright © 2024 The Harbour Gazette. All rights reserved.
"""


def guesses(*texts: str, filename: str = "") -> Metadata:
    text = "\n\n".join(texts)
    return guess(text, classify(text), filename)


def test_what_a_page_says_about_itself():
    assert guesses(PAGE.strip()) == Metadata(
        headline=Guess("Ferry service to the islands resumes", "first line"),
        outlet=Guess("The Harbour Gazette", "copyright line"),
        byline=Guess("Ada Marlowe", "byline"),
        published=Guess("2024-06-05", "date line"),
        language=Guess("en", "letters and common words"),
        direction=Guess("ltr", "letters"),
        url=Guess("https://gazette.example/ferry", "printed address"),
    )


def test_nothing_is_invented():
    assert guesses("Qusair.") == Metadata(headline=Guess("Qusair.", "first words"), direction=Guess("ltr", "letters"))


def test_a_long_paragraph_gives_its_first_words():
    headline = guesses("word " * 100 + "end.").headline

    assert headline.origin == "first words"
    assert headline.value.endswith("word…")
    assert len(headline.value) <= 201


def test_the_name_beside_the_date_is_the_byline():
    found = guesses("Title", "June 05, 2013|By Jane Doe", "The town fell.")

    assert found.byline == Guess("Jane Doe", "date line")
    assert found.published == Guess("2013-06-05", "date line")


def test_a_date_in_the_story_is_not_its_date():
    assert guesses("Title", "The town fell on June 5, 2013.").published == Guess()


def test_an_address_in_the_story_is_not_its_address():
    assert guesses("Title", "He wrote to https://example.com/a and waited.").url == Guess()


@pytest.mark.parametrize(
    ("filename", "outlet"),
    [
        ("harbour24.txt", Guess("HARBOUR 24", "file name, as printed in the text")),
        ("whtimes.txt", Guess("West Holt Times", "file name, as printed in the text")),
        ("gazette.txt", Guess("gazette", "file name")),
        ("somewhere/GAZETTE.TXT", Guess("GAZETTE", "file name")),
        ("article-3.txt", Guess()),
        ("Untitled2.txt", Guess()),
        ("20130605.txt", Guess()),
        ("", Guess()),
    ],
)
def test_the_outlet_from_the_name_of_the_file(filename, outlet):
    page = ("Title", "HARBOUR 24 reported it first.", "West Holt Times Articles")

    assert guesses(*page, filename=filename).outlet == outlet


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("© 2024 The Harbour Gazette", "The Harbour Gazette"),
        ("Copyright 2024 Westmere Echo", "Westmere Echo"),
        ("(c) 2019-2024 Westmere Echo, all rights reserved", "Westmere Echo"),
        ("© Westmere Echo 2024", "Westmere Echo"),
        ("(Westmere Echo with wires)", "Westmere Echo"),
    ],
)
def test_the_outlet_from_what_is_printed(line, outlet):
    assert guesses("Title", "The town fell.", line).outlet.value == outlet
