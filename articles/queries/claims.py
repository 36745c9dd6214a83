"""What the claim's panel, its page and the list of claims show."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from articles.models import (
    IN_WORK,
    ArticleVersion,
    Claim,
    Claimant,
    Evidence,
    Highlight,
    Membership,
    Person,
    Query,
    QueryStatus,
    Rating,
    RatingScale,
    Role,
    Status,
    Verdict,
)
from articles.models.claim import WORDS_OF_CLAIM
from articles.queries.asking import open_on_claims
from articles.queries.paging import Page, page
from articles.queries.sealing import open_for
from articles.queries.words import page_with_words, words_query
from articles.text.blocks import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from articles.models import Article, Desk
    from articles.queries.sealing import Apart

COUNTED = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.LIST_ITEM})
"""Blocks that a reader counts as paragraphs of the story."""

DUPLICATES_SHOWN = 20

CLAIMANTS_OFFERED = 300
"""A browser shows no longer list; further names are typed."""


# One claim


def whole_claims() -> QuerySet[Claim]:
    """Claims with all the rows their panel names, in one query."""
    return Claim.objects.select_related(
        *("claimant", "assignee", "made_by", "duplicate_of"),
        *("verdict__author", "verdict__rating__scale", "verdict__second_of__author", "review__reviewer"),
        "verdict__second_of__rating__scale",
    )


@dataclass(frozen=True, slots=True)
class Place:
    """One occurrence of a claim: ``where`` is "¶ 4", or "headline" or "caption".

    ``version`` is the number of the version in which it stands, ``marked_on`` of the one in which a person marked it,
    and ``newest`` of the article's newest. Where that is another, a person has yet to say where it stands there.
    """

    highlight: Highlight
    where: str
    marked_on: int
    newest: int

    @property
    def article(self) -> Article:
        return self.highlight.version.article

    @property
    def version(self) -> int:
        return self.highlight.version.number

    @property
    def waits(self) -> bool:
        return self.version < self.newest


def places(claim: Claim) -> list[Place]:
    """Every live occurrence, the earliest article first. The texts themselves are not loaded."""
    return [place_of(row) for row in occurrences(claim)]


def place_of(row: Any) -> Place:
    """A row of ``occurrences`` as a place."""
    return Place(row, where(row.version.kinds, row.block), row.marked_on, row.newest)


def occurrences(claim: Claim) -> QuerySet[Any]:
    """The claim's live highlights with their articles; ``block`` is the number of the block, from 0."""
    versions = ArticleVersion.objects.filter(desk_id=OuterRef("desk_id"), article_id=OuterRef("version__article_id"))
    before = Func(F("version__text"), F("start"), function="left")
    block = Func(before, Value("\n\n"), function="regexp_count", output_field=IntegerField())
    return (
        claim.highlights.live()
        .annotate(
            block=block,
            marked_on=Coalesce("first__version__number", "version__number"),
            newest=Subquery(versions.order_by("-number").values("number")[:1]),
        )
        .select_related("version__article__outlet")
        .defer("version__text", "version__report")
        .order_by("version__article__published", "version__article__outlet__name", "start", "id")
    )


def where(kinds: Sequence[str], block: int) -> str:
    if kinds[block] in COUNTED:
        return f"¶ {sum(kind in COUNTED for kind in kinds[: block + 1])}"
    return kinds[block].replace("_", " ")


def evidence_of(claim: Claim) -> list[Evidence]:
    """In force first, then withdrawn, each in the order in which it was added."""
    rows = claim.evidence.select_related("source", "made_by", "withdrawn_by", "highlight__version")
    rows = rows.defer("highlight__version__text", "highlight__version__report")
    return list(rows.order_by(F("withdrawn_at").asc(nulls_first=True), "id"))


def earlier_verdicts(claim: Claim, by: Membership) -> list[Verdict]:
    """The verdicts beside those that the claim has now, with their reviews, the latest first."""
    rows = claim.verdicts.select_related("rating__scale", "author")
    rows = rows.prefetch_related("reviews__reviewer", "resolutions__resolved_by")
    now = {claim.verdict_id, claim.verdict.second_of_id if claim.verdict else None}
    found = [row for row in rows.order_by("-id") if row.pk not in now and row.second_of_id not in now - {None}]
    open_for(by, found)
    return found


