"""What others did to an article since a page was opened, and who else is on it: one statement for each time it asks."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Coalesce

from articles.models import Highlight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from articles.models import ArticleVersion, Membership
    from articles.queries.workbench import Bench, Place

AWAY_AFTER = 30
"""Seconds after which someone who says nothing is no longer here."""

READ_AT_ONCE = 2_000
"""Events of the desk that are looked through for those of the article. A page that is further behind is opened anew."""


class Here(NamedTuple):
    """A person on the article: the block that they read, by the offset of its first character, the claim in hand."""

    name: str
    block: int
    claim: str | None


class News(NamedTuple):
    """An event of this article that was not made on the page that asks. Without ``who`` it is the system's own."""

    number: int
    transaction: str
    who: str | None
    is_own: bool
    """Whether the person who asks did it, on another page."""
    action: str
    is_consequence: bool
    kind: str
    claim: str | None
    highlight: str | None
    was: tuple[int, int] | None = None
    """Where the highlight stood before, if its borders were moved."""


class Stood(NamedTuple):
    """The span of a highlight before its borders were moved."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page knows: it shows what was there at the event ``since``, and has been told of those up to ``known``."""

    since: int
    known: int
    page: str
    """The last part of the ids of all that was done on it."""
    block: int = 0
    claim: UUID | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """``head`` is the number of the newest event of the desk. Where the page knows it, there is no news to tell."""

    head: int
    people: list[Here]
    news: list[News] = field(default_factory=list)
    is_cut: bool = False
    """Whether more happened than is read at once."""


# A statement sees the table as it was before it: the row that it writes is not among those it reads. Everything is
# asked by a whole key, and the events by their numbers, so that it costs the same with a million of them.
NEWS = """
new AS MATERIALIZED (
    SELECT number, tx, actor_id, action, subject_kind, subject_id, request_id, data ? 'automatic' AS consequence,
        data->'before' AS before
    FROM articles_auditevent
    WHERE desk_id = %(desk)s AND number > %(since)s AND %(known)s < (SELECT number FROM head)
    ORDER BY number LIMIT %(limit)s
), versions AS MATERIALIZED (
    SELECT id FROM articles_articleversion WHERE desk_id = %(desk)s AND article_id = %(article)s
), others AS (
    SELECT *, coalesce(bool_or(right(request_id::text, 12) = %(page)s) OVER (PARTITION BY tx), false) AS made_here
    FROM new
), about AS (
    SELECT others.*, coalesce(h.claim_id, ev.claim_id, v.claim_id, passage.claim_id, q.claim_id,
        CASE WHEN subject_kind = 'claim' THEN subject_id END) AS claim_id, h.id AS highlight_id, h.version_id
    FROM others
    LEFT JOIN articles_carry ca ON subject_kind = 'carry' AND ca.desk_id = %(desk)s AND ca.id = subject_id
    LEFT JOIN articles_evidence ev ON subject_kind = 'evidence' AND ev.desk_id = %(desk)s AND ev.id = subject_id
    LEFT JOIN articles_query q ON subject_kind = 'query' AND q.desk_id = %(desk)s AND q.id = subject_id
    LEFT JOIN articles_review r ON subject_kind = 'review' AND r.desk_id = %(desk)s AND r.id = subject_id
    LEFT JOIN articles_resolution rs ON subject_kind = 'resolution' AND rs.desk_id = %(desk)s AND rs.id = subject_id
    LEFT JOIN articles_suggestion sg ON subject_kind = 'suggestion' AND sg.desk_id = %(desk)s AND sg.id = subject_id
    LEFT JOIN articles_verdict v ON v.desk_id = %(desk)s AND v.id =
        CASE subject_kind WHEN 'verdict' THEN subject_id ELSE coalesce(r.verdict_id, rs.verdict_id, sg.verdict_id) END
    LEFT JOIN articles_highlight h ON h.desk_id = %(desk)s AND h.id =
        CASE subject_kind WHEN 'highlight' THEN subject_id
            ELSE coalesce(ca.highlight_id, ev.highlight_id, q.highlight_id) END
    LEFT JOIN LATERAL (
        SELECT claim_id FROM articles_evidence e
        WHERE e.desk_id = %(desk)s AND h.claim_id IS NULL AND e.highlight_id = coalesce(h.first_id, h.id)
        ORDER BY e.withdrawn_at DESC NULLS FIRST LIMIT 1
    ) passage ON true
    WHERE NOT made_here
), news AS (
    SELECT number, jsonb_build_array(number, tx::text, coalesce(nullif(p.name, ''), p.username),
        coalesce(actor_id = %(person)s, false), action, consequence, subject_kind, claim_id, highlight_id,
        CASE WHEN before ? 'start' THEN jsonb_build_array(before->'start', before->'end') END) AS told
    FROM about LEFT JOIN articles_person p ON p.id = actor_id
    WHERE version_id IN (SELECT id FROM versions)
        OR subject_kind = 'article' AND subject_id = %(article)s
        OR subject_kind = 'articleversion' AND subject_id IN (SELECT id FROM versions)
        OR EXISTS (
            SELECT FROM articles_highlight h WHERE h.desk_id = %(desk)s AND h.claim_id = about.claim_id
                AND h.version_id IN (SELECT id FROM versions)
        )
)
"""
HEAD = "head AS (SELECT number FROM articles_chainhead WHERE desk_id = %(desk)s)"
ALL_TOLD = "(SELECT count(*) FROM new), (SELECT coalesce(jsonb_agg(told ORDER BY number), '[]') FROM news)"
BEAT = f"""
WITH here AS (
    INSERT INTO articles_presence (desk_id, article_id, person_id, block, claim_id, seen_at)
    SELECT desk_id, id, %(person)s, %(block)s, %(claim)s, now()
    FROM articles_article WHERE desk_id = %(desk)s AND id = %(article)s
    ON CONFLICT (desk_id, article_id, person_id)
        DO UPDATE SET block = EXCLUDED.block, claim_id = EXCLUDED.claim_id, seen_at = EXCLUDED.seen_at
    RETURNING 1
), {HEAD}, {NEWS}
SELECT head.number, {ALL_TOLD},
    (
        SELECT coalesce(jsonb_agg(jsonb_build_array(p.called, block, claim_id) ORDER BY p.called, person_id), '[]')
        FROM articles_presence
        JOIN (SELECT id, coalesce(nullif(name, ''), username) AS called FROM articles_person) p ON p.id = person_id
        WHERE desk_id = %(desk)s AND article_id = %(article)s AND person_id <> %(person)s
            AND seen_at > now() - make_interval(secs => {AWAY_AFTER})
    )
FROM here, head
"""  # noqa: S608  # put together of constants

