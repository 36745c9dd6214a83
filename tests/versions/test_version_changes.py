import pytest
from django.test import Client

from articles import actions
from articles.models import Carry, Claim, Membership
from tests.factories import fresh, make_highlight, make_passage, take_version
from tests.versions.conftest import changes_of


def test_what_waits_is_shown_with_what_changed(signed_in: Client, carry: Carry, claim: Claim) -> None:
    answer = signed_in.get(changes_of(carry))

    (question,) = answer.context["changes"].waiting
    assert (question.old.words, question.places[0].words) == ("three people were hurt", "four people were hurt")
    assert question.meanings == [("number", "three", "four", False)]
    assert [one.pk for one in answer.context["changes"].again] == [claim.pk]
    assert "1 highlight waits for you" in answer.text
    assert fresh(claim).status_reason in answer.context["changes"].again[0].status_reason
    assert "<ins>four</ins>" in answer.text


def test_what_went_on_by_itself_is_counted(signed_in: Client, carry: Carry, alice: Membership) -> None:
    make_highlight(by=alice, version=carry.version, quote="the mayor said")
    version = take_version(carry.version.article, f"{carry.version.text} It opens on Friday.", by=alice)

    answer = signed_in.get(changes_of(carry).replace("/2/", f"/{version.number}/"))

    assert answer.context["changes"].carried == 1
    assert "1 went on by itself" in answer.text


def test_a_passage_shows_the_claims_that_rest_on_it(signed_in: Client, claim: Claim, alice: Membership) -> None:
    other = make_passage(by=alice, claim=claim).highlight
    assert other
    version = take_version(other.version.article, other.version.text.replace("three", "ten"), by=alice)

    answer = signed_in.get(changes_of(version.carries.get()))

    (question,) = answer.context["changes"].waiting
    assert [one.pk for one in question.claims] == [claim.pk]


def test_a_reader_decides_nothing(client: Client, carry: Carry, rita: Membership) -> None:
    client.force_login(rita.person)

    answer = client.get(changes_of(carry))

    assert answer.status_code == 200
    assert "Carry it there" not in answer.text


def test_an_overtaken_version_leads_to_the_newest(signed_in: Client, carry: Carry, alice: Membership) -> None:
    take_version(carry.version.article, carry.version.text.replace("four", "five"), by=alice)

    answer = signed_in.get(changes_of(carry))

    assert "Version 3 was taken since." in answer.text
    assert "What waited here is asked of a later version" in answer.text
    assert "0 went on by themselves, word for word; 1 overtaken" in answer.text
    assert "Carry it there" not in answer.text


def test_what_was_decided_can_be_taken_back(signed_in: Client, carry: Carry, alice: Membership) -> None:
    actions.carrying.orphan(by=alice, carry=carry, revision=1)

    answer = signed_in.get(changes_of(carry))

    assert [row.carry.pk for row in answer.context["changes"].decided] == [carry.pk]
    assert "Take back" in answer.text


@pytest.mark.parametrize("number", [0, 1, 3, 10**12])
def test_a_version_without_one_before_it(number: int, signed_in: Client, carry: Carry) -> None:
    assert signed_in.get(changes_of(carry).replace("/2/", f"/{number}/")).status_code == 404


def test_post_is_the_wrong_method(signed_in: Client, carry: Carry) -> None:
    assert signed_in.post(changes_of(carry)).status_code == 405
