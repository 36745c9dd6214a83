"""Invariant 14: a row belongs to one desk and refers only to rows and people of that desk."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import connection, models

from articles import actions
from articles.actions.evidence import Statement
from articles.errors import Refused
from articles.models import ArticleVersion, AuditEvent, Carry, Claim, DeskRow, Highlight, Membership, Status
from articles.models.base import DeskForeignKey
from articles.models.fields import MemberForeignKey
from tests import factories
from tests.invariants.attacks import maker_of, refused, run, twin
from tests.invariants.conftest import rows_of_a_desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

MODELS: list[type[DeskRow]] = [
    model for model in apps.get_app_config("articles").get_models() if issubclass(model, DeskRow)
]
REFERENCES: list[tuple[type[DeskRow], models.Field[Any, Any]]] = [
    (model, field)
    for model in MODELS
    for field in model._meta.local_fields
    if isinstance(field, DeskForeignKey | MemberForeignKey)
]
NAMES = [f"{model._meta.model_name}.{field.name}" for model, field in REFERENCES]

# Where an earlier rule refuses the foreign row before the foreign key is asked.
EARLIER = {
    "highlight.version": "highlight_equals_text",
    "highlight.first": "highlight_goes_on_from_first",
    "carry.highlight": "carry_goes_to_a_later_version",
    "carry.version": "carry_goes_to_a_later_version",
    "carry.became": "carry_leads_to_its_own",
    "verdict.rating": "verdict_rests_on_enough",
    "verdict.claim": "verdict_rests_on_enough",
    "verdict.second_of": "second_finding_is_anothers",
    "claim.duplicate_of": "claim_duplicate_of_something",
    "resolution.verdict": "resolution_is_of_a_difference",
    "resolution.standing": "resolution_is_of_a_difference",
    "suggestion.verdict": "suggestion_is_of_what_waits",
    "suggestion.verdict_author": "suggestion_names_the_author",
    "suggestion.decided_by": "suggestion_decided_by_the_author",
    "sheetedition.signed_by": "edition_signed_by_editor",
    "sheetedition.sheet": "edition_numbered_in_order",
    "claim.review": "claim_review_needs_verdict",
    "invitation.made_by": "invitation_within_own_role",
    "evidence.highlight": "passage_keeps_its_words",
    "review.verdict": "review_is_of_what_waits",
    "snapshot.compared_with": "snapshot_is_compared_with_its_own",
    "notice.query": "notice_about_one_thing",
    "query.highlight": "query_on_one_thing",
    "query.source": "query_to_somebody",
    "query.asked_by": "query_moves",
    "query.status_by": "query_moves",
    "queryanswer.query": "answer_here_is_ones_own",
    "queryanswer.recorded_by": "answer_here_is_ones_own",
}


@pytest.fixture
def cast(db: None) -> factories.Cast:
    """Founded in the transaction of the test: in a later one no term can be added to its scale."""
    return factories.make_desk()


@pytest.fixture
def rows(cast: factories.Cast) -> dict[str, DeskRow]:
    return rows_of_a_desk(alice=cast.alice, bob=cast.bob, erin=cast.erin)


@pytest.fixture
def foreign(mallory: Membership) -> dict[str, DeskRow]:
    """The rows of another desk, on which only Mallory and two of hers work."""
    mike, nina = (factories.make_member(name, by=mallory) for name in ("mike", "nina"))
    return rows_of_a_desk(alice=mike, bob=nina, erin=mallory)


def test_every_reference_to_another_desk_is_refused(
    rows: dict[str, DeskRow], foreign: dict[str, DeskRow], cast: factories.Cast
) -> None:
    apart = what_keeps_a_copy_apart(rows, cast)
    for (model, field), name in zip(REFERENCES, NAMES, strict=True):
        row, column = rows[model.__name__.lower()], str(field.column)
        besides = apart.get(row._meta.model_name or "", {}) | apart.get(name, {})
        wall = f"{model._meta.db_table}_{column}_in_desk"

        with refused(wall, EARLIER.get(name, wall)):
            twin(row, maker_of(row, cast.erin), **(besides | {column: key_of(foreign, field)}))


def test_a_copy_of_every_row_within_the_desk_is_accepted(rows: dict[str, DeskRow], cast: factories.Cast) -> None:
    apart = what_keeps_a_copy_apart(rows, cast)
    told_of = {"rating": rows["ratingscale"].pk, "sheetfile": rows["sheetedition"].pk}
    for name, row in rows.items():
        if name not in ("auditevent", "membership"):
            twin(row, maker_of(row, cast.erin), told_of=told_of.get(name), **apart.get(name, {}))

    connection.check_constraints()


@pytest.mark.parametrize(("model", "field"), REFERENCES, ids=NAMES)
def test_every_reference_has_a_composite_foreign_key(
    model: type[DeskRow], field: models.Field[Any, Any], db: None
) -> None:
    person = isinstance(field, MemberForeignKey)
    target = "articles_membership" if person else str(field.related_model._meta.db_table)  # type: ignore[union-attr]  # every reference has one

    assert ("desk_id", field.column, target, "desk_id", "person_id" if person else "id") in foreign_keys(model)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_every_row_of_a_desk_has_the_desk_in_its_primary_key(model: type[DeskRow], db: None) -> None:
    assert run(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'p' AND conrelid = %s::regclass",
        model._meta.db_table,
    ) == [("PRIMARY KEY (desk_id, id)",)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_uniqueness_is_per_desk(model: type[DeskRow], db: None) -> None:
    unique = run(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]"
        " WHERE i.indisunique AND i.indrelid = %s::regclass",
        model._meta.db_table,
    )

    assert set(unique) == {("desk_id",)}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_references_within_the_app_are_of_the_kinds_that_stay_in_the_desk(model: type[DeskRow]) -> None:
    others = {
        field.name
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and not isinstance(field, DeskForeignKey | MemberForeignKey)
    }

    assert others == {"desk", *(["person"] if model is Membership else [])}


def test_every_model_of_a_desk_is_tried(rows: dict[str, DeskRow]) -> None:
    assert rows.keys() == {model._meta.model_name for model in MODELS}


def test_a_join_stays_within_the_desk(alice: Membership, version: ArticleVersion) -> None:
    claim = factories.make_claim(by=alice, version=version)

    query = str(Claim.objects.filter(highlights__version__article__headline="x").query)

    assert query.count('."desk_id" = ') >= 3
    assert list(Claim.objects.filter(highlights__version=version)) == [claim]


def test_an_action_on_a_row_of_another_desk_is_refused(alice: Membership, mallory: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.APPROVED)
    highlight = claim.highlights.get()
    source = factories.make_source(by=mallory)
    events = AuditEvent.objects.count()
    said = Statement(stance="supports", kind="primary", quote="So it is.")
    tries: list[Callable[[], object]] = [
        lambda: actions.claims.reopen(by=mallory, claim=claim, reason="To see whether it works."),
        lambda: actions.highlights.remove(by=mallory, highlight=highlight),
        lambda: actions.evidence.add(by=mallory, claim=claim, source=source, statement=said),
        lambda: actions.evidence.add(by=alice, claim=claim, source=source, statement=said),
        lambda: factories.make_highlight(by=mallory, version=highlight.version),
        lambda: factories.edit_claim(claim, by=mallory, text="Nobody was hurt."),
    ]

    for attempt in tries:
        with pytest.raises(Refused, match="your desk"):
            attempt()

    assert factories.fresh(claim).status == Status.APPROVED
    assert AuditEvent.objects.count() == events


def test_a_claim_is_not_given_to_someone_of_another_desk(alice: Membership, mallory: Membership) -> None:
    claim = factories.make_claim(by=alice)

    with pytest.raises(Refused) as caught:
        factories.edit_claim(claim, by=alice, assignee=mallory.person)

    assert caught.value.field == "assignee"


def test_an_assignee_who_left_does_not_stand_in_the_way(alice: Membership, bob: Membership, erin: Membership) -> None:
    claim = factories.edit_claim(factories.make_claim(by=alice), by=alice, assignee=bob.person)
    actions.desks.remove_member(by=erin, membership=bob)

    factories.edit_claim(claim, by=alice, text="Three people were hurt on Tuesday.")

    with pytest.raises(Refused):
        factories.edit_claim(factories.make_claim(by=alice), by=alice, assignee=bob.person)


def what_keeps_a_copy_apart(rows: dict[str, DeskRow], cast: factories.Cast) -> dict[str, dict[str, Any]]:
    """What the copy of a row has to have besides, by the model or the reference, so as not to collide with the row."""
    waiting = factories.make_claim(by=cast.alice, status=Status.IN_REVIEW)
    story = rows["story"].pk
    asked = rows["carry"]
    assert isinstance(asked, Carry)
    removed = Highlight.objects.get(version=asked.highlight.version, removed_at__isnull=False)
    decided = {"decided_at": "2026-01-01Z"}
    differing = factories.make_blind(by=cast.alice)
    other = factories.make_second(by=cast.bob, claim=differing, rating="refuted")
    return {
        "carry": {"highlight_id": removed.pk},
        "carry.became": decided | {"decision": "carried", "decided_by_id": cast.alice.person_id},
        "carry.decided_by": decided | {"decision": "gone"},
        "query": {"status": "open", "status_by_id": cast.alice.person_id},
        "outlet": {"name": "Another"},
        "origin": {"name": "Another"},
        "dismissal": {"key": "0" * 64},
        "dismissal.taken_back_by": {"taken_back_at": "2026-01-01Z"},
        "claimant": {"name": "Another"},
        "articleversion": {"number": 2},
        "invitation": {"link_sha256": "0" * 64},
        "invitation.accepted_by": {"accepted_at": "2026-01-01Z"},
        "invitation.revoked_by": {"revoked_at": "2026-01-01Z"},
        "original": {"content": "\\x61", "size": 1, "sha256": hashlib.sha256(b"a").hexdigest()},
        "rating": {"code": "another", "position": 90},
        "ratingscale": {"version": 2},
        "review": {"verdict_id": waiting.verdict_id},
        "resolution": {"verdict_id": differing.verdict_id, "standing_id": other.pk},
        "claimsheet": {"article_id": None, "story_id": story},
        "claimsheet.article": {"story_id": None},
        "sheetedition": {"number": 2, "reason": "Corrected."},
        "sheetfile": {"format": "another"},
        "highlight.removed_by": {"removed_at": "2026-01-01Z"},
        "evidence.withdrawn_by": {"withdrawn_at": "2026-01-01Z"},
        "source.withdrawn_by": {"withdrawn_at": "2026-01-01Z", "withdrawn_reason": "It is forged."},
    }


def key_of(rows: dict[str, DeskRow], field: models.Field[Any, Any]) -> UUID:
    """The key of a row, or a person, that the field could refer to."""
    member = rows["membership"]
    if isinstance(field, MemberForeignKey):
        assert isinstance(member, Membership)
        return member.person_id
    return rows[_target(field)].pk


def _target(field: models.Field[Any, Any]) -> str:
    return str(field.related_model._meta.model_name)  # type: ignore[union-attr]  # every reference has one


def foreign_keys(model: type[DeskRow]) -> list[tuple[str, ...]]:
    """The composite foreign keys of two columns: both columns, the table, both columns there."""
    query = """
        SELECT own.names[1], own.names[2], c.confrelid::regclass::text, theirs.names[1], theirs.names[2]
        FROM pg_constraint c,
        LATERAL (SELECT array_agg(attname::text ORDER BY n) AS names
                 FROM unnest(c.conkey) WITH ORDINALITY AS key (attnum, n)
                 JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = key.attnum) AS own,
        LATERAL (SELECT array_agg(attname::text ORDER BY n) AS names
                 FROM unnest(c.confkey) WITH ORDINALITY AS key (attnum, n)
                 JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = key.attnum) AS theirs
        WHERE c.contype = 'f' AND c.conrelid = %s::regclass
    """
    return run(query, model._meta.db_table)
