"""Filling in a form of a desk: with what is prepared for the action that it leads to, or by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from operator import attrgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Model
from django.forms import Form
from django.urls import reverse

from articles.models import Membership
from tests.actions.cases import CASES
from tests.factories import Cast
from tests.world import WITHOUT_A_DESK

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sent(NamedTuple):
    """A form as ``by`` sends it to ``url``."""

    by: Membership
    url: str
    told: dict[str, Any]


type Way = Callable[[str, Cast], Sent]
"""From the name of an address, before any comma, to its form, with the rows that it is about made ready."""
type Prepared = dict[str, Any]
"""What an action is called with."""
type Made = tuple[Membership, Model | None, dict[str, Any]]
"""Who sends it, the row that the address names, and what is said."""


def said_nothing(told: Prepared) -> dict[str, Any]:
    return {}


def for_action(
    action: Callable[..., Any],
    row: str = "",
    form: type[Form] = Form,
    say: Callable[[Prepared], dict[str, Any]] = said_nothing,
) -> Way:
    """With what is prepared for the action: ``row`` is where in that the row is that the address names.

    ``say`` names what the form calls otherwise than the action, or has besides.
    """
    (prepare,) = (case.prepare for case in CASES if case.action is action)

    def sent(cast: Cast) -> Made:
        told = prepare(cast)
        named = attrgetter(row)(SimpleNamespace(**told)) if row else None
        return told["by"], named, {**_by_name(told, form), **say(told)}

    return by_hand(sent, form)


def by_hand(make: Callable[[Cast], Made], form: type[Form] = Form) -> Way:
    """What the form has besides is sent empty, as a browser sends it."""

    def sent(name: str, cast: Cast) -> Sent:
        by, row, told = make(cast)
        desk = [] if f"articles:{name}" in WITHOUT_A_DESK else [by.desk.slug]
        url = reverse(f"articles:{name.partition(',')[0]}", args=[*desk, *([row.pk] if row else [])])
        empty = dict.fromkeys(form.base_fields.keys() - {"request_id"}, "")
        return Sent(by, url, empty | {key: _typed(value) for key, value in told.items()})

    return sent


def _by_name(told: Prepared, form: type[Form]) -> dict[str, Any]:
    """Of what an action is called with, what the form calls by the same name."""
    known = {key: value for key, value in told.items() if not is_dataclass(value)}
    for value in told.values():
        known |= _parts(value)
    return {name: known[name] for name in known.keys() & form.base_fields.keys()}


def _parts(value: Any) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return value
    return {field.name: getattr(value, field.name) for field in fields(value)} if is_dataclass(value) else {}


def _typed(value: Any) -> Any:
    match value:
        case None | False:
            return ""
        case Model():
            return value.pk
    return value
