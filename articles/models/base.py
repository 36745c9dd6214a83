"""What every row of a desk has in common: its desk, its id and keys that cannot leave the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models.functions import UUID7
from django.db.models.sql.where import AND, WhereNode

if TYPE_CHECKING:
    from articles.models.desk import Desk

PARTIAL_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"


class DeskForeignKey[ST, GT](models.ForeignKey[ST, GT]):
    """A foreign key to a row of the same desk: ``(desk_id, <name>_id)`` references ``(desk_id, id)``.

    Django's part joins and looks up by both columns; the constraint itself is composite and is added by the
    ``KeepWithinDesk`` migration operation, because Django would constrain the id alone.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        options["db_constraint"] = False
        super().__init__(to, on_delete, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        options.pop("db_constraint", None)
        return name, path, args, options

    def get_extra_descriptor_filter(self, instance: Any) -> dict[str, Any]:
        return {"desk_id": instance.desk_id}

    def get_extra_restriction(self, alias: str | None, related_alias: str | None) -> WhereNode:
        """Add ``related.desk_id = this.desk_id`` to every join, so that a join stays within one desk."""
        here: Any = self.model._meta.get_field("desk")
        there: Any = self.remote_field.model._meta.get_field("desk")
        same_desk: Any = there.get_lookup("exact")(there.get_col(alias), here.get_col(related_alias))
        return WhereNode([same_desk], connector=AND)


class DeskRow(models.Model):
    """A row that belongs to one desk. In the database its primary key is ``(desk_id, id)``."""

    id = models.UUIDField(primary_key=True, db_default=UUID7(), editable=False)
    desk: models.ForeignKey[Desk, Desk] = models.ForeignKey(
        "articles.Desk", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        abstract = True


class EditableRow(DeskRow):
    """A row that people edit: ``revision`` grows by one with every change, and a write names the one it saw."""

    CONTENT: ClassVar[tuple[str, ...]] = ()
    """The fields a person edits, in the order in which a conflict shows them."""

    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
