"""By when a claim is to be checked, said in words wherever it stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import actions
from articles.errors import Refused
from articles.models import AuditEvent, Claim, Membership, Status
from articles.templatetags.interface import due_in_words
from tests.claims.asking import address, page_of
from tests.factories import edit_claim, fresh, make_claim
from tests.invariants.attacks import change, refused

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("day", "words", "urgency"),
    [
        (date(2026, 2, 26), "overdue by 7 days (26 February)", "over"),
        (date(2026, 3, 4), "overdue by 1 day (4 March)", "over"),
        (date(2026, 3, 5), "due today", "soon"),
        (date(2026, 3, 6), "due tomorrow", "soon"),
        (date(2026, 3, 8), "due in 3 days (8 March)", "soon"),
        (date(2026, 3, 9), "due 9 March", ""),
        (date(2027, 3, 9), "due 9 March 2027", ""),
    ],
)
def test_a_day_in_words(day: date, words: str, urgency: str) -> None:
    assert due_in_words(day, TODAY) == (words, urgency)


def test_the_claim_says_when_it_is_due_and_why(browser_of_rita: Client, claim: Claim, alice: Membership) -> None:
    edit_claim(claim, by=alice, due=timezone.localdate() - timedelta(days=2), due_reason="It goes to print.")

    page = browser_of_rita.get(page_of(claim)).text

    assert "overdue by 2 days" in page
    assert "It goes to print." in page


def test_a_settled_claim_is_not_overdue(browser_of_rita: Client, alice: Membership) -> None:
    claim = edit_claim(make_claim(by=alice, status=Status.APPROVED), by=alice, due=date(2026, 3, 4))

    page = browser_of_rita.get(page_of(claim)).text

    assert "was due 4 March" in page
    assert "overdue" not in page


def test_the_history_says_it_in_words(browser_of_rita: Client, claim: Claim, alice: Membership) -> None:
    edit_claim(claim, by=alice, due=date(2026, 3, 9))

    event = AuditEvent.objects.filter(subject_id=claim.pk).latest("number")
    assert event.data == {"before": {"due": None}, "after": {"due": "2026-03-09"}}
    assert "9 March 2026" in browser_of_rita.get(address("claim-history", claim)).text


def test_undo_takes_it_back(claim: Claim, alice: Membership) -> None:
    edit_claim(claim, by=alice, due=date(2026, 3, 9), due_reason="It goes to print.")
    edit_claim(claim, by=alice, due=date(2026, 3, 10))
    article = claim.highlights.get().version.article

    actions.undoing.undo(by=alice, article=article)
    assert (fresh(claim).due, fresh(claim).due_reason) == (date(2026, 3, 9), "It goes to print.")
    actions.undoing.undo(by=alice, article=article)
    assert (fresh(claim).due, fresh(claim).due_reason) == (None, "")

    actions.undoing.redo(by=alice, article=article)
    actions.undoing.redo(by=alice, article=article)
    assert (fresh(claim).due, fresh(claim).due_reason) == (date(2026, 3, 10), "It goes to print.")


def test_a_reason_without_a_day_is_refused(claim: Claim, alice: Membership) -> None:
    with pytest.raises(Refused, match="Give the day"):
        edit_claim(claim, by=alice, due_reason="It goes to print.")
    with refused("claim_due_reason_has_date"):
        change(claim, alice, due_reason="It goes to print.")
