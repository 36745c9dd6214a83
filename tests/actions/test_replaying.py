"""The history is enough: replayed into an empty database, the events of a desk give all its rows again."""

from __future__ import annotations

import pytest

from articles.models import Claim, Highlight
from articles.sample.play import play
from tests.actions.cases import CASES
from tests.factories import make_desk
from tests.replaying import assert_the_history_is_enough, rebuild

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_sample_desk() -> None:
    play("five careful words")

    assert_the_history_is_enough()


def test_a_desk_on_which_everything_was_done_once() -> None:
    for number, case in enumerate(CASES):
        case.call(make_desk(slug=f"desk-{number}"))(None)

    assert_the_history_is_enough()


def test_a_row_that_no_event_tells_is_missed() -> None:
    """That the comparison can fail."""
    play("five careful words")
    claims = Claim.objects.count()

    before, after = rebuild()

    assert len(before["articles_claim"]) == len(after["articles_claim"]) == claims > 0
    assert before["articles_highlight"] == after["articles_highlight"] != []
    assert Highlight.objects.count() == len(after["articles_highlight"])
