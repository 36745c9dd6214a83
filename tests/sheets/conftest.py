"""A sheet with one claim of each kind: approved, still open, set aside."""

from __future__ import annotations

from typing import Any

import pytest

from articles import actions
from articles.models import ArticleVersion, Claim, ClaimSheet, Membership, SheetEdition, Status
from articles.sheets.edition import contents_of
from articles.sheets.json import digest_of
from tests.factories import make_claim


@pytest.fixture
def approved(alice: Membership, bob: Membership, version: ArticleVersion) -> Claim:
    return make_claim(by=alice, status=Status.APPROVED, version=version, reviewer=bob)


@pytest.fixture
def sheet(alice: Membership, version: ArticleVersion, approved: Claim) -> ClaimSheet:
    make_claim(by=alice, version=version, quote="1,200 cars")
    make_claim(by=alice, status=Status.SET_ASIDE, version=version, quote="every day")
    return actions.sheets.open_sheet(by=alice, article=version.article)


def sign_off(by: Membership, sheet: ClaimSheet, **told: Any) -> SheetEdition:
    """Sign what the sheet says now; a test overrides what it is about."""
    shown: dict[str, Any] = {"expected": digest_of(contents_of(sheet)), "leave_out": True}
    return actions.sheets.sign_off(by=by, sheet=sheet, **(shown | told))


@pytest.fixture
def edition(erin: Membership, sheet: ClaimSheet) -> SheetEdition:
    return sign_off(erin, sheet)
