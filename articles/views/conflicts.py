"""What a page shows when someone else was faster: both texts, and a form that sends one's own again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.forms import ChoiceField

from articles.queries.history import last_change

if TYPE_CHECKING:
    from datetime import datetime

    from django.forms import BoundField

    from articles.errors import Stale
    from articles.forms.base import EditForm
    from articles.models import Person


class Differing(NamedTuple):
    """One field in both states. Without a ``name`` it is a choice, whose value is sent along unseen."""

    name: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Conflict:
    by: Person | None
    at: datetime | None
    revision: int
    action: str
    theirs_url: str
    fields: list[Differing]
    same: list[tuple[str, str]]


def conflict_of(
    stale: Stale, form: EditForm, fresh: EditForm, *, action: str, theirs_url: str, **also: str
) -> Conflict:
    """What both people wrote: ``form`` holds one's own words, ``fresh`` the row as it is stored now.

    ``action`` is where one's own can be sent again, ``also`` what is sent along with it, and ``theirs_url`` the page
    that shows the stored row.
    """
    last = last_change(stale.current)
    fields = [
        _differing(field, mine, theirs)
        for field in _visible(form)
        if (mine := _as_sent(field.value())) != (theirs := _as_sent(fresh[field.name].value()))
    ]
    typed = {field.name for field in fields}
    same = [(field.name, _as_sent(field.value())) for field in _visible(form) if field.name not in typed]
    return Conflict(last.by, last.at, stale.current.revision, action, theirs_url, fields, [*same, *also.items()])


def _visible(form: EditForm) -> list[BoundField]:
    return [field for field in form if not field.is_hidden]


def _differing(field: BoundField, mine: str, theirs: str) -> Differing:
    if not isinstance(field.field, ChoiceField):
        return Differing(field.name, str(field.label), mine, theirs)
    words = {str(widget.data["value"]): str(widget.data["label"]) for widget in field.subwidgets}
    return Differing("", str(field.label), words.get(mine, ""), words.get(theirs, ""))


def _as_sent(value: Any) -> str:
    """The value as a form sends it, with the line breaks that are stored."""
    return "" if value is None else str(value).replace("\r\n", "\n")
