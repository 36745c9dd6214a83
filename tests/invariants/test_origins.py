"""Ways of origins lead on and never round, names are once on a desk, and what counts no more keeps its origin."""

from __future__ import annotations

from typing import Any

import pytest

from articles import actions
from articles.actions.origins import Root
from articles.errors import Refused
from articles.models import Dismissal, Highlight, Membership, Origin
from tests import factories
from tests.factories import fresh
from tests.invariants.attacks import DENIED, change, refused, run, tell, twin


@pytest.fixture
def root(alice: Membership) -> Origin:
    return factories.make_origin(by=alice, name="The ministry")


@pytest.fixture
def origin(alice: Membership, root: Origin) -> Origin:
    return factories.make_origin(by=alice, name="Dispatch 41", comes_from=root)


@pytest.fixture
def place(alice: Membership) -> Highlight:
    return factories.make_highlight(by=alice)


def edited(row: Origin, by: Membership, **told: Any) -> Origin:
    row = fresh(row)
    return actions.origins.edit(by=by, origin=row, revision=row.revision, root=Root(**({"name": row.name} | told)))


def test_no_origin_comes_from_what_comes_from_it(origin: Origin, root: Origin, alice: Membership) -> None:
    with pytest.raises(Refused, match="“Dispatch 41” comes from “The ministry” already"):
        edited(root, alice, comes_from=origin)
    with refused("origin_leads_on"):
        change(root, alice, comes_from_id=origin.pk)


def test_no_origin_is_part_of_what_comes_from_it(origin: Origin, root: Origin, alice: Membership) -> None:
    with pytest.raises(Refused, match="comes from “The ministry” already"):
        actions.origins.merge(by=alice, origin=root, revision=1, into=origin)
    with refused("origin_leads_on"):
        change(root, alice, merged_into_id=origin.pk)


def test_a_long_way_round_is_found(origin: Origin, root: Origin, alice: Membership) -> None:
    for number in range(5):
        origin = factories.make_origin(by=alice, name=f"Station {number}", comes_from=origin)

    with pytest.raises(Refused, match="already"):
        edited(root, alice, comes_from=origin)
    with refused("origin_leads_on"):
        change(root, alice, comes_from_id=origin.pk)


def test_a_new_one_closes_no_circle_of_its_own(origin: Origin, alice: Membership) -> None:
    with refused("origin_leads_to_another", "origin_leads_on"):
        change(origin, alice, comes_from_id=origin.pk)
    with pytest.raises(Refused, match="already"):
        edited(origin, alice, comes_from=origin)
    with refused("origin_leads_to_another"):
        change(origin, alice, merged_into_id=origin.pk)
    with pytest.raises(Refused, match="one and the same"):
        actions.origins.merge(by=alice, origin=origin, revision=1, into=origin)


def test_a_merging_that_is_taken_back_closes_none(origin: Origin, root: Origin, alice: Membership) -> None:
    """While the dispatch is part of another, what it came from may come from that one."""
    other = factories.make_origin(by=alice, name="Dispatch 42", comes_from=root)
    actions.origins.merge(by=alice, origin=origin, revision=1, into=other)
    edited(other, alice, comes_from=None)
    edited(root, alice, comes_from=origin)
    assert fresh(root).comes_from == other

    actions.origins.part(by=alice, origin=fresh(origin))

    assert fresh(origin).comes_from == root
    with refused("origin_leads_on"):
        change(fresh(root), alice, comes_from_id=origin.pk)


def test_what_would_go_round_is_not_parted(origin: Origin, root: Origin, alice: Membership) -> None:
    other = factories.make_origin(by=alice, name="Dispatch 42", comes_from=root)
    actions.origins.merge(by=alice, origin=origin, revision=1, into=other)
    edited(other, alice, comes_from=None)
    change(fresh(root), alice, comes_from_id=origin.pk)  # an older reference, to what is part of another by now

    with pytest.raises(Refused, match="comes from “Dispatch 41” already"):
        actions.origins.part(by=alice, origin=fresh(origin))
    with refused("origin_leads_on"):
        change(fresh(origin), alice, merged_into_id=None)


