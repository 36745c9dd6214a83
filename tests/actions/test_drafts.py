"""What is kept of a draft is the draft, and people's corrections lie over it."""

from dataclasses import replace
from typing import Any

import pytest

from articles import actions
from articles.actions.drafts import corrected_draft, draft_of
from articles.errors import Refused
from articles.intake.codec import from_row
from articles.intake.draft import Link, Page
from articles.models import Membership
from articles.text.guess import Guess
from articles.text.notes import Note, NoteKind
from tests import factories

TEXT = f"Bridge closed\n\n{factories.BODY}"


def test_a_kept_draft_comes_back_without_its_bytes(alice: Membership) -> None:
    told: dict[str, Any] = {
        "links": (Link(0, 6, "https://orm.example/"),),
        "pages": (Page(0, "A1"),),
        "report": (Note(NoteKind.NUL, 2, "the first"),),
    }
    arrival = factories.make_arrival(by=alice, text=TEXT, **told)

    assert draft_of(factories.fresh(arrival)) == replace(factories.make_draft(TEXT), raw=b"", **told)


def test_where_nothing_was_read_there_is_no_draft() -> None:
    with pytest.raises(ValueError, match="nothing was read"):
        from_row(None)


def test_the_address_it_came_with_is_a_guess(alice: Membership) -> None:
    arrival = factories.make_arrival(by=alice, text=TEXT, address="https://orm.example/")

    assert draft_of(arrival).metadata.url == Guess("https://orm.example/", "address that it came with")


def test_corrections_lie_over_what_was_read(alice: Membership) -> None:
    arrival = factories.make_arrival(by=alice, text=TEXT)
    arrival = actions.arrivals.merge(by=alice, arrival=arrival, revision=2, at=15)

    assert draft_of(arrival).text == TEXT
    assert corrected_draft(arrival).text == TEXT.replace("closed\n\nThe", "closed The")


def test_so_many_corrections_and_no_more(alice: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions.arrivals, "MOST_CORRECTIONS", 1)
    arrival = factories.make_arrival(by=alice, text=TEXT)
    actions.arrivals.retype(by=alice, arrival=arrival, revision=2, at=15, kind="caption")

    with pytest.raises(Refused, match="corrections already"):
        actions.arrivals.retype(by=alice, arrival=arrival, revision=3, at=15, kind="quotation")
