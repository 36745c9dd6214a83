from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from articles.models.article import ArticleVersion
from articles.models.base import DeskForeignKey, EditableRow
from articles.models.fields import MemberForeignKey, has_words, set_together

if TYPE_CHECKING:
    from uuid import UUID

    from articles.models.origin import Origin
    from articles.models.person import Person
    from articles.models.verdict import Review, Verdict

WORDS_OF_CLAIM = SearchVector("text", "summary", config="simple")

SUMMARY_LIMIT = 75
"""Characters (code points) of a claim's summary."""


class Claimant(EditableRow):
    """Who makes a claim: a person or an organisation, never the article's author by default."""

    CONTENT = ("name",)

    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint("desk", Lower("name"), name="claimant_name_once_per_desk")]

    def __str__(self) -> str:
        return self.name


class Status(models.TextChoices):
    """Where the work on a claim stands; never what is true."""

    OPEN = "open", "Open"
    CHECKING = "checking", "Checking"
    IN_REVIEW = "in_review", "In review"
    RETURNED = "returned", "Returned"
    APPROVED = "approved", "Approved"
    REOPENED = "reopened", "Reopened"
    SET_ASIDE = "set_aside", "Set aside"


MOVES: dict[Status, frozenset[Status]] = {
    Status.OPEN: frozenset({Status.CHECKING, Status.SET_ASIDE}),
    Status.CHECKING: frozenset({Status.IN_REVIEW, Status.SET_ASIDE}),
    Status.IN_REVIEW: frozenset({Status.APPROVED, Status.RETURNED, Status.CHECKING, Status.SET_ASIDE}),
    Status.RETURNED: frozenset({Status.CHECKING, Status.SET_ASIDE}),
    Status.APPROVED: frozenset({Status.REOPENED, Status.SET_ASIDE}),
    Status.REOPENED: frozenset({Status.CHECKING, Status.SET_ASIDE}),
    Status.SET_ASIDE: frozenset({Status.OPEN}),
}
"""The only moves ahead between statuses; the trigger ``claim_moves`` holds the same table."""

MOVES_BACK: dict[Status, frozenset[Status]] = {
    Status.CHECKING: frozenset({Status.OPEN, Status.RETURNED, Status.REOPENED}),
    Status.SET_ASIDE: frozenset({Status.CHECKING, Status.RETURNED, Status.REOPENED}),
}
"""Moves that only take an earlier one back, to a status that the claim had; the same trigger holds them to it."""

IN_WORK = (Status.OPEN, Status.CHECKING, Status.RETURNED, Status.REOPENED)
"""Statuses in which a person still has to find a verdict."""

TO_CHECK = (Status.OPEN, Status.CHECKING)
SENT_BACK = (Status.RETURNED, Status.REOPENED)
UNSETTLED = (*IN_WORK, Status.IN_REVIEW)
"""Statuses in which a due date still matters."""

DUE_SOON = 3
"""Days: what is due within them, or was due before, presses."""

DUE_OR_NEVER = Coalesce("due", models.Value(date(9999, 12, 31)), output_field=models.DateField())
"""By when a claim is to be checked, in a form that sorts and compares: what has no date comes last."""


class ClaimKind(models.TextChoices):
    EVENT = "event", "Event"
    FIGURE = "figure", "Figure"
    QUOTATION = "quotation", "Quotation"
    NAME = "name", "Name or title"
    DATE = "date", "Date or place"
    CAUSE = "cause", "Cause"
    OTHER = "other", "Other"


class Priority(models.IntegerChoices):
    HIGH = 1, "High"
    NORMAL = 2, "Normal"
    LOW = 3, "Low"


class Aside(models.TextChoices):
    """Why a claim is not checked."""

    OPINION = "opinion", "An opinion"
    PREDICTION = "prediction", "A prediction"
    NOT_CHECKABLE = "not_checkable", "Not checkable"
    DUPLICATE = "duplicate", "A duplicate"
    OUT_OF_SCOPE = "out_of_scope", "Out of scope"
    OTHER = "other", "Something else"


class ClaimQuerySet(models.QuerySet["Claim"]):
    def in_work(self) -> ClaimQuerySet:
        return self.filter(status__in=IN_WORK)

    def waiting_for_review_by(self, person: Person | UUID) -> ClaimQuerySet:
        """Claims whose verdict another person gave."""
        return self.filter(status=Status.IN_REVIEW).exclude(verdict_author_id=getattr(person, "pk", person))


