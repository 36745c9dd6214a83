"""Two people who close half a circle each, or name the same origin, at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles import actions
from articles.actions.origins import Root
from articles.errors import Refused
from articles.models import Origin
from tests import factories
from tests.actions.threads import overlapping
from tests.factories import fresh

if TYPE_CHECKING:
    from articles.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_halves_of_a_circle_one_is_made(alice: Membership, bob: Membership) -> None:
    one, other = (factories.make_origin(by=alice, name=name) for name in ("One", "Other"))

    first, second = overlapping(
        lambda: actions.origins.edit(by=alice, origin=one, revision=1, root=Root(name="One", comes_from=other)),
        lambda: actions.origins.edit(by=bob, origin=other, revision=1, root=Root(name="Other", comes_from=one)),
    )

    assert first == one
    assert isinstance(second, Refused)
    assert (fresh(one).comes_from, fresh(other).comes_from) == (other, None)


def test_a_merging_and_a_way_that_meet_close_no_circle(alice: Membership, bob: Membership) -> None:
    one, other = (factories.make_origin(by=alice, name=name) for name in ("One", "Other"))

    first, second = overlapping(
        lambda: actions.origins.merge(by=alice, origin=one, revision=1, into=other),
        lambda: actions.origins.edit(by=bob, origin=other, revision=1, root=Root(name="Other", comes_from=one)),
    )

    assert first == one
    assert isinstance(second, Refused)
    assert fresh(other).comes_from is None


def test_an_origin_that_two_name_at_once_is_one(alice: Membership, bob: Membership) -> None:
    places = [factories.make_highlight(by=by) for by in (alice, bob)]

    first, second = overlapping(
        lambda: actions.tracing.trace(by=alice, highlight=places[0], origin=Root(name="Dispatch 41")),
        lambda: actions.tracing.trace(by=bob, highlight=places[1], origin=Root(name="dispatch 41")),
    )

    assert first == places[0]
    assert Origin.objects.count() == 1
    assert isinstance(second, Refused) or fresh(places[1]).origin == Origin.objects.get()
