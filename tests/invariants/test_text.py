"""Invariants 1 and 2: a version's text never changes and obeys the policy; a highlight equals the text under it."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.db import DatabaseError

from articles import actions
from articles.errors import Refused
from articles.models import ArticleVersion, AuditEvent, Claim, Highlight, Membership, Method, Original
from tests import factories
from tests.invariants.attacks import DENIED, change, reason_of, refused, twin


def test_a_text_is_stored_as_it_is(alice: Membership) -> None:
    text = "A\u0301 headline\n\n  “Two  spaces”\tand a tab,\nthen a line. \U0001f600\u00ad".replace("  “", "“")

    version = factories.make_version(by=alice, text=text)

    assert version.text == text
    assert version.text_sha256 == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("text", "Another text"),
        ("text_sha256", "0" * 64),
        ("policy", 2),
        ("number", 2),
        ("report", "[]"),
        ("method", "upload"),
        ("article_id", None),
        ("original_id", None),
        ("taken_at", "2001-01-01"),
        ("taken_by_id", None),
    ],
)
def test_nothing_of_a_version_but_its_kinds_can_be_written(
    column: str, value: object, alice: Membership, version: ArticleVersion
) -> None:
    with refused(DENIED):
        change(version, alice, **{column: value})


BAD_TEXTS = {
    "empty": "",
    "three newlines": "Headline\n\n\nParagraph",
    "newline first": "\nHeadline",
    "newline last": "Headline\n",
    "space at the edge of a block": "Headline\n\n Paragraph",
    "tab at the end of a block": "Headline\t\n\nParagraph",
    "carriage return": "Headline\r\n\r\nParagraph",
    "bell": "Head\x07line",
    "escape": "Head\x1bline",
    "delete": "Head\x7fline",
    "C1 control": "Head\x9bline",
    "line separator": "Head\u2028line",
}


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_a_text_against_the_policy_is_refused_by_the_database(
    text: str, alice: Membership, version: ArticleVersion
) -> None:
    right: dict[str, Any] = {"text": text, "text_sha256": hashlib.sha256(text.encode()).hexdigest(), "number": 2}

    with refused("version_text_is_canonical"):
        twin(version, alice, **right, kinds=["paragraph"] * (text.count("\n\n") + 1))


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"text_sha256": "0" * 64}, "version_hash_is_of_text"),
        ({"text": "One\n\nTwo\n\nThree"}, "version_hash_is_of_text"),
        ({"kinds": ["headline"]}, "version_kind_per_block"),
        ({"kinds": ["paragraph"] * 4}, "version_kind_per_block"),
        ({"kinds": []}, "version_kind_per_block"),
        ({"kinds": ["headline", "paragraph", "advert"]}, "version_kinds_are_known"),
        ({"kinds": ["headline", "paragraph", None]}, "version_kinds_are_known"),
        ({"number": 0}, "version_number_from_one"),
        ({"number": 1}, "version_number_once"),
    ],
)
def test_a_version_that_does_not_fit_its_text_is_refused_by_the_database(
    wrong: dict[str, Any], constraint: str, alice: Membership, version: ArticleVersion
) -> None:
    with refused(constraint):
        twin(version, alice, **({"number": 2} | wrong))


def test_a_copy_that_is_right_is_accepted(alice: Membership, version: ArticleVersion) -> None:
    twin(version, alice, number=2)

    assert version.article.versions.count() == 2


@pytest.mark.parametrize(
    "kinds", [["headline"], ["headline", "paragraph", "advert"], []], ids=["too few", "unknown", "none"]
)
def test_adding_an_article_whose_kinds_do_not_fit_is_refused(kinds: list[str], alice: Membership) -> None:
    draft = factories.make_draft(f"Headline\n\n{factories.BODY}")
    details = actions.articles.Details(headline="Headline", outlet="Orm Valley Courier")

    with pytest.raises(Refused, match="kind"):
        actions.articles.add(by=alice, draft=draft, details=details, kinds=kinds, method=Method.PASTE)

    assert not ArticleVersion.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"content": "\\x00"}, "original_hash_is_of_bytes"),
        ({"sha256": "0" * 64}, "original_hash_is_of_bytes"),
        ({"sha256": hashlib.sha256(b"").hexdigest(), "content": "\\x"}, "original_size_is_of_bytes"),
    ],
)
def test_the_original_bytes_are_what_their_hash_says(
    wrong: dict[str, Any], constraint: str, alice: Membership, version: ArticleVersion
) -> None:
    with refused(constraint):
        twin(version.original, alice, **wrong)


def test_original_bytes_never_change(alice: Membership, version: ArticleVersion) -> None:
    with refused(DENIED):
        Original.objects.filter(pk=version.original_id).update(content=b"other")


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (0, 6, "bridge"),
        (0, 6, "Bridg"),
        (0, 6, "Bridges"),
        (0, 6, "bridge "),
        (1, 7, "Bridge"),
        (100_000, 100_006, "Bridge"),
        (100_000, 100_006, ""),
    ],
)
def test_a_highlight_that_differs_from_the_text_is_refused_by_the_database(
    start: int, end: int, quote: str, alice: Membership
) -> None:
    highlight = factories.make_highlight(by=alice, quote="Bridge")

    with refused("highlight_equals_text"):
        twin(highlight, alice, start=start, end=end, quote=quote)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (6, 3)])
def test_an_empty_highlight_is_refused_by_the_database(start: int, end: int, alice: Membership) -> None:
    highlight = factories.make_highlight(by=alice)

    with refused("highlight_not_empty"):
        twin(highlight, alice, start=start, end=end, quote="")


@pytest.mark.parametrize("column", ["version_id", "made_by_id", "made_at"])
def test_a_highlight_stays_where_it_is(column: str, alice: Membership) -> None:
    highlight = factories.make_highlight(by=alice)

    with refused(DENIED):
        change(highlight, alice, **{column: getattr(highlight, column)})


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (0, 6, "bridge"),
        (0, 7, "Bridge"),
        (90_000, 90_006, "Bridge"),
        (0, 3, ""),
        (0, 0, "Bridge"),
        (6, 0, "Bridge"),
        (6, 7, " "),
    ],
)
def test_marking_other_words_than_the_texts_is_refused(
    start: int, end: int, quote: str, alice: Membership, version: ArticleVersion
) -> None:
    events = AuditEvent.objects.count()

    with pytest.raises(Refused, match=r"words"):
        actions.highlights.mark(by=alice, version=version, start=start, end=end, quote=quote)

    assert (Highlight.objects.count(), Claim.objects.count(), AuditEvent.objects.count()) == (0, 0, events)


def test_a_place_beyond_any_text_is_refused(alice: Membership, version: ArticleVersion) -> None:
    with pytest.raises(Refused):
        actions.highlights.mark(by=alice, version=version, start=2**40, end=2**40 + 1, quote="B")


@pytest.mark.parametrize("quote", ["é", "😀", "שלום", "東京", "e\u0301", "\u00a0", "👩\u200d👩\u200d👧"])
def test_offsets_are_code_points(quote: str, alice: Membership) -> None:
    text = f"Überschrift 😀\n\nvor {quote}nach"
    version = factories.make_version(by=alice, text=text)
    start = text.index(quote + "nach")

    highlight = actions.highlights.mark(
        by=alice, version=version, start=start, end=start + len(quote) + 4, quote=quote + "nach"
    )

    assert version.text[highlight.start : highlight.end] == highlight.quote == quote + "nach"


def test_a_passage_keeps_its_words_and_its_source(alice: Membership, version: ArticleVersion) -> None:
    passage = factories.make_passage(by=alice, claim=factories.make_claim(by=alice), version=version)
    other = factories.make_source(by=alice)

    with refused("passage_keeps_its_words"):
        change(passage, alice, quote="no one was hurt")
    with refused("passage_keeps_its_words"):
        twin(passage, alice, source_id=other.pk)


def test_the_reason_of_a_refusal_is_known_by_name(alice: Membership, version: ArticleVersion) -> None:
    highlight = factories.make_highlight(by=alice, version=version)

    with pytest.raises(DatabaseError) as caught:
        twin(highlight, alice, quote="other")

    assert reason_of(caught.value) == "highlight_equals_text"
