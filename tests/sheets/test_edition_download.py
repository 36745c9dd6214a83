import hashlib

import pytest
from django.urls import reverse

from articles import actions
from articles.models import Status
from tests.factories import BODY, make_article, make_claim
from tests.sheets.conftest import sign_off

pytestmark = pytest.mark.django_db


def address(edition, suffix="json", number=1):
    return reverse("articles:edition-download", args=[edition.desk.slug, edition.sheet_id, number, suffix])


def test_the_json_file(client, rita, edition):
    client.force_login(rita.person)
    response = client.get(address(edition))

    assert response.status_code == 200
    assert response.content == edition.content.encode()
    assert hashlib.sha256(response.content).hexdigest() == edition.digest
    assert response["Content-Type"] == "application/json"


def test_the_csv_file(client, rita, edition):
    client.force_login(rita.person)
    response = client.get(address(edition, "csv"))

    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response.content == bytes(edition.files.get(format="csv").content)


def test_it_is_a_file_and_never_a_page(client, rita, edition):
    client.force_login(rita.person)
    response = client.get(address(edition, "csv"))

    disposition = response["Content-Disposition"]
    assert disposition.startswith('attachment; filename="bridge-over-the-orm-closed-report-')
    assert disposition.endswith('-edition-1.csv"')
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"


def test_who_has_it_already_gets_no_second_copy(client, rita, edition):
    client.force_login(rita.person)
    etag = client.get(address(edition))["ETag"]

    response = client.get(address(edition), headers={"If-None-Match": etag})

    assert etag == f'"{edition.digest}"'
    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize(("suffix", "number"), [("pdf", 1), ("csv", 2), ("csv", 10**30)])
def test_there_are_no_other_files(client, rita, edition, suffix, number):
    client.force_login(rita.person)

    assert client.get(address(edition, suffix, number)).status_code == 404


def test_the_edition_of_another_sheet_is_not_found(client, alice, edition):
    client.force_login(alice.person)
    other = make_article(by=alice)
    response = client.post(reverse("articles:article-sheet", args=[edition.desk.slug, other.pk]))

    assert client.get(f"{response['Location']}editions/1/download/csv/").status_code == 404


def test_a_headline_without_latin_letters_names_the_file_too(client, erin, alice, bob):
    version = make_article(by=alice, headline="انهيار الجسر", text=f"انهيار الجسر\n\n{BODY}").versions.get()
    make_claim(by=alice, status=Status.APPROVED, version=version, reviewer=bob)
    edition = sign_off(erin, actions.sheets.open_sheet(by=alice, article=version.article))
    client.force_login(erin.person)

    disposition = client.get(address(edition))["Content-Disposition"]

    assert disposition.startswith("attachment; filename*=utf-8''")
