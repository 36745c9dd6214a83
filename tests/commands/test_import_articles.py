"""Articles come in without a browser."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, ArticleVersion, AuditEvent, Desk, Membership, Original, Story
from articles.text.blocks import BlockKind
from tests.articles.pages import STORM
from tests.factories import make_desk, make_story
from tests.shared import ARTICLES, needs_articles


@pytest.fixture
def storm(tmp_path: Path) -> Path:
    file = tmp_path / "storm.txt"
    file.write_text(STORM)
    return file


def imported(capsys: pytest.CaptureFixture[str], *files: Path, **options: Any) -> list[dict[str, Any]]:
    call_command("import_articles", *map(str, files), json=True, **options)
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_a_file_becomes_an_article(desk: Desk, storm: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [found] = imported(capsys, storm)

    article = Article.objects.get()
    assert found["id"] == str(article.pk)
    assert found["headline"] == article.headline == "Storm closes the harbour of Orm"
    assert (found["outlet"], found["byline"]) == ("Orm Valley Courier", "Ida Falk")
    assert (found["published"], found["language"], found["already"]) == ("2013-06-05", "en", False)
    assert found["blocks"][1] == {"kind": "headline", "text": "Storm closes the harbour of Orm"}
    assert "\n\n".join(block["text"] for block in found["blocks"]) == STORM
    assert found["report"] == []
    assert (found["updated"], found["direction"], found["links"], found["pages"]) == ("", "ltr", [], [])
    assert bytes(Original.objects.get().content) == STORM.encode()
    assert ArticleVersion.objects.get().method == "command"
    assert AuditEvent.objects.get(action="article.added").actor_id is None


def test_without_json_it_says_what_happened(desk: Desk, storm: Path, capsys: pytest.CaptureFixture[str]) -> None:
    storm.write_text(STORM + "\r\n")
    call_command("import_articles", str(storm))
    call_command("import_articles", str(storm))

    first, report, second = capsys.readouterr().out.strip().splitlines()
    assert first.endswith("added “Storm closes the harbour of Orm” of Orm Valley Courier.")
    assert report == "  1 line ending was changed from CRLF to LF."
    assert second.endswith(
        "the desk has this text already, as “Storm closes the harbour of Orm” of Orm Valley Courier."
    )


def test_a_text_that_is_there_is_reported_and_no_error(
    desk: Desk, storm: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = imported(capsys, storm)
    again = imported(capsys, storm)

    assert again[0]["already"] is True
    assert again[0] | {"already": False} == first[0]
    assert Article.objects.count() == 1


def test_the_same_text_of_another_outlet_is_another_article(
    desk: Desk, storm: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(capsys, storm)
    [again] = imported(capsys, storm, outlet="Another")

    assert (again["already"], again["outlet"], Article.objects.count()) == (False, "Another", 2)


def test_what_is_told_counts_more_than_a_guess(desk: Desk, storm: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [found] = imported(capsys, storm, outlet="The Mail", url="https://orm.example/storm")

    assert found["outlet"] == "The Mail"
    assert Article.objects.get().url == "https://orm.example/storm"


def test_a_story_is_found_by_its_title_or_opened(
    desk: Desk, alice: Membership, storm: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = make_story(by=alice, title="The storm")
    other = tmp_path / "other.txt"
    other.write_text("Another day in Orm.")

    imported(capsys, storm, story="the STORM")
    imported(capsys, other, story="Another day")

    assert Article.objects.get(headline__startswith="Storm").story == known
    opened = Story.objects.get(title="Another day")
    assert Article.objects.get(headline__startswith="Another").story == opened
    assert AuditEvent.objects.get(subject_id=opened.pk).actor_id is None


def test_what_the_text_does_not_say_is_said(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "01.txt"
    file.write_text("Three boats were lost.")

    [found] = imported(capsys, file)

    assert found["outlet"] == "Unknown outlet"
    assert "The text does not say its outlet, which is now “Unknown outlet”." in found["report"]


def test_one_unreadable_file_stops_no_other(
    desk: Desk, storm: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = tmp_path / "paper.txt"
    pdf.write_bytes(b"%PDF-1.7")

    with pytest.raises(CommandError, match="2 of 3 files were not imported") as failure:
        call_command("import_articles", str(tmp_path / "missing.txt"), str(pdf), str(storm), json=True)

    said = capsys.readouterr()
    assert failure.value.returncode == 1
    assert "missing.txt: No such file or directory" in said.err
    assert "paper.txt: This PDF is damaged and cannot be opened." in said.err
    assert [found["file"] for found in json.loads(said.out)] == [str(storm)]


def test_no_story_is_opened_for_nothing(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("import_articles", str(tmp_path / "missing.txt"), story="A story")

    assert not Story.objects.exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"url": "not an address"}, "--url: Write a web address"),
        ({"outlet": "x" * 121}, "--outlet: Shorten this to at most 120 characters"),
        ({"story": "x" * 201}, "--story: Shorten this to at most 200 characters"),
        ({"desk": "day-desk"}, "There is no desk “day-desk”. Choose one with --desk: night-desk."),
    ],
)
def test_a_wrong_option_stops_before_anything_is_stored(
    desk: Desk, storm: Path, options: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("import_articles", str(storm), **options)

    assert not Article.objects.exists()


def test_one_address_is_for_one_file(desk: Desk, storm: Path) -> None:
    with pytest.raises(CommandError, match="--url is the address of one article"):
        call_command("import_articles", str(storm), str(storm), url="https://orm.example/")


def test_a_desk_has_to_be_chosen_where_there_are_several(desk: Desk, storm: Path) -> None:
    make_desk(slug="day-desk", name="Day desk")

    with pytest.raises(CommandError, match="Choose one with --desk: day-desk, night-desk"):
        call_command("import_articles", str(storm))
    call_command("import_articles", str(storm), desk="day-desk")

    assert Article.objects.get().desk.slug == "day-desk"


@pytest.mark.django_db
def test_without_a_desk_it_says_how_to_get_one(storm: Path) -> None:
    with pytest.raises(CommandError, match="There is no desk yet"):
        call_command("import_articles", str(storm))


@needs_articles
def test_the_five_articles_come_in_whole(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(ARTICLES.glob("*.txt"))

    found = imported(capsys, *files, story="The fall of Qusair")

    assert [article["outlet"] for article in found] == ["BBC", "DW", "FRANCE 24", "Los Angeles Times", "RT"]
    assert [article["published"] for article in found] == ["", "2013-06-05", "", "2013-06-05", "2013-06-05"]
    assert {article["language"] for article in found} == {"en"}
    assert all(article["headline"].endswith(("Qusair", "rebels", "Qusayr")) for article in found)
    for file, article in zip(files, found, strict=True):
        kept = {block["text"] for block in article["blocks"] if block["kind"] != BlockKind.FURNITURE}
        assert not any(words.startswith(("Skip to", "Page not found", "YOU ARE HERE", "Copyright ©")) for words in kept)
        assert Original.objects.get(name=file.name).content == file.read_bytes()
    assert Story.objects.get().articles.count() == 5
