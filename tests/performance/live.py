"""Ask what is new on an article: time and bytes, among 1,000 highlights of it and 1,000,000 events of its desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections
from django.urls import reverse

from articles.actions import highlights as marking
from articles.models import ArticleVersion
from articles.queries import live
from tests.factories import make_desk, make_highlight, make_version
from tests.performance.harness import at_most
from tests.performance.texts import analyse, long_text, spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.models import Membership
    from tests.performance.harness import Bench, Figure, Work

CHARACTERS = 50_000
HIGHLIGHTS = 1_000
EVENTS = 1_000_000
PAGE = "0123456789ab"
BAR = 10.0  # milliseconds; ten people who ask every five seconds then take two hundredths of one processor
BAR_WITH_NEWS = 20.0
NEWS = 100
BYTES = 600
"""Of the head of an answer without news, which has no body."""

# As the owner, who may write here: a million calls of append_event would take minutes. The chain is not measured.
MANY = """
INSERT INTO articles_auditevent
    (desk_id, number, at, actor_id, action, subject_kind, subject_id, data, canonical, hash)
SELECT %(desk)s, head.number + n, now(), %(actor)s, 'claim.edited', 'claim', gen_random_uuid(), '{{}}', '{{}}', ''
FROM articles_chainhead head, generate_series(1, {events}) n WHERE head.desk_id = %(desk)s
"""
HEAD = "UPDATE articles_chainhead SET number = number + %s WHERE desk_id = %s"


def run(bench: Bench) -> Iterator[Figure]:
    cast = make_desk()
    version = make_version(by=cast.alice, text=long_text(CHARACTERS, seed=1))
    places = spans(version.text, HIGHLIGHTS + NEWS)
    for start, end in places[NEWS:]:
        marking.mark(by=cast.alice, version=version, start=start, end=end, quote=version.text[start:end])
    _fill(cast.alice)
    yield bench.milliseconds("ask what is new, when nothing is", work=_beats(bench, cast.alice, version), bar=BAR)
    yield at_most("bytes of that answer", [_bytes(bench, cast.alice, version)], bar=BYTES, unit="bytes")
    since = live.head(cast.desk.pk)
    for start, end in places[:NEWS]:
        make_highlight(by=cast.bob, version=version, quote=version.text[start:end])
    told = _beats(bench, cast.alice, version, tag=f"{since}.{since}..")
    yield bench.milliseconds(f"ask what is new, when {NEWS} claims are", work=told, bar=BAR_WITH_NEWS)


def _fill(by: Membership) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(MANY.format(events=EVENTS), {"desk": by.desk_id, "actor": by.person_id})
        cursor.execute(HEAD, [EVENTS, by.desk_id])
    analyse()


def _beats(bench: Bench, by: Membership, version: ArticleVersion, *, tag: str = "") -> Work:
    client = bench.client(by.person)
    url = reverse("articles:live-beat", args=[by.desk.slug, version.article_id])
    head = live.head(by.desk_id)
    sent = {"tag": tag or f"{head}.{head}..", "page": PAGE, "block": 0}

    def ask(_: int) -> None:
        assert client.post(url, sent).status_code == (200 if tag else 204)

    return ask


def _bytes(bench: Bench, by: Membership, version: ArticleVersion) -> int:
    client = bench.client(by.person)
    head = live.head(by.desk_id)
    url = reverse("articles:live-beat", args=[by.desk.slug, version.article_id])
    answer = client.post(url, {"tag": f"{head}.{head}..", "page": PAGE})
    assert not answer.content
    return sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items())
