"""What the database does not let happen is done here by the owner of the tables, with the triggers switched off."""

import hashlib
import json

import psycopg
import pytest
from django.core.management import CommandError
from django.db import connections

from articles import actions, history
from articles.actions._writing import record
from articles.models import AuditEvent, Status
from tests.factories import make_claim, make_desk
from tests.sheets.conftest import sign_off

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def work(cast):
    """Some events and an edition."""
    claim = make_claim(by=cast.alice, status=Status.APPROVED, reviewer=cast.bob)
    article = claim.highlights.get().version.article
    return sign_off(cast.erin, actions.sheets.open_sheet(by=cast.alice, article=article))


def tamper(table, change, *values):
    with psycopg.connect(**connections["owner"].get_connection_params()) as owner:
        owner.execute(f"ALTER TABLE articles_{table} DISABLE TRIGGER USER")
        owner.execute(change, values)
        owner.execute(f"ALTER TABLE articles_{table} ENABLE TRIGGER USER")


def complaint(desk):
    with pytest.raises(history.Broken) as broken:
        history.verify(desk)
    return str(broken.value)


def test_a_history_that_holds(run, desk, work):
    last = AuditEvent.objects.latest("number")

    assert run("verify_history") == (
        f"night-desk: holds. Events: {last.number}. Editions: 1. Last hash: {bytes(last.hash).hex()}\n"
    )


def test_a_desk_on_which_nothing_was_done_yet(run, desk):
    assert run("verify_history", "--desk", "night-desk").startswith("night-desk: holds. Events: ")


def test_an_unknown_desk(run, db):
    with pytest.raises(CommandError, match="There is no desk with the slug “nowhere”"):
        run("verify_history", "--desk", "nowhere")


def test_it_fails_and_says_where_after_it_looked_at_every_desk(run, desk, work):
    make_desk(slug="other", name="Other desk")
    tamper("auditevent", "UPDATE articles_auditevent SET action = 'claim.edited' WHERE number = 7")

    with pytest.raises(CommandError, match="The history does not hold: night-desk, other"):
        run("verify_history")


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ("action = 'nothing.done'", "action"),
        ("actor_id = NULL", "actor"),
        ("at = at + interval '1 microsecond'", "at"),
        ("subject_kind = 'desk'", "subject_kind"),
        ("subject_id = uuidv7()", "subject"),
        ('data = data || \'{"text": "other"}\'', "data"),
        ("request_id = uuidv7()", "request"),
    ],
)
def test_a_changed_column_is_named(desk, work, change, column):
    number = AuditEvent.objects.filter(actor_id__isnull=False).earliest("number").number
    tamper("auditevent", f"UPDATE articles_auditevent SET {change} WHERE number = %s", number)

    assert complaint(desk).startswith(f"Event {number} fails: its {column} is ")


def test_a_true_that_became_a_one_is_named(desk, work):
    number = record(None, "desk.told", work, {"said": True})
    tamper("auditevent", "UPDATE articles_auditevent SET data = '{\"said\": 1}' WHERE number = %s", number)

    assert complaint(desk) == f'Event {number} fails: its data is {{"said": 1}}, hashed was {{"said": true}}.'


def test_a_history_that_was_emptied_with_its_head(desk):
    tamper("auditevent", "DELETE FROM articles_auditevent")
    tamper("chainhead", "UPDATE articles_chainhead SET number = 0, hash = %s", bytes(32))

    assert complaint(desk) == "The history is empty: not even the founding of the desk is in it."


def test_a_changed_text_no_longer_has_its_hash(desk, work):
    tamper("auditevent", "UPDATE articles_auditevent SET canonical = canonical || ' ' WHERE number = 6")

    assert complaint(desk).startswith("Event 6 fails: its hash is ")


def test_an_event_rewritten_whole_breaks_the_next_link(desk, work):
    event = AuditEvent.objects.get(number=6)
    before = bytes(AuditEvent.objects.get(number=5).hash)
    words = json.dumps(json.loads(event.canonical) | {"action": "nothing.done"})
    link = hashlib.sha256(before + words.encode()).digest()
    rewrite = "UPDATE articles_auditevent SET action = 'nothing.done', canonical = %s, hash = %s WHERE number = 6"
    tamper("auditevent", rewrite, words, link)

    assert complaint(desk).startswith("Event 7 fails: its hash is ")


def test_a_missing_event_leaves_a_gap(desk, work):
    tamper("auditevent", "DELETE FROM articles_auditevent WHERE number = 6")

    assert complaint(desk) == "Event 6 is missing; the next one stored is 7."


def test_a_tail_that_was_cut_off(desk, work):
    last = AuditEvent.objects.latest("number").number
    tamper("auditevent", "DELETE FROM articles_auditevent WHERE number = %s", last)

    assert complaint(desk) == f"The head of the history says that its last event is {last}; stored is {last - 1}."


def test_a_tail_that_was_cut_off_with_its_head_is_missed_by_its_edition(desk, work):
    last = AuditEvent.objects.latest("number").number
    before = bytes(AuditEvent.objects.get(number=last - 1).hash)
    tamper("auditevent", "DELETE FROM articles_auditevent WHERE number = %s", last)
    tamper("chainhead", "UPDATE articles_chainhead SET number = %s, hash = %s", last - 1, before)

    assert "the history has no event with which exactly this was signed off" in complaint(desk)


def test_a_head_with_another_hash(desk, work):
    tamper("chainhead", "UPDATE articles_chainhead SET hash = sha256('other')")

    assert complaint(desk).endswith("its hash is not that of the head of the history.")


def test_a_text_that_is_not_json(desk, work):
    before = bytes(AuditEvent.objects.get(number=5).hash)
    link = hashlib.sha256(before + b"nonsense").digest()
    tamper("auditevent", "UPDATE articles_auditevent SET canonical = 'nonsense', hash = %s WHERE number = 6", link)

    assert complaint(desk) == "Event 6 fails: its text is not JSON."


def test_an_edition_that_was_rewritten_with_its_digest(desk, work):
    words = work.content.replace("The log says so.", "The log says no.")
    digest = hashlib.sha256(words.encode()).hexdigest()
    tamper("sheetedition", "UPDATE articles_sheetedition SET content = %s, digest = %s", words, digest)

    assert "Edition 1 of the sheet" in complaint(desk)


def test_an_edition_that_was_removed(desk, work):
    tamper("sheetfile", "DELETE FROM articles_sheetfile")
    tamper("sheetedition", "DELETE FROM articles_sheetedition")

    assert complaint(desk) == f"The edition that event {work.chain_number} signed off is missing."


def test_a_file_that_is_not_what_was_signed(desk, work):
    tamper(
        "sheetfile",
        "UPDATE articles_sheetfile SET content = %s, sha256 = encode(sha256(%s), 'hex') WHERE format = 'json'",
        b"{}",
        b"{}",
    )

    assert "its JSON file is not the one that was signed off." in complaint(desk)


def test_a_history_longer_than_a_batch(desk, work, monkeypatch):
    monkeypatch.setattr(history, "BATCH", 3)

    assert history.verify(desk).events == AuditEvent.objects.filter(desk=desk).count()
