from uuid import uuid4

import pytest

from articles import actions
from articles.models import AuditEvent, Carry, Claim, Membership
from tests.factories import fresh
from tests.versions.conftest import Send, changes_of, is_fragment


@pytest.fixture
def decided(carry: Carry, alice: Membership) -> Carry:
    """Alice agreed to what was proposed."""
    return actions.carrying.accept(by=alice, carry=carry, revision=1, start=carry.start or 0, end=carry.end or 0)


def test_it_waits_again(send: Send, decided: Carry, claim: Claim) -> None:
    answer = send(decided, "reconsider", plain=True)

    assert (answer.status_code, answer.headers["Location"]) == (302, changes_of(decided))
    assert (fresh(decided).decision, fresh(decided).became) == ("", None)
    assert claim.highlights.live().get() == decided.highlight


def test_htmx_gets_the_question_again(send: Send, decided: Carry) -> None:
    answer = send(decided, "reconsider")

    assert (answer.status_code, is_fragment(answer)) == (200, True)
    assert "1 highlight waits for you" in answer.text
    assert "Carry it there" in answer.text


def test_there_is_nothing_to_take_back(send: Send, carry: Carry) -> None:
    answer = send(carry, "reconsider")

    assert answer.status_code == 422
    assert "nothing to take back" in answer.text


def test_another_decision_than_the_one_shown_stays(send: Send, decided: Carry, alice: Membership) -> None:
    waits = actions.carrying.reconsider(by=alice, carry=decided, revision=decided.revision)
    actions.carrying.orphan(by=alice, carry=waits, revision=waits.revision)

    answer = send(decided, "reconsider")

    assert answer.status_code == 409
    assert fresh(decided).decision == "gone"


def test_a_highlight_removed_meanwhile_does_not_come_back(send: Send, decided: Carry, alice: Membership) -> None:
    assert decided.became
    actions.highlights.remove(by=alice, highlight=decided.became)

    answer = send(decided, "reconsider")

    assert answer.status_code == 422
    assert "removed meanwhile" in answer.text


def test_a_repeated_request_is_answered_and_done_once(send: Send, decided: Carry) -> None:
    request_id = uuid4()

    answers = [send(decided, "reconsider", request_id=request_id) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert AuditEvent.objects.filter(subject_id=decided.pk, action="carry.reconsidered").count() == 1
