import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.intake.codec import from_json, to_json
from articles.intake.draft import IntakeError, Link
from articles.intake.drafting import drafted
from articles.intake.pieces import Piece
from articles.intake.plain import read_plain
from articles.text.blocks import BlockKind
from articles.text.guess import Guess, Metadata
from articles.text.notes import Note, NoteKind
from tests.text.strategies import texts

DRAFT = drafted(
    [
        Piece(text="The town falls", kind=BlockKind.HEADLINE, page="iv"),
        Piece(text="See the report.", kind=BlockKind.PARAGRAPH, links=(Link(8, 14, "https://example.org/"),), page="v"),
    ],
    raw=b"anything",
    filename="gazette.docx",
    media_type="application/pdf",
    notes=[Note(NoteKind.PICTURE, 2)],
    gone=7,
    stated=Metadata(byline=Guess("Jane Doe", "file properties")),
)


def test_a_draft_comes_back_as_it_went():
    assert from_json(json.loads(json.dumps(to_json(DRAFT))), DRAFT.raw) == DRAFT


@given(texts, texts)
def test_any_draft_comes_back(text, filename):
    try:
        draft = read_plain(text, filename=filename)
    except IntakeError:
        return

    back = from_json(json.loads(json.dumps(to_json(draft))), draft.raw)

    assert (back.text, back.kinds, back.report) == (draft.text, draft.kinds, draft.report)
    json.dumps(to_json(back), ensure_ascii=False).encode()


def test_a_field_of_the_metadata_that_is_new_is_empty_in_an_old_draft():
    data = to_json(DRAFT)
    del data["metadata"]["direction"]

    assert from_json(data, DRAFT.raw).metadata.direction == Guess()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("text", "The town falls"),
        ("text", "The town falls\n\nSee the report. "),
        ("text", "The town falls\n\nSee the \0report."),
        ("text", 7),
        ("kinds", ["headline"]),
        ("kinds", ["headline", "spell"]),
        ("kinds", None),
        ("policy", 99),
        ("policy", True),
        ("report", [["picture", "2", ""]]),
        ("report", [["spell", 2, ""]]),
        ("report", {}),
        ("links", [[8, 8, "https://example.org/"]]),
        ("links", [[8, 999, "https://example.org/"]]),
        ("links", [[-1, 4, "https://example.org/"]]),
        ("links", [[8, 14]]),
        ("pages", [[3, "1"]]),
        ("pages", [[16, "1"], [0, "2"]]),
        ("metadata", {"headline": ["only one"]}),
        ("received", "many"),
    ],
)
def test_what_is_no_draft_is_refused(key, value):
    data = copy.deepcopy(to_json(DRAFT))
    data[key] = value

    with pytest.raises(ValueError):
        from_json(data, DRAFT.raw)


@pytest.mark.parametrize("data", [None, [], "text", {}, {"text": "alone"}])
def test_what_is_nothing_like_a_draft_is_refused(data):
    with pytest.raises(ValueError):
        from_json(data, b"")


@given(st.recursive(st.none() | st.integers() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=3)))
def test_no_value_in_place_of_the_parts_makes_another_error(value):
    for key in to_json(DRAFT):
        try:
            from_json(to_json(DRAFT) | {key: value}, b"")
        except ValueError:
            pass
