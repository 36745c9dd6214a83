import hashlib
import json
from dataclasses import replace
from datetime import timedelta, timezone

from articles.sheets.json import digest_of, read, render, text_of
from tests.sheets.examples import CLAIM, CONTENTS, DATED, EDITION, EDITION_2, EDITION_3

# The bytes of the example never change: whoever holds such a file can still verify it in ten years. A change of
# the format is a new FORMAT, with an example of its own.
GOLDEN = "fef4497f5475e3c281e63a1a29870b2264aad9f28934278b1c391b66fa35bbd1"
GOLDEN_3 = "a63c56a874cf7f3a59f0d02fd6a8d195654a0e787f79792f6393052e03c94f01"
GOLDEN_2 = "c34569a38ad652674cbacdcef4a907f417d57d510d519dea4452837355a133ee"


def test_the_bytes_of_an_edition_stay_the_same():
    assert hashlib.sha256(render(EDITION)).hexdigest() == GOLDEN


def test_the_bytes_of_an_edition_of_format_2_stay_the_same():
    assert hashlib.sha256(render(EDITION_2)).hexdigest() == GOLDEN_2
    assert read(render(EDITION_2).decode()) == EDITION_2


def test_the_bytes_of_an_edition_of_format_3_stay_the_same():
    assert hashlib.sha256(render(EDITION_3)).hexdigest() == GOLDEN_3
    assert read(render(EDITION_3).decode()) == EDITION_3


def test_what_is_not_said_of_a_verdict_is_not_written():
    assert all(name not in text_of(EDITION) for name in ("as_of", "recheck_on", "wording"))
    assert all(getattr(DATED, name) in text_of(EDITION_2) for name in ("as_of", "recheck_on", "wording"))


def test_the_file_hashes_to_the_digest_of_the_edition():
    assert hashlib.sha256(render(EDITION)).hexdigest() == digest_of(EDITION)


def test_what_is_read_is_what_was_rendered():
    assert read(render(EDITION).decode()) == EDITION


def test_it_is_plain_utf_8_with_sorted_keys_and_ends_in_a_line_feed():
    found = render(EDITION)

    assert found.endswith(b"}\n")
    assert b"\r" not in found
    assert "🌉".encode() in found
    assert list(json.loads(found)) == sorted(json.loads(found))


def test_times_are_written_in_utc_to_the_microsecond():
    elsewhere = EDITION.signed_at.astimezone(timezone(timedelta(hours=5, minutes=30)))

    assert text_of(replace(EDITION, signed_at=elsewhere)) == text_of(EDITION)
    assert json.loads(text_of(EDITION))["signed_at"] == "2024-03-06T15:30:01.123456Z"


def test_any_change_of_the_contents_changes_their_digest():
    other = replace(CONTENTS, claims=(replace(CLAIM, claimant="The police"),))

    assert digest_of(other) != digest_of(CONTENTS)
