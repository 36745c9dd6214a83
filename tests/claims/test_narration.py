"""Every verb of every action has a sentence, and every sentence reads as one."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from articles import actions, migrations
from articles.models import AuditEvent, Claimant, Outlet
from articles.narration import narrate
from articles.sentences import CONSEQUENCES, SENTENCES

ALICE = UUID("01a20000-0000-7000-8000-000000000001")
PEOPLE = {ALICE: "Alice"}
VERB = re.compile(r"[a-z]+\.[a-z_]+")
APPENDED = re.compile(r"append_event\(desk, NULL, '([a-z._]+)'")
NAMED = {f"{model._meta.model_name}.added" for model in (Outlet, Claimant)}
"""Written with the name of the model in place."""


RENEWED = {"claim.renewed", "review.renewed"}
"""Written where the digest of approvals is made in another way: in migrations/sql/approvals_held.undo.sql."""


def verbs() -> set[str]:
    """Every verb that an action or the database can record: in the actions, all strings of that shape."""
    modules = Path(actions.__file__).parent.rglob("*.py")
    scripts = Path(migrations.__file__).parent.glob("sql/*.sql")
    written = {word for module in modules for word in _strings(module) if VERB.fullmatch(word)}
    return NAMED | RENEWED | written | {word for script in scripts for word in APPENDED.findall(script.read_text())}


def _strings(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def event(action: str, data: dict[str, Any] | None = None, *, actor: UUID | None = ALICE) -> AuditEvent:
    kind = action.partition(".")[0]
    return AuditEvent(
        number=1,
        at=datetime(2024, 3, 1, tzinfo=UTC),
        actor_id=actor,
        action=action,
        subject_kind=kind,
        subject_id=uuid4(),
        data=data or {},
    )


def told(action: str, data: dict[str, Any] | None = None, **more: Any) -> str:
    (line,) = narrate([event(action, data, **more)], PEOPLE)
    return line.sentence


def test_the_verbs_are_found() -> None:
    assert {"claim.edited", "review.approved", "highlight.marked", "claim.handed_on", "evidence.added"} <= verbs()


def test_every_verb_has_a_sentence() -> None:
    assert verbs() - set(SENTENCES) == set()


def test_no_sentence_is_left_of_a_verb_that_is_gone() -> None:
    assert set(SENTENCES) | set(CONSEQUENCES) <= verbs()


@pytest.mark.parametrize("action", sorted(SENTENCES))
def test_every_sentence_begins_large_and_ends_with_a_stop(action: str) -> None:
    sentence = told(action)

    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "{" not in sentence


@pytest.mark.parametrize("action", sorted(CONSEQUENCES))
def test_a_consequence_names_no_person(action: str) -> None:
    sentence = told(action, {"automatic": True, "reason": "A piece of evidence was edited."})

    assert "Alice" not in sentence
    assert sentence.endswith(".")
    assert ".." not in sentence


def test_a_claim_reopened_by_what_was_done_to_it() -> None:
    data = {"automatic": True, "reason": "A piece of evidence was edited.", "after": {"status": "reopened"}}
    (line,) = narrate([event("claim.reopened", data)], PEOPLE)

    assert line.sentence == "The claim was reopened because a piece of evidence was edited."
    assert (line.reason, line.status) == ("", "reopened")


def test_a_claim_reopened_by_a_person() -> None:
    (line,) = narrate([event("claim.reopened", {"reason": "The mayor has corrected herself."})], PEOPLE)

    assert (line.sentence, line.reason) == ("Alice reopened the claim.", "The mayor has corrected herself.")


def test_the_system_and_people_unknown() -> None:
    assert told("outlet.added", {"name": "Courier"}, actor=None) == "The system added the outlet Courier."
    assert told("outlet.added", {"name": "Courier"}, actor=uuid4()) == "Someone added the outlet Courier."


def test_a_block_is_counted_from_one() -> None:
    data = {"number": 0, "before": "paragraph", "after": "list_item", "article": str(uuid4())}

    assert told("block.retyped", data) == "Alice corrected the kind of block 1 to list item."


def test_a_member_and_the_role() -> None:
    person = {"id": str(uuid4()), "name": "Rita"}

    assert told("member.added", {"person": person, "role": "reader"}) == "Alice took Rita onto the desk as reader."
    change = {"person": person, "before": {"role": "reader"}, "after": {"role": "reviewer"}}
    assert told("member.changed", change) == "Alice gave Rita the role of reviewer."


def test_changes_are_in_words_and_in_order() -> None:
    before = {"priority": 2, "kind": "event", "text": "Three.", "claimant": None, "status": "open"}
    after = {
        "priority": 1,
        "kind": "figure",
        "text": "Four.",
        "claimant": {"id": "x", "name": "Mayor"},
        "status": "open",
    }
    (line,) = narrate([event("claim.edited", {"before": before, "after": after})], PEOPLE)

    assert line.changes == (
        ("Claim", "Three.", "Four."),
        ("Claimant", "", "Mayor"),
        ("Kind", "Event", "Figure"),
        ("Priority", "Normal", "High"),
    )


def test_a_verb_that_no_one_foresaw_is_told_all_the_same() -> None:
    assert told("ferry.sunk_twice") == "Alice: ferry sunk twice."
