import pytest
from django.utils import timezone

from articles import actions
from articles.models import AuditEvent, Membership, Status
from articles.queries.rechecks import due_for_recheck
from tests.factories import fresh, make_due


def test_what_is_due_is_reopened_in_nobodys_name(run, alice: Membership, bob: Membership) -> None:
    due, later = make_due(by=alice, reviewer=bob, days=3), make_due(by=alice, reviewer=bob, days=-1)

    assert run("recheck_claims") == "night-desk: 1 claim reopened.\n"

    event = AuditEvent.objects.filter(subject_id=due.pk).latest("number")
    assert (event.action, event.actor_id, event.data["automatic"]) == ("claim.reopened", None, True)
    people = {"author": alice, "reviewer": bob, "assignee": alice}
    assert event.data["concerned"] == {name: str(person.person_id) for name, person in people.items()}
    assert (fresh(due).status, fresh(due).status_reason) == (Status.REOPENED, "Its date for a recheck has come.")
    assert fresh(later).status == Status.APPROVED


def test_a_second_run_does_nothing(run, alice: Membership, bob: Membership) -> None:
    make_due(by=alice, reviewer=bob)
    run("recheck_claims")
    events = AuditEvent.objects.count()

    assert run("recheck_claims") == "night-desk: 0 claims reopened.\n"
    assert AuditEvent.objects.count() == events


def test_what_somebody_reopened_meanwhile_is_left(alice: Membership, bob: Membership) -> None:
    claim = make_due(by=alice, reviewer=bob)
    actions.claims.reopen(by=bob, claim=claim, reason="New figures.")

    assert not actions.claims.recheck_by_system(claim)
    assert fresh(claim).status_reason == "New figures."


@pytest.mark.parametrize(("days", "is_due"), [(1, True), (0, True), (-1, False)])
def test_a_claim_is_due_from_its_day_on(days: int, is_due: bool, alice: Membership, bob: Membership) -> None:
    claim = make_due(by=alice, reviewer=bob, days=days)

    assert list(due_for_recheck(claim.desk, timezone.localdate())) == [claim] * is_due


def test_what_is_due_longest_comes_first(alice: Membership, bob: Membership) -> None:
    claims = [make_due(by=alice, reviewer=bob, days=days) for days in (1, 3, 2)]

    assert list(due_for_recheck(alice.desk, timezone.localdate())) == [claims[1], claims[2], claims[0]]
