import json

from django.test import Client

from articles.models import Membership
from tests.claims.asking import address
from tests.factories import make_source


def test_a_citation_manager_gets_the_source(browser_of_rita: Client, alice: Membership) -> None:
    source = make_source(
        by=alice,
        title="Cracks: a “report”",
        kind="report",
        author="Falk, Ida",
        publisher="Orm Institute",
        published="2026-03",
    )

    answer = browser_of_rita.get(address("source-citation", source))

    (item,) = json.loads(answer.content)
    assert answer.headers["Content-Type"].startswith("application/vnd.citationstyles.csl+json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cracks-a-report.json"'
    assert item == {
        "id": str(source.pk),
        "type": "report",
        "title": "Cracks: a “report”",
        "author": [{"family": "Falk", "given": "Ida"}],
        "publisher": "Orm Institute",
        "issued": {"date-parts": [[2026, 3]]},
    }


def test_the_page_has_it_in_words(browser_of_rita: Client, alice: Membership) -> None:
    source = make_source(
        by=alice, title="A call", kind="personal_communication", author="Jonas Ek", reached="phone", terms="off_record"
    )

    page = browser_of_rita.get(address("source", source)).text

    assert "Jonas Ek. A call [personal communication]. By phone, off the record." in page
