"""A new version: what goes on by itself, what waits, and what it does to the claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from articles import actions
from articles.errors import AlreadyHere, Refused, Stale
from articles.models import AuditEvent, Carry, CarryDecision, Highlight, Status
from tests import factories
from tests.factories import BODY, QUOTE, fresh

if TYPE_CHECKING:
    from articles.models import Article, Claim, Membership
    from tests.factories import Cast

ADDED = f"{BODY} It opens on Friday."
CORRECTED = BODY.replace(*factories.CORRECTED)
GONE = BODY.replace("after three people were hurt, the mayor said", "for repairs")


def of_version(text: str) -> str:
    return f"Bridge closed\n\n{text}"


@pytest.fixture
def article(cast: Cast) -> Article:
    return factories.make_article(by=cast.alice, text=of_version(BODY))


@pytest.fixture
def claim(cast: Cast, article: Article) -> Claim:
    """Alice's, approved by Bob, in the first version of the article."""
    return factories.make_claim(
        by=cast.alice, version=article.versions.get(), status=Status.APPROVED, reviewer=cast.bob
    )


def accept(carry: Carry, *, by: Membership) -> Carry:
    """Agree to what is proposed."""
    assert carry.start is not None
    assert carry.end is not None
    return actions.carrying.accept(by=by, carry=carry, revision=carry.revision, start=carry.start, end=carry.end)


def reconsider(carry: Carry, *, by: Membership) -> Carry:
    return actions.carrying.reconsider(by=by, carry=carry, revision=fresh(carry).revision)


def live(claim: Claim) -> Highlight:
    return claim.highlights.live().get()


def test_identical_words_go_on_and_the_claim_stays_approved(cast: Cast, article: Article, claim: Claim) -> None:
    before = live(claim)

    version = factories.take_version(article, of_version(ADDED), by=cast.bob)

    connection.check_constraints()
    later = live(claim)
    assert (version.number, later.version, later.quote, later.first) == (2, version, QUOTE, before)
    assert version.text[later.start : later.end] == QUOTE
    assert fresh(before).ended_in == version
    carry = version.carries.get()
    assert (carry.decision, carry.decided_by, carry.became) == (CarryDecision.CARRIED, None, later)
    assert (fresh(claim).status, fresh(claim).approved_digest) == (Status.APPROVED, claim.approved_digest)


def test_other_words_wait_and_the_claim_is_reopened_with_the_reason(cast: Cast, article: Article, claim: Claim) -> None:
    before = live(claim)

    version = factories.take_version(article, of_version(CORRECTED), by=cast.bob)

    connection.check_constraints()
    carry = version.carries.get()
    assert (carry.outcome, carry.decision, carry.became) == ("changed", "", None)
    assert version.text[carry.start : carry.end] == "four people were hurt"
    assert live(claim) == before
    now = fresh(claim)
    assert now.status == Status.REOPENED
    assert "“three people were hurt” are now “four people were hurt”" in now.status_reason
    assert "version 2" in now.status_reason


def test_words_that_are_gone_reopen_the_claim(cast: Cast, article: Article, claim: Claim) -> None:
    version = factories.take_version(article, of_version(GONE), by=cast.bob)

    carry = version.carries.get()
    assert (carry.outcome, carry.decision, carry.start) == ("orphaned", "", None)
    assert fresh(claim).status == Status.REOPENED
    assert fresh(claim).status_reason.startswith("The words “three people were hurt” are gone from version 2")


def test_a_claim_in_review_goes_back_to_checking(cast: Cast, article: Article) -> None:
    claim = factories.make_claim(by=cast.alice, version=article.versions.get(), status=Status.IN_REVIEW)

    factories.take_version(article, of_version(CORRECTED), by=cast.bob)

    assert fresh(claim).status == Status.CHECKING


def test_a_passage_of_evidence_that_changed_reopens_what_rests_on_it(cast: Cast, article: Article) -> None:
    claim = factories.make_claim(by=cast.alice, text="People were hurt.")
    evidence = factories.make_passage(by=cast.alice, claim=claim, version=article.versions.get())
    factories.make_verdict(by=cast.alice, claim=claim)
    actions.verdicts.approve(by=cast.bob, claim=claim, digest=actions.verdicts.digest_of(claim))

    version = factories.take_version(article, of_version(CORRECTED), by=cast.alice)

    connection.check_constraints()
    assert fresh(claim).status == Status.REOPENED
    assert version.carries.get().highlight == evidence.highlight
    assert fresh(evidence).quote == QUOTE


