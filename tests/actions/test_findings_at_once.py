"""Two people who find, resolve or revise at the same moment: one is first, the other is told."""

from __future__ import annotations

from functools import partial

import pytest

from articles import actions
from articles.actions.verdicts import Finding
from articles.errors import Refused, Stale
from articles.models import Claim, Membership, Rating, RatingScale, Resolution, Review, Standing, Status, Verdict
from articles.queries.scales import newest_scale
from tests import factories
from tests.actions.threads import overlapping, together
from tests.desk.test_scale_revise import revised

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def blind(alice: Membership) -> Claim:
    return factories.make_blind(by=alice)


@pytest.fixture
def differing(blind: Claim, bob: Membership) -> Claim:
    factories.make_second(by=bob, claim=blind, rating="refuted")
    return blind


def resolve(by: Membership, claim: Claim, digest: str, stands: Standing) -> Resolution:
    return actions.findings.resolve(by=by, claim=claim, digest=digest, stands=stands, note="The log.")


def test_of_two_second_findings_one_is_told(blind: Claim, bob: Membership, erin: Membership) -> None:
    rating = factories.rating_of(bob, "refuted")
    told = {"claim": blind, "revision": blind.revision, "finding": Finding(rating=rating, rationale="So I find.")}
    find = partial(actions.findings.second, **told)  # type: ignore[arg-type]  # of several types

    first, second = overlapping(partial(find, by=bob), partial(find, by=erin))

    assert Verdict.objects.get(second_of__isnull=False) == first
    assert isinstance(second, Refused)


def test_of_two_resolutions_one_is_told(differing: Claim, alice: Membership, erin: Membership) -> None:
    digest = actions.verdicts.digest_of(differing)

    first, second = overlapping(
        lambda: resolve(erin, differing, digest, Standing.FIRST),
        lambda: resolve(alice, differing, digest, Standing.SECOND),
    )

    assert Resolution.objects.get() == first
    assert isinstance(second, Refused)
    assert Review.objects.count() == 1


def test_a_resolution_during_a_change_of_the_words_resolves_nothing(
    differing: Claim, alice: Membership, erin: Membership
) -> None:
    digest = actions.verdicts.digest_of(differing)

    first, second = overlapping(
        lambda: factories.edit_claim(differing, by=alice, text="Thirty people were hurt."),
        lambda: resolve(erin, differing, digest, Standing.FIRST),
    )

    assert not isinstance(first, Exception)
    assert isinstance(second, Refused | Stale)
    assert factories.fresh(differing).status == Status.CHECKING


def test_of_eight_who_suggest_and_accept_one_wins(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)
    rows = [factories.make_suggestion(claim, by=bob, words=f"{number} people were hurt.") for number in range(8)]

    outcomes = together(*(partial(actions.suggestions.accept, by=alice, suggestion=row) for row in rows))

    assert sum(not isinstance(outcome, Exception) for outcome in outcomes) == 1
    assert all(isinstance(outcome, Refused) for outcome in outcomes if isinstance(outcome, Exception))
    assert factories.fresh(claim).status == Status.IN_REVIEW


def test_of_two_versions_of_a_scale_one_is_told(erin: Membership) -> None:
    first, second = overlapping(
        lambda: revised(erin, definition="It is so."), lambda: revised(erin, definition="It is otherwise.")
    )

    assert newest_scale(erin.desk) == first
    assert isinstance(second, Refused)
    assert RatingScale.objects.filter(desk=erin.desk, code="evidence").count() == 2
    assert Rating.objects.filter(scale=first).count() == 4


def test_an_approval_during_a_change_of_the_scale_does_not_outlive_it(
    alice: Membership, bob: Membership, erin: Membership
) -> None:
    claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)
    digest = actions.verdicts.digest_of(claim)

    version, approval = together(
        lambda: revised(erin, definition="It is so.", other_meaning=["supported"]),
        lambda: actions.verdicts.approve(by=bob, claim=claim, digest=digest),
    )

    assert isinstance(version, RatingScale)
    came_first = isinstance(approval, Review)
    assert came_first or isinstance(approval, Refused)
    assert factories.fresh(claim).status == (Status.REOPENED if came_first else Status.CHECKING)
