from uuid import uuid4

import pytest
from django.test import Client

from articles import actions
from articles.models import AuditEvent, Carry, CarryDecision, Claim, Membership
from tests.factories import BODY, fresh, make_article, make_highlight, take_version
from tests.versions.conftest import PLACE, Send, changes_of, is_fragment, place_of

TWICE = "Ida Falk was hurt. The mayor left. Ida Falk was hurt."


@pytest.fixture
def ambiguous(alice: Membership) -> Carry:
    """A highlight whose words stand in two places by now, neither like the one before."""
    article = make_article(by=alice, text=f"Bridge closed\n\n{BODY}\n\nIda Falk was hurt.")
    highlight = make_highlight(by=alice, version=article.versions.get(), quote="Ida Falk was hurt")
    version = take_version(article, f"Bridge closed\n\nAn old report.\n\n{TWICE}", by=alice)
    return version.carries.get(highlight=highlight)


def test_it_goes_on_at_the_proposed_place(send: Send, carry: Carry, claim: Claim) -> None:
    answer = send(carry, "accept", place=place_of(carry), plain=True)

    assert (answer.status_code, answer.headers["Location"]) == (302, changes_of(carry))
    assert claim.highlights.live().get().quote == PLACE
    assert fresh(carry).decision == CarryDecision.CARRIED


def test_htmx_gets_the_questions_that_are_left(send: Send, carry: Carry) -> None:
    answer = send(carry, "accept", place=place_of(carry))

    assert (answer.status_code, is_fragment(answer)) == (200, True)
    assert "Every highlight is decided" in answer.text
    assert "It goes on there." in answer.text
    assert "What changed in the article" not in answer.text


def test_one_of_several_places_is_chosen(send: Send, ambiguous: Carry) -> None:
    assert ambiguous.outcome == "ambiguous"
    second = ambiguous.version.text.rindex("Ida Falk was hurt")

    send(ambiguous, "accept", place=f"{second}-{second + 17}")

    became = fresh(ambiguous).became
    assert became
    assert became.start == second


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("", "Choose one of the places."),
        ("here", "Choose one of the places."),
        ("0-5", "This place was not proposed."),
        ("5-0", "This place was not proposed."),
        ("999999999-999999999", "This place was not proposed."),
    ],
)
def test_only_what_is_proposed_can_be_accepted(place: str, said: str, plain: bool, send: Send, carry: Carry) -> None:
    answer = send(carry, "accept", place=place, plain=plain)

    assert answer.status_code == 422
    assert said in answer.text
    assert is_fragment(answer) is not plain
    assert fresh(carry).decision == ""


@pytest.mark.parametrize("plain", [True, False])
def test_an_old_form_is_stale(plain: bool, send: Send, carry: Carry, alice: Membership) -> None:
    decided = actions.carrying.orphan(by=alice, carry=carry, revision=1)
    actions.carrying.reconsider(by=alice, carry=decided, revision=2)

    answer = send(carry, "accept", place=place_of(carry), plain=plain)

    assert answer.status_code == 409
    assert is_fragment(answer) is not plain
    assert "waits for you" in answer.text
    assert fresh(carry).decision == ""


def test_who_was_slower_sees_what_was_decided(send: Send, carry: Carry, alice: Membership) -> None:
    actions.carrying.orphan(by=alice, carry=carry, revision=1)

    answer = send(carry, "accept", place=place_of(carry))

    assert answer.status_code == 422
    assert "This was decided meanwhile." in answer.text
    assert "is gone" in answer.text


def test_it_is_decided_in_the_newest_version(send: Send, carry: Carry, alice: Membership) -> None:
    take_version(carry.version.article, carry.version.text.replace("four", "five"), by=alice)

    answer = send(carry, "accept", place=place_of(carry))

    assert answer.status_code == 422
    assert fresh(carry).decision == CarryDecision.OVERTAKEN


def test_a_removed_highlight_is_not_carried(send: Send, carry: Carry, alice: Membership) -> None:
    actions.highlights.remove(by=alice, highlight=carry.highlight)

    answer = send(carry, "accept", place=place_of(carry))

    assert answer.status_code == 422
    assert "Restore it first." in answer.text


def test_a_repeated_request_is_answered_and_done_once(send: Send, carry: Carry) -> None:
    sent = {"place": place_of(carry), "request_id": uuid4()}

    answers = [send(carry, "accept", **sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert AuditEvent.objects.filter(subject_id=carry.pk, action="carry.accepted").count() == 1


@pytest.mark.parametrize("verb", ["accept", "orphan", "remark", "reconsider"])
def test_get_is_the_wrong_method(verb: str, signed_in: Client, carry: Carry) -> None:
    assert signed_in.get(f"/d/night-desk/carries/{carry.pk}/{verb}/").status_code == 405
