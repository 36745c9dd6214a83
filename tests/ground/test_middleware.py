import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.urls import Resolver404, include, path, resolve
from django.views.decorators.http import require_POST

from factcheck.urls import urlpatterns as product_urls
from tests.factories import make_person

urlpatterns = [
    path("tests/form/", require_POST(lambda request: HttpResponse("done"))),
    path("tests/closed/", lambda request: HttpResponse("secret"), name="closed"),
    path("", include(product_urls)),
]

pytestmark = pytest.mark.urls(__name__)


def _lost():
    raise OperationalError("gone")


def test_a_signed_out_person_is_sent_to_sign_in(client, db):
    response = client.get("/tests/closed/?page=2")

    assert response.status_code == 302
    assert response.headers["Location"] == "/accounts/login/?next=/tests/closed/%3Fpage%3D2"


def test_a_signed_out_htmx_request_moves_the_whole_page(client, db):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/d/demo/?tab=mine"}

    response = client.get("/tests/closed/", headers=headers)

    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=/d/demo/%3Ftab%3Dmine"
    assert b"secret" not in response.content


def test_a_signed_out_change_by_htmx_is_no_success(client, db):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/d/demo/?tab=mine"}

    response = client.post("/tests/closed/", headers=headers)

    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=/d/demo/%3Ftab%3Dmine"


def test_a_signed_out_form_leads_back_to_its_page(client, db):
    response = client.post("/tests/closed/", headers={"Referer": "http://testserver/d/demo/claims/?q=dam"})

    assert response.status_code == 302
    assert response.headers["Location"] == "/accounts/login/?next=/d/demo/claims/%3Fq%3Ddam"


@pytest.mark.parametrize("referer", ["https://elsewhere.example/trap", "", "//elsewhere.example"])
def test_a_form_of_no_known_page_leads_to_the_desk(client, db, referer):
    response = client.post("/tests/closed/", headers={"Referer": referer})

    assert response.headers["Location"] == "/accounts/login/?next=/"


def test_the_address_of_a_form_says_that_it_is_no_page(client, db):
    client.force_login(make_person("alice"))

    response = client.get("/tests/form/")

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "This address is no page" in response.content.decode()


def test_a_program_gets_no_page_for_the_wrong_method(client, db):
    client.force_login(make_person("alice"))

    response = client.delete("/tests/form/")

    assert (response.status_code, response.content) == (405, b"")


def test_another_sites_address_is_not_the_next_page(client, db):
    headers = {"HX-Request": "true", "HX-Current-URL": "https://elsewhere.example/trap"}

    response = client.get("/tests/closed/", headers=headers)

    assert response.headers["HX-Redirect"] == "/accounts/login/?next=/"


@pytest.mark.parametrize("door", ["signup", "password/reset", "email", "login/code", "3rdparty"])
def test_there_is_no_other_way_in(door):
    with pytest.raises(Resolver404):
        resolve(f"/accounts/{door}/")


def test_pages_carry_a_strict_policy(client, db):
    policy = client.get("/tests/closed/").headers["Content-Security-Policy"]

    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert "unsafe" not in policy


def test_health_is_asked_without_signing_in_or_a_known_name(client, db, settings):
    settings.ALLOWED_HOSTS = ["desk.example.org"]
    settings.SECURE_SSL_REDIRECT = True

    response = client.get("/healthz", headers={"Host": "10.0.0.7:8000"})

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_health_tells_of_a_lost_database(client, db, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", _lost)
        response = client.get("/healthz")

    assert response.status_code == 503
    assert b"gone" not in response.content
