from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from articles.models.base import DeskForeignKey, DeskRow
from articles.models.claim import Claim
from articles.models.fields import MemberForeignKey, has_words

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
            models.UniqueConstraint(fields=["desk", "scale", "code"], name="rating_code_once"),
            models.UniqueConstraint(fields=["desk", "scale", "position"], name="rating_position_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Verdict(DeskRow):
    """One person's finding on a claim. It is given once and never edited; a change of mind is a new verdict."""

    claim: DeskForeignKey[Claim, Claim] = DeskForeignKey(Claim, related_name="verdicts")
    rating: DeskForeignKey[Rating, Rating] = DeskForeignKey(Rating, related_name="verdicts")
    rationale = models.TextField()
    searched = models.TextField(blank=True)
    missing = models.TextField(blank=True)
    author: MemberForeignKey[Person, Person] = MemberForeignKey()
    given_at = models.DateTimeField(auto_now_add=True)

    made_on: Sequence[ArticleVersion] = ()
    """The versions in which the claim stood then, where queries.versions.say_versions looked for them."""

    class Meta:
        constraints = [models.CheckConstraint(condition=has_words("rationale"), name="verdict_has_rationale")]
        indexes = [models.Index(fields=["desk", "claim", "id"], name="verdict_of_claim")]

    def __str__(self) -> str:
        return f"{self.rating}, by {self.author}"


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