def test_a_passage_whose_words_are_the_same_goes_on(cast: Cast, article: Article) -> None:
    claim = factories.make_claim(by=cast.alice)
    evidence = factories.make_passage(by=cast.alice, claim=claim, version=article.versions.get())

    version = factories.take_version(article, of_version(ADDED), by=cast.alice)

    later = Highlight.objects.live().get(version=version)
    assert (later.first, later.claim) == (evidence.highlight, None)
    with pytest.raises(Refused, match="evidence"):
        actions.highlights.remove(by=cast.alice, highlight=later)


def test_the_same_text_makes_no_version(cast: Cast, article: Article) -> None:
    before = AuditEvent.objects.count()

    with pytest.raises(AlreadyHere) as caught:
        factories.take_version(article, of_version(BODY), by=cast.bob)

    assert caught.value.article == article
    assert (article.versions.count(), AuditEvent.objects.count()) == (1, before)


def test_a_text_that_returns_is_a_version_again(cast: Cast, article: Article, claim: Claim) -> None:
    factories.take_version(article, of_version(CORRECTED), by=cast.bob)

    third = factories.take_version(article, of_version(BODY), by=cast.bob)

    connection.check_constraints()
    assert (third.number, live(claim).version) == (3, third)
    assert list(Carry.objects.order_by("version__number").values_list("decision", flat=True)) == [
        "overtaken",
        "carried",
    ]


def test_a_removed_highlight_stays_where_it_was(cast: Cast, article: Article) -> None:
    highlight = factories.make_highlight(by=cast.alice, version=article.versions.get())
    actions.highlights.remove(by=cast.alice, highlight=highlight)

    version = factories.take_version(article, of_version(ADDED), by=cast.bob)

    assert not version.carries.exists()


def test_one_event_tells_what_went_on_and_one_each_what_waits(cast: Cast, article: Article, claim: Claim) -> None:
    version = article.versions.get()
    bridge = factories.make_highlight(by=cast.alice, version=version, quote="The bridge over the Orm was closed")
    before = AuditEvent.objects.latest("number").number

    later = factories.take_version(article, of_version(CORRECTED), by=cast.bob)

    events = AuditEvent.objects.filter(number__gt=before).order_by("number")
    assert [event.action for event in events] == [
        "original.kept",
        "version.taken",
        "highlight.questioned",
        "claim.reopened",
    ]
    _, taken, questioned, _ = events
    moved = later.carries.get(highlight=bridge)
    assert taken.data["moves"] == [[str(bridge.pk), str(moved.became_id)]]
    assert (questioned.subject_id, questioned.data["quote"]) == (later.carries.waiting().get().pk, QUOTE)


# What a person decides


def test_an_accepted_proposal_takes_the_place(cast: Cast, claim: Claim) -> None:
    carry = factories.make_carry(by=cast.alice, claim=claim)
    before = carry.highlight

    carry = accept(carry, by=cast.bob)

    connection.check_constraints()
    later = live(claim)
    assert (carry.became, carry.decided_by, carry.decision) == (later, cast.bob.person, CarryDecision.CARRIED)
    assert (later.quote, later.first, fresh(before).ended_in) == ("four people were hurt", before, carry.version)


def test_a_claim_approved_meanwhile_is_reopened_by_the_decision(cast: Cast, claim: Claim) -> None:
    carry = factories.make_carry(by=cast.alice, claim=claim)
    factories.make_verdict(by=cast.alice, claim=fresh(claim))
    actions.verdicts.approve(by=cast.bob, claim=claim, digest=actions.verdicts.digest_of(claim))

    accept(carry, by=cast.bob)

    connection.check_constraints()
    assert fresh(claim).status == Status.REOPENED


def test_words_marked_by_a_person_take_the_place(cast: Cast, claim: Claim) -> None:
    carry = factories.make_carry(by=cast.alice, claim=claim)
    start = carry.version.text.index("people were hurt")

    actions.carrying.remark(by=cast.bob, carry=carry, revision=1, start=start, end=start + 16, quote="people were hurt")

    assert live(claim).quote == "people were hurt"


def test_words_that_do_not_stand_there_are_refused(cast: Cast, claim: Claim) -> None:
    carry = factories.make_carry(by=cast.alice, claim=claim)

    with pytest.raises(Refused, match="words"):
        actions.carrying.remark(by=cast.bob, carry=carry, revision=1, start=0, end=5, quote="Other")

    assert fresh(carry).decision == ""