@pytest.mark.parametrize("name", ["Dispatch 41", "DISPATCH 41"])
def test_a_name_is_once_on_a_desk(origin: Origin, alice: Membership, mallory: Membership, name: str) -> None:
    with pytest.raises(Refused, match="There is an origin of this name already"):
        factories.make_origin(by=alice, name=name)
    with refused("origin_name_once_per_desk"):
        twin(origin, alice, name=name)
    assert factories.make_origin(by=mallory, name=name).name == name


@pytest.mark.parametrize("name", [" Dispatch", "Dispatch ", "Dispatch  42", "Dispatch\n42", "", " "])
def test_a_name_has_single_spaces_between_its_words(origin: Origin, alice: Membership, name: str) -> None:
    with refused("origin_name_is_tidy"):
        change(origin, alice, name=name)
    if name.split():
        assert factories.make_origin(by=alice, name=f"{name} B").name == f"{' '.join(name.split())} B"
    else:
        with pytest.raises(Refused, match="Give the origin a name"):
            factories.make_origin(by=alice, name=name)


def test_a_kind_is_known(origin: Origin, alice: Membership) -> None:
    with pytest.raises(Refused, match="no such kind"):
        factories.make_origin(by=alice, name="Dispatch 42", kind="rumour")
    with refused("origin_kind_is_known"):
        change(origin, alice, kind="rumour")


def test_what_counts_no_more_keeps_its_origin(place: Highlight, origin: Origin, alice: Membership) -> None:
    actions.highlights.remove(by=alice, highlight=place)

    with pytest.raises(Refused, match="does not count any more"):
        actions.tracing.trace(by=alice, highlight=place, origin=origin)
    with refused("traced_where_it_counts"):
        change(place, alice, origin_id=origin.pk)


def test_an_origin_keeps_who_made_it_and_is_never_deleted(origin: Origin, alice: Membership, bob: Membership) -> None:
    with refused(DENIED):
        change(origin, alice, made_by_id=bob.person_id)
    with refused(DENIED):
        run("DELETE FROM articles_origin")


@pytest.mark.django_db(transaction=True)
def test_nobody_adds_an_origin_in_anothers_name(origin: Origin, bob: Membership) -> None:
    with refused("done_in_own_name"):
        twin(origin, bob, name="Dispatch 42")


def test_an_origin_changes_with_its_event(origin: Origin, place: Highlight) -> None:
    for table in ("origin", "highlight"):
        with refused("change_has_event", "change_is_told"):
            run(f"UPDATE articles_{table} SET revision = revision + 1")


# What is no copy


@pytest.fixture
def dismissal(alice: Membership) -> Dismissal:
    return factories.make_dismissal(by=alice)


def test_it_is_said_once(dismissal: Dismissal, alice: Membership) -> None:
    with pytest.raises(Refused, match="already"):
        actions.tracing.dismiss_copy(by=alice, claim=dismissal.claim, key=dismissal.key)
    with refused("dismissal_said_once"):
        twin(dismissal, alice)


def test_it_stays_as_it_was_said(dismissal: Dismissal, alice: Membership) -> None:
    with refused(DENIED):
        change(dismissal, alice, key="0" * 64)
    with refused(DENIED):
        run("DELETE FROM articles_dismissal")


def test_it_is_taken_back_by_someone(dismissal: Dismissal, alice: Membership) -> None:
    with refused("dismissal_taken_back_by_someone"):
        change(dismissal, alice, taken_back_at="2026-01-01Z")


@pytest.mark.django_db(transaction=True)
def test_nobody_takes_it_back_in_anothers_name(dismissal: Dismissal, alice: Membership, bob: Membership) -> None:
    with refused("done_in_own_name"):
        change(dismissal, bob, taken_back_at="2026-01-01Z", taken_back_by_id=alice.person_id)


# The rule of the desk


def test_a_rule_stays_in_reason(alice: Membership, erin: Membership) -> None:
    with pytest.raises(Refused, match="nine independent origins at most"):
        actions.origins.set_sourcing(by=erin, origins=10, primary=True)
    with refused("desk_origins_in_reason"):
        run("UPDATE articles_desk SET origins_needed = 10 WHERE id = %s", alice.desk_id)
        tell(erin, erin.pk, kind="membership")
