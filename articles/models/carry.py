from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from articles.models.article import ArticleVersion
from articles.models.base import DeskForeignKey, EditableRow
from articles.models.claim import Highlight
from articles.models.fields import MemberForeignKey, set_together
from articles.text.anchoring import Outcome

if TYPE_CHECKING:
    from articles.models.person import Person


OUTCOMES = [(outcome.value, outcome.value.capitalize()) for outcome in Outcome]


class Decision(models.TextChoices):
    """What was decided on a highlight in a later version; empty while it waits for a person."""

    CARRIED = "carried", "Carried"
    GONE = "gone", "Gone"
    OVERTAKEN = "overtaken", "Overtaken by a later version"


class CarryQuerySet(models.QuerySet["Carry"]):
    def waiting(self) -> CarryQuerySet:
        return self.filter(decision="")


class Carry(EditableRow):
    """What becomes of one highlight in a later version of its article.

    The text decides by itself only where the quoted words are identical and the place is certain. Everything else is
    a proposal, ``[start, end)`` in the later version and ``candidates`` besides, and waits for a person. ``changes``
    are the changes of meaning between the old words and the proposed ones, or in the sentence around them.
    """

    highlight: DeskForeignKey[Highlight, Highlight] = DeskForeignKey(Highlight, related_name="carries")
    version: DeskForeignKey[ArticleVersion, ArticleVersion] = DeskForeignKey(ArticleVersion, related_name="carries")
    outcome = models.CharField(max_length=9, choices=OUTCOMES)
    method = models.CharField(max_length=10)
    score = models.FloatField(null=True, help_text="0 to 1; none where nothing was compared")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    candidates = models.JSONField(default=list, help_text="[start, end] of every possible place, in text order")
    changes = models.JSONField(default=list, help_text="[kind, old words, new words, around] of each change of meaning")
    decision = models.CharField(max_length=9, choices=Decision, blank=True)
    decided_by: MemberForeignKey[Person | None, Person | None] = MemberForeignKey(null=True)
    decided_at = models.DateTimeField(null=True)
    became: DeskForeignKey[Highlight | None, Highlight | None] = DeskForeignKey(
        Highlight, null=True, related_name="came_by"
    )

    objects = CarryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "carries"
        constraints = [
            models.UniqueConstraint(fields=["desk", "highlight", "version"], name="carry_once_per_version"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=[value for value, _ in OUTCOMES]), name="carry_outcome_is_known"
            ),
            models.CheckConstraint(condition=set_together("start", "end"), name="carry_proposes_a_span"),
            models.CheckConstraint(
                condition=models.Q(start__isnull=True) | models.Q(start__lt=models.F("end")),
                name="carry_proposes_some_words",
            ),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | models.Q(decision__in=Decision.values, decided_at__isnull=False),
                name="carry_decided_at_some_time",
            ),
            models.CheckConstraint(
                condition=models.Q(decision=Decision.CARRIED, became__isnull=False)
                | (~models.Q(decision=Decision.CARRIED) & models.Q(became__isnull=True)),
                name="carry_leads_to_a_highlight",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=False)
                | models.Q(decision__in=["", Decision.OVERTAKEN])
                | models.Q(decision=Decision.CARRIED, outcome=Outcome.ANCHORED.value),
                name="carry_by_itself_only_where_certain",
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "version"], name="carry_of_version"),
            models.Index(fields=["desk", "id"], condition=models.Q(decision=""), name="carry_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.highlight} in {self.version}"
