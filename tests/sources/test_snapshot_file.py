import hashlib

import pytest
from django.test import Client

from articles import actions
from articles.actions.snapshots import Found
from articles.intake.rasters import raster_type
from articles.models import Means, Membership, Snapshot, Source
from tests.claims.asking import address
from tests.factories import found, make_snapshot

PICTURES = {
    "image/png": b"\x89PNG\r\n\x1a\n" + bytes(20),
    "image/jpeg": b"\xff\xd8\xff\xe0" + bytes(20),
    "image/gif": b"GIF89a" + bytes(20),
    "image/webp": b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(20),
}
LIVE = {
    "text/html": b"<script>alert(1)</script>",
    "image/svg+xml": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "application/pdf": b"%PDF-1.7",
    "application/xhtml+xml": b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
}


def copy_of(by: Membership, source: Source, raw: bytes, media_type: str) -> Snapshot:
    return make_snapshot(by=by, source=source, means=Means.UPLOAD, raw=raw, media_type=media_type, filename="a.bin")


@pytest.mark.parametrize("media_type", PICTURES)
def test_a_picture_is_shown_and_runs_nothing(
    browser_of_rita: Client, source: Source, alice: Membership, media_type: str
) -> None:
    copy = copy_of(alice, source, PICTURES[media_type], "text/html")

    answer = browser_of_rita.get(address("snapshot-file", copy))

    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert f'<img src="{address("snapshot-file", copy)}"' in browser_of_rita.get(address("snapshot", copy)).text


@pytest.mark.parametrize("media_type", LIVE)
def test_everything_else_is_a_file_to_save(
    browser_of_rita: Client, source: Source, alice: Membership, media_type: str
) -> None:
    copy = copy_of(alice, source, LIVE[media_type], media_type)

    answer = browser_of_rita.get(address("snapshot-file", copy))

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    page = browser_of_rita.get(address("snapshot", copy)).text
    assert "<img" not in page.partition("<main")[2].partition("</main>")[0]
    assert hashlib.sha256(LIVE[media_type]).hexdigest() in page


def test_a_picture_can_be_saved(browser_of_rita: Client, source: Source, alice: Membership) -> None:
    copy = copy_of(alice, source, PICTURES["image/png"], "image/png")

    answer = browser_of_rita.get(f"{address('snapshot-file', copy)}?save")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert hashlib.sha256(answer.content).hexdigest() == hashlib.sha256(PICTURES["image/png"]).hexdigest()


def test_the_text_of_a_copy_is_text(browser_of_rita: Client, source: Source, alice: Membership) -> None:
    copy = make_snapshot(by=alice, source=source, text="<script>alert(1)</script>\n\nThree were hurt.")

    page = browser_of_rita.get(address("snapshot", copy)).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "Three were hurt." in page


def test_a_failure_has_no_file(browser_of_rita: Client, source: Source, alice: Membership) -> None:
    failed = actions.snapshots.keep_page(by=alice, source=source, fetched=Found(failure="It was not there."))

    assert browser_of_rita.get(address("snapshot-file", failed)).status_code == 404
    assert "It was not there." in browser_of_rita.get(address("snapshot", failed)).text


@pytest.mark.parametrize(("raw", "media_type"), [(raw, name) for name, raw in PICTURES.items()])
def test_pictures_are_told_by_their_first_bytes(raw: bytes, media_type: str) -> None:
    assert raster_type(raw[:12]) == media_type


@pytest.mark.parametrize("raw", [*LIVE.values(), b"", b"RIFF\x10\x00\x00\x00WAVE", b"\x89PNG", found().text.encode()])
def test_all_else_is_no_picture(raw: bytes) -> None:
    assert raster_type(raw) == ""
