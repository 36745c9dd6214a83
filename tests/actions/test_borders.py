"""Moving the borders of a highlight, splitting and merging: what is attached stays, and nothing is silently wrong."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from articles import actions
from articles.actions.highlights import MERGED
from articles.errors import Refused, Stale
from articles.models import AuditEvent, Claim, Highlight, Status
from articles.text.borders import clauses, is_joined, steps, word_ends
from tests import factories
from tests.actions.threads import overlapping
from tests.factories import BODY, QUOTE, Cast, fresh

if TYPE_CHECKING:
    from articles.models import ArticleVersion, Membership

SHORTER = "people were hurt"


def to(highlight: Highlight, quote: str, **more: Any) -> dict[str, Any]:
    """What moves a highlight to the first place of these words."""
    highlight = fresh(highlight)
    start = highlight.version.text.index(quote)
    place = {"start": start, "end": start + len(quote), "quote": quote}
    return {"highlight": highlight, "revision": highlight.revision} | place | more


def the_claim(highlight: Highlight) -> Claim:
    assert highlight.claim
    return fresh(highlight.claim)


def test_what_is_attached_stays(alice: Membership, bob: Membership, version: ArticleVersion) -> None:
    claim = factories.make_claim(by=alice, version=version, status=Status.CHECKING)
    factories.make_evidence(by=alice, claim=claim)
    highlight = claim.highlights.get()

    moved = actions.highlights.adjust(by=bob, **to(highlight, SHORTER))

    assert (moved.pk, moved.claim_id, moved.made_by_id) == (highlight.pk, claim.pk, alice.person_id)
    assert (moved.quote, moved.revision) == (SHORTER, 2)
    assert claim.evidence.in_force().count() == 1
    assert fresh(claim).text == QUOTE
    event = AuditEvent.objects.get(action="highlight.adjusted")
    start = version.text.index(QUOTE)
    assert event.data["before"] == {"start": start, "end": start + len(QUOTE), "quote": QUOTE}
    assert event.data["after"] == {"start": start + 6, "end": start + len(QUOTE), "quote": SHORTER}


def test_the_same_borders_are_no_change(alice: Membership) -> None:
    highlight = factories.make_highlight(by=alice)
    before = AuditEvent.objects.count()

    actions.highlights.adjust(by=alice, **to(highlight, QUOTE))

    assert (AuditEvent.objects.count(), fresh(highlight).revision) == (before, 1)


def test_a_text_that_nobody_worded_follows(alice: Membership) -> None:
    highlight = factories.make_highlight(by=alice)

    actions.highlights.adjust(by=alice, **to(highlight, SHORTER))
    assert the_claim(highlight).text == SHORTER
    actions.highlights.adjust(by=alice, **to(highlight, QUOTE))
    assert the_claim(highlight).text == QUOTE

    factories.edit_claim(the_claim(highlight), by=alice, text="Three were hurt on the Orm bridge.")
    actions.highlights.adjust(by=alice, **to(highlight, SHORTER))
    assert the_claim(highlight).text == "Three were hurt on the Orm bridge."


def test_a_text_that_stands_for_two_places_stays(alice: Membership) -> None:
    highlight = factories.make_highlight(by=alice)
    factories.make_highlight(by=alice, claim=the_claim(highlight))

    actions.highlights.adjust(by=alice, **to(highlight, SHORTER))

    assert the_claim(highlight).text == QUOTE


@pytest.mark.parametrize(("before", "after"), [(Status.APPROVED, Status.REOPENED), (Status.IN_REVIEW, Status.CHECKING)])
@pytest.mark.parametrize("act", ["adjust", "split", "merge"])
def test_a_claim_is_unsettled_with_the_reason(  # noqa: PLR0917  # pytest fills them in by name
    before: Status, after: Status, act: str, alice: Membership, bob: Membership, version: ArticleVersion
) -> None:
    claim = factories.make_claim(by=alice, version=version, status=before, reviewer=bob)
    highlight = claim.highlights.get()

    if act == "adjust":
        actions.highlights.adjust(by=bob, **to(highlight, SHORTER))
    elif act == "split":
        actions.parting.split(by=bob, highlight=highlight, revision=1, at=highlight.start + 5)
    else:
        other = factories.make_highlight(by=bob, version=version, quote="the mayor said")
        actions.parting.merge(by=bob, highlight=highlight, revision=1, other=other)

    connection.check_constraints()
    claim = fresh(claim)
    assert (claim.status, claim.approved_digest) == (after, "")
    assert f"“{QUOTE}” became “{fresh(highlight).quote}”" in claim.status_reason


def test_a_quotation_follows_its_passage(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.APPROVED, reviewer=bob)
    claim = actions.claims.reopen(by=bob, claim=claim, reason="New figures.")
    evidence = factories.make_passage(by=alice, claim=claim)
    assert evidence.highlight

    actions.highlights.adjust(by=bob, **to(evidence.highlight, SHORTER))

    connection.check_constraints()
    assert (fresh(evidence).quote, fresh(evidence).revision) == (SHORTER, 2)
    told = AuditEvent.objects.get(action="evidence.edited")
    assert (told.data["after"], told.data["automatic"]) == ({"quote": SHORTER}, True)


def test_a_claim_in_review_goes_back_when_its_evidence_is_adjusted(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice)
    evidence = factories.make_passage(by=alice, claim=claim)
    factories.make_verdict(by=alice, claim=claim)
    assert evidence.highlight

    actions.highlights.adjust(by=bob, **to(evidence.highlight, SHORTER))

    assert fresh(claim).status == Status.CHECKING


def test_a_passage_that_went_on_is_adjusted_where_it_stands(alice: Membership) -> None:
    evidence = factories.make_passage(by=alice, claim=factories.make_claim(by=alice))
    assert evidence.highlight
    version = evidence.highlight.version
    later = factories.take_version(version.article, f"{version.text} It opens on Friday.", by=alice)
    highlight = later.highlights.live().get()

    actions.highlights.adjust(by=alice, **to(highlight, SHORTER))

    connection.check_constraints()
    assert fresh(evidence).quote == SHORTER
    assert fresh(evidence.highlight).quote == QUOTE


def test_a_withdrawn_passage_keeps_its_borders(alice: Membership) -> None:
    evidence = factories.make_passage(by=alice, claim=factories.make_claim(by=alice))
    actions.evidence.withdraw(by=alice, evidence=evidence)
    assert evidence.highlight

    with pytest.raises(Refused, match="Restore its evidence"):
        actions.highlights.adjust(by=alice, **to(evidence.highlight, SHORTER))


def test_other_words_than_the_texts_are_refused(alice: Membership) -> None:
    highlight = factories.make_highlight(by=alice)

    for wrong in ({"quote": "Three people"}, {"end": highlight.start}, {"start": 2**40}, {"quote": " "}):
        with pytest.raises(Refused, match="words"):
            actions.highlights.adjust(by=alice, **(to(highlight, SHORTER) | wrong))

    assert fresh(highlight).quote == QUOTE


@pytest.mark.parametrize("edge", ["start", "end"])
def test_no_border_cuts_a_character_in_two(edge: str, alice: Membership) -> None:
    version = factories.make_version(by=alice, text="Bridge closed\n\nThe 👩‍👧 family saw it.")
    family = version.text.index("👩")
    highlight = factories.make_highlight(by=alice, version=version, quote="family saw it")
    start, end = (family + 2, highlight.end) if edge == "start" else (0, family + 1)
    words: dict[str, Any] = {"start": start, "end": end, "quote": version.text[start:end]}

    with pytest.raises(Refused, match="cut a character"):
        actions.highlights.adjust(by=alice, highlight=highlight, revision=1, **words)
    with pytest.raises(Refused, match="cut a character"):
        actions.highlights.mark(by=alice, version=version, **words)


def test_only_what_counts_now_is_changed(alice: Membership) -> None:
    highlight = factories.make_highlight(by=alice)
    told = to(highlight, SHORTER)
    actions.highlights.remove(by=alice, highlight=highlight)
    with pytest.raises(Refused, match="removed"):
        actions.highlights.adjust(by=alice, **told)
    actions.highlights.restore(by=alice, highlight=highlight)
    version = highlight.version
    factories.take_version(version.article, f"{version.text} It opens on Friday.", by=alice)

    for act in (
        lambda: actions.highlights.adjust(by=alice, **to(highlight, SHORTER)),
        lambda: actions.parting.split(by=alice, highlight=highlight, revision=3, at=highlight.start + 5),
    ):
        with pytest.raises(Refused, match="newer version"):
            act()


def test_what_waits_for_a_decision_is_not_changed(alice: Membership) -> None:
    carry = factories.make_carry(by=alice)

    with pytest.raises(Refused, match="newer version"):
        actions.highlights.adjust(by=alice, **to(carry.highlight, SHORTER))


def test_what_went_on_is_adjusted_and_goes_on_again(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.APPROVED, reviewer=bob)
    first = claim.highlights.get()
    text = f"{first.version.text} It opens on Friday."
    second = factories.take_version(first.version.article, text, by=alice).highlights.live().get()

    actions.highlights.adjust(by=alice, **to(second, f"{SHORTER}, the mayor said"))
    third = factories.take_version(first.version.article, f"News.\n\n{text}", by=alice).highlights.live().get()

    connection.check_constraints()
    assert (fresh(first).quote, third.first_id) == (QUOTE, first.pk)
    assert third.quote == f"{SHORTER}, the mayor said" == third.version.text[third.start : third.end]
    assert fresh(claim).status == Status.REOPENED


def test_who_saw_an_older_highlight_is_told(alice: Membership, bob: Membership) -> None:
    highlight = factories.make_highlight(by=alice)
    told = to(highlight, SHORTER)
    actions.highlights.adjust(by=bob, **to(highlight, "three people"))

    with pytest.raises(Stale) as caught:
        actions.highlights.adjust(by=alice, **told)
    with pytest.raises(Stale):
        actions.parting.split(by=alice, highlight=highlight, revision=1, at=highlight.start + 5)

    assert isinstance(caught.value.current, Highlight)
    assert caught.value.current.quote == "three people"


# Splitting


def test_the_first_part_keeps_everything(alice: Membership, bob: Membership, version: ArticleVersion) -> None:
    claim = factories.edit_claim(factories.make_claim(by=alice, version=version), by=alice, claimant="The mayor")
    factories.make_evidence(by=alice, claim=claim)
    highlight = claim.highlights.get()

    actions.parting.split(by=bob, highlight=highlight, revision=1, at=highlight.start + len("three people"))

    connection.check_constraints()
    first, second = version.highlights.live().order_by("start")
    assert (first.pk, first.quote, first.claim_id) == (highlight.pk, "three people", claim.pk)
    assert (second.quote, second.made_by) == ("were hurt", bob.person)
    other = the_claim(second)
    assert (other.text, other.status, other.made_by) == ("were hurt", Status.OPEN, bob.person)
    assert other.claimant == claim.claimant
    assert claim.evidence.in_force().count() == 1


@pytest.mark.parametrize("at", [-1, 0, 22, 30])
def test_a_place_outside_is_no_place_to_split(at: int, alice: Membership) -> None:
    highlight = factories.make_highlight(by=alice)

    with pytest.raises(Refused, match="inside"):
        actions.parting.split(by=alice, highlight=highlight, revision=1, at=highlight.start + at)


def test_both_parts_have_words(alice: Membership) -> None:
    highlight = factories.make_highlight(by=alice, quote=f" {QUOTE}")

    with pytest.raises(Refused, match="no words on one side"):
        actions.parting.split(by=alice, highlight=highlight, revision=1, at=highlight.start + 1)


def test_a_passage_is_neither_split_nor_merged(alice: Membership) -> None:
    evidence = factories.make_passage(by=alice, claim=factories.make_claim(by=alice))
    passage = evidence.highlight
    assert passage
    other = factories.make_highlight(by=alice, version=passage.version)

    with pytest.raises(Refused, match="is evidence"):
        actions.parting.split(by=alice, highlight=passage, revision=1, at=passage.start + 5)
    for one, two in ((passage, other), (other, passage)):
        with pytest.raises(Refused, match="is evidence"):
            actions.parting.merge(by=alice, highlight=one, revision=1, other=two)


# Merging


@pytest.fixture
def two(alice: Membership, version: ArticleVersion) -> tuple[Highlight, Highlight]:
    """Two highlights with a comma and a space between them."""
    return (
        factories.make_highlight(by=alice, version=version),
        factories.make_highlight(by=alice, version=version, quote="the mayor said"),
    )


def test_two_become_one(two: tuple[Highlight, Highlight], bob: Membership) -> None:
    first, second = two

    merged = actions.parting.merge(by=bob, highlight=second, revision=1, other=first)

    connection.check_constraints()
    assert (merged.pk, merged.quote) == (second.pk, f"{QUOTE}, the mayor said")
    assert the_claim(second).text == merged.quote
    assert fresh(first).removed_by == bob.person
    assert (the_claim(first).status, the_claim(first).status_reason) == (Status.SET_ASIDE, MERGED)


def test_a_merging_is_taken_back(two: tuple[Highlight, Highlight], bob: Membership) -> None:
    first, second = two
    actions.parting.merge(by=bob, highlight=first, revision=1, other=second)

    actions.parting.part(by=bob, **to(first, QUOTE), other=second)

    connection.check_constraints()
    assert [fresh(one).quote for one in two] == [QUOTE, "the mayor said"]
    assert [the_claim(one).text for one in two] == [QUOTE, "the mayor said"]
    assert {the_claim(one).status for one in two} == {Status.OPEN}
    with pytest.raises(Refused, match="nothing to part"):
        actions.parting.part(by=bob, **to(first, QUOTE), other=second)


def test_what_was_split_is_merged_again(alice: Membership, version: ArticleVersion) -> None:
    highlight = factories.make_highlight(by=alice, version=version)
    actions.parting.split(by=alice, highlight=highlight, revision=1, at=highlight.start + 5)
    second = version.highlights.live().exclude(pk=highlight.pk).get()

    actions.parting.merge(by=alice, highlight=highlight, revision=2, other=second)

    assert version.highlights.live().get() == highlight
    assert (fresh(highlight).quote, the_claim(highlight).text) == (QUOTE, QUOTE)


def test_words_between_two_keep_them_apart(alice: Membership, version: ArticleVersion) -> None:
    one = factories.make_highlight(by=alice, version=version, quote="three people")
    other = factories.make_highlight(by=alice, version=version, quote="hurt")

    with pytest.raises(Refused, match="words between"):
        actions.parting.merge(by=alice, highlight=one, revision=1, other=other)
    with pytest.raises(Refused, match="with itself"):
        actions.parting.merge(by=alice, highlight=one, revision=1, other=one)
    elsewhere = factories.make_highlight(by=alice, quote="three people")
    with pytest.raises(Refused, match="words between"):
        actions.parting.merge(by=alice, highlight=one, revision=1, other=elsewhere)


@pytest.mark.parametrize("work", ["evidence", "edit", "start"])
def test_a_claim_that_was_worked_on_is_not_swallowed(
    work: str, two: tuple[Highlight, Highlight], alice: Membership
) -> None:
    first, second = two
    claim = the_claim(second)
    if work == "evidence":
        evidence = factories.make_evidence(by=alice, claim=claim)
        actions.evidence.withdraw(by=alice, evidence=evidence)
    elif work == "edit":
        factories.edit_claim(claim, by=alice, text="Said the mayor.")
    else:
        actions.claims.start(by=alice, claim=claim)

    with pytest.raises(Refused, match="aside first"):
        actions.parting.merge(by=alice, highlight=first, revision=1, other=second)

    actions.parting.merge(by=alice, highlight=second, revision=1, other=first)
    assert the_claim(second).status != Status.SET_ASIDE


def test_a_claim_that_was_set_aside_stays_as_it_is(two: tuple[Highlight, Highlight], alice: Membership) -> None:
    first, second = two
    actions.claims.set_aside(by=alice, claim=the_claim(second), reason="It is an opinion.")

    actions.parting.merge(by=alice, highlight=first, revision=1, other=second)
    actions.parting.part(by=alice, **to(first, QUOTE), other=second)

    assert the_claim(second).status_reason == "It is an opinion."


def test_a_claim_that_stands_elsewhere_is_not_swallowed(two: tuple[Highlight, Highlight], alice: Membership) -> None:
    first, second = two
    factories.make_highlight(by=alice, claim=the_claim(second))

    with pytest.raises(Refused, match="other places"):
        actions.parting.merge(by=alice, highlight=first, revision=1, other=second)


def test_two_places_of_one_claim_become_one(alice: Membership, version: ArticleVersion) -> None:
    first = factories.make_highlight(by=alice, version=version)
    second = factories.make_highlight(by=alice, version=version, quote="people were hurt, the", claim=the_claim(first))

    actions.parting.merge(by=alice, highlight=first, revision=1, other=second)

    connection.check_constraints()
    assert version.highlights.live().get().quote == f"{QUOTE}, the"
    assert the_claim(first).status == Status.OPEN


# Whatever is done, in whatever order


@pytest.mark.parametrize("seed", range(6))
def test_a_highlight_is_always_its_words(seed: int, cast: Cast) -> None:
    """Random steps: every highlight equals its text, each claim that is open has a place, and no words are lost."""
    chance = random.Random(seed)  # the same each time
    text = f"Bridge over the Orm: closed\n\n{BODY}\n\nNaïve 👩‍👧 cafés, “80,000” 東京 — and more; and more."
    version = factories.make_version(by=cast.alice, text=text)
    for quote in (QUOTE, "cracks for two years", "Naïve 👩‍👧 cafés", "and more; and more"):
        factories.make_highlight(by=cast.alice, version=version, quote=quote)

    for _ in range(25):
        step(version, chance, chance.choice([cast.alice, cast.bob]))
        live = list(version.highlights.live())
        assert all(text[one.start : one.end] == one.quote and one.quote.strip() for one in live)
        open_claims = set(Claim.objects.filter(status=Status.OPEN).values_list("pk", flat=True))
        assert open_claims == {one.claim_id for one in live}
    connection.check_constraints()


def step(version: ArticleVersion, chance: random.Random, by: Membership) -> None:
    text = version.text
    highlight = chance.choice(list(version.highlights.live().order_by("start", "pk")))
    told: dict[str, Any] = {"by": by, "highlight": highlight, "revision": highlight.revision}
    places = [place for place in steps(text, highlight.start, highlight.end) if place]
    cuts = clauses(text, highlight.start, highlight.end) or word_ends(text, highlight.start, highlight.end)
    near = [
        one
        for one in version.highlights.live().exclude(pk=highlight.pk).order_by("pk")
        if is_joined(text, (one.start, one.end), (highlight.start, highlight.end))
    ]
    if near and chance.random() < 0.4:
        actions.parting.merge(**told, other=chance.choice(near))
    elif cuts and chance.random() < 0.3:
        actions.parting.split(**told, at=chance.choice(cuts))
    else:
        start, end = chance.choice(places)
        actions.highlights.adjust(**told, start=start, end=end, quote=text[start:end])


# Two people at once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("acts", [("adjust", "adjust"), ("adjust", "split"), ("merge", "adjust"), ("remove", "merge")])
def test_of_two_at_once_one_is_told(acts: tuple[str, str], alice: Membership, bob: Membership) -> None:
    version = factories.make_version(by=alice)
    one = factories.make_highlight(by=alice, version=version)
    other = factories.make_highlight(by=alice, version=version, quote="the mayor said")
    words = {"adjust": to(one, SHORTER)}
    known: dict[str, Any] = {"highlight": one, "revision": 1}
    doing = {
        "adjust": lambda by: actions.highlights.adjust(by=by, **words["adjust"]),
        "split": lambda by: actions.parting.split(by=by, **known, at=one.start + 5),
        "merge": lambda by: actions.parting.merge(by=by, **known, other=other),
        "remove": lambda by: actions.highlights.remove(by=by, highlight=other),
    }

    first, second = overlapping(lambda: doing[acts[0]](alice), lambda: doing[acts[1]](bob))

    assert isinstance(first, Highlight)
    if acts == ("adjust", "adjust"):
        assert isinstance(second, Stale)
    else:
        assert isinstance(second, (Stale, Refused))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_first", [True, False])
def test_borders_moved_while_a_version_comes_are_carried_or_refused(
    is_first: bool,
    alice: Membership,
    bob: Membership,  # the two orders
) -> None:
    highlight = factories.make_highlight(by=alice)
    version = highlight.version
    told = to(highlight, SHORTER)
    acts = [
        lambda: actions.highlights.adjust(by=alice, **told),
        lambda: factories.take_version(version.article, f"{version.text} It opens on Friday.", by=bob),
    ]

    done, after = overlapping(*(acts if is_first else acts[::-1]))

    assert not isinstance(done, Exception)
    live = Highlight.objects.live().get()
    assert live.version_id != version.pk
    assert live.quote == (SHORTER if is_first else QUOTE)
    assert isinstance(after, Refused) is not is_first
