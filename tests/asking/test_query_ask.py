"""Asked about a claim in its panel, and about words of an article that are selected or typed."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Addressee, Article, ArticleVersion, AuditEvent, Claim, Membership, Query, Status
from tests.claims.asking import HTMX, address, fired, is_panel, page_of
from tests.factories import QUOTE, fresh, make_article, make_claim, make_highlight, make_source, make_stranger
from tests.factories import make_claim as claim_of

QUESTION = "Who counted the injured?"


def typed(**more: Any) -> dict[str, Any]:
    return {"to": "author", "name": "Lena Corvi", "question": QUESTION, "request_id": str(uuid4())} | more


def selected(version: ArticleVersion, quote: str = QUOTE, **more: Any) -> dict[str, Any]:
    start = version.text.index(quote)
    return typed(version=version.pk, start=start, end=start + len(quote), quote=quote) | more


def page(article: Article) -> str:
    return reverse("articles:highlight-ask", args=[article.desk.slug, article.pk])


# About a claim


def test_it_works(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    answer = browser_of_alice.post(address("query-ask", claim), typed(due="2026-12-24"))

    query = Query.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(claim))
    assert (query.claim, query.addressee, query.name, query.question) == (claim, "author", "Lena Corvi", QUESTION)
    assert (query.asked_by, query.status, str(query.due)) == (alice.person, "open", "2026-12-24")
    assert QUESTION in browser_of_alice.get(page_of(claim)).text


def test_htmx_gets_the_panel(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("query-ask", claim), typed(), headers=HTMX)

    assert is_panel(answer)
    assert QUESTION in answer.text
    assert "You asked Lena Corvi, the author." in answer.text
    assert "claim:changed" in fired(answer)


def test_a_colleague_is_asked_by_id(browser_of_alice: Client, claim: Claim, bob: Membership) -> None:
    browser_of_alice.post(address("query-ask", claim), typed(to=str(bob.person_id)))

    query = Query.objects.get()
    assert (query.addressee, query.colleague, query.name) == (Addressee.COLLEAGUE, bob.person, "")


def test_a_source_is_known_by_its_title_or_is_words(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    source = make_source(by=alice, title="Accident log")

    for name in ("ACCIDENT LOG", "The harbour master"):
        browser_of_alice.post(address("query-ask", claim), typed(to="source", name=name))

    known, words = Query.objects.order_by("id")
    assert (known.source, known.name) == (source, "")
    assert (words.source, words.name) == (None, "The harbour master")


def test_the_author_of_the_only_article_need_not_be_named(browser_of_alice: Client, alice: Membership) -> None:
    version = make_article(by=alice, byline="Lena Corvi").versions.get()
    claim = claim_of(by=alice, version=version)

    browser_of_alice.post(address("query-ask", claim), typed(name=""))

    assert Query.objects.get().name == "Lena Corvi"


def test_of_several_authors_one_is_named(browser_of_alice: Client, alice: Membership) -> None:
    one, other = (make_article(by=alice, byline=name).versions.get() for name in ("Lena Corvi", "Ida Falk"))
    claim = claim_of(by=alice, version=one)
    make_highlight(by=alice, version=other, claim=claim)

    answer = browser_of_alice.post(address("query-ask", claim), typed(name=""))

    assert answer.status_code == 422
    assert "Say whose author: Lena Corvi, Ida Falk." in answer.text
    assert not Query.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"to": ""}, "Say whom you ask."),
        ({"to": "everybody"}, "Select a valid choice"),
        ({"to": "source", "name": ""}, "Say which source"),
        ({"question": " "}, "Write what you want to know."),
        ({"due": "soon"}, "Write the day as 2026-03-05."),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser_of_alice: Client, claim: Claim, headers: dict[str, str], wrong: dict[str, str], sentence: str
) -> None:
    sent = typed(name="Typed by hand", question="Typed as well?") | wrong

    answer = browser_of_alice.post(address("query-ask", claim), sent, headers=headers)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert ("Typed by hand" in answer.text) or ("Typed as well?" in answer.text)
    assert is_panel(answer) is bool(headers)
    assert not Query.objects.exists()


def test_who_asks_and_who_reads_only_are_no_choice(
    browser_of_alice: Client, claim: Claim, alice: Membership, rita: Membership
) -> None:
    for member in (alice, rita, make_stranger()):
        answer = browser_of_alice.post(address("query-ask", claim), typed(to=str(member.person_id)))
        assert answer.status_code == 422

    assert not Query.objects.exists()


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, claim: Claim) -> None:
    sent = typed()

    answers = [browser_of_alice.post(address("query-ask", claim), sent, headers=HTMX) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert Query.objects.count() == AuditEvent.objects.filter(action="query.asked").count() == 1


def test_an_approved_claim_stays_approved(browser_of_alice: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.APPROVED)

    browser_of_alice.post(address("query-ask", claim), typed())

    assert fresh(claim).status == Status.APPROVED


def test_a_reader_asks_nothing(browser_of_rita: Client, claim: Claim) -> None:
    assert browser_of_rita.post(address("query-ask", claim), typed()).status_code == 403


def test_get_is_the_wrong_method(browser_of_alice: Client, claim: Claim) -> None:
    assert browser_of_alice.get(address("query-ask", claim)).status_code == 405


def test_logged_out_htmx_is_sent_to_the_door(client: Client, claim: Claim) -> None:
    answer = client.post(address("query-ask", claim), typed(), headers=HTMX)

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/accounts/login/")


# About words that are selected


def test_selected_words_become_a_highlight_with_the_query(
    browser_of_alice: Client, version: ArticleVersion, alice: Membership
) -> None:
    answer = browser_of_alice.post(page(version.article), selected(version), headers=HTMX)

    query = Query.objects.get()
    assert query.highlight
    assert (query.highlight.quote, query.highlight.claim, query.claim) == (QUOTE, None, None)
    assert fired(answer) == {} or answer.status_code == 200
    assert f'data-claims="{query.pk}"' in answer.text
    assert "Query about these words" in answer.text
    assert str(query.pk) in answer.headers["HX-Trigger-After-Settle"]


def test_without_scripts_it_leads_back_to_the_words(browser_of_alice: Client, version: ArticleVersion) -> None:
    answer = browser_of_alice.post(page(version.article), selected(version))

    shown = browser_of_alice.get(answer.headers["Location"])
    assert answer.status_code == 302
    assert f"claim={Query.objects.get().pk}" in answer.headers["Location"]
    assert QUESTION in shown.text


@pytest.mark.parametrize("wrong", [{"question": ""}, {"to": ""}, {"quote": "Other words that stand nowhere"}])
def test_a_selection_that_is_wrong_is_refused(
    browser_of_alice: Client, version: ArticleVersion, wrong: dict[str, str]
) -> None:
    answer = browser_of_alice.post(page(version.article), selected(version) | wrong, headers=HTMX)

    assert answer.status_code == 422
    assert not Query.objects.exists()


def test_words_of_an_older_version_are_asked_about_there_no_more(
    browser_of_alice: Client, version: ArticleVersion
) -> None:
    answer = browser_of_alice.post(page(version.article), selected(version) | {"version": str(uuid4())}, headers=HTMX)

    assert answer.status_code == 409
    assert "newer version by now" in answer.text


def test_a_query_in_hand_takes_no_evidence(browser_of_alice: Client, version: ArticleVersion) -> None:
    browser_of_alice.post(page(version.article), selected(version))
    evidence = reverse("articles:highlight-evidence", args=[version.desk.slug, version.article_id])
    sent = selected(version, claim=str(Query.objects.get().pk), stance="supports", kind="primary")

    answer = browser_of_alice.post(evidence, sent, headers=HTMX)

    assert answer.status_code == 422
    assert "Open a claim first" in answer.text


# About words that are typed


def test_words_are_typed_by_who_cannot_select(browser_of_alice: Client, version: ArticleVersion) -> None:
    form = browser_of_alice.get(page(version.article))
    answer = browser_of_alice.post(page(version.article), typed(words=QUOTE))

    query = Query.objects.get()
    assert "Words of the article" in form.text
    assert query.highlight
    assert query.highlight.quote == QUOTE
    assert answer.headers["Location"] == address("query", query)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Give the words of the article"),
        ("seven lamps", "do not stand in the article"),
        ("the", "places. Give more of what stands around them."),
    ],
)
def test_words_that_are_not_one_place_are_said_to_be(
    browser_of_alice: Client, version: ArticleVersion, words: str, sentence: str
) -> None:
    answer = browser_of_alice.post(page(version.article), typed(words=words))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert QUESTION in answer.text
    assert not Query.objects.exists()


def test_the_day_is_kept(browser_of_alice: Client, version: ArticleVersion) -> None:
    browser_of_alice.post(page(version.article), typed(words=QUOTE, due=str(timezone.localdate())))

    assert Query.objects.get().due == timezone.localdate()
