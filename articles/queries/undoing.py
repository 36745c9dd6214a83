"""What a person did in an article and can take back: a stack, read from the history and kept nowhere else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q

from articles.models import AuditEvent, Evidence, Highlight, Review, Verdict
from articles.narration import ECHOES, deed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from articles.models import Article, ArticleVersion, Claim, Membership

REACH = 1000
"""Events of a person, the newest on the desk, among which those about the article are looked for."""

DEPTH = 100
"""Of those about the article so many, the newest, make the stack."""

ONE_EDIT = timedelta(seconds=60)
"""Fields save themselves while one types: edits of the same fields that follow each other so closely are one step."""

# Each row is looked up by its whole key, one branch for each kind of subject, so that the cost is bounded by REACH and
# not by the size of the desk. The words and the title are what the step is called by.
ACTS = """
WITH here AS MATERIALIZED (
    SELECT array_agg(id) AS versions FROM articles_articleversion WHERE desk_id = %(desk)s AND article_id = %(article)s
), own AS (
    SELECT number, at, action, subject_kind, subject_id, data FROM articles_auditevent
    WHERE desk_id = %(desk)s AND actor_id = %(person)s ORDER BY number DESC LIMIT %(reach)s
), acts AS MATERIALIZED (
    SELECT own.*, place.claim, place.source
    FROM own CROSS JOIN here CROSS JOIN LATERAL (
        SELECT h.version_id AS version, NULL::uuid AS standing, h.claim_id AS claim, NULL::uuid AS source
        FROM articles_highlight h
        WHERE own.subject_kind = 'highlight' AND h.desk_id = %(desk)s AND h.id = own.subject_id
        UNION ALL
        SELECT NULL, own.subject_id, own.subject_id, NULL WHERE own.subject_kind = 'claim'
        UNION ALL
        SELECT (SELECT version_id FROM articles_highlight h WHERE h.desk_id = %(desk)s AND h.id = e.highlight_id),
            e.claim_id, e.claim_id, e.source_id
        FROM articles_evidence e WHERE own.subject_kind = 'evidence' AND e.desk_id = %(desk)s AND e.id = own.subject_id
        UNION ALL
        SELECT NULL, v.claim_id, v.claim_id, NULL
        FROM articles_verdict v WHERE own.subject_kind = 'verdict' AND v.desk_id = %(desk)s AND v.id = own.subject_id
        UNION ALL
        SELECT y.version_id, NULL, NULL, NULL
        FROM articles_carry y WHERE own.subject_kind = 'carry' AND y.desk_id = %(desk)s AND y.id = own.subject_id
        UNION ALL
        SELECT own.subject_id, NULL, NULL, NULL WHERE own.subject_kind = 'articleversion'
    ) AS place
    WHERE own.action = ANY(%(verbs)s) AND own.data -> 'automatic' IS NULL AND (
        place.version = ANY(here.versions)
        OR EXISTS (
            SELECT FROM articles_highlight h
            WHERE h.desk_id = %(desk)s AND h.claim_id = place.standing AND h.version_id = ANY(here.versions))
        OR EXISTS (
            SELECT FROM articles_evidence e
            JOIN articles_highlight h ON h.desk_id = e.desk_id AND h.id = e.highlight_id
            WHERE e.desk_id = %(desk)s AND e.claim_id = place.standing AND h.version_id = ANY(here.versions)))
    ORDER BY own.number DESC LIMIT %(depth)s
)
SELECT number, at, action, subject_kind, subject_id, data,
    coalesce((SELECT coalesce(nullif(summary, ''), text) FROM articles_claim c
              WHERE c.desk_id = %(desk)s AND c.id = acts.claim), ''),
    coalesce((SELECT title FROM articles_source s WHERE s.desk_id = %(desk)s AND s.id = acts.source), '')
