import uuid

import pytest

from articles.models import Claim, Highlight, Status
from tests.factories import fresh, make_claim, make_version
from tests.workbench.conftest import BOATS, span

HURT = "Three people were hurt"


@pytest.fixture
def claim(alice, version):
    return make_claim(by=alice, version=version, quote=BOATS)


def test_words_are_one_more_place_of_a_claim(send, version, claim):
    answer = send("add-to-claim/", span(version, HURT, claim=claim.pk))

    assert answer.status_code == 200
    assert set(claim.highlights.values_list("quote", flat=True)) == {BOATS, HURT}
    assert Claim.objects.count() == 1
    assert answer.content.decode().count("data-o=") == 2


def test_an_approved_claim_is_reopened_and_redrawn_where_it_stands(send, version, alice, bob):
    claim = make_claim(by=alice, status=Status.APPROVED, version=version, quote=BOATS, reviewer=bob)

    html = send("add-to-claim/", span(version, HURT, claim=claim.pk)).content.decode()

    assert fresh(claim).status == Status.REOPENED
    assert html.count('<mark data-status="reopened"') == 2


def test_a_claim_of_another_article(send, version, alice):
    claim = make_claim(by=alice, version=make_version(by=alice))

    answer = send("add-to-claim/", span(version, claim=claim.pk), plain=True)

    assert answer.status_code == 302
    assert claim.highlights.filter(version=version).exists()


@pytest.mark.parametrize("chosen", ["", "40 boats"])
def test_a_claim_must_be_chosen(send, version, chosen):
    answer = send("add-to-claim/", span(version, claim=chosen))

    assert answer.status_code == 422
    assert "Choose a claim from the list" in answer.content.decode()


def test_a_claim_that_is_not_there(send, version):
    assert send("add-to-claim/", span(version, claim=uuid.uuid4())).status_code == 404


def test_another_version_than_the_newest_is_a_conflict(send, version, claim):
    assert send("add-to-claim/", span(version, claim=claim.pk) | {"version": uuid.uuid4()}).status_code == 409


def test_a_repeated_request_adds_once(send, version, claim):
    wanted = span(version, HURT, claim=claim.pk, request_id=uuid.uuid4())

    assert [send("add-to-claim/", wanted).status_code for _ in range(2)] == [200, 200]
    assert Highlight.objects.count() == 2


def test_get_is_the_wrong_method(signed_in, url):
    assert signed_in.get(f"{url}add-to-claim/").status_code == 405
