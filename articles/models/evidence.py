from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from articles.models.base import DeskForeignKey, EditableRow
from articles.models.claim import Claim, Highlight
from articles.models.fields import MemberForeignKey, has_words, set_together
from articles.models.source import Source

if TYPE_CHECKING:
    from articles.models.person import Person


class Stance(models.TextChoices):
    SUPPORTS = "supports", "Supports"
    REFUTES = "refutes", "Refutes"
    CONTEXT = "context", "Context"


class EvidenceKind(models.TextChoices):
    PRIMARY = "primary", "Primary"
    SECONDARY = "secondary", "Secondary"
    EXPERT = "expert", "Expert"


class LocatorKind(models.TextChoices):
    """What a locator counts or names, as the Citation Style Language calls it."""

    PAGE = "page", "Page"
    PARAGRAPH = "paragraph", "Paragraph"
    SECTION = "section", "Section"
    TIMESTAMP = "timestamp", "Time in the recording"
    TABLE = "table", "Table or cell"


ABBREVIATED = {
    LocatorKind.PAGE: "p. {}",
    LocatorKind.PARAGRAPH: "¶ {}",
    LocatorKind.SECTION: "section {}",
    LocatorKind.TIMESTAMP: "at {}",
    LocatorKind.TABLE: "table {}",
}


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def in_force(self) -> EvidenceQuerySet:
        return self.filter(withdrawn_at=None)

    def sound(self) -> EvidenceQuerySet:
        """What a verdict can rest on: the source is not withdrawn either."""
        return self.in_force().filter(source__withdrawn_at=None)


class Evidence(EditableRow):
    """What one source says for or against one claim, and where in the source it says so."""

    CONTENT = ("stance", "quote", "locator_kind", "locator", "kind", "note")

    claim: DeskForeignKey[Claim, Claim] = DeskForeignKey(Claim, related_name="evidence")
    source: DeskForeignKey[Source, Source] = DeskForeignKey(Source, related_name="evidence")
    highlight: DeskForeignKey[Highlight | None, Highlight | None] = DeskForeignKey(
        Highlight, null=True, blank=True, related_name="evidence"
    )
    stance = models.CharField(max_length=8, choices=Stance)
    quote = models.TextField(blank=True)
    locator_kind = models.CharField(max_length=9, choices=LocatorKind, blank=True)
    locator = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=9, choices=EvidenceKind, default=EvidenceKind.SECONDARY)
    note = models.TextField(blank=True)
    made_by: MemberForeignKey[Person, Person] = MemberForeignKey()
    made_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by: MemberForeignKey[Person | None, Person | None] = MemberForeignKey(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="evidence_stance_is_known"),
            models.CheckConstraint(
                condition=Q(locator_kind="") | (Q(locator_kind__in=LocatorKind.values) & has_words("locator")),
                name="evidence_locator_has_a_value",
            ),
            models.CheckConstraint(condition=has_words("quote") | has_words("note"), name="evidence_says_something"),
            models.CheckConstraint(
                condition=set_together("withdrawn_at", "withdrawn_by"),
                name="evidence_withdrawn_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.quote or self.note

    @property
    def where(self) -> str:
        """The locator in words: "p. 12", "¶ 4", "at 1:02:33"; as it was written where it has no kind."""
        return ABBREVIATED[LocatorKind(self.locator_kind)].format(self.locator) if self.locator_kind else self.locator
