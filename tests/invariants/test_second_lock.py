"""Behind the privileges stand triggers: even the role that owns the tables cannot slip."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connections

from articles.models import DeskRow

# By the table, what would be changed; "" where no column may change.
FROZEN = {
    "articleversion": "text = 'Other', text_sha256 = text_sha256, revision = revision + 1",
    "highlight": "start = start + 1, revision = revision + 1",
    "evidence": "claim_id = claim_id, made_at = now(), revision = revision + 1",
    "membership": "person_id = gen_random_uuid(), revision = revision + 1",
    "original": "name = 'other'",
    "ratingscale": "name = 'other'",
    "rating": "needs = 'either'",
    "verdict": "rationale = 'other'",
    "resolution": "note = 'Other'",
    "suggestion": "words = 'Other', revision = revision + 1",
    "review": "decision = 'return', reason = 'other'",
    "claimsheet": "opened_at = now()",
    "sheetedition": "content = 'other'",
    "sheetfile": "content = 'other'",
    "auditevent": "action = 'other'",
    "batch": "what = 'aside'",
    "notice": "kind = 'aside'",
}

FREEZES = ("is_permanent", "changes_only", "highlight_equals_text", "borders_move_where_it_counts")
"""Borders of a highlight may move, but only to where its words are the text."""


@pytest.mark.django_db(transaction=True)
def test_what_is_permanent_is_so_for_the_owner_too(one_of_each: dict[str, DeskRow]) -> None:
    with psycopg.connect(**connections["owner"].get_connection_params(), autocommit=True) as owner:
        for name, columns in FROZEN.items():
            with pytest.raises(psycopg.errors.IntegrityConstraintViolation) as caught:
                owner.execute(f"UPDATE articles_{name} SET {columns}")
            assert caught.value.diag.constraint_name in FREEZES, name
        for name in one_of_each:
            with pytest.raises(psycopg.errors.IntegrityConstraintViolation) as caught:
                owner.execute(f"DELETE FROM articles_{name}")
            assert caught.value.diag.constraint_name == "is_permanent", name
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="never deleted"):
            owner.execute("TRUNCATE articles_auditevent CASCADE")
