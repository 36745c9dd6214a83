"""Two people who find apart: nobody approves alone what they alone found, and nothing is approved uncompared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from articles import actions
from articles.actions.verdicts import Finding
from articles.errors import Refused, Stale
from articles.models import Claim, Membership, Part, Rating, Resolution, Review, Standing, Status, Suggestion, Verdict
from tests import factories
from tests.invariants.attacks import change, insert_review, refused, run, tell, twin

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def blind(alice: Membership) -> Claim:
    """Alice's claim, with her blind verdict “Supported”."""
    return factories.make_blind(by=alice)


@pytest.fixture
def differing(blind: Claim, bob: Membership) -> Claim:
    """The same, which Bob found to be refuted."""
    factories.make_second(by=bob, claim=blind, rating="refuted")
    return blind


@pytest.fixture
def agreeing(blind: Claim, bob: Membership) -> Claim:
    factories.make_second(by=bob, claim=blind)
    return blind


@pytest.fixture
def suggestion(in_review: Claim, bob: Membership) -> Suggestion:
    return suggest(in_review, by=bob)


def suggest(claim: Claim, *, by: Membership, part: Part = Part.TEXT, words: str = "Three were hurt.") -> Suggestion:
    """A suggestion on the claim as it was when it was read."""
    return actions.suggestions.suggest(by=by, claim=claim, revision=claim.revision, part=part, words=words)


def first_of(claim: Claim) -> Verdict:
    verdict = factories.fresh(claim).verdict
    assert verdict
    return verdict


def second_of(claim: Claim) -> Verdict:
    return first_of(claim).seconds.get()


def insert_resolution(claim: Claim, *, by: Membership, stands: str, standing: UUID, **columns: Any) -> UUID:
    values = {"verdict_id": claim.verdict_id, "resolved_by_id": by.person_id, "note": "Because."} | columns
    own = {
        "id": uuid4(),
        "desk_id": by.desk_id,
        "stands": stands,
        "standing_id": standing,
        "resolved_at": "2026-01-01Z",
    }
    row = json.dumps(own | values, default=str)
    run("INSERT INTO articles_resolution SELECT (jsonb_populate_record(NULL::articles_resolution, %s::jsonb)).*", row)
    tell(by, own["id"], kind="resolution")  # type: ignore[arg-type]  # a mapping of several types
    return own["id"]  # type: ignore[return-value]  # likewise


def resolve(claim: Claim, *, by: Membership, stands: Standing, **told: Any) -> Resolution:
    digest = actions.verdicts.digest_of(claim)
    return actions.findings.resolve(
        by=by, claim=claim, digest=digest, stands=stands, **({"note": "The log is older."} | told)
    )


# What is found blind


def test_a_blind_verdict_is_approved_by_nobody_who_has_not_found(blind: Claim, bob: Membership) -> None:
    with pytest.raises(Refused, match="Give your own finding first"):
        actions.verdicts.approve(by=bob, claim=blind, digest=actions.verdicts.digest_of(blind))


def test_the_database_refuses_it_too(blind: Claim, alice: Membership, bob: Membership) -> None:
    with refused("blind_finding_was_compared"):
        insert_review(blind, by=bob, reviewer=bob, verdict_author=alice)


def test_two_findings_that_differ_are_approved_by_nobody(differing: Claim, alice: Membership, bob: Membership) -> None:
    with pytest.raises(Refused, match="differ"):
        actions.verdicts.approve(by=bob, claim=differing, digest=actions.verdicts.digest_of(differing))
    with refused("blind_finding_was_compared"):
        insert_review(differing, by=bob, reviewer=bob, verdict_author=alice)


def test_two_that_agree_are_approved_by_the_second_person_or_a_third(
    agreeing: Claim, bob: Membership, alice: Membership
) -> None:
    with pytest.raises(Refused, match="yourself"):
        actions.verdicts.approve(by=alice, claim=agreeing, digest=actions.verdicts.digest_of(agreeing))

    actions.verdicts.approve(by=bob, claim=agreeing, digest=actions.verdicts.digest_of(agreeing))

    assert factories.fresh(agreeing).status == Status.APPROVED


def test_a_second_finding_of_ones_own_is_refused(blind: Claim, alice: Membership) -> None:
    with pytest.raises(Refused, match="You gave the first verdict"):
        factories.make_second(by=alice, claim=blind)
    with refused("second_finding_is_anothers"):
        twin(first_of(blind), alice, blind=False, second_of_id=blind.verdict_id)


