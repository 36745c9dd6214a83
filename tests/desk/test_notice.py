"""Who is told of what: in the transaction of the event, never to oneself, and read without an event."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.actions.notices import tell_of_days
from articles.models import AuditEvent, Claim, Desk, Membership, Notice, Standing, Status
from tests.factories import (
    edit_claim,
    fresh,
    make_batch,
    make_blind,
    make_claim,
    make_evidence,
    make_second,
    make_suggestion,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

REASON = "The hospital has published other numbers."


@pytest.fixture
def page(desk: Desk) -> str:
    return reverse("articles:notice-list", args=[desk.slug])


@pytest.fixture
def read(desk: Desk) -> str:
    return reverse("articles:notice-read", args=[desk.slug])


def kinds(member: Membership) -> list[str]:
    return list(Notice.objects.filter(person=member.person).order_by("id").values_list("kind", flat=True))


def events(notices: Iterable[Notice]) -> list[str]:
    numbers = [notice.number for notice in notices if notice.number]
    return list(AuditEvent.objects.filter(number__in=numbers).order_by("number").values_list("action", flat=True))


def test_a_claim_that_is_given_to_someone(alice: Membership, bob: Membership) -> None:
    claim = make_claim(by=alice)

    edit_claim(claim, by=alice, assignee=bob.person)

    (notice,) = Notice.objects.all()
    assert (notice.person, notice.claim, notice.kind, notice.read_at) == (bob.person, claim, "assigned", None)
    assert events([notice]) == ["claim.edited"]


def test_nobody_is_told_of_what_they_did_themselves(alice: Membership) -> None:
    edit_claim(make_claim(by=alice), by=alice, assignee=alice.person)

    assert not Notice.objects.exists()


def test_a_verdict_that_is_returned_or_approved(alice: Membership, bob: Membership) -> None:
    make_claim(by=alice, status=Status.RETURNED, reviewer=bob)
    make_claim(by=alice, status=Status.APPROVED, reviewer=bob)

    assert kinds(alice) == ["returned", "approved"]
    assert kinds(bob) == []


def test_words_that_are_suggested(browser_of_alice: Client, page: str, alice: Membership, bob: Membership) -> None:
    claim = make_claim(by=alice, status=Status.IN_REVIEW)

    make_suggestion(claim, by=bob)

    (notice,) = Notice.objects.all()
    assert (notice.person, notice.claim, notice.kind) == (alice.person, claim, "asked")
    assert events([notice]) == ["words.suggested"]
    assert "Bob suggests other words." in browser_of_alice.get(page).text


def test_a_verdict_whose_basis_changed(alice: Membership, bob: Membership) -> None:
    claim = make_claim(by=alice, status=Status.IN_REVIEW)

    make_evidence(by=bob, claim=claim)

    assert kinds(alice) == ["voided"]


def test_a_finding_beside_which_another_stands(
    client: Client, page: str, alice: Membership, bob: Membership, erin: Membership
) -> None:
    claim = make_blind(by=alice)
    make_second(by=bob, claim=claim, rating="refuted")

    told = {"digest": actions.verdicts.digest_of(claim), "stands": Standing.FIRST, "note": "The log says so."}
    actions.findings.resolve(by=erin, claim=claim, **told)  # type: ignore[arg-type]  # of several types

    assert (kinds(alice), kinds(bob), kinds(erin)) == (["approved"], ["resolved"], [])
    client.force_login(bob.person)
    assert "Erin said that the other finding stands." in client.get(page).content.decode()


def test_both_who_found_are_told_what_became_of_it(alice: Membership, bob: Membership, erin: Membership) -> None:
    claim = make_blind(by=alice)
    make_second(by=bob, claim=claim)

    make_evidence(by=erin, claim=claim)

    assert (kinds(alice), kinds(bob)) == (["voided"], ["voided"])


def test_one_taken_back_by_its_author_is_no_news(alice: Membership) -> None:
    actions.verdicts.withdraw(by=alice, claim=make_claim(by=alice, status=Status.IN_REVIEW))

    assert kinds(alice) == []


@pytest.mark.parametrize("how", ["by a person", "by what changed"])
def test_everyone_concerned_is_told_of_a_reopened_claim(
    how: str, alice: Membership, bob: Membership, erin: Membership
) -> None:
    claim = edit_claim(make_claim(by=alice, status=Status.APPROVED, reviewer=bob), by=alice, assignee=erin.person)
    Notice.objects.all().update(read_at=timezone.now())

    if how == "by a person":
        actions.claims.reopen(by=erin, claim=claim, reason=REASON)
    else:
        make_evidence(by=erin, claim=claim)

    assert fresh(claim).status == Status.REOPENED
    told = Notice.objects.filter(kind="reopened")
    assert {notice.person for notice in told} == {alice.person, bob.person}


def test_what_is_refused_tells_nobody(alice: Membership, bob: Membership) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012  # it is what is tried
        edit_claim(make_claim(by=alice), by=alice, assignee=bob.person)
        raise ZeroDivisionError

    assert not Notice.objects.exists()


def test_many_claims_at_once_are_one_notice(alice: Membership, bob: Membership) -> None:
    claims = [make_claim(by=alice) for _ in range(3)]

    make_batch(by=alice, claims=claims, what="assign", people=(bob.person,))

    (notice,) = Notice.objects.all()
    assert (notice.person, notice.kind, notice.claims) == (bob.person, "assigned", 3)


def test_a_day_that_has_come_is_told_once(alice: Membership, bob: Membership) -> None:
    today = timezone.localdate()
    due = edit_claim(make_claim(by=alice), by=bob, assignee=alice.person, due=today)
    edit_claim(make_claim(by=alice), by=bob, assignee=alice.person, due=today + timedelta(days=1))
    edit_claim(make_claim(by=alice, status=Status.APPROVED), by=alice, due=today)
    edit_claim(make_claim(by=alice), by=alice, due=today)  # which nobody has

    assert (tell_of_days(today), tell_of_days(today)) == (1, 0)

    (notice,) = Notice.objects.filter(kind="due")
    assert (notice.person, notice.claim, notice.due, notice.number) == (alice.person, due, today, None)
    edit_claim(due, by=bob, due=today - timedelta(days=1))
    assert tell_of_days(today) == 1  # another day is other news


def test_who_left_is_told_no_day(alice: Membership, bob: Membership, erin: Membership) -> None:
    edit_claim(make_claim(by=alice), by=alice, assignee=bob.person, due=timezone.localdate())
    actions.desks.remove_member(by=erin, membership=bob)

    assert tell_of_days(timezone.localdate()) == 0


# The page


def test_it_works(browser_of_alice: Client, page: str, alice: Membership, bob: Membership) -> None:
    claim = make_claim(by=alice, status=Status.RETURNED, reviewer=bob)

    text = browser_of_alice.get(page).text

    assert "Bob returned the verdict." in text
    assert "Ask the hospital, too." in text
    assert claim.text in text
    assert 'aria-label="Notices, 1 new"' in text


def test_nobody_sees_what_others_were_told(browser_of_bob: Client, page: str, alice: Membership) -> None:
    make_claim(by=alice, status=Status.RETURNED)

    assert "Nobody has told you anything yet" in browser_of_bob.get(page).text


def test_opening_one_marks_it_read_and_leads_to_its_claim(
    browser_of_alice: Client, read: str, alice: Membership, desk: Desk
) -> None:
    claim = make_claim(by=alice, status=Status.RETURNED)
    notice = Notice.objects.get()
    before = AuditEvent.objects.count()

    answer = browser_of_alice.post(read, {"notice": notice.pk})

    assert answer["Location"] == reverse("articles:claim", args=[desk.slug, claim.pk])
    assert fresh(notice).read_at
    assert AuditEvent.objects.count() == before


def test_one_of_many_claims_leads_to_all_of_them(
    browser_of_bob: Client, read: str, alice: Membership, bob: Membership, desk: Desk
) -> None:
    batch = make_batch(by=alice, claims=[make_claim(by=alice)], what="assign", people=(bob.person,))

    answer = browser_of_bob.post(read, {"notice": Notice.objects.get().pk, "batch": "on"})

    assert answer["Location"] == reverse("articles:batch", args=[desk.slug, batch.pk])


def test_all_up_to_the_newest_on_the_screen_are_read(
    browser_of_alice: Client, page: str, read: str, alice: Membership
) -> None:
    for _ in range(2):
        make_claim(by=alice, status=Status.RETURNED)
    seen = browser_of_alice.get(page).context["page"].rows[0].notice
    make_claim(by=alice, status=Status.RETURNED)

    browser_of_alice.post(read, {"up_to": seen.pk})

    assert Notice.objects.filter(read_at=None).count() == 1
    assert Notice.objects.latest("id").read_at is None


@pytest.mark.parametrize("sent", [{}, {"notice": "x"}, {"up_to": ""}])
def test_nothing_is_read_without_saying_what(sent: dict[str, str], browser_of_alice: Client, read: str) -> None:
    assert browser_of_alice.post(read, sent).status_code == 422


def test_someone_elses_notice_is_as_good_as_made_up(browser_of_bob: Client, read: str, alice: Membership) -> None:
    make_claim(by=alice, status=Status.RETURNED)
    theirs = Notice.objects.get()

    assert browser_of_bob.post(read, {"notice": theirs.pk}).status_code == 404
    assert browser_of_bob.post(read, {"notice": uuid4()}).status_code == 404
    browser_of_bob.post(read, {"up_to": theirs.pk})
    assert fresh(theirs).read_at is None


def test_get_reads_nothing(browser_of_alice: Client, read: str) -> None:
    assert browser_of_alice.get(read).status_code == 405


def test_the_number_in_the_top_line_costs_no_query_of_its_own(
    browser_of_alice: Client, page: str, alice: Membership
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser_of_alice.get(page)
        return len(captured)

    make_claim(by=alice, status=Status.RETURNED)
    queries()
    few = queries()
    for _ in range(10):
        make_claim(by=alice, status=Status.RETURNED)

    assert queries() == few
    with CaptureQueriesContext(connection) as captured:
        browser_of_alice.get(page)
    assert sum("articles_notice" in one["sql"] and "count(*)" in one["sql"].lower() for one in captured) == 1


def test_the_next_page_goes_on(browser_of_alice: Client, page: str, alice: Membership, bob: Membership) -> None:
    claim = make_claim(by=alice)
    for number in range(102):
        assignee = alice.person if number % 2 else None
        edit_claim(claim, by=bob, assignee=assignee)

    first = browser_of_alice.get(page)
    second = browser_of_alice.get(page + first.context["next"])

    assert (len(first.context["page"].rows), len(second.context["page"].rows)) == (50, 1)
    assert second.context["next"] == ""


def test_the_claim_of_a_notice(alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.RETURNED)

    assert Claim.objects.get(notices__kind="returned") == claim
