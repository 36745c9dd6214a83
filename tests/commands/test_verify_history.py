"""What the database does not let happen is done here by the owner of the tables, with the triggers switched off."""

import hashlib
import json

import psycopg
import pytest
from django.core.management import CommandError
from django.db import connections

from articles import actions, history
from articles.actions._writing import record
from articles.models import AuditEvent, Claim, Evidence, Outlet, Status
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


def as_on_a_replica(statement, *values):
    """Triggers that wait for the end of a transaction do not let themselves be switched on again before it."""
    with psycopg.connect(**connections["owner"].get_connection_params()) as owner:
        owner.execute("ALTER TABLE articles_outlet DISABLE TRIGGER USER")
    with psycopg.connect(**connections["owner"].get_connection_params()) as owner:
        owner.execute(statement, values)
    with psycopg.connect(**connections["owner"].get_connection_params()) as owner:
        owner.execute("ALTER TABLE articles_outlet ENABLE TRIGGER USER")


def cut_off(first):
    """All events from this one on, and the head as if they had never been."""
    before = bytes(AuditEvent.objects.get(number=first - 1).hash)
    tamper("auditevent", "DELETE FROM articles_auditevent WHERE number >= %s", first)
    tamper("chainhead", "UPDATE articles_chainhead SET number = %s, hash = %s", first - 1, before)


def rewrite(desk, first, **columns):
    """Say something else in this event, and make all that follow, the head and the editions agree with it."""
    link = bytes(AuditEvent.objects.get(desk=desk, number=first - 1).hash)
    for event in AuditEvent.objects.filter(desk=desk, number__gte=first).order_by("number"):
        words = json.dumps(json.loads(event.canonical) | (columns if event.number == first else {}))
        link = hashlib.sha256(link + words.encode()).digest()
        setting = "UPDATE articles_auditevent SET canonical = %s, hash = %s, action = %s WHERE number = %s"
        tamper("auditevent", setting, words, link, json.loads(words)["action"], event.number)
    tamper("chainhead", "UPDATE articles_chainhead SET hash = %s WHERE desk_id = %s", link, desk.pk)


@pytest.fixture
def kept(work, tmp_path):
    """The JSON file of the edition, as it was downloaded."""
    path = tmp_path / "edition-1.json"
    path.write_bytes(work.files.get(format="json").content)
    return path


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
    cut_off(work.chain_number)

    assert "the history has no event with which exactly this was signed off" in complaint(desk)


def test_a_file_kept_elsewhere_agrees(run, desk, work, kept):
    assert f"edition-1.json: holds. Edition 1 of “{work.sheet}”" in run("verify_history", "--edition", str(kept))


def test_a_tail_that_was_cut_off_with_all_that_it_made_is_missed_by_the_file(run, desk, work, kept):
    cut_off(work.chain_number)
    for table in ("sheetfile", "sheetedition"):
        tamper(table, f"DELETE FROM articles_{table}")

    assert history.verify(desk).editions == 0
    with pytest.raises(history.Broken, match="The edition 1 of this file is not stored"):
        history.verify_against(kept.read_text())


def test_a_history_rewritten_to_its_end_is_not_that_of_the_file(run, desk, work, kept):
    rewrite(desk, 3, action="nothing.done")
    link = bytes(AuditEvent.objects.get(number=work.chain_number).hash).hex()
    frozen = json.loads(work.content)
    frozen["history"]["hash"] = link
    words = json.dumps(frozen)
    digest = hashlib.sha256(words.encode()).hexdigest()
    forged = "UPDATE articles_sheetedition SET content = %s, digest = %s, chain_hash = %s"
    tamper("sheetedition", forged, words, digest, link)

    with pytest.raises(history.Broken, match="says something else than this file"):
        history.verify_against(kept.read_text())
    tamper("sheetedition", forged, work.content, work.digest, work.chain_hash)
    with pytest.raises(
        history.Broken, match=f"Event {work.chain_number} has another hash than the one with which this edition"
    ):
        history.verify_against(kept.read_text())


def test_a_shorter_history_than_that_of_the_file(run, desk, work, kept):
    cut_off(work.chain_number)

    with pytest.raises(history.Broken, match=f"The history ends before event {work.chain_number}"):
        history.verify_against(kept.read_text())


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"number": 1}'])
def test_another_file_is_no_edition(db, text):
    with pytest.raises(history.Broken, match="This is not the JSON file of an edition"):
        history.verify_against(text)


def test_a_file_that_is_not_there(run, desk, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        run("verify_history", "--edition", str(tmp_path / "gone.json"))


def test_a_row_that_was_changed_behind_the_history(desk, work):
    claim = Claim.objects.get()
    tamper("claim", "UPDATE articles_claim SET priority = 3, priority_reason = 'Later.'")

    assert complaint(desk) == f"The claim {claim.pk} fails: its priority is 3, and the history says 2."


def test_a_row_that_was_removed_behind_the_history(desk, work):
    evidence = Evidence.objects.get()
    tamper("evidence", "DELETE FROM articles_evidence")

    assert complaint(desk) == f"The evidence {evidence.pk} is gone. The history says that it is stored."


def test_a_row_that_was_made_behind_the_history(desk, work):
    as_on_a_replica("INSERT INTO articles_outlet (desk_id, name, revision) VALUES (%s, 'Nowhere Post', 1)", desk.pk)

    assert complaint(desk) == f"The outlet {Outlet.objects.get(name='Nowhere Post').pk} is not in the history."


def test_rows_are_compared_desk_by_desk(desk, work):
    other = make_desk(slug="other", name="Other desk").desk
    tamper("claim", "UPDATE articles_claim SET priority = 3, priority_reason = 'Later.'")

    assert history.verify(other).editions == 0


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
