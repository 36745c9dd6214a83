"""Blocks of an arrival are corrected one by one; the answer changes what it must, and nobody's correction is lost."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from articles import actions
from articles.models import Arrival, AuditEvent, Membership
from tests.articles.pages import STORM, page_of, sent
from tests.factories import fresh, make_arrival

KINDS = ["furniture", "headline", "byline", "dateline", "paragraph", "paragraph", "furniture"]
HTMX = {"HX-Request": "true"}
SECOND = STORM.index("At least")


@pytest.fixture
def arrival(alice: Membership) -> Arrival:
    return make_arrival(by=alice, text=STORM, kinds=KINDS)


def asked(arrival: Arrival, **told: Any) -> dict[str, Any]:
    return {"revision": arrival.revision, "request_id": str(uuid4()), **told}


def test_a_block_becomes_furniture_and_the_answer_is_that_block(browser_of_alice: Client, arrival: Arrival) -> None:
    answer = browser_of_alice.post(
        page_of("arrival-retype", arrival), asked(arrival, at=55, kind="furniture"), headers=HTMX
    )

    assert fresh(arrival).corrections == [{"number": 1, "what": "retype", "at": 55, "kind": "furniture"}]
    assert answer["HX-Retarget"] == "#b55"
    assert answer.text.count('class="block"') == 1
    assert 'id="f55"' in answer.text
    assert "The harbour was closed" not in answer.text
    assert 'value="3" class="revision" autocomplete="off" hx-swap-oob' in answer.text
    assert "arrival-take-back" not in answer.text
    assert page_of("arrival-take-back", arrival) in answer.text


def test_furniture_joins_what_is_folded_beside_it(browser_of_alice: Client, arrival: Arrival) -> None:
    answer = browser_of_alice.post(
        page_of("arrival-retype", arrival), asked(arrival, at=SECOND, kind="furniture"), headers=HTMX
    )

    last = STORM.index("Copyright")
    assert answer["HX-Retarget"] == f"#b{SECOND}"
    assert f'<li id="f{last}" hx-swap-oob="delete">' in answer.text
    assert answer.text.count('class="block"') == 2
    assert "and 1 block more" in answer.text


def test_furniture_is_taken_back_in(browser_of_alice: Client, arrival: Arrival) -> None:
    answer = browser_of_alice.post(
        page_of("arrival-retype", arrival), asked(arrival, at=0, kind="paragraph"), headers=HTMX
    )

    assert answer["HX-Retarget"] == "#f0"
    assert '<li class="block" id="b0" data-kind="paragraph"' in answer.text


def test_a_block_is_split_and_merged_again(browser_of_alice: Client, arrival: Arrival) -> None:
    at = STORM.index("The harbour was")
    offset = STORM.index("after a storm") - at
    page = page_of("arrival-split", arrival)
    parted = browser_of_alice.post(page, asked(arrival, at=at, offset=offset), headers=HTMX)
    assert parted["HX-Retarget"] == f"#b{at}"
    assert parted.text.count('class="block"') == 2
    arrival = fresh(arrival)

    again = browser_of_alice.post(page_of("arrival-merge", arrival), asked(arrival, at=at + offset), headers=HTMX)

    assert again["HX-Retarget"] == f"#b{at}"
    assert f'<li id="b{at + offset}" hx-swap-oob="delete">' in again.text
    assert again.text.count('class="block"') == 1


def test_guesses_that_follow_are_sent_along(browser_of_alice: Client, alice: Membership, desk: Any) -> None:
    answer = browser_of_alice.post(f"/d/{desk.slug}/articles/add/", {"text": STORM})
    arrival = Arrival.objects.get()
    at = STORM.index("The harbour was")
    browser_of_alice.post(answer["Location"] + "retype/", asked(arrival, at=22, kind="paragraph"))

    swapped = browser_of_alice.post(
        answer["Location"] + "retype/", asked(fresh(arrival), at=at, kind="headline"), headers=HTMX
    )

    assert 'id="details"' in swapped.text
    assert sent(browser_of_alice.get(answer["Location"]).text)["headline"][0].startswith("The harbour was closed")


def test_what_a_person_wrote_over_a_guess_stays(browser_of_alice: Client, arrival: Arrival, alice: Membership) -> None:
    arrival = actions.arrivals.describe(
        by=alice, arrival=arrival, revision=2, details={"headline": "My own", "byline": ""}
    )

    browser_of_alice.post(page_of("arrival-retype", arrival), asked(arrival, at=55, kind="headline"))

    fields = sent(browser_of_alice.get(page_of("arrival", arrival)).text)
    assert (fields["headline"], fields["byline"]) == (["My own"], [""])


def test_without_scripts_it_leads_back_to_the_block(browser_of_alice: Client, arrival: Arrival) -> None:
    retyped = browser_of_alice.post(page_of("arrival-retype", arrival), asked(arrival, at=55, kind="caption"))
    merged = browser_of_alice.post(page_of("arrival-merge", arrival), asked(fresh(arrival), at=55))

    assert retyped["Location"] == page_of("arrival", arrival) + "?block=55#b55"
    assert merged["Location"] == page_of("arrival", arrival) + "?block=22#b22"


def test_any_correction_is_undone_by_itself(browser_of_alice: Client, arrival: Arrival, alice: Membership) -> None:
    arrival = actions.arrivals.merge(by=alice, arrival=arrival, revision=2, at=SECOND)
    arrival = actions.arrivals.retype(by=alice, arrival=arrival, revision=3, at=55, kind="quotation")

    answer = browser_of_alice.post(page_of("arrival-take-back", arrival), asked(arrival, number=1), headers=HTMX)

    assert [row["number"] for row in fresh(arrival).corrections] == [2]
    assert f'id="b{SECOND}"' in answer.text
    assert AuditEvent.objects.filter(action="arrival.corrected_back").count() == 1


@pytest.mark.parametrize(
    ("page", "told", "sentence"),
    [
        ("arrival-merge", {"at": 0}, "This is the first block"),
        ("arrival-merge", {"at": 3}, "There is no such block any more"),
        ("arrival-split", {"at": 55, "offset": 0}, "between two of its words"),
        ("arrival-retype", {"at": 55, "kind": "sermon"}, "no such kind of block"),
        ("arrival-retype", {"at": "x", "kind": "caption"}, "There is no such block"),
        ("arrival-retype", {"at": 10**30, "kind": "caption"}, "There is no such block"),
    ],
)
def test_what_cannot_be_corrected_is_said(
    browser_of_alice: Client, arrival: Arrival, page: str, told: dict[str, Any], sentence: str
) -> None:
    by_htmx = browser_of_alice.post(page_of(page, arrival), asked(arrival, **told), headers=HTMX)
    plain = browser_of_alice.post(page_of(page, arrival), asked(arrival, **told), follow=True)

    assert (by_htmx.status_code, by_htmx["HX-Reswap"]) == (422, "none")
    assert sentence in by_htmx.text
    assert sentence in plain.text
    assert fresh(arrival).corrections == []


def test_who_was_slower_sees_what_was_done_and_what_was_asked(
    browser_of_alice: Client, arrival: Arrival, bob: Membership
) -> None:
    slow = asked(arrival, at=SECOND, kind="furniture")
    actions.arrivals.merge(by=bob, arrival=arrival, revision=2, at=55)

    by_htmx = browser_of_alice.post(page_of("arrival-retype", arrival), slow, headers=HTMX)
    plain = browser_of_alice.post(page_of("arrival-retype", arrival), slow)

    assert (by_htmx.status_code, by_htmx["HX-Retarget"], by_htmx["HX-Reswap"]) == (409, "#clash", "innerHTML show:none")
    assert plain.status_code == 409
    for answer in (by_htmx, plain):
        assert "Bob was faster" in answer.text
        assert "Bob merged a block with the one before." in answer.text
        assert "“At least 1,200 people were without…”: furniture" in answer.text
    assert len(fresh(arrival).corrections) == 1


def test_ones_own_correction_can_be_made_after_a_conflict(
    browser_of_alice: Client, arrival: Arrival, bob: Membership
) -> None:
    slow = asked(arrival, at=SECOND, kind="furniture")
    actions.arrivals.merge(by=bob, arrival=arrival, revision=2, at=55)
    page = browser_of_alice.post(page_of("arrival-retype", arrival), slow, headers=HTMX).text

    again = sent(f'<main id="main">{page}</main>')
    browser_of_alice.post(page_of("arrival-retype", arrival), again)

    assert [row["what"] for row in fresh(arrival).corrections] == ["merge", "retype"]


def test_a_repeated_request_corrects_once(browser_of_alice: Client, arrival: Arrival) -> None:
    told = asked(arrival, at=SECOND, kind="caption")

    answers = [browser_of_alice.post(page_of("arrival-retype", arrival), told) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert len(fresh(arrival).corrections) == 1


def test_what_is_on_the_desk_is_not_corrected_any_more(
    browser_of_alice: Client, arrival: Arrival, alice: Membership, version: Any
) -> None:
    actions.arrivals.settle(by=alice, arrival=arrival, version=version)

    answer = browser_of_alice.post(page_of("arrival-merge", arrival), asked(fresh(arrival), at=55), headers=HTMX)

    assert answer.status_code == 422
    assert "added to the desk meanwhile" in answer.text
