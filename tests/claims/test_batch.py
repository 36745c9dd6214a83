"""Many claims at once: shown before, done as shown, taken back as far as nobody was there since."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import actions
from articles.errors import Refused
from articles.models import Aside, AuditEvent, Batch, Claim, Desk, Membership, Status
from articles.queries import batches
from tests.factories import edit_claim, fresh, make_article, make_batch, make_claim, make_desk, make_highlight

DAY = date(2026, 3, 9)


@pytest.fixture
def plan(desk: Desk) -> str:
    return reverse("articles:batch-plan", args=[desk.slug])


@pytest.fixture
def make(desk: Desk) -> str:
    return reverse("articles:batch-make", args=[desk.slug])


@pytest.fixture
def claims(alice: Membership) -> list[Claim]:
    return [make_claim(by=alice) for _ in range(3)]


def page_of(batch: Batch) -> str:
    return reverse("articles:batch", args=[batch.desk.slug, batch.pk])


def undo_of(batch: Batch) -> str:
    return reverse("articles:batch-undo", args=[batch.desk.slug, batch.pk])


def chosen(claims: list[Claim], **told: Any) -> dict[str, Any]:
    return {"claim": [str(claim.pk) for claim in claims], "plan": "on", **told}


def shown(client: Client, plan: str, sent: dict[str, Any]) -> dict[str, Any]:
    """What a person sends who was shown the plan of it."""
    answer = client.post(plan, sent)
    assert answer.status_code == 200, answer.text
    return {**sent, "seen": answer.context["plan"].digest, "request_id": str(uuid4())}


# Seen before


def test_the_list_offers_what_can_be_done(browser_of_alice: Client, desk: Desk, claims: list[Claim]) -> None:
    text = browser_of_alice.get(reverse("articles:claim-list", args=[desk.slug])).text

    assert text.count('type="checkbox" name="claim"') == 3
    for what in ("assign", "due", "priority", "aside"):
        assert f'name="what" value="{what}"' in text


def test_a_reader_has_nothing_to_tick(browser_of_rita: Client, desk: Desk, claims: list[Claim]) -> None:
    assert 'name="claim"' not in browser_of_rita.get(reverse("articles:claim-list", args=[desk.slug])).text


def test_what_would_change_is_shown_and_nothing_is_changed(
    browser_of_alice: Client, plan: str, claims: list[Claim], alice: Membership, bob: Membership
) -> None:
    edit_claim(claims[0], by=alice, assignee=bob.person)
    approved = make_claim(by=alice, status=Status.APPROVED)
    before = AuditEvent.objects.count()

    answer = browser_of_alice.post(plan, chosen([*claims, approved], what="assign", people=[str(bob.person_id)]))

    found = answer.context["plan"]
    assert [(one.claim, one.before, one.after) for one in found.changes] == [
        (claims[1], "no one", "Bob"),
        (claims[2], "no one", "Bob"),
    ]
    assert {(one.claim, one.why) for one in found.skipped} == {
        (claims[0], "It is so already."),
        (approved, "It is approved."),
    }
    assert "2 claims would change" in answer.text
    assert AuditEvent.objects.count() == before


def test_first_it_is_asked_what_is_to_become_of_them(browser_of_alice: Client, plan: str, claims: list[Claim]) -> None:
    answer = browser_of_alice.post(plan, {"claim": [str(claims[0].pk)], "what": "due"})

    assert answer.status_code == 200
    assert 'type="date"' in answer.text
    assert "1 claim chosen" in answer.text


def test_the_claims_in_work_of_an_article(browser_of_alice: Client, plan: str, alice: Membership) -> None:
    article = make_article(by=alice)
    version = article.versions.get()
    claim = make_claim(by=alice, version=version)
    make_highlight(by=alice, version=version, quote="the mayor said", claim=claim)
    make_claim(by=alice, version=version, quote="1,200 cars", status=Status.APPROVED)
    make_claim(by=alice)

    answer = browser_of_alice.get(plan, {"article": str(article.pk)})

    assert answer.context["claims"] == [claim]


def test_claims_of_another_desk_are_not_there(
    browser_of_alice: Client, plan: str, make: str, claims: list[Claim], mallory: Membership
) -> None:
    theirs = make_claim(by=mallory)

    answer = browser_of_alice.post(plan, chosen([theirs, claims[0]], what="due", due="2026-03-09"))

    assert [one.claim for one in answer.context["plan"].changes] == [claims[0]]
    browser_of_alice.post(make, chosen([theirs], what="due", due="2026-03-09", seen="x"))
    assert fresh(theirs).due is None


def test_nothing_chosen_leads_to_the_list(browser_of_alice: Client, plan: str) -> None:
    assert "Choose claims first" in browser_of_alice.post(plan, {"claim": ["x"], "what": "assign"}).text
    assert "Choose claims first" in browser_of_alice.get(plan).text
    assert browser_of_alice.get(plan, {"article": str(uuid4())}).status_code == 404


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"what": "aside"}, "Choose why it is set aside."),
        ({"what": "aside", "aside": "other"}, "Give the reason in a few words."),
        ({"what": "aside", "aside": "duplicate"}, "Say of which claim it is a duplicate."),
        ({"what": "aside", "aside": "duplicate", "duplicate_of": "zeppelin"}, "No claim has these words."),
        ({"what": "priority", "priority": "1"}, "Say why the priority of these claims is high."),
        ({"what": "due", "due": "soon"}, "Write the day as 2026-03-05."),
        ({"what": "due", "due_reason": "It goes to print."}, "Give the day by which this is due"),
        ({"what": "assign", "people": ["01a20000-0000-7000-8000-000000000000"]}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_the_claims_stay_chosen(
    *, browser_of_alice: Client, plan: str, make: str, claims: list[Claim], told: dict[str, Any], sentence: str
) -> None:
    for url in (plan, make):
        answer = browser_of_alice.post(url, chosen(claims, **told))

        assert answer.status_code == 422
        assert sentence in answer.text
        assert answer.text.count('name="claim"') == 3


def test_too_many_are_refused(
    browser_of_alice: Client, plan: str, claims: list[Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "MOST", 2)

    answer = browser_of_alice.post(plan, chosen(claims, what="due", due="2026-03-09"))

    assert answer.status_code == 422
    assert "at once" in answer.text


def test_too_many_are_not_done_either(
    browser_of_alice: Client, plan: str, make: str, claims: list[Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = shown(browser_of_alice, plan, chosen(claims, what="due", due="2026-03-09"))
    monkeypatch.setattr(actions.batches, "MOST", 2)

    answers = [browser_of_alice.post(make, sent | {"seen": seen}) for seen in (sent["seen"], "none")]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("at once" in answer.text and 'name="seen"' not in answer.text for answer in answers)
    assert not Batch.objects.exists()


# Done


def test_it_works(
    *, browser_of_alice: Client, plan: str, make: str, claims: list[Claim], alice: Membership, bob: Membership
) -> None:
    sent = shown(browser_of_alice, plan, chosen(claims, what="assign", people=[str(bob.person_id)]))

    answer = browser_of_alice.post(make, sent)

    batch = Batch.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, page_of(batch))
    assert [fresh(claim).assignee for claim in claims] == [bob.person] * 3
    made, *events = AuditEvent.objects.filter(desk=alice.desk).order_by("-number")[:4][::-1]
    assert (made.action, made.subject_id, made.data["claims"]) == ("batch.made", batch.pk, 3)
    assert [event.action for event in events] == ["claim.edited"] * 3
    assert {event.data["batch"] for event in events} == {str(batch.pk)}


def test_several_people_get_the_claims_in_turn(
    claims: list[Claim], alice: Membership, bob: Membership, erin: Membership
) -> None:
    edit_claim(claims[2], by=alice, due=DAY)

    make_batch(by=alice, claims=claims, what="assign", people=(bob.person, erin.person))

    found = [fresh(claim).assignee for claim in (claims[2], claims[0], claims[1])]
    assert found == [bob.person, erin.person, bob.person]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"what": "due", "due": DAY, "due_reason": "It goes to print."},
            {"due": DAY, "due_reason": "It goes to print."},
        ),
        ({"what": "priority", "priority": 1, "priority_reason": "It leads."}, {"priority": 1}),
        ({"what": "aside", "reason": "Out of scope."}, {"status": "set_aside", "status_reason": "Out of scope."}),
        ({"what": "assign", "people": ()}, {"assignee": None}),
    ],
)
def test_what_can_be_changed(
    change: dict[str, Any], expected: dict[str, Any], claims: list[Claim], alice: Membership, bob: Membership
) -> None:
    edit_claim(claims[0], by=bob, assignee=bob.person)

    make_batch(by=alice, claims=claims[:1], **change)

    claim = fresh(claims[0])
    assert {name: getattr(claim, name) for name in expected} == expected
    connection.check_constraints()


def test_a_verdict_in_review_is_not_set_aside_with_others(claims: list[Claim], alice: Membership) -> None:
    waiting = make_claim(by=alice, status=Status.IN_REVIEW)

    make_batch(by=alice, claims=[claims[0], waiting], what="aside", reason="Out of scope.")

    assert (fresh(claims[0]).status, fresh(waiting).status) == (Status.SET_ASIDE, Status.IN_REVIEW)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_many_are_set_aside_for_a_reason_of_the_list(
    *, headers: dict[str, str], browser_of_alice: Client, plan: str, make: str, claims: list[Claim], alice: Membership
) -> None:
    sent = shown(browser_of_alice, plan, chosen(claims, what="aside", aside="prediction"))

    browser_of_alice.post(make, sent, headers=headers)

    batch = Batch.objects.get()
    assert {(fresh(claim).aside, fresh(claim).status_reason) for claim in claims} == {("prediction", "A prediction.")}
    assert "set aside: a prediction" in browser_of_alice.get(page_of(batch)).text
    browser_of_alice.post(undo_of(batch))
    assert {(fresh(claim).aside, fresh(claim).status) for claim in claims} == {("", Status.OPEN)}


def test_many_are_set_aside_as_duplicates_of_one(
    *, browser_of_alice: Client, plan: str, make: str, claims: list[Claim], alice: Membership
) -> None:
    original = make_claim(by=alice, text="The ferry capsized.")
    asked = chosen([*claims, original], what="aside", aside="duplicate", duplicate_of="ferry")

    answer = browser_of_alice.post(plan, asked)
    again = chosen([*claims, original], what="aside", aside="duplicate", duplicate_of="ferry")
    browser_of_alice.post(make, again | {"seen": answer.context["plan"].digest})

    assert [one.claim for one in answer.context["plan"].skipped] == [original]
    assert "It is the claim that the others are duplicates of." in answer.text
    assert "set aside: a duplicate of “The ferry capsized.”" in answer.text
    assert f'name="duplicate_id" value="{original.pk}"' in answer.text
    assert [fresh(claim).duplicate_of for claim in claims] == [original] * 3
    assert fresh(original).status == Status.OPEN
    made = AuditEvent.objects.get(action="batch.made")
    assert (made.data["aside"], made.data["duplicate_of"]["id"]) == ("duplicate", str(original.pk))
    browser_of_alice.post(undo_of(Batch.objects.get()))
    assert {(fresh(claim).duplicate_of, fresh(claim).aside) for claim in claims} == {(None, "")}
    connection.check_constraints()


def test_another_claim_than_was_shown_is_a_conflict(
    browser_of_alice: Client, plan: str, make: str, claims: list[Claim], alice: Membership
) -> None:
    original = make_claim(by=alice, text="The ferry capsized.")
    asked = chosen(claims, what="aside", aside="duplicate", duplicate_of=str(original.pk))
    sent = shown(browser_of_alice, plan, asked)
    other = make_claim(by=alice, text="The raft capsized.")

    assert browser_of_alice.post(make, sent | {"duplicate_of": str(other.pk)}).status_code == 409
    edit_claim(original, by=alice, text="The ferry sank.")
    assert browser_of_alice.post(make, sent).status_code == 409
    assert not Batch.objects.exists()


def test_a_duplicate_of_a_duplicate_is_refused_beside_the_field(
    browser_of_alice: Client, plan: str, make: str, claims: list[Claim], alice: Membership
) -> None:
    copy = make_claim(by=alice)
    actions.claims.set_aside(by=alice, claim=copy, aside=Aside.DUPLICATE, duplicate_of=make_claim(by=alice))
    asked = chosen(claims, what="aside", aside="duplicate", duplicate_of=str(copy.pk))
    answer = browser_of_alice.post(make, shown(browser_of_alice, plan, asked))

    assert answer.status_code == 422
    assert "itself a duplicate" in answer.text
    assert not Batch.objects.exists()


@pytest.mark.parametrize("how", ["another plan", "never shown"])
def test_what_is_done_is_what_was_shown(
    *, how: str, browser_of_alice: Client, plan: str, make: str, claims: list[Claim], alice: Membership, bob: Membership
) -> None:
    sent = shown(browser_of_alice, plan, chosen(claims, what="assign", people=[str(alice.person_id)]))
    if how == "another plan":
        edit_claim(claims[0], by=bob, assignee=bob.person)
    else:
        del sent["seen"]

    answer = browser_of_alice.post(make, sent)

    assert answer.status_code == 409
    assert "Nothing was changed" in answer.text
    assert not Batch.objects.exists()
    assert fresh(claims[1]).assignee is None
    if how == "another plan":
        assert "Bob" in answer.text
    again = browser_of_alice.post(make, sent | {"seen": answer.context["plan"].digest, "request_id": str(uuid4())})
    assert again.status_code == 302
    assert fresh(claims[0]).assignee == alice.person


def test_other_changes_of_the_claims_do_not_matter(
    browser_of_alice: Client, plan: str, make: str, claims: list[Claim], bob: Membership
) -> None:
    sent = shown(browser_of_alice, plan, chosen(claims, what="due", due="2026-03-09"))
    edit_claim(claims[0], by=bob, text="Four people were hurt.")

    assert browser_of_alice.post(make, sent).status_code == 302
    assert fresh(claims[0]).text == "Four people were hurt."


def test_a_repeated_request_is_answered_and_done_once(
    browser_of_alice: Client, plan: str, make: str, claims: list[Claim]
) -> None:
    sent = shown(browser_of_alice, plan, chosen(claims, what="due", due="2026-03-09"))

    answers = [browser_of_alice.post(make, sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Batch.objects.count() == 1


def test_a_change_of_nothing_is_refused(browser_of_alice: Client, plan: str, make: str, claims: list[Claim]) -> None:
    sent = shown(browser_of_alice, plan, chosen(claims, what="assign"))

    answer = browser_of_alice.post(make, sent)

    assert answer.status_code == 422
    assert "None of these claims would change." in answer.text


def test_it_leads_back_to_where_the_claims_were_chosen(
    browser_of_alice: Client, plan: str, make: str, desk: Desk, claims: list[Claim]
) -> None:
    back = reverse("articles:claim-list", args=[desk.slug]) + "?status=open"
    sent = shown(browser_of_alice, plan, chosen(claims, what="due", due="2026-03-09", next=back))

    assert browser_of_alice.post(make, sent)["Location"] == back
    assert "3 claims changed." in browser_of_alice.get(back).text


def test_someone_who_left_is_given_nothing(
    claims: list[Claim], alice: Membership, bob: Membership, erin: Membership
) -> None:
    actions.desks.remove_member(by=erin, membership=bob)

    with pytest.raises(Refused, match="members of this desk"):
        make_batch(by=alice, claims=claims, what="assign", people=(bob.person,))


# Taken back


def test_undo_puts_back_what_nobody_changed_since(
    browser_of_alice: Client, claims: list[Claim], alice: Membership, bob: Membership
) -> None:
    batch = make_batch(by=alice, claims=claims, due_reason="It goes to print.")
    edit_claim(claims[1], by=bob, due=date(2026, 3, 10))
    edit_claim(claims[2], by=bob, text="Four people were hurt.")

    answer = browser_of_alice.post(undo_of(batch), {"request_id": str(uuid4())})

    assert (answer.status_code, answer["Location"]) == (302, page_of(batch))
    assert [fresh(claim).due for claim in claims] == [None, date(2026, 3, 10), None]
    assert fresh(claims[2]).text == "Four people were hurt."
    text = browser_of_alice.get(page_of(batch)).text
    assert "Alice took this back" in text
    assert "Bob changed it since." in text
    undone = AuditEvent.objects.get(action="batch.undone")
    assert undone.data["claims"] == 2
    assert [one["why"] for one in undone.data["left"]] == ["Bob changed it since."]
    back = AuditEvent.objects.filter(number__gt=undone.number).order_by("number")
    assert all("undoes" in event.data for event in back)
    connection.check_constraints()


def test_undo_of_setting_aside_brings_each_status_back(alice: Membership, bob: Membership) -> None:
    statuses = [Status.OPEN, Status.CHECKING, Status.RETURNED, Status.REOPENED]
    claims = [make_claim(by=alice, status=status) for status in statuses]
    batch = make_batch(by=bob, claims=claims, what="aside", reason="Out of scope.")

    actions.batches.undo(by=bob, batch=batch)

    assert [fresh(claim).status for claim in claims] == statuses
    assert fresh(claims[2]).status_reason == "Ask the hospital, too."
    connection.check_constraints()


def test_a_claim_resumed_and_set_aside_again_is_left(claims: list[Claim], alice: Membership, bob: Membership) -> None:
    batch = make_batch(by=alice, claims=claims[:2], what="aside", reason="Out of scope.")
    actions.claims.resume(by=bob, claim=claims[0])
    actions.claims.set_aside(by=bob, claim=claims[0], reason="Out of scope.")

    actions.batches.undo(by=alice, batch=batch)

    assert [fresh(claim).status for claim in claims[:2]] == [Status.SET_ASIDE, Status.OPEN]


def test_nobody_gets_a_claim_back_who_left(
    claims: list[Claim], alice: Membership, bob: Membership, erin: Membership
) -> None:
    edit_claim(claims[0], by=bob, assignee=bob.person)
    batch = make_batch(by=alice, claims=claims, what="assign", people=(alice.person,))
    actions.desks.remove_member(by=erin, membership=bob)

    actions.batches.undo(by=alice, batch=batch)

    assert [fresh(claim).assignee for claim in claims] == [alice.person, None, None]


@pytest.mark.parametrize("why", ["twice", "all changed"])
def test_an_undo_that_would_do_nothing_is_refused(
    why: str, browser_of_alice: Client, claims: list[Claim], alice: Membership, bob: Membership
) -> None:
    batch = make_batch(by=alice, claims=claims[:1])
    if why == "twice":
        actions.batches.undo(by=alice, batch=batch)
    else:
        edit_claim(claims[0], by=bob, due=None)
    before = AuditEvent.objects.count()

    answer = browser_of_alice.post(undo_of(batch))

    assert answer.status_code == 422
    assert ("taken back already" if why == "twice" else "Nothing was put back") in answer.text
    assert AuditEvent.objects.count() == before


def test_a_claim_changed_with_others_is_undone_in_its_article(claims: list[Claim], alice: Membership) -> None:
    make_batch(by=alice, claims=claims)

    actions.undoing.undo(by=alice, article=claims[0].highlights.get().version.article)

    assert [fresh(claim).due for claim in claims] == [None, DAY, DAY]


def test_a_reader_reads_it_and_cannot_undo_it(browser_of_rita: Client, claims: list[Claim], alice: Membership) -> None:
    batch = make_batch(by=alice, claims=claims)

    text = browser_of_rita.get(page_of(batch)).text
    assert "no date" in text
    assert "9 March 2026" in text
    assert ">Undo<" not in text
    assert browser_of_rita.post(undo_of(batch)).status_code == 403


def test_the_batch_of_another_desk_is_not_there(browser_of_alice: Client, desk: Desk, mallory: Membership) -> None:
    theirs = make_batch(by=mallory, claims=[make_claim(by=mallory)])

    for name, method in (("batch", browser_of_alice.get), ("batch-undo", browser_of_alice.post)):
        assert method(reverse(f"articles:{name}", args=[desk.slug, theirs.pk])).status_code == 404


def test_wrong_methods(browser_of_alice: Client, make: str, claims: list[Claim], alice: Membership) -> None:
    batch = make_batch(by=alice, claims=claims)

    assert browser_of_alice.get(make).status_code == 405
    assert browser_of_alice.get(undo_of(batch)).status_code == 405
    assert browser_of_alice.post(page_of(batch)).status_code == 405


def test_more_claims_cost_no_more_queries_to_show(
    browser_of_alice: Client, plan: str, claims: list[Claim], alice: Membership
) -> None:
    def queries(chosen_claims: list[Claim]) -> int:
        with CaptureQueriesContext(connection) as captured:
            browser_of_alice.post(plan, chosen(chosen_claims, what="due", due="2026-03-09"))
        return len(captured)

    queries(claims)
    few = queries(claims)
    more = claims + [make_claim(by=alice) for _ in range(10)]

    assert queries(more) == few


def test_two_desks_have_batches_of_their_own(claims: list[Claim], alice: Membership) -> None:
    make_batch(by=alice, claims=claims)

    assert not Batch.objects.filter(desk=make_desk(slug="other", name="Other").desk).exists()
