import hashlib
import json
from dataclasses import replace
from datetime import timedelta, timezone

from articles.sheets.json import digest_of, read, render, text_of
from tests.sheets.examples import CLAIM, CONTENTS, EDITION

# The bytes of the example never change: whoever holds such a file can still verify it in ten years. A change of
# the format is a new FORMAT, with an example of its own.
GOLDEN = "fef4497f5475e3c281e63a1a29870b2264aad9f28934278b1c391b66fa35bbd1"


def test_the_bytes_of_an_edition_stay_the_same():
    assert hashlib.sha256(render(EDITION)).hexdigest() == GOLDEN


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
