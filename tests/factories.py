"""Rows for tests, made through the actions, with the same people everywhere.

Alice and Bob are reviewers, Erin is editor and administrator, Rita reads; Mallory is a stranger with a desk of her own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.utils import timezone

from articles import actions
from articles.actions.articles import Details
from articles.actions.asking import Asked
from articles.actions.evidence import Statement
from articles.actions.origins import Root
from articles.actions.snapshots import Found
from articles.actions.sources import Work
from articles.actions.verdicts import Finding
from articles.intake.draft import Draft
from articles.intake.reading import Received
from articles.models import (
    Arrival,
    Article,
    ArticleVersion,
    Batch,
    BatchKind,
    Carry,
    Claim,
    Desk,
    DeskRow,
    Dismissal,
    Evidence,
    Highlight,
    Invitation,
    Means,
    Membership,
    Method,
    Origin,
    Part,
    Person,
    Query,
    Rating,
    Role,
    Snapshot,
    Source,
    Stance,
    Status,
    Story,
    Suggestion,
    Verdict,
)
from articles.queries.batches import Change, chosen, plan
from articles.queries.copied import copied_places, proposals
from articles.text.blocks import BlockKind
from articles.text.canonical import POLICY_VERSION
from articles.text.guess import Metadata

if TYPE_CHECKING:
    from collections.abc import Sequence


PASSWORD = "five careful words for tests"
UNSENDABLE = f"nina@{'ä' * 61}.example"
"""An address as it may be written, whose host has too long a name to be one."""
BODY = (
    "The bridge over the Orm was closed on Tuesday after three people were hurt, the mayor said.\n\n"
    "“We had warned of the cracks for two years,” said engineer Ida Falk. At least 1,200 cars cross it every day."
)
QUOTE = "three people were hurt"
"""Words of BODY that a claim is made of unless a test names others."""

CORRECTED = ("three people", "four people")
"""What changes in QUOTE in a second version of the article."""

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Cast:
    """The memberships of one desk."""

    desk: Desk
    alice: Membership
    bob: Membership
    erin: Membership
    rita: Membership


def make_person(name: str) -> Person:
    """The person of that name; one who signs in as ``alice`` and is called Alice."""
    username = name.lower()
    known = Person.objects.filter(username=username).first()
    email = f"{username}@desk.example"
    return known or Person.objects.create_user(username=username, email=email, password=PASSWORD, name=name.title())


def make_desk(*, slug: str = "night-desk", name: str = "Night desk") -> Cast:
    """A desk with its four people. Erin is editor and administrator: the higher role holds the lower."""
    erin = actions.desks.found(name=name, slug=slug, administrator=make_person("erin"))
    return Cast(
        desk=erin.desk,
        alice=make_member("alice", by=erin),
        bob=make_member("bob", by=erin),
        erin=erin,
        rita=make_member("rita", by=erin, role=Role.READER),
    )


def make_stranger(name: str = "mallory") -> Membership:
    """A person who is administrator of another desk, and of that one alone."""
    slug = f"desk-of-{name}"
    return actions.desks.found(name=f"Desk of {name.title()}", slug=slug, administrator=make_person(name))


def make_member(name: str, *, by: Membership, role: Role = Role.REVIEWER) -> Membership:
    return actions.desks.add_member(by=by, person=make_person(name), role=role)


def make_invitation(*, by: Membership, invited: str = "Nina Falk", role: Role = Role.REVIEWER) -> Invitation:
    """An open invitation, with its token."""
    return actions.invitations.invite(by=by, invited=invited, role=role)


def make_draft(text: str, *, kinds: Sequence[str] | None = None, raw: bytes | None = None) -> Draft:
    """The draft of a text that is canonical already; its first block is the headline unless ``kinds`` says more."""
    kinds = kinds or ["headline", *["paragraph"] * text.count("\n\n")]
    return Draft(
        text=text,
        kinds=tuple(BlockKind(kind) if kind in BlockKind else kind for kind in kinds),  # type: ignore[misc]  # a wrong kind is for the database to refuse
        policy=POLICY_VERSION,
        report=(),
        metadata=Metadata(),
        received=len(text),
        raw=text.encode() if raw is None else raw,
        media_type="text/plain",
    )


def make_arrival(
    *,
    by: Membership,
    text: str = f"Bridge closed\n\n{BODY}",
    kinds: Sequence[str] | None = None,
    failure: str = "",
    filename: str = "bridge.txt",
    address: str = "",
    batch: UUID | None = None,
    article: Article | None = None,
    is_read: bool = True,
    **draft: Any,
) -> Arrival:
    """What came as a file of this text, and was read; with ``failure`` it could not be."""
    received = Received(raw=text.encode(), filename=filename, media_type="text/plain", address=address)
    arrival = actions.arrivals.bring(
        by=by, received=received, method=Method.UPLOAD, batch=batch or uuid4(), article=article
    )
    if failure:
        return actions.arrivals.keep_failure(by=by, arrival=arrival, sentence=failure)
    if not is_read:
        return arrival
    made = replace(make_draft(text, kinds=kinds), **draft)
    return actions.arrivals.keep_draft(by=by, arrival=arrival, draft=made)


def make_article(
    *,
    by: Membership,
    text: str | None = None,
    headline: str | None = None,
    outlet: str = "Orm Valley Courier",
    story: Story | None = None,
    kinds: Sequence[str] | None = None,
    **details: Any,
) -> Article:
    """An article of one version. Without ``text`` it is a headline of its own over BODY."""
    headline = headline or f"Bridge over the Orm closed, report {next(_numbers)}"
    draft = make_draft(text or f"{headline}\n\n{BODY}", kinds=kinds)
    told = Details(headline=headline, outlet=outlet, story=story, **details)
    return actions.articles.add(by=by, draft=draft, details=told, kinds=draft.kinds, method=Method.PASTE)


def make_version(*, by: Membership, text: str | None = None, **article: Any) -> ArticleVersion:
    """The version of a new article."""
    return make_article(by=by, text=text, **article).versions.get()


def take_version(article: Article, text: str, *, by: Membership, kinds: Sequence[str] | None = None) -> ArticleVersion:
    """The next version of an article."""
    draft = make_draft(text, kinds=kinds)
    return actions.versions.take(by=by, article=article, draft=draft, kinds=draft.kinds, method=Method.PASTE)


def make_carry(*, by: Membership, claim: Claim | None = None, change: tuple[str, str] = CORRECTED) -> Carry:
    """A claim's highlight whose words are others in a second version, where it waits for a person."""
    claim = claim or make_claim(by=by)
    version = claim.highlights.live().get().version
    later = take_version(version.article, version.text.replace(*change), by=by)
    return later.carries.waiting().get()


