"""What a claim's due date, a change of many claims, a notice and the mark of a last look have to obey."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from articles import actions
from articles.errors import Refused
from articles.models import AuditEvent, Batch, Claim, Membership, Notice, Status
from tests import factories
from tests.invariants.attacks import DENIED, change, refused, run, twin


@pytest.fixture
def notice(alice: Membership, bob: Membership) -> Notice:
    factories.make_claim(by=alice, status=Status.RETURNED, reviewer=bob)
    return Notice.objects.get()


@pytest.fixture
def batch(alice: Membership) -> Batch:
    return factories.make_batch(by=alice, claims=[factories.make_claim(by=alice)])


def test_a_reason_for_a_day_needs_the_day(alice: Membership) -> None:
    claim = factories.make_claim(by=alice)

    with pytest.raises(Refused, match="Give the day"):
        factories.edit_claim(claim, by=alice, due_reason="It goes to print.")
    with refused("claim_due_reason_has_date"):
        change(claim, alice, due_reason="It goes to print.")
    change(claim, alice, due=date(2026, 3, 9), due_reason="It goes to print.")
    connection.check_constraints()


def test_nobody_else_is_named_as_the_author_of_a_claims_verdict(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)

    with refused(DENIED):
        change(claim, bob, verdict_author_id=bob.person_id)
    copy = twin(factories.make_claim(by=alice), alice, verdict_author_id=bob.person_id)
    assert Claim.objects.get(pk=copy).verdict_author_id is None
    assert factories.fresh(claim).verdict_author_id == alice.person_id


def test_a_claim_that_gets_another_verdict_names_its_author(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.RETURNED, reviewer=bob)

    factories.make_verdict(by=bob, claim=claim)

    assert factories.fresh(claim).verdict_author_id == bob.person_id


def test_a_batch_is_of_a_known_kind_and_has_its_event(batch: Batch, alice: Membership, bob: Membership) -> None:
    with refused("batch_is_known"):
        twin(batch, alice, what="verdict")
    with refused("done_in_own_name"):
        twin(batch, bob)
    with refused("change_has_event"):
        run(
            "INSERT INTO articles_batch (desk_id, what, made_by_id, made_at) VALUES (%s, 'due', %s, now())",
            *(alice.desk_id, alice.person_id),
        )


def test_a_batch_never_changes(batch: Batch) -> None:
    with refused(DENIED):
        run("UPDATE articles_batch SET what = 'aside' WHERE id = %s", batch.pk)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"kind": "gossip"}, "notice_kind_is_known"),
        ({"number": None}, "notice_tells_of_something"),
        ({"due": "2026-03-09"}, "notice_tells_of_something"),
        ({"kind": "due"}, "notice_tells_of_something"),
        ({"number": 10**9}, "notice_of_an_event"),
    ],
)
def test_a_notice_tells_of_something(
    columns: dict[str, Any], constraint: str, notice: Notice, alice: Membership
) -> None:
    with refused(constraint):
        twin(notice, alice, **columns)


def test_a_day_is_told_once(notice: Notice, alice: Membership) -> None:
    day: dict[str, Any] = {"kind": "due", "number": None, "due": "2026-03-09"}
    twin(notice, alice, **day)

    with refused("notice_of_a_day_once"):
        twin(notice, alice, **day)


@pytest.mark.parametrize("column", ["person_id", "claim_id", "kind", "number", "due", "claims", "made_at"])
def test_of_a_notice_only_whether_it_was_read_changes(column: str, notice: Notice) -> None:
    with refused(DENIED):
        run(f"UPDATE articles_notice SET {column} = {column} WHERE id = %s", notice.pk)
    run("UPDATE articles_notice SET read_at = now() WHERE id = %s", notice.pk)


def test_reading_has_no_event(notice: Notice, alice: Membership) -> None:
    before = AuditEvent.objects.count()

    actions.notices.mark_read(by=alice, notice=notice)

    connection.check_constraints()
    assert AuditEvent.objects.count() == before


def test_nobody_reads_what_others_were_told(notice: Notice, bob: Membership) -> None:
    actions.notices.mark_read(by=bob, notice=notice)
    actions.notices.mark_read(by=bob, up_to=notice.pk)

    assert factories.fresh(notice).read_at is None


def test_only_a_member_looks(alice: Membership) -> None:
    with refused("look_of_member"):
        run(
            "INSERT INTO articles_lastlook (desk_id, person_id, number, looked_at) VALUES (%s, %s, 0, now())",
            *(alice.desk_id, uuid4()),
        )
