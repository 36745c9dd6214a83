"""What may stand once on a desk, and what a row has to say; and that no constraint is left untried."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from articles import actions
from articles.migrations._sql import SQL
from articles.models import DeskRow, EditableRow, Membership
from tests import factories
from tests.invariants.attacks import change, maker_of, refused, run, twin

# Keys for foreign keys to refer to; rules that another rule or a privilege precedes; what append_event alone breaks.
NEVER_FIRST = {
    "arrival_keeps_what_came",
    "verdict_key_with_author",
    "verdict_key_with_claim",
    "review_key_with_verdict",
    "claim_status_has_review",
    "edition_number_once",
    "event_number_once",
}
ONCE: dict[str, list[tuple[dict[str, Any], str]]] = {
    "membership": [({}, "one_membership_per_person")],
    "outlet": [({}, "outlet_name_once_per_desk"), ({"name": "ORM VALLEY COURIER"}, "outlet_name_once_per_desk")],
    "claimant": [({}, "claimant_name_once_per_desk"), ({"name": "ida falk"}, "claimant_name_once_per_desk")],
    "original": [({}, "original_once_per_desk")],
    "articleversion": [({}, "version_number_once")],
    "ratingscale": [({}, "scale_version_once")],
    "rating": [({"position": 90}, "rating_code_once"), ({"code": "another"}, "rating_position_once")],
    "claimsheet": [({}, "one_sheet_per_article")],
    "sheetfile": [({}, "file_format_once")],
}


def test_what_stands_once_on_a_desk(one_of_each: dict[str, DeskRow], erin: Membership) -> None:
    for name, tries in ONCE.items():
        for columns, constraint in tries:
            with refused(constraint):
                twin(one_of_each[name], maker_of(one_of_each[name], erin), **columns)


def test_a_cited_article_is_one_source(alice: Membership) -> None:
    evidence = factories.make_passage(by=alice, claim=factories.make_claim(by=alice))

    with refused("one_source_per_article"):
        twin(evidence.source, alice)


def test_a_story_has_one_sheet(one_of_each: dict[str, DeskRow], erin: Membership) -> None:
    of_story = {"article_id": None, "story_id": one_of_each["story"].pk}
    twin(one_of_each["claimsheet"], erin, **of_story)

    with refused("one_sheet_per_story"):
        twin(one_of_each["claimsheet"], erin, **of_story)


def test_a_request_stands_once_in_the_history(alice: Membership) -> None:
    request_id = uuid4()
    actions.stories.open_story(by=alice, title="The bridge", request_id=request_id)
    event = (alice.desk_id, alice.person_id, alice.pk, request_id)

    with refused("event_request_once"):
        run("SELECT append_event(%s, %s, 'story.opened', 'story', %s, '{}', %s)", *event)


@pytest.mark.parametrize("missing", ["article", "member"])
def test_presence_is_of_a_member_and_on_an_article(missing: str, alice: Membership) -> None:
    article = uuid4() if missing == "article" else factories.make_article(by=alice).pk
    person = uuid4() if missing == "member" else alice.person_id
    constraint = {"article": "presence_on_article", "member": "presence_of_member"}[missing]
    columns = "(desk_id, article_id, person_id, block, seen_at)"

    with refused(constraint):
        run(f"INSERT INTO articles_presence {columns} VALUES (%s, %s, %s, 0, now())", alice.desk_id, article, person)


@pytest.mark.parametrize(
    ("name", "columns", "constraint"),
    [
        ("evidence", {"stance": "neutral"}, "evidence_stance_is_known"),
        ("evidence", {"quote": " ", "note": "\n"}, "evidence_says_something"),
        ("source", {"title": " "}, "source_has_title"),
        ("source", {"published": "June"}, "source_date_is_partial_iso"),
        ("article", {"published": "June"}, "article_date_is_partial_iso"),
        ("membership", {"role": "owner"}, "role_is_known"),
    ],
)
def test_what_a_row_has_to_say(
    name: str, columns: dict[str, Any], constraint: str, one_of_each: dict[str, DeskRow], erin: Membership
) -> None:
    row = one_of_each[name]
    assert isinstance(row, EditableRow)

    with refused(constraint):
        change(row, erin, **columns)


def test_every_constraint_is_tried() -> None:
    written = "".join(path.read_text() for path in SQL.glob("*.sql"))
    names = set(re.findall(r"CONSTRAINT (?:= ')?(\w+)", written)) - {"TRIGGER"}
    for model in apps.get_app_config("articles").get_models():
        names |= {constraint.name for constraint in model._meta.constraints}
    tried = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))

    assert {name for name in names - NEVER_FIRST if f'"{name}"' not in tried} == set()
