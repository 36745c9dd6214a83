"""Who is told of what: one table from the verb of an event to the people whom it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.models import (
    UNSETTLED,
    Claim,
    Membership,
    Notice,
    NoticeKind,
    Query,
    Resolution,
    Standing,
    Suggestion,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from articles.models import DeskRow


class Told(NamedTuple):
    """An event about a claim or a query, as it was just recorded."""

    number: int
    verb: str
    about: Claim | Query
    data: Mapping[str, Any]


def _whose(told: Told) -> list[UUID | None]:
    claim = _claim(told)
    return [claim.verdict.author_id if claim.verdict else None]


def _whose_work(told: Told) -> list[UUID | None]:
    return [*_whose(told), _claim(told).assignee_id]


def _whose_findings(told: Told) -> list[UUID | None]:
    """Also who found a second time beside a blind verdict."""
    verdict = _claim(told).verdict
    seconds = verdict.seconds.values_list("author_id", flat=True) if verdict and verdict.blind else []
    return [*_whose_work(told), *seconds]


def _whose_finding_fell(told: Told) -> list[UUID | None]:
    """Of two that differ one stands. Where a third does, both are withdrawn, and that tells of it."""
    if told.data["stands"] == Standing.THIRD:
        return []
    first = told.data["verdict"]
    both = Verdict.objects.filter(Q(pk=first) | Q(second_of=first), desk_id=told.about.desk_id)
    return list(both.exclude(pk=told.data["standing"]).values_list("author_id", flat=True))


def _everyone_concerned(told: Told) -> list[UUID | None]:
    review = _claim(told).review
    return [*_whose_work(told), review.reviewer_id if review else None]


def _to_whom_it_is_put(told: Told) -> list[UUID | None]:
    """The colleague who is asked; of a change only one who was not asked before."""
    is_same = told.verb == "query.edited" and "colleague" not in told.data.get("after", {})
    return [] if is_same else [_query(told).colleague_id]


def _who_asked(told: Told) -> list[UUID | None]:
    return [_query(told).asked_by_id]


def _claim(told: Told) -> Claim:
    assert isinstance(told.about, Claim)  # noqa: S101  # as CONCERNED asks by the verb
    return told.about


def _query(told: Told) -> Query:
    assert isinstance(told.about, Query)  # noqa: S101  # likewise
    return told.about


def _to_whom_it_is_given(told: Told) -> list[UUID | None]:
    given = told.data.get("after", {}).get("assignee")
    return [UUID(given["id"])] if given else []


CONCERNED: dict[str, tuple[NoticeKind, Callable[[Told], list[UUID | None]]]] = {
    "claim.edited": (NoticeKind.ASSIGNED, _to_whom_it_is_given),
    "claim.returned": (NoticeKind.RETURNED, _whose_work),
    "claim.approved": (NoticeKind.APPROVED, _whose),
    "claim.reopened": (NoticeKind.REOPENED, _everyone_concerned),
    "claim.set_aside": (NoticeKind.ASIDE, _whose_work),
    "difference.resolved": (NoticeKind.RESOLVED, _whose_finding_fell),
    "query.answered": (NoticeKind.ANSWERED, _who_asked),
    "query.asked": (NoticeKind.ASKED, _to_whom_it_is_put),
    "query.edited": (NoticeKind.ASKED, _to_whom_it_is_put),
    "query.reopened": (NoticeKind.ASKED, _to_whom_it_is_put),
    "verdict.withdrawn": (NoticeKind.VOIDED, _whose_findings),
    "words.suggested": (NoticeKind.ASKED, _whose),
}


def tell(by: Membership | None, events: Iterable[tuple[int, str, DeskRow, Mapping[str, Any]]]) -> None:
    """Make the notices of these events, each a number, a verb, a subject and data, in their transaction."""
    tolds = [
        Told(number, verb, about, data)
        for number, verb, subject, data in events
        if isinstance(about := _about(subject), (Claim, Query))
    ]
    Notice.objects.bulk_create(notice for told in tolds for notice in _notices(by, told))


def _about(subject: DeskRow) -> DeskRow:
    """What is said of a verdict is about its claim."""
    return subject.verdict.claim if isinstance(subject, (Resolution, Suggestion)) else subject


def tell_together(by: Membership, tolds: Sequence[Told]) -> None:
    """One notice for each person and kind, about all of the claims that these events changed at once."""
    together: dict[tuple[UUID, str], Notice] = {}
    for told in tolds:
        for notice in _notices(by, told):
            first = together.setdefault((notice.person_id, notice.kind), notice)
            first.claims += first is not notice
    Notice.objects.bulk_create(together.values())


def tell_of_days(today: date) -> int:
    """Tell everyone who has a claim that is due by now of the day, once. Returns how many notices were made."""
    due = Claim.objects.filter(status__in=UNSETTLED, due__lte=today, assignee__isnull=False)
    told = Notice.objects.filter(
        desk_id=OuterRef("desk_id"), person=OuterRef("assignee"), claim=OuterRef("pk"), due=OuterRef("due")
    )
    # A member who left is told nothing: the claim waits for someone who takes it over.
    here = Membership.objects.current().filter(desk_id=OuterRef("desk_id"), person=OuterRef("assignee"))
    untold = due.filter(~Exists(told), Exists(here)).order_by("due", "id")
    made = [
        Notice(desk_id=desk, person_id=person, claim_id=claim, kind=NoticeKind.DUE, due=day)
        for claim, desk, person, day in untold.values_list("pk", "desk_id", "assignee_id", "due")
    ]
    Notice.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def mark_read(*, by: Membership, notice: Notice | None = None, up_to: UUID | None = None) -> None:
    """Mark one notice read, or all of them up to the one of that id, which was the newest on the screen."""
    unread = Notice.objects.filter(desk_id=by.desk_id, person_id=by.person_id, read_at=None)
    chosen = unread.filter(pk=notice.pk) if notice else unread.filter(pk__lte=up_to)
    chosen.update(read_at=timezone.now())


def _notices(by: Membership | None, told: Told) -> list[Notice]:
    """Nobody is told of what they did themselves."""
    if told.verb not in CONCERNED:
        return []
    kind, audience = CONCERNED[told.verb]
    people = dict.fromkeys(person for person in audience(told) if person and (by is None or person != by.person_id))
    about = {"query" if isinstance(told.about, Query) else "claim": told.about}
    return [
        Notice(desk_id=told.about.desk_id, person_id=person, kind=kind, number=told.number, **about)
        for person in people
    ]
