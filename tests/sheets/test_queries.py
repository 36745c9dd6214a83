import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Status
from tests.factories import fresh, make_article, make_claim, make_evidence, make_highlight
from tests.sheets.conftest import sign_off

pytestmark = pytest.mark.django_db


def fill(cast, sheet, number):
    """More claims of every kind, each in two articles and with more evidence, and more sheets."""
    version = sheet.article.versions.get()
    for _ in range(number):
        approved = make_claim(by=cast.alice, status=Status.APPROVED, version=version, reviewer=cast.bob)
        make_evidence(by=cast.alice, claim=make_claim(by=cast.bob, version=version))
        other = make_article(by=cast.alice).versions.get()
        make_highlight(by=cast.alice, version=other, claim=fresh(approved))
        make_claim(by=cast.alice, status=Status.APPROVED, version=version, reviewer=cast.bob)


@pytest.mark.parametrize("name", ["sheet-list", "sheet", "edition"])
def test_more_claims_cost_no_more_queries(client, cast, sheet, name):
    def count():
        arguments = {"sheet-list": [], "sheet": [sheet.pk], "edition": [sheet.pk, sheet.editions.count()]}[name]
        url = reverse(f"articles:{name}", args=[sheet.desk.slug, *arguments])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    client.force_login(cast.erin.person)
    fill(cast, sheet, 1)
    sign_off(cast.erin, sheet)
    sign_off_again(cast, sheet)
    few = count()
    fill(cast, sheet, 10)
    sign_off_again(cast, sheet)

    assert count() == few


def sign_off_again(cast, sheet):
    fill(cast, sheet, 1)
    sign_off(cast.erin, sheet, reason="More claims are checked.")
