"""Mark a span: the server's time against the same rows written by bare psycopg in one transaction."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

from django.urls import reverse

from articles.models import ArticleVersion
from tests.factories import make_desk, make_highlight, make_version
from tests.performance.texts import analyse, long_text, spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.models import Membership
    from tests.performance.harness import Bench, Figure, Work

CHARACTERS = 50_000
BAR = 3.0


def run(bench: Bench) -> Iterator[Figure]:
    alice = make_desk().alice
    for highlights in (0, 1_000):
        version = make_version(by=alice, text=long_text(CHARACTERS, seed=highlights))
        places = spans(version.text, highlights + 2 * bench.runs + 20)
        for start, end in places[:highlights]:
            make_highlight(by=alice, version=version, quote=version.text[start:end])
        rest = places[highlights:]
        analyse()
        yield bench.ratio(
            f"mark a span among {highlights:,} highlights",
            ours=_by_request(bench, alice, version, rest[::2]),
            against=_by_psycopg(bench, alice, version, rest[1::2]),
            bar=BAR,
        )


def _by_request(bench: Bench, by: Membership, version: ArticleVersion, places: list[tuple[int, int]]) -> Work:
    visitor = bench.visitor(by.person)
    url = reverse("articles:highlight-mark", args=[by.desk.slug, version.article_id])

    def mark(number: int) -> None:
        start, end = places[number]
        span = {"version": version.pk, "start": start, "end": end, "quote": version.text[start:end]}
        visitor.post(url, span | {"request_id": uuid.uuid4()})

    return mark


def _by_psycopg(bench: Bench, by: Membership, version: ArticleVersion, places: list[tuple[int, int]]) -> Work:
    connection = bench.connect()
    desk, person = by.desk_id, by.person_id

    def mark(number: int) -> None:
        start, end = places[number]
        quote = version.text[start:end]
        with connection.transaction():
            claim = connection.execute(CLAIM, [desk, quote, person]).fetchone()
            assert claim
            row = [desk, version.pk, start, end, quote, claim[0], person]
            highlight = connection.execute(HIGHLIGHT, row).fetchone()
            assert highlight
            span = json.dumps({"version": str(version.pk), "start": start, "end": end, "quote": quote})
            text = json.dumps({"text": quote, "highlight": str(highlight[0])})
            connection.execute(EVENT, [desk, person, "highlight.marked", "highlight", highlight[0], span, uuid.uuid4()])
            connection.execute(EVENT, [desk, person, "claim.made", "claim", claim[0], text, None])

    return mark


CLAIM = """
INSERT INTO articles_claim (desk_id, revision, text, summary, kind, priority, priority_reason, due_reason, status,
    status_reason, status_at, approved_digest, made_by_id, made_at)
VALUES (%s, 1, %s, '', 'event', 2, '', '', 'open', '', now(), '', %s, now()) RETURNING id
"""
HIGHLIGHT = """
INSERT INTO articles_highlight (desk_id, revision, version_id, start, "end", quote, claim_id, made_by_id, made_at)
VALUES (%s, 1, %s, %s, %s, %s, %s, %s, now()) RETURNING id
"""
EVENT = "SELECT append_event(%s, %s, %s, %s, %s, %s::jsonb, %s)"
