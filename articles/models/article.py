from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models.functions import MD5, Left, Lower

from articles.models.base import PARTIAL_DATE, DeskForeignKey, DeskRow, EditableRow
from articles.models.fields import MemberForeignKey, PartialDateField

if TYPE_CHECKING:
    from articles.models.person import Person


# Searched by words; "simple" because a desk reads many languages. A search vector holds at most one megabyte, so of a
# text only the first 100,000 characters are found.
WORDS_OF_ARTICLE = SearchVector("headline", "byline", config="simple")
WORDS_OF_VERSION = SearchVector(Left("text", 100_000), config="simple")
HASH_OF_ADDRESS = MD5("url")


class Outlet(EditableRow):
    """Who published an article."""

    CONTENT = ("name",)

    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint("desk", Lower("name"), name="outlet_name_once_per_desk")]

    def __str__(self) -> str:
        return self.name


class Story(EditableRow):
    """The event that several articles report."""

    CONTENT = ("title",)

    title = models.CharField(max_length=200)
    opened_by: models.ForeignKey[Person | None, Person | None] = MemberForeignKey(null=True)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        return self.title


class Article(EditableRow):
    """One work of one outlet. It keeps its identity while its text goes through versions."""

    CONTENT = ("headline", "outlet", "byline", "published", "updated", "language", "url", "story")

    headline = models.CharField(max_length=300)
    outlet: DeskForeignKey[Outlet, Outlet] = DeskForeignKey(Outlet, related_name="articles")
    byline = models.CharField(max_length=200, blank=True)
    published = PartialDateField()
    updated = PartialDateField()
    language = models.CharField(max_length=35, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    story: DeskForeignKey[Story | None, Story | None] = DeskForeignKey(
        Story, null=True, blank=True, related_name="articles"
    )
    added_by: MemberForeignKey[Person | None, Person | None] = MemberForeignKey(null=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published="") | models.Q(published__regex=PARTIAL_DATE),
                name="article_date_is_partial_iso",
            ),
            models.CheckConstraint(
                condition=models.Q(updated="") | models.Q(updated__regex=PARTIAL_DATE),
                name="article_update_is_partial_iso",
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "-id"], name="article_newest"),
            models.Index(fields=["desk", "outlet"], name="article_outlet"),
            models.Index(fields=["desk", "story"], name="article_story"),
            # An address can be longer than an entry of an index.
            models.Index("desk", HASH_OF_ADDRESS, name="article_address"),
            GinIndex(WORDS_OF_ARTICLE, name="article_search"),
        ]

    def __str__(self) -> str:
        return self.headline


class Original(DeskRow):
    """The bytes as they arrived, kept for ever."""

    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="bytes")
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255, blank=True)
    content = models.BinaryField()
    kept_by: MemberForeignKey[Person | None, Person | None] = MemberForeignKey(null=True)
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "sha256"], name="original_once_per_desk")]

    def __str__(self) -> str:
        return self.name or self.sha256[:12]


class Method(models.TextChoices):
    PASTE = "paste", "Pasted"
    UPLOAD = "upload", "Uploaded file"
    COMMAND = "command", "Imported by command"
    FETCH = "fetch", "Fetched from its address"


class ArticleVersion(EditableRow):
    """One frozen text of an article, numbered. Only the kinds of its blocks can be corrected."""

    article: DeskForeignKey[Article, Article] = DeskForeignKey(Article, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    policy = models.PositiveSmallIntegerField(help_text="version of the text policy that made the text")
    kinds = ArrayField(models.CharField(max_length=12))
    links = models.JSONField(default=list, help_text="[start, end, target] in code points of the text")
    pages = models.JSONField(default=list, help_text="[start, name]: from there on the text stands on that page")
    direction = models.CharField(max_length=3, blank=True, help_text="ltr or rtl; empty when unknown")
    report = models.JSONField(default=list, help_text="sentences about what was guessed, removed or replaced")
    original: DeskForeignKey[Original, Original] = DeskForeignKey(Original, related_name="versions")
    method = models.CharField(max_length=7, choices=Method)
    taken_by: MemberForeignKey[Person | None, Person | None] = MemberForeignKey(null=True)
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "article", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=models.Q(direction__in=("", "ltr", "rtl")), name="version_direction_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "text_sha256"], name="version_same_text"),
            GinIndex(WORDS_OF_VERSION, name="version_search"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"
