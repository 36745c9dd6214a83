import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import actions
from articles.models import Aside
from tests.factories import make_claim, make_version
from tests.workbench.conftest import BOATS

URL = "/d/night-desk/claims/suggest/"


@pytest.fixture
def found(signed_in, version):
    def words(q="", **data):
        html = signed_in.get(URL, {"q": q, "article": version.article_id} | data).content.decode()
        return [part.split('"')[0] for part in html.split('data-label="')[1:]]

    return words


def test_claims_are_found_by_the_beginnings_of_words(found, alice, version):
    make_claim(by=alice, version=version, quote=BOATS)

    assert found("boa 40") == [BOATS]
    assert found("boats 41") == []


def test_those_of_the_story_come_first(found, alice, version, story):
    same_story = make_version(by=alice, text="Head\n\nMany boats were lost", story=story)
    elsewhere = make_version(by=alice, text="Head\n\nNo boats were seen")
    make_claim(by=alice, version=same_story, quote="Many boats were lost")
    make_claim(by=alice, version=elsewhere, quote="No boats were seen")

    assert found("boats") == ["Many boats were lost", "No boats were seen"]


def test_before_anything_is_typed_the_likest_of_the_story_comes_first(found, alice, version):
    make_claim(by=alice, version=version, quote=BOATS)
    make_claim(by=alice, version=version, quote="Three people were hurt")

    assert found(quote="more than 40 boats have sunk")[0] == BOATS
    assert found(quote="two people were injured")[0] == "Three people were hurt"


def test_nothing_found_says_what_to_do_instead(signed_in, version):
    assert "Mark the words as a new one" in signed_in.get(URL, {"q": "unheard of"}).content.decode()


@pytest.mark.parametrize("data", [{}, {"q": "' & !"}, {"article": "no id", "q": "boats"}, {"q": "a\x00b"}])
def test_whatever_is_typed_is_only_words(signed_in, data):
    assert signed_in.get(URL, data).status_code == 200


def test_an_article_that_is_not_there(signed_in):
    assert signed_in.get(URL, {"article": "01a20000-0000-7000-8000-000000000000"}).status_code == 404


def test_more_claims_take_no_more_queries(found, alice, version):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            found("boats")
        return len(captured)

    make_claim(by=alice, version=version, quote=BOATS)
    few = queries()
    for _ in range(5):
        make_claim(by=alice, version=version, quote=BOATS)

    assert queries() == few


def test_post_is_the_wrong_method(signed_in):
    assert signed_in.post(URL).status_code == 405


def test_what_another_can_be_a_duplicate_of(signed_in, alice):
    original, other = make_claim(by=alice, text="The ferry capsized."), make_claim(by=alice, text="A ferry sank.")
    copy = make_claim(by=alice, text="The ferry went down.")
    actions.claims.set_aside(by=alice, claim=copy, aside=Aside.DUPLICATE, duplicate_of=original)

    html = signed_in.get(URL, {"duplicate_of": "ferry", "apart": str(other.pk)}).content.decode()

    assert [part.split('"')[0] for part in html.split('data-value="')[1:]] == [str(original.pk)]
    assert "No claim has these words." in signed_in.get(URL, {"duplicate_of": "zeppelin"}).content.decode()
