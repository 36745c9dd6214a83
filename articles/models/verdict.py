from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from articles.models.base import PARTIAL_DATE, DeskForeignKey, DeskRow, EditableRow
from articles.models.claim import Claim
from articles.models.fields import MemberForeignKey, PartialDateField, has_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.models.article import ArticleVersion
    from articles.models.person import Person


class RatingScale(DeskRow):
    """A versioned set of terms in which a desk states its findings. A change makes a new version."""

    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "code", "version"], name="scale_version_once")]

    def __str__(self) -> str:
        return self.name


class Needs(models.TextChoices):
    """What a verdict with a given rating has to rest on."""

    EVIDENCE = "evidence", "at least one piece of evidence"
    BOTH_SIDES = "both_sides", "evidence that supports the claim and evidence that refutes it"
    SEARCH = "search", "what was searched and what is missing"
    EITHER = "either", "evidence, or what was searched and what is missing"


class Rating(DeskRow):
    """One term of a scale, with its definition."""

    scale: DeskForeignKey[RatingScale, RatingScale] = DeskForeignKey(RatingScale, related_name="ratings")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=40)
    definition = models.TextField()
    position = models.PositiveSmallIntegerField()
    number = models.SmallIntegerField(null=True, blank=True)
    colour = models.CharField(max_length=12, help_text="name of a colour token")
    sign = models.CharField(max_length=12, help_text="name of a drawn sign")
    needs = models.CharField(max_length=10, choices=Needs)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=has_words("name") & has_words("definition"), name="rating_says_something"),
            models.CheckConstraint(condition=models.Q(needs__in=Needs.values), name="rating_needs_are_known"),
            models.UniqueConstraint(fields=["desk", "scale", "code"], name="rating_code_once"),
            models.UniqueConstraint(fields=["desk", "scale", "position"], name="rating_position_once"),
        ]

    def __str__(self) -> str:
        return self.name


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def readable(self) -> VerdictQuerySet:
        """Those that everybody may read: not given blind, or with a second finding on them or on a later one."""
        later = Verdict.objects.filter(desk_id=models.OuterRef("desk_id"), claim_id=models.OuterRef("claim_id"))
        later = later.filter(pk__gte=models.OuterRef("pk"))
        opened = models.Q(blind=False) | models.Q(seconds__isnull=False)
        return self.filter(models.Q(blind=False) | models.Exists(later.filter(opened)))


