import pytest
from django.urls import reverse

from articles import actions
from tests.factories import make_desk, make_member, make_person

pytestmark = pytest.mark.django_db


def test_with_one_desk_it_leads_there(client, alice):
    client.force_login(alice.person)

    assert client.get("/")["Location"] == reverse("articles:desk", args=[alice.desk.slug])


def test_with_several_it_lists_them(client, alice, rita):
    other = make_desk(slug="foreign", name="Foreign desk")
    client.force_login(alice.person)
    page = client.get("/").content.decode()

    assert other.desk.get_absolute_url() in page
    assert alice.desk.get_absolute_url() in page


def test_with_none_it_says_what_to_do(client, db):
    client.force_login(make_person("nils"))
    page = client.get("/").content.decode()

    assert "You are not on a desk yet" in page
    assert "--administrator nils" in page


def test_a_desk_that_was_left_is_not_listed(client, erin):
    nils = make_member("nils", by=erin)
    actions.desks.remove_member(by=erin, membership=nils)
    client.force_login(nils.person)

    assert "You are not on a desk yet" in client.get("/").content.decode()
