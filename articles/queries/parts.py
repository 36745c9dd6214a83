"""What became part of a row: two that were one are merged, and may be merged on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from articles.models import Origin, Source

PARTS = """
WITH RECURSIVE part AS (
    SELECT id, id AS whole FROM {table} WHERE desk_id = %(desk)s AND id = ANY(%(rows)s)
    UNION
    SELECT o.id, part.whole FROM part JOIN {table} o ON o.desk_id = %(desk)s AND o.merged_into_id = part.id
)
SELECT id, whole FROM part
"""


def parts_of(model: type[Origin | Source], desk: UUID, rows: Collection[UUID]) -> dict[UUID, UUID]:
    """These rows and all that are part of them, each with the one of these that it is part of. Costs one query."""
    if not rows:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(PARTS.format(table=model._meta.db_table), {"desk": desk, "rows": list(rows)})
        return dict(cursor.fetchall())
