"""Up to where a person has seen what happened on a desk. No desk's history speaks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from articles.models import Membership

# No further than there are events, and never back: two tabs tell it in any order.
LOOKED = """
INSERT INTO articles_lastlook (desk_id, person_id, number, looked_at)
SELECT desk_id, %(person)s, least(%(number)s, number), now() FROM articles_chainhead WHERE desk_id = %(desk)s
ON CONFLICT (desk_id, person_id) DO UPDATE
SET number = greatest(articles_lastlook.number, excluded.number), looked_at = excluded.looked_at
"""


def looked(*, by: Membership, number: int) -> None:
    """The person has seen what happened up to the event of that number."""
    with connection.cursor() as cursor:
        cursor.execute(LOOKED, {"desk": by.desk_id, "person": by.person_id, "number": number})
