import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import actions
from articles.models import Status
from articles.queries.workbench import bench
from articles.views import narrowing
from tests.factories import fresh, make_article, make_claim, make_highlight, make_passage, make_version
from tests.workbench.conftest import BOATS, HTMX, TEXT

PANEL = HTMX | {"HX-Target": "panel"}


def test_the_article_with_its_highlights(signed_in, url, alice, version):
    make_highlight(by=alice, version=version, quote=BOATS)

    html = signed_in.get(url).content.decode()

    assert "<h1" in html
    assert f"{BOATS}</mark>" in html
    assert "1 claim left" in html
    assert '<ol class="claims"' in html


def test_an_article_without_highlights_says_how_to_begin(signed_in, url):
    html = signed_in.get(url).content.decode()

    assert "Select words in the article" in html


def test_a_claim_is_opened_by_its_address(signed_in, url, alice, version):
    claim = make_claim(by=alice, version=version, quote=BOATS)

    html = signed_in.get(url, {"claim": claim.pk}).content.decode()

    assert 'id="claim-panel"' in html
    assert "data-active" in html


def test_the_panel_alone_for_htmx(signed_in, url, alice, version):
    claim = make_claim(by=alice, version=version, quote=BOATS)

    answer = signed_in.get(url, {"claim": claim.pk}, headers=PANEL)

    html = answer.content.decode()
    assert 'id="claim-panel"' in html
    assert 'id="progress" hx-swap-oob="true"' in html
    assert "<article" not in html
    assert answer.headers["Vary"].count("HX-Target") == 1


def test_a_claim_of_another_article_stays_in_hand(signed_in, url, alice, version):
    claim = make_claim(by=alice, version=make_version(by=alice))

    html = signed_in.get(url, {"claim": claim.pk}).content.decode()

    assert "Not in this article" in html


@pytest.mark.parametrize(("claim", "status"), [("no id", 200), ("01a20000-0000-7000-8000-000000000000", 404)])
def test_a_claim_that_is_not_there(signed_in, url, claim, status):
    assert signed_in.get(url, {"claim": claim}).status_code == status


def test_sentences_have_buttons_for_those_who_may_mark(signed_in, client, url, rita):
    assert signed_in.get(url, {"mode": "sentences"}).content.decode().count('class="whole"') == 6
    client.force_login(rita.person)
    assert 'class="whole"' not in client.get(url, {"mode": "sentences"}).content.decode()


def test_what_is_redrawn_has_buttons_only_for_those_who_may_mark(client, url, rita, alice, version):
    claim = make_claim(by=alice, version=version, quote=BOATS)
    client.force_login(rita.person)

    html = client.get(f"{url}blocks/", {"mode": "sentences", "claim": claim.pk}).content.decode()

    assert BOATS in html
    assert 'class="whole"' not in html


def test_blocks_have_forms_for_those_who_may_mark(signed_in, client, url, rita):
    assert signed_in.get(url, {"mode": "blocks"}).content.decode().count("/retype/") == 4
    client.force_login(rita.person)
    assert "/retype/" not in client.get(url, {"mode": "blocks"}).content.decode()


def test_other_articles_of_the_story_keep_the_claim_in_hand(signed_in, url, alice, version, story):
    other = make_article(by=alice, headline="Boats lost", story=story)
    claim = make_claim(by=alice, version=version, quote=BOATS)

    html = signed_in.get(url, {"claim": claim.pk}).content.decode()

    assert f"/articles/{other.pk}/?claim={claim.pk}" in html


def test_a_long_list_comes_with_its_beginning(signed_in, url, alice, version, monkeypatch):
    monkeypatch.setattr(narrowing, "LISTED", 2)
    monkeypatch.setattr(narrowing, "BEGINNING", 1)
    for quote in ("The storm", BOATS, "Three people"):
        make_claim(by=alice, version=version, quote=quote)

    page = signed_in.get(url).text
    assert page.count("<li data-claim=") == 1
    assert "All 3, with their filter" in page
    assert signed_in.get(url, {"all": 1}).text.count("<li data-claim=") == 3
    assert signed_in.get(url, {"kind": "event"}).text.count("<li data-claim=") == 3
    for answer in (signed_in.get(url, headers=PANEL), signed_in.get(f"{url}claims/", headers=HTMX)):
        assert answer.text.count("<li data-claim=") == 3
        assert 'data-rows><li data-claim="' in answer.text


