from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from articles import actions
from articles.actions.sources import Work
from articles.models import AuditEvent, Evidence, Membership, Source, Status
from articles.queries.doubles import doubled, doubles_of
from tests.claims.asking import HTMX, address
from tests.factories import fresh, make_claim, make_evidence, make_origin, make_snapshot, make_source, make_stranger


@pytest.fixture
def double(alice: Membership) -> Source:
    return make_source(by=alice, title="Log of the police", url="http://www.police.example/log?fbclid=1")


@pytest.fixture
def evidence(alice: Membership, double: Source) -> Evidence:
    return make_evidence(by=alice, claim=make_claim(by=alice), source=double)


def told(double: Source, source: Source, **more: Any) -> dict[str, Any]:
    return {"into": str(source.pk), "revision": fresh(double).revision, "request_id": str(uuid4())} | more


def test_both_are_shown_side_by_side(
    browser_of_alice: Client, source: Source, double: Source, evidence: Evidence
) -> None:
    answer = browser_of_alice.get(address("source-merge", source), {"with": str(double.pk)})

    assert answer.status_code == 200
    assert [side["source"] for side in answer.context["sides"]] == [source, double]
    assert "1 piece of evidence and 0 copies come along" in answer.text
    assert ("Title", (source.title, double.title)) in [(row["label"], row["values"]) for row in answer.context["rows"]]


def test_it_works(
    browser_of_alice: Client, source: Source, double: Source, evidence: Evidence, alice: Membership
) -> None:
    copy = make_snapshot(by=alice, source=double)

    answer = browser_of_alice.post(address("source-merge", double), told(double, source))

    assert (answer.status_code, answer.headers["Location"]) == (302, address("source", source))
    assert fresh(double).merged_into_id == source.pk
    assert {fresh(evidence).source_id, fresh(copy).source_id} == {source.pk}
    page = browser_of_alice.get(address("source", source)).text
    assert "Part of this source:" in page
    assert "Log of the police" in page


def test_the_address_of_the_other_leads_on(
    browser_of_rita: Client, source: Source, double: Source, alice: Membership
) -> None:
    actions.doubles.merge(by=alice, source=double, revision=1, into=source)

    answer = browser_of_rita.get(address("source", double))

    assert (answer.status_code, answer.headers["Location"]) == (302, address("source", source))
    listed = browser_of_rita.get(f"/d/{alice.desk.slug}/sources/").context["page"].rows
    assert [row.source for row in listed] == [source]


def test_the_web_address_of_the_other_finds_this_one(
    browser_of_alice: Client, source: Source, alice: Membership
) -> None:
    other = make_source(by=alice, url="https://county.example/log")
    make_source(by=make_stranger(), url="https://county.example/log")
    actions.doubles.merge(by=alice, source=other, revision=1, into=source)

    found = browser_of_alice.get(f"/d/{alice.desk.slug}/sources/", {"q": "http://county.example/log"})

    assert [row.source for row in found.context["page"].rows] == [source]


def test_approved_claims_whose_evidence_went_along_are_reopened(
    browser_of_alice: Client, source: Source, alice: Membership
) -> None:
    claim = make_claim(by=alice, status=Status.APPROVED)
    cited = claim.evidence.get().source

    browser_of_alice.post(address("source-merge", cited), told(cited, source))

    assert fresh(claim).status == Status.REOPENED
    assert "was merged into" in browser_of_alice.get(address("claim", claim)).text
    history = browser_of_alice.get(address("claim-history", claim)).text
    assert "The evidence went along to" in history


