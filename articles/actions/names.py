"""Outlets and claimants are known by their names: the first use makes the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from articles.actions._writing import record
from articles.models import Claimant, Membership, Outlet

if TYPE_CHECKING:
    from uuid import UUID


def outlet_named(name: str, *, desk_id: UUID, by: Membership | None) -> Outlet:
    return _named(Outlet, name, desk_id, by)


def claimant_named(name: str, *, desk_id: UUID, by: Membership | None) -> Claimant | None:
    """The claimant of that name, or None for an empty name."""
    return _named(Claimant, name, desk_id, by) if name.strip() else None


def _named[Named: (Outlet, Claimant)](model: type[Named], name: str, desk_id: UUID, by: Membership | None) -> Named:
    name = " ".join(name.split())
    # The same comparison as in the unique constraint; it and "iexact" differ on letters such as the dotted capital I.
    same_name = model._default_manager.filter(Exact(Lower("name"), Lower(Value(name))))
    row, new = same_name.get_or_create(desk_id=desk_id, defaults={"name": name})
    if new:
        record(by, f"{model._meta.model_name}.added", row, {"name": name})
    return row
