"""Invariant 8: a highlight goes on by itself only where its words are the same; a person decides on all else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from articles import actions
from articles.errors import Refused
from articles.models import Carry, CarryDecision, Highlight, Status
from tests import factories
from tests.factories import BODY, QUOTE, fresh
from tests.invariants.attacks import DENIED, change, refused, run, tell, twin

if TYPE_CHECKING:
    from uuid import UUID

    from articles.models import ArticleVersion, Claim, Membership

NOW = "now"
LATER = "four people were hurt"


@pytest.fixture
def claim(alice: Membership) -> Claim:
    return factories.make_claim(by=alice)


@pytest.fixture
def missed(alice: Membership, claim: Claim) -> Highlight:
    """A highlight of the first version that was removed before the second came, so that nothing was asked about it."""
    highlight = factories.make_highlight(by=alice, version=claim.highlights.get().version, quote="the mayor said")
    return actions.highlights.remove(by=alice, highlight=highlight)


@pytest.fixture
def carry(alice: Membership, claim: Claim, missed: Highlight) -> Carry:
    """The claim's highlight, which says something else in the second version and waits there."""
    return factories.make_carry(by=alice, claim=claim)


@pytest.fixture
def went_on(bob: Membership, carry: Carry) -> Carry:
    """The same, as Bob agreed to it."""
    return actions.carrying.accept(by=bob, carry=carry, revision=1, start=carry.start or 0, end=carry.end or 0)


def stand(before: Highlight, version: ArticleVersion, by: Membership, words: str, **columns: Any) -> UUID:
    """End a highlight in the version and INSERT the one that takes its place there."""
    change(before, by, removed_at=None, removed_by_id=None, ended_in_id=version.pk)
    return later(before, version, by, words, **columns)


def later(before: Highlight, version: ArticleVersion, by: Membership, words: str, **columns: Any) -> UUID:
    start = version.text.index(words)
    place: dict[str, Any] = {"version_id": version.pk, "start": start, "end": start + len(words), "quote": words}
    state = {"first_id": before.pk, "ended_in_id": None, "removed_at": None, "removed_by_id": None}
    return twin(before, by, **(place | state | columns))


def insert_carry(highlight: Highlight, version: ArticleVersion, by: Membership, **columns: Any) -> None:
    """A carry that waits, of words that are the same and certain, unless the columns say otherwise."""
    start = max(0, version.text.find(highlight.quote))
    certain = {"outcome": "anchored", "start": start, "end": start + len(highlight.quote)}
    rest = {"method": "exact", "candidates": "[]", "changes": "[]", "decision": "", "revision": 1}
    values = {"desk_id": by.desk_id, "highlight_id": highlight.pk, "version_id": version.pk, **certain, **rest}
    values = {name: timezone.now() if value is NOW else value for name, value in (values | columns).items()}
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(["%s"] * len(values))
    (row,) = run(f"INSERT INTO articles_carry ({names}) VALUES ({marks}) RETURNING id", *values.values())
    tell(by, row[0], kind="carry")


def carried(became: UUID, **columns: Any) -> dict[str, Any]:
    return {"decision": "carried", "decided_at": NOW, "became_id": became, **columns}


# By itself


def test_the_same_words_in_their_place_go_on_by_themselves(missed: Highlight, carry: Carry, alice: Membership) -> None:
    became = stand(missed, carry.version, alice, missed.quote)
    insert_carry(missed, carry.version, alice, **carried(became))

    with refused("carry_once_per_version"):
        insert_carry(missed, carry.version, alice)


def test_other_words_do_not(missed: Highlight, carry: Carry, alice: Membership) -> None:
    with refused("carry_by_itself_only_where_certain"):
        became = stand(missed, carry.version, alice, LATER)
        insert_carry(missed, carry.version, alice, **carried(became))


def test_nor_the_same_words_in_another_place(missed: Highlight, carry: Carry, alice: Membership) -> None:
    with refused("carry_by_itself_only_where_certain"):
        became = stand(missed, carry.version, alice, missed.quote)
        insert_carry(missed, carry.version, alice, **carried(became, start=0, end=14))


@pytest.mark.parametrize("outcome", ["changed", "ambiguous", "orphaned"])
def test_nor_where_the_text_was_not_certain(outcome: str, missed: Highlight, carry: Carry, alice: Membership) -> None:
    with refused("carry_by_itself_only_where_certain"):
        became = stand(missed, carry.version, alice, missed.quote)
        insert_carry(missed, carry.version, alice, **carried(became, outcome=outcome))


def test_what_waits_is_accepted_by_someone(carry: Carry, alice: Membership) -> None:
    with refused("carry_by_itself_only_where_certain"):
        became = stand(carry.highlight, carry.version, alice, LATER)
        change(carry, alice, decision="carried", decided_at=timezone.now(), became_id=became)