def make_story(*, by: Membership, title: str = "The bridge over the Orm") -> Story:
    return actions.stories.open_story(by=by, title=title)


def make_highlight(
    *, by: Membership, version: ArticleVersion | None = None, quote: str = QUOTE, claim: Claim | None = None
) -> Highlight:
    """Mark the first place where the version says ``quote``: a new claim, or one more occurrence of ``claim``."""
    version = version or make_version(by=by)
    start = version.text.index(quote)
    span: dict[str, Any] = {"version": version, "start": start, "end": start + len(quote), "quote": quote}
    if claim is None:
        return actions.highlights.mark(by=by, **span)
    return actions.highlights.add_to_claim(by=by, claim=claim, **span)


def make_claim(
    *,
    by: Membership,
    status: Status = Status.OPEN,
    version: ArticleVersion | None = None,
    quote: str = QUOTE,
    text: str | None = None,
    reviewer: Membership | None = None,
    rating: str = "supported",
) -> Claim:
    """A claim that went through the actions up to ``status``; ``by`` gave the verdict and ``reviewer`` decided on it.

    Without a reviewer it is another reviewer of the desk, Bob where there is no one else.
    """
    claim = _claim(make_highlight(by=by, version=version, quote=quote))
    if text is not None:
        claim = edit_claim(claim, by=by, text=text)
    if status == Status.CHECKING:
        actions.claims.start(by=by, claim=claim)
    elif status == Status.SET_ASIDE:
        actions.claims.set_aside(by=by, claim=claim, reason="It is an opinion.")
    elif status != Status.OPEN:
        make_verdict(by=by, claim=claim, rating=rating)
        _decide(claim, status, reviewer=reviewer or second_person(by))
    return fresh(claim)


def make_blind(*, by: Membership, rating: str = "supported", **told: Any) -> Claim:
    """A claim in review with a verdict that ``by`` gave blind."""
    claim = actions.blindness.blind_claim(by=by, claim=make_claim(by=by))
    make_verdict(by=by, claim=claim, rating=rating, **told)
    return fresh(claim)


