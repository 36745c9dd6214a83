"""A desk with something of everything, and the address of every page on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone

from articles import actions
from articles.models import Carry, Claim, ClaimSheet, Means, Membership, SheetEdition, Status
from articles.sheets import json
from articles.sheets.edition import contents_of
from tests.factories import (
    Cast,
    answer_query,
    found,
    fresh,
    make_arrival,
    make_article,
    make_batch,
    make_blind,
    make_claim,
    make_desk,
    make_dismissal,
    make_evidence,
    make_highlight,
    make_invitation,
    make_origin,
    make_passage,
    make_query,
    make_second,
    make_snapshot,
    make_source,
    make_story,
    make_stranger,
    make_suggestion,
    take_version,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.models import (
        Arrival,
        Article,
        Batch,
        Dismissal,
        Evidence,
        Highlight,
        Invitation,
        Origin,
        Query,
        Snapshot,
        Source,
        Story,
        Suggestion,
    )

SENTENCE = "Witness {n} counted {n} {boats} on the river before the storm broke over the lower town."
BOATS = ("boats", "ships", "rafts", "barges")
"""What was counted, version by version, in the article that keeps changing."""

WITHOUT_A_DESK = {
    "articles:home",
    "articles:invitation",
    "articles:invitation-accept",
    "articles:invitation-enrol",
    "articles:preference-close",
    "articles:preference-key",
    "articles:preference-keys-reset",
    "articles:preference-switch",
}


@dataclass(frozen=True, slots=True)
class World:
    """One row of each noun, on Alice's desk; ``mallory`` belongs to another. In ``changed`` highlights wait.

    ``blind`` has a verdict that nobody but Alice has read, ``differing`` two that were found apart.
    """

    cast: Cast
    mallory: Membership
    story: Story
    article: Article
    claim: Claim
    in_review: Claim
    highlight: Highlight
    removed: Highlight
    evidence: Evidence
    withdrawn: Evidence
    source: Source
    snapshot: Snapshot
    sheet: ClaimSheet
    suggestion: Suggestion
    blind: Claim
    differing: Claim
    arrival: Arrival
    failed: Arrival
    changed: Article
    invitation: Invitation
    batch: Batch
    origin: Origin
    dismissal: Dismissal
    query: Query

    @property
    def carry(self) -> Carry:
        """The first one that waits in the newest version."""
        waiting = Carry.objects.waiting().filter(version=self.changed.versions.latest("number"))
        return waiting.order_by("highlight__start").first() or waiting.get()

    def kwargs(self, names: set[str]) -> dict[str, Any]:
        """What the URL patterns of the app call these things."""
        known: dict[str, Any] = {
            "desk": self.cast.desk.slug,
            "story": self.story.pk,
            "article": self.article.pk,
            "arrival": self.arrival.pk,
            "claim": self.claim.pk,
            "highlight": self.highlight.pk,
            "evidence": self.evidence.pk,
            "source": self.source.pk,
            "snapshot": self.snapshot.pk,
            "suggestion": self.suggestion.pk,
            "sheet": self.sheet.pk,
            "invitation": self.invitation.pk,
            "token": self.invitation.token,
            "member": self.cast.bob.pk,
            "membership": self.cast.bob.pk,
            "number": 1,
            "pk": 1,
            "batch": self.batch.pk,
            "origin": self.origin.pk,
            "dismissal": self.dismissal.pk,
            "query": self.query.pk,
            "part": "check",
            "edition": 1,
            "format": "csv",
        }
        # Looked up only where they are asked for: this is called for every address there is.
        if "carry" in names:
            known["carry"] = self.carry.pk
        if "version" in names:
            known["version"] = self.changed.versions.latest("number").number
        return {name: known[name] for name in names}


def make_world(rows: int = 1) -> World:
    """``rows`` of everything that a list can show."""
    cast, mallory = make_desk(), make_stranger()
    alice, bob = cast.alice, cast.bob
    story = make_story(by=alice)
    article = make_article(by=alice, text=text_of(3 * rows + 4), headline="Storm over the lower town", story=story)
    version = article.versions.get()
    removed = make_highlight(by=alice, version=version, quote="counted 1 boats")
    actions.highlights.remove(by=alice, highlight=removed)
    highlight = make_highlight(by=alice, version=version, quote="Witness 2")
    claim = highlight.claim
    assert claim is not None
    evidence = make_evidence(by=alice, claim=claim)
    withdrawn = actions.evidence.withdraw(by=alice, evidence=make_evidence(by=alice, claim=claim, quote="Once more."))
    in_review = make_claim(by=alice, status=Status.IN_REVIEW, version=version, quote="Witness 3")
    make_claim(by=alice, status=Status.APPROVED, version=version, quote="Witness 4", reviewer=bob)
    sheet = actions.sheets.open_sheet(by=alice, article=article)
    sign_off(cast.erin, sheet)
    take_version(article, f"{text_of(3 * rows + 4)}\n\nThe river fell on Sunday.", by=bob)
    source = make_source(by=alice, url="https://storm.example/log")
    copy = make_snapshot(by=alice, source=source, means=Means.FETCH)
    actions.snapshots.check(by=bob, source=source, copy=copy, fetched=found("Four were hurt.", asked=copy.asked))
    world = World(
        cast=cast,
        mallory=mallory,
        story=story,
        article=article,
        claim=fresh(claim),
        in_review=in_review,
        highlight=highlight,
        removed=fresh(removed),
        evidence=evidence,
        withdrawn=withdrawn,
        source=source,
        snapshot=copy,
        suggestion=make_suggestion(in_review, by=bob),
        blind=make_blind(by=alice),
        differing=make_second(by=bob, claim=make_blind(by=alice), rating="refuted").claim,
        sheet=sheet,
        arrival=make_arrival(by=alice),
        failed=make_arrival(by=alice, text="", failure="There is no text: nothing was received."),
        batch=make_batch(by=alice, claims=[make_claim(by=bob)], what="assign", people=(alice.person,)),
        origin=make_origin(by=alice, comes_from=make_origin(by=bob, name="The ministry")),
        dismissal=make_dismissal(by=alice),
        query=make_query(by=bob, claim=claim, of=cast.erin, due=timezone.localdate()),
        changed=make_article(by=bob, text=text_of(3 * rows + 4, "How many boats"), outlet="River Post"),
        invitation=make_invitation(by=cast.erin),
    )
    add_rows(world, 5, 5 + rows)
    return world


def sign_off(editor: Membership, sheet: ClaimSheet, *, reason: str = "") -> SheetEdition:
    """An edition of the sheet as it is now, without the claims on which work is not done."""
    expected = json.digest_of(contents_of(sheet))
    return actions.sheets.sign_off(by=editor, sheet=sheet, expected=expected, reason=reason, leave_out=True)


def add_rows(world: World, first: int, last: int) -> None:
    """More of everything: articles, claims in several states, occurrences, evidence, sources, stories, editions."""
    alice, bob, version = world.cast.alice, world.cast.bob, world.article.versions.latest("number")
    for number in range(first, last):
        quote = f"Witness {number} counted"
        make_claim(by=alice, version=version, quote=quote)
        make_claim(by=alice, status=Status.IN_REVIEW, version=version, quote=quote)
        make_claim(by=bob, status=Status.APPROVED, version=version, quote=quote, reviewer=alice)
        make_claim(by=alice, status=Status.RETURNED, version=version, quote=quote)
        make_suggestion(make_claim(by=alice, status=Status.IN_REVIEW, version=version, quote=quote), by=bob)
        make_second(by=alice, claim=make_blind(by=bob), rating="refuted" if number % 2 else "supported")
        make_blind(by=alice)
        make_batch(by=bob, claims=[make_claim(by=alice)], what="assign", people=(world.cast.erin.person,))
        make_evidence(by=bob, claim=world.claim, quote=f"Log, line {number}.")
        answer_query(make_query(by=alice, claim=world.claim, of=world.cast.erin), by=world.cast.erin)
        make_query(by=bob, version=version, quote=f"Witness {number}")
        make_query(by=world.cast.erin, claim=world.claim, of=bob)
        make_snapshot(by=bob, source=world.source, means=Means.FETCH, text=f"Log, line {number}.")
        actions.doubles.merge(by=bob, source=make_source(by=alice), revision=1, into=world.source)
        other = make_article(by=bob, headline=f"Report {number}", outlet=f"Paper {number}", story=world.story)
        make_highlight(by=alice, version=other.versions.get(), claim=fresh(world.claim))
        make_story(by=alice, title=f"Story {number}")
        add_origins(world, number)
        make_invitation(by=world.cast.erin, invited=f"Guest {number}")
        make_arrival(by=alice, text=f"Report {number} of the storm\n\nIt came.")
        actions.arrivals.discard(by=bob, arrival=make_arrival(by=alice, text=f"Note {number}\n\nIt went."))
        actions.sheets.open_sheet(by=alice, article=other)
        sign_off(world.cast.erin, world.sheet, reason=f"Report {number} came in.")
    change_article(world, first, last)


def add_origins(world: World, number: int) -> None:
    """More origins, and more that comes from the world's; another outlet with the words of its claim."""
    alice, bob = world.cast.alice, world.cast.bob
    make_origin(by=bob, name=f"Dispatch {number}", comes_from=world.origin)
    double = make_origin(by=alice, name=f"The same dispatch, {number}")
    actions.origins.merge(by=bob, origin=double, revision=1, into=world.origin)
    for place in fresh(world.claim).highlights.live().filter(origin=None)[:1]:
        actions.tracing.trace(by=alice, highlight=place, origin=world.origin)
    source = make_source(by=bob, title=f"Log {number}")
    actions.tracing.trace_source(by=bob, source=source, origin=world.origin)
    make_evidence(by=bob, claim=fresh(world.claim), source=source, quote=f"As of line {number}.")


