from uuid import uuid4

import pytest
from django.urls import reverse

from articles import actions
from articles.models import Membership, Role
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(desk):
    return reverse("articles:member-list", args=[desk.slug])


def test_everyone_with_their_role(client, rita, people):
    client.force_login(rita.person)
    page = client.get(people).content.decode()

    for words in ("Alice", "Bob", "Erin", "Rita", "Administrator", "(you)"):
        assert words in page
    assert "Add a person" not in page


@pytest.mark.parametrize("typed", ["nils", "NILS", "nils@desk.example"])
def test_an_administrator_adds_someone_who_has_an_account(client, erin, people, typed):
    nils = make_person("nils")
    client.force_login(erin.person)
    response = client.post(people, {"person": typed, "role": "editor", "request_id": uuid4()})

    assert response["Location"] == people
    assert Membership.objects.get(person=nils).role == Role.EDITOR


def test_with_htmx_the_list_and_the_message_come_back(client, erin, people):
    make_person("nils")
    client.force_login(erin.person)
    page = client.post(people, {"person": "nils", "role": "reader"}, headers={"HX-Request": "true"}).content.decode()

    assert page.lstrip().startswith('<div id="people" ')
    assert "Nils is on the desk as reader." in page


@pytest.mark.parametrize(
    ("typed", "words"), [("nobody", "No one signs in as “nobody”"), ("bob", "Bob is already on this desk.")]
)
def test_who_cannot_be_added_is_said_beside_the_field(client, erin, people, typed, words):
    client.force_login(erin.person)
    response = client.post(people, {"person": typed, "role": "reader"})

    assert response.status_code == 422
    assert words in response.context["add_form"].errors["person"][0]


def test_a_person_who_left_is_named_and_can_come_back(client, erin, bob, people):
    actions.desks.remove_member(by=erin, membership=bob)
    client.force_login(erin.person)

    assert "Left the desk" in client.get(people).content.decode()
    client.post(people, {"person": "bob", "role": "reader"})
    assert Membership.objects.current().get(person=bob.person).role == Role.READER


def test_a_repeated_request_adds_once(client, erin, people):
    make_person("nils")
    client.force_login(erin.person)
    told = {"person": "nils", "role": "reader", "request_id": uuid4()}

    answers = [client.post(people, told).status_code for _ in range(2)]

    assert answers == [302, 302]
