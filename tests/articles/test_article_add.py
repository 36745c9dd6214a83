"""What comes is kept first, and leads to a page of its own."""

import hashlib
from uuid import uuid4

import pytest
from django.test import Client

from articles.forms.adding import MOST_FILES
from articles.intake.apart import LIMIT
from articles.intake.draft import IntakeError
from articles.intake.reading import Received
from articles.models import Arrival, Article, AuditEvent, Desk, Membership, Original
from articles.text.notes import Note, NoteKind
from articles.views import adding
from tests.articles.pages import STORM, file, page_of, page_of_desk, sent
from tests.factories import make_story


@pytest.fixture
def add(desk: Desk) -> str:
    return page_of_desk("article-add", desk)


def test_a_pasted_text_is_kept_and_leads_to_its_preview(browser_of_alice: Client, add: str, alice: Membership) -> None:
    answer = browser_of_alice.post(add, {"text": STORM})

    arrival = Arrival.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == page_of("arrival", arrival)
    assert bytes(arrival.original.content) == STORM.encode()
    assert (arrival.method, arrival.state, arrival.arrived_by) == ("paste", "waiting", alice.person)
    assert arrival.draft["text"] == STORM
    assert not Article.objects.exists()


def test_the_bytes_are_kept_as_they_came(browser_of_alice: Client, add: str) -> None:
    raw = "\ufeffKält\r\n\r\nDie Flüchtlinge fröre\x00n.  \r\n".encode()

    browser_of_alice.post(add, {"uploads": [file(raw, "kälte.txt")]})

    original = Original.objects.get()
    assert bytes(original.content) == raw
    assert original.sha256 == hashlib.sha256(raw).hexdigest()
    assert (original.name, Arrival.objects.get().method) == ("kälte.txt", "upload")


def test_a_pasted_text_has_the_line_breaks_that_were_pasted(browser_of_alice: Client, add: str) -> None:
    browser_of_alice.post(add, {"text": STORM.replace("\n", "\r\n")})

    assert bytes(Original.objects.get().content) == STORM.encode()


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        ("<!DOCTYPE html><html><body><p>Words.</p></body></html>", "text/html"),
        ("\n<!-- saved --><article class='a'><p>Words.</p></article>", "text/html"),
        ("The tag <p> begins a paragraph.", "text/plain"),
        ("<3 from the harbour of Orm.", "text/plain"),
    ],
)
def test_the_source_of_a_page_is_known_as_such(browser_of_alice: Client, add: str, text: str, media_type: str) -> None:
    browser_of_alice.post(add, {"text": text})

    assert Arrival.objects.get().media_type == media_type


def test_several_files_come_together_and_are_read_one_by_one(browser_of_alice: Client, add: str) -> None:
    answer = browser_of_alice.post(add, {"uploads": [file("First words.", "one.txt"), file(STORM, "storm.txt")]})

    arrivals = Arrival.objects.order_by("id")
    assert len({arrival.batch for arrival in arrivals}) == 1
    assert answer["Location"].endswith(f"/articles/arrivals/?batch={arrivals[0].batch}")
    assert [(arrival.filename, arrival.is_unread) for arrival in arrivals] == [("one.txt", True), ("storm.txt", True)]


def test_what_cannot_be_read_is_kept_with_the_reason(browser_of_alice: Client, add: str) -> None:
    answer = browser_of_alice.post(add, {"uploads": [file(b"\x89PNG\r\n\x1a\n", "picture.png")]})

    page = browser_of_alice.get(answer["Location"])
    assert "picture" in Arrival.objects.get().failure
    assert Arrival.objects.get().failure in page.text
    assert "Paste its text instead" in page.text
    assert bytes(Original.objects.get().content) == b"\x89PNG\r\n\x1a\n"


