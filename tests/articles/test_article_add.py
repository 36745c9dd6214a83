"""A text comes in and is shown; nothing is stored."""

import pytest
from django.test import Client

from articles.forms.adding import MOST_FILES
from articles.intake.plain import LIMIT
from articles.models import Article, AuditEvent, Desk, Membership, Original
from tests.articles.pages import STORM, file, page_of_desk, sent
from tests.factories import make_article, make_story


@pytest.fixture
def add(desk: Desk) -> str:
    return page_of_desk("article-add", desk)


def test_a_pasted_text_is_shown_with_guesses_that_say_where_they_come_from(browser_of_alice: Client, add: str) -> None:
    page = browser_of_alice.post(add, {"text": STORM})

    fields = sent(page.text)
    assert page.status_code == 200
    assert fields["0-headline"] == ["Storm closes the harbour of Orm"]
    assert fields["0-outlet"] == ["Orm Valley Courier"]
    assert fields["0-byline"] == ["Ida Falk"]
    assert fields["0-published"] == ["2013-06-05"]
    assert fields["0-language"] == ["en"]
    assert "Guessed from the copyright line." in page.text
    assert fields["0-kinds"] == [
        "furniture",
        "headline",
        "byline",
        "dateline",
        "paragraph",
        "paragraph",
        "furniture",
    ]


def test_nothing_is_stored_by_looking(browser_of_alice: Client, add: str) -> None:
    events = AuditEvent.objects.count()

    browser_of_alice.post(
        add, {"text": STORM, "uploads": [file(STORM + "\n\nMore."), file("Other words here.", "b.txt")]}
    )

    assert not Article.objects.exists()
    assert not Original.objects.exists()
    assert AuditEvent.objects.count() == events


def test_several_files_have_a_preview_each(browser_of_alice: Client, add: str) -> None:
    page = browser_of_alice.post(add, {"uploads": [file("First words of one.", "one.txt"), file(STORM, "storm.txt")]})

    assert sent(page.text)["draft"] == ["0", "1"]
    assert "one.txt" in page.text
    assert "storm.txt" in page.text


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(browser_of_alice: Client, add: str) -> None:
    uploads = [file(STORM), file(b"%PDF-1.7", "paper.txt"), file("words", "paper.docx"), file("", "empty.txt")]

    page = browser_of_alice.post(add, {"uploads": uploads})

    assert page.status_code == 200
    assert sent(page.text)["draft"] == ["0"]
    assert "paper.txt: This is a PDF file, not plain text." in page.text
    assert "paper.docx is not a .txt file." in page.text
    assert "empty.txt: There is no text" in page.text


def test_the_report_comes_with_the_preview(browser_of_alice: Client, add: str) -> None:
    raw = "Schlagzeile ohne Punkt\n\nDie Behörden warnten vor Kälte, weil Flüchtlinge fröre\x00n.".encode("latin-1")

    page = browser_of_alice.post(add, {"uploads": [file(raw)]})

    assert "The file is not UTF-8" in page.text
    assert "1 NUL character was removed" in page.text
    assert 'data-level="warning"' in page.text
    assert "characters kept, in 2 blocks" in page.text


def test_nothing_sent_is_said_beside_the_field(browser_of_alice: Client, add: str) -> None:
    page = browser_of_alice.post(add, {"text": "  \n "})

    assert page.status_code == 422
    assert "Paste a text here, or choose a file below." in page.text


def test_a_file_above_the_limit_is_refused_in_words(browser_of_alice: Client, add: str) -> None:
    page = browser_of_alice.post(add, {"text": "", "uploads": [file(b"a" * (LIMIT + 1), "long.txt")]})

    assert page.status_code == 422
    assert "long.txt is larger than 2 MB" in page.text


def test_what_was_pasted_stays_when_the_files_are_refused(browser_of_alice: Client, add: str) -> None:
    too_many = [file("words", f"{number}.txt") for number in range(MOST_FILES + 1)]

    page = browser_of_alice.post(add, {"text": "Kept <b>words</b>", "uploads": too_many})

    assert page.status_code == 422
    assert "Choose at most 20 files at a time; these are 21." in page.text
    assert "Kept &lt;b&gt;words&lt;/b&gt;" in page.text


def test_a_text_that_is_there_already_leads_to_its_article(
    browser_of_alice: Client, add: str, alice: Membership
) -> None:
    known = make_article(by=alice, text=STORM, kinds=["paragraph"] * 7)

    page = browser_of_alice.post(add, {"text": STORM})

    assert "This text is already on the desk" in page.text
    assert str(known.pk) in page.text
    assert "0-parcel" not in sent(page.text)


def test_articles_of_another_desk_are_not_known_here(browser_of_alice: Client, add: str, mallory: Membership) -> None:
    make_article(by=mallory, text=STORM, kinds=["paragraph"] * 7)

    page = browser_of_alice.post(add, {"text": STORM})

    assert "already on the desk" not in page.text


def test_a_story_is_carried_into_the_preview(browser_of_alice: Client, add: str, alice: Membership) -> None:
    story = make_story(by=alice, title="The storm of June")

    first = browser_of_alice.get(add, {"story": story.title})
    page = browser_of_alice.post(add, sent(first.text) | {"text": STORM})

    assert sent(page.text)["0-story"] == ["The storm of June"]


def test_a_text_of_very_many_blocks_is_kept_whole_and_shown_in_part(browser_of_alice: Client, add: str) -> None:
    text = "\n\n".join(f"Paragraph {number} of a very long report ended here." for number in range(1_200))

    page = browser_of_alice.post(add, {"text": text})

    assert len(sent(page.text)["0-kinds"]) == 1_000
    assert "200 blocks more of this text are kept as well" in page.text


def test_a_block_without_end_is_kept_whole_and_shown_in_part(browser_of_alice: Client, add: str) -> None:
    page = browser_of_alice.post(add, {"text": "word " * 3_000})

    assert "… and 4,999 characters more, kept as well" in page.text


def test_new_breaks_are_not_counted_as_kept(browser_of_alice: Client, add: str) -> None:
    page = browser_of_alice.post(add, {"text": "A storm came.\n\n- one\n- two\n"})

    assert "26 of 27 characters kept, in 3 blocks" in page.text
