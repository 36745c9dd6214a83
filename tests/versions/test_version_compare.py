import pytest
from django.test import Client

from articles.models import Carry
from articles.text.differences import RowKind


@pytest.fixture
def url(carry: Carry) -> str:
    return f"/d/night-desk/articles/{carry.version.article_id}/compare/"


def test_the_newest_is_compared_with_the_one_before(signed_in: Client, url: str) -> None:
    answer = signed_in.get(url)

    compared = answer.context["compared"]
    assert (compared.old.number, compared.new.number) == (1, 2)
    assert compared.counts["changed"] == 1
    assert "<del>three</del>" in answer.text
    assert "<ins>four</ins>" in answer.text


def test_any_two_can_be(signed_in: Client, url: str) -> None:
    answer = signed_in.get(url, {"old": 2, "new": 1})

    assert "<del>four</del>" in answer.text
    assert [row.kind for part in answer.context["compared"].stretches for row in part.rows].count(RowKind.CHANGED) == 1


def test_a_version_is_the_same_as_itself(signed_in: Client, url: str) -> None:
    assert "Nothing: the two texts are the same." in signed_in.get(url, {"old": 2, "new": 2}).text


@pytest.mark.parametrize("number", [3, 10**12])
def test_a_number_that_no_version_has(number: int, signed_in: Client, url: str) -> None:
    assert signed_in.get(url, {"new": number}).status_code == 404
    assert signed_in.get(url, {"old": number}).status_code == 404


@pytest.mark.parametrize("number", ["", "two", "-1", "0"])
def test_what_is_no_number_is_left_out(number: str, signed_in: Client, url: str) -> None:
    compared = signed_in.get(url, {"old": number, "new": number}).context["compared"]

    assert (compared.old.number, compared.new.number) == (1, 2)


def test_post_is_the_wrong_method(signed_in: Client, url: str) -> None:
    assert signed_in.post(url).status_code == 405
