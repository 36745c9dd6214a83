"""Invariant 9: the history is append-only and chained, and a row changes only together with its event."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from articles import actions
from articles.actions._writing import record
from articles.errors import Refused
from articles.models import AuditEvent, Claim, Desk, DeskRow, EditableRow, Membership, Status
from articles.told import tables
from tests import factories
from tests.invariants.attacks import DENIED, change, refused, run, tell, twin

ZERO = bytes(32)


def test_each_event_carries_the_hash_of_the_one_before(cast: factories.Cast, mallory: Membership) -> None:
    factories.make_claim(by=cast.alice, status=Status.APPROVED, reviewer=cast.bob)

    for desk in Desk.objects.all():
        assert broken_link(desk) is None
    assert AuditEvent.objects.filter(desk=cast.desk).count() > 15


def test_the_chain_covers_every_column(alice: Membership) -> None:
    event = AuditEvent.objects.filter(desk_id=alice.desk_id).latest("number")

    assert json.loads(event.canonical) == {
        "format": 2,
        "desk": str(event.desk_id),
        "number": event.number,
        "at": event.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "actor": str(event.actor_id),
        "action": event.action,
        "subject_kind": event.subject_kind,
        "subject": str(event.subject_id),
        "data": event.data,
        "request": None,
        "rows": json.loads(event.canonical)["rows"],
    }


def test_an_event_tells_the_rows_that_were_changed(alice: Membership) -> None:
    claim = factories.make_claim(by=alice)
    actions.claims.set_aside(by=alice, claim=claim, reason="An opinion.")

    event = AuditEvent.objects.filter(desk_id=alice.desk_id).latest("number")
    (row,) = json.loads(event.canonical)["rows"]
    moment = row["set"].pop("status_at")
    assert datetime.fromisoformat(moment) == factories.fresh(claim).status_at
    assert row == {
        "table": "articles_claim",
        "id": str(claim.pk),
        "set": {"status": "set_aside", "aside": "other", "status_reason": "An opinion.", "revision": 2},
    }


def test_a_new_row_is_told_whole(alice: Membership) -> None:
    claim = factories.make_claim(by=alice)

    marked = AuditEvent.objects.get(desk_id=alice.desk_id, action="highlight.marked")
    told = {row["table"]: row for row in json.loads(marked.canonical)["rows"]}
    ((stored,),) = run("SELECT to_jsonb(c)::text FROM articles_claim c WHERE id = %s", claim.pk)
    assert told["articles_claim"] == {"table": "articles_claim", "id": str(claim.pk), "set": json.loads(stored)}
    assert told["articles_highlight"]["set"]["quote"] == factories.QUOTE


def test_bytes_are_told_by_their_hash(alice: Membership) -> None:
    factories.make_article(by=alice)

    kept = AuditEvent.objects.get(desk_id=alice.desk_id, action="original.kept")
    (told,) = [row["set"] for row in json.loads(kept.canonical)["rows"] if row["table"] == "articles_original"]
    assert "content" not in told
    assert len(told["sha256"]) == 64


def test_what_changes_after_the_last_event_is_refused(alice: Membership) -> None:
    claim = factories.make_claim(by=alice)

    with refused("change_is_told"):
        tell(alice, claim.pk)
        run("UPDATE articles_claim SET text = 'Otherwise.', revision = revision + 1 WHERE id = %s", claim.pk)
    with refused("change_is_told"):
        record(alice, "claim.edited", claim, {})
        Claim.objects.filter(pk=claim.pk).update(text="Otherwise.", revision=2)


def test_what_is_not_told_yet_is_out_of_reach(alice: Membership) -> None:
    for statement in ("SELECT FROM articles_untold", "DELETE FROM articles_untold", "TRUNCATE articles_untold"):
        with refused(DENIED):
            run(statement)
    with refused(DENIED):
        run("SELECT tell_table('articles_claim')")


def test_every_kind_of_row_is_told(db: None) -> None:
    """A row of a new table that no trigger tells would be missing from a desk that is rebuilt from its history."""
    told = run("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'tell_change'")

    assert sorted(table for (table,) in told) == tables()


@pytest.mark.parametrize("column", ["number", "at", "actor_id", "action", "data", "canonical", "hash", "tx"])
def test_no_column_of_an_event_can_be_written(column: str, alice: Membership) -> None:
    with refused(DENIED):
        run(f"UPDATE articles_auditevent SET {column} = {column}")


def test_events_are_written_by_the_function_alone(alice: Membership) -> None:
    with refused(DENIED):
        run("INSERT INTO articles_auditevent SELECT * FROM articles_auditevent LIMIT 1")
    with refused(DENIED):
        run("DELETE FROM articles_auditevent")
    with refused(DENIED):
        run("TRUNCATE articles_auditevent")


def test_the_head_of_the_chain_is_out_of_reach(alice: Membership) -> None:
    for statement in (
        "UPDATE articles_chainhead SET number = 0",
        "DELETE FROM articles_chainhead",
        "SELECT FROM articles_chainhead FOR UPDATE",
        "INSERT INTO articles_chainhead SELECT * FROM articles_chainhead",
    ):
        with refused(DENIED):
            run(statement)


def test_no_model_method_changes_or_deletes_an_event(alice: Membership) -> None:
    event = AuditEvent.objects.first()
    assert event

    for method in (event.save, event.delete):
        with pytest.raises(TypeError, match="never changed"):
            method()
    with refused(DENIED):
        AuditEvent.objects.update(action="nothing")
    with refused(DENIED):
        AuditEvent.objects.all().delete()


def test_only_a_member_who_is_more_than_a_reader_appends(
    alice: Membership, bob: Membership, erin: Membership, rita: Membership, mallory: Membership
) -> None:
    actions.desks.remove_member(by=erin, membership=bob)

    for outsider in (rita, mallory, bob):
        with refused("event_by_a_member"):
            tell(outsider, uuid4(), desk=alice.desk_id)
    with refused("event_by_a_member"):
        run("SELECT append_event(%s, %s, 'a.b', 'claim', %s, '{}', NULL)", alice.desk_id, uuid4(), uuid4())


@pytest.mark.parametrize("who", ["rita", "mallory"])
def test_an_action_of_a_reader_or_a_stranger_is_refused_whole(
    who: str, cast: factories.Cast, mallory: Membership
) -> None:
    version = factories.make_version(by=cast.alice)
    before = AuditEvent.objects.count()
    outsider = {"rita": cast.rita, "mallory": mallory}[who]

    with pytest.raises(Refused):
        factories.make_highlight(by=outsider, version=version)

    assert not version.highlights.exists()
    assert AuditEvent.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_no_row_of_a_desk_changes_without_an_event(one_of_each: dict[str, DeskRow]) -> None:
    for row in one_of_each.values():
        if isinstance(row, EditableRow):
            with refused("change_has_event"), transaction.atomic():
                _touch(row)
    with refused("change_has_event"):
        run("UPDATE articles_desk SET name = 'Day desk'")


@pytest.mark.django_db(transaction=True)
def test_no_row_of_a_desk_is_added_without_an_event(alice: Membership) -> None:
    desk = alice.desk_id
    for table, columns in insertions(alice).items():
        names = ", ".join(columns)
        marks = ", ".join(["%s"] * len(columns))
        with refused("comes_with_its_row" if table == "rating" else "change_has_event"):
            run(f"INSERT INTO articles_{table} (desk_id, {names}) VALUES (%s, {marks})", desk, *columns.values())
    with refused("change_has_event"):
        run("INSERT INTO articles_desk (name, slug, scale_code, founded_at) VALUES ('A', 'a', 'evidence', now())")


@pytest.mark.django_db(transaction=True)
def test_no_term_is_added_to_a_scale_later(alice: Membership) -> None:
    rating = factories.rating_of(alice, "supported")

    with refused("comes_with_its_row"):
        twin(rating, alice, told_of=rating.scale_id, code="maybe", position=9)


@pytest.mark.django_db(transaction=True)
def test_an_event_taken_back_after_the_check_does_not_count(alice: Membership) -> None:
    outlet = factories.make_article(by=alice).outlet

    with refused("change_has_event"):
        run("UPDATE articles_outlet SET name = 'Other', revision = revision + 1 WHERE id = %s", outlet.pk)
        run("SAVEPOINT before")
        tell(alice, outlet.pk)
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("ROLLBACK TO SAVEPOINT before")


@pytest.mark.django_db(transaction=True)
def test_nobody_acts_in_anothers_name(one_of_each: dict[str, DeskRow], bob: Membership, erin: Membership) -> None:
    new: dict[str, dict[str, Any]] = {
        "story": {},
        "source": {"article_id": None},
        "claim": {},
        "highlight": {"claim_id": None},
        "evidence": {"highlight_id": None},
        "articleversion": {"number": 2},
        "article": {},
    }
    for name, columns in new.items():
        with refused("done_in_own_name"):
            twin(one_of_each[name], bob, **columns)


@pytest.mark.django_db(transaction=True)
def test_nobody_removes_in_anothers_name(alice: Membership, bob: Membership) -> None:
    claim = factories.make_claim(by=alice)
    evidence = factories.make_evidence(by=alice, claim=claim)
    highlight = factories.make_highlight(by=alice)

    with refused("done_in_own_name"):
        change(highlight, bob, removed_at="2026-01-01Z", removed_by_id=alice.person_id)
    with refused("done_in_own_name"):
        change(evidence, bob, withdrawn_at="2026-01-01Z", withdrawn_by_id=alice.person_id)


def insertions(by: Membership) -> dict[str, dict[str, Any]]:
    now = datetime.now(UTC)
    rating = factories.rating_of(by, "supported")
    person, dora = by.person_id, factories.make_person("dora").pk
    return {
        "membership": {"person_id": dora, "role": "reader", "joined_at": now, "revision": 1},
        "outlet": {"name": "Other", "revision": 1},
        "claimant": {"name": "Other", "revision": 1},
        "story": {"title": "Other", "opened_at": now, "revision": 1},
        "claim": {
            "text": "Other", "summary": "", "kind": "event", "priority": 2, "priority_reason": "", "due_reason": "",
            "status": "open", "status_reason": "", "status_at": now, "approved_digest": "",
            "made_by_id": person, "made_at": now, "revision": 1,
        },
        "source": {
            "title": "Other", "author": "", "kind": "report", "container": "", "publisher": "", "url": "",
            "url_key": "", "published": "", "number": "", "archive": "", "medium": "", "reached": "", "terms": "",
            "note": "", "withdrawn_reason": "", "made_by_id": person, "made_at": now, "revision": 1,
        },
        "original": {
            "sha256": hashlib.sha256(b"a").hexdigest(), "size": 1, "content": b"a", "media_type": "text/plain",
            "name": "", "kept_at": now,
        },
        "ratingscale": {"code": "other", "version": 1, "name": "Other"},
        "rating": {
            "scale_id": rating.scale_id, "code": "maybe", "name": "Maybe", "definition": "Perhaps.", "position": 9,
            "colour": "grey", "sign": "question", "needs": "either",
        },
    }  # fmt: skip  # a row as a few lines, where each value would take one


def _touch(row: EditableRow) -> None:
    where = "WHERE desk_id = %s AND id = %s"
    run(f"UPDATE {row._meta.db_table} SET revision = revision + 1 {where}", row.desk_id, row.pk)


def broken_link(desk: Desk) -> int | None:
    """The number of the first event whose hash or number is not as it follows from the one before."""
    events = AuditEvent.objects.filter(desk=desk).order_by("number")
    link = ZERO
    for number, event in enumerate(events, start=1):
        link = hashlib.sha256(link + event.canonical.encode()).digest()
        if (event.number, bytes(event.hash)) != (number, link):
            return number
    head = desk.chain_head
    return None if (head.number, bytes(head.hash)) == (events.count(), link) else events.count() + 1
