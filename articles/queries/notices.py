"""What a person was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from articles.models import AuditEvent, Notice
from articles.queries.history import people_of
from articles.queries.paging import Page, page

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from articles.models import Membership


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in what its event adds: who, why, and the batch where many claims were changed at once."""

    notice: Notice
    who: str
    reason: str
    batch: str
    is_automatic: bool
    """Whether it followed by itself from what ``who`` did."""

    @property
    def others(self) -> int:
        """Claims besides the one that is named."""
        return self.notice.claims - 1


def notice_page(by: Membership, after: str | None) -> Page[Told]:
    """All that the member was told on this desk, the newest first."""
    rows = Notice.objects.filter(desk_id=by.desk_id, person_id=by.person_id).select_related("claim", "query")
    found = page(rows, after)
    return Page(tell(by, found.rows), found.after)


def settled_at() -> datetime:
    """Until when every notice is there to be read: one that was made later may be of a transaction under way."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = session_user AND pid <> pg_backend_pid()"
        )
        (oldest,) = cursor.fetchone()
    return min(now, oldest or now)


def unread(
    by: Membership, since: datetime | None = None, size: int = 50, *, until: datetime | None = None
) -> list[Told]:
    """The newest of what the member has not read, made after ``since`` and not after ``until``."""
    rows = Notice.objects.filter(desk_id=by.desk_id, person_id=by.person_id, read_at=None).select_related(
        "claim", "query"
    )
    rows = rows.filter(made_at__gt=since) if since else rows
    rows = rows.filter(made_at__lte=until) if until else rows
    return tell(by, rows.order_by("-id")[:size])


def tell(by: Membership, notices: Collection[Notice]) -> list[Told]:
    numbers = [notice.number for notice in notices if notice.number]
    events = AuditEvent.objects.filter(desk_id=by.desk_id, number__in=numbers).defer("canonical", "hash")
    known = {event.number: event for event in events}
    people = people_of(known.values())
    return [_told(notice, known.get(notice.number or 0), people) for notice in notices]


def _told(notice: Notice, event: AuditEvent | None, people: Mapping[UUID, str]) -> Told:
    if event is None:
        return Told(notice, "", "", "", is_automatic=False)
    reason = str(event.data.get("reason") or "")
    who = people.get(event.actor_id) if event.actor_id else None
    batch = str(event.data.get("batch") or "")
    return Told(notice, who or "The system", reason, batch, is_automatic="automatic" in event.data)
