from uuid import uuid4

import pytest
from django.test import Client

from articles import actions
from articles.actions.evidence import Statement
from articles.models import AuditEvent, Claim, Evidence, Membership
from tests.claims.asking import HTMX, address, is_panel, page_of, stated
from tests.factories import fresh, make_evidence, make_passage


@pytest.fixture
def evidence(alice: Membership, claim: Claim) -> Evidence:
    return make_evidence(by=alice, claim=claim, quote="Three injured.", locator="p. 4")


def test_it_works(browser_of_alice: Client, claim: Claim, evidence: Evidence) -> None:
    sent = stated(evidence, stance="context", quote="Three lightly injured.", note="Of two logs.")

    answer = browser_of_alice.post(address("evidence-edit", evidence), sent)

    evidence = fresh(evidence)
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(claim))
    assert (evidence.stance, evidence.quote, evidence.note) == ("context", "Three lightly injured.", "Of two logs.")
    assert evidence.locator == "p. 4"


def test_the_form_takes_the_place_of_the_piece(browser_of_alice: Client, evidence: Evidence) -> None:
    answer = browser_of_alice.get(address("evidence-edit", evidence), headers=HTMX)

    assert answer.status_code == 200
    assert answer.text.strip().startswith(f'<li id="evidence-{evidence.pk}"')
    assert "Three injured." in answer.text


def test_without_htmx_the_form_stands_on_the_page(browser_of_alice: Client, evidence: Evidence) -> None:
    answer = browser_of_alice.get(address("evidence-edit", evidence))

    assert "<html" in answer.text
    assert f'action="{address("evidence-edit", evidence)}"' in answer.text


def test_htmx_gets_the_panel(browser_of_alice: Client, evidence: Evidence) -> None:
    answer = browser_of_alice.post(address("evidence-edit", evidence), stated(evidence, note="New."), headers=HTMX)

    assert is_panel(answer)
    assert "New." in answer.text
    assert f'action="{address("evidence-edit", evidence)}"' not in answer.text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser_of_alice: Client, evidence: Evidence, headers: dict[str, str]
) -> None:
    sent = stated(evidence, quote="", locator="Typed by hand")

    answer = browser_of_alice.post(address("evidence-edit", evidence), sent, headers=headers)

    assert answer.status_code == 422
    assert "Quote the words you rely on" in answer.text
    assert "Typed by hand" in answer.text
    assert fresh(evidence).quote == "Three injured."


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_who_was_slower_sees_both_texts(
    browser_of_alice: Client, evidence: Evidence, bob: Membership, headers: dict[str, str]
) -> None:
    mine = stated(evidence, quote="Alice’s words.", stance="refutes")
    theirs = Statement(stance="supports", kind="primary", quote="Bob’s words.")
    actions.evidence.edit(by=bob, evidence=evidence, revision=evidence.revision, statement=theirs)

    answer = browser_of_alice.post(address("evidence-edit", evidence), mine, headers=headers)

    assert answer.status_code == 409
    for words in ("Bob was faster", "Bob’s", "Alice’s", "Refutes", "Supports"):
        assert words in answer.text
    assert fresh(evidence).quote == "Bob’s words."


def test_a_passage_keeps_its_words(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    passage = make_passage(by=alice, claim=claim)
    sent = stated(passage, quote="Other words.", note="Seen by the author.")

    answer = browser_of_alice.post(address("evidence-edit", passage), sent)

    assert answer.status_code == 302
    assert (fresh(passage).quote, fresh(passage).note) == (passage.quote, "Seen by the author.")


def test_a_passage_keeps_its_white_space(browser_of_alice: Client, claim: Claim, alice: Membership) -> None:
    passage = make_passage(by=alice, claim=claim, quote=" three people were hurt, ")

    answer = browser_of_alice.post(address("evidence-edit", passage), stated(passage, note="Seen."))

    assert answer.status_code == 302
    assert fresh(passage).quote == " three people were hurt, "


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, evidence: Evidence) -> None:
    sent = stated(evidence, note="New.", request_id=str(uuid4()))

    answers = [browser_of_alice.post(address("evidence-edit", evidence), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(subject_id=evidence.pk, action="evidence.edited").count() == 1
