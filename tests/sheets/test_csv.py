import csv
import hashlib
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.sheets.csv import COLUMNS, guarded, render
from tests.sheets.examples import CLAIM, CONTENTS, EDITION, EDITION_3

DIGEST = "f" * 64
GOLDEN = "fd7032bac53e0dd41c2ed02b366d7020134cabe93500d60c17f4b268b12f2d6f"

FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://evil.example","open")',
    "+1234",
    "-1234",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\ufeff=1+1",
    "\u200f=1+1",
    "\ttext",
    "\rtext",
    " =1+1",
    "\u00a0=1+1",
    '"=1+1',
    "'=1+1",
    "' \"=cmd|' /C calc'!A0",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
]
HARMLESS = ["", "1,500 people", "“=” is a sign", "a = b", "– a dash", "−5 degrees", "'quoted'", "50 – 60", "日本"]


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_one_row_for_each_claim_word_for_word():
    first, second = rows(render(EDITION, DIGEST))

    assert first["claim"] == CLAIM.text
    assert first["rating"] == "Supported"
    assert first["rationale"] == "The log says so."
    assert first["quote"] == "three people “were” hurt 🌉"
    assert (first["start"], first["end"], first["paragraph"]) == ("61", "83", "1")
    assert first["other_places"] == "Night Post, headline [5, 9): “3 hurt”"
    assert first["evidence"].startswith("supports (primary): The county, Accident log, “A–K”, 2024, line 7: “Three")
    assert (first["checked_by"], first["approved_by"]) == ("Alice", "Bob")
    assert (second["status"], second["status_reason"], second["rating"]) == ("set_aside", "A prediction.", "")


def test_every_row_names_the_edition_that_released_it():
    for row in rows(render(EDITION, DIGEST)):
        assert (row["edition"], row["supersedes"], row["edition_sha256"]) == ("2", "1", DIGEST)
        assert (row["signed_off_by"], row["signed_off_at"]) == ("Erin Ó Súilleabháin", "2024-03-06T15:30:01.123456Z")
        assert (row["version_sha256"], row["history_number"]) == ("a" * 64, "40")


def test_every_copy_of_a_source_has_its_hash_in_the_row():
    first, _ = rows(render(EDITION_3, DIGEST))

    assert first["copies"].splitlines() == [
        f"{'b' * 64} (fetch, 2024-03-05T14:00:00.000000Z, Alice): Accident log, “A–K”",
        f"{'c' * 64} (upload, 2024-03-04T09:30:00.000000Z, Bob): Accident log, “A–K”",
    ]


def test_the_bytes_of_an_edition_stay_the_same():
    assert hashlib.sha256(render(EDITION, DIGEST)).hexdigest() == GOLDEN


def test_it_begins_with_a_byte_order_mark_and_its_lines_end_in_crlf():
    found = render(EDITION, DIGEST)

    assert found.startswith(b'\xef\xbb\xbf"number",')
    assert found.endswith(b'"\r\n')
    assert tuple(rows(found)[0]) == COLUMNS


def test_a_cell_may_hold_quotation_marks_separators_and_line_breaks():
    words = 'He said "no",\nthen; "yes"'
    edition = replace(EDITION, contents=replace(CONTENTS, claims=(replace(CLAIM, text=words),)))

    assert rows(render(edition, DIGEST))[0]["claim"] == words


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_becomes_text(cell):
    edition = replace(EDITION, contents=replace(CONTENTS, claims=(replace(CLAIM, text=cell),)))

    assert rows(render(edition, DIGEST))[0]["claim"] == f"'{cell}"


@pytest.mark.parametrize("cell", HARMLESS)
def test_other_words_stay_as_they_are(cell):
    assert guarded(cell) == cell


@given(st.text(alphabet=st.sampled_from("=+-@＝ \t\r\n'\"a1“")))
def test_a_guarded_cell_runs_nothing_and_gives_the_words_again(cell):
    found = guarded(cell)

    assert not re.match(r"[=+\-@＝\t\r]", found)
    assert cell == (found[1:] if found != cell else found)
    assert guarded(cell) == cell or found.startswith("'")
