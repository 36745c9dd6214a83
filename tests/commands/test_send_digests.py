"""The daily e-mail: for those who asked, once a day, with something in it, and with the site's own address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.actions import preferences
from articles.mailing import digest
from articles.models import Membership, Notice, Person, Status
from articles.queries.notices import settled_at
from tests.factories import UNSENDABLE, edit_claim, make_claim

SITE = "https://desk.example.org"


@pytest.fixture
def mails(settings: Any, db: None) -> list[EmailMessage]:
    settings.MAIL_IS_ON, settings.SITE_ADDRESS = True, SITE
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    return mail.outbox


def asks(member: Membership) -> Person:
    preferences.switch(by=member.person, name="wants_digest", on=True)
    member.person.refresh_from_db()
    return member.person


def test_it_works(run: Callable[..., str], mails: list[EmailMessage], alice: Membership, bob: Membership) -> None:
    asks(alice)
    claim = make_claim(by=alice, status=Status.RETURNED, reviewer=bob)
    make_claim(by=bob, status=Status.IN_REVIEW)

    said = run("send_digests")

    (message,) = mails
    assert "E-mails sent: 1." in said
    assert (message.to, message.subject) == (["alice@desk.example"], "1 new notice on Night desk")
    for words in (
        "Bob returned the verdict.",
        "“Ask the hospital, too.”",
        claim.text,
        "1 verdict waits for your review",
    ):
        assert words in message.body
    assert SITE + reverse("articles:claim", args=[alice.desk.slug, claim.pk]) in message.body
    assert SITE + reverse("articles:notice-list", args=[alice.desk.slug]) in message.body
    assert "<" not in message.body
    assert "&" not in message.body


def test_once_a_day_and_then_what_came_since(
    run: Callable[..., str], mails: list[EmailMessage], alice: Membership
) -> None:
    person = asks(alice)
    make_claim(by=alice, status=Status.RETURNED)
    run("send_digests")
    make_claim(by=alice, status=Status.APPROVED)

    run("send_digests")
    assert len(mails) == 1

    Person.objects.filter(pk=person.pk).update(digest_sent_at=timezone.now() - timedelta(days=1))
    Notice.objects.filter(kind="returned").update(read_at=timezone.now())
    run("send_digests")
    assert len(mails) == 2
    assert "approved your verdict" in mails[1].body
    assert "returned" not in mails[1].body


def test_what_is_being_stored_meanwhile_is_in_the_next_one(
    run: Callable[..., str], mails: list[EmailMessage], alice: Membership
) -> None:
    """Somebody's transaction under way may hold a notice that was made before the ones that can be read."""
    asks(alice)
    make_claim(by=alice, status=Status.APPROVED)
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT 1")
        make_claim(by=alice, status=Status.RETURNED)
        run("send_digests")
        assert ["approved" in message.body for message in mails] == [True]
        assert "returned" not in mails[0].body
        other.rollback()
    finally:
        other.close()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # the test's own transaction has seen who is at work

    message = digest(Person.objects.get(pk=alice.person_id), settled_at())

    assert message
    assert "returned" in message.body
    assert "approved" not in message.body


def test_what_was_sent_is_not_sent_again(run: Callable[..., str], mails: list[EmailMessage], alice: Membership) -> None:
    person = asks(alice)
    make_claim(by=alice, status=Status.RETURNED)
    Person.objects.filter(pk=person.pk).update(digest_sent_at=timezone.now())

    run("send_digests")

    assert mails == []


@pytest.mark.parametrize(
    "why", ["nobody asked", "nothing is new", "all is read", "no address", "gone", "left the desk"]
)
def test_nothing_is_sent(
    why: str, run: Callable[..., str], mails: list[EmailMessage], alice: Membership, erin: Membership
) -> None:
    if why != "nobody asked":
        asks(alice)
    if why != "nothing is new":
        make_claim(by=alice, status=Status.RETURNED)
    if why == "all is read":
        Notice.objects.update(read_at=timezone.now())
    changed: Any = {"no address": {"email": ""}, "gone": {"is_active": False}}.get(why)
    if changed:
        Person.objects.filter(pk=alice.person_id).update(**changed)
    if why == "left the desk":
        actions.desks.remove_member(by=erin, membership=alice)

    run("send_digests")

    assert mails == []


def test_a_day_that_has_come_is_told(run: Callable[..., str], mails: list[EmailMessage], alice: Membership) -> None:
    asks(alice)
    edit_claim(make_claim(by=alice), by=alice, assignee=alice.person, due=timezone.localdate())

    assert "Notices of due dates: 1." in run("send_digests")

    assert "It was due on" in mails[0].body


def test_without_a_mail_server_only_the_notices_are_made(run: Callable[..., str], alice: Membership) -> None:
    asks(alice)
    edit_claim(make_claim(by=alice), by=alice, assignee=alice.person, due=timezone.localdate())

    said = run("send_digests")

    assert "Notices of due dates: 1." in said
    assert "No e-mail is set up" in said
    assert getattr(mail, "outbox", []) == []


def test_one_that_fails_is_tried_again_by_the_next_run(
    run: Callable[..., str],
    mails: list[EmailMessage],
    alice: Membership,
    bob: Membership,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asks(alice)
    asks(bob)
    for member in (alice, bob):
        make_claim(by=member, status=Status.RETURNED)
    send = EmailMessage.send

    def fails_for_alice(self: EmailMessage, *args: Any, **options: Any) -> int:
        if self.to == ["alice@desk.example"]:
            raise SMTPException("mailbox full")
        return send(self, *args, **options)

    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", fails_for_alice)
        with pytest.raises(CommandError, match="could not be sent: 1"):
            run("send_digests")
    assert [message.to for message in mails] == [["bob@desk.example"]]

    run("send_digests")
    assert [message.to for message in mails] == [["bob@desk.example"], ["alice@desk.example"]]


def test_an_address_that_no_mail_can_have_keeps_nobody_elses_back(
    run: Callable[..., str], mails: list[EmailMessage], alice: Membership, bob: Membership
) -> None:
    for member in (alice, bob):
        asks(member)
        make_claim(by=member, status=Status.RETURNED)
    Person.objects.filter(pk=alice.person_id).update(email=UNSENDABLE)

    with pytest.raises(CommandError, match="could not be sent: 1"):
        run("send_digests")

    assert [message.to for message in mails] == [["bob@desk.example"]]
    alice.person.refresh_from_db()
    assert alice.person.digest_sent_at is None


def test_a_subject_is_one_line(run: Callable[..., str], mails: list[EmailMessage], alice: Membership) -> None:
    alice.desk.name = "Night\ndesk"
    asks(alice)
    make_claim(by=alice, status=Status.RETURNED)

    run("send_digests")

    assert "\n" not in mails[0].subject