def make_second(*, by: Membership, claim: Claim, rating: str = "supported", rationale: str = "So I find.") -> Verdict:
    """A second finding beside a blind verdict."""
    finding = Finding(rating=rating_of(by, rating), rationale=rationale)
    return actions.findings.second(by=by, claim=claim, revision=fresh(claim).revision, finding=finding)


def make_suggestion(
    claim: Claim, *, by: Membership, part: Part = Part.TEXT, words: str = "Three were hurt, says the log."
) -> Suggestion:
    """Other words for a claim in review."""
    return actions.suggestions.suggest(by=by, claim=claim, revision=fresh(claim).revision, part=part, words=words)


def make_due(*, by: Membership, reviewer: Membership, days: int = 0) -> Claim:
    """An approved claim that was to be checked again so many days ago."""
    claim = make_claim(by=by)
    make_verdict(by=by, claim=claim, recheck_on=timezone.localdate() - timedelta(days=days))
    _decide(claim, Status.APPROVED, reviewer=reviewer)
    return fresh(claim)


def edit_claim(claim: Claim, *, by: Membership, **values: Any) -> Claim:
    """Edit some words of a claim and leave the others as they are stored."""
    claim = fresh(claim)
    kept = {name: getattr(claim, name) for name in Claim.CONTENT}
    kept |= {"claimant": str(claim.claimant or ""), "revision": claim.revision}
    return actions.claims.edit(by=by, claim=claim, **(kept | values))


def make_batch(*, by: Membership, claims: Sequence[Claim], **change: Any) -> Batch:
    """A change of these claims at once, as it would be shown before; their due date unless it says more."""
    wanted = Change(**{"what": BatchKind.DUE, "due": date(2026, 3, 9), **change})
    ids = [claim.pk for claim in claims]
    seen = plan(chosen(by, ids), wanted).digest
    return actions.batches.make(by=by, claims=ids, change=wanted, seen=seen)


def asked(question: str = "Who counted them?", *, of: Membership | None = None, **told: Any) -> Asked:
    """What is asked of the author, or of the colleague ``of``."""
    if of:
        return Asked(addressee="colleague", colleague=of.person, question=question, **told)
    return Asked(**{"addressee": "author", "name": "Lena Corvi", "question": question, **told})


def make_query(
    *,
    by: Membership,
    claim: Claim | None = None,
    version: ArticleVersion | None = None,
    quote: str = QUOTE,
    of: Membership | None = None,
    **told: Any,
) -> Query:
    """A query about a claim, or about the words ``quote`` of a version; to the author, or to the colleague ``of``."""
    if claim is None and version is not None:
        start = version.text.index(quote)
        span: dict[str, Any] = {"version": version, "start": start, "end": start + len(quote), "quote": quote}
        return actions.asking.ask_about(by=by, **span, asked=asked(of=of, **told))
    return actions.asking.ask(by=by, claim=claim or make_claim(by=by), asked=asked(of=of, **told))


def answer_query(query: Query, *, by: Membership, words: str = "The hospital did.") -> Query:
    """By phone, or here where it was put to ``by``."""
    means = "here" if query.colleague_id == by.person_id else "phone"
    day = timezone.localdate()
    return actions.asking.answer(by=by, query=query, words=words, means=means, given_on=day)


def make_source(*, by: Membership, title: str = "Accident log of the county", **work: Any) -> Source:
    return actions.sources.add(by=by, work=Work(title=title, **work))


def make_origin(*, by: Membership, name: str = "Dispatch of the agency", **told: Any) -> Origin:
    return actions.origins.add(by=by, root=Root(name=name, **told))


def make_copied(*, by: Membership, outlets: Sequence[str] = ("River Post", "Vale Mirror")) -> Claim:
    """A claim that stands in articles of these outlets, which all have the same text."""
    claim = None
    for outlet in outlets:
        version = make_version(by=by, text=f"Bridge closed\n\n{BODY}", outlet=outlet)
        claim = make_highlight(by=by, version=version, claim=claim).claim
    assert claim is not None
    return fresh(claim)


def make_dismissal(*, by: Membership) -> Dismissal:
    claim = make_copied(by=by)
    (proposal,) = proposals(claim, copied_places(claim))
    return actions.tracing.dismiss_copy(by=by, claim=claim, key=proposal.key)


