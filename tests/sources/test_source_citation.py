import json

import pytest
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


@pytest.mark.parametrize(
    ("terms", "title"), [("background", "A source on background"), ("off_record", "A source off the record")]
)
def test_a_file_names_nobody_who_must_not_be_named(
    browser_of_rita: Client, alice: Membership, terms: str, title: str
) -> None:
    told = {"author": "Jonas Ek", "archive": "Box 7", "note": "Works at the lock.", "url": "https://ek.example/"}
    source = make_source(by=alice, title="Jonas Ek on the lock", kind="interview", terms=terms, **told)

    answer = browser_of_rita.get(address("source-citation", source))
    page = browser_of_rita.get(address("source", source))

    (item,) = json.loads(answer.content)
    said = source.get_terms_display()
    assert item == {"id": str(source.pk), "type": "interview", "title": title, "note": said}
    assert "ek" not in answer.headers["Content-Disposition"]
    assert f"{said}: the file names nobody." in page.text


def test_the_page_has_it_in_words(browser_of_rita: Client, alice: Membership) -> None:
    source = make_source(
        by=alice, title="A call", kind="personal_communication", author="Jonas Ek", reached="phone", terms="off_record"
    )

    page = browser_of_rita.get(address("source", source)).text

    assert "Jonas Ek. A call [personal communication]. By phone, off the record." in page