class Claim(EditableRow):
    """A checkable assertion in its own words. It is checked once, wherever it stands."""

    CONTENT = (
        *("text", "summary", "claimant", "kind", "priority", "priority_reason", "assignee"),
        *("due", "due_reason"),
    )

    text = models.TextField()
    summary = models.CharField(max_length=SUMMARY_LIMIT, blank=True)
    claimant: DeskForeignKey[Claimant | None, Claimant | None] = DeskForeignKey(
        Claimant, null=True, blank=True, related_name="claims"
    )
    kind = models.CharField(max_length=9, choices=ClaimKind, default=ClaimKind.EVENT)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NORMAL)
    priority_reason = models.CharField(max_length=200, blank=True)
    assignee: MemberForeignKey[Person | None, Person | None] = MemberForeignKey(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    due_reason = models.CharField(max_length=200, blank=True)

    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    status_reason = models.TextField(blank=True)
    status_at = models.DateTimeField(auto_now_add=True)
    verdict: DeskForeignKey[Verdict | None, Verdict | None] = DeskForeignKey(
        "articles.Verdict", null=True, blank=True, related_name="+"
    )
    # The database sets it from the verdict; it stands here so that a list of one person's verdicts has an index.
    verdict_author_id = models.UUIDField(null=True, editable=False)
    review: DeskForeignKey[Review | None, Review | None] = DeskForeignKey(
        "articles.Review", null=True, blank=True, related_name="+"
    )
    approved_digest = models.CharField(max_length=64, blank=True)
    aside = models.CharField(max_length=13, choices=Aside, blank=True)
    duplicate_of: DeskForeignKey[Claim | None, Claim | None] = DeskForeignKey(
        "self", null=True, blank=True, related_name="duplicates"
    )
    blind = models.BooleanField(default=False, help_text="whether its verdicts are found blind, whatever the desk does")

    made_by: MemberForeignKey[Person, Person] = MemberForeignKey()
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="claim_status_is_known"),
            models.CheckConstraint(condition=has_words("text"), name="claim_has_text"),
            models.CheckConstraint(
                condition=models.Q(priority=Priority.NORMAL) | has_words("priority_reason"),
                name="claim_priority_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(due__isnull=False) | models.Q(due_reason=""), name="claim_due_reason_has_date"
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[Status.SET_ASIDE, Status.RETURNED, Status.REOPENED])
                | has_words("status_reason"),
                name="claim_status_has_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[Status.IN_REVIEW, Status.APPROVED, Status.RETURNED])
                | models.Q(verdict__isnull=False),
                name="claim_status_has_verdict",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[Status.APPROVED, Status.RETURNED]) | models.Q(review__isnull=False),
                name="claim_status_has_review",
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.APPROVED, approved_digest__regex="^[0-9a-f]{64}$")
                | (~models.Q(status=Status.APPROVED) & models.Q(approved_digest="")),
                name="claim_digest_while_approved",
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.SET_ASIDE, aside__in=Aside.values)
                | (~models.Q(status=Status.SET_ASIDE) & models.Q(aside="")),
                name="claim_aside_while_set_aside",
            ),
            models.CheckConstraint(
                condition=models.Q(aside=Aside.DUPLICATE, duplicate_of__isnull=False)
                | (~models.Q(aside=Aside.DUPLICATE) & models.Q(duplicate_of__isnull=True)),
                name="claim_duplicate_of_something",
            ),
            models.CheckConstraint(condition=~models.Q(duplicate_of=models.F("id")), name="claim_duplicate_of_another"),
        ]
        indexes = [
            models.Index(fields=["desk", "-id"], name="claim_newest"),
            models.Index(fields=["desk", "status", "-id"], name="claim_status_newest"),
            models.Index(fields=["desk", "assignee", "status", "-id"], name="claim_assignee"),
            models.Index(
                fields=["desk", "status_at", "id"],
                condition=models.Q(status=Status.IN_REVIEW),
                name="claim_review_queue",
            ),
            models.Index(
                "desk",
                "assignee",
                DUE_OR_NEVER,
                "priority",
                "id",
                condition=models.Q(status__in=TO_CHECK, assignee__isnull=False),
                name="claim_to_check",
            ),
            models.Index(
                fields=["desk", "verdict_author_id", "status_at", "id"],
                condition=models.Q(status=Status.IN_REVIEW),
                name="claim_handed_on",
            ),
            models.Index(
                fields=["desk", "assignee", "status", "status_at", "id"],
                condition=models.Q(status__in=SENT_BACK),
                name="claim_sent_back",
            ),
            models.Index(
                fields=["desk", "verdict_author_id", "status", "status_at", "id"],
                condition=models.Q(status__in=SENT_BACK),
                name="claim_sent_back_to_author",
            ),
            models.Index(
                fields=["desk", "due", "id"],
                condition=models.Q(status__in=UNSETTLED, due__isnull=False),
                name="claim_due",
            ),
            models.Index(
                fields=["desk", "assignee", "due", "id"],
                condition=models.Q(status__in=UNSETTLED, due__isnull=False),
                name="claim_due_of_assignee",
            ),
            GinIndex(WORDS_OF_CLAIM, name="claim_search"),
        ]

    def __str__(self) -> str:
        return self.summary or self.text

    def as_written(self) -> dict[str, str]:
        """What people write of a claim, each field as a form sends it."""
        return {
            "text": self.text,
            "summary": self.summary,
            "claimant": self.claimant.name if self.claimant else "",
            "kind": self.kind,
            "priority": str(self.priority),
            "priority_reason": self.priority_reason,
            "assignee": str(self.assignee_id or ""),
            "due": self.due.isoformat() if self.due else "",
            "due_reason": self.due_reason,
        }

    def is_due_for_recheck(self) -> bool:
        """Whether it is approved and the day has come on which its verdict wants it to be checked again."""
        due = self.verdict.recheck_on if self.verdict else None
        return self.status == Status.APPROVED and due is not None and due <= timezone.localdate()

    def may_become(self, status: Status) -> bool:
        return status in MOVES[Status(self.status)]


