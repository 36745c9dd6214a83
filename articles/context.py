"""What the frame of every page shows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.functional import SimpleLazyObject

from articles.models import Claim, Role
from factcheck.prepared import Prepared

if TYPE_CHECKING:
    from django.http import HttpRequest

WAITING = Prepared(
    lambda desk, person: Claim.objects.filter(desk_id=desk).waiting_for_review_by(person).only("id"), UUID, UUID
)


def desk(request: HttpRequest) -> dict[str, Any]:
    """The desk, the member and how many verdicts wait for them; nothing on pages outside a desk.

    For a reader none waits, because a reader decides on none.
    """
    member = getattr(request, "member", None)
    if member is None:
        return {}
    waiting = partial(WAITING.count, member.desk_id, member.person_id)
    count = SimpleLazyObject(waiting) if member.may(Role.REVIEWER) else 0
    return {"desk": member.desk, "membership": member, "review_count": count}
