from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from articles import actions
from articles.models import AuditEvent, Claim, Membership, Status
from tests.claims.asking import HTMX, address, fired, is_panel, page_of, worded
from tests.factories import edit_claim, fresh, make_claim

WORDS = "Three people were hurt at the bridge over the Orm."


def test_it_works(browser_of_alice: Client, claim: Claim, bob: Membership) -> None:
    typed = {
        "text": WORDS,
        "summary": "Three hurt at the bridge",
        "claimant": "The mayor",
        "kind": "figure",
        "priority": 1,
        "priority_reason": "It is in the headline.",
        "assignee": str(bob.person_id),
        "due": "2026-03-09",
        "due_reason": "It goes to print on the tenth.",
    }

    answer = browser_of_alice.post(address("claim-edit", claim), worded(claim, **typed))

    claim = fresh(claim)
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(claim))
    assert (claim.text, claim.summary, str(claim.claimant)) == (WORDS, typed["summary"], "The mayor")
    assert (claim.kind, claim.priority, claim.assignee) == ("figure", 1, bob.person)
    assert (claim.due, claim.due_reason) == (date(2026, 3, 9), "It goes to print on the tenth.")


def test_htmx_gets_the_panel_and_says_when_it_was_saved(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("claim-edit", claim), worded(claim, text=WORDS), headers=HTMX)

    assert answer.status_code == 200
    assert is_panel(answer)
    assert WORDS in answer.text
    assert "Saved <time" in answer.text
    assert fired(answer) == {"claim:changed": {"claim": str(claim.pk)}}


def test_only_its_own_page_gets_what_stands_beside_the_panel(browser_of_alice: Client, claim: Claim) -> None:
    article = claim.highlights.get().version.article
    own = browser_of_alice.post(address("claim-edit", claim), worded(claim, text=WORDS), headers=HTMX)
    back = {"next": address("workbench", article)}
    there = browser_of_alice.post(address("claim-edit", claim), worded(claim, text="Nobody.", **back), headers=HTMX)

    assert '<aside id="claim-aside" hx-swap-oob="true">' in own.text
    assert "claim-aside" not in there.text


