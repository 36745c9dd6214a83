"""What a query shows, on its own page and in the panel beside the article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.forms.asking import answer_form, close_form, query_edit_form, reopen_form
from articles.models import QueryStatus, Role
from articles.queries import asking as queries
from articles.queries.claims import assignable

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import BaseForm

    from articles.models import Membership, Query


def query_context(by: Membership, query: Query, *, back: str = "", **shown: Any) -> dict[str, Any]:
    """What ``queries/panel.html`` shows. ``back`` is the address of the page that the panel is part of, when that is
    not the query's own; ``shown`` replaces forms by what was typed into them.
    """
    answers = queries.answers_of(query)
    context = {
        "asked": query,
        "answers": answers,
        "place": queries.place_of(query),
        "is_mine": query.colleague_id == by.person_id,
        "back": back,
        "may_write": by.may(Role.REVIEWER),
    }
    forms = _forms(by, query, shown, is_answered=bool(answers)) if context["may_write"] else {}
    return context | forms | shown


def _forms(by: Membership, query: Query, shown: dict[str, Any], *, is_answered: bool) -> dict[str, Any]:
    """The forms of what can be done with it now, but for those that are shown as they were sent."""
    made: dict[str, Callable[[], BaseForm]] = {}
    if query.status != QueryStatus.CLOSED:
        made |= {"answer_form": lambda: answer_form(query, by), "close_form": lambda: close_form(query)}
    if query.status == QueryStatus.OPEN and not is_answered:
        made["edit_form"] = lambda: query_edit_form(query, by, assignable(by.desk))
    if query.status != QueryStatus.OPEN:
        made["reopen_form"] = reopen_form
    return {name: make() for name, make in made.items() if name not in shown}