def test_nothing_is_gone_by_itself(carry: Carry, alice: Membership) -> None:
    with refused("carry_by_itself_only_where_certain"):
        change(carry.highlight, alice, ended_in_id=carry.version_id)
        change(carry, alice, decision="gone", decided_at=timezone.now())


def test_the_actions_leave_other_words_waiting(carry: Carry, claim: Claim) -> None:
    assert (carry.decision, carry.became, claim.highlights.live().get()) == ("", None, carry.highlight)


# Highlights and their carries


def test_a_highlight_does_not_go_on_without_a_carry(missed: Highlight, carry: Carry, alice: Membership) -> None:
    with refused("highlight_has_its_carry"):
        stand(missed, carry.version, alice, missed.quote)


def test_it_does_not_end_without_one(carry: Carry, alice: Membership) -> None:
    with refused("highlight_has_its_carry"):
        change(carry.highlight, alice, ended_in_id=carry.version_id)


def test_a_decision_ends_the_highlight(carry: Carry, alice: Membership) -> None:
    gone = {"decision": "gone", "decided_by_id": alice.person_id, "decided_at": timezone.now()}

    with refused("carry_ends_its_highlight"):
        change(carry, alice, **gone)
    change(carry.highlight, alice, ended_in_id=carry.version_id)
    change(carry, alice, **gone)

    with refused("highlight_stands_in_newest"):
        change(carry.highlight, alice, ended_in_id=None)


def test_of_those_that_follow_each_other_one_counts(carry: Carry, alice: Membership) -> None:
    with refused("highlight_counts_once"):
        later(carry.highlight, carry.version, alice, LATER)


def test_restoring_what_was_taken_back_is_refused(went_on: Carry, alice: Membership) -> None:
    became = went_on.became
    assert became
    actions.carrying.reconsider(by=alice, carry=went_on, revision=went_on.revision)

    with refused("highlight_counts_once"):
        change(became, alice, removed_at=None, removed_by_id=None)
    with pytest.raises(Refused, match="already stands"):
        actions.highlights.restore(by=alice, highlight=became)


def test_what_was_taken_back_does_not_stay_in_its_place(went_on: Carry, alice: Membership) -> None:
    removed = {"removed_at": timezone.now(), "removed_by_id": alice.person_id}

    with refused("highlight_has_its_carry"):
        change(went_on, alice, decision="", decided_by_id=None, decided_at=None, became_id=None)
        change(went_on.highlight, alice, ended_in_id=None, **removed)


@pytest.mark.parametrize("wrong", ["claim", "maker", "first", "article"])
def test_a_highlight_goes_on_as_the_first_one(
    wrong: str, went_on: Carry, missed: Highlight, alice: Membership, bob: Membership
) -> None:
    columns: dict[str, dict[str, Any]] = {
        "claim": {"claim_id": None},
        "maker": {"made_by_id": bob.person_id},
        "first": {"first_id": went_on.became_id},
        "article": {"first_id": factories.make_highlight(by=alice).pk},
    }

    with refused("highlight_goes_on_from_first"):
        stand(missed, went_on.version, alice, missed.quote, **columns[wrong])


def test_what_it_became_is_its_own(carry: Carry, bob: Membership, alice: Membership) -> None:
    other = factories.make_highlight(by=alice, version=carry.version, quote=LATER)

    with refused("carry_leads_to_its_own"):
        change(carry.highlight, bob, ended_in_id=carry.version_id)
        decided = {"decided_by_id": bob.person_id, "decided_at": timezone.now()}
        change(carry, bob, decision="carried", became_id=other.pk, **decided)


# Where a carry leads


def test_a_highlight_is_carried_within_its_article(missed: Highlight, carry: Carry, alice: Membership) -> None:
    other = factories.make_carry(by=alice).version

    with refused("carry_goes_to_a_later_version"):
        insert_carry(missed, other, alice)


def test_it_is_carried_to_a_later_version(went_on: Carry, alice: Membership) -> None:
    became = went_on.became
    assert became

    for version in (went_on.version, went_on.highlight.version):
        with refused("carry_goes_to_a_later_version"):
            insert_carry(became, version, alice)


