"""Something for every column of the app, to be put beside what a form asks for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models

from articles import actions
from articles.models import Desk, Membership, Person, Status
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.factories import Cast

MODELS = list(apps.get_app_config("articles").get_models())
MOMENT, KEY, DIGEST = "2001-02-03", "01a20000-0000-7000-8000-000000000000", "0" * 64
PEOPLE = ("person_id", "actor_id", "verdict_author_id")
"""Columns that hold a person and are no foreign keys."""

BY_ANOTHER_NAME = {
    **dict.fromkeys(("pk", "by", "member", "membership"), KEY),
    **dict.fromkeys(("automatic", "is_proven"), "on"),
    **dict.fromkeys(("asked", "undoes"), "7"),
}
"""What no column is called, and what the code calls something that it decides."""


def make_busy_desk() -> Cast:
    """A desk on which there is one of everything that a column can refer to, beside what a test makes; and another."""
    cast = factories.make_desk()
    alice, bob = cast.alice, cast.bob
    factories.make_stranger()
    claim = factories.make_claim(by=alice, status=Status.APPROVED, reviewer=bob)
    article = claim.highlights.get().version.article
    for make in (factories.make_arrival, factories.make_snapshot):
        make(by=alice)
    factories.make_origin(by=alice, name="Another origin")
    factories.make_story(by=alice, title="Another story")
    factories.make_query(by=alice, claim=claim)
    factories.edit_claim(factories.make_claim(by=alice), by=alice, claimant="Somebody else")
    actions.sheets.open_sheet(by=alice, article=article)
    return cast


def beside(by: Membership, touched: set[str]) -> dict[str, str]:
    """Something for every column that there is. Of several of one name that of a ``touched`` model counts."""

    @cache
    def row_of(model: type[models.Model]) -> str:
        """Another desk, somebody else of this one, or some row that was there before."""
        if model is Desk:
            return str(Desk.objects.exclude(pk=by.desk_id).latest("founded_at").pk)
        if model is Person:
            others = Membership.objects.current().filter(desk=by.desk).exclude(pk=by.pk)
            return str(others.earliest("pk").person_id)
        return str(getattr(model._default_manager.order_by("pk").first(), "pk", KEY))

    ordered = sorted(MODELS, key=lambda model: model.__name__ in touched)
    columns = {
        name: field
        for model in ordered
        for field in model._meta.concrete_fields
        for name in (field.name, field.attname)
    }
    # By its own id every form knows that it was sent before.
    del columns["request_id"]
    return {name: value_for(field, row_of) for name, field in columns.items()} | BY_ANOTHER_NAME


def value_for(field: Any, row_of: Callable[[type[models.Model]], str]) -> str:
    """What the column could hold, and what nothing puts there by itself."""
    if isinstance(field, models.ForeignKey):
        return row_of(field.related_model)
    if field.name in PEOPLE:
        return row_of(Person)
    if field.choices:
        return str(list(field.choices)[-1][0])
    if getattr(field, "max_length", None) == len(DIGEST):
        return DIGEST
    kinds = {models.UUIDField: KEY, models.BooleanField: "on", models.DateField: MOMENT, models.JSONField: '{"x": "y"}'}
    kinds |= {models.IntegerField: "7", models.FloatField: "7"}
    return next((value for kind, value in kinds.items() if isinstance(field, kind)), "x")
