from __future__ import annotations

import pytest

from articles import actions
from articles.actions.evidence import Statement
from articles.errors import Refused
from articles.models import ArticleVersion, Evidence, Membership, Source, SourceKind, Status
from tests import factories


def test_evidence_says_what_a_source_says_on_a_claim(alice: Membership) -> None:
    claim, source = factories.make_claim(by=alice), factories.make_source(by=alice)
    said = Statement(
        stance="refutes",
        kind="expert",
        quote="Nobody was hurt.",
        locator_kind="page",
        locator="3",
        note="By telephone.",
    )

    evidence = actions.evidence.add(by=alice, claim=claim, source=source, statement=said)

    assert (evidence.claim, evidence.source, evidence.made_by) == (claim, source, alice.person)
    assert {name: getattr(evidence, name) for name in Evidence.CONTENT} == {
        "stance": "refutes",
        "quote": "Nobody was hurt.",
        "locator_kind": "page",
        "locator": "3",
        "kind": "expert",
        "note": "By telephone.",
    }
    assert evidence.where == "p. 3"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Status.OPEN, Status.CHECKING),
        (Status.CHECKING, Status.CHECKING),
        (Status.IN_REVIEW, Status.CHECKING),
        (Status.RETURNED, Status.CHECKING),
        (Status.APPROVED, Status.REOPENED),
        (Status.REOPENED, Status.REOPENED),
        (Status.SET_ASIDE, Status.SET_ASIDE),
    ],
)
def test_new_evidence_moves_the_claim(before: Status, after: Status, alice: Membership) -> None:
    claim = factories.make_claim(by=alice, status=before)

    factories.make_evidence(by=alice, claim=claim)

    assert factories.fresh(claim).status == after


def test_whoever_finds_the_first_evidence_has_the_claim(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice)

    factories.make_evidence(by=bob, claim=claim)
    factories.make_evidence(by=alice, claim=claim)

    assert factories.fresh(claim).assignee == bob.person


@pytest.mark.parametrize(("quote", "note"), [("", ""), (" ", "\n")])
def test_evidence_that_says_nothing_is_refused(quote: str, note: str, alice: Membership) -> None:
    claim = factories.make_claim(by=alice)

    with pytest.raises(Refused, match="words of the source"):
        factories.make_evidence(by=alice, claim=claim, quote=quote, note=note)

    assert factories.fresh(claim).status == Status.OPEN


def test_words_too_long_to_store_are_refused_with_a_sentence(alice: Membership) -> None:
    with pytest.raises(Refused, match="too long"):
        factories.make_evidence(by=alice, claim=factories.make_claim(by=alice), locator="p. " * 100)


def test_a_passage_cites_its_article_once(alice: Membership, bob: Membership, version: ArticleVersion) -> None:
    claim = factories.make_claim(by=alice)

    first = factories.make_passage(by=alice, claim=claim, version=version)
    second = factories.make_passage(by=bob, claim=claim, version=version, quote="two years")

    source = Source.objects.get()
    assert first.source == second.source == source
    assert (source.title, source.container, source.kind) == (
        version.article.headline,
        version.article.outlet.name,
        SourceKind.NEWS,
    )
    assert first.highlight
    assert (first.highlight.claim, first.highlight.quote) == (None, first.quote)


def test_a_passage_that_differs_from_the_text_leaves_nothing(alice: Membership, version: ArticleVersion) -> None:
    claim = factories.make_claim(by=alice)
    said = Statement(stance="supports", kind="secondary", quote="nobody")

    with pytest.raises(Refused, match="not the words"):
        actions.evidence.add_passage(by=alice, claim=claim, version=version, start=0, end=6, statement=said)

    assert not Source.objects.exists()
    assert not version.highlights.exists()


def test_a_passage_keeps_its_words(alice: Membership) -> None:
    evidence = factories.make_passage(by=alice, claim=factories.make_claim(by=alice))

    with pytest.raises(Refused) as caught:
        edit(evidence, by=alice, quote="Nobody was hurt.")
    edit(evidence, by=alice, quote=evidence.quote, note="It repeats the mayor.")

    assert caught.value.field == "quote"
    assert factories.fresh(evidence).note == "It repeats the mayor."


def test_a_passage_that_is_restored_is_marked_again(alice: Membership) -> None:
    evidence = factories.make_passage(by=alice, claim=factories.make_claim(by=alice))
    passage = evidence.highlight
    assert passage
    actions.evidence.withdraw(by=alice, evidence=evidence)
    actions.highlights.remove(by=alice, highlight=passage)

    actions.evidence.restore(by=alice, evidence=evidence)

    assert factories.fresh(passage).removed_at is None


def test_withdrawn_evidence_keeps_its_words_and_names_who_withdrew_it(alice: Membership, bob: Membership) -> None:
    evidence = factories.make_evidence(by=alice, claim=factories.make_claim(by=alice))

    actions.evidence.withdraw(by=bob, evidence=evidence)

    stored = factories.fresh(evidence)
    assert (stored.quote, stored.withdrawn_by) == (evidence.quote, bob.person)
    assert not Evidence.objects.in_force().exists()


def test_what_is_withdrawn_or_in_force_is_said(alice: Membership) -> None:
    evidence = factories.make_evidence(by=alice, claim=factories.make_claim(by=alice))

    with pytest.raises(Refused, match="in force"):
        actions.evidence.restore(by=alice, evidence=evidence)
    actions.evidence.withdraw(by=alice, evidence=evidence)
    with pytest.raises(Refused, match="already withdrawn"):
        actions.evidence.withdraw(by=alice, evidence=evidence)


def edit(evidence: Evidence, *, by: Membership, quote: str, note: str = "") -> Evidence:
    statement = Statement(stance=evidence.stance, kind=evidence.kind, quote=quote, note=note)
    return actions.evidence.edit(by=by, evidence=evidence, revision=1, statement=statement)
