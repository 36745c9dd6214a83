"""Outlets and claimants are known by their names: the first use makes the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    known = model._default_manager.filter(desk_id=desk_id, name__iexact=name).first()
    if known is not None:
        return known
    row = model._default_manager.create(desk_id=desk_id, name=name)
    record(by, f"{model._meta.model_name}.added", row, {"name": name})
    return row