def duplicates_of(claim: Claim) -> list[Claim]:
    """The claims that were set aside because they say the same, the newest first; no more than are shown."""
    return list(claim.duplicates.order_by("-id")[:DUPLICATES_SHOWN])


def ratings_of(desk: Desk) -> list[Rating]:
    """The terms of the newest version of the desk's scale."""
    scales = RatingScale.objects.filter(desk=desk, code=desk.scale_code)
    newest = scales.order_by("-version").values("pk")[:1]
    return list(Rating.objects.filter(desk=desk, scale__in=newest).order_by("position"))


def terms_of(scale: RatingScale) -> list[Rating]:
    """The terms of this version of a scale, in their order."""
    return list(Rating.objects.filter(desk_id=scale.desk_id, scale=scale).order_by("position"))


def assignable(desk: Desk) -> list[Person]:
    """Members who can work on a claim, by name."""
    members = Membership.objects.current().filter(desk=desk).exclude(role=Role.READER)
    return [member.person for member in members.select_related("person").order_by("person__name")]


def claimant_names(desk: Desk) -> list[str]:
    """The claimants named last."""
    names = Claimant.objects.filter(desk=desk).order_by("-id").values_list("name", flat=True)
    return sorted(names[:CLAIMANTS_OFFERED], key=str.casefold)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A claim's number among the claims of one article, in the order of the text."""

    number: int
    total: int


def numbered(claim: Claim, article: UUID) -> Numbered | None:
    rows = Highlight.objects.occurrences().filter(desk_id=claim.desk_id, version__article=article)
    order = list(dict.fromkeys(rows.values_list("claim_id", flat=True)))
    return Numbered(order.index(claim.pk) + 1, len(order)) if claim.pk in order else None


# What can be done with a claim now


@dataclass(frozen=True, slots=True)
class Door:
    """Something that can be done with a claim, or the sentence that says why it cannot be done now."""

    why_not: str = ""

    @property
    def open(self) -> bool:
        return not self.why_not


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """``second`` leads to one's own finding beside a blind verdict, ``resolve`` to the difference of two."""

    start: Door
    set_aside: Door
    resume: Door
    reopen: Door
    recheck: Door
    give: Door
    take_back: Door
    review: Door
    second: Door
    resolve: Door
    suggest: Door


READER = Door("Readers look on. Ask an administrator of the desk for the role of a reviewer.")
CLOSED = Door("There is nothing of this kind to do now.")


def doors(claim: Claim, by: Membership, two: Apart | None) -> Doors:
    """What this member can do with the claim as it stands, ``two`` being what was found apart on it.

    The actions decide again when it is done.
    """
    if not by.may(Role.REVIEWER):
        return Doors(**{field.name: READER for field in fields(Doors)})
    author = claim.verdict.author if claim.verdict else None
    mine = claim.verdict is not None and claim.verdict.author_id == by.person_id
    in_review = claim.status == Status.IN_REVIEW
    review = _review(in_review=in_review, mine=mine)
    sealed = two is not None and two.second is None
    differ = two is not None and two.is_open
    return Doors(
        start=_start(claim, by),
        set_aside=Door("" if claim.may_become(Status.SET_ASIDE) else "This claim is already set aside."),
        resume=Door("" if claim.status == Status.SET_ASIDE else "This claim is not set aside."),
        reopen=Door("" if claim.status == Status.APPROVED else "Only an approved claim can be reopened."),
        recheck=Door("" if claim.is_due_for_recheck() else "The day of its recheck has not come."),
        give=_give(claim),
        take_back=_take_back(author, is_open=in_review and mine, differ=differ),
        review=review,
        second=review if sealed else CLOSED,
        resolve=Door() if in_review and differ else CLOSED,
        suggest=CLOSED if sealed or differ else review,
    )


