"""What the frame of every page shows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.utils.functional import SimpleLazyObject

from articles.models import Claim, Notice, Role
from factcheck.prepared import Prepared, numbers

if TYPE_CHECKING:
    from django.http import HttpRequest

    from articles.models import Membership

MANY = 100
"""Nothing is counted further: to know that there are more is enough, and costs the same on a desk of any size."""

WAITING = Prepared(
    lambda desk, person: Claim.objects.filter(desk_id=desk).waiting_for_review_by(person).only("id")[:MANY], UUID, UUID
)
UNREAD = Prepared(
    lambda desk, person: Notice.objects.filter(desk_id=desk, person_id=person, read_at=None).only("id")[:MANY],
    UUID,
    UUID,
)


def desk(request: HttpRequest) -> dict[str, Any]:
    """The desk, the member, how many verdicts and notices wait for them; nothing on pages outside a desk.

    For a reader no verdict waits, because a reader decides on none.
    """
    member = getattr(request, "member", None)
    if member is None:
        return {}
    return {"desk": member.desk, "membership": member, "unseen": SimpleLazyObject(partial(_waiting, member))}


def _waiting(member: Membership) -> dict[str, str]:
    key = (member.desk_id, member.person_id)
    reviews, notices = numbers(DEFAULT_DB_ALIAS, WAITING.counted(*key), UNREAD.counted(*key))
    return {"reviews": _shown(reviews) if member.may(Role.REVIEWER) else "", "notices": _shown(notices)}


def _shown(number: int) -> str:
    return f"{MANY - 1}+" if number >= MANY else str(number or "")