def change_article(world: World, first: int, last: int) -> None:
    """More highlights in the article that keeps changing, and a version in which all of them say something else."""
    alice, bob, version = world.cast.alice, world.cast.bob, world.changed.versions.latest("number")
    before, after = BOATS[version.number - 1 : version.number + 1]
    for number in range(first, last):
        make_highlight(by=alice, version=version, quote=f"counted {number} {before}")
        make_passage(
            by=bob, claim=fresh(world.claim), version=version, quote=f"Witness {number} counted {number} {before}"
        )
    take_version(world.changed, version.text.replace(before, after), by=bob)


def text_of(sentences: int, headline: str = "Storm over the lower town") -> str:
    """A canonical text of so many paragraphs after a headline, each of one sentence with its number."""
    return "\n\n".join([headline, *(SENTENCE.format(n=n, boats=BOATS[0]) for n in range(1, sentences + 1))])


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Every named URL of the project, with its namespace."""
    yield from _patterns(get_resolver().url_patterns, "")


def address(world: World, name: str, pattern: URLPattern) -> str:
    needed = set(reverse_arguments(name, pattern))
    of_version = {"article": world.changed.pk} if "version" in needed else {}
    return reverse(name, kwargs=world.kwargs(needed) | of_version)


def reverse_arguments(name: str, pattern: URLPattern) -> set[str]:
    """The arguments of a URL, those of the patterns that include it among them."""
    arguments = set(pattern.pattern.converters)
    return arguments | ({"desk"} if name.startswith("articles:") and name not in WITHOUT_A_DESK else set())


def _patterns(found: list[Any], namespace: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in found:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry
        else:
            inner = f"{entry.namespace}:" if entry.namespace else namespace
            yield from _patterns(entry.url_patterns, inner)
