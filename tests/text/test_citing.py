"""A source as a citation; what CSL-JSON may hold is asked of the names in its published schema."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from articles.text.citing import Citation, csl, doi_of, plain

# The string, name and date variables of csl-data.json, version 1.0.2, as far as a source of this desk could have them.
CSL_STRINGS = {
    "archive",
    "container-title",
    "DOI",
    "id",
    "medium",
    "note",
    "number",
    "publisher",
    "title",
    "type",
    "URL",
}
CSL_NAMES, CSL_DATES = {"author"}, {"accessed", "issued"}
CSL_NAME_PARTS = {"family", "given", "literal"}

ARTICLE = Citation(
    id="01",
    title="Bridge closed",
    kind="article-newspaper",
    author="Ida Falk",
    container="Orm Valley Courier",
    published="2026-03-05",
    url="https://orm.example/bridge",
    accessed_on=date(2026, 3, 6),
)
CALL = Citation(
    id="02",
    title="Call about the sirens",
    kind="personal_communication",
    author="Jonas Ek",
    published="2026-03",
    reached="By phone",
    terms="On background",
)
PAPER = Citation(
    id="03",
    title="Cracks in old bridges",
    kind="article-journal",
    author="Falk, Ida and Ek, Jonas; Orm Institute",
    container="Journal of Bridges",
    published="2025",
    number="https://doi.org/10.1000/xyz123",
)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (
            ARTICLE,
            (
                "Ida Falk. “Bridge closed.” Orm Valley Courier, 5 March 2026. https://orm.example/bridge"
                " (accessed 6 March 2026)."
            ),
        ),
        (
            CALL,
            "Jonas Ek. Call about the sirens [personal communication]. March 2026. By phone, on background.",
        ),
        (
            PAPER,
            (
                "Falk, Ida and Ek, Jonas; Orm Institute. “Cracks in old bridges.” Journal of Bridges, 2025."
                " https://doi.org/10.1000/xyz123."
            ),
        ),
        (Citation(id="04", title="Was it the gate?", kind="report"), "Was it the gate?"),
        (
            Citation(id="05", title="Vael register", kind="document", archive="City archive, box 7", number="0217"),
            "Vael register. 0217. City archive, box 7.",
        ),
        (
            Citation(id="06", title="The gate", kind="graphic", medium="Photograph", archive="Orm Museum"),
            "The gate [image]. Photograph, Orm Museum.",
        ),
    ],
)
def test_a_citation_is_a_line_that_a_person_reads(source: Citation, line: str) -> None:
    assert plain(source) == line


def test_an_article_as_csl() -> None:
    assert csl(ARTICLE) == {
        "id": "01",
        "type": "article-newspaper",
        "title": "Bridge closed",
        "author": [{"literal": "Ida Falk"}],
        "container-title": "Orm Valley Courier",
        "issued": {"date-parts": [[2026, 3, 5]]},
        "accessed": {"date-parts": [[2026, 3, 6]]},
        "URL": "https://orm.example/bridge",
    }


def test_several_authors_and_a_doi_as_csl() -> None:
    item = csl(PAPER)

    assert item["author"] == [
        {"family": "Falk", "given": "Ida"},
        {"family": "Ek", "given": "Jonas"},
        {"literal": "Orm Institute"},
    ]
    assert (item["DOI"], item["issued"]) == ("10.1000/xyz123", {"date-parts": [[2025]]})
    assert "number" not in item


def test_how_a_person_was_reached_goes_into_the_note() -> None:
    item = csl(replace(CALL, note="She asked not to be named."))

    assert item["note"] == "By phone; On background\nShe asked not to be named."
    assert item["medium"] == "By phone"


def test_every_name_is_one_of_the_schema() -> None:
    told: dict[str, Any] = {field.name: "2026" for field in fields(Citation)} | {"accessed_on": date(2026, 1, 1)}
    for source in (ARTICLE, CALL, PAPER, Citation(**told)):
        item = csl(source)

        assert item.keys() <= CSL_STRINGS | CSL_NAMES | CSL_DATES
        assert all(isinstance(item[name], str) for name in CSL_STRINGS & item.keys())
        assert all(name.keys() <= CSL_NAME_PARTS for name in item.get("author", []))
        assert all(set(item[name]) == {"date-parts"} for name in CSL_DATES & item.keys())


@pytest.mark.parametrize("number", ["10.1000/xyz123", "doi:10.1000/xyz123", "DOI: 10.1000/xyz123"])
def test_a_doi_however_it_is_written(number: str) -> None:
    assert doi_of(number) == "10.1000/xyz123"


@pytest.mark.parametrize("number", ["", "A/HRC/24/46", "10.1000", "see 10.1000/x"])
def test_other_numbers_are_no_doi(number: str) -> None:
    assert doi_of(number) == ""
