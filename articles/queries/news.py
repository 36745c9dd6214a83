"""What others did with what concerns a person since that person last looked at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from articles.models import AuditEvent, ChainHead, LastLook
from articles.queries.desks import BY_BATCH, UNTOLD, told

if TYPE_CHECKING:
    from datetime import datetime

    from articles.models import Membership
    from articles.queries.desks import Happening

SHOWN = 8
PAGE = 40
LOOKED_THROUGH = 500
"""Events in which those that concern a person are looked for at once."""

# By subqueries, so that each event costs a look into the index of its own table and no other.
CONCERNING = """
WITH recent AS MATERIALIZED (
    SELECT number, subject_kind, subject_id FROM articles_auditevent
    WHERE desk_id = %(desk)s AND number > %(lower)s AND number < %(before)s AND action <> ALL(%(untold)s)
        AND actor_id IS DISTINCT FROM %(person)s
        AND NOT (action = 'claim.started' AND data ? 'automatic')
        AND NOT (action = ANY(%(by_batch)s) AND data ? 'batch')
), about AS (
    SELECT number, CASE subject_kind
        WHEN 'claim' THEN subject_id
        WHEN 'highlight' THEN (SELECT claim_id FROM articles_highlight WHERE desk_id = %(desk)s AND id = subject_id)
        WHEN 'evidence' THEN (SELECT claim_id FROM articles_evidence WHERE desk_id = %(desk)s AND id = subject_id)
        WHEN 'verdict' THEN (SELECT claim_id FROM articles_verdict WHERE desk_id = %(desk)s AND id = subject_id)
        WHEN 'review' THEN (
            SELECT v.claim_id FROM articles_review r
            JOIN articles_verdict v ON v.desk_id = r.desk_id AND v.id = r.verdict_id
            WHERE r.desk_id = %(desk)s AND r.id = subject_id)
        WHEN 'resolution' THEN (
            SELECT v.claim_id FROM articles_resolution r
            JOIN articles_verdict v ON v.desk_id = r.desk_id AND v.id = r.verdict_id
            WHERE r.desk_id = %(desk)s AND r.id = subject_id)
        WHEN 'suggestion' THEN (
            SELECT v.claim_id FROM articles_suggestion s
            JOIN articles_verdict v ON v.desk_id = s.desk_id AND v.id = s.verdict_id
            WHERE s.desk_id = %(desk)s AND s.id = subject_id)
        WHEN 'query' THEN (SELECT claim_id FROM articles_query WHERE desk_id = %(desk)s AND id = subject_id)
        WHEN 'carry' THEN (
            SELECT h.claim_id FROM articles_carry c
            JOIN articles_highlight h ON h.desk_id = c.desk_id AND h.id = c.highlight_id
            WHERE c.desk_id = %(desk)s AND c.id = subject_id)
    END AS claim FROM recent
)
SELECT number FROM about JOIN articles_claim c ON c.desk_id = %(desk)s AND c.id = about.claim
LEFT JOIN articles_review r ON r.desk_id = c.desk_id AND r.id = c.review_id
WHERE %(person)s IN (c.assignee_id, c.verdict_author_id, c.made_by_id, r.reviewer_id)
ORDER BY number DESC LIMIT %(size)s
"""


@dataclass(frozen=True, slots=True)
class News:
    """The newest first. ``head`` is the desk's newest event; ``older`` is the number before which the rest is found."""

    happenings: list[Happening]
    head: int
    looked_at: datetime | None
    older: int | None


def news(by: Membership, *, before: int | None = None, size: int = SHOWN) -> News:
    """Events by others about claims that ``by`` has, made, found a verdict on or reviewed.

    What was changed of many claims at once is left out: it has a notice. They are looked for among the next
    LOOKED_THROUGH events; where there are more to look through, ``older`` says so.
    """
    look = LastLook.objects.filter(desk_id=by.desk_id, person_id=by.person_id).first()
    head = ChainHead.objects.values_list("number", flat=True).get(desk=by.desk_id)
    since, upper = look.number if look else 0, min(before or head + 1, head + 1)
    lower = max(since, upper - 1 - LOOKED_THROUGH)
    numbers = _concerning(by, lower, upper, size + 1)
    events = AuditEvent.objects.filter(desk_id=by.desk_id, number__in=numbers[:size]).defer("canonical", "hash")
    older = numbers[size - 1] if len(numbers) > size else lower + 1 if lower > since else None
    happenings = told(by.desk, list(events.order_by("-number")))
    return News(happenings, head, look.looked_at if look else None, older)


def _concerning(by: Membership, lower: int, before: int, size: int) -> list[int]:
    asked: dict[str, Any] = {
        "desk": by.desk_id,
        "person": by.person_id,
        "lower": lower,
        "before": before,
        "untold": list(UNTOLD),
        "by_batch": list(BY_BATCH),
        "size": size,
    }
    with connection.cursor() as cursor:
        cursor.execute(CONCERNING, asked)
        return [number for (number,) in cursor.fetchall()]
