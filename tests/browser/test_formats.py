"""One article in each format through its preview, and a corrected one that reopens what was approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from articles.models import Article, Status
from tests.browser.person import Person
from tests.factories import Cast, fresh, make_article, make_claim, make_desk
from tests.intake import portable, word

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.live_server_helper import LiveServer

HEADLINE = "Ferry to the islands resumes"
FIRST = "The ferry sailed again on Monday after a week of repairs, the harbour master said."
SECOND = "At least 1,200 people were stranded on the islands while it lay in the dock."
MENU = "Skip to main content"
PAGE = f"""<!doctype html><html lang="en"><head><title>{HEADLINE} - Harbour Gazette</title>
<meta property="og:title" content="{HEADLINE}"><meta property="og:site_name" content="Harbour Gazette">
<meta property="article:published_time" content="2024-06-05T10:00:00Z"></head><body>
<nav><a href="#main">{MENU}</a> <a href="/sports">Sports</a></nav>
<main id="main"><article><h1>{HEADLINE}</h1><p>By Ada Marlowe</p><p>{FIRST}</p>
<p>{SECOND} <a href="https://harbour.example/log">The log</a> names them.</p></article></main>
<footer><p>© 2024 Harbour Gazette. All rights reserved.</p></footer></body></html>"""
FILES = {
    "ferry.html": PAGE.encode(),
    "ferry.md": f"---\ntitle: {HEADLINE}\ndate: 2024-06-05\n---\n\n# {HEADLINE}\n\n{FIRST}\n\n{SECOND}\n".encode(),
    "ferry.txt": f"{MENU}\n\n{HEADLINE}\n\n{FIRST}\n\n{SECOND}\n".encode(),
    "ferry.docx": word.document(word.paragraph(HEADLINE, style="Title"), word.paragraph(FIRST), word.paragraph(SECOND)),
    "ferry.pdf": portable.pdf(
        [
            *portable.lines(HEADLINE, size=20, top=80, font="F2"),
            *portable.lines(*FIRST.split(", ", 1), top=120),
            *portable.lines(SECOND, top=170),
        ]
    ),
}


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def alice(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Person]:
    person = Person(browser, live_server.url, "alice")
    yield person
    assert person.complaints == []
    person.close()


@pytest.mark.parametrize("name", FILES)
def test_each_format_goes_through_its_preview(name: str, alice: Person, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(FILES[name])
    page = alice.page
    page.goto("/d/night-desk/articles/add/")
    page.set_input_files("input[type=file]", [file])
    page.get_by_role("button", name="See the preview").click()
    preview = page.locator("#preview")
    expect(preview.get_by_label("Headline")).to_have_value(HEADLINE)
    expect(preview.locator(".blocks")).to_contain_text(SECOND)
    preview.get_by_label("Outlet").fill(f"Outlet of {name}")
    preview.get_by_role("button", name="Add to desk").click()

    expect(page.locator("article.reading")).to_contain_text(SECOND)
    version = Article.objects.get(outlet__name=f"Outlet of {name}").versions.get()
    assert SECOND in version.text
    assert bytes(version.original.content) == FILES[name]
    story = [
        words for words, kind in zip(version.text.split("\n\n"), version.kinds, strict=True) if kind != "furniture"
    ]
    assert MENU not in story


def test_the_source_of_a_page_is_pasted(alice: Person) -> None:
    page = alice.page
    page.goto("/d/night-desk/articles/add/")
    page.get_by_label("Paste the text of an article").fill(PAGE)
    page.get_by_role("button", name="See the preview").click()

    preview = page.locator("#preview")
    expect(preview.get_by_label("Outlet")).to_have_value("Harbour Gazette")
    expect(preview.get_by_label("Published")).to_have_value("2024-06-05")
    preview.get_by_role("button", name="Add to desk").click()

    expect(page.locator("article.reading")).to_contain_text(SECOND)
    version = Article.objects.get().versions.get()
    assert [version.text[start:end] for start, end, target in version.links if target.endswith("/log")] == ["The log"]


def test_a_corrected_figure_reopens_an_approved_claim(alice: Person, cast: Cast) -> None:
    text = f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}"
    article = make_article(by=cast.alice, text=text, headline=HEADLINE, outlet="Harbour Gazette")
    claim = make_claim(
        by=cast.alice,
        version=article.versions.get(),
        quote="At least 1,200 people were stranded on the islands",
        status=Status.APPROVED,
        reviewer=cast.bob,
    )
    page = alice.page
    page.goto(f"/d/night-desk/articles/{article.pk}/versions/")
    page.get_by_role("link", name="New version").click()
    page.get_by_label("Paste the text of an article").fill(text.replace("1,200", "1,800"))
    page.get_by_role("button", name="See the preview").click()
    page.get_by_role("button", name="Add as version 2").click()

    question = page.locator(".question")
    expect(page.get_by_role("heading", name="1 highlight waits for you")).to_be_visible()
    expect(question.locator(".meanings")).to_contain_text("1,200")
    expect(question.locator(".meanings")).to_contain_text("1,800")
    assert fresh(claim).status == Status.REOPENED
    assert "1,200 → 1,800" in fresh(claim).status_reason
    page.wait_for_load_state()
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Every highlight is decided")).to_be_visible()
    assert claim.highlights.live().get().quote == "At least 1,800 people were stranded on the islands"