def test_an_orphan_counts_no_longer(cast: Cast, claim: Claim) -> None:
    carry = factories.make_carry(by=cast.alice, claim=claim)

    actions.carrying.orphan(by=cast.bob, carry=carry, revision=1)

    connection.check_constraints()
    assert not claim.highlights.live().exists()
    assert fresh(carry).decision == CarryDecision.GONE


@pytest.mark.parametrize("verb", ["accept", "orphan"])
def test_a_decision_can_be_taken_back(verb: str, cast: Cast, claim: Claim) -> None:
    carry = factories.make_carry(by=cast.alice, claim=claim)
    before = carry.highlight
    if verb == "accept":
        carry = accept(carry, by=cast.bob)
    else:
        carry = actions.carrying.orphan(by=cast.bob, carry=carry, revision=1)

    carry = reconsider(carry, by=cast.alice)

    connection.check_constraints()
    assert (carry.decision, carry.became, carry.decided_by) == ("", None, None)
    assert live(claim) == before


def test_what_was_taken_back_is_not_restored_beside_it(cast: Cast, claim: Claim) -> None:
    carry = factories.make_carry(by=cast.alice, claim=claim)
    carry = accept(carry, by=cast.bob)
    later = carry.became
    assert later
    reconsider(carry, by=cast.alice)

    with pytest.raises(Refused, match=r"already stands|taken back"):
        actions.highlights.restore(by=cast.alice, highlight=later)


def test_only_places_that_were_proposed_are_accepted(cast: Cast, claim: Claim) -> None:
    carry = factories.make_carry(by=cast.alice, claim=claim)

    with pytest.raises(Refused, match="not proposed"):
        actions.carrying.accept(by=cast.bob, carry=carry, revision=1, start=0, end=5)


def test_a_decision_on_an_old_form_is_stale_or_refused(cast: Cast, claim: Claim) -> None:
    carry = factories.make_carry(by=cast.alice, claim=claim)
    actions.carrying.orphan(by=cast.bob, carry=carry, revision=1)

    with pytest.raises(Refused, match="meanwhile"):
        actions.carrying.orphan(by=cast.alice, carry=carry, revision=1)
    reconsider(carry, by=cast.alice)
    with pytest.raises(Stale):
        actions.carrying.orphan(by=cast.alice, carry=carry, revision=1)


def test_nothing_is_decided_on_a_version_that_is_not_the_newest(cast: Cast, article: Article, claim: Claim) -> None:
    carry = factories.make_carry(by=cast.alice, claim=claim)
    actions.carrying.orphan(by=cast.bob, carry=carry, revision=1)
    factories.take_version(article, of_version(GONE), by=cast.bob)

    with pytest.raises(Refused, match="later version"):
        reconsider(carry, by=cast.bob)


# What was removed, and comes back


def test_a_highlight_restored_later_goes_on_like_the_others(cast: Cast, article: Article, claim: Claim) -> None:
    highlight = live(claim)
    actions.highlights.remove(by=cast.alice, highlight=highlight)
    version = factories.take_version(article, of_version(ADDED), by=cast.bob)

    actions.highlights.restore(by=cast.alice, highlight=highlight)

    connection.check_constraints()
    later = live(claim)
    assert (later.version, later.first, fresh(highlight).ended_in) == (version, highlight, version)
    assert AuditEvent.objects.latest("number").action == "highlight.carried"


def test_one_whose_words_changed_meanwhile_waits(cast: Cast, article: Article) -> None:
    claim = factories.make_claim(by=cast.alice, version=article.versions.get(), status=Status.IN_REVIEW)
    highlight = live(claim)
    actions.highlights.remove(by=cast.alice, highlight=highlight)
    version = factories.take_version(article, of_version(CORRECTED), by=cast.bob)

    actions.highlights.restore(by=cast.alice, highlight=highlight)

    connection.check_constraints()
    assert version.carries.get().highlight == live(claim) == highlight
    assert fresh(claim).status == Status.CHECKING


def test_one_removed_while_it_waits_is_asked_about_when_it_is_back(cast: Cast, article: Article, claim: Claim) -> None:
    carry = factories.make_carry(by=cast.alice, claim=claim)
    actions.highlights.remove(by=cast.alice, highlight=carry.highlight)
    third = factories.take_version(article, of_version(GONE), by=cast.bob)
    assert not third.carries.exists()

    actions.highlights.restore(by=cast.alice, highlight=carry.highlight)

    connection.check_constraints()
    assert fresh(carry).decision == CarryDecision.OVERTAKEN
    assert (third.carries.get().outcome, third.carries.get().decision) == ("orphaned", "")


