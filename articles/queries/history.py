"""The events that tell the history of a claim, and who did what they tell of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.models import (
    ArticleVersion,
    AuditEvent,
    Carry,
    CarryDecision,
    ChainHead,
    Dismissal,
    Evidence,
    Highlight,
    Origin,
    Person,
    Query,
    Resolution,
    Review,
    Snapshot,
    Source,
    Suggestion,
    Verdict,
)
from articles.narration import Line, narrate
from articles.queries.parts import parts_of
from articles.queries.sealing import told_names
from articles.sentences import ECHOES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from articles.models import Claim, Desk, DeskRow, EditableRow

PAGE = 100


@dataclass(frozen=True, slots=True)
class Told:
    """Lines of a history, the newest first, and the number before which the older ones are found."""

    lines: list[Line]
    older: int | None = None


@dataclass(frozen=True, slots=True)
class LastChange:
    by: Person | None
    at: datetime | None


def claim_history(claim: Claim, *, before: int | None = None, size: int = PAGE) -> Told:
    """What happened to the claim, its occurrences, its evidence with their sources, its verdicts and reviews.

    Also what became of its words in later versions, and which of them kept the words as they were.
    """
    names = _names(claim)
    told = names | told_names(claim.desk_id, claim.verdicts.values_list("pk", flat=True))
    events = AuditEvent.objects.filter(desk_id=claim.desk_id, subject_id__in=_subjects(claim, names))
    events = events.exclude(action__in=ECHOES).defer("canonical", "hash").order_by("-number")
    if before is not None:
        events = events.filter(number__lt=before)
    found = list(events[: size + 1])
    lines = narrate(found[:size], people_of(found), told)
    return Told(lines, found[size - 1].number if len(found) > size else None)


def source_history(source: Source, *, before: int | None = None, size: int = PAGE) -> Told:
    """What happened to the source, to those that became part of it, and to their copies."""
    here = {"desk_id": source.desk_id}
    parts = parts_of(Source, source.desk_id, [source.pk])
    names = dict(Source.objects.filter(**here, pk__in=parts).values_list("pk", "title"))
    copies = Snapshot.objects.filter(**here, source=source).values_list("pk", flat=True)
    events = AuditEvent.objects.filter(**here, subject_id__in=[*names, *copies]).exclude(action="snapshot.moved")
    events = events.defer("canonical", "hash").order_by("-number")
    if before is not None:
        events = events.filter(number__lt=before)
    found = list(events[: size + 1])
    lines = narrate(found[:size], people_of(found), names)
    return Told(lines, found[size - 1].number if len(found) > size else None)


def origin_history(origin: Origin, *, before: int | None = None, size: int = PAGE) -> Told:
    """What happened to the origin, and to those that became part of it."""
    here = {"desk_id": origin.desk_id}
    parts = parts_of(Origin, origin.desk_id, [origin.pk])
    names = dict(Origin.objects.filter(**here, pk__in=parts).values_list("pk", "name"))
    events = AuditEvent.objects.filter(**here, subject_id__in=names).defer("canonical", "hash").order_by("-number")
    if before is not None:
        events = events.filter(number__lt=before)
    found = list(events[: size + 1])
    return Told(narrate(found[:size], people_of(found), names), found[size - 1].number if len(found) > size else None)


def since(claim: Claim, number: int) -> list[Line]:
    """What happened to the claim after the event of that number, the newest first."""
    return [line for line in claim_history(claim).lines if line.number > number]


def last_number(desk: Desk) -> int:
    """The number of the newest event of the desk."""
    return ChainHead.objects.values_list("number", flat=True).get(desk=desk)


def last_number_of(row: DeskRow) -> int:
    """The number of the newest event about the row."""
    events = AuditEvent.objects.filter(desk_id=row.desk_id, subject_id=row.pk).order_by("-number")
    return int(events.values_list("number", flat=True)[0])


def people_of(events: Iterable[AuditEvent]) -> dict[UUID, str]:
    actors = {event.actor_id for event in events if event.actor_id}
    return {person.pk: str(person) for person in Person.objects.filter(pk__in=actors)}


def last_change(row: EditableRow) -> LastChange:
    """Who changed the row last, and when."""
    events = AuditEvent.objects.filter(desk_id=row.desk_id, subject_id=row.pk)
    event = events.order_by("-number").only("actor_id", "at").first()
    if event is None:
        return LastChange(None, None)
    return LastChange(Person.objects.filter(pk=event.actor_id).first() if event.actor_id else None, event.at)


def _names(claim: Claim) -> dict[UUID, str]:
    """What the claim's sources, pieces of evidence, reviewed verdicts and later versions are called, by id."""
    here = {"desk_id": claim.desk_id}
    sources = Source.objects.filter(**here, evidence__claim=claim).values_list("pk", "title")
    evidence = Evidence.objects.filter(**here, claim=claim).values_list("pk", "source__title")
    readable = Verdict.objects.filter(**here, claim=claim).readable()
    reviews = Review.objects.filter(**here, verdict__in=readable).values_list("pk", "verdict__rating__name")
    by_itself = _carries(claim).filter(decided_by=None, decision=CarryDecision.CARRIED)
    versions = ArticleVersion.objects.filter(**here, pk__in=by_itself.values("version_id"))
    return dict(sources.union(evidence, reviews, versions.values_list("pk", "article__outlet__name")))


def _subjects(claim: Claim, names: Iterable[UUID]) -> Sequence[UUID]:
    # By their ids and not by subqueries: so the index finds the events, however long the desk's history is.
    here = {"desk_id": claim.desk_id, "claim": claim}
    highlights = Highlight.objects.filter(**here).values_list("pk", flat=True)
    rows = [
        Verdict.objects.filter(**here),
        Query.objects.filter(**here),
        _carries(claim),
        Dismissal.objects.filter(**here),
        *(
            model.objects.filter(desk_id=claim.desk_id, verdict__claim=claim)
            for model in (Review, Resolution, Suggestion)
        ),
    ]
    return [claim.pk, *names, *highlights.union(*(found.values_list("pk", flat=True) for found in rows))]


def _carries(claim: Claim) -> QuerySet[Carry]:
    """Of the claim's highlights, and of the passages that are or were evidence for it."""
    here = {"desk_id": claim.desk_id}
    cited = Evidence.objects.filter(**here, claim=claim, highlight__isnull=False).values("highlight_id")
    passages = Highlight.objects.filter(Q(pk__in=cited) | Q(first__in=cited), **here).values("pk")
    return Carry.objects.filter(Q(highlight__claim=claim) | Q(highlight__in=passages), **here)