def test_it_is_carried_on_its_desk(missed: Highlight, mallory: Membership, alice: Membership) -> None:
    other = factories.make_carry(by=mallory)

    with refused("carry_goes_to_a_later_version"):
        insert_carry(missed, other.version, alice)
    with pytest.raises(Refused, match="your desk"):
        actions.carrying.orphan(by=alice, carry=other, revision=1)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"outcome": "certain"}, "carry_outcome_is_known"),
        ({"start": None}, "carry_proposes_a_span"),
        ({"end": None}, "carry_proposes_a_span"),
        ({"start": 9, "end": 9}, "carry_proposes_some_words"),
        ({"start": 9, "end": 100_000}, "carry_proposes_some_words"),
        ({"decision": "overtaken"}, "carry_decided_at_some_time"),
        ({"decided_at": NOW}, "carry_decided_at_some_time"),
        ({"decision": "carried", "decided_at": NOW}, "carry_leads_to_a_highlight"),
        ({"decision": "perhaps", "decided_at": NOW}, "carry_by_itself_only_where_certain"),
    ],
)
def test_a_carry_that_makes_no_sense_is_refused(
    wrong: dict[str, Any], constraint: str, missed: Highlight, carry: Carry, alice: Membership
) -> None:
    with refused(constraint):
        insert_carry(missed, carry.version, alice, **wrong)


# What a person decides


@pytest.mark.parametrize(
    "column", ["start", "end", "outcome", "method", "score", "candidates", "changes", "version_id"]
)
def test_a_proposal_never_changes(column: str, carry: Carry, alice: Membership) -> None:
    with refused(DENIED):
        change(carry, alice, **{column: None})


def test_a_carry_is_never_deleted(carry: Carry) -> None:
    with refused(DENIED):
        run("DELETE FROM articles_carry")


def test_nobody_decides_in_anothers_name(carry: Carry, alice: Membership, bob: Membership) -> None:
    with refused("done_in_own_name"):
        change(carry.highlight, alice, ended_in_id=carry.version_id)
        change(carry, alice, decision="gone", decided_by_id=bob.person_id, decided_at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_a_decision_has_its_event(carry: Carry, alice: Membership) -> None:
    with refused("change_has_event"):
        change(carry.highlight, alice, ended_in_id=carry.version_id)
        run(
            "UPDATE articles_carry SET decision = 'gone', decided_by_id = %s, decided_at = now(), revision = 2"
            " WHERE id = %s",
            *(alice.person_id, carry.pk),
        )


def test_a_question_is_overtaken_by_a_version_alone(carry: Carry, alice: Membership) -> None:
    with refused("carry_is_overtaken_by_a_version"):
        change(carry, alice, decision="overtaken", decided_at=timezone.now())


def test_an_approval_does_not_follow_to_other_words(
    carry: Carry, claim: Claim, alice: Membership, bob: Membership
) -> None:
    factories.make_verdict(by=alice, claim=claim)
    actions.verdicts.approve(by=bob, claim=claim, digest=actions.verdicts.digest_of(claim))

    with refused("approval_holds"):
        became = stand(carry.highlight, carry.version, alice, LATER)
        decided = {"decided_by_id": alice.person_id, "decided_at": timezone.now()}
        change(carry, alice, decision="carried", became_id=became, **decided)


def test_it_follows_to_the_same_words(claim: Claim, alice: Membership, bob: Membership) -> None:
    factories.make_verdict(by=alice, claim=claim)
    actions.verdicts.approve(by=bob, claim=claim, digest=actions.verdicts.digest_of(claim))
    version = claim.highlights.get().version

    factories.take_version(version.article, f"{version.text} It opens on Friday.", by=bob)

    assert fresh(claim).status == Status.APPROVED
    assert actions.verdicts.digest_of(claim) == fresh(claim).approved_digest


# No highlight is left behind


def test_nothing_is_marked_in_a_version_that_is_not_the_newest(carry: Carry, alice: Membership) -> None:
    before = carry.highlight.version

    with refused("highlight_stands_in_newest"):
        factories.make_highlight(by=alice, version=before, quote="The bridge")


def test_nothing_is_restored_there_unasked(missed: Highlight, carry: Carry, alice: Membership) -> None:
    with refused("highlight_stands_in_newest"):
        change(missed, alice, removed_at=None, removed_by_id=None)

    restored = actions.highlights.restore(by=alice, highlight=missed)
    assert fresh(restored).ended_in == carry.version


def test_a_version_takes_the_highlights_along(claim: Claim, alice: Membership) -> None:
    with refused("version_takes_highlights_along"):
        twin(claim.highlights.get().version, alice, number=2)


@pytest.mark.parametrize("body", [BODY, BODY.replace("people", "men")], ids=["the same words", "other words"])
def test_of_a_claim_every_place_counts_once(body: str, carry: Carry, claim: Claim, alice: Membership) -> None:
    article = carry.version.article
    actions.carrying.orphan(by=alice, carry=carry, revision=1)
    words = "people were hurt"
    factories.make_highlight(by=alice, version=carry.version, quote=words, claim=claim)

    factories.take_version(article, f"Bridge closed again\n\n{body}", by=alice)

    assert claim.highlights.live().count() == 1
    assert fresh(carry).decision == CarryDecision.GONE
    assert QUOTE in carry.highlight.version.text
