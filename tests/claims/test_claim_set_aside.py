from uuid import uuid4

import pytest
from django.test import Client

from articles import actions
from articles.models import Aside, AuditEvent, Claim, Membership, Status
from tests.claims.asking import HTMX, address, fired, is_panel, page_of
from tests.factories import fresh, make_claim

REASON = "The mayor has corrected her figure.\nSee the second report."


@pytest.fixture
def claim(alice: Membership) -> Claim:
    return make_claim(by=alice, status=Status.OPEN)


def test_it_works(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(
        address("claim-set-aside", claim), {"aside": "other", "reason": REASON.replace("\n", "\r\n")}
    )

    claim = fresh(claim)
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(claim))
    assert (claim.status, claim.status_reason) == (Status.SET_ASIDE, REASON)


def test_htmx_gets_the_panel_with_the_reason(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(
        address("claim-set-aside", claim), {"aside": "other", "reason": REASON}, headers=HTMX
    )

    assert is_panel(answer)
    assert "The mayor has corrected her figure." in answer.text
    assert "claim:changed" in fired(answer)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_it_needs_a_reason(browser_of_alice: Client, claim: Claim, headers: dict[str, str]) -> None:
    answer = browser_of_alice.post(
        address("claim-set-aside", claim), {"aside": "other", "reason": " "}, headers=headers
    )

    assert answer.status_code == 422
    assert "Give the reason in a few words." in answer.text
    assert is_panel(answer) is bool(headers)
    assert fresh(claim).status == Status.OPEN


def test_the_status_decides(browser_of_alice: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.SET_ASIDE)

    answer = browser_of_alice.post(
        address("claim-set-aside", claim), {"aside": "other", "reason": REASON}, headers=HTMX
    )

    assert answer.status_code == 422
    assert "This claim is already set aside." in answer.text
    assert "The mayor has corrected her figure." in answer.text


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, claim: Claim) -> None:
    sent = {"aside": "other", "reason": REASON, "request_id": str(uuid4())}

    answers = [browser_of_alice.post(address("claim-set-aside", claim), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(subject_id=claim.pk, action="claim.set_aside").count() == 1


@pytest.mark.parametrize("kind", ["opinion", "prediction", "not_checkable", "out_of_scope"])
def test_a_reason_of_the_list_needs_no_words(browser_of_alice: Client, claim: Claim, kind: str) -> None:
    browser_of_alice.post(address("claim-set-aside", claim), {"aside": kind})

    claim = fresh(claim)
    assert (claim.status, claim.aside) == (Status.SET_ASIDE, kind)
    assert claim.status_reason == f"{claim.get_aside_display()}."


def test_one_has_to_be_chosen(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("claim-set-aside", claim), {"reason": REASON}, headers=HTMX)

    assert answer.status_code == 422
    assert "Choose why it is set aside." in answer.text
    assert "The mayor has corrected her figure." in answer.text


def test_a_duplicate_leads_to_the_other_claim(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    other = make_claim(by=alice, text="Three were hurt at the bridge.")
    sent = {"aside": "duplicate", "duplicate_of": f"http://testserver{page_of(other)}"}

    answer = browser_of_alice.post(address("claim-set-aside", claim), sent, headers=HTMX)

    claim = fresh(claim)
    assert (claim.aside, claim.duplicate_of) == ("duplicate", other)
    assert claim.status_reason == "A duplicate of “Three were hurt at the bridge.”."
    assert f'href="{page_of(other)}"' in answer.text
    assert f'href="{page_of(claim)}"' in browser_of_alice.get(page_of(other)).text


def test_what_others_are_duplicates_of_is_no_duplicate_itself(
    browser_of_alice: Client, claim: Claim, alice: Membership
) -> None:
    actions.claims.set_aside(by=alice, claim=make_claim(by=alice), aside=Aside.DUPLICATE, duplicate_of=claim)
    sent = {"aside": "duplicate", "duplicate_of": str(make_claim(by=alice).pk)}

    answer = browser_of_alice.post(address("claim-set-aside", claim), sent)

    assert answer.status_code == 422
    assert "Resume them first, or set the other one aside instead." in answer.text
    assert fresh(claim).duplicate_of is None


def test_a_duplicate_is_of_another_claim_of_this_desk(
    browser_of_alice: Client, claim: Claim, alice: Membership, mallory: Membership
) -> None:
    theirs, copy = make_claim(by=mallory), make_claim(by=alice)
    actions.claims.set_aside(by=alice, claim=copy, aside=Aside.DUPLICATE, duplicate_of=make_claim(by=alice))

    for other, sentence in (
        ("", "Say of which claim it is a duplicate."),
        ("the one above", "No claim has these words."),
        (str(claim.pk), "no duplicate of itself"),
        (str(copy.pk), "itself a duplicate"),
        (str(theirs.pk), "There is no such claim on this desk."),
        (str(uuid4()), "There is no such claim on this desk."),
    ):
        sent = {"aside": "duplicate", "duplicate_of": other}
        answer = browser_of_alice.post(address("claim-set-aside", claim), sent, headers=HTMX)
        assert answer.status_code == 422
        assert sentence in answer.text
    assert fresh(claim).status == Status.OPEN


@pytest.mark.parametrize("typed", ["ferry cap", "The ferry capsized off the pier.", "THE FERRY CAPSIZED OFF THE PIER."])
def test_a_duplicate_is_found_by_words(typed: str, browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    other = make_claim(by=alice, text="The ferry capsized off the pier.")
    if typed != "ferry cap":
        make_claim(by=alice, text="The ferry capsized off the pier. It was late.")

    browser_of_alice.post(address("claim-set-aside", claim), {"aside": "duplicate", "duplicate_of": typed})

    assert fresh(claim).duplicate_of == other


def test_of_several_with_the_words_one_is_chosen(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    first, second = (make_claim(by=alice, text=f"The ferry capsized at {n}.") for n in ("noon", "night"))
    sent = {"aside": "duplicate", "duplicate_of": "ferry"}

    answer = browser_of_alice.post(address("claim-set-aside", claim), sent)

    assert answer.status_code == 422
    assert "Several claims have these words. Choose one of them." in answer.text
    for one in (first, second):
        assert f'<input type="radio" name="duplicate_choice" value="{one.pk}">' in answer.text
    browser_of_alice.post(address("claim-set-aside", claim), sent | {"duplicate_choice": str(first.pk)})
    assert fresh(claim).duplicate_of == first


def test_what_was_chosen_counts_only_with_its_words(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    """Without scripts nothing takes the choice back when other words are typed after it."""
    first, second = (make_claim(by=alice, text=f"The {what} capsized.") for what in ("ferry", "raft"))
    sent = {"aside": "duplicate", "duplicate_id": str(first.pk)}

    browser_of_alice.post(address("claim-set-aside", claim), sent | {"duplicate_of": "raft"})
    assert fresh(claim).duplicate_of == second
    browser_of_alice.post(address("claim-resume", claim))
    browser_of_alice.post(address("claim-set-aside", claim), sent | {"duplicate_of": "The ferry capsized."})
    assert fresh(claim).duplicate_of == first


def test_a_choice_among_others_is_no_choice(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    make_claim(by=alice, text="The ferry capsized at noon.")
    make_claim(by=alice, text="The ferry capsized at night.")
    stranger = make_claim(by=alice, text="It rained.")
    sent = {"aside": "duplicate", "duplicate_of": "ferry", "duplicate_choice": str(stranger.pk)}

    assert browser_of_alice.post(address("claim-set-aside", claim), sent).status_code == 422
    assert fresh(claim).status == Status.OPEN


def test_what_is_named_for_another_reason_is_not_asked_for(browser_of_alice: Client, claim: Claim) -> None:
    browser_of_alice.post(address("claim-set-aside", claim), {"aside": "opinion", "duplicate_of": "ferry"})

    assert (fresh(claim).aside, fresh(claim).duplicate_of) == ("opinion", None)


def test_what_is_resumed_has_no_reason_any_more(browser_of_alice: Client, claim: Claim) -> None:
    browser_of_alice.post(address("claim-set-aside", claim), {"aside": "opinion"})
    browser_of_alice.post(address("claim-resume", claim))

    assert (fresh(claim).aside, fresh(claim).status) == ("", Status.OPEN)


def test_get_is_the_wrong_method(browser_of_alice: Client, claim: Claim) -> None:
    assert browser_of_alice.get(address("claim-set-aside", claim)).status_code == 405
