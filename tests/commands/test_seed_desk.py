"""Made-up work is as good as real work: all that the database holds real work to holds of it as well."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count

from articles import history
from articles.actions.claims import reopen
from articles.actions.verdicts import digest_of
from articles.models import AuditEvent, Claim, Desk, Evidence, Highlight, Membership, Review, Status, Verdict
from tests.factories import fresh, make_person
from tests.invariants.attacks import run as query

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLAIMS = 200


@pytest.fixture
def desk() -> Desk:
    make_person("erin")
    call_command("seed_desk", administrator="erin", claims=CLAIMS, seed=3, verbosity=0)
    return Desk.objects.get(slug="seeded")


def test_a_seeded_desk(desk: Desk) -> None:
    assert history.verify(desk).events == AuditEvent.objects.filter(desk=desk).count() == 10 * CLAIMS
    assert Evidence.objects.filter(desk=desk).count() == 3 * CLAIMS + 1  # and the pattern
    statuses = Claim.objects.filter(desk=desk, due__isnull=True).exclude(summary="").values_list("status", flat=True)
    assert set(statuses) == set(Status)
    _approvals_hold(desk)
    _rows_have_their_events(desk)
    _highlights_equal_their_text(desk)
    _every_row_can_be_worked_on(desk)


def test_the_same_seed_makes_the_same_work(desk: Desk, run: Callable[..., str]) -> None:
    said = run("seed_desk", administrator="erin", claims=CLAIMS, seed=3, slug="again")
    assert "200 claims, 600 pieces of evidence and 2,000 events" in said
    call_command("seed_desk", administrator="erin", claims=CLAIMS, seed=4, slug="other", verbosity=0)

    one, same, other = (
        list(Claim.objects.filter(desk__slug=slug).order_by("id").values_list("status", "priority", "due"))
        for slug in ("seeded", "again", "other")
    )
    assert one[:CLAIMS] == same[:CLAIMS] != other[:CLAIMS]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"administrator": "nobody"}, "has no account yet"),
        ({"claims": 30}, "a multiple of 20"),
        ({"slug": "seeded"}, "already exists"),
    ],
)
def test_what_it_refuses(desk: Desk, told: dict[str, object], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("seed_desk", **{"administrator": "erin", "claims": 20, "slug": "more", **told})


@pytest.mark.parametrize("fault", [psycopg.errors.LockNotAvailable("too long"), KeyboardInterrupt()])
@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ("_as_it_is_filled", "founded with its people, and not filled.*another --slug"),
        ("_patterns", "Nothing was founded"),
    ],
)
def test_where_it_is_broken_off_it_says_what_is_there(
    monkeypatch: pytest.MonkeyPatch, fault: BaseException, step: str, sentence: str
) -> None:
    def breaks(*told: object, **named: object) -> None:
        raise fault

    make_person("erin")
    monkeypatch.setattr(f"articles.seed.fill.{step}", breaks)

    with pytest.raises(CommandError, match=sentence):
        call_command("seed_desk", administrator="erin", claims=20, verbosity=0)

    assert Desk.objects.filter(slug="seeded").exists() == (step == "_as_it_is_filled")


def _approvals_hold(desk: Desk) -> None:
    approved = list(Claim.objects.filter(desk=desk, status=Status.APPROVED))
    assert len(approved) > CLAIMS / 4
    assert all(claim.approved_digest == digest_of(claim) == _review(claim).digest for claim in approved)
    assert all(review.reviewer_id != review.verdict_author_id for review in Review.objects.filter(desk=desk))
    authors = dict(Verdict.objects.filter(desk=desk).values_list("pk", "author_id"))
    given = Claim.objects.filter(desk=desk, verdict__isnull=False).values_list("verdict", "verdict_author_id")
    assert all(authors[verdict] == author for verdict, author in given)


def _review(claim: Claim) -> Review:
    assert claim.review
    return claim.review


def _rows_have_their_events(desk: Desk) -> None:
    for table, person in {
        "claim": "made_by_id",
        "evidence": "made_by_id",
        "highlight": "made_by_id",
        "verdict": "author_id",
        "review": "reviewer_id",
        "source": "made_by_id",
        "articleversion": "taken_by_id",
    }.items():
        without = (
            f"SELECT count(*) FROM articles_{table} row WHERE desk_id = %s AND NOT EXISTS ("
            " SELECT FROM articles_auditevent e"
            f" WHERE e.desk_id = row.desk_id AND e.subject_id = row.id AND e.actor_id = row.{person})"
        )
        assert query(without, desk.pk) == [(0,)], table
    told = AuditEvent.objects.filter(desk=desk, subject_kind="claim", data__has_key="after").order_by("number")
    last = {event.subject_id: event.data["after"]["status"] for event in told if "status" in event.data["after"]}
    assert dict(Claim.objects.filter(desk=desk, pk__in=last).values_list("pk", "status")) == last


def _highlights_equal_their_text(desk: Desk) -> None:
    for highlight in Highlight.objects.filter(desk=desk).select_related("version")[:50]:
        assert highlight.version.text[highlight.start : highlight.end] == highlight.quote


def _every_row_can_be_worked_on(desk: Desk) -> None:
    """A change that every trigger looks at goes through, on a claim of each status."""
    with transaction.atomic():
        query("SELECT hold_history(%s)", desk.pk)
    member = Membership.objects.filter(desk=desk, role="reviewer").select_related("person", "desk").first()
    assert member
    claim = Claim.objects.filter(desk=desk, status=Status.APPROVED).latest("id")
    assert reopen(by=member, claim=claim, reason="To see whether it works.").status == Status.REOPENED
    assert fresh(claim).approved_digest == ""
    connection.check_constraints()
    per_claim = Evidence.objects.filter(desk=desk).values("claim").annotate(number=Count("pk"))
    assert max(row["number"] for row in per_claim) == 4
