from typing import Any
from uuid import uuid4

import pytest

from articles import actions
from articles.models import AuditEvent, Carry, Claim, Membership
from tests.factories import fresh
from tests.versions.conftest import Send, changes_of

WORDS = "people were hurt"


def selected(carry: Carry, words: str = WORDS) -> dict[str, Any]:
    start = carry.version.text.index(words)
    return {"version": carry.version_id, "start": start, "end": start + len(words), "quote": words}


def test_it_goes_on_in_the_marked_words(send: Send, carry: Carry, claim: Claim) -> None:
    answer = send(carry, "remark", **selected(carry), plain=True)

    assert (answer.status_code, answer.headers["Location"]) == (302, changes_of(carry))
    assert claim.highlights.live().get().quote == WORDS


def test_htmx_is_led_back_to_the_changes(send: Send, carry: Carry) -> None:
    answer = send(carry, "remark", **selected(carry))

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, changes_of(carry))
    assert fresh(carry).became


def test_a_sentence_is_chosen_by_its_button(send: Send, carry: Carry, claim: Claim) -> None:
    end = carry.version.text.index("mayor said.") + 11
    start = carry.version.text.index("The bridge")

    send(carry, "remark", version=carry.version_id, sentence=f"{start}-{end}", plain=True)

    assert claim.highlights.live().get().quote.startswith("The bridge over the Orm was closed")


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"quote": "three people wer"}, "not the words of this version"),
        ({"quote": " " * 16}, "Nothing was selected"),
        ({"start": 500, "end": 516}, "not the words of this version"),
    ],
)
def test_other_words_than_those_of_the_version(
    wrong: dict[str, Any], said: str, plain: bool, send: Send, carry: Carry
) -> None:
    answer = send(carry, "remark", **(selected(carry) | wrong), plain=plain)

    assert answer.status_code == 422
    assert said in answer.text
    assert answer.headers.get("HX-Reswap") == (None if plain else "none")
    assert fresh(carry).decision == ""


def test_an_old_form_is_stale(send: Send, carry: Carry, alice: Membership) -> None:
    decided = actions.carrying.orphan(by=alice, carry=carry, revision=1)
    actions.carrying.reconsider(by=alice, carry=decided, revision=2)

    answer = send(carry, "remark", **selected(carry))

    assert (answer.status_code, answer.headers["HX-Reswap"]) == (409, "none")


def test_a_repeated_request_is_answered_and_done_once(send: Send, carry: Carry) -> None:
    sent = selected(carry) | {"request_id": uuid4()}

    answers = [send(carry, "remark", **sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert AuditEvent.objects.filter(subject_id=carry.pk, action="carry.remarked").count() == 1
