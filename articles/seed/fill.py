"""A desk with as much made-up work as is asked for, written by the owner of the tables in a minute or two.

The desk, its people and one row of each kind come from the actions; the rest is SQL (``fill.sql``), which copies those
rows. Two desks of the same numbers and seed differ in nothing but their ids and times.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from django.db import connections, transaction
from django.utils import timezone

from articles.actions import articles, asking, claims, desks, evidence, highlights, verdicts
from articles.actions.articles import Details
from articles.actions.asking import Asked
from articles.actions.evidence import Statement
from articles.actions.sources import Work
from articles.intake.plain import read_plain
from articles.models import (
    Addressee,
    ArticleVersion,
    ChainHead,
    Claim,
    Highlight,
    Membership,
    Method,
    Person,
    Rating,
    Role,
)

if TYPE_CHECKING:
    from articles.models import Desk

HERE = Path(__file__).parent
NAMES = ("Ada", "Bela", "Cleo", "Dunja", "Emil", "Farid", "Greta", "Hana", "Ivo", "Jana", "Kofi", "Lena")
"""The reviewers whose work it is. They have no password, so nobody signs in as one of them."""
EVENTS_PER_CLAIM = 10
MINUTES = 5
"""Between one claim and the next; the last was made a day ago."""
TEXT = "The boats of the upper town\n\nIn week 1 the crew of pier 1 counted 12 boats.\n"
QUESTION = "Which log is this from?"
FILLED = (
    *("original", "article", "articleversion", "source", "claim", "highlight", "evidence", "verdict", "review"),
    *("query", "auditevent", "chainhead", "notice"),
)
TABLES = {
    "original": "articles_original",
    "article": "articles_article",
    "version": "articles_articleversion",
    "source": "articles_source",
    "claim": "articles_claim",
    "highlight": "articles_highlight",
    "evidence": "articles_evidence",
    "verdict": "articles_verdict",
    "review": "articles_review",
    "query": "articles_query",
}


def fill(*, name: str, slug: str, administrator: Person, size: int, seed: int, people: int = len(NAMES)) -> Desk:
    """Found the desk and fill it with ``size`` claims, three times as many pieces of evidence, ten times the events.

    To every tenth claim there is an open query.

    The work is that of the first ``people`` of NAMES, at least two.
    """
    with transaction.atomic():
        founder = desks.found(name=name, slug=slug, administrator=administrator)
        members = [_member(founder, number, slug) for number in range(people)]
        patterns = _patterns(members[0], members[1])
    # The owner of the tables sees what the site's role has committed, so the desk is founded before it is filled.
    with psycopg.connect(**connections["owner"].get_connection_params()) as owner:
        _as_it_is_filled(owner, founder=founder, people=members, patterns=patterns, size=size, seed=seed)
    # Outside a transaction: what was written has to be seen.
    with psycopg.connect(**connections["owner"].get_connection_params(), autocommit=True) as owner:
        owner.execute("ANALYZE " + ", ".join(f"articles_{table}" for table in FILLED))
    return founder.desk


def _member(founder: Membership, number: int, slug: str) -> Membership:
    name = NAMES[number]
    person = Person.objects.create_user(f"{slug}-{name.lower()}", f"{name.lower()}@{slug}.example", name=name)
    return desks.add_member(by=founder, person=person, role=Role.REVIEWER)


def _patterns(by: Membership, other: Membership) -> dict[str, Any]:
    """One row of each kind, by its name in SQL."""
    draft = read_plain(TEXT)
    details = Details(headline="The boats of the upper town", outlet="Water Post", published="2026-01-05")
    article = articles.add(by=by, draft=draft, details=details, kinds=draft.kinds, method=Method.PASTE)
    version = ArticleVersion.objects.get(desk_id=by.desk_id, article=article)
    quote = version.text.partition("\n\n")[2]
    start = version.text.index(quote)
    highlight = highlights.mark(by=by, version=version, start=start, end=start + len(quote), quote=quote)
    untouched = highlights.mark(by=by, version=version, start=start, end=start + len("In week 1"), quote="In week 1")
    said = Statement(stance="supports", kind="primary", quote="Entry 0.")
    claim = _claim(highlight)
    cited = evidence.add_from_new_source(by=by, claim=claim, work=Work(title="Log of the water board"), statement=said)
    claim.refresh_from_db()
    rating = Rating.objects.get(desk_id=by.desk_id, scale__code=by.desk.scale_code, code="supported")
    verdict = verdicts.give(by=by, claim=claim, revision=claim.revision, rating=rating, rationale="The logs agree.")
    review = verdicts.approve(by=other, claim=claim, digest=verdicts.digest_of(claim))
    asked = Asked(addressee=Addressee.COLLEAGUE, question=QUESTION, colleague=other.person)
    query = asking.ask(by=by, claim=claim, asked=asked)
    claims.set_aside(by=by, claim=_claim(untouched), reason="It is only a pattern.")
    return {
        "original": version.original_id,
        "article": article.pk,
        "version": version.pk,
        "source": cited.source_id,
        "claim": untouched.claim_id,
        "highlight": highlight.pk,
        "evidence": cited.pk,
        "verdict": verdict.pk,
        "review": review.pk,
        "query": query.pk,
        "rating": rating,
        "outlet": article.outlet,
    }


def _claim(highlight: Highlight) -> Claim:
    return Claim.objects.get(highlights=highlight, desk_id=highlight.desk_id)


def _as_it_is_filled(
    owner: psycopg.Connection,
    *,
    founder: Membership,
    people: list[Membership],
    patterns: dict[str, Any],
    size: int,
    seed: int,
) -> None:
    """In one transaction, at whose end every trigger is on again."""
    head = ChainHead.objects.get(desk=founder.desk)
    owner.execute(
        "SELECT set_config('seed.desk', %s, true), set_config('seed.number', %s, true)",
        [str(founder.desk_id), f"{seed}:"],
    )
    owner.execute("SET LOCAL lock_timeout = '60s'")
    owner.execute("SET LOCAL timezone = 'UTC'")  # in which the history tells the times of rows
    for table in FILLED:
        owner.execute(f"ALTER TABLE articles_{table} DISABLE TRIGGER USER")
    owner.execute("CREATE TEMP TABLE people (n int PRIMARY KEY, id uuid, name text) ON COMMIT DROP")
    with owner.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO people VALUES (%s, %s, %s)",
            [(number, member.person_id, str(member.person)) for number, member in enumerate(people)],
        )
    patterns = patterns | {"people": len(people), "head": head.number}
    _tell_what_is_asked(owner, founder=founder, patterns=patterns, size=size, seed=seed)
    owner.execute((HERE / "fill.sql").read_text(encoding="utf-8"))
    owner.execute(_CHAINED.format(head=bytes(head.hash).hex()))
    owner.execute((HERE / "history.sql").read_text(encoding="utf-8"))
    owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in FILLED:
        owner.execute(f"ALTER TABLE articles_{table} ENABLE TRIGGER USER")


def _tell_what_is_asked(
    owner: psycopg.Connection, *, founder: Membership, patterns: dict[str, Any], size: int, seed: int
) -> None:
    columns = ", ".join(
        f"(SELECT t FROM {table} t WHERE desk_id = %(desk)s AND id = %({name})s) AS {name}"  # noqa: S608  # names of ours
        for name, table in TABLES.items()
    )
    now = timezone.now()
    owner.execute(
        "CREATE TEMP TABLE seed ON COMMIT DROP AS SELECT %(desk)s::uuid AS desk, %(claims)s::int AS claims,"
        " %(people)s::int AS people, %(number)s::int AS number, %(events)s::bigint AS events, %(head)s::bigint AS head,"
        " %(step)s::interval AS step, %(began)s::timestamptz AS began, %(today)s::date AS today,"
        " jsonb_build_object('id', %(rating_id)s::uuid, 'name', %(rating_name)s::text) AS rating,"
        f" jsonb_build_object('id', %(outlet_id)s::uuid, 'name', %(outlet_name)s::text) AS outlet, {columns}",
        {
            **{name: patterns[name] for name in TABLES},
            "desk": founder.desk_id,
            "claims": size,
            "people": patterns["people"],
            "number": seed,
            "head": patterns["head"],
            "events": size * EVENTS_PER_CLAIM,
            "step": timedelta(minutes=MINUTES),
            "began": now - timedelta(days=1, minutes=MINUTES * (size + 40)),
            "today": timezone.localdate(),
            "rating_id": patterns["rating"].pk,
            "rating_name": str(patterns["rating"]),
            "outlet_id": patterns["outlet"].pk,
            "outlet_name": str(patterns["outlet"]),
        },
    )


_CHAINED = r"""
CREATE FUNCTION pg_temp.next_link(link bytea, words text) RETURNS bytea LANGUAGE sql IMMUTABLE AS
    $$ SELECT sha256(link || convert_to(words, 'UTF8')) $$;
CREATE AGGREGATE pg_temp.chained (text) (sfunc = pg_temp.next_link, stype = bytea, initcond = '\x{head}');
"""
