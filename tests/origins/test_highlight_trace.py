"""Beside a place where a claim stands is said where its outlet has it from."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from articles import actions
from articles.models import AuditEvent, Claim, Highlight, Membership, Origin, Status
from articles.queries.history import claim_history
from tests.claims.asking import HTMX, address, fired, is_panel, page_of
from tests.factories import fresh, make_claim, make_highlight, make_stranger, take_version


def told(**typed: object) -> dict[str, object]:
    """As the form sends it for a place that nobody has changed yet."""
    return {"revision": 1, "origin_name": "", "origin": "", "origin_kind": "other"} | typed


def test_a_new_origin_is_made_in_the_same_step(browser_of_alice: Client, claim: Claim, place: Highlight) -> None:
    sent = told(origin_name="  Dispatch   41 ", origin_kind="dispatch")

    answer = browser_of_alice.post(address("highlight-trace", place), sent)

    origin = Origin.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(claim))
    assert (origin.name, origin.kind) == ("Dispatch 41", "dispatch")
    assert fresh(place).origin == origin
    page = browser_of_alice.get(page_of(claim)).text
    assert "1 outlet, 1 independent origin" in page
    assert "one more independent origin, or a primary source" in page


def test_a_known_one_is_chosen_by_its_id(browser_of_alice: Client, place: Highlight, origin: Origin) -> None:
    browser_of_alice.post(address("highlight-trace", place), told(origin=origin.pk, origin_name="Something else"))

    assert fresh(place).origin == origin


@pytest.mark.parametrize("name", ["Dispatch of the agency", "dispatch of  the AGENCY"])
def test_a_known_one_is_found_by_its_name(
    browser_of_alice: Client, place: Highlight, origin: Origin, name: str
) -> None:
    browser_of_alice.post(address("highlight-trace", place), told(origin_name=name))

    assert fresh(place).origin == origin
    assert Origin.objects.count() == 1


def test_nothing_takes_it_back(
    browser_of_alice: Client, claim: Claim, place: Highlight, origin: Origin, bob: Membership
) -> None:
    actions.tracing.trace(by=bob, highlight=place, origin=origin)

    browser_of_alice.post(address("highlight-trace", place), told(revision=2))

    assert fresh(place).origin is None
    sentences = [line.sentence for line in claim_history(claim).lines[:2]]
    assert sentences == [
        "Alice took back that “three people were hurt” comes from Dispatch of the agency.",
        "Bob traced “three people were hurt” to Dispatch of the agency.",
    ]


def test_the_other_places_of_the_article_come_along(
    browser_of_alice: Client, place: Highlight, origin: Origin, alice: Membership, bob: Membership
) -> None:
    beside = make_highlight(by=bob, version=place.version, quote="1,200 cars")
    known = make_highlight(by=bob, version=place.version, quote="cracks")
    actions.tracing.trace(by=bob, highlight=known, origin=actions.origins.Root(name="The engineer"))
    elsewhere = make_claim(by=bob).highlights.get()
    form = browser_of_alice.get(address("highlight-trace", place), headers=HTMX).text
    assert "Also the other place of this article of which nothing is known" in form

    browser_of_alice.post(address("highlight-trace", place), told(origin=origin.pk, whole="on"))

    assert [fresh(row).origin for row in (place, beside)] == [origin, origin]
    assert str(fresh(known).origin) == "The engineer"
    assert fresh(elsewhere).origin is None
    events = AuditEvent.objects.filter(action="highlight.traced", subject_id__in=[place.pk, beside.pk])
    assert events.count() == 2


def test_the_form_takes_the_place_of_the_place(
    browser_of_alice: Client, place: Highlight, origin: Origin, alice: Membership
) -> None:
    actions.tracing.trace(by=alice, highlight=place, origin=origin)

    answer = browser_of_alice.get(address("highlight-trace", place), headers=HTMX)

    assert answer.text.strip().startswith("<li>")
    assert 'value="Dispatch of the agency"' in answer.text
    assert "Also the" not in answer.text


def test_without_htmx_the_form_stands_on_the_page(browser_of_alice: Client, place: Highlight) -> None:
    answer = browser_of_alice.get(address("highlight-trace", place))

    assert "<html" in answer.text
    assert f'action="{address("highlight-trace", place)}"' in answer.text


def test_htmx_gets_the_panel(browser_of_alice: Client, claim: Claim, place: Highlight) -> None:
    sent = told(origin_name="Dispatch 41")

    answer = browser_of_alice.post(address("highlight-trace", place), sent, headers=HTMX)

    assert is_panel(answer)
    assert "Dispatch 41" in answer.text
    assert fired(answer)["claim:changed"] == {"claim": str(claim.pk)}


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"origin_name": "x" * 201}, "Shorten this to at most 200 characters"),
        ({"origin_name": "Typed", "origin_kind": "rumour"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser_of_alice: Client, place: Highlight, headers: dict[str, str], typed: dict[str, str], sentence: str
) -> None:
    answer = browser_of_alice.post(address("highlight-trace", place), told(**typed), headers=headers)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert typed["origin_name"] in answer.text
    assert not Origin.objects.exists()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_place_that_counts_no_more_is_refused(
    browser_of_alice: Client, place: Highlight, alice: Membership, headers: dict[str, str]
) -> None:
    make_highlight(by=alice, version=place.version, quote="1,200 cars", claim=place.claim)
    actions.highlights.remove(by=alice, highlight=place)

    answer = browser_of_alice.post(address("highlight-trace", place), told(origin_name="Dispatch 41"), headers=headers)

    assert answer.status_code == 422
    assert not Origin.objects.exists()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_who_was_slower_sees_both_and_can_send_again(
    browser_of_alice: Client, place: Highlight, origin: Origin, bob: Membership, headers: dict[str, str]
) -> None:
    actions.tracing.trace(by=bob, highlight=place, origin=origin)

    answer = browser_of_alice.post(address("highlight-trace", place), told(origin_name="Mine"), headers=headers)

    assert answer.status_code == 409
    for words in ("“Dispatch of the agency” is stored", 'value="Mine"', 'name="revision" value="2"'):
        assert words in answer.text
    assert fresh(place).origin == origin
    again = told(origin_name="Mine", revision=2)
    assert browser_of_alice.post(address("highlight-trace", place), again).status_code == 302
    assert str(fresh(place).origin) == "Mine"


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, place: Highlight) -> None:
    sent = told(origin_name="Dispatch 41", request_id=str(uuid4()))

    answers = [browser_of_alice.post(address("highlight-trace", place), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(action="highlight.traced").count() == 1


def test_an_origin_of_another_desk_is_as_a_made_up_one(browser_of_alice: Client, place: Highlight) -> None:
    theirs = actions.origins.add(by=make_stranger(), root=actions.origins.Root(name="Theirs"))

    answers = [browser_of_alice.post(address("highlight-trace", place), told(origin=pk)) for pk in (theirs.pk, uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_passage_that_no_claim_stands_in_is_not_found(browser_of_alice: Client, desk: object) -> None:
    made_up = reverse("articles:highlight-trace", args=[desk.slug, uuid4()])  # type: ignore[attr-defined]  # a Desk

    assert browser_of_alice.get(made_up).status_code == 404


def test_a_reader_sees_it_and_changes_nothing(
    browser_of_rita: Client, claim: Claim, place: Highlight, origin: Origin, alice: Membership
) -> None:
    actions.tracing.trace(by=alice, highlight=place, origin=origin)

    page = browser_of_rita.get(page_of(claim)).text

    assert "Dispatch of the agency" in page
    assert "/trace/" not in page
    assert browser_of_rita.post(address("highlight-trace", place), told()).status_code == 403


def test_an_approval_stays(browser_of_alice: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.APPROVED)

    browser_of_alice.post(address("highlight-trace", claim.highlights.get()), told(origin_name="Dispatch 41"))

    assert fresh(claim).status == Status.APPROVED


def test_it_goes_on_into_the_next_version(place: Highlight, origin: Origin, alice: Membership) -> None:
    actions.tracing.trace(by=alice, highlight=place, origin=origin)

    take_version(place.version.article, f"{place.version.text} It opens on Friday.", by=alice)

    assert Highlight.objects.live().get(first=place).origin == origin


def test_both_parts_of_a_split_come_from_there(place: Highlight, origin: Origin, alice: Membership) -> None:
    actions.tracing.trace(by=alice, highlight=place, origin=origin)
    place = fresh(place)

    actions.parting.split(by=alice, highlight=place, revision=place.revision, at=place.start + len("three people"))

    assert {row.origin for row in Highlight.objects.live()} == {origin}
