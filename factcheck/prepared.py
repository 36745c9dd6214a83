"""Querysets whose SQL is made once. What nearly every request asks for takes longer to put together than to answer."""

from __future__ import annotations

import copy
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connections
from django.db.models import Model

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.db.models import QuerySet

STAND_INS: Mapping[type, Callable[[int], Any]] = {str: "stand-in {}".format, UUID: lambda number: UUID(int=number)}
"""By the kind of a value: what stands in its place while the SQL is made, another object for each place."""


class _Made(NamedTuple):
    """``queryset`` and ``compiler`` are Django's, with names that its stubs do not know."""

    queryset: Any
    compiler: Any
    sql: str
    parameters: Sequence[tuple[int | None, Any]]
    """For each: the number of the value that it is, or what it always is."""


class Prepared[Row: Model]:
    """A queryset as a function of values of these ``kinds``: ``str`` or ``UUID``, and nothing else.

    ``make`` may only compare columns with the values, so that the SQL is the same for all of them, and no value is
    converted. Rows, what ``select_related`` brings and annotations are as those of any queryset.
    """

    def __init__(self, make: Callable[..., QuerySet[Row]], *kinds: type) -> None:
        self._make = make
        self._kinds = kinds

    def first(self, *values: Any) -> Row | None:
        """The first row, in the order that ``make`` gives; None where there is none."""
        return next(iter(self._rows(values)), None)

    def count(self, *values: Any) -> int:
        (number,) = numbers(self._made.queryset.db, self.counted(*values))
        return number

    def counted(self, *values: Any) -> tuple[str, tuple[Any, ...]]:
        """How many rows there are as an expression of SQL, with its parameters; for ``numbers``."""
        made = self._made
        return f"(SELECT count(*) FROM ({made.sql}) AS prepared)", _filled(made, values)  # noqa: S608  # Django's

    def _rows(self, values: Sequence[Any]) -> list[Row]:
        made = self._made
        compiler = copy.copy(made.compiler)
        compiler.connection = connections[made.queryset.db]
        parameters = _filled(made, values)
        compiler.as_sql = lambda: (made.sql, parameters)
        rows: list[Row] = list(made.queryset._iterable_class(_with_compiler(made.queryset, compiler)))
        return rows

    @cached_property
    def _made(self) -> _Made:
        values = [STAND_INS[kind](number) for number, kind in enumerate(self._kinds)]
        queryset = self._make(*values)
        compiler = queryset.query.get_compiler(queryset.db)
        sql, parameters = compiler.as_sql()
        places = [next((i for i, value in enumerate(values) if value is one), None) for one in parameters]
        if {place for place in places if place is not None} != set(range(len(values))):
            raise TypeError(f"Not every value is a parameter as it is: {sql}")
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        compiler.get_converters = lambda _: converters
        return _Made(queryset, compiler, sql, list(zip(places, parameters, strict=True)))


def numbers(using: str, *counted: tuple[str, tuple[Any, ...]]) -> tuple[int, ...]:
    """Several counts in one round trip."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(sql for sql, _ in counted), [one for _, parameters in counted for one in parameters]
        )
        found: tuple[int, ...] = cursor.fetchone()
        return found


def _filled(made: _Made, values: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(one if place is None else values[place] for place, one in made.parameters)


def _with_compiler(queryset: Any, compiler: Any) -> SimpleNamespace:
    """All that Django's iterables of rows ask of a queryset."""
    return SimpleNamespace(
        db=queryset.db,
        model=queryset.model,
        query=SimpleNamespace(get_compiler=lambda using: compiler),
        _fetch_mode=queryset._fetch_mode,
        _known_related_objects={},
    )
