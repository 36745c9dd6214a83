"""How the desk rated claims like this one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from articles.models import ClaimKind
from articles.queries.words import WORDS_SHOWN, shortened

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from articles.models import Claim

SHOWN = 6
RECENT = 1_000
"""Approved claims, the newest, among which those that share some words are looked for."""
OLDER = 50
"""Approved claims that are added to these: of the same claimant, and with all the telling words."""
SHARED = 2
"""Telling words that a claim has to share to be like another by its words."""
TELLING = 12

# In the configuration without a language every word counts, so that short ones, which are in every claim, have to go.
_WORD = re.compile(r"\b(?:\w*\d\w*|[^\W\d_]{4,})\b")

LIKE = """
WITH asked AS (
    SELECT to_tsquery('simple', %(all)s) AS words
), recent AS (
    SELECT id FROM articles_claim
    WHERE desk_id = %(desk)s AND status = 'approved' ORDER BY id DESC LIMIT %(recent)s
), of_claimant AS (
    SELECT id FROM articles_claim
    WHERE desk_id = %(desk)s AND claimant_id = %(claimant)s AND status = 'approved' ORDER BY id DESC LIMIT %(older)s
), of_words AS (
    SELECT c.id FROM articles_claim c, asked
    WHERE c.desk_id = %(desk)s AND c.status = 'approved' AND %(all)s <> ''
        AND to_tsvector('simple'::regconfig, COALESCE(c.text, '') || ' ' || COALESCE(c.summary, '')) @@ asked.words
    LIMIT %(older)s
), likely AS (
    SELECT id FROM recent UNION SELECT id FROM of_claimant UNION SELECT id FROM of_words
), rated AS (
    SELECT c.*, (
        SELECT count(*) FROM unnest(tsvector_to_array(
            to_tsvector('simple'::regconfig, COALESCE(c.text, '') || ' ' || COALESCE(c.summary, '')))) AS word
        WHERE word = ANY (%(words)s)
    ) AS shared, coalesce(c.claimant_id = %(claimant)s, false) AS of_claimant
    FROM articles_claim c JOIN likely USING (id)
    WHERE c.desk_id = %(desk)s AND c.id <> %(claim)s
)
SELECT c.id, left(coalesce(nullif(c.summary, ''), c.text), %(length)s), r.name, r.colour, r.sign, review.decided_at,
    c.shared, c.of_claimant, c.kind = %(kind)s
FROM rated c
JOIN articles_verdict v ON v.desk_id = c.desk_id AND v.id = c.verdict_id
JOIN articles_rating r ON r.desk_id = c.desk_id AND r.id = v.rating_id
JOIN articles_review review ON review.desk_id = c.desk_id AND review.id = c.review_id
WHERE c.shared >= %(enough)s OR c.of_claimant
ORDER BY c.shared + 2 * c.of_claimant::int + (c.kind = %(kind)s)::int DESC, c.id DESC
LIMIT %(shown)s
"""


class Precedent(NamedTuple):
    """An approved claim; ``name``, ``colour`` and ``sign`` are those of its rating."""

    claim: UUID
    words: str
    name: str
    colour: str
    sign: str
    at: datetime
    shared: int
    of_claimant: bool
    of_kind: bool

    @property
    def likeness(self) -> str:
        """What it has in common, in words."""
        told = [
            f"{self.shared} of its words" if self.shared >= SHARED else "",
            "the same claimant" if self.of_claimant else "",
        ]
        return " and ".join(filter(None, told))


def precedents(claim: Claim) -> list[Precedent]:
    """Approved claims with some of its words or its claimant, the likest first. One query, in bounded time."""
    words = telling_words(f"{claim.text} {claim.summary}")
    asked = {
        "desk": claim.desk_id,
        "claim": claim.pk,
        "claimant": claim.claimant_id,
        "kind": ClaimKind(claim.kind).value,
        "words": words,
        "all": " & ".join(sorted(words, key=len)[-3:]),
        "recent": RECENT,
        "older": OLDER,
        "enough": SHARED,
        "length": WORDS_SHOWN + 1,
        "shown": SHOWN,
    }
    with connection.cursor() as cursor:
        cursor.execute(LIKE, asked)
        rows = [Precedent(*row) for row in cursor.fetchall()]
    return [row._replace(words=shortened(row.words)) for row in rows]


def telling_words(text: str) -> list[str]:
    """The words by which another text on the same thing may be found: numbers, and words of four letters or more."""
    return list(dict.fromkeys(_WORD.findall(text.lower())))[:TELLING]
