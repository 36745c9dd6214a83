import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError

from tests.doors.keys import code_of, give_app, sign_in

pytestmark = pytest.mark.django_db


def test_the_password_is_enough_again_and_every_session_has_ended(run, client, alice, bob):
    give_app(alice.person)
    give_app(bob.person)
    sign_in(client, alice.person, code=code_of())

    assert "Alice has no second factor any more." in run("reset_second_factor", "ALICE")

    assert client.get("/d/night-desk/").status_code == 302
    sign_in(client, alice.person)
    assert client.get("/d/night-desk/").status_code == 200
    assert set(Authenticator.objects.values_list("user__username", flat=True)) == {"bob"}


def test_where_there_was_none_that_is_said(run, alice):
    assert "Alice had no second factor." in run("reset_second_factor", "alice")


def test_who_is_unknown_is_said(run, db):
    with pytest.raises(CommandError, match="No one signs in as “nobody”"):
        run("reset_second_factor", "nobody")
