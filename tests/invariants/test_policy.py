"""The text policy in Python and the constraints in SQL say the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.intake.draft import IntakeError
from articles.intake.plain import read_plain
from tests.invariants.attacks import run

SPACES = ["\n", "\n\n", "\r\n", "\r", " ", "\t", "\u00a0", "\u3000", "\u200b", "\ufeff", "\x0b", "\x0c"]
OTHERS = [
    "\x85",
    "\u2028",
    "\u2029",
    "\x00",
    "\x07",
    "\x9b",
    "\u00ad",
    "e\u0301",
    "😀",
    "•",
    "- ",
    "1. ",
    "word",
    "One. ",
]
awkward = st.sampled_from([*SPACES, *OTHERS])
texts = st.lists(st.one_of(awkward, st.text(max_size=8)), max_size=40).map("".join)


@pytest.mark.django_db
def test_the_database_accepts_what_the_policy_makes() -> None:
    canonical = condition_of("version_text_is_canonical")
    per_block = condition_of("version_kind_per_block")
    known = condition_of("version_kinds_are_known")

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(texts)
    @example("\u200b \nA\n\t\n \u200bB\u200b \n\n\n")
    @example("\ufeffHeadline\r\n\r\n\r\nText\x85 \t\u2028")
    def accepted(received: str) -> None:
        try:
            draft = read_plain(received)
        except IntakeError:
            return
        kinds = [str(kind) for kind in draft.kinds]
        assert run(
            f"SELECT {canonical}, {per_block}, {known} FROM (VALUES (%s::text, %s::varchar[])) AS v (text, kinds)",
            *(draft.text, kinds),
        ) == [(True, True, True)]

    accepted()


def condition_of(constraint: str) -> str:
    ((definition,),) = run("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", constraint)
    return re.sub("^CHECK ", "", str(definition))