FROM acts ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class Act:
    """An event as far as it matters for taking it back, and the words by which its claim and its source are known."""

    number: int
    at: datetime
    action: str
    kind: str
    subject: UUID
    data: Mapping[str, Any]
    claim: str = ""
    source: str = ""

    @property
    def words(self) -> str:
        """What was done: "marked “three people were hurt” as a claim"."""
        return deed(self.action, self.data, subject=self.source, claim=self.claim)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a person did, in the events ``parts``, of which the last names it for good.

    ``last`` are the acts that did, undid or redid it; to turn it again is to take these back.
    """

    number: int
    done: Act
    last: tuple[Act, ...]
    parts: tuple[int, ...]

    @property
    def words(self) -> str:
        return self.done.words


@dataclass(frozen=True, slots=True)
class Stack:
    """Steps in the order in which they were done, and those taken back, the one that comes again first at the end."""

    undo: list[Step] = field(default_factory=list)
    redo: list[Step] = field(default_factory=list)


def stack(by: Membership, article: Article, verbs: Collection[str]) -> Stack:
    """What ``by`` can take back in the article, of acts with these verbs. Costs one query."""
    asked: dict[str, Any] = {
        "desk": by.desk_id,
        "person": by.person_id,
        "article": article.pk,
        "verbs": list(verbs),
        "reach": REACH,
        "depth": DEPTH,
    }
    with connection.cursor() as cursor:
        cursor.execute(ACTS, asked)
        rows = [(*row[:5], json.loads(row[5]), *row[6:]) for row in cursor.fetchall()]
    return replay(Act(*row) for row in rows)


def replay(acts: Iterable[Act]) -> Stack:
    """The stack after these acts, the oldest first.

    An act that undoes or redoes names the step by its number. Whatever else is done leaves nothing to redo.
    """
    undo: dict[int, Step] = {}
    redo: dict[int, Step] = {}
    for act in acts:
        if "undoes" in act.data:
            _turn(act, act.data["undoes"], undo, redo)
        elif "redoes" in act.data:
            _turn(act, act.data["redoes"], redo, undo)
        else:
            redo.clear()
            step = _joined(undo.popitem()[1] if undo else None, act, undo)
            undo[step.number] = step
    return Stack(list(undo.values()), list(redo.values()))


def _turn(act: Act, number: int, standing: dict[int, Step], turned: dict[int, Step]) -> None:
    """The step goes from one side to the other; of several acts that turn it each is one to turn again."""
    if number in standing:
        turned[number] = replace(standing.pop(number), last=(act,))
    elif number in turned and turned[number].last[-1].data.keys() & act.data.keys() & {"undoes", "redoes"}:
        turned[number] = replace(turned[number], last=(*turned[number].last, act))


def _joined(before: Step | None, act: Act, undo: dict[int, Step]) -> Step:
    """The step that this act makes, with the one before where both are one edit."""
    if before is not None:
        edit = _one_edit(before, act)
        if edit is not None:
            return Step(edit.number, edit, (edit,), (*before.parts, edit.number))
        undo[before.number] = before
    return Step(act.number, act, (act,), (act.number,))


def _one_edit(before: Step, act: Act) -> Act | None:
    (first,) = before.last if len(before.last) == 1 else (before.done,)
    alike = first is before.done and act.action == first.action == "claim.edited" and act.subject == first.subject
    if not alike or act.at - first.at > ONE_EDIT or act.data["before"] != first.data["after"]:
        return None
    return replace(act, data={**act.data, "before": first.data["before"]})


# What a step touches on the page


class Span(NamedTuple):
    start: int
    end: int


@dataclass(slots=True)
class Touched:
    """What the acts that turned a step last changed in a version: where in the text, and which claims.

    ``is_more`` says that it is more than marks and claims, which stand where the page can be redrawn in part.
    """

    places: list[Span] = field(default_factory=list)
    claims: set[UUID] = field(default_factory=set)
    is_more: bool = False


def touched(version: ArticleVersion, step: Step) -> Touched:
    desk, found = version.desk_id, Touched()
    highlights: set[UUID] = set()
    evidence: set[UUID] = set()
    for kind, subject, data in _told(desk, step):
        match kind:
            case "highlight":
                highlights.update({subject, UUID(data.get("other", str(subject)))})
                if data.get("version") == str(version.pk):
                    found.places += _spans(data)
            case "claim":
                found.claims.add(subject)
            case "evidence":
                evidence.add(subject)
            case "verdict":
                found.claims.add(UUID(data["claim"]["id"]))
            case _:
                found.is_more = True
    cited = Evidence.objects.filter(desk_id=desk, pk__in=evidence).values_list("claim_id", "highlight_id")
    for claim, passage in cited:
        found.claims.add(claim)
        highlights.update(filter(None, [passage]))
    carried = Highlight.objects.filter(desk_id=desk, pk__in=highlights, claim__isnull=False)
    found.claims.update(carried.values_list("claim_id", flat=True))
    same = Q(claim__in=found.claims) | Q(pk__in=highlights) | Q(first__in=highlights)
    places = Highlight.objects.live().filter(same, desk_id=desk, version=version)
    found.places += [Span(*span) for span in places.values_list("start", "end")]
    return found


def _told(desk: UUID, step: Step) -> Iterable[tuple[str, UUID, Mapping[str, Any]]]:
    for act in step.last:
        yield act.kind, act.subject, act.data
        for event in consequences(desk, act.number):
            yield event.subject_kind, event.subject_id, event.data


def _spans(data: Mapping[str, Any]) -> list[Span]:
    """Where a highlight stands, and where it stood before its borders moved."""
    states = [state for state in (data, data.get("before"), data.get("after")) if state]
    return [Span(state["start"], state["end"]) for state in states if "start" in state]


# What others did, and what followed by itself


def consequences(desk: UUID, number: int) -> list[AuditEvent]:
    """What followed by itself from an act: the automatic events right after it, which share its transaction."""
    after = AuditEvent.objects.filter(desk_id=desk, number__gt=number).order_by("number")
    return list(takewhile(lambda event: "automatic" in event.data, after.defer("canonical", "hash")[:50]))


def done_since(desk: UUID, number: int, subjects: Collection[UUID]) -> list[AuditEvent]:
    """What people did with these rows after the event of that number and did not take back, the newest first."""
    events = AuditEvent.objects.filter(desk_id=desk, number__gt=number, subject_id__in=subjects)
    standing: dict[int, AuditEvent] = {}
    for event in events.defer("canonical", "hash").order_by("number"):
        if "automatic" in event.data or event.action in ECHOES:
            continue
        # What undoes an act from before is a change since, until it is redone.
        step, turns = event.data.get("undoes", event.data.get("redoes", event.number)), event.data.keys()
        if "undoes" in turns and standing.pop(step, None) is None:
            standing[-step] = event
        elif "undoes" not in turns and standing.pop(-step, None) is None:
            standing[step] = event
    return sorted(standing.values(), key=lambda event: -event.number)


def parts_of(claim: Claim) -> Sequence[UUID]:
    """The claim, its evidence, its verdicts and their reviews, by id."""
    here = {"desk_id": claim.desk_id}
    evidence = Evidence.objects.filter(**here, claim=claim).values_list("pk", flat=True)
    verdicts = Verdict.objects.filter(**here, claim=claim).values_list("pk", flat=True)
    reviews = Review.objects.filter(**here, verdict__claim=claim).values_list("pk", flat=True)
    return [claim.pk, *evidence.union(verdicts, reviews)]
