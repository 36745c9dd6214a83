from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import transaction

from articles import actions
from articles.actions._writing import record
from articles.models import (
    Article,
    ArticleVersion,
    AuditEvent,
    Carry,
    Claim,
    ClaimSheet,
    Highlight,
    Membership,
    Notice,
    Resolution,
    Review,
    SheetEdition,
    SheetFile,
    Standing,
    Status,
)
from tests import factories
from tests.invariants.attacks import link_of

if TYPE_CHECKING:
    from articles.models import DeskRow


@pytest.fixture
def approved(alice: Membership, bob: Membership, version: ArticleVersion) -> Claim:
    """Alice's claim, with her verdict on one piece of evidence, approved by Bob."""
    return factories.make_claim(by=alice, version=version, status=Status.APPROVED, reviewer=bob)


@pytest.fixture
def in_review(alice: Membership, version: ArticleVersion) -> Claim:
    """Alice's claim, with her verdict."""
    return factories.make_claim(by=alice, version=version, status=Status.IN_REVIEW)


@pytest.fixture
def edition(erin: Membership, article: Article) -> SheetEdition:
    """The first edition of the article's sheet, signed by Erin."""
    return make_edition(by=erin, article=article)


def make_resolution(*, alice: Membership, bob: Membership) -> Resolution:
    """Of a difference that Alice resolved for the second finding, Bob's."""
    claim = factories.make_blind(by=alice)
    factories.make_second(by=bob, claim=claim, rating="refuted")
    digest = actions.verdicts.digest_of(claim)
    return actions.findings.resolve(by=alice, claim=claim, digest=digest, stands=Standing.SECOND, note="The log.")


def make_carry(by: Membership) -> Carry:
    """A highlight that waits, in an article in which another was removed before the second version came."""
    claim = factories.make_claim(by=by)
    spare = factories.make_highlight(by=by, version=claim.highlights.get().version, quote="The bridge")
    actions.highlights.remove(by=by, highlight=spare)
    return factories.make_carry(by=by, claim=claim)


@transaction.atomic
def make_edition(*, by: Membership, article: Article) -> SheetEdition:
    sheet = ClaimSheet.objects.create(desk_id=by.desk_id, article=article, opened_by=by.person)
    record(by, "sheet.opened", sheet)
    own = uuid4()
    edition = SheetEdition.objects.create(
        id=own,
        desk_id=by.desk_id,
        sheet=sheet,
        number=1,
        content="{}",
        digest=hashlib.sha256(b"{}").hexdigest(),
        signed_by=by.person,
        **link_of(by, own),
    )
    make_file(edition, b"claim;verdict\n")
    record(by, "edition.kept", edition)
    return edition


def make_file(edition: SheetEdition, content: bytes) -> SheetFile:
    digest = hashlib.sha256(content).hexdigest()
    return SheetFile.objects.create(
        desk_id=edition.desk_id, edition=edition, format="csv", content=content, sha256=digest
    )


@pytest.fixture
def one_of_each(cast: factories.Cast) -> dict[str, DeskRow]:
    """A row of every model of a desk, by the model's name."""
    return rows_of_a_desk(alice=cast.alice, bob=cast.bob, erin=cast.erin)


def rows_of_a_desk(*, alice: Membership, bob: Membership, erin: Membership) -> dict[str, DeskRow]:
    story = factories.make_story(by=alice)
    article = factories.make_article(by=alice, story=story)
    version = article.versions.get()
    approved = factories.make_claim(by=alice, version=version, status=Status.APPROVED, reviewer=bob)
    claim = factories.edit_claim(factories.make_claim(by=alice, version=version), by=alice, claimant="Ida Falk")
    evidence = factories.make_evidence(by=alice, claim=factories.make_claim(by=alice, version=version))
    bare = factories.make_version(by=alice)
    edition = make_edition(by=erin, article=article)
    batch = factories.make_batch(by=bob, claims=[claim], what="assign", people=(alice.person,))
    claim = factories.fresh(claim)
    notice = Notice.objects.get(desk_id=alice.desk_id, person=alice.person, kind="assigned")
    assert claim.claimant
    assert approved.verdict
    arrival = factories.make_arrival(by=alice, text="Another\n\nIt came.")
    arrival = actions.arrivals.settle(by=alice, arrival=arrival, version=version)
    in_review = factories.make_claim(by=alice, version=version, status=Status.IN_REVIEW)
    query = factories.answer_query(factories.make_query(by=alice, claim=claim, of=bob), by=bob)
    rows: list[DeskRow] = [
        arrival,
        factories.make_invitation(by=erin),
        make_resolution(alice=alice, bob=bob),
        factories.make_suggestion(in_review, by=bob),
        query,
        query.answers.get(),
        *(
            alice,
            story,
            article,
            article.outlet,
            bare,
            bare.original,
            make_carry(alice),
            factories.fresh(claim),
            claim.claimant,
            edition,
        ),
        *(
            evidence,
            evidence.source,
            factories.make_snapshot(by=alice),
            factories.make_origin(by=alice),
            factories.make_dismissal(by=alice),
            edition.sheet,
            approved.verdict,
            approved.verdict.rating,
        ),
        *(batch, notice),
        approved.verdict.rating.scale,
        Highlight.objects.get(desk_id=alice.desk_id, claim=claim),
        Review.objects.get(desk_id=alice.desk_id, verdict=approved.verdict),
        SheetFile.objects.get(desk_id=alice.desk_id, edition=edition),
        AuditEvent.objects.filter(desk_id=alice.desk_id).latest("number"),
    ]
    return {str(row._meta.model_name): row for row in rows}