def test_a_second_finding_is_beside_a_blind_one(in_review: Claim, alice: Membership, bob: Membership) -> None:
    with pytest.raises(Refused, match="No blind verdict"):
        factories.make_second(by=bob, claim=in_review)
    with refused("second_finding_is_anothers"):
        twin(first_of(in_review), bob, author_id=bob.person_id, second_of_id=in_review.verdict_id)


def test_a_second_finding_is_beside_one_that_waits(blind: Claim, alice: Membership, bob: Membership) -> None:
    first = first_of(blind)
    actions.verdicts.withdraw(by=alice, claim=blind)

    with pytest.raises(Refused, match="No blind verdict"):
        factories.make_second(by=bob, claim=blind)
    with refused("second_finding_is_anothers"):
        twin(first, bob, author_id=bob.person_id, blind=False, second_of_id=first.pk)


def test_a_second_finding_is_of_the_same_claim_and_in_the_same_terms(
    blind: Claim, agreeing: Claim, alice: Membership, bob: Membership
) -> None:
    other = factories.make_blind(by=alice)
    confirmed = factories.rating_of(bob, "confirmed", scale="checking-desk")
    finding = Finding(rating=confirmed, rationale="So I find.")

    with pytest.raises(Refused, match="scale"):
        actions.findings.second(by=bob, claim=other, revision=other.revision, finding=finding)
    with refused("second_finding_is_anothers"):
        twin(second_of(agreeing), bob, second_of_id=other.verdict_id)
    with refused("second_finding_is_anothers"):
        twin(second_of(agreeing), bob, second_of_id=other.verdict_id, claim_id=other.pk, rating_id=confirmed.pk)


def test_there_is_one_second_finding(agreeing: Claim, erin: Membership) -> None:
    with pytest.raises(Refused, match="just now"):
        factories.make_second(by=erin, claim=agreeing)
    with refused("verdict_seconded_once"):
        twin(second_of(agreeing), erin, author_id=erin.person_id)


def test_no_finding_is_blind_and_the_second(agreeing: Claim, erin: Membership, alice: Membership) -> None:
    other = factories.make_blind(by=alice)

    with refused("verdict_blind_is_the_first"):
        twin(
            second_of(agreeing),
            erin,
            author_id=erin.person_id,
            second_of_id=other.verdict_id,
            claim_id=other.pk,
            blind=True,
        )


def test_a_second_finding_on_what_has_changed_is_stale(blind: Claim, alice: Membership, bob: Membership) -> None:
    seen = blind.revision
    factories.edit_claim(blind, by=alice, summary="Three hurt")
    finding = Finding(rating=factories.rating_of(bob, "refuted"), rationale="So I find.")

    with pytest.raises(Stale) as caught:
        actions.findings.second(by=bob, claim=blind, revision=seen, finding=finding)

    assert caught.value.yours["rationale"] == "So I find."


def test_a_second_finding_rests_on_evidence_like_every_other(blind: Claim, bob: Membership) -> None:
    with pytest.raises(Refused, match="needs evidence that supports the claim and evidence that refutes it"):
        factories.make_second(by=bob, claim=blind, rating="conflicting-evidence")


# Which one stands


@pytest.mark.parametrize(
    ("stands", "who", "rating"),
    [
        (Standing.FIRST, "bob", "supported"),
        (Standing.SECOND, "alice", "refuted"),
        (Standing.FIRST, "erin", "supported"),
        (Standing.SECOND, "erin", "refuted"),
    ],
)
def test_another_person_says_which_one_stands(
    stands: Standing, who: str, rating: str, differing: Claim, cast: factories.Cast
) -> None:
    resolve(differing, by=getattr(cast, who), stands=stands)

    claim = factories.fresh(differing)
    assert claim.verdict
    assert claim.review
    assert (claim.status, claim.verdict.rating.code) == (Status.APPROVED, rating)
    assert claim.review.reviewer == getattr(cast, who).person
    assert claim.review.reviewer != claim.verdict.author
    assert claim.approved_digest == actions.verdicts.digest_of(claim)