class Verdict(DeskRow):
    """One person's finding on a claim. It is given once and never edited; a change of mind is a new verdict.

    ``as_of`` is the time of which it is true, as far as that is known, ``recheck_on`` the day from which it has to be
    looked at again, ``wording`` what the article should read. A verdict given ``blind`` is read by nobody but its
    author until a second person has found on their own, in a verdict that is ``second_of`` it.
    """

    claim: DeskForeignKey[Claim, Claim] = DeskForeignKey(Claim, related_name="verdicts")
    rating: DeskForeignKey[Rating, Rating] = DeskForeignKey(Rating, related_name="verdicts")
    rationale = models.TextField()
    searched = models.TextField(blank=True)
    missing = models.TextField(blank=True)
    as_of: PartialDateField = PartialDateField()
    recheck_on = models.DateField(null=True, blank=True)
    wording = models.TextField(blank=True)
    blind = models.BooleanField(default=False)
    second_of: DeskForeignKey[Verdict | None, Verdict | None] = DeskForeignKey(
        "self", null=True, blank=True, related_name="seconds"
    )
    author: MemberForeignKey[Person, Person] = MemberForeignKey()
    given_at = models.DateTimeField(auto_now_add=True)

    objects = VerdictQuerySet.as_manager()

    made_on: Sequence[ArticleVersion] = ()
    """The versions in which the claim stood then, where queries.versions.say_versions looked for them."""

    is_opened = False
    """Whether a blind verdict may be read, where queries.sealing.open_for looked at who reads."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=has_words("rationale"), name="verdict_has_rationale"),
            models.CheckConstraint(
                condition=models.Q(as_of="") | models.Q(as_of__regex=PARTIAL_DATE), name="verdict_date_is_partial_iso"
            ),
            models.CheckConstraint(
                condition=models.Q(blind=False) | models.Q(second_of__isnull=True), name="verdict_blind_is_the_first"
            ),
            models.UniqueConstraint(fields=["desk", "second_of"], name="verdict_seconded_once"),
        ]
        indexes = [
            models.Index(fields=["desk", "claim", "id"], name="verdict_of_claim"),
            models.Index(
                fields=["desk", "recheck_on", "id"],
                condition=models.Q(recheck_on__isnull=False),
                name="verdict_to_recheck",
            ),
            models.Index(
                fields=["desk", "-id"], condition=models.Q(second_of__isnull=False), name="verdict_second_newest"
            ),
        ]

    def __str__(self) -> str:
        return f"a verdict by {self.author}" if self.blind else f"{self.rating}, by {self.author}"

    @property
    def is_sealed(self) -> bool:
        """Nothing that a blind verdict says is shown unless somebody looked whether it may be."""
        return self.blind and not self.is_opened


class Decision(models.TextChoices):
    APPROVE = "approve", "Approved"
    RETURN = "return", "Returned"


class Review(DeskRow):
    """The second person's decision on a verdict. ``digest`` is the SHA-256 of all that was decided on."""

    verdict: DeskForeignKey[Verdict, Verdict] = DeskForeignKey(Verdict, related_name="reviews")
    verdict_author: MemberForeignKey[Person, Person] = MemberForeignKey()
    reviewer: MemberForeignKey[Person, Person] = MemberForeignKey()
    decision = models.CharField(max_length=7, choices=Decision)
    reason = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "verdict"], name="one_review_per_verdict"),
            models.CheckConstraint(
                condition=~models.Q(reviewer=models.F("verdict_author")), name="review_by_a_second_person"
            ),
            models.CheckConstraint(
                condition=models.Q(decision=Decision.APPROVE)
                | (models.Q(decision=Decision.RETURN) & has_words("reason")),
                name="review_return_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} by {self.reviewer}"


class Standing(models.TextChoices):
    """Which finding stands where two that were made blind differ."""

    FIRST = "first", "The first stands"
    SECOND = "second", "The second stands"
    THIRD = "third", "Another finding"


class Resolution(DeskRow):
    """What was decided on two findings that differ: which one stands, and why. ``verdict`` is the first of them.

    A third finding is a verdict of the person who resolves, which someone else has to agree with in their turn.
    """

    verdict: DeskForeignKey[Verdict, Verdict] = DeskForeignKey(Verdict, related_name="resolutions")
    stands = models.CharField(max_length=6, choices=Standing)
    standing: DeskForeignKey[Verdict, Verdict] = DeskForeignKey(Verdict, related_name="stands_by")
    note = models.TextField()
    resolved_by: MemberForeignKey[Person, Person] = MemberForeignKey()
    resolved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "verdict"], name="resolution_once"),
            models.CheckConstraint(condition=models.Q(stands__in=Standing.values), name="resolution_is_known"),
            models.CheckConstraint(condition=has_words("note"), name="resolution_has_note"),
        ]

    def __str__(self) -> str:
        return f"{self.get_stands_display()}, by {self.resolved_by}"


class Part(models.TextChoices):
    """What of a claim in review other words can be suggested for."""

    TEXT = "text", "the claim"
    RATIONALE = "rationale", "the rationale"


class Answer(models.TextChoices):
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class Suggestion(EditableRow):
    """Words that a second person proposes in the place of those ``before``. They count once the author accepts them,
    and are then the author's own."""

    verdict: DeskForeignKey[Verdict, Verdict] = DeskForeignKey(Verdict, related_name="suggestions")
    verdict_author: MemberForeignKey[Person, Person] = MemberForeignKey()
    part = models.CharField(max_length=9, choices=Part)
    before = models.TextField()
    words = models.TextField()
    suggested_by: MemberForeignKey[Person, Person] = MemberForeignKey()
    suggested_at = models.DateTimeField(auto_now_add=True)
    decision = models.CharField(max_length=8, choices=Answer, blank=True)
    decided_by: MemberForeignKey[Person | None, Person | None] = MemberForeignKey(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(part__in=Part.values), name="suggestion_part_is_known"),
            models.CheckConstraint(condition=has_words("words"), name="suggestion_has_words"),
            models.CheckConstraint(condition=~models.Q(words=models.F("before")), name="suggestion_says_otherwise"),
            models.CheckConstraint(
                condition=~models.Q(suggested_by=models.F("verdict_author")), name="suggestion_by_a_second_person"
            ),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | models.Q(
                    decision__in=Answer.values,
                    decided_by=models.F("verdict_author"),
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="suggestion_decided_by_the_author",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision=Answer.DECLINED) | has_words("reason"),
                name="suggestion_declined_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["desk", "verdict"], name="suggestion_of_verdict")]

    def __str__(self) -> str:
        return self.words
