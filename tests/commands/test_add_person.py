import re

import pytest
from django.core.management import CommandError

from articles import actions, history
from articles.models import Membership, Person, Role
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_an_account_with_a_password_that_works(run, client):
    said = run("add_person", "nils", "--name", "Nils Å", "--email", "nils@paper.example")

    password = re.search(r"shown only now: (\S+)\n", said)
    assert password
    assert client.login(username="nils", password=password[1])
    assert str(Person.objects.get(username="nils")) == "Nils Å"


def test_with_a_desk_the_person_is_on_it(run, desk):
    said = run("add_person", "nils", "--desk", "night-desk", "--role", "editor")

    assert "nils is on Night desk as editor." in said
    assert Membership.objects.get(person__username="nils").role == Role.EDITOR
    history.verify(desk)


def test_who_has_an_account_is_only_taken_onto_the_desk(run, desk):
    make_person("nils")
    said = run("add_person", "nils", "--desk", "night-desk")

    assert "password" not in said
    assert Membership.objects.get(person__username="nils").role == Role.REVIEWER


def test_who_left_comes_back(run, erin, bob):
    actions.desks.remove_member(by=erin, membership=bob)
    run("add_person", "bob", "--desk", "night-desk", "--role", "reader")

    assert Membership.objects.current().get(person=bob.person).role == Role.READER


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["alice"], "“alice” has an account already."),
        (["alice", "--desk", "night-desk"], "Alice is already on this desk."),
        (["nils", "--desk", "nowhere"], "There is no desk with the slug “nowhere”."),
        (["not a name"], "Enter a valid username"),
        (["nils", "--email", "nobody"], "Enter a valid email address."),
        (["nils", "--email", "ALICE@desk.example"], "Someone else signs in with ALICE@desk.example."),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_made(run, cast, arguments, words):
    with pytest.raises(CommandError, match=words):
        run("add_person", *arguments)

    assert not Person.objects.filter(username="nils").exists()
