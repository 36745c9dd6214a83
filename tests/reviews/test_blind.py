"""What a verdict says that was given blind is on no page of anyone but its author until someone else has found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client

from articles import actions
from articles.errors import Refused
from articles.models import Claim, Membership, Verdict
from articles.queries.sealing import open_for
from tests.factories import fresh, make_blind, make_claim, make_second, make_verdict
from tests.test_access import NEVER, TABLE
from tests.world import address as address_of
from tests.world import patterns

if TYPE_CHECKING:
    from tests.world import World

SAID = {
    "rationale": "The harbour master’s list is complete.",
    "searched": "Harbour books of the year.",
    "missing": "The ferryman’s notes.",
    "wording": "Two boats, not three, were counted.",
    "as_of": "1987-11",
}
NEW_EACH_TIME = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|nonce=\"[^\"]+\"|[A-Za-z0-9]{64}|"
    r"\d{4}-\d\d-\d\dT[\d:.+Z]+|\d+ \w+ \d{4}, \d\d:\d\d"
)
"""Ids, digests, tokens and times."""


def pages_of(world: World, member: Membership, claim: Claim) -> dict[str, str]:
    """All that this member can open: every address of the project, with the claim where one is asked for."""
    client = Client()
    client.force_login(member.person)
    pages = {}
    for name, pattern in patterns():
        if TABLE[name][0] is NEVER or name.startswith("account"):
            continue
        url = address_of(world, name, pattern).replace(str(world.claim.pk), str(claim.pk))
        answer = client.get(url)
        pages[name] = b"".join(answer).decode(errors="replace") if answer.streaming else answer.text
    bench = f"/d/{world.cast.desk.slug}/articles/{world.article.pk}/"
    for more, told in {"in hand": f"claim={claim.pk}", "on paper": "print=1", "by sentence": "mode=sentences"}.items():
        pages[more] = client.get(f"{bench}?{told}").text
    pages["words"] = client.get(f"/d/{world.cast.desk.slug}/find/?q=harbour").text
    return pages


def give_blind(world: World, rating: str, said: dict[str, str]) -> Claim:
    claim = make_claim(by=world.cast.alice, version=world.article.versions.latest("number"), quote="Witness 3")
    make_verdict(
        by=world.cast.alice,
        claim=actions.blindness.blind_claim(by=world.cast.alice, claim=claim),
        rating=rating,
        **said,
    )
    return fresh(claim)


@pytest.mark.parametrize("who", ["bob", "erin", "rita"])
def test_no_page_of_anyone_else_holds_its_words(world: World, who: str) -> None:
    claim = give_blind(world, "supported", SAID)

    pages = pages_of(world, getattr(world.cast, who), claim)

    words = [SAID[name] for name in ("rationale", "searched", "missing", "wording")]
    told = {name: [one for one in words if one in page] for name, page in pages.items()}
    assert {name: found for name, found in told.items() if found} == {}
    assert "November 1987" not in "".join(pages.values())
    assert "Alice gave a verdict" in re.sub(r"<[^>]+>", "", pages["articles:claim"])
    assert "Alice gave a verdict, which is read after a second finding." in re.sub(
        r"<[^>]+>", "", pages["articles:claim-history"]
    )


def test_its_author_reads_it(world: World) -> None:
    claim = give_blind(world, "supported", SAID)

    pages = pages_of(world, world.cast.alice, claim)

    for name in ("articles:claim", "articles:claim-panel", "articles:review"):
        assert SAID["rationale"] in pages[name]
    assert "Nobody else reads this until a second person has found on their own." in pages["articles:review"]


@pytest.mark.parametrize("taken_back", [False, True], ids=["in review", "taken back"])
@pytest.mark.parametrize("who", ["bob", "rita"])
def test_no_page_of_anyone_else_depends_on_what_it_says(world: World, who: str, taken_back: bool) -> None:
    seen = []
    for rating, said in (
        ("supported", SAID),
        ("conflicting-evidence", SAID | {"rationale": "It is open.", "wording": ""}),
    ):
        with transaction.atomic():
            claim = make_claim(by=world.cast.alice, version=world.article.versions.latest("number"), quote="Witness 3")
            for stance in ("supports", "refutes"):
                actions.evidence.add(
                    by=world.cast.alice,
                    claim=claim,
                    source=world.source,
                    statement=actions.evidence.Statement(stance=stance, kind="primary", quote="A line."),
                )
            actions.blindness.blind_claim(by=world.cast.alice, claim=claim)
            make_verdict(by=world.cast.alice, claim=claim, rating=rating, **said)
            if taken_back:
                actions.verdicts.withdraw(by=world.cast.alice, claim=claim)
            pages = pages_of(world, getattr(world.cast, who), fresh(claim))
            seen.append({name: NEW_EACH_TIME.sub("·", page) for name, page in pages.items()})
            transaction.set_rollback(True)

    assert {name for name in seen[0] if seen[0][name] != seen[1][name]} == set()


def test_a_second_finding_opens_it_to_all(world: World) -> None:
    claim = give_blind(world, "supported", SAID)
    make_second(by=world.cast.bob, claim=claim, rating="refuted")

    for member in (world.cast.bob, world.cast.erin, world.cast.rita):
        pages = pages_of(world, member, claim)
        assert SAID["rationale"] in pages["articles:claim"]
        assert "So I find." in pages["articles:claim"]
        assert "Bob, without having read the verdict, found Refuted." in re.sub(
            r"<[^>]+>", "", pages["articles:claim-history"]
        )


def test_a_verdict_stays_blind_whatever_is_set_later(world: World) -> None:
    claim = give_blind(world, "supported", SAID)
    actions.verdicts.withdraw(by=world.cast.alice, claim=claim)
    actions.blindness.unblind_claim(by=world.cast.bob, claim=fresh(claim))

    assert SAID["rationale"] not in pages_of(world, world.cast.bob, claim)["articles:claim"]


def test_an_open_verdict_after_it_opens_it(world: World) -> None:
    claim = give_blind(world, "supported", SAID)
    actions.verdicts.withdraw(by=world.cast.alice, claim=claim)
    make_verdict(by=world.cast.alice, claim=actions.blindness.unblind_claim(by=world.cast.alice, claim=fresh(claim)))

    assert SAID["rationale"] in pages_of(world, world.cast.bob, claim)["articles:claim"]


def test_the_rule_of_the_desk_makes_every_verdict_blind(alice: Membership, bob: Membership, erin: Membership) -> None:
    actions.blindness.blind_desk(by=erin)

    assert make_verdict(by=alice, claim=make_claim(by=alice)).blind
    actions.blindness.unblind_desk(by=erin)
    assert not make_verdict(by=alice, claim=make_claim(by=alice)).blind


def test_nothing_is_open_that_nobody_looked_at(alice: Membership, bob: Membership) -> None:
    claim = make_blind(by=alice)
    verdict = Verdict.objects.get(claim=claim)

    assert verdict.is_sealed
    open_for(bob, [verdict])
    assert verdict.is_sealed
    open_for(alice, [verdict])
    assert not verdict.is_sealed


def test_returned_without_a_finding_it_stays_sealed(world: World) -> None:
    claim = give_blind(world, "supported", SAID)
    bob, digest = world.cast.bob, actions.verdicts.digest_of(claim)
    actions.verdicts.send_back(by=bob, claim=claim, digest=digest, reason="The log is missing among the evidence.")

    pages = pages_of(world, bob, claim)

    assert SAID["rationale"] not in "".join(pages.values())
    assert "Bob returned the verdict on this claim." in re.sub(r"<[^>]+>", "", pages["articles:claim-history"])


def test_an_undo_that_comes_too_late_does_not_tell_it(world: World) -> None:
    alice, bob = world.cast.alice, world.cast.bob
    claim = make_claim(by=alice, version=world.article.versions.latest("number"), quote="Witness 3")
    actions.blindness.blind_claim(by=alice, claim=claim)
    actions.claims.start(by=bob, claim=fresh(claim))
    make_verdict(by=alice, claim=claim, **SAID)

    with pytest.raises(Refused) as caught:
        actions.undoing.undo(by=bob, article=world.article)

    assert "Alice gave a verdict, which is read after a second finding." in caught.value.sentence
    assert "Supported" not in caught.value.sentence