SINCE = f"WITH {HEAD}, {NEWS} SELECT head.number, {ALL_TOLD}, '[]'::jsonb FROM head"  # noqa: S608  # likewise


def head(desk_id: UUID) -> int:
    """The number of the newest event of the desk. Asked before a page is read, so that nothing falls between."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM articles_chainhead WHERE desk_id = %s", [desk_id])
        return int(cursor.fetchone()[0])


def beat(by: Membership, article: UUID, asked: Asked) -> Found | None:
    """Note where the person is, and find what they do not know; None when the desk has no such article."""
    return _found(BEAT, by, article, asked)


def since(by: Membership, article: UUID, asked: Asked) -> Found:
    """All that a page does not show, whether it was told of it or not, and without saying that anybody is there."""
    return _found(SINCE, by, article, replace(asked, known=asked.since)) or Found(0, [])


def _found(statement: str, by: Membership, article: UUID, asked: Asked) -> Found | None:
    known = {
        "desk": by.desk_id,
        "article": article,
        "person": by.person_id,
        "limit": READ_AT_ONCE,
        **{name: getattr(asked, name) for name in asked.__slots__},
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, known)
        row = cursor.fetchone()
    if row is None:
        return None
    number, looked_through, news, people = row
    return Found(
        number,
        [Here(*one) for one in json.loads(people)],
        [News(*one) for one in json.loads(news)],
        is_cut=looked_through == READ_AT_ONCE,
    )


def touched(shown: Bench, news: Iterable[News]) -> list[Place]:
    """Where in the version something looks otherwise by now: where the claims stand, and where highlights stood."""
    claims = {one.claim for one in news}
    highlights = [one.highlight for one in news if one.highlight]
    before = [Stood(*one.was) for one in news if one.was]
    return [*(mark for mark in shown.marks if mark.claim in claims), *_spans(shown.version, highlights), *before]


def _spans(version: ArticleVersion, highlights: Sequence[str]) -> list[Highlight]:
    """The spans in this version of highlights and of those from which, or into which, they went on."""
    rows = Highlight.objects.filter(desk_id=version.desk_id)
    first = rows.filter(pk__in=highlights).values_list(Coalesce("first_id", "id"), flat=True)
    return list(
        rows.filter(Q(pk__in=list(first)) | Q(first_id__in=list(first)), version_id=version.pk).only("start", "end")
    )
