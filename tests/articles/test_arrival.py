"""The preview of an arrival: how it will be read, what is guessed of it, what is to be known before it is added."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import actions
from articles.intake.draft import Link, Page
from articles.models import Arrival, Desk, Membership
from articles.previewing import PART
from articles.text.notes import Note, NoteKind
from tests.articles.pages import STORM, page_of, sent
from tests.factories import fresh, make_arrival, make_article

KINDS = ["furniture", "headline", "byline", "dateline", "paragraph", "paragraph", "furniture"]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def arrival(alice: Membership) -> Arrival:
    return make_arrival(by=alice, text=STORM, kinds=KINDS)


def test_the_text_is_shown_block_by_block_with_furniture_folded(browser_of_alice: Client, arrival: Arrival) -> None:
    page = browser_of_alice.get(page_of("arrival", arrival)).text

    assert page.count('<li class="block"') == 7
    assert page.count('<details class="fold">') == 2
    assert '<h2 class="headline" data-words>Storm closes the harbour of Orm</h2>' in page
    assert "332 of 332 characters kept, in 7 blocks; 2 of them are furniture" in page


def test_links_name_their_targets_and_lead_nowhere(browser_of_alice: Client, alice: Membership) -> None:
    start = STORM.index("three boats")
    link = Link(start, start + 11, 'javascript:alert("1")')
    arrival = make_arrival(by=alice, text=STORM, kinds=KINDS, links=(link,))

    page = browser_of_alice.get(page_of("arrival", arrival)).text

    assert '<span class="link" title="javascript:alert(&quot;1&quot;)">three boats</span>' in page
    assert 'href="javascript' not in page
    assert "1 link." in page


def test_pages_are_named_where_they_begin(browser_of_alice: Client, alice: Membership) -> None:
    pages = (Page(0, "A1"), Page(STORM.index("At least"), "A2"))
    arrival = make_arrival(by=alice, text=STORM, kinds=KINDS, pages=pages)

    page = browser_of_alice.get(page_of("arrival", arrival)).text

    assert page.count('<span class="page">') == 2
    assert '<span class="page">p. A2</span>' in page


def test_each_guess_says_where_it_comes_from(browser_of_alice: Client, desk: Desk) -> None:
    answer = browser_of_alice.post(f"/d/{desk.slug}/articles/add/", {"text": STORM})

    page = browser_of_alice.get(answer["Location"]).text

    fields = sent(page)
    assert (fields["headline"], fields["outlet"]) == (["Storm closes the harbour of Orm"], ["Orm Valley Courier"])
    assert (fields["byline"], fields["published"], fields["language"]) == (["Ida Falk"], ["2013-06-05"], ["en"])
    assert "Guessed from the copyright line." in page


def test_what_may_have_hurt_the_words_is_a_warning(browser_of_alice: Client, alice: Membership) -> None:
    report = (Note(NoteKind.NUL, 1, "the first"),)
    arrival = make_arrival(by=alice, text=STORM, kinds=KINDS, report=report)

    page = browser_of_alice.get(page_of("arrival", arrival)).text

    assert "1 NUL character was removed" in page
    assert 'class="notice" data-level="warning"' in page


def test_the_tools_of_a_block_come_without_scripts(browser_of_alice: Client, arrival: Arrival) -> None:
    at = STORM.index("The harbour was")

    page = browser_of_alice.get(page_of("arrival", arrival), {"block": at}).text

    assert page.count('class="block-tools"') == 1
    assert "Merge with the block before" in page


def test_the_tools_of_a_block_come_by_themselves(browser_of_alice: Client, arrival: Arrival) -> None:
    headers = HTMX | {"HX-Target": "open-block"}

    answer = browser_of_alice.get(page_of("arrival", arrival), {"block": 0}, headers=headers)

    assert answer.text.startswith('<li class="block" id="b0"')
    assert answer["HX-Retarget"] == "#b0"
    assert "HX-Target" in answer["Vary"]


def test_a_block_that_is_not_there_has_no_tools(browser_of_alice: Client, arrival: Arrival) -> None:
    for block in ("5", "x", "-1", "9" * 30):
        assert "block-tools" not in browser_of_alice.get(page_of("arrival", arrival), {"block": block}).text


def test_a_long_text_is_shown_in_parts_and_all_of_it_can_be_reached(
    browser_of_alice: Client, alice: Membership
) -> None:
    text = "\n\n".join(f"Paragraph {number} ended here." for number in range(2 * PART + 5))
    arrival = make_arrival(by=alice, text=text)
    page = page_of("arrival", arrival)

    first, second, third = (browser_of_alice.get(page, {"part": part}).text for part in ("", "2", "3"))
    more = browser_of_alice.get(page, {"part": "2"}, headers=HTMX | {"HX-Target": "more"}).text

    assert [part.count('<li class="block"') for part in (first, second, third)] == [PART, PART, 5]
    assert 'rel="next"' in first
    assert 'rel="next"' not in third
    assert more.startswith('<li class="block"')
    assert f"Paragraph {PART} ended" in more
    at = text.index("Paragraph 801 ")
    assert f'id="b{at}"' in browser_of_alice.get(page, {"block": at}).text


def test_a_block_without_end_is_kept_whole_and_shown_in_part(browser_of_alice: Client, alice: Membership) -> None:
    arrival = make_arrival(by=alice, text="word " * 3_000 + "end")

    assert "… and 5,003 characters more, kept as well" in browser_of_alice.get(page_of("arrival", arrival)).text


def test_an_article_that_is_there_already_is_named(
    browser_of_alice: Client, alice: Membership, arrival: Arrival
) -> None:
    known = make_article(by=alice, text=STORM, kinds=KINDS)
    actions.arrivals.describe(by=alice, arrival=arrival, revision=2, details={"outlet": "Orm Valley Courier"})

    page = browser_of_alice.get(page_of("arrival", arrival)).text

    assert "This article is on the desk" in page
    assert page_of("workbench", known) in page


def test_a_copy_under_another_outlet_is_named(browser_of_alice: Client, alice: Membership, arrival: Arrival) -> None:
    known = make_article(by=alice, text=STORM, kinds=KINDS, outlet="The Mail")
    actions.arrivals.describe(by=alice, arrival=arrival, revision=2, details={"outlet": "The Post"})

    page = browser_of_alice.get(page_of("arrival", arrival)).text

    assert "The same text is on the desk" in page
    assert page_of("workbench", known) in page


def test_another_text_of_the_same_address_is_named(browser_of_alice: Client, alice: Membership) -> None:
    known = make_article(by=alice, url="http://orm.example/storm/")
    arrival = make_arrival(by=alice, text=STORM, kinds=KINDS, address="https://orm.example/storm")

    page = browser_of_alice.get(page_of("arrival", arrival)).text

    assert "The desk has another text of this address" in page
    assert page_of("workbench", known) in page


def test_articles_of_another_desk_are_not_known_here(
    browser_of_alice: Client, arrival: Arrival, mallory: Membership
) -> None:
    make_article(by=mallory, text=STORM, kinds=KINDS)

    page = browser_of_alice.get(page_of("arrival", arrival)).text

    assert "is on the desk" not in page


def test_what_was_not_read_yet_is_offered_to_be_read(browser_of_alice: Client, alice: Membership) -> None:
    arrival = make_arrival(by=alice, text=STORM, is_read=False)

    page = browser_of_alice.get(page_of("arrival", arrival)).text
    answer = browser_of_alice.post(page_of("arrival-read", arrival))

    assert 'hx-trigger="load, submit"' in page
    assert answer["Location"] == page_of("arrival", arrival)
    assert fresh(arrival).draft["text"] == STORM


def test_reading_twice_changes_nothing(browser_of_alice: Client, arrival: Arrival) -> None:
    browser_of_alice.post(page_of("arrival-read", arrival))

    assert fresh(arrival).revision == arrival.revision


def test_what_could_not_be_read_can_be_read_again(browser_of_alice: Client, alice: Membership) -> None:
    arrival = make_arrival(by=alice, text=STORM, failure="It took too long.")

    browser_of_alice.post(page_of("arrival-read", arrival))

    assert (fresh(arrival).failure, fresh(arrival).draft["text"]) == ("", STORM)


def test_it_can_be_discarded_and_restored(browser_of_alice: Client, arrival: Arrival) -> None:
    gone = browser_of_alice.post(page_of("arrival-discard", arrival), follow=True)
    assert fresh(arrival).state == "discarded"
    assert page_of("arrival-restore", arrival) in gone.text
    assert "This was discarded" in browser_of_alice.get(page_of("arrival", arrival)).text
    browser_of_alice.post(page_of("arrival-restore", arrival))

    assert fresh(arrival).state == "waiting"


def test_the_original_is_a_file_and_never_a_page(browser_of_alice: Client, alice: Membership) -> None:
    arrival = make_arrival(by=alice, text="<script>alert(1)</script>", filename="..\\a/b.html", is_read=False)

    answer = browser_of_alice.get(page_of("arrival-original", arrival))

    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'attachment; filename="ab.html"'


def test_the_number_of_queries_is_the_same_for_more_corrections(
    browser_of_alice: Client, alice: Membership, arrival: Arrival
) -> None:
    def queries_of_page() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser_of_alice.get(page_of("arrival", arrival))
        return len(captured)

    queries_of_page()
    few = queries_of_page()
    for revision, at in enumerate((0, 22, 55, 68), start=2):
        actions.arrivals.retype(by=alice, arrival=arrival, revision=revision, at=at, kind="caption")

    assert queries_of_page() == few
