from __future__ import annotations

import pytest

from articles import actions
from articles.actions.highlights import ONLY_HIGHLIGHT_REMOVED
from articles.errors import Refused
from articles.models import ArticleVersion, Claim, Highlight, Membership, Status
from tests import factories


def test_a_mark_is_a_claim_whose_text_begins_as_the_quotation(alice: Membership, version: ArticleVersion) -> None:
    highlight = factories.make_highlight(by=alice, version=version, quote=" was closed on Tuesday ")

    assert highlight.claim
    assert (highlight.claim.text, highlight.claim.status) == ("was closed on Tuesday", Status.OPEN)
    assert highlight.claim.made_by == highlight.made_by == alice.person


def test_highlights_may_overlap_and_repeat(alice: Membership, version: ArticleVersion) -> None:
    for quote in ("three people", "people were hurt", "people", "people"):
        factories.make_highlight(by=alice, version=version, quote=quote)

    assert Claim.objects.count() == version.highlights.live().count() == 4


def test_a_claim_stands_in_many_articles(alice: Membership, version: ArticleVersion) -> None:
    claim = factories.make_claim(by=alice, version=version)

    for _ in range(2):
        factories.make_highlight(by=alice, version=factories.make_version(by=alice), claim=claim)

    assert claim.highlights.occurrences().count() == 3
    assert factories.fresh(claim).status == Status.OPEN


def test_removing_the_only_highlight_of_an_untouched_claim_sets_it_aside(alice: Membership, bob: Membership) -> None:
    highlight = factories.make_highlight(by=alice)

    actions.highlights.remove(by=bob, highlight=highlight)

    removed, claim = factories.fresh(highlight), the_claim(highlight)
    assert (removed.removed_by, claim.status, claim.status_reason) == (
        bob.person,
        Status.SET_ASIDE,
        ONLY_HIGHLIGHT_REMOVED,
    )


def test_restoring_it_brings_the_claim_back(alice: Membership, bob: Membership) -> None:
    highlight = factories.make_highlight(by=alice)
    actions.highlights.remove(by=bob, highlight=highlight)

    actions.highlights.restore(by=bob, highlight=highlight)

    restored, claim = factories.fresh(highlight), the_claim(highlight)
    assert (restored.removed_at, restored.removed_by) == (None, None)
    assert (claim.status, claim.status_reason) == (Status.OPEN, "")


def test_a_claim_that_a_person_set_aside_stays_so(alice: Membership) -> None:
    highlight = factories.make_highlight(by=alice)
    actions.claims.set_aside(by=alice, claim=the_claim(highlight), reason="It is an opinion.")
    actions.highlights.remove(by=alice, highlight=highlight)

    actions.highlights.restore(by=alice, highlight=highlight)

    assert the_claim(highlight).status_reason == "It is an opinion."


def test_a_claim_that_stands_elsewhere_stays_open(alice: Membership) -> None:
    highlight = factories.make_highlight(by=alice)
    factories.make_highlight(by=alice, claim=the_claim(highlight))

    actions.highlights.remove(by=alice, highlight=highlight)

    assert the_claim(highlight).status == Status.OPEN


@pytest.mark.parametrize("status", [Status.CHECKING, Status.IN_REVIEW, Status.RETURNED, Status.REOPENED])
def test_a_claim_that_was_worked_on_stays_in_work(status: Status, alice: Membership) -> None:
    claim = factories.make_claim(by=alice, status=status)

    actions.highlights.remove(by=alice, highlight=claim.highlights.get())

    assert factories.fresh(claim).status == status


def test_a_passage_in_force_is_not_removed(alice: Membership) -> None:
    evidence = factories.make_passage(by=alice, claim=factories.make_claim(by=alice))
    passage = evidence.highlight
    assert passage

    with pytest.raises(Refused, match="Withdraw the evidence first"):
        actions.highlights.remove(by=alice, highlight=passage)

    actions.evidence.withdraw(by=alice, evidence=evidence)
    actions.highlights.remove(by=alice, highlight=passage)


def test_what_is_removed_or_still_there_is_said(alice: Membership) -> None:
    highlight = factories.make_highlight(by=alice)

    with pytest.raises(Refused, match="still there"):
        actions.highlights.restore(by=alice, highlight=highlight)
    actions.highlights.remove(by=alice, highlight=highlight)
    with pytest.raises(Refused, match="already removed"):
        actions.highlights.remove(by=alice, highlight=highlight)


def the_claim(highlight: Highlight) -> Claim:
    assert highlight.claim
    return factories.fresh(highlight.claim)