def _start(claim: Claim, by: Membership) -> Door:
    match Status(claim.status):
        case Status.CHECKING if claim.assignee_id == by.person_id:
            return Door("You are checking this claim.")
        case Status.CHECKING:
            return Door(f"{claim.assignee} is checking this claim." if claim.assignee else "It is being checked.")
        case Status.IN_REVIEW:
            return Door("The verdict waits for a second person.")
        case Status.APPROVED:
            return Door("This claim is approved. Reopen it to check it again.")
        case Status.SET_ASIDE:
            return Door("This claim is set aside. Resume it to check it.")
    return Door()


def _take_back(author: Person | None, *, is_open: bool, differ: bool) -> Door:
    if is_open and differ:
        return Door("The two findings differ. Which one stands is to be said first.")
    return Door("" if is_open else f"Only {author} can take it back.")


def _give(claim: Claim) -> Door:
    if claim.status in IN_WORK:
        return Door()
    match Status(claim.status):
        case Status.IN_REVIEW:
            return Door(
                "The verdict waits for a second person. Another can be given when it is returned or taken back."
            )
        case Status.APPROVED:
            return Door("This verdict is approved. Reopen the claim to give another.")
    return Door("This claim is set aside. Resume it to give a verdict.")


def _review(*, in_review: bool, mine: bool) -> Door:
    if not in_review:
        return Door("No verdict on this claim is waiting for review.")
    return Door("You gave this verdict yourself. Someone else has to agree with it." if mine else "")


# The list


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """What the list is narrowed to; an empty value does not narrow."""

    words: str = ""
    status: str = ""
    kind: str = ""
    assignee: UUID | None = None
    without_evidence: bool = False
    with_query: bool = False
    """Claims about which a query is open."""
    unassigned: bool = False
    """Claims that nobody has: open ones where ``status`` does not say otherwise, as a started claim is somebody's."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A claim of the list, with the outlets in which it stands, how much evidence is in force and what is asked."""

    claim: Claim
    outlets: tuple[str, ...]
    evidence: int
    queries: int
    """Those that nobody has answered yet."""


def claim_page(desk: Desk, wanted: ClaimFilter, after: str | None) -> Page[Listed]:
    rows = _filtered(desk, wanted).select_related("assignee", "verdict__rating")
    query = words_query(wanted.words)
    found = page(rows, after) if query is None else page_with_words(rows, WORDS_OF_CLAIM, query, after)
    open_for(None, [claim.verdict for claim in found.rows])
    claims = [claim.pk for claim in found.rows]
    outlets, evidence, asked = _outlets(desk, claims), _evidence_counts(desk, claims), open_on_claims(desk, claims)
    listed = [Listed(row, tuple(outlets[row.pk]), evidence.get(row.pk, 0), asked.get(row.pk, 0)) for row in found.rows]
    return Page(listed, found.after)


def _filtered(desk: Desk, wanted: ClaimFilter) -> QuerySet[Claim]:
    claims = Claim.objects.filter(desk=desk)
    given = {"status": wanted.status, "kind": wanted.kind, "assignee": wanted.assignee}
    claims = claims.filter(**{name: value for name, value in given.items() if value})
    if wanted.unassigned:
        claims = claims.filter(assignee=None, status=wanted.status or Status.OPEN)
    if wanted.without_evidence:
        in_force = Evidence.objects.in_force().filter(desk_id=OuterRef("desk_id"), claim=OuterRef("pk"))
        claims = claims.filter(~Exists(in_force))
    if wanted.with_query:
        asked = Query.objects.filter(desk=desk, status=QueryStatus.OPEN, claim__isnull=False)
        claims = claims.filter(pk__in=asked.values("claim_id"))
    return claims


def _outlets(desk: Desk, claims: list[UUID]) -> defaultdict[UUID, list[str]]:
    rows = Highlight.objects.live().filter(desk=desk, claim__in=claims).order_by("version__article__outlet__name")
    names: defaultdict[UUID, list[str]] = defaultdict(list)
    for claim, name in rows.values_list("claim_id", "version__article__outlet__name").distinct():
        names[claim].append(name)
    return names


def _evidence_counts(desk: Desk, claims: list[UUID]) -> dict[UUID, int]:
    rows = Evidence.objects.in_force().filter(desk=desk, claim__in=claims).order_by()
    return dict(rows.values_list("claim").annotate(number=Count("pk")))
