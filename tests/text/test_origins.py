"""Origins are counted by their roots, and what is not known counts for nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.origins import Counts, Rule, Side, Telling, chain_of, count, in_words, missing, root_of, wanted

WIRE, STATEMENT, MINISTRY = "wire", "statement", "ministry"
LEADS: dict[str, str | None] = {WIRE: STATEMENT, STATEMENT: None, MINISTRY: None}

origins = st.sampled_from("abcdef")
ways = st.dictionaries(origins, st.none() | origins)
"""Circles, and origins that nothing is known of, among them."""
tellings = st.lists(
    st.builds(
        Telling,
        teller=st.sampled_from("12345"),
        side=st.sampled_from(Side),
        origin=st.none() | origins,
        is_outlet=st.booleans(),
        is_primary=st.booleans(),
    ),
    max_size=8,
)


def outlet(name: str, origin: str | None) -> Telling[str]:
    return Telling(name, origin=origin, is_outlet=True)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ([], ""),
        ([outlet("BBC", None)], "1 outlet, no origin known"),
        ([outlet("BBC", None), outlet("DW", None)], "2 outlets, no origin known"),
        ([outlet("BBC", WIRE)], "1 outlet, 1 independent origin"),
        ([outlet("BBC", WIRE), outlet("DW", STATEMENT)], "2 outlets, 1 independent origin"),
        ([outlet("BBC", WIRE), outlet("BBC", MINISTRY)], "1 outlet, 2 independent origins"),
        (
            [outlet("BBC", WIRE), outlet("DW", WIRE), outlet("RT", MINISTRY), outlet("LAT", None)],
            "4 outlets, 2 independent origins, 1 unknown",
        ),
        ([outlet("BBC", WIRE), outlet("BBC", None)], "1 outlet, 1 independent origin, 1 unknown"),
        (
            [outlet("BBC", WIRE), Telling("a log", Side.AGAINST, MINISTRY)],
            "1 outlet, 1 independent origin, 1 independent origin against it",
        ),
        ([Telling("a log", Side.FOR, MINISTRY), Telling("a report", Side.FOR)], "1 independent origin, 1 unknown"),
    ],
)
def test_in_words(told: list[Telling[str]], words: str) -> None:
    assert in_words(count(told, LEADS)) == words


TWO_OR_PRIMARY, THREE, NOTHING = Rule(2, primary=True), Rule(3, primary=False), Rule(0, primary=True)


@pytest.mark.parametrize(
    ("counts", "rule", "words"),
    [
        (Counts(), TWO_OR_PRIMARY, "two independent origins, or a primary source"),
        (Counts(independent=1), TWO_OR_PRIMARY, "one more independent origin, or a primary source"),
        (Counts(independent=2), TWO_OR_PRIMARY, ""),
        (Counts(has_primary=True), TWO_OR_PRIMARY, ""),
        (Counts(has_primary=True, independent=1), THREE, "two more independent origins"),
        (Counts(unknown=9, outlets=9), THREE, "three independent origins"),
        (Counts(against=2), TWO_OR_PRIMARY, ""),
        (Counts(independent=1, against=1), TWO_OR_PRIMARY, "one more independent origin, or a primary source"),
        (Counts(), NOTHING, ""),
        (Counts(), Rule(12, primary=False), "12 independent origins"),
    ],
)
def test_what_the_rule_misses(counts: Counts, rule: Rule, words: str) -> None:
    assert missing(counts, rule) == words


def test_the_rule_in_words() -> None:
    assert wanted(TWO_OR_PRIMARY) == "two independent origins, or a primary source"
    assert wanted(NOTHING) == "nothing is asked for"


def test_a_chain_leads_to_its_root() -> None:
    assert chain_of(WIRE, LEADS) == [WIRE, STATEMENT]
    assert root_of(WIRE, LEADS) == root_of(STATEMENT, LEADS) == STATEMENT


@given(origins, ways)
def test_a_chain_always_ends_and_names_each_once(origin: str, leads: dict[str, str | None]) -> None:
    chain = chain_of(origin, leads)

    assert chain[0] == origin
    assert len(set(chain)) == len(chain)


@given(origins, ways)
def test_all_of_a_chain_has_one_root(origin: str, leads: dict[str, str | None]) -> None:
    assert {root_of(station, leads) for station in chain_of(origin, leads)} == {root_of(origin, leads)}


@given(tellings, ways, st.sampled_from("123456"), st.sampled_from(Side))
def test_one_more_unknown_is_never_one_more_origin(
    told: list[Telling[str]], leads: dict[str, str | None], teller: str, side: Side
) -> None:
    before, after = count(told, leads), count([*told, Telling(teller, side)], leads)

    assert (after.independent, after.against) == (before.independent, before.against)
    assert before.unknown <= after.unknown <= before.unknown + 1


@given(tellings, ways, origins, origins)
def test_what_a_root_comes_from_never_makes_more(
    told: list[Telling[str]], leads: dict[str, str | None], one: str, other: str
) -> None:
    if leads.get(one) is not None or one in chain_of(other, leads):
        return
    before, after = count(told, leads), count(told, leads | {one: other})

    assert after.independent <= before.independent
    assert after.against <= before.against


@given(tellings, ways, st.randoms())
def test_order_does_not_matter(told: list[Telling[str]], leads: dict[str, str | None], random: object) -> None:
    shuffled = list(told)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # of a Random

    assert count(shuffled, leads) == count(told, leads)


@given(tellings, ways)
def test_to_forget_an_origin_never_makes_more(told: list[Telling[str]], leads: dict[str, str | None]) -> None:
    forgotten = [replace(one, origin=None) for one in told]

    assert count(forgotten, leads) == replace(
        count(told, leads), independent=0, against=0, unknown=len({one.teller for one in told})
    )
