"""Querysets whose SQL is made once: the rows are those of the queryset itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db.models.functions import Upper

from articles.models import Membership
from factcheck.prepared import Prepared, numbers

if TYPE_CHECKING:
    from django.db.models import QuerySet


def of_person(desk: UUID, person: UUID) -> QuerySet[Membership]:
    found = Membership.objects.select_related("desk", "person").annotate(loud=Upper("desk__slug"))
    return found.filter(person_id=person, desk_id=desk, role__in=["reviewer", "administrator"]).order_by("-id")


PREPARED = Prepared(of_person, UUID, UUID)


def test_it_brings_what_a_queryset_brings(alice: Membership, erin: Membership, django_assert_num_queries: Any) -> None:
    for member in (alice, erin):
        same: Any = of_person(member.desk_id, member.person_id).get()
        with django_assert_num_queries(1):
            row: Any = PREPARED.first(member.desk_id, member.person_id)
            assert (row, row.desk, row.person, row.loud) == (same, same.desk, same.person, same.loud)
        assert row.person.closed == []


def test_nothing_is_none(alice: Membership) -> None:
    assert PREPARED.first(alice.desk_id, uuid4()) is None
    assert PREPARED.first(uuid4(), alice.person_id) is None


def test_it_counts(alice: Membership, bob: Membership) -> None:
    members = Prepared(lambda desk: Membership.objects.filter(desk_id=desk), UUID)

    assert members.count(alice.desk_id) == Membership.objects.filter(desk_id=alice.desk_id).count() > 1
    assert members.count(uuid4()) == 0


def test_several_counts_cost_one_query(alice: Membership, erin: Membership, django_assert_num_queries: Any) -> None:
    members = Prepared(lambda desk: Membership.objects.filter(desk_id=desk)[:2], UUID)
    own = Prepared(lambda desk, person: Membership.objects.filter(desk_id=desk, person_id=person), UUID, UUID)
    parts = (members.counted(alice.desk_id), own.counted(alice.desk_id, alice.person_id), own.counted(uuid4(), uuid4()))

    with django_assert_num_queries(1):
        assert numbers("default", *parts) == (2, 1, 0)


def test_the_sql_is_made_once(alice: Membership) -> None:
    made = []

    def make(person: UUID) -> QuerySet[Membership]:
        made.append(person)
        return Membership.objects.filter(person_id=person)

    prepared = Prepared(make, UUID)

    assert [prepared.first(alice.person_id), prepared.first(alice.person_id)] == [alice, alice]
    assert len(made) == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda _: Membership.objects.all(),
        lambda slug: Membership.objects.filter(desk__slug__startswith=slug),
        lambda slug: Membership.objects.filter(desk__slug=slug.lower()),
    ],
    ids=["left out", "with a wildcard", "changed before"],
)
def test_a_value_that_is_no_parameter_as_it_is_is_refused(make: Any) -> None:
    with pytest.raises(TypeError, match="Not every value"):
        Prepared(make, str).first("sample")
