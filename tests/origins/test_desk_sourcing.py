"""The desk's sourcing rule is set by an administrator, and said beside claims, in reviews, stories and sheets."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import actions
from articles.actions.origins import Root
from articles.errors import Refused
from articles.models import AuditEvent, Claim, Desk, Evidence, Membership, Stance, Status
from articles.narration import narrate
from articles.queries.origins import counts_of, origins_of
from tests.claims.asking import address, page_of
from tests.factories import (
    fresh,
    make_article,
    make_claim,
    make_copied,
    make_evidence,
    make_highlight,
    make_source,
    make_story,
    make_version,
)

ASKED = "one more independent origin, or a primary source"


@pytest.fixture
def rule(desk: Desk) -> str:
    return reverse("articles:desk-sourcing", args=[desk.slug])


def traced(claim: Claim, by: Membership, name: str = "Dispatch 41") -> Claim:
    actions.tracing.trace(by=by, highlight=claim.highlights.live().get(), origin=Root(name=name))
    return fresh(claim)


# The rule


def test_it_is_two_origins_or_a_primary_source_at_first(browser_of_rita: Client, rule: str) -> None:
    page = browser_of_rita.get(rule).text

    assert "two independent origins, or a primary source" in page
    assert "Set the rule" not in page


def test_it_is_set(browser_of_erin: Client, desk: Desk, rule: str, claim: Claim, alice: Membership) -> None:
    traced(claim, alice)

    answer = browser_of_erin.post(rule, {"origins": 3})

    assert answer.headers["Location"] == rule
    desk.refresh_from_db()
    assert (desk.origins_needed, desk.primary_is_enough) == (3, False)
    assert "two more independent origins." in browser_of_erin.get(page_of(claim)).text
    event = AuditEvent.objects.get(action="desk.sourcing_set")
    (line,) = narrate([event], {event.actor_id: "Erin"} if event.actor_id else {})
    assert line.sentence == "Erin set the sourcing rule of the desk: three independent origins."


def test_it_can_be_off(browser_of_erin: Client, rule: str, claim: Claim) -> None:
    browser_of_erin.post(rule, {"origins": 0, "primary": "on"})

    assert "nothing is asked for" in browser_of_erin.get(rule).text
    assert "Still missing" not in browser_of_erin.get(page_of(claim)).text


@pytest.mark.parametrize("origins", ["10", "-1", "many", ""])
def test_what_is_no_number_of_origins_is_refused(browser_of_erin: Client, rule: str, desk: Desk, origins: str) -> None:
    assert browser_of_erin.post(rule, {"origins": origins}).status_code == 422
    desk.refresh_from_db()
    assert desk.origins_needed == 2


def test_a_repeated_request_is_done_once(browser_of_erin: Client, rule: str) -> None:
    sent = {"origins": 3, "request_id": str(uuid4())}

    answers = [browser_of_erin.post(rule, sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(action="desk.sourcing_set").count() == 1


def test_only_an_administrator_sets_it(browser_of_alice: Client, rule: str, alice: Membership) -> None:
    assert browser_of_alice.post(rule, {"origins": 3}).status_code == 403
    with pytest.raises(Refused, match="Only an administrator"):
        actions.origins.set_sourcing(by=alice, origins=3, primary=True)


# What is said


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({"kind": "secondary", "stance": "supports"}, True),
        ({"kind": "primary", "stance": "supports"}, False),
        ({"kind": "primary", "stance": "refutes"}, False),
    ],
)
def test_a_primary_source_is_enough(
    browser_of_rita: Client, claim: Claim, alice: Membership, said: dict[str, Any], missing: bool
) -> None:
    traced(claim, alice)
    make_evidence(by=alice, claim=claim, **said)

    assert (ASKED in browser_of_rita.get(page_of(claim)).text) == missing


def test_context_counts_for_nothing(claim: Claim, alice: Membership) -> None:
    make_evidence(by=alice, claim=claim, kind="primary", stance=Stance.CONTEXT)

    assert origins_of(claim).words == "1 outlet, no origin known"
    assert not origins_of(claim).counts.has_primary


def test_nothing_counts_that_is_withdrawn(claim: Claim, alice: Membership) -> None:
    evidence = make_evidence(by=alice, claim=claim, kind="primary")
    source = make_evidence(by=alice, claim=claim, kind="primary", source=make_source(by=alice)).source
    assert origins_of(claim).unknown == 3

    actions.evidence.withdraw(by=alice, evidence=evidence)
    actions.sources.withdraw(by=alice, source=source, reason="It is forged.")

    assert (origins_of(claim).unknown, origins_of(claim).counts.has_primary) == (1, False)


def test_an_outlet_that_is_cited_as_well_is_told_once(claim: Claim, alice: Membership) -> None:
    version = claim.highlights.get().version
    start = version.text.index("1,200 cars")
    said = actions.evidence.Statement(stance="supports", kind="secondary", quote="1,200 cars")
    actions.evidence.add_passage(
        by=alice, claim=claim, version=version, start=start, end=start + len("1,200 cars"), statement=said
    )

    assert origins_of(claim).words == "1 outlet, no origin known"


def test_who_refutes_is_counted_apart(claim: Claim, alice: Membership) -> None:
    traced(claim, alice)
    source = make_evidence(by=alice, claim=claim, kind="secondary", stance=Stance.REFUTES).source
    actions.tracing.trace_source(by=alice, source=source, origin=Root(name="The ministry"))

    found = origins_of(claim)

    assert found.words == "1 outlet, 1 independent origin, 1 independent origin against it"
    assert [(root.origin.name, [teller.side for teller in root.tellers]) for root in found.roots] == [
        ("Dispatch 41", ["for"]),
        ("The ministry", ["against"]),
    ]


def test_outlets_lead_to_one_root_by_different_ways(browser_of_rita: Client, alice: Membership) -> None:
    claim = make_copied(by=alice)
    first, second = claim.highlights.order_by("pk")
    dispatch = actions.origins.add(by=alice, root=Root(name="Dispatch 41", comes_from=Root(name="The statement")))
    actions.tracing.trace(by=alice, highlight=first, origin=dispatch)
    actions.tracing.trace(by=alice, highlight=second, origin=Root(name="The statement"))

    page = browser_of_rita.get(page_of(claim)).text

    assert "2 outlets, 1 independent origin" in page
    assert "through Dispatch 41" in page


def test_the_second_person_reads_it(browser_of_rita: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.IN_REVIEW)
    make_highlight(by=alice, version=make_version(by=alice), claim=claim)
    evidence: Evidence = claim.evidence.get()
    statement = actions.evidence.Statement(stance="supports", kind="secondary", quote=evidence.quote)
    actions.evidence.edit(by=alice, evidence=evidence, revision=evidence.revision, statement=statement)

    page = browser_of_rita.get(address("review", claim)).text

    assert "no origin known" in page
    assert "two independent origins, or a primary source" in page


def test_the_story_tells_origins_beside_outlets(browser_of_rita: Client, alice: Membership) -> None:
    story = make_story(by=alice)
    claim = None
    for outlet in ("River Post", "Vale Mirror"):
        version = make_article(by=alice, outlet=outlet, story=story).versions.get()
        claim = make_highlight(by=alice, version=version, claim=claim).claim
    assert claim
    for place in claim.highlights.all():
        actions.tracing.trace(by=alice, highlight=place, origin=Root(name="Dispatch 41"))

    assert "2 outlets, 1 independent origin" in browser_of_rita.get(address("story", story)).text


def test_the_sheet_says_what_is_missing_and_blocks_nothing(browser_of_erin: Client, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.APPROVED, rating="not-enough-evidence")
    article = claim.highlights.get().version.article
    sheet = actions.sheets.open_sheet(by=alice, article=article)

    page = browser_of_erin.get(address("sheet", sheet)).text

    assert "1 claim is not sourced as the desk asks" in page
    assert "misses two independent origins, or a primary source" in page
    assert "Sign off edition" in page or "sign-off" in page


# What it costs


def test_many_claims_cost_three_queries(alice: Membership) -> None:
    claims = [make_copied(by=alice, outlets=(f"A{number}", f"B{number}")) for number in range(3)]
    for claim in claims[:2]:
        for place in claim.highlights.all():
            actions.tracing.trace(by=alice, highlight=place, origin=Root(name=f"Dispatch of {claim.pk}"))

    for some in (claims[:2], claims):
        with CaptureQueriesContext(connection) as queries:
            found = counts_of(some)
        assert len(queries) == 3
        assert [found[claim.pk].outlets for claim in some] == [2] * len(some)
    assert counts_of([]) == {}


@pytest.mark.parametrize("page", ["claim", "review", "origin-list", "origin", "sheet", "story"])
def test_more_rows_cost_no_more_queries(
    browser_of_alice: Client, alice: Membership, bob: Membership, page: str
) -> None:
    story = make_story(by=alice)
    first = make_article(by=alice, outlet="First", story=story)
    claim = make_highlight(by=alice, version=first.versions.get()).claim
    assert claim
    origin = actions.origins.add(by=alice, root=Root(name="The root"))
    sheet = actions.sheets.open_sheet(by=alice, story=story)
    url = {
        "claim": page_of(claim),
        "review": address("review", claim),
        "origin-list": reverse("articles:origin-list", args=[alice.desk.slug]),
        "origin": address("origin", origin),
        "sheet": address("sheet", sheet),
        "story": address("story", story),
    }[page]
    counts = []
    for number in (2, 12):
        fill(claim, alice, bob, number, story)
        browser_of_alice.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert browser_of_alice.get(url).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def fill(claim: Claim, by: Membership, reviewer: Membership, upto: int, story: object) -> None:
    """Outlets with the same text, chains, sources that are traced, doubles and approved claims."""
    root = actions.origins.Root(name="The root")
    for number in range(upto):
        version = make_version(by=by, outlet=f"Paper {number} of {upto}", story=story)
        place = make_highlight(by=by, version=version, claim=fresh(claim))
        station = actions.origins.add(by=by, root=Root(name=f"Dispatch {number} of {upto}", comes_from=root))
        actions.tracing.trace(by=by, highlight=place, origin=station)
        source = make_evidence(by=by, claim=fresh(claim), source=make_source(by=by, title=f"Log {number}")).source
        actions.tracing.trace_source(by=by, source=source, origin=root)
        double = actions.origins.add(by=by, root=Root(name=f"Double {number} of {upto}"))
        actions.origins.merge(by=by, origin=double, revision=1, into=station)
        make_claim(by=by, status=Status.APPROVED, reviewer=reviewer, version=version, quote="1,200 cars")
