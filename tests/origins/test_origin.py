"""The desk's origins: listed, added, corrected, merged and parted."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from articles import actions
from articles.actions.origins import Root
from articles.models import AuditEvent, Claim, Desk, Membership, Origin
from articles.queries.origins import SUGGESTED
from tests.claims.asking import HTMX, address, page_of
from tests.factories import fresh, make_evidence, make_origin, make_source, make_stranger


@pytest.fixture
def statement(alice: Membership) -> Origin:
    return make_origin(by=alice, name="Statement of the ministry", kind="statement")


def the_list(desk: Desk) -> str:
    return reverse("articles:origin-list", args=[desk.slug])


def told(**typed: Any) -> dict[str, Any]:
    return {"name": "Dispatch 41", "kind": "dispatch", "comes_from": "", "comes_from_id": "", "note": ""} | typed


def edited(origin: Origin, **typed: Any) -> dict[str, Any]:
    return told(name=origin.name, kind=origin.kind, revision=fresh(origin).revision) | typed


# The list


def test_the_list_says_what_comes_from_each(
    browser_of_rita: Client, desk: Desk, claim: Claim, origin: Origin, alice: Membership
) -> None:
    actions.tracing.trace(by=alice, highlight=claim.highlights.get(), origin=origin)
    actions.tracing.trace_source(by=alice, source=make_source(by=alice), origin=origin)

    page = browser_of_rita.get(the_list(alice.desk)).text

    assert "Dispatch of the agency" in page
    assert "1 place · 1 source" in page
    assert "New origin" not in page


def test_it_is_sought_by_words(browser_of_rita: Client, desk: Desk, origin: Origin, statement: Origin) -> None:
    page = browser_of_rita.get(the_list(desk), {"q": "minis"}).text

    assert statement.name in page
    assert origin.name not in page
    assert "No origin has these words" in browser_of_rita.get(the_list(desk), {"q": "nothing"}).text


def test_the_next_page_begins_where_this_ends(browser_of_rita: Client, desk: Desk, alice: Membership) -> None:
    for number in range(51):
        make_origin(by=alice, name=f"Dispatch no. {number}")
    first = browser_of_rita.get(the_list(alice.desk)).text
    following = first.partition('rel="next" href="')[2].partition('"')[0]

    second = browser_of_rita.get(the_list(desk) + following.replace("&amp;", "&")).text

    assert "Dispatch no. 50<" in first
    assert "Dispatch no. 0<" not in first
    assert "Dispatch no. 0<" in second


def test_one_is_added_with_what_it_comes_from(browser_of_alice: Client, desk: Desk, statement: Origin) -> None:
    answer = browser_of_alice.post(the_list(desk), told(comes_from="statement of the MINISTRY", note="At 06:10."))

    origin = Origin.objects.get(name="Dispatch 41")
    assert answer.headers["Location"] == address("origin", origin)
    assert (origin.comes_from, origin.note, origin.kind) == (statement, "At 06:10.", "dispatch")


def test_what_it_comes_from_may_be_new(browser_of_alice: Client, desk: Desk) -> None:
    browser_of_alice.post(the_list(desk), told(comes_from="The ministry"))

    assert str(Origin.objects.get(name="Dispatch 41").comes_from) == "The ministry"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": " "}, "Give the origin a name"),
        ({"name": "DISPATCH of  the agency"}, "There is an origin of this name already."),
        ({"kind": "rumour"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser_of_alice: Client, desk: Desk, origin: Origin, typed: dict[str, str], sentence: str
) -> None:
    answer = browser_of_alice.post(the_list(desk), told(note="Typed by hand", **typed))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Typed by hand" in answer.text
    assert Origin.objects.count() == 1


def test_a_reader_adds_none(browser_of_rita: Client, desk: Desk) -> None:
    assert browser_of_rita.post(the_list(desk), told()).status_code == 403


# One


def test_it_shows_what_leads_to_it(
    browser_of_rita: Client, claim: Claim, origin: Origin, statement: Origin, alice: Membership
) -> None:
    actions.origins.edit(
        by=alice, origin=origin, revision=1, root=Root(name=origin.name, kind="dispatch", comes_from=statement)
    )
    actions.tracing.trace(by=alice, highlight=claim.highlights.get(), origin=origin)
    source = make_source(by=alice, title="Yearbook")
    actions.tracing.trace_source(by=alice, source=source, origin=origin)

    page = browser_of_rita.get(address("origin", origin)).text

    for words in ("three people were hurt", "Yearbook", "Comes from", statement.name):
        assert words in page
    assert "Passed on as" in browser_of_rita.get(address("origin", statement)).text


def test_it_is_edited(browser_of_alice: Client, origin: Origin) -> None:
    answer = browser_of_alice.post(address("origin", origin), edited(origin, name="dispatch 41", note="Of 3 March."))

    assert answer.headers["Location"] == address("origin", origin)
    assert (fresh(origin).name, fresh(origin).note) == ("dispatch 41", "Of 3 March.")


def test_who_was_slower_sees_both_texts(
    browser_of_alice: Client, origin: Origin, statement: Origin, bob: Membership
) -> None:
    mine = edited(origin, name="Alice’s name", comes_from=statement.name)
    actions.origins.edit(by=bob, origin=origin, revision=1, root=Root(name="Bob’s name"))

    answer = browser_of_alice.post(address("origin", origin), mine)

    assert answer.status_code == 409
    for words in ("Bob was faster", "Bob’s name", "Alice’s name", statement.name):
        assert words in answer.text
    assert fresh(origin).name == "Bob’s name"


def test_a_circle_is_refused(browser_of_alice: Client, origin: Origin, statement: Origin) -> None:
    browser_of_alice.post(address("origin", statement), edited(statement, comes_from=origin.name))

    answer = browser_of_alice.post(address("origin", origin), edited(origin, comes_from=statement.name))

    assert answer.status_code == 422
    assert "“Statement of the ministry” comes from “Dispatch of the agency” already" in answer.text
    assert fresh(origin).comes_from is None


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, origin: Origin) -> None:
    sent = edited(origin, name="Dispatch 42", request_id=str(uuid4()))

    answers = [browser_of_alice.post(address("origin", origin), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(action="origin.edited").count() == 1


def test_the_history_tells_what_was_and_what_is(
    browser_of_rita: Client, origin: Origin, statement: Origin, alice: Membership
) -> None:
    actions.origins.edit(by=alice, origin=origin, revision=1, root=Root(name="Dispatch 42", comes_from=statement))

    page = browser_of_rita.get(address("origin-history", origin)).text

    for words in ("edited the origin", "Dispatch of the agency", "Dispatch 42", "Comes from", statement.name):
        assert words in page


def test_put_is_the_wrong_method(browser_of_alice: Client, origin: Origin) -> None:
    assert browser_of_alice.put(address("origin", origin)).status_code == 405


# Two that are the same


def merged(origin: Origin, **typed: Any) -> dict[str, Any]:
    return {"revision": fresh(origin).revision, "into": "", "into_name": ""} | typed


@pytest.mark.parametrize("by_name", [False, True])
def test_what_comes_from_it_comes_from_the_other_and_back(
    browser_of_alice: Client, claim: Claim, origin: Origin, statement: Origin, by_name: bool
) -> None:
    alice = Membership.objects.get(person=origin.made_by)
    actions.tracing.trace(by=alice, highlight=claim.highlights.get(), origin=origin)
    chosen = {"into_name": statement.name.upper()} if by_name else {"into": statement.pk}

    answer = browser_of_alice.post(address("origin-merge", origin), merged(origin, **chosen))

    assert answer.headers["Location"] == address("origin", statement)
    assert browser_of_alice.get(address("origin", origin)).headers["Location"] == address("origin", statement)
    page = browser_of_alice.get(page_of(claim)).text
    assert statement.name in page
    assert f">{origin.name}<" not in page

    answer = browser_of_alice.post(address("origin-part", origin), {})

    assert answer.headers["Location"] == address("origin", origin)
    assert f">{origin.name}<" in browser_of_alice.get(page_of(claim)).text


def test_what_was_merged_on_is_told_of_and_listed(browser_of_alice: Client, origin: Origin, alice: Membership) -> None:
    first, second = make_origin(by=alice, name="Dispatch 7"), make_origin(by=alice, name="Dispatch 8")
    actions.origins.merge(by=alice, origin=first, revision=1, into=second)
    actions.origins.merge(by=alice, origin=second, revision=1, into=origin)

    history = browser_of_alice.get(address("origin-history", origin)).context["told"].lines
    page = browser_of_alice.get(address("origin", origin))

    assert "Alice added the origin Dispatch 7." in [line.sentence for line in history]
    assert page.context["leading"].doubles == [second, first]


def test_a_name_that_is_no_origin_is_asked_again(browser_of_alice: Client, origin: Origin) -> None:
    answer = browser_of_alice.post(address("origin-merge", origin), merged(origin, into_name="Nothing"))

    assert answer.status_code == 422
    assert "Choose an origin from the list" in answer.text


def test_an_origin_is_not_merged_into_what_comes_from_it(
    browser_of_alice: Client, origin: Origin, alice: Membership
) -> None:
    dispatch = make_origin(by=alice, name="Dispatch 42", comes_from=origin)

    answer = browser_of_alice.post(address("origin-merge", origin), merged(origin, into=dispatch.pk))

    assert answer.status_code == 422
    assert "comes from “Dispatch of the agency” already" in answer.text


def test_what_an_origin_comes_from_is_not_forgotten_in_a_merging(
    browser_of_alice: Client, origin: Origin, statement: Origin, alice: Membership
) -> None:
    dispatch = make_origin(by=alice, name="Dispatch 42", comes_from=origin)
    sent = merged(dispatch, into=statement.pk)

    refused = browser_of_alice.post(address("origin-merge", dispatch), sent)
    actions.origins.edit(
        by=alice, origin=statement, revision=1, root=Root(name=statement.name, kind=statement.kind, comes_from=origin)
    )
    answer = browser_of_alice.post(address("origin-merge", dispatch), sent)

    assert refused.status_code == 422
    assert f"“Dispatch 42” comes from “{origin}”, and “{statement}” does not." in refused.text
    assert answer.status_code == 302
    assert fresh(dispatch).merged_into == statement


def test_who_was_slower_merges_nothing_until_it_is_sent_again(
    browser_of_alice: Client, origin: Origin, statement: Origin, bob: Membership
) -> None:
    sent = merged(origin, into=statement.pk)
    actions.origins.edit(by=bob, origin=origin, revision=1, root=Root(name="Bob’s name"))

    answer = browser_of_alice.post(address("origin-merge", origin), sent)

    assert answer.status_code == 409
    assert "Someone changed this origin just now." in answer.text
    assert fresh(origin).merged_into is None

    form = answer.context["merge_form"]
    again = {name: form[name].value() for name in ("revision", "into")}
    assert browser_of_alice.post(address("origin-merge", origin), again).status_code == 302
    assert fresh(origin).merged_into == statement


def test_what_stands_by_itself_is_not_parted(browser_of_alice: Client, origin: Origin) -> None:
    answer = browser_of_alice.post(address("origin-part", origin), {})

    assert answer.status_code == 422
    assert "This origin stands by itself." in answer.text


def test_the_name_of_one_that_was_merged_leads_on(
    browser_of_alice: Client, claim: Claim, origin: Origin, statement: Origin, alice: Membership
) -> None:
    actions.origins.merge(by=alice, origin=origin, revision=1, into=statement)
    place = claim.highlights.get()

    browser_of_alice.post(address("highlight-trace", place), {"origin_name": origin.name, "revision": 1})

    assert fresh(place).origin == statement


# Suggestions, and the origin of a source


@pytest.mark.parametrize("field", ["q", "origin_name", "comes_from", "into_name"])
def test_origins_are_suggested(browser_of_alice: Client, desk: Desk, origin: Origin, field: str) -> None:
    make_origin(by=make_stranger(), name="Dispatch of others")
    url = reverse("articles:origin-suggest", args=[desk.slug])

    answer = browser_of_alice.get(url, {field: "disp"}, headers=HTMX)

    assert answer.text.count('role="option"') == 1
    assert f'data-value="{origin.pk}" data-label="Dispatch of the agency"' in answer.text
    unknown = browser_of_alice.get(url, {field: "nothing"}).text
    assert ("No origin has these words" if field == "into_name" else "it will be a new origin") in unknown


def test_without_words_the_newest_are_suggested(browser_of_alice: Client, desk: Desk, alice: Membership) -> None:
    for number in range(SUGGESTED + 1):
        make_origin(by=alice, name=f"Dispatch {number}")

    answer = browser_of_alice.get(reverse("articles:origin-suggest", args=[desk.slug]))

    assert answer.text.count('role="option"') == SUGGESTED


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_source_is_traced_and_its_evidence_counts(
    browser_of_alice: Client, claim: Claim, alice: Membership, headers: dict[str, str]
) -> None:
    source = make_evidence(by=alice, claim=claim, kind="secondary").source
    assert "1 outlet, no origin known" in browser_of_alice.get(page_of(claim)).text

    sent = {"origin_name": "The ministry", "revision": 1}
    answer = browser_of_alice.post(address("source-trace", source), sent, headers=headers)

    assert answer.status_code == (200 if headers else 302)
    assert str(fresh(source).origin) == "The ministry"
    assert "1 outlet, 1 independent origin, 1 unknown" in browser_of_alice.get(page_of(claim)).text
    assert "The ministry" in browser_of_alice.get(address("source", source)).text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_wrong_origin_of_a_source_is_said(
    browser_of_alice: Client, alice: Membership, headers: dict[str, str]
) -> None:
    source = make_source(by=alice)

    sent = {"origin_name": "x" * 201, "revision": 1}
    answer = browser_of_alice.post(address("source-trace", source), sent, headers=headers)

    assert answer.status_code == 422
    assert "Shorten this to at most 200 characters" in answer.text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_who_was_slower_with_a_source_sees_both(
    browser_of_alice: Client, origin: Origin, bob: Membership, headers: dict[str, str]
) -> None:
    source = make_source(by=bob)
    actions.tracing.trace_source(by=bob, source=source, origin=origin)

    sent = {"origin_name": "Mine", "revision": 1}
    answer = browser_of_alice.post(address("source-trace", source), sent, headers=headers)

    assert answer.status_code == 409
    assert "“Dispatch of the agency” is stored" in answer.text
    assert 'value="Mine"' in answer.text
    assert fresh(source).origin == origin


def test_what_named_a_double_is_found_with_the_other(
    browser_of_rita: Client, claim: Claim, origin: Origin, statement: Origin, alice: Membership
) -> None:
    actions.tracing.trace(by=alice, highlight=claim.highlights.get(), origin=origin)

    actions.origins.merge(by=alice, origin=origin, revision=1, into=statement)

    assert "three people were hurt" in browser_of_rita.get(address("origin", statement)).text
    assert "1 place" in browser_of_rita.get(the_list(alice.desk)).text


def test_a_merged_source_is_not_traced(browser_of_alice: Client, alice: Membership) -> None:
    source = make_source(by=alice)
    actions.doubles.merge(by=alice, source=source, revision=1, into=make_source(by=alice, title="Another"))

    sent = {"origin_name": "The ministry", "revision": 2}
    answer = browser_of_alice.post(address("source-trace", source), sent, headers=HTMX)

    assert answer.status_code == 422
    assert not Origin.objects.exists()