def test_what_changed_of_a_claim_is_redrawn(signed_in, url, alice, version):
    claim = make_claim(by=alice, status=Status.CHECKING, version=version, quote=BOATS)

    html = signed_in.get(f"{url}blocks/", {"claim": claim.pk}, headers=HTMX).content.decode()

    assert html.count("data-o=") == 1
    assert 'data-status="checking"' in html
    assert 'id="progress" hx-swap-oob="true"' in html


@pytest.mark.parametrize("path", ["", "blocks/"])
def test_post_is_the_wrong_method(signed_in, url, path):
    assert signed_in.post(url + path).status_code == 405


@pytest.mark.parametrize("query", ["", "?mode=sentences", "?mode=blocks"])
def test_more_highlights_take_no_more_queries(signed_in, url, alice, version, query):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            signed_in.get(url + query)
        return len(captured)

    claim = make_claim(by=alice, version=version, quote=BOATS)
    few = queries()
    for _ in range(5):
        make_claim(by=alice, version=version, quote=BOATS)
        make_passage(by=alice, claim=fresh(claim), version=version, quote="Three people")

    assert queries() == few


OPENING = 11
"""Queries: session, person, member, article, highlights, undo, others of the story, copies, what waits for review,
what is asked, and of whom something can be asked."""


def test_what_opening_asks(signed_in, url, alice, version, django_assert_num_queries):
    with django_assert_num_queries(OPENING):
        signed_in.get(url)
    make_claim(by=alice, version=version, quote=BOATS)

    with django_assert_num_queries(OPENING + 1):  # what the filter can choose from
        signed_in.get(url)


# What the page is made of


def test_marks_are_in_text_order_with_the_longer_first(alice, version):
    for quote in ("Three people", "At least 40", BOATS):
        make_highlight(by=alice, version=version, quote=quote)

    shown = bench(version)

    assert [TEXT[mark.start : mark.end] for mark in shown.marks] == [BOATS, "At least 40", "Three people"]


def test_the_blocks_around_a_place_bring_all_their_marks(alice, version):
    for quote in ("The storm", BOATS, "Three people"):
        make_highlight(by=alice, version=version, quote=quote)
    whole = bench(version)

    near = bench(version, at=whole.marks[:1])

    assert near.marks == whole.marks[:2]


def test_a_claim_in_two_places_has_one_number(alice, version):
    later = make_claim(by=alice, version=version, quote="Three people")
    first = make_claim(by=alice, version=version, quote=BOATS)
    make_highlight(by=alice, version=version, quote="harbour master", claim=fresh(first))

    shown = bench(version)

    assert shown.numbers == {str(first.pk): 1, str(later.pk): 2}
    assert list(shown.statuses.values()) == ["open", "open"]


def test_a_withdrawn_passage_is_no_mark(alice, version):
    claim = make_claim(by=alice, version=version, quote=BOATS)
    passage = make_passage(by=alice, claim=claim, version=version, quote="Three people")
    assert len(bench(version).marks) == 2

    actions.evidence.withdraw(by=alice, evidence=passage)

    assert len(bench(version).marks) == 1


def test_steps_follow_the_text_and_end_with_it(alice, version):
    first, second = (str(make_claim(by=alice, version=version, quote=q).pk) for q in (BOATS, "Three people"))
    shown = bench(version)

    assert [shown.step("", 1), shown.step(first, 1), shown.step(second, 1)] == [first, second, None]
    assert [shown.step("", -1), shown.step(second, -1), shown.step(first, -1)] == [second, first, None]


def test_the_next_unchecked_claim_is_sought_from_here_and_then_from_the_beginning(alice, bob, version):
    open_one = str(make_claim(by=alice, version=version, quote="The storm").pk)
    done = str(make_claim(by=alice, status=Status.APPROVED, version=version, quote=BOATS, reviewer=bob).pk)
    last = str(make_claim(by=alice, version=version, quote="Three people").pk)
    shown = bench(version)

    assert [shown.next_unchecked(claim) for claim in ("", open_one, done, last)] == [open_one, last, last, open_one]
