"""Which claims the address of a workbench asks for: listed, stepped through, and bright in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Status
from articles.queries.narrowing import facts_of
from articles.queries.workbench import bench
from articles.views import narrowing
from tests.factories import (
    answer_query,
    edit_claim,
    fresh,
    make_claim,
    make_evidence,
    make_highlight,
    make_passage,
    make_query,
)
from tests.workbench.conftest import BOATS, HTMX

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import ArticleVersion, Claim, Membership
    from articles.queries.narrowing import Facts

PANEL = HTMX | {"HX-Target": "panel"}
STORM, PEOPLE, WATER = "The storm broke at six", "Three people were hurt", "the water rise for two days"


@pytest.fixture
def claims(alice: Membership, bob: Membership, version: ArticleVersion) -> dict[str, Claim]:
    """Four claims, by a letter: their statuses, kinds, people and evidence are all different."""
    untouched = make_claim(by=alice, version=version, quote=STORM)
    boats = edit_claim(make_claim(by=bob, version=version, quote=BOATS), by=bob, kind="figure", assignee=alice.person)
    water = edit_claim(make_claim(by=bob, version=version, quote=WATER), by=bob, kind="quotation")
    make_evidence(by=bob, claim=water)
    checked = make_claim(by=bob, version=version, quote=PEOPLE, status=Status.IN_REVIEW)
    return {"s": untouched, "b": boats, "w": fresh(water), "p": checked}


def listed(html: str, claims: dict[str, Claim]) -> str:
    """The letters of the claims that the list shows, in its order."""
    letters = {str(claim.pk): letter for letter, claim in claims.items()}
    return "".join(letters[claim] for claim in re.findall('<li data-claim="([^"]+)"', html))


def bright(html: str, claims: dict[str, Claim]) -> str:
    letters = {str(claim.pk): letter for letter, claim in claims.items()}
    found = re.findall('<mark data-status="[^"]+" data-claims="([^"]+)"', html)
    return "".join(letters[claim] for claim in found)


@pytest.mark.parametrize(
    ("query", "fitting"),
    [
        ("", "sbwp"),
        ("status=open", "sb"),
        ("status=open&status=in_review", "sbp"),
        ("kind=figure", "b"),
        ("kind=figure&status=in_review", ""),
        ("bare=on", "sb"),
        ("mine=on", "sb"),
        ("mine=on&kind=figure", "b"),
        ("person=bob", "bwp"),
        ("person=alice&mine=on", "sb"),
        ("person=bob&status=checking", "w"),
        ("status=unheard&kind=of&person=nobody", "sbwp"),
        ("person=01a20000-0000-7000-8000-000000000000", ""),
    ],
)
def test_what_fits_is_listed_and_bright(  # noqa: PLR0917  # pytest fills them in by name
    query: str, fitting: str, signed_in: Client, url: str, claims: dict[str, Claim], alice: Membership, bob: Membership
) -> None:
    for name, member in {"alice": alice, "bob": bob}.items():
        query = query.replace(f"person={name}", f"person={member.person_id}")

    page = signed_in.get(f"{url}?{query}").text

    assert listed(page, claims) == fitting
    assert bright(page, claims) == fitting
    assert listed(signed_in.get(f"{url}claims/?{query}", headers=HTMX).text, claims) == fitting


def test_every_choice_says_how_many_it_would_show(signed_in: Client, url: str, claims: dict[str, Claim]) -> None:
    page = signed_in.get(f"{url}?status=open").text

    said = re.findall(
        r'[">]([A-Z][a-z ]+)(?:</span>)? <b>(\d+)</b>', page.partition('id="narrow"')[2].partition("narrow-person")[0]
    )
    assert said == [
        ("Open", "2"),
        ("Checking", "1"),
        ("In review", "1"),
        ("Mine", "2"),
        ("No evidence", "2"),
    ]
    assert re.findall(r"(?:Alice|Bob|Figure|Quotation|Event) \(\d\)", page) == [
        "Alice (2)",
        "Bob (1)",
        "Event (1)",
        "Figure (1)",
        "Quotation (0)",
    ]


def test_steps_go_through_what_fits(signed_in: Client, url: str, claims: dict[str, Claim]) -> None:
    answer = signed_in.get(f"{url}?claim={claims['w'].pk}&person={claims['b'].made_by_id}", headers=PANEL)
    other = signed_in.get(f"{url}?claim={claims['w'].pk}&status=open", headers=PANEL)

    assert (answer.context["previous"], answer.context["next"]) == (str(claims["b"].pk), str(claims["p"].pk))
    assert answer.context["unchecked"] == str(claims["b"].pk)
    assert (other.context["previous"], other.context["next"]) == (str(claims["b"].pk), None)
    assert "Going through 2 of 4" in other.text
    assert f"?claim={claims['w'].pk}" in other.context["unfiltered"]


def test_links_keep_the_filter_and_it_can_be_cleared(signed_in: Client, url: str, claims: dict[str, Claim]) -> None:
    page = signed_in.get(f"{url}?status=open&kind=figure&mode=sentences").text

    assert f'href="?mode=sentences&amp;status=open&amp;kind=figure&amp;claim={claims["b"].pk}"' in page
    assert f'href="{url}?mode=sentences"' in page
    assert '<input type="hidden" name="mode" value="sentences">' in page


def test_where_nothing_fits_the_choices_stay(signed_in: Client, url: str, claims: dict[str, Claim]) -> None:
    page = signed_in.get(f"{url}?kind=cause").text

    assert "No claim fits" in page
    assert "Cause (0)" in page
    assert "Clear</a>" in page


def test_words_of_two_claims_are_bright_when_one_fits(
    signed_in: Client, url: str, claims: dict[str, Claim], bob: Membership, version: ArticleVersion
) -> None:
    make_highlight(by=bob, version=version, quote="boats")

    page = signed_in.get(f"{url}?kind=figure").text

    assert re.search(r'<mark data-status="open" data-claims="[^"]+" data-overlap="2">', page)
    assert page.count('data-faint data-no="') == 4


def test_evidence_fits_with_its_claim(
    signed_in: Client, url: str, claims: dict[str, Claim], bob: Membership, version: ArticleVersion
) -> None:
    make_passage(by=bob, claim=fresh(claims["b"]), version=version, quote="harbour master")

    assert '<mark data-stance="supports" data-claims' in signed_in.get(f"{url}?kind=figure").text
    assert '<mark data-stance="supports" data-faint' in signed_in.get(f"{url}?kind=event").text


def test_what_is_redrawn_stays_faint(signed_in: Client, url: str, claims: dict[str, Claim]) -> None:
    answer = signed_in.get(f"{url}blocks/?claim={claims['w'].pk}&status=open", headers=HTMX)

    assert '<mark data-status="checking" data-faint' in answer.text


def test_an_older_version_is_narrowed_too(signed_in: Client, url: str, alice: Membership, bob: Membership) -> None:
    assert signed_in.get(f"{url}?version=1&mine=on").status_code == 200


@pytest.mark.parametrize(
    "query", ["?status=open", "?mine=on&bare=on", "?print=1", "?all=1", "claims/", "claims/?print=1"]
)
def test_more_claims_take_no_more_queries(  # noqa: PLR0917  # pytest fills them in by name
    signed_in: Client, url: str, alice: Membership, bob: Membership, version: ArticleVersion, query: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            signed_in.get(url + query)
        return len(captured)

    make_claim(by=bob, version=version, quote=BOATS)
    few = queries()
    for by in (alice, bob, alice, bob):
        claim = make_claim(by=by, version=version, quote=BOATS)
        make_evidence(by=bob, claim=claim)

    assert queries() == few


def test_a_long_list_that_is_narrowed_is_narrowed_whole(
    signed_in: Client, url: str, claims: dict[str, Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "LISTED", 2)

    assert listed(signed_in.get(f"{url}?bare=on&status=open").text, claims) == "sb"


def test_the_bench_steps_from_a_claim_that_does_not_fit(version: ArticleVersion, claims: dict[str, Claim]) -> None:
    whole = bench(version)
    shown = type(whole)(whole.version, whole.marks, fitting=frozenset({str(claims["b"].pk), str(claims["p"].pk)}))
    water = str(claims["w"].pk)

    assert [shown.step(water, by) for by in (-1, 1)] == [str(claims["b"].pk), str(claims["p"].pk)]
    assert shown.next_unchecked(water) == str(claims["b"].pk)


@pytest.mark.parametrize(
    ("query", "number", "is_bright"),
    [("asked=on", 2, True), ("", 2, True), ("asked=on&mine=on", 1, False), ("kind=figure", 0, False)],
)
def test_open_queries_about_words_fit_as_long_as_nothing_else_is_asked(  # noqa: PLR0917  # pytest fills them in by name
    query: str,
    number: int,
    is_bright: bool,
    signed_in: Client,
    url: str,
    claims: dict[str, Claim],
    alice: Membership,
    version: ArticleVersion,
) -> None:
    make_query(by=alice, claim=claims["s"])
    asked = make_query(by=alice, version=version, quote="harbour")
    answered = answer_query(make_query(by=alice, version=version, quote="lower town"), by=alice)

    page = signed_in.get(f"{url}?{query}")

    marks = re.findall('<mark data-stance="question"( data-faint)? data-claims="([^"]+)"', page.text)
    faint = {claim for look, claim in marks if look}
    assert {claim for _, claim in marks} == {str(asked.pk), str(answered.pk)}
    assert (str(asked.pk) not in faint) == is_bright
    assert (str(answered.pk) in faint) == bool(query)
    assert page.context["choices"].with_query.number == number


@pytest.mark.parametrize(("query", "fitting"), [("", "sbwp"), ("kind=figure&mine=on", "b")])
def test_a_claim_that_is_removed_while_the_page_is_made_fits_nothing(  # noqa: PLR0917  # pytest fills them in by name
    query: str,
    fitting: str,
    signed_in: Client,
    url: str,
    claims: dict[str, Claim],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = facts_of

    def without_one(*args: Any, **kwargs: Any) -> dict[str, Facts]:
        return {claim: one for claim, one in whole(*args, **kwargs).items() if claim != str(claims["s"].pk)}

    monkeypatch.setattr(narrowing, "facts_of", without_one)

    answer = signed_in.get(f"{url}claims/?{query}", headers=HTMX)

    assert answer.status_code == 200
    assert listed(answer.text, claims) == fitting