def found(text: str = "Three were hurt.", *, raw: bytes | None = None, asked: str = "", **received: Any) -> Found:
    """What a try to keep a source brought, as if it had been read. ``asked`` is the address that was fetched."""
    about = {"filename": "log.txt", "media_type": "text/plain", "address": "https://police.example/log"} | received
    return Found(received=Received(raw=text.encode() if raw is None else raw, **about), text=text, asked=asked)


def make_snapshot(
    *,
    by: Membership,
    source: Source | None = None,
    means: Means = Means.PASTE,
    text: str = "Three were hurt.",
    raw: bytes | None = None,
    **received: Any,
) -> Snapshot:
    """A copy; with the means of fetching it is one of the page at the source's address."""
    source = source or make_source(by=by, url="https://police.example/log")
    if means == Means.FETCH:
        fetched = found(text, raw=raw, asked=source.url, **received)
        return actions.snapshots.keep_page(by=by, source=source, fetched=fetched)
    copied = found(text, raw=raw, **received)
    return actions.snapshots.keep(by=by, source=source, means=means, found=copied)


def make_evidence(
    *,
    by: Membership,
    claim: Claim,
    source: Source | None = None,
    stance: Stance = Stance.SUPPORTS,
    quote: str = "Three injured persons were taken to hospital.",
    **statement: Any,
) -> Evidence:
    said = Statement(stance=stance, quote=quote, **{"kind": "primary", **statement})
    return actions.evidence.add(by=by, claim=claim, source=source or make_source(by=by), statement=said)


def make_passage(
    *, by: Membership, claim: Claim, version: ArticleVersion | None = None, quote: str = QUOTE, stance: str = "supports"
) -> Evidence:
    """Evidence that is a passage of a stored article."""
    version = version or make_version(by=by)
    start = version.text.index(quote)
    said = Statement(stance=stance, kind="secondary", quote=quote)
    return actions.evidence.add_passage(
        by=by, claim=claim, version=version, start=start, end=start + len(quote), statement=said
    )


def make_verdict(
    *, by: Membership, claim: Claim, rating: str = "supported", rationale: str = "The log says so.", **told: Any
) -> Verdict:
    """A verdict on the evidence there is; where the rating needs more, that is added first."""
    term = rating_of(by, rating)
    for stance in _missing_stances(claim, term):
        make_evidence(by=by, claim=claim, stance=stance)
    if term.needs == "search":
        told = {"searched": "The county's log.", "missing": "Records of the hospital."} | told
    claim = fresh(claim)
    return actions.verdicts.give(by=by, claim=claim, revision=claim.revision, rating=term, rationale=rationale, **told)


def rating_of(by: Membership, code: str, scale: str = "evidence") -> Rating:
    """The term of the newest version of the scale that has it."""
    return Rating.objects.filter(desk_id=by.desk_id, scale__code=scale, code=code).latest("scale__version")


def second_person(first: Membership) -> Membership:
    """A reviewer of the same desk who is not ``first``."""
    others = Membership.objects.current().filter(desk_id=first.desk_id).exclude(person_id=first.person_id)
    other = others.exclude(role=Role.READER).order_by("joined_at", "id").select_related("desk", "person").last()
    return other or make_member("bob", by=first)


def fresh[Row: DeskRow](row: Row) -> Row:
    """The row as it is stored now."""
    stored: Row = type(row)._default_manager.get(desk_id=row.desk_id, pk=row.pk)
    return stored


def _claim(highlight: Highlight) -> Claim:
    assert highlight.claim is not None
    return highlight.claim


def _missing_stances(claim: Claim, rating: Rating) -> list[Stance]:
    present = set(claim.evidence.in_force().values_list("stance", flat=True))
    if rating.needs == "both_sides":
        return [stance for stance in (Stance.SUPPORTS, Stance.REFUTES) if stance not in present]
    wanted = Stance.REFUTES if rating.code in ("refuted", "false") else Stance.SUPPORTS
    return [] if present or rating.needs != "evidence" else [wanted]


def _decide(claim: Claim, status: Status, *, reviewer: Membership) -> None:
    digest = actions.verdicts.digest_of(claim)
    if status == Status.RETURNED:
        actions.verdicts.send_back(by=reviewer, claim=claim, digest=digest, reason="Ask the hospital, too.")
    elif status in (Status.APPROVED, Status.REOPENED):
        actions.verdicts.approve(by=reviewer, claim=claim, digest=digest)
    if status == Status.REOPENED:
        actions.claims.reopen(by=reviewer, claim=claim, reason="The hospital has published other numbers.")
