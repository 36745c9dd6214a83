from uuid import uuid4

import pytest

from articles import actions
from articles.models import AuditEvent, Carry, CarryDecision, Claim, Membership
from tests.factories import fresh
from tests.versions.conftest import Send, changes_of, is_fragment


def test_it_counts_no_longer(send: Send, carry: Carry, claim: Claim) -> None:
    answer = send(carry, "orphan", plain=True)

    assert (answer.status_code, answer.headers["Location"]) == (302, changes_of(carry))
    assert fresh(carry).decision == CarryDecision.GONE
    assert not claim.highlights.live().exists()


def test_htmx_gets_what_was_decided(send: Send, carry: Carry) -> None:
    answer = send(carry, "orphan")

    assert (answer.status_code, is_fragment(answer)) == (200, True)
    assert "is gone" in answer.text
    assert "Take back" in answer.text


@pytest.mark.parametrize("plain", [True, False])
def test_without_the_revision_nothing_is_decided(plain: bool, send: Send, carry: Carry) -> None:
    answer = send(carry, "orphan", revision="", plain=plain)

    assert (answer.status_code, is_fragment(answer)) == (422, not plain)
    assert fresh(carry).decision == ""


@pytest.mark.parametrize("plain", [True, False])
def test_an_old_form_is_stale(plain: bool, send: Send, carry: Carry, alice: Membership) -> None:
    decided = actions.carrying.orphan(by=alice, carry=carry, revision=1)
    actions.carrying.reconsider(by=alice, carry=decided, revision=2)

    assert send(carry, "orphan", plain=plain).status_code == 409


def test_a_repeated_request_is_answered_and_done_once(send: Send, carry: Carry) -> None:
    request_id = uuid4()

    answers = [send(carry, "orphan", request_id=request_id) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert AuditEvent.objects.filter(subject_id=carry.pk, action="carry.orphaned").count() == 1
