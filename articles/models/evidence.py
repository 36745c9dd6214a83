from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models

from articles.models.article import Article
from articles.models.base import PARTIAL_DATE, DeskForeignKey, EditableRow
from articles.models.claim import Claim, Highlight
from articles.models.fields import MemberForeignKey, PartialDateField, has_words, set_together

if TYPE_CHECKING:
    from articles.models.person import Person


WORDS_OF_SOURCE = SearchVector("title", "author", "url", config="simple")


class SourceKind(models.TextChoices):
    NEWS = "news", "News article"
    REPORT = "report", "Report"
    DATASET = "dataset", "Dataset"
    DOCUMENT = "document", "Document or record"
    LEGISLATION = "legislation", "Law or ruling"
    POST = "post", "Post"
    BROADCAST = "broadcast", "Broadcast"
    IMAGE = "image", "Image or video"
    INTERVIEW = "interview", "Interview"
    OTHER = "other", "Other"


class Source(EditableRow):
    """A citable work, record or person. A stored article that is cited has one source of its own."""

    CONTENT = ("title", "author", "kind", "url", "published", "accessed_on")

    title = models.CharField(max_length=300)
    author = models.CharField("outlet or author", max_length=200, blank=True)
    kind = models.CharField(max_length=11, choices=SourceKind, default=SourceKind.NEWS)
    url = models.URLField("URL", max_length=2000, blank=True)
    published = PartialDateField()
    accessed_on = models.DateField(null=True, blank=True)
    article: DeskForeignKey[Article | None, Article | None] = DeskForeignKey(
        Article, null=True, blank=True, related_name="sources"
    )
    made_by: MemberForeignKey[Person, Person] = MemberForeignKey()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "article"], name="one_source_per_article"),
            models.CheckConstraint(
                condition=models.Q(published="") | models.Q(published__regex=PARTIAL_DATE),
                name="source_date_is_partial_iso",
            ),
            models.CheckConstraint(condition=has_words("title"), name="source_has_title"),
        ]
        indexes = [
            models.Index(fields=["desk", "-id"], name="source_newest"),
            GinIndex(WORDS_OF_SOURCE, name="source_search"),
        ]

    def __str__(self) -> str:
        return self.title


class Stance(models.TextChoices):
    SUPPORTS = "supports", "Supports"
    REFUTES = "refutes", "Refutes"
    CONTEXT = "context", "Context"


class EvidenceKind(models.TextChoices):
    PRIMARY = "primary", "Primary"
    SECONDARY = "secondary", "Secondary"
    EXPERT = "expert", "Expert"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def in_force(self) -> EvidenceQuerySet:
        return self.filter(withdrawn_at=None)


class Evidence(EditableRow):
    """What one source says for or against one claim."""

    CONTENT = ("stance", "quote", "locator", "kind", "note")

    claim: DeskForeignKey[Claim, Claim] = DeskForeignKey(Claim, related_name="evidence")
    source: DeskForeignKey[Source, Source] = DeskForeignKey(Source, related_name="evidence")
    highlight: DeskForeignKey[Highlight | None, Highlight | None] = DeskForeignKey(
        Highlight, null=True, blank=True, related_name="evidence"
    )
    stance = models.CharField(max_length=8, choices=Stance)
    quote = models.TextField(blank=True)
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
            models.CheckConstraint(condition=models.Q(stance__in=Stance.values), name="evidence_stance_is_known"),
            models.CheckConstraint(condition=has_words("quote") | has_words("note"), name="evidence_says_something"),
            models.CheckConstraint(
                condition=set_together("withdrawn_at", "withdrawn_by"),
                name="evidence_withdrawn_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.quote or self.note
