"""The same words in two articles propose one origin, which is taken or turned down."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from articles import actions
from articles.actions.origins import Root
from articles.errors import Refused
from articles.models import AuditEvent, Claim, Dismissal, Highlight, Membership, Origin
from articles.queries.copied import Proposal, copied_places, proposals
from articles.queries.history import claim_history
from tests.claims.asking import HTMX, address, is_panel, page_of
from tests.factories import fresh, make_copied, make_highlight, make_version

WORDS = "closed on Tuesday after three people were hurt, the mayor said"


def proposed(claim: Claim) -> list[Proposal]:
    return proposals(claim, copied_places(claim))


def told(claim: Claim, **typed: Any) -> dict[str, Any]:
    return {"key": proposed(claim)[0].key, "origin_name": "Dispatch 41", "origin_kind": "dispatch"} | typed


def origins_of(claim: Claim) -> list[str]:
    return [str(place.origin) for place in copied_places(claim)]


# What is proposed


def test_articles_of_the_same_text_are_proposed(browser_of_alice: Client, copied: Claim) -> None:
    (one,) = proposed(copied)

    assert (one.outlets, one.is_whole) == (["River Post", "Vale Mirror"], True)
    assert "The same text in River Post, Vale Mirror." in browser_of_alice.get(page_of(copied)).text


def test_so_are_the_same_words_where_they_are_enough(alice: Membership) -> None:
    first = make_highlight(by=alice, quote=WORDS)
    make_highlight(by=alice, version=make_version(by=alice, outlet="Vale Mirror"), quote=WORDS, claim=first.claim)

    assert first.claim
    (one,) = proposed(first.claim)

    assert not one.is_whole


def test_a_few_words_are_not(alice: Membership) -> None:
    first = make_highlight(by=alice)
    make_highlight(by=alice, version=make_version(by=alice, outlet="Vale Mirror"), claim=first.claim)

    assert first.claim
    assert proposed(first.claim) == []


def test_what_has_one_origin_is_not_proposed(copied: Claim, alice: Membership) -> None:
    dispatch = actions.origins.add(by=alice, root=Root(name="Dispatch", comes_from=Root(name="Statement")))
    first, second = copied_places(copied)
    actions.tracing.trace(by=alice, highlight=first, origin=dispatch)
    assert [one.origin.name for one in proposed(copied) if one.origin] == ["Dispatch"]

    actions.tracing.trace(by=alice, highlight=second, origin=Root(name="Statement"))

    assert proposed(copied) == []


# Taken


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_all_places_get_the_origin(browser_of_alice: Client, copied: Claim, headers: dict[str, str]) -> None:
    answer = browser_of_alice.post(address("copy-accept", copied), told(copied), headers=headers)

    assert is_panel(answer) if headers else answer.headers["Location"] == page_of(copied)
    assert origins_of(copied) == ["Dispatch 41", "Dispatch 41"]
    assert "2 outlets, 1 independent origin" in browser_of_alice.get(page_of(copied)).text


def test_a_known_one_is_chosen(browser_of_alice: Client, copied: Claim, origin: Origin) -> None:
    browser_of_alice.post(address("copy-accept", copied), told(copied, origin=origin.pk))

    assert origins_of(copied) == [origin.name, origin.name]


def test_the_proposed_one_is_taken_as_it_is_or_replaced_by_what_is_typed(
    browser_of_alice: Client, copied: Claim, origin: Origin, alice: Membership
) -> None:
    """Without scripts the hidden id stays as it came with the page."""
    actions.tracing.trace(by=alice, highlight=copied_places(copied)[0], origin=origin)

    def posted(**typed: Any) -> None:
        ((_, form),) = browser_of_alice.get(page_of(copied)).context["proposed"]
        page = {name: form[name].value() or "" for name in ("origin_name", "origin")}
        browser_of_alice.post(address("copy-accept", copied), told(copied) | page | typed)

    posted(origin_name="Dispatch 42")
    assert origins_of(copied) == ["Dispatch 42", "Dispatch 42"]

    actions.tracing.trace(by=alice, highlight=fresh(copied_places(copied)[0]), origin=origin)
    posted()
    assert origins_of(copied) == [origin.name, origin.name]


def test_so_does_whatever_else_is_marked_in_these_articles(
    browser_of_alice: Client, copied: Claim, alice: Membership
) -> None:
    versions = [place.version for place in copied_places(copied)]
    beside = [make_highlight(by=alice, version=version, quote="1,200 cars") for version in versions]
    known = make_highlight(by=alice, version=versions[0], quote="cracks")
    actions.tracing.trace(by=alice, highlight=known, origin=Root(name="The engineer"))

    browser_of_alice.post(address("copy-accept", copied), told(copied, whole="on"))

    assert [str(fresh(row).origin) for row in (*beside, known)] == ["Dispatch 41", "Dispatch 41", "The engineer"]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_without_a_name_it_is_asked_for(browser_of_alice: Client, copied: Claim, headers: dict[str, str]) -> None:
    answer = browser_of_alice.post(address("copy-accept", copied), told(copied, origin_name=" "), headers=headers)

    assert answer.status_code == 422
    assert "Give the origin a name: the dispatch, the office, the witness." in answer.text
    assert origins_of(copied) == ["None", "None"]


@pytest.mark.parametrize("door", ["copy-accept", "copy-dismiss"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_other_places_than_were_shown_are_refused(
    browser_of_alice: Client, copied: Claim, alice: Membership, door: str, headers: dict[str, str]
) -> None:
    sent = told(copied)
    version = make_version(by=alice, text=copied_places(copied)[0].version.text, outlet="Third")
    make_highlight(by=alice, version=version, claim=copied)

    answer = browser_of_alice.post(address(door, copied), sent, headers=headers)

    assert answer.status_code == 422
    assert "These places are not the same any more." in answer.text
    assert ("You had written: <q>Dispatch 41</q>" in answer.text) == (door == "copy-accept")
    assert not Origin.objects.exists()


@pytest.mark.parametrize("door", ["copy-accept", "copy-dismiss"])
@pytest.mark.parametrize("key", ["", "short", "%d", "%s%(x)s"])
def test_a_key_that_is_none_is_refused(browser_of_alice: Client, copied: Claim, door: str, key: str) -> None:
    answer = browser_of_alice.post(address(door, copied), told(copied, key=key))

    assert answer.status_code == 422
    assert "These places are not the same any more." in answer.text
    assert ("You had written: <q>Dispatch 41</q>" in answer.text) == (door == "copy-accept")


@pytest.mark.parametrize(("door", "verb"), [("copy-accept", "highlight.traced"), ("copy-dismiss", "copy.dismissed")])
def test_a_repeated_request_is_answered_and_done_once(
    browser_of_alice: Client, copied: Claim, door: str, verb: str
) -> None:
    sent = told(copied, request_id=str(uuid4()))

    answers = [browser_of_alice.post(address(door, copied), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(action=verb).count() == (2 if door == "copy-accept" else 1)


# Turned down


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_turned_down_is_remembered(browser_of_alice: Client, copied: Claim, headers: dict[str, str]) -> None:
    answer = browser_of_alice.post(address("copy-dismiss", copied), told(copied), headers=headers)

    assert answer.status_code == (200 if headers else 302)
    page = browser_of_alice.get(page_of(copied)).text
    assert "The same words in River Post, Vale Mirror: no copies, says Alice." in page
    assert "Give them this origin" not in page
    sentence = "Alice said that the same words in River Post, Vale Mirror are no copies of each other."
    assert claim_history(copied).lines[0].sentence == sentence


def test_it_can_be_taken_back(browser_of_alice: Client, copied: Claim) -> None:
    browser_of_alice.post(address("copy-dismiss", copied), told(copied))
    dismissal = Dismissal.objects.get()

    for expected in (302, 422):
        answer = browser_of_alice.post(address("copy-reconsider", dismissal), {})
        assert answer.status_code == expected

    assert "Give them this origin" in browser_of_alice.get(page_of(copied)).text


def test_it_can_be_turned_down_again(copied: Claim, alice: Membership, bob: Membership) -> None:
    key = proposed(copied)[0].key
    for by in (alice, bob):
        dismissal = actions.tracing.dismiss_copy(by=by, claim=copied, key=key)
        actions.tracing.reconsider_copy(by=bob, dismissal=dismissal)

    assert [one.dismissal for one in proposed(copied)] == [None]


def test_it_is_turned_down_once(copied: Claim, alice: Membership, bob: Membership) -> None:
    key = proposed(copied)[0].key
    actions.tracing.dismiss_copy(by=alice, claim=copied, key=key)

    with pytest.raises(Refused, match="already"):
        actions.tracing.dismiss_copy(by=bob, claim=copied, key=key)


def test_another_place_is_proposed_anew(copied: Claim, alice: Membership) -> None:
    key = proposed(copied)[0].key
    actions.tracing.dismiss_copy(by=alice, claim=copied, key=key)
    version = make_version(by=alice, text=copied_places(copied)[0].version.text, outlet="Third")

    make_highlight(by=alice, version=version, claim=copied)

    assert [one.dismissal for one in proposed(copied)] == [None]


def test_a_reader_decides_nothing(browser_of_rita: Client, copied: Claim) -> None:
    page = browser_of_rita.get(page_of(copied)).text

    assert "The same text in River Post, Vale Mirror." in page
    assert "Give them this origin" not in page
    for door in ("copy-accept", "copy-dismiss"):
        assert browser_of_rita.post(address(door, copied), told(copied)).status_code == 403


def test_what_is_traced_is_each_undone_in_its_article(copied: Claim, alice: Membership) -> None:
    actions.tracing.accept_copy(by=alice, claim=copied, key=proposed(copied)[0].key, origin=Root(name="Dispatch 41"))
    first, _ = copied_places(copied)

    actions.undoing.undo(by=alice, article=first.version.article)

    assert origins_of(copied) == ["None", "Dispatch 41"]


def test_a_claim_of_another_desk_is_not_touched(browser_of_alice: Client, mallory: Membership) -> None:
    theirs = make_copied(by=mallory)

    url = address("copy-accept", theirs).replace(theirs.desk.slug, "night-desk")

    assert browser_of_alice.post(url, told(theirs)).status_code == 404
    assert not Highlight.objects.exclude(origin=None).exists()