class HighlightQuerySet(models.QuerySet["Highlight"]):
    def live(self) -> HighlightQuerySet:
        """Those that count now: not removed, and not carried on to a later version, nor gone from one."""
        return self.filter(removed_at=None, ended_in=None)

    def occurrences(self) -> HighlightQuerySet:
        """Live highlights that carry a claim, in text order."""
        return self.live().filter(claim__isnull=False).order_by("start", "-end", "id")


class Highlight(EditableRow):
    """A marked span in one version; with a claim it is that claim's occurrence there.

    ``start`` and ``end`` are code points, half-open, in the version's text, and ``quote`` is the text between
    them, always; they change together where the highlight counts. Removal is a state with a name and a time.

    In a later version another highlight takes its place, whose ``first`` is the one that a person made; this one then
    has ``ended_in`` that version, and so has one whose words are gone from it. ``origin`` says where the outlet has it
    from, as far as the desk knows.
    """

    CONTENT = ("claim",)

    version: DeskForeignKey[ArticleVersion, ArticleVersion] = DeskForeignKey(ArticleVersion, related_name="highlights")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    claim: DeskForeignKey[Claim | None, Claim | None] = DeskForeignKey(
        Claim, null=True, blank=True, related_name="highlights"
    )
    first: DeskForeignKey[Highlight | None, Highlight | None] = DeskForeignKey(
        "articles.Highlight", null=True, blank=True, related_name="later"
    )
    ended_in: DeskForeignKey[ArticleVersion | None, ArticleVersion | None] = DeskForeignKey(
        ArticleVersion, null=True, blank=True, related_name="+"
    )
    origin: DeskForeignKey[Origin | None, Origin | None] = DeskForeignKey(
        "articles.Origin", null=True, blank=True, related_name="highlights", db_index=False
    )
    made_by: MemberForeignKey[Person, Person] = MemberForeignKey()
    made_at = models.DateTimeField(auto_now_add=True)
    removed_by: MemberForeignKey[Person | None, Person | None] = MemberForeignKey(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = HighlightQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="highlight_not_empty"),
            models.CheckConstraint(
                condition=set_together("removed_at", "removed_by"), name="highlight_removed_by_someone"
            ),
            models.UniqueConstraint(
                "desk",
                Coalesce("first", "id"),
                condition=models.Q(removed_at=None, ended_in=None),
                name="highlight_counts_once",
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "version", "start"], name="highlight_in_text_order"),
            models.Index(
                fields=["desk", "origin", "-id"], condition=models.Q(origin__isnull=False), name="highlight_traced"
            ),
        ]

    def __str__(self) -> str:
        return self.quote