def test_back_in_time_it_waits_as_before(cast: Cast, claim: Claim) -> None:
    carry = factories.make_carry(by=cast.alice, claim=claim)
    actions.highlights.remove(by=cast.alice, highlight=carry.highlight)

    actions.highlights.restore(by=cast.alice, highlight=carry.highlight)

    connection.check_constraints()
    assert Carry.objects.get() == fresh(carry)
    assert fresh(carry).decision == ""


def test_a_highlight_is_removed_where_it_stands_now(cast: Cast, article: Article, claim: Claim) -> None:
    before = live(claim)
    factories.take_version(article, of_version(ADDED), by=cast.bob)

    with pytest.raises(Refused, match="newer version"):
        actions.highlights.remove(by=cast.alice, highlight=before)

    actions.highlights.remove(by=cast.alice, highlight=live(claim))
    assert not claim.highlights.live().exists()


def test_evidence_restored_brings_its_passage_back_where_it_last_stood(cast: Cast, article: Article) -> None:
    claim = factories.make_claim(by=cast.alice)
    evidence = factories.make_passage(by=cast.alice, claim=claim, version=article.versions.get())
    version = factories.take_version(article, of_version(ADDED), by=cast.alice)
    actions.evidence.withdraw(by=cast.alice, evidence=evidence)
    passage = Highlight.objects.live().get(version=version)
    actions.highlights.remove(by=cast.alice, highlight=passage)
    third = factories.take_version(article, of_version(ADDED.replace("Friday", "Sunday")), by=cast.bob)

    actions.evidence.restore(by=cast.alice, evidence=evidence)

    connection.check_constraints()
    assert Highlight.objects.live().get(version=third).first == evidence.highlight


def test_a_passage_whose_evidence_is_withdrawn_waits_and_unsettles_nothing(
    cast: Cast, article: Article, claim: Claim
) -> None:
    other = factories.make_claim(by=cast.alice, status=Status.APPROVED, reviewer=cast.bob)
    evidence = factories.make_passage(by=cast.alice, claim=other, version=article.versions.get())
    actions.evidence.withdraw(by=cast.alice, evidence=evidence)
    status = fresh(other).status

    version = factories.take_version(article, of_version(CORRECTED), by=cast.bob)

    assert version.carries.waiting().count() == 2
    assert fresh(other).status == status


def test_the_claims_of_all_that_waits_are_found_at_once(cast: Cast) -> None:
    words = [f"Witness {n} counted boats" for n in range(12)]
    counts = []
    for number in (1, 11):
        text = "\n\n".join(["The river", *(f"{said} on the river." for said in words), f"{number}."])
        article = factories.make_article(by=cast.alice, text=text)
        for said in words[:number]:
            factories.make_passage(
                by=cast.alice, claim=factories.make_claim(by=cast.alice), version=article.versions.get(), quote=said
            )
        with CaptureQueriesContext(connection) as queries:
            factories.take_version(article, text.replace("counted", "saw"), by=cast.bob)
        counts.append(sum(is_read(query["sql"]) for query in queries))

    assert counts[0] == counts[1]


def is_read(sql: str) -> bool:
    return sql.startswith("SELECT") and "append_event" not in sql


# There and back


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.tuples(st.integers(0, len(BODY) - 1), st.integers(1, 60)),
    edit=st.tuples(
        st.integers(0, len(BODY)), st.integers(0, 30), st.sampled_from(["", "not ", "5 ", " Orm. ", "people "])
    ),
)
def test_there_and_back_no_quote_changes(place: tuple[int, int], edit: tuple[int, int, str], cast: Cast) -> None:
    (start, length), (at, cut, new) = place, edit
    quote = BODY[start : start + length].strip()
    there = clean(f"{BODY[:at]}{new}{BODY[at + cut :]}")
    assume(quote and "\n" not in quote and there not in ("", BODY))
    with transaction.atomic():
        article = factories.make_article(by=cast.alice, text=of_version(BODY))
        highlight = factories.make_highlight(by=cast.alice, version=article.versions.get(), quote=quote)

        factories.take_version(article, of_version(there), by=cast.bob)
        back = factories.take_version(article, of_version(BODY), by=cast.bob)

        connection.check_constraints()
        later = Highlight.objects.live().get(claim=highlight.claim_id)
        assert later.quote == quote
        if later.version == back:
            assert (later.start, later.end) == (highlight.start, highlight.end)
        else:
            assert back.carries.waiting().get().highlight == later
        transaction.set_rollback(True)


def clean(body: str) -> str:
    """The text with its blocks as the text policy has them."""
    return "\n\n".join(block for block in (part.strip() for part in body.split("\n")) if block)