def test_who_was_slower_sees_both_as_they_are(
    browser_of_alice: Client, source: Source, double: Source, bob: Membership
) -> None:
    sent = told(double, source)
    actions.sources.edit(by=bob, source=double, revision=1, work=Work(title="Bob’s title"))

    answer = browser_of_alice.post(address("source-merge", double), sent)

    assert answer.status_code == 409
    assert "Nothing was merged." in answer.text
    assert "Bob’s title" in answer.text
    assert fresh(double).merged_into_id is None


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, source: Source, double: Source) -> None:
    sent = told(double, source)

    answers = [browser_of_alice.post(address("source-merge", double), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(action="source.merged").count() == 1


def test_a_source_is_not_merged_with_itself(browser_of_alice: Client, source: Source) -> None:
    assert "Choose another one" in browser_of_alice.get(address("source-merge", source), {"with": str(source.pk)}).text
    assert browser_of_alice.post(address("source-merge", source), told(source, source)).status_code == 422


@pytest.mark.parametrize("withdrawn", ["the one that stays", "the one that is given up"])
def test_a_withdrawn_source_is_not_merged(
    browser_of_alice: Client, source: Source, double: Source, bob: Membership, withdrawn: str
) -> None:
    forged = source if withdrawn == "the one that stays" else double
    actions.sources.withdraw(by=bob, source=forged, reason="It is forged.")

    answer = browser_of_alice.post(address("source-merge", double), told(double, source))

    assert answer.status_code == 422
    assert "One of the two was withdrawn." in answer.text
    assert fresh(double).merged_into_id is None


def test_a_source_of_another_desk_is_not_there(browser_of_alice: Client, source: Source) -> None:
    theirs = make_source(by=make_stranger())

    assert browser_of_alice.get(address("source-merge", source), {"with": str(theirs.pk)}).status_code == 404
    assert browser_of_alice.post(address("source-merge", source), told(source, theirs)).status_code == 404


def test_what_is_known_of_its_origin_goes_along(source: Source, double: Source, alice: Membership) -> None:
    origin = make_origin(by=alice)
    double = actions.tracing.trace_source(by=alice, source=double, origin=origin)

    actions.doubles.merge(by=alice, source=double, revision=double.revision, into=source)

    assert fresh(source).origin == origin
    event = AuditEvent.objects.get(action="source.traced", subject_id=source.pk)
    assert event.data["origin"] == {"id": str(origin.pk), "name": origin.name}


@pytest.mark.parametrize("is_same", [True, False])
def test_two_of_different_origins_are_not_merged(
    *, browser_of_alice: Client, source: Source, double: Source, alice: Membership, is_same: bool
) -> None:
    agency = make_origin(by=alice)
    root = agency if is_same else None
    wire = make_origin(by=alice, name="Wire of the agency", comes_from=root)
    for row, origin in ((source, agency), (double, wire)):
        actions.tracing.trace_source(by=alice, source=row, origin=origin)

    answer = browser_of_alice.post(address("source-merge", double), told(double, source))

    assert (answer.status_code, fresh(double).merged_into) == ((302, source) if is_same else (422, None))
    assert is_same or "Correct one of them first." in answer.text
    assert fresh(source).origin == agency


def test_a_form_without_the_other_asks_for_it(browser_of_alice: Client, source: Source) -> None:
    answer = browser_of_alice.post(address("source-merge", source), {})

    assert answer.status_code == 422
    assert "The other source" in answer.text


@pytest.mark.parametrize("typed", ["log of the POLICE", "https://police.example/log?fbclid=2"])
def test_the_other_is_named_by_its_title_or_its_address(
    browser_of_alice: Client, source: Source, double: Source, typed: str
) -> None:
    answer = browser_of_alice.get(address("source-merge", source), {"title": typed, "source": ""})

    assert answer.status_code == 200
    assert [side["source"] for side in answer.context["sides"]] == [source, double]


@pytest.mark.parametrize("typed", ["", "Log of"])
def test_who_names_no_source_is_told(browser_of_alice: Client, source: Source, double: Source, typed: str) -> None:
    answer = browser_of_alice.get(address("source-merge", source), {"title": typed, "source": ""})

    assert answer.status_code == 422
    assert "Choose a source from the list, or write its whole title." in answer.text
    assert f'value="{typed}"' in answer.text


def test_of_several_with_one_title_one_is_chosen(browser_of_alice: Client, source: Source, alice: Membership) -> None:
    several = [make_source(by=alice, title="Minutes", url=f"https://council.example/{at}") for at in (1, 2)]

    answer = browser_of_alice.get(address("source-merge", source), {"title": "Minutes"})

    assert answer.status_code == 422
    assert "Several sources are called so." in answer.text
    assert all(f"?with={one.pk}" in answer.text for one in several)


def test_a_merging_makes_no_source(browser_of_alice: Client, source: Source) -> None:
    page = browser_of_alice.get(address("source-merge", source)).text
    suggest = reverse("articles:source-suggest", args=[source.desk.slug])
    assert f"{suggest}?apart={source.pk}" in page

    said = browser_of_alice.get(suggest, {"apart": str(source.pk), "title": "Nothing like this"}).text

    assert "No source has these words" in said
    assert "new source" in browser_of_alice.get(suggest, {"title": "Nothing like this"}).text


def test_everything_that_is_part_of_it_can_be_taken_back(
    browser_of_alice: Client, source: Source, alice: Membership
) -> None:
    for at in range(9):
        part = make_source(by=alice, title=f"Log {at}")
        actions.doubles.merge(by=alice, source=part, revision=1, into=source)

    page = browser_of_alice.get(address("source", source)).text

    assert page.count("Take back the merging of") == 9


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_it_is_taken_back(
    browser_of_alice: Client, source: Source, evidence: Evidence, alice: Membership, headers: dict[str, str]
) -> None:
    double = actions.doubles.merge(by=alice, source=evidence.source, revision=1, into=source)

    answer = browser_of_alice.post(address("source-part", double), headers=headers)

    assert answer.status_code == (200 if headers else 302)
    assert fresh(double).merged_into_id is None
    assert fresh(evidence).source_id == double.pk
    assert "stands by itself again" in (
        answer.text if headers else browser_of_alice.get(address("source", source)).text
    )


def test_one_that_stands_by_itself_is_not_taken_back(browser_of_alice: Client, source: Source) -> None:
    answer = browser_of_alice.post(address("source-part", source))

    assert answer.status_code == 422
    assert "stands by itself" in answer.text


# Proposals


def test_the_same_address_proposes_a_double(
    browser_of_alice: Client, source: Source, double: Source, alice: Membership
) -> None:
    make_source(by=make_stranger(), url=source.url)

    assert doubles_of(source) == [double]
    assert "May be the same" in browser_of_alice.get(address("source", source)).text
    assert browser_of_alice.get(f"/d/{alice.desk.slug}/sources/").text.count("may be double") == 2


@pytest.mark.parametrize("title", ["İzmir log", "ΟΔΟΣ", "ẞ 41", "Log"])
def test_large_and_small_letters_are_the_databases_to_tell(alice: Membership, title: str) -> None:
    """Python and PostgreSQL do not agree on all of them."""
    one, other = (make_source(by=alice, title=title, container="Izmir Post") for _ in range(2))

    assert doubles_of(one) == [other]
    assert doubled([one, other]) == {one.pk: 1, other.pk: 1}


def test_the_same_title_in_the_same_outlet_proposes_a_double(alice: Membership) -> None:
    one = make_source(by=alice, title="Bridge closed", container="Courier")
    other = make_source(by=alice, title="BRIDGE CLOSED", container="courier")
    make_source(by=alice, title="Bridge closed", container="Post")

    assert doubles_of(one) == [other]
    assert doubled([one, other]) == {one.pk: 1, other.pk: 1}


def test_what_was_merged_is_proposed_no_more(source: Source, double: Source, alice: Membership) -> None:
    actions.doubles.merge(by=alice, source=double, revision=1, into=source)

    assert doubles_of(fresh(source)) == []
    assert doubled([fresh(source), fresh(double)]) == {}
