from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Means, Snapshot, Source
from tests.claims.asking import address

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def file(content: bytes, name: str = "log.txt", media_type: str = "text/plain") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, media_type)


def test_a_file(browser_of_alice: Client, source: Source) -> None:
    answer = browser_of_alice.post(address("snapshot-bring", source), {"upload": file(b"Three were hurt.")})

    copy = Snapshot.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, address("source", source))
    assert (copy.means, copy.filename, copy.text, copy.asked) == (Means.UPLOAD, "log.txt", "Three were hurt.", "")


def test_a_pasted_text(browser_of_alice: Client, source: Source) -> None:
    browser_of_alice.post(address("snapshot-bring", source), {"text": "Three were hurt.\r\n\r\nOn Tuesday."})

    copy = Snapshot.objects.get()
    assert (copy.means, copy.text) == (Means.PASTE, "Three were hurt.\n\nOn Tuesday.")
    assert copy.original
    assert bytes(copy.original.content) == b"Three were hurt.\n\nOn Tuesday."


def test_a_screenshot(browser_of_alice: Client, source: Source) -> None:
    sent = {"upload": file(PNG, "screen.png", "image/png"), "is_screenshot": "on"}

    browser_of_alice.post(address("snapshot-bring", source), sent)

    copy = Snapshot.objects.get()
    assert (copy.means, copy.text) == (Means.SCREENSHOT, "")
    assert copy.unreadable == "This is a picture; no text is read in it."


def test_what_cannot_be_read_is_kept_and_says_why(browser_of_alice: Client, source: Source) -> None:
    browser_of_alice.post(address("snapshot-bring", source), {"upload": file(b"%PDF-1.7 broken", "log.pdf")})

    copy = Snapshot.objects.get()
    assert copy.original
    assert copy.unreadable
    assert copy.unreadable in browser_of_alice.get(address("snapshot", copy)).text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose a file, or paste the text."),
        ({"text": " "}, "Choose a file, or paste the text."),
        ({"upload": (b"Three.", "a.txt"), "text": "Three."}, "Bring one at a time"),
        ({"upload": (b"<svg/>", "a.svg"), "is_screenshot": "on"}, "This is no PNG, JPEG, GIF or WebP picture."),
        ({"upload": (b"", "a.txt")}, "This file is empty."),
    ],
)
def test_what_is_wrong_is_said(
    browser_of_alice: Client, source: Source, sent: dict[str, object], sentence: str
) -> None:
    given = {name: file(*value) if isinstance(value, tuple) else value for name, value in sent.items()}

    answer = browser_of_alice.post(address("snapshot-bring", source), given)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Snapshot.objects.exists()


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, source: Source) -> None:
    sent = {"text": "Three were hurt.", "request_id": str(uuid4())}

    answers = [browser_of_alice.post(address("snapshot-bring", source), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Snapshot.objects.count() == 1


def test_a_reader_brings_none(browser_of_rita: Client, source: Source) -> None:
    assert browser_of_rita.post(address("snapshot-bring", source), {"text": "Three."}).status_code == 403
