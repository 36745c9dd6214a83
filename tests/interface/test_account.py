import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Person

pytestmark = pytest.mark.django_db
PASSWORD = "a bridge in the morning"


@pytest.fixture
def alice() -> Person:
    return Person.objects.create_user("alice", password=PASSWORD, name="Alice")


def test_sign_in_leads_on(client: Client, alice: Person) -> None:
    response = client.post(reverse("account_login"), {"login": "alice", "password": PASSWORD})

    assert response.status_code == 302
    assert response.headers["Location"] == "/"


def test_sign_in_asks_in_plain_words(client: Client) -> None:
    html = client.get(reverse("account_login")).text

    assert "User name or e-mail" in html
    assert 'autocomplete="current-password"' in html
    assert 'placeholder="Password"' not in html


def test_a_wrong_password_is_said_without_saying_who_exists(client: Client, alice: Person) -> None:
    known = client.post(reverse("account_login"), {"login": "alice", "password": "wrong"}).text
    unknown = client.post(reverse("account_login"), {"login": "nobody", "password": "wrong"}).text

    said = '<p class="form-errors" role="alert">'
    assert f"{said}No account has this name and this password." in known
    assert known.split(said)[1].split("</p>")[0] == unknown.split(said)[1].split("</p>")[0]


def test_a_missing_password_is_said_beside_its_field(client: Client) -> None:
    html = client.post(reverse("account_login"), {"login": "alice", "password": ""}).text

    assert '<ul class="field-errors" id="id_password_error">' in html


@pytest.mark.parametrize("name", ["account_change_password", "account_logout", "account_reauthenticate"])
def test_a_page_of_ones_own_account_names_its_next_step(client: Client, alice: Person, name: str) -> None:
    client.force_login(alice)

    html = client.get(reverse(name)).text

    assert '<form class="form" method="post"' in html
    assert 'class="primary"' in html


def test_a_password_that_is_too_short_is_said_beside_its_field(client: Client, alice: Person) -> None:
    client.force_login(alice)

    data = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    html = client.post(reverse("account_change_password"), data).text

    assert 'href="#id_password1"' in html
    assert "field-errors" in html
