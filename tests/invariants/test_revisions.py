"""Invariants 3 and 12: nothing is deleted, a revision grows by one, and a write names the revision it was made on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from articles import actions
from articles.actions.articles import Details
from articles.actions.evidence import Statement
from articles.actions.sources import Work
from articles.errors import Stale
from articles.models import ArticleVersion, AuditEvent, DeskRow, EditableRow, Membership, Role
from tests import factories
from tests.invariants.attacks import change, refused

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("revision", [0, 1, 3, 100])
def test_a_revision_that_does_not_grow_by_one_is_refused(
    revision: int, alice: Membership, version: ArticleVersion
) -> None:
    claim = factories.make_claim(by=alice, version=version)

    with refused("revision_grows"):
        change(claim, alice, text="Other words.", revision=revision)


def test_no_editable_row_skips_a_revision_or_changes_its_id_or_desk(
    one_of_each: dict[str, DeskRow], alice: Membership, mallory: Membership
) -> None:
    for row in one_of_each.values():
        if isinstance(row, EditableRow):
            with refused("revision_grows"):
                change(row, alice, revision=row.revision + 2)
            for column in ({"id": uuid4()}, {"desk_id": mallory.desk_id}):
                with refused("revision_grows", "42501"):
                    change(row, alice, **column)


@pytest.mark.parametrize("paired", ["removed_at", "removed_by_id"])
def test_a_removal_has_a_name_and_a_time(paired: str, alice: Membership) -> None:
    highlight = factories.make_highlight(by=alice)
    value = {"removed_at": "2026-01-01Z", "removed_by_id": alice.person_id}[paired]

    with refused("highlight_removed_by_someone"):
        change(highlight, alice, **{paired: value})


@pytest.mark.parametrize("paired", ["withdrawn_at", "withdrawn_by_id"])
def test_a_withdrawal_has_a_name_and_a_time(paired: str, alice: Membership) -> None:
    evidence = factories.make_evidence(by=alice, claim=factories.make_claim(by=alice))
    value = {"withdrawn_at": "2026-01-01Z", "withdrawn_by_id": alice.person_id}[paired]

    with refused("evidence_withdrawn_by_someone"):
        change(evidence, alice, **{paired: value})


def test_every_edit_of_an_old_revision_is_stale(cast: factories.Cast) -> None:
    alice, erin = cast.alice, cast.erin
    claim = factories.make_claim(by=alice)
    evidence = factories.make_evidence(by=alice, claim=claim)
    article = factories.make_article(by=alice)
    story = factories.make_story(by=alice)
    said = Statement(stance="refutes", kind="expert", quote="Nobody was hurt.")
    edits: list[Callable[[int], object]] = [
        lambda revision: actions.stories.rename(by=alice, story=story, revision=revision, title="The closed bridge"),
        lambda revision: actions.sources.edit(
            by=alice, source=evidence.source, revision=revision, work=Work(title="The log")
        ),
        lambda revision: actions.evidence.edit(by=alice, evidence=evidence, revision=revision, statement=said),
        lambda revision: actions.articles.edit(
            by=alice, article=article, revision=revision, details=Details(headline="New", outlet="New Courier")
        ),
        lambda revision: actions.desks.change_role(by=erin, membership=cast.bob, revision=revision, role=Role.EDITOR),
    ]

    for edit in edits:
        edit(1)
        events = AuditEvent.objects.count()
        with pytest.raises(Stale):
            edit(1)
        assert AuditEvent.objects.count() == events


def test_stale_tells_what_is_stored_and_what_was_asked(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice)
    factories.edit_claim(claim, by=bob, text="Bob's words.", summary="Bob's")
    mine: dict[str, Any] = {
        "text": "Alice's words.",
        "summary": "Alice's",
        "claimant": "The mayor",
        "kind": "event",
        "priority": 2,
        "priority_reason": "",
        "assignee": None,
        "due": None,
        "due_reason": "",
    }

    with pytest.raises(Stale) as caught:
        actions.claims.edit(by=alice, claim=claim, revision=1, **mine)

    assert (caught.value.current.revision, str(caught.value.current)) == (2, "Bob's")
    assert caught.value.yours["text"] == "Alice's words."
    assert str(caught.value.yours["claimant"]) == "The mayor"
    assert factories.fresh(claim).text == "Bob's words."
