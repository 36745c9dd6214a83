"""The versions of an article: their timeline, what a version changed, and the highlights that wait because of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Q

from articles.models import IN_WORK, ArticleVersion, Carry, CarryDecision, Claim, Evidence, Highlight
from articles.queries.reviews import AROUND, around_sentence
from articles.text.differences import RowKind, compare, compare_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from articles.models import Article, Verdict
    from articles.text.differences import Row, Run

UNCHANGED_SHOWN = 1
"""Blocks that did not change and are shown beside one that did, so that a reader knows where it is."""
FOLDED = 3
"""Blocks without a change that are worth folding away."""


# The timeline


@dataclass(frozen=True, slots=True)
class Taken:
    """A version, and what became of the highlights that stood in the one before."""

    version: ArticleVersion
    carried: int
    waiting: int
    decided: int
    overtaken: int
    """Those that still waited when the next version came, and are asked about there."""


def timeline(article: Article) -> list[Taken]:
    """Every version without its text, the newest first."""
    rows = article.versions.defer("text", "original__content").select_related("original", "taken_by")
    counts = _counts(article)
    return [Taken(row, *counts.get(row.pk, (0, 0, 0, 0))) for row in rows.order_by("-number")]


def _counts(article: Article) -> dict[UUID, tuple[int, int, int, int]]:
    """By version, as ``Taken`` names them."""
    rows = Carry.objects.filter(desk_id=article.desk_id, version__article=article).values("version_id").order_by()
    counted = rows.annotate(
        carried=Count("pk", filter=_BY_ITSELF),
        waiting=Count("pk", filter=Q(decision="", highlight__removed_at=None)),
        decided=Count("pk", filter=Q(decided_by__isnull=False)),
        overtaken=Count("pk", filter=_OVERTAKEN),
    )
    names = ("version_id", "carried", "waiting", "decided", "overtaken")
    return {version: tuple(counts) for version, *counts in counted.values_list(*names)}


_BY_ITSELF = Q(decided_by=None, decision=CarryDecision.CARRIED)
_OVERTAKEN = Q(decision=CarryDecision.OVERTAKEN)


def waiting_carries(version: ArticleVersion) -> QuerySet[Carry]:
    """The highlights that wait for a person to say where they stand in this version."""
    rows = Carry.objects.waiting().filter(desk_id=version.desk_id, version=version)
    return rows.filter(highlight__removed_at=None)


# Two versions compared


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of a comparison that are shown, or rows without a change that are folded away."""

    folded: bool
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Comparison:
    old: ArticleVersion
    new: ArticleVersion
    stretches: list[Stretch]
    counts: Mapping[str, int]
    """How many blocks were changed, added, dropped and moved."""

    @property
    def is_same(self) -> bool:
        return not any(self.counts.values())


def comparison(old: ArticleVersion, new: ArticleVersion) -> Comparison:
    """What a reader of both would find: the newer text block by block, with what was dropped in its place."""
    rows = compare(old.text, new.text)
    counts = {kind.value: sum(row.kind is kind for row in rows) for kind in (RowKind.CHANGED, *_ONE_SIDED)}
    return Comparison(old, new, stretches(rows), counts | {"moved": sum(row.moved for row in rows)})


_ONE_SIDED = (RowKind.ADDED, RowKind.DROPPED)


def stretches(rows: Sequence[Row]) -> list[Stretch]:
    """The rows of a comparison, those folded together that say nothing new and are not beside what does."""
    differs = [row.moved or row.kind is not RowKind.SAME for row in rows]
    near = [any(differs[max(0, i - UNCHANGED_SHOWN) : i + UNCHANGED_SHOWN + 1]) for i in range(len(rows))]
    runs = [list(run) for _, run in groupby(zip(near, rows, strict=True), key=itemgetter(0))]
    return [Stretch(not run[0][0] and len(run) >= FOLDED, [row for _, row in run]) for run in runs]


# The highlights that a version asks about


class Candidate(NamedTuple):
    """A place in the version, with the rest of the sentence, or sentences, around it."""

    start: int
    end: int
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Question:
    """A highlight that did not go on by itself, with the places in the version where it may stand."""

    carry: Carry
    claims: list[Claim]
    old: Candidate
    places: list[Candidate]

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """From the old words to the proposed ones; empty where nothing or several places are proposed."""
        return compare_words(self.old.words, self.places[0].words) if len(self.places) == 1 else ()

    @property
    def block(self) -> int:
        """Where the block begins in which the first proposed place stands."""
        edge = self.carry.version.text.rfind("\n\n", 0, self.places[0].start) if self.places else -1
        return edge + 2 if edge >= 0 else 0

    @property
    def meanings(self) -> list[tuple[str, str, str, bool]]:
        """What changed in meaning: the kind, the old and the new wording, and whether it stands around the words."""
        return [(kind, old, new, around) for kind, old, new, around in self.carry.changes]


