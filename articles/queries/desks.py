"""What a person finds on the desk: whose desk it is, how far the articles are, what happened."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from articles.models import (
    Article,
    ArticleVersion,
    AuditEvent,
    Batch,
    Carry,
    Claim,
    ClaimSheet,
    Dismissal,
    Evidence,
    Highlight,
    Invitation,
    Membership,
    Origin,
    Query,
    Resolution,
    Review,
    SheetEdition,
    Snapshot,
    Source,
    Status,
    Story,
    Suggestion,
    Verdict,
)
from articles.narration import Line, narrate
from articles.queries.articles import DONE, claim_counts, unfinished
from articles.queries.asking import open_on_articles
from articles.queries.history import people_of
from articles.sentences import ECHOES
from factcheck.second_factor import exists_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from articles.models import Desk, Person

SHOWN = 8
"""Articles that the desk shows; the rest is behind a link."""
EVENTS = 12
LOOKED_AT = 60
"""Claims of each status, and articles, among which those in progress are looked for. It bounds the work on a desk with
a million claims: what is looked for is nearly always new."""

ON_THE_WAY = tuple(
    f"arrival.{verb}"
    for verb in (
        "added",
        "came",
        "corrected",
        "corrected_back",
        "described",
        "discarded",
        "read",
        "restored",
        "unreadable",
    )
)
UNTOLD = (
    *ECHOES,
    *ON_THE_WAY,
    *("carry.overtaken", "highlight.carried", "highlight.questioned"),
    *("claimant.added", "desk.told", "invitation.accepted", "original.kept", "outlet.added", "scale.added"),
    *("claim.renewed", "evidence.moved", "snapshot.moved"),
)
"""Events that say nothing to a person who did not ask for the whole history."""


BY_BATCH = ("claim.edited", "claim.resumed", "claim.set_aside")

# Whose desk it is


def desks_of(person: Person) -> list[Membership]:
    return list(person.memberships.current().select_related("desk").order_by("desk__name"))


def members_of(desk: Desk) -> list[Any]:
    """Everyone who is or was on the desk, by name; ``has_factor`` says whether they have set up a second factor."""
    found = Membership.objects.filter(desk=desk).select_related("person").order_by("person__name", "id")
    return list(found.annotate(has_factor=exists_for("person_id")))


def open_invitations(desk: Desk) -> list[Invitation]:
    """Those that can still be accepted, the newest first. ``articles.actions.invitations`` bounds their number."""
    return list(Invitation.objects.open().filter(desk=desk).select_related("made_by").order_by("-id"))


# How far the articles are


class InProgress(NamedTuple):
    article: Article
    counts: Mapping[str, int]
    queries: int
    """Open ones about its words and its claims."""


def in_progress(desk: Desk) -> list[InProgress]:
    """The newest articles with claims that are neither approved nor set aside, or with no claims yet."""
    articles = Article.objects.filter(desk=desk)
    newest = articles.order_by("-id").values_list("pk", flat=True)[:LOOKED_AT]
    candidates = articles.filter(pk__in={*newest, *_articles_of_newest_claims(desk)})
    rows = list(unfinished(candidates).select_related("outlet", "story").order_by("-id")[:SHOWN])
    ids = [row.pk for row in rows]
    counts, asked = claim_counts(desk, ids), open_on_articles(desk.pk, ids)
    return [InProgress(row, counts.get(row.pk, {}), asked.get(row.pk, 0)) for row in rows]


def _articles_of_newest_claims(desk: Desk) -> list[UUID]:
    open_statuses = [status for status in Status if status not in DONE]
    claims = Claim.objects.filter(desk=desk).order_by("-id").values("pk")
    newest = [claims.filter(status=status)[:LOOKED_AT] for status in open_statuses]
    places = Highlight.objects.live().filter(desk=desk, claim__in=newest[0].union(*newest[1:], all=True))
    return list(places.values_list("version__article_id", flat=True).distinct())


# What happened


class About(NamedTuple):
    """What an event is about, for a person; ``kind`` is that of its page, as in ``desk/about.html``."""

    kind: str
    id: UUID
    words: str


class Happening(NamedTuple):
    """What happened, one thing after the other, to what the lines are about; the newest line first."""

    about: About | None
    lines: list[Line]


def recent(desk: Desk, *, after: int = 0, size: int = EVENTS) -> list[Happening]:
    """What happened on the desk after the event of that number, the newest first."""
    events = AuditEvent.objects.filter(desk=desk, number__gt=after).exclude(action__in=UNTOLD)
    events = events.exclude(action="claim.started", data__has_key="automatic")
    events = events.exclude(action="version.taken", data__number=1)  # which came with its article
    events = events.exclude(action__in=BY_BATCH, data__has_key="batch")  # of which its own event tells
    return told(desk, list(events.defer("canonical", "hash").order_by("-number")[:size]))


def told(desk: Desk, events: Sequence[AuditEvent]) -> list[Happening]:
    """These events in words, together where they are about the same thing one after the other."""
    subjects = [event.subject_id for event in events]
    lines = narrate(events, people_of(events), _names(desk, subjects))
    abouts = _abouts(desk, subjects)
    pairs = groupby(zip(subjects, lines, strict=True), key=lambda pair: abouts.get(pair[0]))
    return [Happening(about, [line for _, line in one]) for about, one in pairs]


def _names(desk: Desk, subjects: Sequence[UUID]) -> dict[UUID, str]:
    """What the narration calls a source, a piece of evidence, a reviewed verdict."""
    here = {"desk": desk, "pk__in": subjects}
    sources = Source.objects.filter(**here).values_list("pk", "title")
    evidence = Evidence.objects.filter(**here).values_list("pk", "source__title")
    verdicts = Verdict.objects.filter(**here, blind=True).readable().values_list("pk", "rating__name")
    readable = Verdict.objects.filter(desk=desk, reviews__in=subjects).readable()
    reviews = Review.objects.filter(**here, verdict__in=readable).values_list("pk", "verdict__rating__name")
    origins = Origin.objects.filter(**here).values_list("pk", "name")
    return dict(sources.union(evidence, origins, reviews, verdicts, all=True))


def _abouts(desk: Desk, subjects: Sequence[UUID]) -> dict[UUID, About]:
    """One query for subjects of every kind, so that what happened does not change how many queries there are."""
    here = {"desk": desk, "pk__in": subjects}
    parts = [_about(model.objects.filter(**here), kind, path, *words) for model, kind, path, words in _ABOUT]
    parts.append(_about(Highlight.objects.filter(**here, claim=None), "article", "version__article__", "headline"))
    return {subject: About(kind, pk, words) for subject, kind, pk, words in parts[0].union(*parts[1:], all=True)}


def _about(rows: QuerySet[Any], kind: str, path: str, *names: str) -> QuerySet[Any, Any]:
    """``path`` leads from a row to what it is about; the first of the fields ``names`` that is not empty names that."""
    empty = Value("", output_field=TextField())
    words = Coalesce(*(NullIf(Cast(f"{path}{name}", TextField()), empty) for name in names), empty)
    told: QuerySet[Any, Any] = rows.order_by().annotate(told_as=Value(kind), told_of=F(f"{path}id"), told_words=words)
    told = told.filter(told_of__isnull=False)
    return told.values_list("pk", "told_as", "told_of", "told_words")


_CLAIM = ("summary", "text")
_SHEET = ("article__headline", "story__title")
_ABOUT: tuple[tuple[type[Any], str, str, tuple[str, ...]], ...] = (
    (Claim, "claim", "", _CLAIM),
    (Highlight, "claim", "claim__", _CLAIM),
    (Evidence, "claim", "claim__", _CLAIM),
    (Verdict, "claim", "claim__", _CLAIM),
    (Review, "claim", "verdict__claim__", _CLAIM),
    (Resolution, "claim", "verdict__claim__", _CLAIM),
    (Suggestion, "claim", "verdict__claim__", _CLAIM),
    (Dismissal, "claim", "claim__", _CLAIM),
    (Query, "query", "", ("question",)),
    (Article, "article", "", ("headline",)),
    (ArticleVersion, "article", "article__", ("headline",)),
    (Carry, "article", "version__article__", ("headline",)),
    (Story, "story", "", ("title",)),
    (ClaimSheet, "sheet", "", _SHEET),
    (SheetEdition, "sheet", "sheet__", _SHEET),
    (Source, "source", "", ("title",)),
    (Snapshot, "source", "source__", ("title",)),
    (Origin, "origin", "", ("name",)),
    (Batch, "batch", "", ("what",)),
)