@pytest.mark.parametrize(("stands", "who"), [(Standing.FIRST, "alice"), (Standing.SECOND, "bob")])
def test_nobody_says_it_of_their_own(stands: Standing, who: str, differing: Claim, cast: factories.Cast) -> None:
    by = getattr(cast, who)
    own = first_of(differing) if stands == Standing.FIRST else second_of(differing)

    with pytest.raises(Refused, match="your own"):
        resolve(differing, by=by, stands=stands)
    with refused("resolution_is_of_a_difference"):
        insert_resolution(factories.fresh(differing), by=by, stands=stands, standing=own.pk)


def test_a_third_finding_waits_for_yet_another_person(differing: Claim, bob: Membership, alice: Membership) -> None:
    factories.make_evidence(by=alice, claim=factories.make_claim(by=alice))
    rating = factories.rating_of(bob, "not-enough-evidence")
    finding = Finding(
        rating=rating, rationale="Both rest on one log.", searched="Logs.", missing="The hospital’s list."
    )

    resolve(differing, by=bob, stands=Standing.THIRD, finding=finding)

    claim = factories.fresh(differing)
    assert claim.verdict
    assert (claim.status, claim.verdict.rating, claim.verdict.author) == (Status.IN_REVIEW, rating, bob.person)
    with pytest.raises(Refused, match="yourself"):
        actions.verdicts.approve(by=bob, claim=claim, digest=actions.verdicts.digest_of(claim))
    actions.verdicts.approve(by=alice, claim=claim, digest=actions.verdicts.digest_of(claim))


def test_a_third_finding_is_that_of_the_person_who_resolves(
    differing: Claim, alice: Membership, bob: Membership, erin: Membership
) -> None:
    anothers = twin(first_of(differing), alice, blind=False)

    with refused("resolution_is_of_a_difference"):
        insert_resolution(factories.fresh(differing), by=erin, stands="third", standing=anothers)


@pytest.mark.parametrize(
    "prepare", [factories.make_blind, lambda by: factories.make_claim(by=by, status=Status.IN_REVIEW)]
)
def test_where_nothing_differs_there_is_nothing_to_resolve(
    prepare: Callable[..., Claim], alice: Membership, erin: Membership
) -> None:
    claim = prepare(by=alice)

    with pytest.raises(Refused, match="no difference"):
        resolve(claim, by=erin, stands=Standing.FIRST)
    with refused("resolution_is_of_a_difference"):
        insert_resolution(claim, by=erin, stands="first", standing=first_of(claim).pk)


def test_a_difference_is_resolved_once_with_a_note_in_ones_own_name(
    differing: Claim, alice: Membership, erin: Membership
) -> None:
    claim, second = factories.fresh(differing), second_of(differing)
    told: dict[str, Any] = {"stands": "second", "standing": second.pk}

    with pytest.raises(Refused, match="Say why"):
        resolve(claim, by=erin, stands=Standing.SECOND, note=" ")
    with refused("resolution_has_note"):
        insert_resolution(claim, by=erin, **told, note=" \n")
    with refused("resolution_is_known", "resolution_is_of_a_difference"):
        insert_resolution(claim, by=erin, stands="fourth", standing=second.pk)
    with refused("done_in_own_name"):
        insert_resolution(claim, by=erin, **told, resolved_by_id=alice.person_id)
    insert_resolution(claim, by=erin, **told)
    with refused("resolution_once"):
        insert_resolution(claim, by=alice, **told)


def test_what_does_not_stand_is_not_approved(differing: Claim, alice: Membership, bob: Membership) -> None:
    claim = factories.fresh(differing)
    insert_resolution(claim, by=alice, stands="second", standing=second_of(claim).pk)

    with refused("blind_finding_was_compared"):
        insert_review(claim, by=bob, reviewer=bob, verdict_author=alice)


def test_the_claim_takes_the_second_finding_only_where_it_stands(
    differing: Claim, alice: Membership, erin: Membership
) -> None:
    claim, second = factories.fresh(differing), second_of(differing)

    with refused("claim_moves"):
        change(claim, erin, verdict_id=second.pk)
    insert_resolution(claim, by=erin, stands="first", standing=claim.verdict_id)  # type: ignore[arg-type]  # it has one
    with refused("claim_moves"):
        change(claim, erin, verdict_id=second.pk)


def test_a_resolution_on_what_has_changed_is_stale(differing: Claim, alice: Membership, erin: Membership) -> None:
    seen = actions.verdicts.digest_of(differing)
    factories.make_highlight(by=alice, claim=differing, version=factories.make_version(by=alice))

    with pytest.raises(Stale):
        actions.findings.resolve(by=erin, claim=differing, digest=seen, stands=Standing.FIRST, note="The log.")
    assert not Review.objects.exists()


