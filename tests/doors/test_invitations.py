"""Invitations: made, handed on once, taken by a stranger or by somebody with an account, revoked, used up."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import actions, history
from articles.models import AuditEvent, Invitation, Membership, Person, Role
from tests.doors.keys import sign_in
from tests.factories import UNSENDABLE, make_invitation, make_member, make_person
from tests.test_access import NEW_EACH_TIME

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.models import Desk

HTMX = {"HX-Request": "true"}
WORDS = "seven lamps along the quay"
ACCOUNT = {"name": "Nina Falk", "username": "nina", "password": WORDS, "again": WORDS}


@pytest.fixture
def invitation(erin: Membership) -> Invitation:
    return make_invitation(by=erin)


@pytest.fixture
def people(desk: Desk) -> str:
    return reverse("articles:member-list", args=[desk.slug])


def link_of(invitation: Invitation) -> str:
    return f"/join/night-desk/{invitation.token}/"


def make(client: Client, people: str, headers: dict[str, str] | None = None, **told: object) -> HttpResponse:
    given = {"invited": "Nina Falk", "role": "reviewer", "request_id": uuid4()} | told
    answer: HttpResponse = client.post(f"{people}invite/", given, headers=headers or {})  # type: ignore[assignment]  # a test client's
    return answer


def same(answer: Any) -> bytes:
    """What is answered, without what is new each time."""
    return NEW_EACH_TIME.sub(b"", answer.content)


# Making one


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_link_is_shown_once_and_works(
    client: Client, erin: Membership, people: str, headers: dict[str, str]
) -> None:
    client.force_login(erin.person)
    page = make(client, people, headers).content.decode()

    link = re.search(r'<code class="link">http://testserver(/join/night-desk/[\w-]{43}/)</code>', page)
    assert link
    assert page.lstrip().startswith('<div id="people" ') == bool(headers)
    assert Client().get(link[1]).status_code == 200
    listed = client.get(people).content.decode()
    assert "Nina Falk" in listed
    assert link[1] not in listed


def test_a_repeated_request_makes_one_and_says_that_the_link_was_shown(
    client: Client, erin: Membership, people: str
) -> None:
    client.force_login(erin.person)
    told = {"request_id": uuid4()}
    make(client, people, None, **told)

    page = make(client, people, None, **told).content.decode()

    assert Invitation.objects.count() == 1
    assert "Its link was shown once" in page
    assert "/join/" not in page


def test_an_editor_offers_no_role_above_their_own(client: Client, erin: Membership, people: str) -> None:
    editor = make_member("dora", by=erin, role=Role.EDITOR)
    client.force_login(editor.person)

    assert '<option value="administrator">' not in client.get(people).content.decode()
    answer = make(client, people, None, role="administrator")

    assert answer.status_code == 422
    assert "up to your own role" in answer.content.decode()
    assert "Nina Falk" in answer.content.decode()
    assert make(client, people, None, role="editor").status_code == 200


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"invited": ""}, "Say who is invited"),
        ({"invited": "x" * 255}, "at most 254"),
        ({"role": "owner"}, "up to your own role"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    client: Client, erin: Membership, people: str, told: dict[str, str], words: str
) -> None:
    client.force_login(erin.person)
    answer = make(client, people, None, **told)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Invitation.objects.exists()


def test_no_more_than_fifty_are_open(client: Client, erin: Membership, people: str, monkeypatch) -> None:
    monkeypatch.setattr(actions.invitations, "MOST_OPEN", 2)
    for _ in range(2):
        make_invitation(by=erin)
    client.force_login(erin.person)

    answer = make(client, people)

    assert answer.status_code == 422
    assert "Revoke those that nobody waits for." in answer.content.decode()


def test_a_reviewer_sees_neither_the_form_nor_who_is_invited(
    client: Client, alice: Membership, invitation: Invitation, people: str
) -> None:
    client.force_login(alice.person)

    page = client.get(people).content.decode()

    assert "Invite a person" not in page
    assert "Nina Falk" not in page
    assert make(client, people).status_code == 403


# Revoking one


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_revoked_link_opens_nothing(
    client: Client, erin: Membership, invitation: Invitation, people: str, headers: dict[str, str]
) -> None:
    client.force_login(erin.person)

    answer = client.post(f"{people}invitations/{invitation.pk}/revoke/", {"request_id": uuid4()}, headers=headers)

    assert answer.status_code == (200 if headers else 302)
    assert Client().get(link_of(invitation)).status_code == 404


def test_what_was_accepted_meanwhile_is_not_revoked(
    client: Client, erin: Membership, invitation: Invitation, people: str
) -> None:
    actions.invitations.accept(invitation=invitation, person=make_person("nina"))
    client.force_login(erin.person)

    answer = client.post(f"{people}invitations/{invitation.pk}/revoke/")

    assert answer.status_code == 422
    assert "Nina has accepted this invitation meanwhile." in answer.content.decode()


def test_an_editor_revokes_no_invitation_above_their_role(client: Client, erin: Membership, people: str) -> None:
    above = make_invitation(by=erin, role=Role.ADMINISTRATOR)
    editor = make_member("dora", by=erin, role=Role.EDITOR)
    client.force_login(editor.person)

    assert client.post(f"{people}invitations/{above.pk}/revoke/").status_code == 422
    assert Invitation.objects.open().get() == above


# Taking one


def test_a_stranger_makes_an_account_and_is_on_the_desk(client: Client, invitation: Invitation, desk: Desk) -> None:
    assert "Erin invites you to this desk as reviewer." in client.get(link_of(invitation)).content.decode()

    answer = client.post(f"{link_of(invitation)}enrol/", ACCOUNT)

    assert answer.headers["Location"] == "/d/night-desk/"
    assert client.get("/d/night-desk/").status_code == 200
    member = Membership.objects.current().get(person__username="nina")
    assert (member.role, str(member.person), member.person.check_password(WORDS)) == (Role.REVIEWER, "Nina Falk", True)
    joined, accepted = AuditEvent.objects.filter(desk=desk).order_by("-number")[:2][::-1]
    assert (joined.action, accepted.action) == ("member.joined", "invitation.accepted")
    assert joined.data["inviter"]["name"] == "Erin"
    assert joined.data["role"] == "reviewer"
    history.verify(desk)


def test_sent_twice_it_signs_in(invitation: Invitation) -> None:
    first, second = Client(), Client()
    first.post(f"{link_of(invitation)}enrol/", ACCOUNT)

    answer = second.post(f"{link_of(invitation)}enrol/", ACCOUNT)

    assert answer.headers["Location"] == "/d/night-desk/"
    assert second.get("/d/night-desk/").status_code == 200
    assert Person.objects.filter(username="nina").count() == 1


@pytest.mark.parametrize("told", [{"password": "another password of fifteen"}, {"username": "alice"}, {"password": ""}])
def test_a_used_link_lets_nobody_else_in(invitation: Invitation, alice: Membership, told: dict[str, str]) -> None:
    Client().post(f"{link_of(invitation)}enrol/", ACCOUNT)
    client = Client()

    assert client.post(f"{link_of(invitation)}enrol/", ACCOUNT | told).status_code == 404
    assert client.get("/d/night-desk/").status_code == 302


@pytest.mark.parametrize("name", ["username", "password"])
def test_what_no_account_can_have_is_no_fault_of_the_site(invitation: Invitation, name: str) -> None:
    Client().post(f"{link_of(invitation)}enrol/", ACCOUNT)

    assert Client().post(f"{link_of(invitation)}enrol/", ACCOUNT | {name: "nina\0"}).status_code == 404


def test_somebody_with_an_account_signs_in_and_joins(client: Client, invitation: Invitation) -> None:
    nina = make_person("nina")
    page = client.get(link_of(invitation)).content.decode()
    assert f'href="/accounts/login/?next={link_of(invitation)}"' in page
    sign_in(client, nina)
    assert "Join the desk" in client.get(link_of(invitation)).content.decode()

    answer = client.post(f"{link_of(invitation)}accept/", follow=True)

    assert "You are on Night desk as reviewer." in answer.content.decode()
    assert client.post(f"{link_of(invitation)}accept/").headers["Location"] == "/d/night-desk/"
    assert Membership.objects.current().filter(person=nina).count() == 1


def test_who_left_comes_back_in_the_new_role(client: Client, erin: Membership, bob: Membership) -> None:
    actions.desks.remove_member(by=erin, membership=bob)
    invitation = make_invitation(by=erin, role=Role.READER)
    client.force_login(bob.person)

    client.post(f"{link_of(invitation)}accept/")

    assert Membership.objects.current().get(person=bob.person).role == Role.READER


def test_who_is_on_the_desk_keeps_role_and_invitation(client: Client, alice: Membership, erin: Membership) -> None:
    invitation = make_invitation(by=erin, role=Role.ADMINISTRATOR)
    client.force_login(alice.person)
    page = client.get(link_of(invitation)).content.decode()

    answer = client.post(f"{link_of(invitation)}accept/")

    assert "You are on this desk already, as reviewer." in page
    assert answer.status_code == 422
    assert "Alice is already on this desk." in answer.content.decode()
    assert Membership.objects.get(pk=alice.pk).role == Role.REVIEWER
    assert Invitation.objects.open().get() == invitation


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"name": ""}, "Write your name"),
        ({"username": ""}, "Choose a name to sign in with"),
        ({"username": "nina falk"}, "Use letters, digits"),
        ({"username": "bob@desk.example"}, "Use letters, digits"),
        ({"username": "ALICE"}, "Someone else signs in with this name."),
        ({"password": "short", "again": "short"}, "This has 5 characters."),
        ({"password": "nina falk nina falk"}, "names that others know"),
        ({"password": "night desk nina!"}, "names that others know"),
        ({"again": "seven lamps along the key"}, "This is not the same."),
    ],
)
def test_an_account_that_cannot_be_made_is_refused_beside_the_field(
    client: Client, invitation: Invitation, alice: Membership, told: dict[str, str], words: str
) -> None:
    answer = client.post(f"{link_of(invitation)}enrol/", ACCOUNT | told)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert WORDS not in page
    assert not Person.objects.filter(name="Nina Falk").exists()
    assert Invitation.objects.open().get() == invitation


def test_who_is_signed_in_makes_no_second_account(client: Client, invitation: Invitation) -> None:
    client.force_login(make_person("olga"))

    assert client.post(f"{link_of(invitation)}enrol/", ACCOUNT).headers["Location"] == link_of(invitation)
    assert not Person.objects.filter(username="nina").exists()


def test_every_link_that_is_not_open_is_answered_alike(erin: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    used, revoked, late, kept = (make_invitation(by=erin) for _ in range(4))
    actions.invitations.accept(invitation=used, person=make_person("nina"))
    actions.invitations.revoke(by=erin, invitation=revoked)
    editor = make_member("dora", by=erin, role=Role.EDITOR)
    orphan = make_invitation(by=editor, role=Role.EDITOR)
    actions.desks.change_role(by=erin, membership=editor, revision=1, role=Role.REVIEWER)
    links = [*(link_of(one) for one in (used, revoked, orphan)), "/join/night-desk/made-up/"]
    links.append(f"/join/nowhere/{kept.token}/")

    pages = {same(Client().get(link)) for link in links}
    enrolments = {same(Client().post(f"{link}enrol/", ACCOUNT | {"username": "zoe"})) for link in links}
    after = timezone.now() + timedelta(days=7, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: after)
    pages.add(same(Client().get(link_of(late))))

    assert len(pages) == 1
    assert pages == enrolments
    assert {Client().get(link).status_code for link in links} == {404}
    assert not Person.objects.filter(username="zoe").exists()


def test_the_page_is_kept_nowhere_and_tells_no_other_site(client: Client, invitation: Invitation) -> None:
    answer = client.get(link_of(invitation))

    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "same-origin"


# By e-mail


@pytest.fixture
def mail_is_on(settings: Any) -> None:
    settings.MAIL_IS_ON, settings.SITE_ADDRESS = True, "https://desk.example.org"
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@pytest.mark.usefixtures("mail_is_on")
def test_an_address_gets_the_link_where_there_is_a_mail_server(
    client: Client, erin: Membership, people: str, mailoutbox: list[Any]
) -> None:
    client.force_login(erin.person)
    page = make(client, people, invited="nina@paper.example").content.decode()

    (mail,) = mailoutbox
    link = re.search(r"https://desk\.example\.org/join/night-desk/[\w-]{43}/", mail.body)
    assert link
    assert (mail.to, mail.subject) == (["nina@paper.example"], "Erin invites you to Night desk")
    assert link[0] in page
    assert "It was also sent to nina@paper.example." in page


@pytest.mark.usefixtures("mail_is_on")
def test_a_name_and_a_repeated_request_get_no_mail(
    client: Client, erin: Membership, people: str, mailoutbox: list[Any]
) -> None:
    client.force_login(erin.person)
    make(client, people, invited="Nina Falk")
    told = {"invited": "nina@paper.example", "request_id": uuid4()}
    for _ in range(2):
        make(client, people, None, **told)

    assert len(mailoutbox) == 1


def test_without_a_mail_server_nothing_is_sent(
    client: Client, erin: Membership, people: str, mailoutbox: list[Any]
) -> None:
    client.force_login(erin.person)
    page = make(client, people, invited="nina@paper.example").content.decode()

    assert mailoutbox == []
    assert "sent to" not in page


@pytest.mark.usefixtures("mail_is_on")
def test_a_mail_that_is_not_taken_is_said_and_the_link_is_there(
    client: Client, erin: Membership, people: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    client.force_login(erin.person)

    page = make(client, people, invited="nina@paper.example").content.decode()

    assert "The mail server did not take it." in page
    assert "/join/night-desk/" in page
    assert Invitation.objects.open().count() == 1


@pytest.mark.usefixtures("mail_is_on")
def test_an_address_that_no_mail_can_have_is_said_likewise(client: Client, erin: Membership, people: str) -> None:
    client.force_login(erin.person)

    page = make(client, people, invited=UNSENDABLE).content.decode()

    assert "The mail server did not take it." in page
    assert Invitation.objects.open().count() == 1
