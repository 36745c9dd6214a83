"""Whose turn it is: the lists of claims that a person has to do something about, each with its index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    Expression,
    F,
    Func,
    IntegerField,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.utils import timezone

from articles.models import DUE_OR_NEVER, DUE_SOON, SENT_BACK, TO_CHECK, UNSETTLED, Claim, Membership, Status
from articles.queries.rechecks import due_for_recheck

if TYPE_CHECKING:
    from django.db.models import Field

SHOWN = 5
"""Claims of each list that the desk's own page shows; all of them are a page of their own."""
PAGE = 50
COUNTED = 100
"""How far the claims of a list are counted: to know that there are more is enough."""


class Key(NamedTuple):
    """One of the columns by which a list is sorted, and how its value is read from an address."""

    name: str
    expression: Expression | F
    field: type[Field[Any, Any]]
    read: Callable[[str], Any]


DUE_LAST = Key("due_last", DUE_OR_NEVER, DateField, date.fromisoformat)
DUE = Key("due", F("due"), DateField, date.fromisoformat)
PRIORITY = Key("priority", F("priority"), IntegerField, int)
STATUS_AT = Key("status_at", F("status_at"), DateTimeField, datetime.fromisoformat)
RECHECK_ON = Key("recheck_on", F("verdict__recheck_on"), DateField, date.fromisoformat)
ID = Key("id", F("id"), UUIDField, UUID)


@dataclass(frozen=True, slots=True)
class Part:
    """One list. A claim is on it when it is in one of the ``branches``, of which each has an index of its own."""

    name: str
    keys: tuple[Key, ...]
    branches: Callable[[Membership], Sequence[QuerySet[Claim]]]
    newest_first: bool = False


class Claims(NamedTuple):
    """The first claims of a list, and how many there are, counted up to COUNTED."""

    part: Part
    rows: list[Claim]
    number: int

    @property
    def are_more(self) -> bool:
        return self.number > len(self.rows)

    @property
    def counted(self) -> str:
        return f"{COUNTED} and more" if self.number > COUNTED else str(self.number)


class Page(NamedTuple):
    """``after`` leads to the next page; empty on the last."""

    rows: list[Claim]
    after: str


def _of(by: Membership) -> Any:
    return Claim.objects.filter(desk_id=by.desk_id)


def _to_check(by: Membership) -> list[QuerySet[Claim]]:
    return [_of(by).filter(assignee=by.person_id, status__in=TO_CHECK)]


def _to_review(by: Membership) -> list[QuerySet[Claim]]:
    return [_of(by).waiting_for_review_by(by.person_id)]


def _handed_on(by: Membership) -> list[QuerySet[Claim]]:
    return [_of(by).filter(status=Status.IN_REVIEW, verdict_author_id=by.person_id)]


def _sent_back(status: Status) -> Callable[[Membership], list[QuerySet[Claim]]]:
    """To the person who has the claim and to the one who found the verdict."""

    def branches(by: Membership) -> list[QuerySet[Claim]]:
        claims = _of(by).filter(status=status, status__in=SENT_BACK)
        return [claims.filter(assignee=by.person_id), claims.filter(verdict_author_id=by.person_id)]

    return branches


def _due(by: Membership) -> list[QuerySet[Claim]]:
    return [_due_on_desk(by)[0].filter(assignee=by.person_id)]


def _due_on_desk(by: Membership) -> list[QuerySet[Claim]]:
    soon = timezone.localdate() + timedelta(days=DUE_SOON)
    return [_of(by).filter(status__in=UNSETTLED, due__isnull=False, due__lte=soon)]


def _to_recheck(by: Membership) -> list[QuerySet[Claim]]:
    """For whoever takes it."""
    return [due_for_recheck(by.desk, timezone.localdate()).alias(recheck_on=RECHECK_ON.expression)]


