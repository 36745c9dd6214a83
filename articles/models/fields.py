"""Field shapes that several nouns share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.validators import RegexValidator
from django.db import models

from articles.models.base import PARTIAL_DATE, DeskForeignKey

if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
else:
    _CharField = models.CharField


class MemberForeignKey[ST, GT](models.ForeignKey[ST, GT]):
    """A person who is or was on the row's desk: ``(desk_id, <name>_id)`` references the desk's memberships.

    The composite constraint is added by the ``KeepWithinDesk`` migration operation.
    """

    def __init__(self, to: Any = "articles.Person", on_delete: Any = models.PROTECT, **options: Any) -> None:
        options |= {"db_constraint": False, "related_name": "+", "db_index": False}
        super().__init__(to, on_delete, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        for fixed in ("db_constraint", "related_name", "db_index"):
            options.pop(fixed, None)
        return name, path, args, options


class PartialDateField(_CharField):
    """A date as far as it is known: ``2013``, ``2013-06`` or ``2013-06-05``; empty when unknown."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options |= {"max_length": 10, "blank": True, "default": ""}
        options["validators"] = [RegexValidator(PARTIAL_DATE, "Write the date as 2013, 2013-06 or 2013-06-05.")]
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        for fixed in ("max_length", "blank", "default", "validators"):
            options.pop(fixed, None)
        return name, path, args, options


def has_words(name: str) -> models.Q:
    """There is more in this text than white space."""
    return models.Q(**{f"{name}__regex": r"\S"})


def set_together(*names: str) -> models.Q:
    """All of these fields are set, or none is."""
    none = models.Q(**{f"{name}__isnull": True for name in names})
    every = models.Q(**{f"{name}__isnull": False for name in names})
    return none | every


__all__ = ["DeskForeignKey", "MemberForeignKey", "PartialDateField", "has_words", "set_together"]
