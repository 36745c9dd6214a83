"""Words that are saved while they are typed: small answers, merged fields, and nothing unsettled unasked."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client

from articles.models import AuditEvent, Claim, Membership, Status
from tests.claims.asking import address, fired, is_panel, worded
from tests.factories import edit_claim, fresh, make_claim

TYPED_ON = {"HX-Request": "true", "HX-Target": "claim-words"}


def typed(claim: Claim, **words: object) -> dict[str, object]:
    """What the form sends by itself after these words were typed into it."""
    return worded(claim, **words) | {"base": json.dumps(fresh(claim).as_written()), "by_itself": "on"}


def test_it_works(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("claim-edit", claim), typed(claim, text="Typed."), headers=TYPED_ON)

    assert answer.status_code == 200
    assert fresh(claim).text == "Typed."
    assert "Saved <time" in answer.text
    assert f'data-revision="{fresh(claim).revision}"' in answer.text
    assert "<textarea" not in answer.text
    assert not is_panel(answer)
    assert fired(answer) == {}


def test_what_is_wrong_is_said_for_its_field(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("claim-edit", claim), typed(claim, text=" "), headers=TYPED_ON)

    assert answer.status_code == 422
    assert '<ul class="field-errors" id="claim-text_error" hx-swap-oob="true"><li>Say what is claimed' in answer.text
    assert fresh(claim).revision == claim.revision


@pytest.mark.parametrize("status", [Status.APPROVED, Status.IN_REVIEW])
def test_a_settled_claim_is_not_unsettled_by_itself(
    browser_of_alice: Client, alice: Membership, status: Status
) -> None:
    claim = make_claim(by=alice, status=status)

    unasked = browser_of_alice.post(address("claim-edit", claim), typed(claim, text="Typed."), headers=TYPED_ON)
    assert (unasked.status_code, fresh(claim).status) == (422, status)
    assert "saving reopens this claim" in unasked.text

    asked = typed(claim, text="Typed.") | {"by_itself": ""}
    answer = browser_of_alice.post(address("claim-edit", claim), asked, headers=TYPED_ON)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (200, "#claim-panel")
    assert fresh(claim).status not in (Status.APPROVED, Status.IN_REVIEW)
    assert is_panel(answer)


def test_what_a_verdict_is_not_about_is_saved_all_the_same(browser_of_alice: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.APPROVED)

    browser_of_alice.post(address("claim-edit", claim), typed(claim, summary="Short."), headers=TYPED_ON)

    assert (fresh(claim).summary, fresh(claim).status) == ("Short.", Status.APPROVED)


@pytest.mark.parametrize("headers", [{}, TYPED_ON])
def test_fields_that_two_people_changed_apart_merge(
    browser_of_alice: Client, claim: Claim, bob: Membership, headers: dict[str, str]
) -> None:
    mine = typed(claim, text="Alice’s words.")
    edit_claim(claim, by=bob, summary="Bob’s summary")

    answer = browser_of_alice.post(address("claim-edit", claim), mine, headers=headers)

    assert answer.status_code == (200 if headers else 302)
    assert (fresh(claim).text, fresh(claim).summary) == ("Alice’s words.", "Bob’s summary")


def test_only_what_both_changed_is_left_to_decide(browser_of_alice: Client, claim: Claim, bob: Membership) -> None:
    mine = typed(claim, text="Alice’s words.")
    edit_claim(claim, by=bob, text="Bob’s words.", summary="Bob’s summary")

    answer = browser_of_alice.post(address("claim-edit", claim), mine, headers=TYPED_ON)

    conflict = answer.context["conflict"]
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (409, "#claim-panel")
    assert [field.name for field in conflict.fields] == ["text"]
    assert ("summary", "Bob’s summary") in conflict.same
    assert fresh(claim).text == "Bob’s words."


def test_a_repeated_request_happens_once(browser_of_alice: Client, claim: Claim, bob: Membership) -> None:
    mine = typed(claim, text="Alice’s words.") | {"request_id": uuid4()}
    browser_of_alice.post(address("claim-edit", claim), mine, headers=TYPED_ON)
    edit_claim(claim, by=bob, text="Bob’s words, on top.")

    answer = browser_of_alice.post(address("claim-edit", claim), mine, headers=TYPED_ON)

    assert answer.status_code == 200
    assert fresh(claim).text == "Bob’s words, on top."
    assert AuditEvent.objects.filter(subject_id=claim.pk, action="claim.edited").count() == 2


@pytest.mark.parametrize("base", ["nonsense", "[]", '{"text": 5}', '{"text": "a\\u0007"}'])
def test_a_base_that_is_none_is_refused(browser_of_alice: Client, claim: Claim, base: str) -> None:
    answer = browser_of_alice.post(address("claim-edit", claim), typed(claim) | {"base": base}, headers=TYPED_ON)

    assert answer.status_code == 422


def test_signed_out_it_is_no_success(client: Client, claim: Claim) -> None:
    answer = client.post(address("claim-edit", claim), typed(claim, text="Typed."), headers=TYPED_ON)

    assert (answer.status_code, fresh(claim).text) == (401, claim.text)
    assert "HX-Redirect" in answer.headers


def test_a_page_can_ask_who_is_signed_in(browser_of_alice: Client, alice: Membership) -> None:
    mine = browser_of_alice.get("/accounts/session/")
    nobodys = Client().get("/accounts/session/")
    elsewhere = browser_of_alice.get("/accounts/session/", headers={"Sec-Fetch-Site": "cross-site"})

    assert mine.json()["person"] == str(alice.person_id)
    assert nobodys.json()["person"] is None
    assert len(mine.json()["token"]) == 64
    assert "no-store" in mine.headers["Cache-Control"]
    assert elsewhere.status_code == 403