# Suggested words


@pytest.mark.parametrize("part", Part)
def test_accepted_words_are_the_authors_own_and_wait_for_review(
    part: Part, in_review: Claim, alice: Membership, bob: Membership
) -> None:
    before = first_of(in_review)
    row = suggest(in_review, by=bob, part=part, words="Three were hurt, says the log.")

    actions.suggestions.accept(by=alice, suggestion=row)

    claim = factories.fresh(in_review)
    verdict = first_of(claim)
    assert (claim.status, verdict.author, verdict.pk == before.pk) == (Status.IN_REVIEW, alice.person, False)
    assert "says the log" in (claim.text if part == Part.TEXT else verdict.rationale)
    assert verdict.rating == before.rating
    actions.verdicts.approve(by=bob, claim=claim, digest=actions.verdicts.digest_of(claim))


def test_nobody_suggests_to_themselves(in_review: Claim, suggestion: Suggestion, alice: Membership) -> None:
    with pytest.raises(Refused, match="yours"):
        suggest(in_review, by=alice)
    with refused("suggestion_by_a_second_person"):
        twin(suggestion, alice, suggested_by_id=alice.person_id)


def test_nobody_but_the_author_decides_on_them(suggestion: Suggestion, bob: Membership, erin: Membership) -> None:
    for act in (
        lambda: actions.suggestions.accept(by=erin, suggestion=suggestion),
        lambda: actions.suggestions.decline(by=bob, suggestion=suggestion, reason="No."),
    ):
        with pytest.raises(Refused, match="Only Alice"):
            act()
    decided = {"decision": "accepted", "decided_at": "2026-01-01Z"}
    with refused("suggestion_decided_by_the_author"):
        change(suggestion, erin, **decided, decided_by_id=erin.person_id)
    with refused("suggestion_decided_by_the_author"):
        change(suggestion, erin, **decided)
    with refused("done_in_own_name"):
        change(suggestion, erin, **decided, decided_by_id=suggestion.verdict_author_id)


def test_lying_about_the_author_or_the_one_who_suggests_is_refused(
    suggestion: Suggestion, bob: Membership, erin: Membership
) -> None:
    with refused("suggestion_names_the_author"):
        twin(suggestion, bob, verdict_author_id=erin.person_id)
    with refused("done_in_own_name"):
        twin(suggestion, bob, suggested_by_id=erin.person_id)


def test_they_are_decided_once_and_stay(suggestion: Suggestion, alice: Membership, bob: Membership) -> None:
    with refused("changes_only", "42501"):
        change(suggestion, bob, words="Nobody was hurt.")
    with pytest.raises(Refused, match="Say why"):
        actions.suggestions.decline(by=alice, suggestion=suggestion, reason=" ")
    with refused("suggestion_declined_has_reason"):
        decided = {"decision": "declined", "decided_at": "2026-01-01Z", "decided_by_id": alice.person_id}
        change(suggestion, alice, **decided)

    row = actions.suggestions.decline(by=alice, suggestion=suggestion, reason="They are the mayor’s words.")

    with pytest.raises(Refused, match="declined already"):
        actions.suggestions.accept(by=alice, suggestion=row)
    with refused("suggestion_is_decided_once"):
        change(row, alice, reason="Other words.")


def test_they_are_of_words_that_stand_in_review(
    in_review: Claim, suggestion: Suggestion, alice: Membership, bob: Membership
) -> None:
    with refused("suggestion_is_of_what_waits"):
        twin(suggestion, bob, before="Other words.")
    with refused("suggestion_part_is_known", "suggestion_is_of_what_waits"):
        twin(suggestion, bob, part="summary")
    with refused("suggestion_has_words"):
        twin(suggestion, bob, words=" \n")
    with refused("suggestion_says_otherwise"):
        twin(suggestion, bob, words=in_review.text)
    with pytest.raises(Refused, match="as they should be"):
        suggest(in_review, by=bob, words=in_review.text)

    actions.verdicts.withdraw(by=alice, claim=in_review)

    with pytest.raises(Refused, match="not in review"):
        suggest(factories.fresh(in_review), by=bob)
    with refused("suggestion_is_of_what_waits"):
        twin(suggestion, bob)