@dataclass(frozen=True, slots=True)
class Changes:
    version: ArticleVersion
    waiting: list[Question]
    decided: list[Question]
    carried: int
    overtaken: int
    again: list[Claim]
    """The claims to look at again: those of highlights that did not go on by themselves, where work is left."""


def changes_of(version: ArticleVersion) -> Changes:
    """What a version asked about the highlights of the article, in the order of the old text."""
    carries = Carry.objects.filter(desk_id=version.desk_id, version=version)
    counts = carries.aggregate(carried=Count("pk", filter=_BY_ITSELF), overtaken=Count("pk", filter=_OVERTAKEN))
    questions = _questions(_asked(carries.exclude(_BY_ITSELF | _OVERTAKEN), version), version)
    left = {claim.pk: claim for question in questions for claim in question.claims if claim.status in IN_WORK}
    return Changes(
        version,
        waiting=[one for one in questions if not one.carry.decision and not one.carry.highlight.removed_at],
        decided=[one for one in questions if one.carry.decision],
        carried=counts["carried"],
        overtaken=counts["overtaken"],
        again=list(left.values()),
    )


def whole_carries() -> QuerySet[Carry]:
    """Carries with the version and the article that a decision on one of them is about."""
    return Carry.objects.select_related("highlight", "version__article__outlet")


def _asked(carries: QuerySet[Carry], version: ArticleVersion) -> list[Carry]:
    """In text order. Each text is loaded once, and not beside every highlight that stands in it."""
    rows = list(carries.select_related("highlight", "decided_by", "became"))
    before = ArticleVersion.objects.filter(
        desk_id=version.desk_id, pk__in={carry.highlight.version_id for carry in rows}
    )
    texts = {row.pk: row for row in before.defer("report")}
    for carry in rows:
        carry.version, carry.highlight.version = version, texts[carry.highlight.version_id]
    return sorted(rows, key=lambda carry: (carry.highlight.start, carry.highlight.end, carry.pk))


def claims_on(highlights: Collection[Highlight]) -> dict[UUID, set[UUID]]:
    """By highlight: the claim that it carries, or those for which its passage is evidence in force. Costs one query."""
    if not highlights:
        return {}
    desk = next(iter(highlights)).desk_id
    cited = Evidence.objects.in_force().filter(desk_id=desk, highlight__in=[_first(one) for one in highlights])
    citing: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for first, claim in cited.values_list("highlight_id", "claim_id"):
        citing[first].add(claim)
    return {one.pk: citing[_first(one)] | ({one.claim_id} if one.claim_id else set()) for one in highlights}


def _questions(carries: Sequence[Carry], version: ArticleVersion) -> list[Question]:
    on = claims_on([carry.highlight for carry in carries])
    rows = Claim.objects.filter(desk_id=version.desk_id, pk__in=set().union(*on.values()))
    known = {claim.pk: claim for claim in rows}
    return [_question(carry, version, [known[pk] for pk in sorted(on[carry.highlight_id])]) for carry in carries]


def places_of(carry: Carry) -> list[list[int]]:
    """``[start, end]`` of the places in the later version that can be accepted, the proposed one first."""
    proposed = [] if carry.start is None or carry.end is None else [[carry.start, carry.end]]
    return proposed + [place for place in carry.candidates if place not in proposed]


def _question(carry: Carry, version: ArticleVersion, claims: list[Claim]) -> Question:
    spans = [[carry.became.start, carry.became.end]] if carry.became else places_of(carry)
    highlight = carry.highlight
    old = _in_sentence(highlight.version.text, highlight.start, highlight.end)
    return Question(carry, claims, old, [_in_sentence(version.text, start, end) for start, end in spans])


def _in_sentence(text: str, start: int, end: int) -> Candidate:
    first = max(0, start - AROUND)
    left, right = around_sentence(text[first : end + AROUND], start - first, end - first)
    return Candidate(start, end, text[first + left : start], text[start:end], text[end : first + right])


def _first(highlight: Highlight) -> UUID:
    return highlight.first_id or highlight.pk


# On which version something was done


def say_versions(claim: Claim, verdicts: Iterable[Verdict]) -> None:
    """Say of each verdict on which versions of which articles it was given: those in which the claim stood then."""
    rows = claim.highlights.select_related("version__article__outlet").defer("version__text", "version__report")
    stood = list(rows.order_by("made_at", "pk"))
    for verdict in verdicts:
        verdict.made_on = _at(stood, verdict.given_at)


def _at(stood: Iterable[Highlight], moment: datetime) -> list[ArticleVersion]:
    newest: dict[UUID, ArticleVersion] = {}
    for highlight in stood:
        removed = highlight.removed_at is not None and highlight.removed_at <= moment
        if highlight.made_at <= moment and not removed:
            newest[highlight.version.article_id] = highlight.version
    return list(newest.values())
