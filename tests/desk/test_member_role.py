from uuid import uuid4

import pytest
from django.urls import reverse

from articles import actions
from articles.models import Role
from tests.factories import fresh, make_member

pytestmark = pytest.mark.django_db


def address(member, name="role"):
    return reverse(f"articles:member-{name}", args=[member.desk.slug, member.pk])


def test_a_role_is_changed(client, erin, bob):
    client.force_login(erin.person)
    response = client.post(address(bob), {"role": "editor", "revision": bob.revision, "request_id": uuid4()})

    assert response.status_code == 302
    assert fresh(bob).role == Role.EDITOR


def test_someone_else_was_faster(client, erin, bob):
    other = make_member("carol", by=erin, role=Role.ADMINISTRATOR)
    actions.desks.change_role(by=other, membership=bob, revision=bob.revision, role=Role.READER)
    client.force_login(erin.person)
    response = client.post(address(bob), {"role": "editor", "revision": bob.revision})

    assert response.status_code == 409
    assert "Carol was faster" in response.content.decode()
    assert fresh(bob).role == Role.READER


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_last_administrator_stays_one(client, erin, headers):
    client.force_login(erin.person)
    told = {"role": "editor", "revision": erin.revision}
    response = client.post(address(erin), told, headers=headers)

    assert response.status_code == 422
    assert "A desk keeps at least one administrator." in response.content.decode()


def test_an_unknown_role_is_refused(client, erin, bob):
    client.force_login(erin.person)

    assert client.post(address(bob), {"role": "owner", "revision": bob.revision}).status_code == 422


def test_a_member_is_removed_and_stays_in_the_records(client, erin, bob):
    client.force_login(erin.person)
    response = client.post(address(bob, "remove"), {"request_id": uuid4()})

    assert response.status_code == 302
    assert fresh(bob).ended_at is not None


def test_removing_twice_says_so(client, erin, bob):
    client.force_login(erin.person)
    client.post(address(bob, "remove"))

    assert client.post(address(bob, "remove")).status_code == 422


def test_no_one_removes_themselves(client, erin):
    client.force_login(erin.person)

    assert client.post(address(erin, "remove")).status_code == 422


@pytest.mark.parametrize("name", ["role", "remove"])
def test_they_are_only_posted(client, erin, bob, name):
    client.force_login(erin.person)

    assert client.get(address(bob, name)).status_code == 405