def test_they_are_of_words_that_were_read(blind: Claim, bob: Membership, alice: Membership) -> None:
    with pytest.raises(Refused, match="Find on your own first"):
        suggest(blind, by=bob)
    open_one = suggest(factories.make_claim(by=alice, status=Status.IN_REVIEW), by=bob)
    with refused("suggestion_is_of_what_waits"):
        twin(open_one, bob, verdict_id=blind.verdict_id, before=blind.text)

    factories.make_second(by=bob, claim=blind)

    assert suggest(blind, by=bob).before == blind.text


def test_words_that_changed_meanwhile_are_not_accepted(in_review: Claim, alice: Membership, bob: Membership) -> None:
    rows = [suggest(in_review, by=bob, words=words) for words in ("Three were hurt.", "Three people were injured.")]

    actions.suggestions.accept(by=alice, suggestion=rows[0])

    with pytest.raises(Refused, match="others by now"):
        actions.suggestions.accept(by=alice, suggestion=rows[1])


def test_a_suggestion_on_what_has_changed_is_stale(in_review: Claim, alice: Membership, bob: Membership) -> None:
    factories.edit_claim(in_review, by=alice, summary="Three hurt")

    with pytest.raises(Stale):
        suggest(in_review, by=bob)


# Terms and dates


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"name": " "}, "rating_says_something"),
        ({"definition": ""}, "rating_says_something"),
        ({"needs": "nothing"}, "rating_needs_are_known"),
    ],
)
def test_a_term_says_what_it_means_and_needs(columns: dict[str, Any], constraint: str, erin: Membership) -> None:
    rating = factories.rating_of(erin, "supported")

    with refused(constraint):
        twin(rating, erin, told_of=rating.scale_id, **(columns | {"code": "another", "position": 90}))


def test_a_stored_term_never_changes(erin: Membership) -> None:
    rating: Rating = factories.rating_of(erin, "supported")

    with refused("42501", "is_permanent"):
        run("UPDATE articles_rating SET definition = 'Other.' WHERE id = %s", rating.pk)


def test_the_date_of_which_a_verdict_is_true_is_partial(in_review: Claim, alice: Membership) -> None:
    with refused("verdict_date_is_partial_iso"):
        twin(first_of(in_review), alice, as_of="June")


@pytest.mark.parametrize(
    "told", [{"as_of": "2026-03"}, {"recheck_on": "2099-01-01"}, {"wording": "Three people were hurt."}], ids=str
)
def test_the_digest_covers_what_else_a_verdict_says(told: dict[str, Any], in_review: Claim, alice: Membership) -> None:
    verdict, own = first_of(in_review), uuid4()
    claim = actions.verdicts.withdraw(by=alice, claim=in_review)
    digests = []
    for columns in ({}, told):
        with transaction.atomic():
            twin(verdict, alice, id=own, **columns)
            change(claim, alice, status="in_review", verdict_id=own)
            digests += run("SELECT claim_digest(%s, %s)", claim.desk_id, claim.pk)
            transaction.set_rollback(True)

    assert digests[0] != digests[1]


def test_a_verdict_that_says_nothing_besides_has_the_digest_it_had(in_review: Claim) -> None:
    (digest,) = run("SELECT claim_digest(%s, %s)", in_review.desk_id, in_review.pk)[0]
    verdict = first_of(in_review)
    rating, scale = verdict.rating, verdict.rating.scale
    said = [verdict.pk, verdict.author_id, scale.code, scale.version, rating.code, verdict.rationale, "", ""]
    evidence, place = in_review.evidence.get(), in_review.highlights.get()
    source = evidence.source
    cited = [
        *(evidence.pk, evidence.stance, evidence.quote, evidence.locator_kind, evidence.locator, evidence.kind),
        *(evidence.note, source.pk, source.title, source.author, source.kind, source.container, source.publisher),
        *(source.published, source.url, source.accessed_on, source.number, source.archive, source.medium),
        *(source.reached, source.terms, source.note, source.merged_into_id, source.withdrawn_at),
    ]
    stands = {"text": in_review.text, "occurrences": [[place.pk, place.quote]]}
    whole = stands | {"format": 3, "evidence": [cited], "verdict": said}

    assert run("SELECT encode(sha256(convert_to(%s::jsonb::text, 'UTF8')), 'hex')", json.dumps(whole, default=str)) == [
        (digest,)
    ]


def test_a_claim_is_no_duplicate_of_itself(alice: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.SET_ASIDE)

    with refused("claim_duplicate_of_another"):
        change(claim, alice, aside="duplicate", duplicate_of_id=claim.pk)