RETURNED = Part("returned", (STATUS_AT, ID), _sent_back(Status.RETURNED), newest_first=True)
REOPENED = Part("reopened", (STATUS_AT, ID), _sent_back(Status.REOPENED), newest_first=True)
DUE_SOON_OF_MINE = Part("due", (DUE, ID), _due)
DUE_SOON_ON_DESK = Part("due-on-desk", (DUE, ID), _due_on_desk)
RECHECK = Part("recheck", (RECHECK_ON, ID), _to_recheck)
CHECK = Part("check", (DUE_LAST, PRIORITY, ID), _to_check)
REVIEW = Part("review", (STATUS_AT, ID), _to_review)
WAITING = Part("waiting", (STATUS_AT, ID), _handed_on)

MINE = (RETURNED, REOPENED, DUE_SOON_OF_MINE, CHECK, REVIEW, WAITING, RECHECK)
PARTS = {part.name: part for part in (*MINE, DUE_SOON_ON_DESK)}
"""What the desk's own page shows a person who may check, in this order."""


def work_of(by: Membership, parts: Sequence[Part] = MINE) -> dict[str, Claims]:
    """The beginning of each list, by its name. One query for each list, and one that counts all of them."""
    numbers = counts(by, parts)
    return {part.name: Claims(part, page(by, part, size=SHOWN).rows, numbers[part.name]) for part in parts}


def page(by: Membership, part: Part, after: str = "", size: int = PAGE) -> Page:
    """The claims after the one at which the page before ended. An ``after`` that says nothing starts anew."""
    rows = list(rows_of(by, part, after)[: size + 1])
    return Page(rows[:size], place(part, rows[size - 1]) if len(rows) > size else "")


def rows_of(by: Membership, part: Part, after: str = "", size: int = PAGE) -> QuerySet[Claim]:
    """Each branch is cut to a page before they are joined, so that each reads no further in its index."""
    branches = [_sorted(part, _after(part, claims, after)) for claims in part.branches(by)]
    claims = branches[0]
    if len(branches) > 1:
        first, *others = (branch.values("pk")[: size + 1] for branch in branches)
        claims = _sorted(part, _of(by).filter(pk__in=first.union(*others, all=True)))
    return claims.select_related("verdict__author", "review__reviewer", "assignee")


def counts(by: Membership, parts: Sequence[Part]) -> dict[str, int]:
    """How many claims are on each list, counted up to one more than COUNTED. Costs one query."""
    selects: list[str] = []
    values: list[Any] = []
    for part in parts:
        first, *others = (claims.order_by().values("pk")[: COUNTED + 1] for claims in part.branches(by))
        sql, parameters = (first.union(*others) if others else first).query.sql_with_params()
        selects.append(f"(SELECT count(*) FROM ({sql}) AS part)")  # noqa: S608  # Django's own SQL
        values += parameters
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(selects), values)
        return dict(zip((part.name for part in parts), cursor.fetchone(), strict=True))


def _sorted(part: Part, claims: QuerySet[Claim]) -> QuerySet[Claim]:
    claims = claims.alias(due_last=DUE_OR_NEVER)
    return claims.order_by(*(f"-{key.name}" if part.newest_first else key.name for key in part.keys))


def _after(part: Part, claims: QuerySet[Claim], after: str) -> QuerySet[Claim]:
    try:
        values = [key.read(text) for key, text in zip(part.keys, after.split("~"), strict=True)]
    except ValueError:
        return claims
    here = Func(*(key.expression for key in part.keys), template="(%(expressions)s)", output_field=TextField())
    there = Func(
        *(Value(value, output_field=key.field()) for key, value in zip(part.keys, values, strict=True)),
        template="(%(expressions)s)",
        output_field=TextField(),
    )
    joiner = " < " if part.newest_first else " > "
    return claims.filter(Func(here, there, template="%(expressions)s", arg_joiner=joiner, output_field=BooleanField()))


def place(part: Part, claim: Claim) -> str:
    """Where a list goes on after this claim, as it stands in an address."""
    values = {"due_last": claim.due or date.max, "recheck_on": claim.verdict and claim.verdict.recheck_on}
    return "~".join(str(values.get(key.name) or getattr(claim, key.name)) for key in part.keys)
