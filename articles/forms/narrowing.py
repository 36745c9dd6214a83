"""What a workbench's address says about which claims are wanted. An unknown value is as good as none."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from articles.models import ClaimKind, Status
from articles.queries.narrowing import Narrowing

if TYPE_CHECKING:
    from django.http import QueryDict


def narrowing_in(query: QueryDict, me: str) -> Narrowing:
    if not query:
        return Narrowing()
    kind = query.get("kind", "")
    return Narrowing(
        statuses=tuple(status for status in Status.values if status in query.getlist("status")),
        kind=kind if kind in ClaimKind.values else "",
        person=_id_in(query.get("person", "")),
        without_evidence="bare" in query,
        mine=me if "mine" in query else "",
        with_query="asked" in query,
    )


def said_of(narrowing: Narrowing) -> list[tuple[str, str]]:
    """The same as names and values of an address."""
    said = [("status", status) for status in narrowing.statuses]
    said += [("kind", narrowing.kind), ("person", narrowing.person)]
    said += [("bare", "on" if narrowing.without_evidence else ""), ("mine", "on" if narrowing.mine else "")]
    said += [("asked", "on" if narrowing.with_query else "")]
    return [(name, value) for name, value in said if value]


def _id_in(value: str) -> str:
    try:
        return str(UUID(value))
    except ValueError:
        return ""
