"""Open the workbench: the server's time against bare queries for the same rows and the same HTML joined from a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from articles.actions import highlights as marking
from articles.models import ArticleVersion
from tests.factories import make_desk, make_version
from tests.performance.texts import analyse, long_text, spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.models import Membership
    from tests.performance.harness import Bench, Figure, Work

CHARACTERS = 50_000
# With few highlights the page is mostly what every page has: its frame, its session, its member.
BARS = {0: 5.0, 100: 5.0, 1_000: 3.0}
PIECE = 80
"""Characters of HTML in one item of the list; about what one run of the text takes."""


def run(bench: Bench) -> Iterator[Figure]:
    alice = make_desk().alice
    for count, bar in BARS.items():
        version = make_version(by=alice, text=long_text(CHARACTERS, seed=count))
        for start, end in spans(version.text, count):
            marking.mark(by=alice, version=version, start=start, end=end, quote=version.text[start:end])
        analyse()
        yield bench.ratio(
            f"open the workbench with {count:,} highlights",
            ours=_by_request(bench, alice, version),
            against=_by_psycopg(bench, alice, version),
            bar=bar,
        )


def _by_request(bench: Bench, by: Membership, version: ArticleVersion) -> Work:
    visitor = bench.visitor(by.person)
    url = reverse("articles:workbench", args=[by.desk.slug, version.article_id])

    def open_workbench(_: int) -> None:
        visitor.get(url)

    return open_workbench


def _by_psycopg(bench: Bench, by: Membership, version: ArticleVersion) -> Work:
    connection = bench.connect()
    connection.autocommit = True
    url = reverse("articles:workbench", args=[by.desk.slug, version.article_id])
    client = bench.client(by.person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    html = client.get(url).content.decode()
    pieces = [html[place : place + PIECE] for place in range(0, len(html), PIECE)]

    def write(_: int) -> bytes:
        connection.execute(SESSION, [session]).fetchall()
        connection.execute(MEMBER, [by.person_id, by.desk.slug]).fetchall()
        connection.execute(TEXT, [by.desk_id, version.pk]).fetchall()
        connection.execute(HIGHLIGHTS, [by.desk_id, version.pk]).fetchall()
        connection.execute(WAITING, [by.desk_id, by.person_id]).fetchall()
        return "".join(list(pieces)).encode()

    return write


SESSION = "SELECT * FROM django_session WHERE session_key = %s AND expire_date > now()"
MEMBER = """
SELECT * FROM articles_person p JOIN articles_membership m ON m.person_id = p.id
JOIN articles_desk d ON d.id = m.desk_id WHERE p.id = %s AND d.slug = %s AND m.ended_at IS NULL
"""
WAITING = """
SELECT count(*) FROM articles_claim c JOIN articles_verdict v ON v.desk_id = c.desk_id AND v.id = c.verdict_id
WHERE c.desk_id = %s AND c.status = 'in_review' AND v.author_id <> %s
"""
TEXT = """
SELECT v.*, a.*, o.name FROM articles_articleversion v
JOIN articles_article a ON a.desk_id = v.desk_id AND a.id = v.article_id
JOIN articles_outlet o ON o.desk_id = a.desk_id AND o.id = a.outlet_id
WHERE v.desk_id = %s AND v.id = %s
"""
HIGHLIGHTS = """
SELECT h.*, c.text, c.summary, c.status FROM articles_highlight h
LEFT JOIN articles_claim c ON c.desk_id = h.desk_id AND c.id = h.claim_id
WHERE h.desk_id = %s AND h.version_id = %s AND h.removed_at IS NULL ORDER BY h.start, h."end" DESC
"""
