from uuid import uuid4

import pytest
from django.test import Client

from articles import actions
from articles.actions.sources import Work
from articles.models import Claim, Evidence, Membership, Snapshot, SnapshotOutcome, Source, Status
from articles.queries import snapshots as queries
from articles.queries.snapshots import copies_of
from tests.claims.asking import HTMX, address
from tests.factories import fresh, make_evidence, make_verdict
from tests.publishing import WORDS, Web


@pytest.fixture
def kept(browser_of_alice: Client, source: Source, web: Web) -> Snapshot:
    web(WORDS)
    browser_of_alice.post(address("snapshot-fetch", source))
    return Snapshot.objects.get()


@pytest.fixture
def evidence(alice: Membership, claim: Claim, source: Source) -> Evidence:
    return make_evidence(by=alice, claim=claim, source=source)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_page_that_says_the_same(
    browser_of_alice: Client, source: Source, kept: Snapshot, headers: dict[str, str]
) -> None:
    answer = browser_of_alice.post(address("snapshot-check", source), headers=headers)

    check = Snapshot.objects.latest("id")
    assert answer.status_code == (200 if headers else 302)
    assert (check.outcome, check.compared_with, check.original) == (SnapshotOutcome.SAME, kept, None)
    page = answer.text if headers else browser_of_alice.get(address("source", source)).text
    assert "The page says the same as its copy." in page


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_page_that_says_something_else_is_marked_wherever_it_is_cited(
    browser_of_alice: Client, evidence: Evidence, kept: Snapshot, web: Web, headers: dict[str, str]
) -> None:
    web(WORDS.replace("Three", "Four"))

    browser_of_alice.post(address("snapshot-check", kept.source), headers=headers)

    check = Snapshot.objects.latest("id")
    assert (check.outcome, check.compared_with) == (SnapshotOutcome.DIFFERS, kept)
    for page in (address("claim", evidence.claim), f"/d/{kept.desk.slug}/sources/"):
        assert "page changed" in browser_of_alice.get(page).text
    shown = browser_of_alice.get(address("snapshot", check)).text
    assert "<del>Three</del>" in shown
    assert "<ins>Four</ins>" in shown


def test_of_long_texts_the_beginnings_are_compared(
    browser_of_alice: Client, kept: Snapshot, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    web(WORDS.replace("Three", "Four") + "<p>And much more.</p>" * 3)
    browser_of_alice.post(address("snapshot-check", kept.source))
    check = Snapshot.objects.latest("id")
    whole = browser_of_alice.get(address("snapshot", check)).text
    monkeypatch.setattr(queries, "COMPARED", check.text.index("And much more."))

    cut = browser_of_alice.get(address("snapshot", check)).text

    assert "<ins>Four</ins>" in cut
    assert "And much more." in whole
    assert "And much more." not in cut
    assert ("Compared are the first" in whole, "Compared are the first" in cut) == (False, True)


def test_a_new_copy_takes_the_mark_away(browser_of_alice: Client, source: Source, kept: Snapshot, web: Web) -> None:
    web(WORDS.replace("Three", "Four"))
    browser_of_alice.post(address("snapshot-check", source))

    browser_of_alice.post(address("snapshot-fetch", source))

    assert not copies_of(source.desk_id, [source.pk])[source.pk].differs
    browser_of_alice.post(address("snapshot-check", source))
    assert Snapshot.objects.latest("id").outcome == SnapshotOutcome.SAME


def test_a_page_that_is_gone_leaves_its_copy_and_its_mark(
    browser_of_alice: Client, source: Source, kept: Snapshot, web: Web
) -> None:
    web(WORDS.replace("Three", "Four"))
    browser_of_alice.post(address("snapshot-check", source))
    web("")

    browser_of_alice.post(address("snapshot-check", source))

    copies = copies_of(source.desk_id, [source.pk])[source.pk]
    assert (copies.kept, copies.differs) == (kept, True)
    assert copies.failed
    assert "The page could not be reached" in browser_of_alice.get(address("source", source)).text


def test_a_check_leaves_an_approval_as_it_is(
    browser_of_alice: Client, evidence: Evidence, kept: Snapshot, web: Web, bob: Membership
) -> None:
    """A copy adds to what can be looked up, and takes nothing from what was agreed with."""
    alice = Membership.objects.get(desk=evidence.desk, person=evidence.made_by)
    make_verdict(by=alice, claim=evidence.claim)
    claim = fresh(evidence.claim)
    actions.verdicts.approve(by=bob, claim=claim, digest=actions.verdicts.digest_of(claim))
    web(WORDS.replace("Three", "Four"))

    browser_of_alice.post(address("snapshot-check", kept.source))

    assert Snapshot.objects.latest("id").outcome == SnapshotOutcome.DIFFERS
    claim = fresh(claim)
    assert (claim.status, claim.approved_digest) == (Status.APPROVED, actions.verdicts.digest_of(claim))


def test_without_a_copy_there_is_nothing_to_compare_with(browser_of_alice: Client, source: Source, web: Web) -> None:
    asked = web(WORDS)

    answer = browser_of_alice.post(address("snapshot-check", source), headers=HTMX)

    assert answer.status_code == 422
    assert "Keep a copy first." in answer.text
    assert asked == []


def test_a_page_is_not_compared_with_a_copy_of_another_address(
    browser_of_alice: Client, source: Source, kept: Snapshot, web: Web, alice: Membership
) -> None:
    work = Work(title=source.title, url="https://police.example/other")
    actions.sources.edit(by=alice, source=source, revision=fresh(source).revision, work=work)
    web(WORDS.replace("Three", "Four"))

    answer = browser_of_alice.post(address("snapshot-check", source), headers=HTMX)

    assert answer.status_code == 422
    assert "No page was kept of this address. Keep a copy first." in answer.text
    assert Snapshot.objects.get() == kept


def test_a_copy_names_the_address_that_was_fetched(source: Source, alice: Membership, web: Web) -> None:
    """Another one can be written down while the page is on its way."""
    web(WORDS)
    work = Work(title=source.title, url="https://police.example/other")
    actions.sources.edit(by=alice, source=source, revision=fresh(source).revision, work=work)

    copy = actions.copying.keep_page(by=alice, source=source)

    assert copy.asked == source.url


def test_a_repeated_request_fetches_once(browser_of_alice: Client, source: Source, kept: Snapshot, web: Web) -> None:
    asked = web(WORDS)
    before, sent = len(asked), {"request_id": str(uuid4())}

    for _ in range(2):
        browser_of_alice.post(address("snapshot-check", source), sent)

    assert (len(asked) - before, Snapshot.objects.count()) == (1, 2)
