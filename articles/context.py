"""What the frame of every page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import SimpleLazyObject

from articles.models import Claim, Role

if TYPE_CHECKING:
    from django.http import HttpRequest


def desk(request: HttpRequest) -> dict[str, Any]:
    """The desk, the member and how many verdicts wait for them; nothing on pages outside a desk.

    For a reader none waits, because a reader decides on none.
    """
    member = getattr(request, "member", None)
    if member is None:
        return {}
    waiting = Claim.objects.filter(desk_id=member.desk_id).waiting_for_review_by(member.person)
    count = SimpleLazyObject(waiting.count) if member.may(Role.REVIEWER) else 0
    return {"desk": member.desk, "membership": member, "review_count": count}
