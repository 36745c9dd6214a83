import pytest
from django.test import Client

from articles import actions
from articles.models import Claim, Membership, Status
from tests.claims.asking import page_of
from tests.factories import QUOTE, make_article, make_claim, make_evidence, make_highlight, make_verdict
from tests.invariants.attacks import tell


def test_it_works(browser_of_alice: Client, claim: Claim, bob: Membership) -> None:
    other = make_article(by=bob, outlet="Harbour News", text="Closed\n\nOn Tuesday three people were hurt there.")
    make_highlight(by=bob, version=other.versions.get(), claim=claim)
    make_evidence(by=bob, claim=claim, quote="Three injured.", locator="p. 4")

    answer = browser_of_alice.get(page_of(claim))

    assert answer.status_code == 200
    for words in (QUOTE, "Orm Valley Courier", "Harbour News", "¶ 1", "Three injured.", "p. 4", "checking"):
        assert words in answer.text
    assert answer.text.count("<h1") == 1


def test_each_place_leads_into_its_article(browser_of_alice: Client, claim: Claim) -> None:
    article = claim.highlights.get().version.article

    answer = browser_of_alice.get(page_of(claim))

    assert f'/articles/{article.pk}/?claim={claim.pk}"' in answer.text


def test_a_reader_sees_all_and_can_change_nothing(browser_of_rita: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.IN_REVIEW)

    answer = browser_of_rita.get(page_of(claim))

    panel = answer.text.partition('id="claim-panel"')[2].partition("</main>")[0]
    assert QUOTE in panel
    assert "The log says so." in panel
    assert "<form" not in panel
    assert "<button" not in panel


@pytest.mark.parametrize(
    ("status", "sentences"),
    [
        (Status.OPEN, ["Start checking", "Set aside…", "Give verdict"]),
        (Status.CHECKING, ["You are checking this claim.", "Give verdict"]),
        (Status.IN_REVIEW, ["Someone else has to agree with it.", "Take it back"]),
        (Status.RETURNED, ["Returned by Bob", "Ask the hospital, too.", "Last verdict", "Give verdict"]),
        (Status.APPROVED, ["Agreed by Bob", "Reopen the claim to give another.", "Reopen…"]),
        (Status.REOPENED, ["The hospital has published other numbers.", "Give verdict"]),
        (Status.SET_ASIDE, ["It is an opinion.", "Resume it to give a verdict.", "Resume"]),
    ],
)
def test_what_can_be_done_now_and_why_not_the_rest(
    browser_of_alice: Client, alice: Membership, status: Status, sentences: list[str]
) -> None:
    answer = browser_of_alice.get(page_of(make_claim(by=alice, status=status)))

    for sentence in sentences:
        assert sentence in answer.text


def test_a_second_person_is_led_to_the_review(browser_of_bob: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.IN_REVIEW)

    answer = browser_of_bob.get(page_of(claim))

    assert "Review this verdict" in answer.text
    assert "Only Alice can take it back." in answer.text


def test_the_author_of_a_returned_verdict_mends_it(browser_of_alice: Client, alice: Membership) -> None:
    answer = browser_of_alice.get(page_of(make_claim(by=alice, status=Status.RETURNED)))

    assert answer.context["verdict_form"]["rationale"].value() == "The log says so."


def test_the_verdict_comes_first_and_earlier_ones_beside_it(
    browser_of_alice: Client, alice: Membership, bob: Membership
) -> None:
    claim = make_claim(by=alice, status=Status.RETURNED)
    make_verdict(by=bob, claim=claim, rationale="The hospital confirms it.")

    panel, _, aside = browser_of_alice.get(page_of(claim)).text.partition("Earlier verdicts")

    assert "The hospital confirms it." in panel
    assert "The log says so." in aside
    assert "The hospital confirms it." not in aside


def test_the_only_verdict_is_not_said_twice(browser_of_bob: Client, alice: Membership) -> None:
    answer = browser_of_bob.get(page_of(make_claim(by=alice, status=Status.APPROVED)))

    assert answer.text.count("The log says so.") == 1
    assert "Earlier verdicts" not in answer.text


def test_a_claim_in_no_article_says_so(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    actions.highlights.remove(by=alice, highlight=claim.highlights.get())

    assert "In no article now" in browser_of_alice.get(page_of(claim)).text


def test_the_ratings_are_those_of_the_desk(browser_of_alice: Client, claim: Claim) -> None:
    desk = claim.desk
    desk.scale_code = "checking-desk"
    desk.save(update_fields=["scale_code"])
    tell(Membership.objects.get(desk=desk, person=claim.made_by), desk.pk, kind="desk")

    answer = browser_of_alice.get(page_of(claim))

    assert "Could not verify" in answer.text
    assert "Conflicting evidence" not in answer.text


def test_post_is_the_wrong_method(browser_of_alice: Client, claim: Claim) -> None:
    assert browser_of_alice.post(page_of(claim)).status_code == 405
