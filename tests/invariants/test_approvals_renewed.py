"""Where the digest of approvals is made in another way, what was approved stays approved, and the history says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from django.db import connections

from articles.migrations._sql import SQL
from articles.models import Claim, Membership, Status
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Iterator

HOLD, RENEW = ((SQL / f"approvals_held{end}.sql").read_text() for end in ("", ".undo"))
DIGEST = "SELECT pg_get_functiondef('claim_digest(uuid, uuid)'::regprocedure)"
STANDS = "SELECT approved_digest = claim_digest(desk_id, id) FROM articles_claim WHERE id = %s"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owner() -> Iterator[psycopg.Connection]:
    """The role that migrates, in one transaction that is taken back."""
    with psycopg.connect(**connections["owner"].get_connection_params()) as connection:
        yield connection
        connection.rollback()


def change_the_digest(owner: psycopg.Connection) -> None:
    (defined,) = owner.execute(DIGEST).fetchone() or ("",)
    assert "'format', " in defined
    owner.execute(defined.replace("'format', ", "'format', 1000 + "))


def test_an_approval_is_given_the_new_digest_of_the_same(owner: psycopg.Connection, alice: Membership) -> None:
    claim = factories.make_claim(by=alice, status=Status.APPROVED)

    owner.execute(HOLD)
    change_the_digest(owner)
    assert owner.execute(STANDS, [claim.pk]).fetchone() == (False,)
    owner.execute(RENEW)

    assert owner.execute(STANDS, [claim.pk]).fetchone() == (True,)
    told = owner.execute(
        "SELECT action, actor_id, data -> 'before' ->> 'digest' FROM articles_auditevent ORDER BY number DESC LIMIT 2"
    ).fetchall()
    assert told == [("review.renewed", None, claim.approved_digest), ("claim.renewed", None, claim.approved_digest)]
    guards = owner.execute(
        "SELECT tgenabled FROM pg_trigger WHERE tgrelid = 'articles_review'::regclass AND tgname = 'is_permanent'"
    )
    assert [row[0] for row in guards] == ["O"]


def test_what_is_not_approved_is_left_alone(owner: psycopg.Connection, alice: Membership) -> None:
    claim: Claim = factories.make_claim(by=alice, status=Status.IN_REVIEW)
    events = owner.execute("SELECT count(*) FROM articles_auditevent").fetchone()

    owner.execute(HOLD)
    change_the_digest(owner)
    owner.execute(RENEW)

    assert owner.execute("SELECT count(*) FROM articles_auditevent").fetchone() == events
    assert factories.fresh(claim).status == Status.IN_REVIEW
