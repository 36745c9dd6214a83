from django.test import Client

from articles.models import Claim, Membership
from tests.claims.asking import HTMX, address, is_panel
from tests.factories import make_highlight


def test_it_works(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.get(address("claim-panel", claim), headers=HTMX)

    assert answer.status_code == 200
    assert is_panel(answer)
    assert f'data-claim="{claim.pk}"' in answer.text


def test_beside_an_article_it_has_its_number_there(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    version = claim.highlights.get().version
    make_highlight(by=alice, version=version, quote="The bridge over the Orm")
    back = f"{address('workbench', version.article)}?claim={claim.pk}"

    answer = browser_of_alice.get(address("claim-panel", claim), {"next": back})

    numbered = answer.context["numbered"]
    assert (numbered.number, numbered.total) == (2, 2)
    assert answer.text.count(f'name="next" value="{back}"') > 3


def test_elsewhere_it_has_none(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.get(address("claim-panel", claim), {"next": "https://evil.example/"})

    assert answer.context["numbered"] is None
    assert "evil.example" not in answer.text


def test_post_is_the_wrong_method(browser_of_alice: Client, claim: Claim) -> None:
    assert browser_of_alice.post(address("claim-panel", claim)).status_code == 405