def test_a_form_of_the_workbench_leads_back_there(browser_of_alice: Client, claim: Claim) -> None:
    article = claim.highlights.get().version.article
    back = f"{address('workbench', article)}?claim={claim.pk}"

    answer = browser_of_alice.post(address("claim-edit", claim), worded(claim, next=back))

    assert answer.headers["Location"] == back


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "evil"])
def test_no_form_leads_to_another_site(browser_of_alice: Client, claim: Claim, elsewhere: str) -> None:
    answer = browser_of_alice.post(address("claim-edit", claim), worded(claim, next=elsewhere))

    assert answer.headers["Location"] == page_of(claim)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": "  "}, "Say what is claimed"),
        ({"text": "a\x07b"}, "cannot be shown"),
        ({"summary": "x" * 76}, "at most 75 characters"),
        ({"priority": 1}, "Say why the priority of this claim is high."),
        ({"priority": 3, "priority_reason": " "}, "Say why the priority of this claim is low."),
        ({"due": "tomorrow"}, "Write the day as 2026-03-05."),
        ({"due_reason": "It goes to print."}, "Give the day by which this is due, or leave out why."),
        ({"kind": "rumour"}, "Select a valid choice"),
        ({"assignee": "01a20000-0000-7000-8000-000000000000"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser_of_alice: Client, claim: Claim, typed: dict[str, object], sentence: str
) -> None:
    sent = worded(claim, claimant="Typed, not stored") | typed
    answer = browser_of_alice.post(address("claim-edit", claim), sent, headers=HTMX)

    assert answer.status_code == 422
    assert is_panel(answer)
    assert sentence in answer.text
    assert "Typed, not stored" in answer.text
    assert fresh(claim).revision == claim.revision


def test_75_characters_beyond_the_basic_plane_are_a_summary(browser_of_alice: Client, claim: Claim) -> None:
    browser_of_alice.post(address("claim-edit", claim), worded(claim, summary="🌉" * 75))

    assert fresh(claim).summary == "🌉" * 75


def test_without_htmx_the_whole_page_says_what_is_wrong(browser_of_alice: Client, claim: Claim) -> None:
    answer = browser_of_alice.post(address("claim-edit", claim), worded(claim, text=""))

    assert answer.status_code == 422
    assert "<html" in answer.text
    assert "Say what is claimed" in answer.text


def test_a_reader_cannot_be_given_a_claim(browser_of_alice: Client, claim: Claim, rita: Membership) -> None:
    answer = browser_of_alice.post(address("claim-edit", claim), worded(claim, assignee=str(rita.person_id)))

    assert answer.status_code == 422


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_who_was_slower_sees_both_texts(
    browser_of_alice: Client, claim: Claim, bob: Membership, headers: dict[str, str]
) -> None:
    mine = worded(claim, text="Alice’s words.", kind="figure")
    edit_claim(claim, by=bob, text="Bob’s words.")

    answer = browser_of_alice.post(address("claim-edit", claim), mine, headers=headers)

    assert answer.status_code == 409
    assert "Bob was faster" in answer.text
    for words in ("Bob’s", "Alice’s", "Figure", "Event"):
        assert words in answer.text
    assert fresh(claim).text == "Bob’s words."


def test_one_person_in_two_windows_is_not_told_of_another(
    browser_of_alice: Client, claim: Claim, alice: Membership
) -> None:
    here = worded(claim, text="Typed here.")
    edit_claim(claim, by=alice, text="Typed elsewhere.")

    answer = browser_of_alice.post(address("claim-edit", claim), here)

    assert answer.status_code == 409
    assert "You changed this elsewhere" in answer.text
    assert "was faster" not in answer.text


def test_who_was_slower_can_store_their_own_on_top(browser_of_alice: Client, claim: Claim, bob: Membership) -> None:
    mine = worded(claim, text="Alice’s words.", kind="figure")
    stored = edit_claim(claim, by=bob, text="Bob’s words.")
    offered = browser_of_alice.post(address("claim-edit", claim), mine).context["conflict"]
    again = dict(offered.same) | {field.name: field.mine for field in offered.fields if field.name}

    answer = browser_of_alice.post(offered.action, again | {"revision": offered.revision})

    assert (answer.status_code, offered.revision) == (302, stored.revision)
    assert (fresh(claim).text, fresh(claim).kind) == ("Alice’s words.", "figure")


def test_a_repeated_request_is_answered_and_done_once(browser_of_alice: Client, claim: Claim) -> None:
    sent = worded(claim, text=WORDS, request_id=str(uuid4()))

    answers = [browser_of_alice.post(address("claim-edit", claim), sent, headers=HTMX) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert AuditEvent.objects.filter(subject_id=claim.pk, action="claim.edited").count() == 1


def test_new_words_reopen_an_approved_claim(browser_of_alice: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.APPROVED)

    answer = browser_of_alice.post(address("claim-edit", claim), worded(claim, text=WORDS), headers=HTMX)

    assert fresh(claim).status == Status.REOPENED
    assert "The text of the claim changed." in answer.text


def test_a_colleague_who_left_is_named_as_the_one_who_had_it(
    browser_of_alice: Client, claim: Claim, bob: Membership, erin: Membership
) -> None:
    edit_claim(claim, by=bob, assignee=bob.person)
    actions.desks.remove_member(by=erin, membership=bob)

    answer = browser_of_alice.get(page_of(claim))

    assert "Bob, who had it, can no longer work on this desk." in answer.text


def test_get_is_the_wrong_method(browser_of_alice: Client, claim: Claim) -> None:
    assert browser_of_alice.get(address("claim-edit", claim)).status_code == 405
