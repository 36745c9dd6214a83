"""One use of every action: what is made before, and the call that is tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from articles import actions
from articles.actions.articles import Details
from articles.actions.evidence import Statement
from articles.actions.origins import Root
from articles.actions.sources import Work
from articles.actions.verdicts import Finding
from articles.intake.reading import Received
from articles.models import BatchKind, Means, Method, Part, Role, Standing, Status
from articles.queries.batches import Change, plan
from articles.queries.copied import copied_places, proposals
from tests import factories
from tests.factories import Cast

if TYPE_CHECKING:
    from articles.models import DeskRow, Membership

Call = Callable[["UUID | None"], "DeskRow"]
"""The action with its request id as the only thing left open."""

SAID = Statement(stance="supports", kind="primary", quote="Three injured persons were taken to hospital.")
OTHER_DETAILS = Details(headline="Bridge closed for good", outlet="Orm Valley Courier", published="2026-03")


@dataclass(frozen=True, slots=True)
class Case:
    action: Callable[..., DeskRow]
    verb: str
    prepare: Callable[[Cast], dict[str, Any]]

    @property
    def name(self) -> str:
        return f"{self.action.__module__.rpartition('.')[2]}.{self.action.__name__}"

    def call(self, cast: Cast) -> Call:
        told = self.prepare(cast)
        return lambda request_id: self.action(**told, request_id=request_id)


def add_article(cast: Cast) -> dict[str, Any]:
    draft = factories.make_draft(f"Bridge closed\n\n{factories.BODY}")
    details = Details(headline="Bridge closed", outlet="Orm Valley Courier", published="2026-03-03")
    return {"by": cast.alice, "draft": draft, "details": details, "kinds": draft.kinds, "method": Method.PASTE}


def edit_article(cast: Cast) -> dict[str, Any]:
    article = factories.make_article(by=cast.alice)
    return {"by": cast.bob, "article": article, "revision": 1, "details": OTHER_DETAILS}


def retype_block(cast: Cast) -> dict[str, Any]:
    version = factories.make_version(by=cast.alice)
    return {"by": cast.bob, "version": version, "number": 1, "kind": "caption"}


def take_version(cast: Cast) -> dict[str, Any]:
    article = factories.make_article(by=cast.alice)
    draft = factories.make_draft(f"Bridge closed\n\n{factories.BODY} It opens on Friday.")
    return {"by": cast.bob, "article": article, "draft": draft, "kinds": draft.kinds, "method": Method.PASTE}


def accept_carry(cast: Cast) -> dict[str, Any]:
    carry = factories.make_carry(by=cast.alice)
    return {"by": cast.bob, "carry": carry, "revision": 1, "start": carry.start, "end": carry.end}


def remark_carry(cast: Cast) -> dict[str, Any]:
    carry = factories.make_carry(by=cast.alice)
    words = carry.version.text[-12:-1]
    start = carry.version.text.index(words)
    return {"by": cast.bob, "carry": carry, "revision": 1, "start": start, "end": start + len(words), "quote": words}


def orphan_carry(cast: Cast) -> dict[str, Any]:
    return {"by": cast.bob, "carry": factories.make_carry(by=cast.alice), "revision": 1}


def reconsider_carry(cast: Cast) -> dict[str, Any]:
    told = accept_carry(cast)
    return {"by": cast.alice, "carry": actions.carrying.accept(**told), "revision": 2}


def edit_claim(cast: Cast) -> dict[str, Any]:
    words = {"text": "Three people were hurt on Tuesday.", "summary": "Three hurt", "claimant": "The mayor"}
    plan = {"kind": "figure", "priority": 1, "priority_reason": "It leads the page.", "assignee": cast.bob.person}
    plan |= {"due": date(2026, 3, 9), "due_reason": "It goes to print on the tenth."}
    return {"by": cast.bob, "claim": factories.make_claim(by=cast.alice), "revision": 1, **words, **plan}


def claim_of(status: Status, **told: Any) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: {"by": cast.bob, "claim": factories.make_claim(by=cast.alice, status=status), **told}


def decide_on(**told: Any) -> Callable[[Cast], dict[str, Any]]:
    def prepare(cast: Cast) -> dict[str, Any]:
        claim = factories.make_claim(by=cast.alice, status=Status.IN_REVIEW)
        return {"by": cast.bob, "claim": claim, "digest": actions.verdicts.digest_of(claim), **told}

    return prepare


def give_verdict(cast: Cast) -> dict[str, Any]:
    claim = factories.make_claim(by=cast.alice)
    factories.make_evidence(by=cast.alice, claim=claim)
    claim = factories.fresh(claim)
    rating = factories.rating_of(cast.alice, "supported")
    told = {"rationale": "The log says so.", "searched": "The log.", "missing": ""}
    return {"by": cast.alice, "claim": claim, "revision": claim.revision, "rating": rating, **told}


def recheck(cast: Cast) -> dict[str, Any]:
    claim = factories.make_due(by=cast.alice, reviewer=cast.bob)
    return {"by": cast.bob, "claim": claim}


def blinded(cast: Cast) -> dict[str, Any]:
    claim = factories.make_claim(by=cast.alice)
    return {"by": cast.bob, "claim": actions.blindness.blind_claim(by=cast.alice, claim=claim)}


def second_finding(cast: Cast) -> dict[str, Any]:
    claim = factories.make_blind(by=cast.alice)
    finding = Finding(rating=factories.rating_of(cast.bob, "refuted"), rationale="The log says otherwise.")
    return {"by": cast.bob, "claim": claim, "revision": claim.revision, "finding": finding}


def resolve(cast: Cast) -> dict[str, Any]:
    told = second_finding(cast)
    actions.findings.second(**told)
    claim = told["claim"]
    return {
        "by": cast.erin,
        "claim": claim,
        "digest": actions.verdicts.digest_of(claim),
        "stands": Standing.SECOND,
        "note": "The log is the older one.",
    }


def suggest(cast: Cast) -> dict[str, Any]:
    claim = factories.make_claim(by=cast.alice, status=Status.IN_REVIEW)
    return {"by": cast.bob, "claim": claim, "revision": claim.revision, "part": Part.TEXT, "words": "Three were hurt."}


def suggested(**told: Any) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: {"by": cast.alice, "suggestion": actions.suggestions.suggest(**suggest(cast)), **told}


def revise_scale(cast: Cast) -> dict[str, Any]:
    scale = factories.rating_of(cast.erin, "supported").scale
    first, *others = actions.scales.terms_of(scale)
    return {"by": cast.erin, "scale": scale, "terms": [replace(first, name="Borne out"), *others]}


def unblind_desk(cast: Cast) -> dict[str, Any]:
    return {"by": actions.blindness.blind_desk(by=cast.erin)}


def withdraw_verdict(cast: Cast) -> dict[str, Any]:
    return {"by": cast.alice, "claim": factories.make_claim(by=cast.alice, status=Status.IN_REVIEW)}


def mark(cast: Cast) -> dict[str, Any]:
    return {"by": cast.alice, **span_in(cast.alice)}


def add_to_claim(cast: Cast) -> dict[str, Any]:
    return {"by": cast.bob, "claim": factories.make_claim(by=cast.alice), **span_in(cast.alice)}


def remove_highlight(cast: Cast) -> dict[str, Any]:
    return {"by": cast.bob, "highlight": factories.make_highlight(by=cast.alice)}


def restore_highlight(cast: Cast) -> dict[str, Any]:
    highlight = factories.make_highlight(by=cast.alice)
    actions.highlights.remove(by=cast.alice, highlight=highlight)
    return {"by": cast.bob, "highlight": highlight}


def adjust_highlight(cast: Cast) -> dict[str, Any]:
    highlight = factories.make_highlight(by=cast.alice)
    quote = highlight.quote.removeprefix("three ")
    place = {"start": highlight.end - len(quote), "end": highlight.end, "quote": quote}
    return {"by": cast.bob, "highlight": highlight, "revision": 1, **place}


def split_highlight(cast: Cast) -> dict[str, Any]:
    highlight = factories.make_highlight(by=cast.alice)
    return {"by": cast.bob, "highlight": highlight, "revision": 1, "at": highlight.start + len("three people")}


def merge_highlights(cast: Cast) -> dict[str, Any]:
    highlight = factories.make_highlight(by=cast.alice)
    other = factories.make_highlight(by=cast.alice, version=highlight.version, quote="the mayor said")
    return {"by": cast.bob, "highlight": highlight, "revision": 1, "other": other}


def part_highlights(cast: Cast) -> dict[str, Any]:
    told = merge_highlights(cast)
    place = {name: getattr(told["highlight"], name) for name in ("start", "end", "quote")}
    merged = actions.parting.merge(**told)
    return told | {"highlight": merged, "revision": 2} | place


def add_evidence(cast: Cast) -> dict[str, Any]:
    claim, source = factories.make_claim(by=cast.alice), factories.make_source(by=cast.alice)
    return {"by": cast.bob, "claim": claim, "source": source, "statement": SAID}


def add_from_new_source(cast: Cast) -> dict[str, Any]:
    claim = factories.make_claim(by=cast.alice)
    return {"by": cast.bob, "claim": claim, "work": Work(title="Accident log"), "statement": SAID}


def add_passage(cast: Cast) -> dict[str, Any]:
    span = span_in(cast.alice)
    said = Statement(stance="refutes", kind="secondary", quote=span.pop("quote"))
    return {"by": cast.bob, "claim": factories.make_claim(by=cast.alice), "statement": said, **span}


def edit_evidence(cast: Cast) -> dict[str, Any]:
    evidence = factories.make_evidence(by=cast.alice, claim=factories.make_claim(by=cast.alice))
    said = Statement(stance="refutes", kind="expert", quote="Nobody was hurt.", locator="p. 2", note="By telephone.")
    return {"by": cast.bob, "evidence": evidence, "revision": 1, "statement": said}


def withdraw_evidence(cast: Cast) -> dict[str, Any]:
    evidence = factories.make_evidence(by=cast.alice, claim=factories.make_claim(by=cast.alice))
    return {"by": cast.bob, "evidence": evidence}


def restore_evidence(cast: Cast) -> dict[str, Any]:
    told = withdraw_evidence(cast)
    actions.evidence.withdraw(**told)
    return told


def add_source(cast: Cast) -> dict[str, Any]:
    return {
        "by": cast.alice,
        "work": Work(title="Accident log", author="Orm County", kind="document", published="2026"),
    }


def edit_source(cast: Cast) -> dict[str, Any]:
    return {
        "by": cast.bob,
        "source": factories.make_source(by=cast.alice),
        "revision": 1,
        "work": Work(title="The log"),
    }


def of_source(**told: Any) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: {"by": cast.bob, "source": factories.make_source(by=cast.alice), **told}


def restore_source(cast: Cast) -> dict[str, Any]:
    source = factories.make_source(by=cast.alice)
    return {"by": cast.bob, "source": actions.sources.withdraw(by=cast.alice, source=source, reason="It is forged.")}


def merge_sources(cast: Cast) -> dict[str, Any]:
    double, source = factories.make_source(by=cast.alice), factories.make_source(by=cast.alice)
    factories.make_evidence(by=cast.alice, claim=factories.make_claim(by=cast.alice), source=double)
    factories.make_snapshot(by=cast.alice, source=double)
    return {"by": cast.bob, "source": double, "revision": 1, "into": source}


def part_sources(cast: Cast) -> dict[str, Any]:
    return {"by": cast.bob, "source": actions.doubles.merge(**merge_sources(cast))}


def check_snapshot(cast: Cast) -> dict[str, Any]:
    copy = factories.make_snapshot(by=cast.alice, means=Means.FETCH)
    fetched = factories.found("Four were hurt.", asked=copy.asked)
    return {"by": cast.bob, "source": copy.source, "copy": copy, "fetched": fetched}


def open_story(cast: Cast) -> dict[str, Any]:
    return {"by": cast.alice, "title": "The bridge over the Orm"}


def rename_story(cast: Cast) -> dict[str, Any]:
    return {"by": cast.bob, "story": factories.make_story(by=cast.alice), "revision": 1, "title": "The closed bridge"}


def add_member(cast: Cast) -> dict[str, Any]:
    return {"by": cast.erin, "person": factories.make_person("dora"), "role": Role.REVIEWER}


def change_role(cast: Cast) -> dict[str, Any]:
    return {"by": cast.erin, "membership": cast.bob, "revision": 1, "role": Role.EDITOR}


def remove_member(cast: Cast) -> dict[str, Any]:
    return {"by": cast.erin, "membership": cast.bob}


def revoke_invitation(cast: Cast) -> dict[str, Any]:
    return {"by": cast.erin, "invitation": factories.make_invitation(by=cast.erin)}


def waive_second_factor(cast: Cast) -> dict[str, Any]:
    actions.desks.require_second_factor(by=cast.erin)
    return {"by": cast.erin}


def span_in(by: Membership) -> dict[str, Any]:
    version = factories.make_version(by=by)
    start = version.text.index(factories.QUOTE)
    return {"version": version, "start": start, "end": start + len(factories.QUOTE), "quote": factories.QUOTE}


def bring(cast: Cast) -> dict[str, Any]:
    received = Received(raw=factories.BODY.encode(), filename="bridge.txt", media_type="text/plain")
    return {
        "by": cast.alice,
        "received": received,
        "method": Method.UPLOAD,
        "batch": UUID(int=7),
        "story": "The bridge",
    }


def keep_draft(cast: Cast) -> dict[str, Any]:
    arrival = factories.make_arrival(by=cast.alice, is_read=False)
    return {"by": cast.bob, "arrival": arrival, "draft": factories.make_draft(factories.BODY, kinds=["paragraph"] * 2)}


def keep_failure(cast: Cast) -> dict[str, Any]:
    arrival = factories.make_arrival(by=cast.alice, is_read=False)
    return {"by": cast.bob, "arrival": arrival, "sentence": "This cannot be read."}


def of_arrival(**told: Any) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: {"by": cast.bob, "arrival": factories.make_arrival(by=cast.alice), **told}


def take_back(cast: Cast) -> dict[str, Any]:
    arrival = factories.make_arrival(by=cast.alice)
    arrival = actions.arrivals.merge(by=cast.alice, arrival=arrival, revision=2, at=15)
    return {"by": cast.bob, "arrival": arrival, "revision": 3, "number": 1}


def restore_arrival(cast: Cast) -> dict[str, Any]:
    arrival = factories.make_arrival(by=cast.alice)
    return {"by": cast.bob, "arrival": actions.arrivals.discard(by=cast.alice, arrival=arrival)}


def settle(cast: Cast) -> dict[str, Any]:
    version = factories.make_version(by=cast.alice)
    return {"by": cast.bob, "arrival": factories.make_arrival(by=cast.alice), "revision": 2, "version": version}


def stop_claim(cast: Cast) -> dict[str, Any]:
    return {"by": cast.bob, "claim": factories.make_claim(by=cast.alice, status=Status.CHECKING)}


def undo(cast: Cast) -> dict[str, Any]:
    return {"by": cast.alice, "article": factories.make_highlight(by=cast.alice).version.article}


def redo(cast: Cast) -> dict[str, Any]:
    told = undo(cast)
    actions.undoing.undo(**told)
    return told


def make_batch(cast: Cast) -> dict[str, Any]:
    claims = [factories.make_claim(by=cast.alice), factories.make_claim(by=cast.alice)]
    change = Change(what=BatchKind.ASSIGN, people=(cast.alice.person,))
    seen = plan(claims, change).digest
    return {"by": cast.bob, "claims": [claim.pk for claim in claims], "change": change, "seen": seen}


def undo_batch(cast: Cast) -> dict[str, Any]:
    return {"by": cast.alice, "batch": actions.batches.make(**make_batch(cast))}


def edit_origin(cast: Cast) -> dict[str, Any]:
    root = Root(name="Dispatch 41", kind="dispatch", note="Of 3 March.", comes_from=factories.make_origin(by=cast.bob))
    return {"by": cast.bob, "origin": factories.make_origin(by=cast.alice, name="One"), "revision": 1, "root": root}


def merge_origins(cast: Cast) -> dict[str, Any]:
    one, other = (factories.make_origin(by=cast.alice, name=name) for name in ("One", "Other"))
    return {"by": cast.bob, "origin": one, "revision": 1, "into": other}


def part_origins(cast: Cast) -> dict[str, Any]:
    return {"by": cast.alice, "origin": actions.origins.merge(**merge_origins(cast))}


def trace(cast: Cast) -> dict[str, Any]:
    highlight = factories.make_highlight(by=cast.alice)
    return {"by": cast.bob, "highlight": highlight, "origin": factories.make_origin(by=cast.alice)}


def copied(cast: Cast, **told: Any) -> dict[str, Any]:
    claim = factories.make_copied(by=cast.alice)
    (proposal,) = proposals(claim, copied_places(claim))
    return {"by": cast.bob, "claim": claim, "key": proposal.key, **told}


def reconsider_copy(cast: Cast) -> dict[str, Any]:
    return {"by": cast.alice, "dismissal": actions.tracing.dismiss_copy(**copied(cast))}


def ask(cast: Cast) -> dict[str, Any]:
    return {"by": cast.alice, "claim": factories.make_claim(by=cast.alice), "asked": factories.asked(of=cast.bob)}


def ask_about(cast: Cast) -> dict[str, Any]:
    return {"by": cast.alice, **span_in(cast.bob), "asked": factories.asked(due=date(2026, 3, 9))}


def of_query(**told: Any) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: {"by": cast.bob, "query": factories.make_query(by=cast.alice), **told}


def answer_query(cast: Cast) -> dict[str, Any]:
    query = factories.make_query(by=cast.alice, of=cast.bob)
    return {"by": cast.bob, "query": query, "words": "The police.", "means": "here", "given_on": date(2026, 3, 9)}


def reopen_query(cast: Cast) -> dict[str, Any]:
    query = actions.asking.close(by=cast.alice, query=factories.make_query(by=cast.alice), reason="Nobody knows.")
    return {"by": cast.bob, "query": query, "reason": "Somebody does."}


CASES = [
    Case(actions.arrivals.bring, "arrival.came", bring),
    Case(actions.arrivals.describe, "arrival.described", of_arrival(revision=2, details={"headline": "Open again"})),
    Case(actions.arrivals.discard, "arrival.discarded", of_arrival()),
    Case(actions.arrivals.keep_draft, "arrival.read", keep_draft),
    Case(actions.arrivals.keep_failure, "arrival.unreadable", keep_failure),
    Case(actions.arrivals.merge, "arrival.corrected", of_arrival(revision=2, at=15)),
    Case(actions.arrivals.restore, "arrival.restored", restore_arrival),
    Case(actions.arrivals.retype, "arrival.corrected", of_arrival(revision=2, at=15, kind="quotation")),
    Case(actions.arrivals.settle, "arrival.added", settle),
    Case(actions.arrivals.split, "arrival.corrected", of_arrival(revision=2, at=15, offset=10)),
    Case(actions.arrivals.take_back, "arrival.corrected_back", take_back),
    Case(actions.articles.add, "article.added", add_article),
    Case(actions.articles.edit, "article.edited", edit_article),
    Case(actions.articles.retype_block, "block.retyped", retype_block),
    Case(actions.asking.answer, "query.answered", answer_query),
    Case(actions.asking.ask, "query.asked", ask),
    Case(actions.asking.ask_about, "query.asked", ask_about),
    Case(actions.asking.close, "query.closed", of_query(reason="Nobody knows.", revision=1)),
    Case(actions.asking.edit, "query.edited", of_query(revision=1, asked=factories.asked("Who counted, and when?"))),
    Case(actions.asking.reopen, "query.reopened", reopen_query),
    Case(actions.batches.make, "batch.made", make_batch),
    Case(actions.batches.undo, "batch.undone", undo_batch),
    Case(actions.carrying.accept, "carry.accepted", accept_carry),
    Case(actions.carrying.orphan, "carry.orphaned", orphan_carry),
    Case(actions.carrying.reconsider, "carry.reconsidered", reconsider_carry),
    Case(actions.carrying.remark, "carry.remarked", remark_carry),
    Case(actions.blindness.blind_claim, "claim.blinded", claim_of(Status.OPEN)),
    Case(actions.claims.edit, "claim.edited", edit_claim),
    Case(actions.claims.recheck, "claim.reopened", recheck),
    Case(actions.claims.reopen, "claim.reopened", claim_of(Status.APPROVED, reason="New figures.")),
    Case(actions.claims.resume, "claim.resumed", claim_of(Status.SET_ASIDE)),
    Case(actions.claims.set_aside, "claim.set_aside", claim_of(Status.CHECKING, reason="It is an opinion.")),
    Case(actions.claims.start, "claim.started", claim_of(Status.OPEN)),
    Case(actions.claims.stop, "claim.stopped", stop_claim),
    Case(actions.blindness.unblind_claim, "claim.unblinded", blinded),
    Case(actions.desks.add_member, "member.added", add_member),
    Case(actions.desks.change_role, "member.changed", change_role),
    Case(actions.desks.remove_member, "member.removed", remove_member),
    Case(actions.desks.require_second_factor, "desk.second_factor_required", lambda cast: {"by": cast.erin}),
    Case(actions.desks.waive_second_factor, "desk.second_factor_waived", waive_second_factor),
    Case(actions.doubles.merge, "source.merged", merge_sources),
    Case(actions.doubles.part, "source.parted", part_sources),
    Case(actions.evidence.add, "evidence.added", add_evidence),
    Case(actions.evidence.add_from_new_source, "evidence.added", add_from_new_source),
    Case(actions.evidence.add_titled, "evidence.added", add_from_new_source),
    Case(actions.evidence.add_passage, "evidence.added", add_passage),
    Case(actions.evidence.edit, "evidence.edited", edit_evidence),
    Case(actions.evidence.restore, "evidence.restored", restore_evidence),
    Case(actions.evidence.withdraw, "evidence.withdrawn", withdraw_evidence),
    Case(actions.findings.resolve, "difference.resolved", resolve),
    Case(actions.findings.second, "verdict.seconded", second_finding),
    Case(actions.highlights.adjust, "highlight.adjusted", adjust_highlight),
    Case(actions.highlights.add_to_claim, "highlight.added", add_to_claim),
    Case(actions.highlights.mark, "highlight.marked", mark),
    Case(actions.highlights.remove, "highlight.removed", remove_highlight),
    Case(actions.highlights.restore, "highlight.restored", restore_highlight),
    Case(
        actions.invitations.invite,
        "invitation.made",
        lambda cast: {"by": cast.erin, "invited": "Nina Falk", "role": Role.EDITOR},
    ),
    Case(actions.invitations.revoke, "invitation.revoked", revoke_invitation),
    Case(actions.origins.add, "origin.added", lambda cast: {"by": cast.bob, "root": Root(name="Dispatch 41")}),
    Case(actions.origins.edit, "origin.edited", edit_origin),
    Case(actions.origins.merge, "origin.merged", merge_origins),
    Case(actions.origins.part, "origin.parted", part_origins),
    Case(
        actions.origins.set_sourcing,
        "desk.sourcing_set",
        lambda cast: {"by": cast.erin, "origins": 3, "primary": False},
    ),
    Case(actions.parting.merge, "highlight.merged", merge_highlights),
    Case(actions.parting.part, "highlight.parted", part_highlights),
    Case(actions.parting.split, "highlight.split", split_highlight),
    Case(actions.snapshots.check, "snapshot.checked", check_snapshot),
    Case(actions.snapshots.keep, "snapshot.kept", of_source(means=Means.PASTE, found=factories.found())),
    Case(
        actions.snapshots.keep_page,
        "snapshot.kept",
        of_source(fetched=factories.found(asked="https://police.example/log")),
    ),
    Case(actions.blindness.blind_desk, "desk.blinded", lambda cast: {"by": cast.erin}),
    Case(actions.scales.revise, "scale.revised", revise_scale),
    Case(actions.blindness.unblind_desk, "desk.unblinded", unblind_desk),
    Case(actions.sources.add, "source.added", add_source),
    Case(actions.sources.edit, "source.edited", edit_source),
    Case(actions.sources.restore, "source.restored", restore_source),
    Case(actions.sources.withdraw, "source.withdrawn", of_source(reason="It is forged.")),
    Case(actions.stories.open_story, "story.opened", open_story),
    Case(actions.stories.rename, "story.renamed", rename_story),
    Case(actions.suggestions.accept, "words.accepted", suggested()),
    Case(actions.suggestions.decline, "words.declined", suggested(reason="The mayor’s words are exact.")),
    Case(actions.suggestions.suggest, "words.suggested", suggest),
    Case(actions.tracing.accept_copy, "highlight.traced", lambda cast: copied(cast, origin=Root(name="Dispatch 41"))),
    Case(actions.tracing.dismiss_copy, "copy.dismissed", copied),
    Case(actions.tracing.reconsider_copy, "copy.reconsidered", reconsider_copy),
    Case(actions.tracing.trace, "highlight.traced", trace),
    Case(actions.tracing.trace_source, "source.traced", of_source(origin=Root(name="Dispatch 41"))),
    Case(actions.undoing.redo, "highlight.restored", redo),
    Case(actions.undoing.undo, "highlight.removed", undo),
    Case(actions.verdicts.approve, "review.approved", decide_on()),
    Case(actions.verdicts.give, "verdict.given", give_verdict),
    Case(actions.verdicts.send_back, "review.returned", decide_on(reason="Ask the hospital, too.")),
    Case(actions.verdicts.withdraw, "verdict.withdrawn", withdraw_verdict),
    Case(actions.versions.take, "version.taken", take_version),
]
