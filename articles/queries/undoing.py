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

from articles.models import AuditEvent, Evidence, Highlight, Query, Review, Verdict
from articles.narration import deed
from articles.sentences import ECHOES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from articles.models import Article, ArticleVersion, Claim, Membership

REACH = 1000
"""Events of a person, the newest on the desk, among which those about the article are looked for."""

DEPTH = 100
"""Of those about the article so many, the newest, make the stack."""

FEW = 12
"""Of those so few mostly say what comes next."""

ONE_EDIT = timedelta(seconds=60)
"""Fields save themselves while one types: edits of the same fields that follow each other so closely are one step."""

# What stands in the article is read once and hashed: of whoever did nothing in it lately all REACH acts are compared
# with it, and to look up the subject of each took four times as long. Of whoever just worked in it no more are compared
# than make the stack: they come in their order, and OFFSET 0 keeps a subject from being looked up for every comparison.
# The words and the title name the step.
ACTS = """
WITH versions AS MATERIALIZED (
    SELECT id FROM articles_articleversion WHERE desk_id = %(desk)s AND article_id = %(article)s
), here AS MATERIALIZED (
    SELECT id, claim_id FROM articles_highlight WHERE desk_id = %(desk)s AND version_id IN (SELECT id FROM versions)
), own AS (
    SELECT number, at, action, subject_kind, subject_id, data FROM articles_auditevent
    WHERE desk_id = %(desk)s AND actor_id = %(person)s ORDER BY number DESC LIMIT %(reach)s
), about AS (
    SELECT own.*,
        CASE subject_kind
            WHEN 'claim' THEN subject_id
            WHEN 'evidence' THEN (SELECT claim_id FROM articles_evidence WHERE desk_id = %(desk)s AND id = subject_id)
            WHEN 'verdict' THEN (SELECT claim_id FROM articles_verdict WHERE desk_id = %(desk)s AND id = subject_id)
            WHEN 'query' THEN (SELECT claim_id FROM articles_query WHERE desk_id = %(desk)s AND id = subject_id)
        END AS claim,
        CASE subject_kind
            WHEN 'highlight' THEN subject_id
            WHEN 'evidence' THEN (
                SELECT highlight_id FROM articles_evidence WHERE desk_id = %(desk)s AND id = subject_id)
            WHEN 'query' THEN (SELECT highlight_id FROM articles_query WHERE desk_id = %(desk)s AND id = subject_id)
        END AS highlight,
        CASE subject_kind
            WHEN 'articleversion' THEN subject_id
            WHEN 'carry' THEN (SELECT version_id FROM articles_carry WHERE desk_id = %(desk)s AND id = subject_id)
        END AS version
    FROM own WHERE action = ANY(%(verbs)s) AND data -> 'automatic' IS NULL ORDER BY number DESC OFFSET 0
), acts AS MATERIALIZED (
    SELECT * FROM about
    WHERE highlight IN (SELECT id FROM here)
        OR claim IN (SELECT claim_id FROM here WHERE claim_id IS NOT NULL)
        OR version IN (SELECT id FROM versions)
        OR claim IS NOT NULL AND EXISTS (
            SELECT FROM articles_evidence e
            WHERE e.desk_id = %(desk)s AND e.claim_id = about.claim AND e.highlight_id IN (SELECT id FROM here))
    ORDER BY number DESC LIMIT %(depth)s
)
SELECT number, at, action, subject_kind, subject_id, data,
    coalesce((SELECT coalesce(nullif(summary, ''), text) FROM articles_claim
              WHERE desk_id = %(desk)s AND id = coalesce(acts.claim, (
                  SELECT claim_id FROM articles_highlight WHERE desk_id = %(desk)s AND id = acts.highlight))), ''),
    CASE subject_kind WHEN 'evidence' THEN
        coalesce((SELECT title FROM articles_source WHERE desk_id = %(desk)s AND id = (
            SELECT source_id FROM articles_evidence WHERE desk_id = %(desk)s AND id = acts.subject_id)), '')
    ELSE '' END
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
    def turns(self) -> int | None:
        """The number of the step that it undid or redid, if it did."""
        number: int | None = self.data.get("undoes", self.data.get("redoes"))
        return number

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
    return replay(_acts(by, article, verbs, DEPTH))


def latest(by: Membership, article: Article, verbs: Collection[str]) -> Stack:
    """The end of the stack: its newest steps, and at least those that come next. Costs one query, seldom two."""
    acts = _acts(by, article, verbs, FEW)
    found = replay(acts)
    return found if len(acts) < FEW or is_settled(acts, found) else stack(by, article, verbs)


def is_settled(acts: Sequence[Act], found: Stack) -> bool:
    """Whether the steps that come next are the same whatever was done before these acts, which gave the stack.

    The first act that is no undo leaves nothing to redo. An edit before it may be one step with its own, so this has to
    stay the lowest of at least two; and what is undone or redone after it has to be one of those above.
    """
    first = next((i for i, act in enumerate(acts) if act.turns is None), None)
    if first is None or len(found.undo) < 2:  # the lowest, and the one that comes next
        return False
    turned = [act.turns for act in acts[first:] if act.turns is not None]
    return all(number > found.undo[0].number for number in turned)


def _acts(by: Membership, article: Article, verbs: Collection[str], depth: int) -> list[Act]:
    """The newest ``depth`` of them, the oldest first."""
    asked: dict[str, Any] = {
        "desk": by.desk_id,
        "person": by.person_id,
        "article": article.pk,
        "verbs": list(verbs),
        "reach": REACH,
        "depth": depth,
    }
    with connection.cursor() as cursor:
        cursor.execute(ACTS, asked)
        rows = [(*row[:5], json.loads(row[5]), *row[6:]) for row in cursor.fetchall()]
    return [Act(*row) for row in rows]


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
        yield _about_query(act.data) if act.kind == "query" else (act.kind, act.subject, act.data)
        for event in consequences(desk, act.number):
            yield event.subject_kind, event.subject_id, event.data


def _about_query(data: Mapping[str, Any]) -> tuple[str, UUID, Mapping[str, Any]]:
    """The claim or the highlight about which something is asked: these look otherwise."""
    if "claim" in data:
        return "claim", UUID(data["claim"]["id"]), {}
    return "highlight", UUID(data["highlight"]), {}


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
    """The claim, its evidence, what is asked about it, its verdicts and their reviews, by id."""
    here = {"desk_id": claim.desk_id}
    evidence = Evidence.objects.filter(**here, claim=claim).values_list("pk", flat=True)
    verdicts = Verdict.objects.filter(**here, claim=claim).values_list("pk", flat=True)
    reviews = Review.objects.filter(**here, verdict__claim=claim).values_list("pk", flat=True)
    asked = Query.objects.filter(**here, claim=claim).values_list("pk", flat=True)
    return [claim.pk, *evidence.union(verdicts, reviews, asked)]