def test_a_page_is_fetched_by_its_address(browser_of_alice: Client, add: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def fetched(address: str) -> Received:
        asked.append(address)
        return Received(raw=STORM.encode(), filename="storm", media_type="text/plain", address="https://orm.example/s")

    monkeypatch.setattr(adding, "fetch", fetched)

    answer = browser_of_alice.post(add, {"address": "orm.example/storm"})

    arrival = Arrival.objects.get()
    assert asked == ["https://orm.example/storm"]
    assert (arrival.method, arrival.address) == ("fetch", "https://orm.example/s")
    assert sent(browser_of_alice.get(answer["Location"]).text)["url"] == ["https://orm.example/s"]


def test_what_is_to_be_known_of_the_way_stands_in_the_preview(
    browser_of_alice: Client, add: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = (Note(NoteKind.ENCRYPTION_LOST, 1, "http://orm.example/storm"),)
    came = Received(raw=STORM.encode(), address="http://orm.example/storm", report=way)
    monkeypatch.setattr(adding, "fetch", lambda address: came)

    answer = browser_of_alice.post(add, {"address": "https://orm.example/storm"})

    assert "The site led from an encrypted address" in browser_of_alice.get(answer["Location"]).text


def test_where_nothing_can_be_fetched_the_address_stays_and_a_way_on_is_named(
    browser_of_alice: Client, add: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(address: str) -> Received:
        raise IntakeError("This server has no way out to the network.")

    monkeypatch.setattr(adding, "fetch", refused)

    page = browser_of_alice.post(add, {"address": "https://orm.example/storm", "story": "The storm"})
    assert page.status_code == 422
    assert "This server has no way out to the network." in page.text
    answer = browser_of_alice.post(add, sent(page.text) | {"text": STORM})

    arrival = Arrival.objects.get()
    assert (arrival.method, arrival.address) == ("paste", "https://orm.example/storm")
    fields = sent(browser_of_alice.get(answer["Location"]).text)
    assert (fields["url"], fields["story"]) == (["https://orm.example/storm"], ["The storm"])


def test_an_address_belongs_to_one_file(browser_of_alice: Client, add: str) -> None:
    uploads = [file("First words.", "one.txt"), file(STORM, "storm.txt")]

    page = browser_of_alice.post(add, {"uploads": uploads, "address": "https://orm.example/"})

    assert page.status_code == 422
    assert "An address belongs to one article" in page.text
    assert not Arrival.objects.exists()


def test_nothing_sent_is_said_beside_the_field(browser_of_alice: Client, add: str) -> None:
    page = browser_of_alice.post(add, {"text": "  \n "})

    assert page.status_code == 422
    assert "Paste a text, choose files, or write an address." in page.text


def test_a_file_above_the_limit_is_refused_in_words(
    browser_of_alice: Client, add: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.forms.adding.LIMIT", 10)

    page = browser_of_alice.post(add, {"text": "", "uploads": [file(b"a" * 11, "long.txt")]})

    assert page.status_code == 422
    assert f"long.txt: larger than {LIMIT // 1_000_000} MB" in page.text
    assert not Original.objects.exists()


def test_files_that_are_too_much_together_are_refused_in_words(
    browser_of_alice: Client, add: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.forms.adding.MOST_TOGETHER", 2_000_000)
    uploads = [file(b"a" * 1_500_000, f"{number}.txt") for number in range(2)]

    page = browser_of_alice.post(add, {"text": "", "uploads": uploads})

    assert page.status_code == 422
    assert "Choose at most 2 MB at a time; these have 3." in page.text


def test_what_was_pasted_stays_when_the_files_are_refused(browser_of_alice: Client, add: str) -> None:
    too_many = [file("words", f"{number}.txt") for number in range(MOST_FILES + 1)]

    page = browser_of_alice.post(add, {"text": "Kept <b>words</b>", "uploads": too_many})

    assert page.status_code == 422
    assert "Choose at most 20 files at a time; these are 21." in page.text
    assert "Kept &lt;b&gt;words&lt;/b&gt;" in page.text


def test_a_form_that_is_sent_twice_brings_once(browser_of_alice: Client, add: str) -> None:
    request_id = str(uuid4())

    answers = [browser_of_alice.post(add, {"text": STORM, "request_id": request_id}) for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Arrival.objects.count() == 1
    assert AuditEvent.objects.filter(action="arrival.came").count() == 1


def test_a_story_is_carried_into_the_preview(browser_of_alice: Client, add: str, alice: Membership) -> None:
    story = make_story(by=alice, title="The storm of June")

    first = browser_of_alice.get(add, {"story": story.title})
    answer = browser_of_alice.post(add, sent(first.text) | {"text": STORM})

    assert sent(browser_of_alice.get(answer["Location"]).text)["story"] == ["The storm of June"]
