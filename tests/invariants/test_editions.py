"""Invariant 10: an edition never changes, is signed by an editor, numbered in order and anchored in the history."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from articles.models import Membership, SheetEdition, SheetFile
from tests.invariants.attacks import DENIED, refused, run, twin
from tests.invariants.conftest import make_file

SECOND: dict[str, Any] = {"number": 2, "reason": "The hospital corrected its figures."}


def test_a_second_edition_says_why(edition: SheetEdition, erin: Membership) -> None:
    twin(edition, erin, **SECOND)

    assert edition.sheet.editions.count() == 2


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"number": 1}, "edition_numbered_in_order"),
        ({"number": 3}, "edition_numbered_in_order"),
        ({"reason": ""}, "later_edition_has_reason"),
        ({"reason": " \n"}, "later_edition_has_reason"),
        ({"content": "{ }"}, "edition_digest_is_of_content"),
        ({"digest": "0" * 64}, "edition_digest_is_of_content"),
        ({"chain_hash": "0" * 64}, "edition_anchored_in_history"),
        ({"chain_number": 1}, "edition_anchored_in_history"),
        ({"chain_number": 10_000}, "edition_anchored_in_history"),
        ({"signed_at": "2013-06-05T18:00Z"}, "edition_anchored_in_history"),
    ],
)
def test_the_database_refuses_an_edition_that_is_not_right(
    wrong: dict[str, Any], constraint: str, edition: SheetEdition, erin: Membership
) -> None:
    with refused(constraint):
        twin(edition, erin, **(SECOND | wrong))


def test_an_edition_is_anchored_in_its_own_event(edition: SheetEdition, erin: Membership) -> None:
    link: dict[str, Any] = {
        "chain_number": edition.chain_number,
        "chain_hash": edition.chain_hash,
        "signed_at": edition.signed_at,
    }

    with refused("edition_anchored_in_history"):
        twin(edition, erin, **SECOND, **link)


@pytest.mark.parametrize("who", ["alice", "bob", "rita", "mallory"])
def test_only_an_editor_of_the_desk_signs(
    who: str, edition: SheetEdition, erin: Membership, request: pytest.FixtureRequest
) -> None:
    signer: Membership = request.getfixturevalue(who)

    with refused("edition_signed_by_editor"):
        twin(edition, erin, **SECOND, signed_by_id=signer.person_id)


def test_nobody_signs_in_the_editors_name(edition: SheetEdition, alice: Membership) -> None:
    with refused("done_in_own_name"):
        twin(edition, alice, **SECOND)


def test_an_edition_never_changes(edition: SheetEdition) -> None:
    for statement in (
        "UPDATE articles_sheetedition SET content = content",
        "UPDATE articles_sheetedition SET signed_at = now()",
        "DELETE FROM articles_sheetedition",
        "UPDATE articles_sheetfile SET content = ''",
        "DELETE FROM articles_sheetfile",
        "UPDATE articles_claimsheet SET article_id = NULL",
        "DELETE FROM articles_claimsheet",
    ):
        with refused(DENIED):
            run(statement)


def test_a_file_is_what_its_hash_says(edition: SheetEdition, erin: Membership) -> None:
    file = SheetFile.objects.get()

    with refused("file_hash_is_of_bytes"):
        twin(file, erin, format="json", content="\\x00", told_of=edition.pk)
    with refused("file_hash_is_of_bytes"):
        twin(file, erin, format="json", sha256=hashlib.sha256(b"").hexdigest(), told_of=edition.pk)
    with refused("file_format_once"):
        make_file(edition, b"other")


@pytest.mark.django_db(transaction=True)
def test_no_file_is_added_to_an_edition_later(edition: SheetEdition, erin: Membership) -> None:
    file = SheetFile.objects.get()

    with refused("file_format_once", "comes_with_its_row"):
        make_file(edition, b"other")
    with refused("comes_with_its_row"):
        twin(file, erin, format="json", told_of=file.pk)
    with refused("comes_with_its_row"):
        twin(file, erin, format="json", told_of=edition.pk)


def test_a_sheet_is_of_one_article_or_one_story(edition: SheetEdition, erin: Membership) -> None:
    with refused("sheet_of_article_or_story"):
        twin(edition.sheet, erin, article_id=None)
    with refused("one_sheet_per_article"):
        twin(edition.sheet, erin)
