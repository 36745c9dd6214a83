from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from articles.models.article import Article, Story
from articles.models.base import DeskForeignKey, DeskRow
from articles.models.fields import MemberForeignKey, has_words

if TYPE_CHECKING:
    from articles.models.person import Person


class ClaimSheet(DeskRow):
    """The record of one article's or one story's claims; what leaves the house are its editions."""

    article: DeskForeignKey[Article | None, Article | None] = DeskForeignKey(
        Article, null=True, blank=True, related_name="sheets"
    )
    story: DeskForeignKey[Story | None, Story | None] = DeskForeignKey(
        Story, null=True, blank=True, related_name="sheets"
    )
    opened_by: MemberForeignKey[Person, Person] = MemberForeignKey()
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article__isnull=True) ^ models.Q(story__isnull=True),
                name="sheet_of_article_or_story",
            ),
            models.UniqueConstraint(fields=["desk", "article"], name="one_sheet_per_article"),
            models.UniqueConstraint(fields=["desk", "story"], name="one_sheet_per_story"),
        ]

    def __str__(self) -> str:
        return str(self.article or self.story)


class SheetEdition(DeskRow):
    """One numbered, frozen and signed-off state of a sheet.

    ``content`` is canonical JSON text and ``digest`` the SHA-256 of its UTF-8 bytes in hexadecimal. The head of
    the desk's history at that moment (``chain_number``, ``chain_hash``) is the outside anchor of the hash chain.
    """

    sheet: DeskForeignKey[ClaimSheet, ClaimSheet] = DeskForeignKey(ClaimSheet, related_name="editions")
    number = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True, help_text="why it supersedes the edition before")
    chain_number = models.PositiveBigIntegerField()
    chain_hash = models.CharField(max_length=64)
    signed_by: MemberForeignKey[Person, Person] = MemberForeignKey()
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "sheet", "number"], name="edition_number_once"),
            models.CheckConstraint(condition=models.Q(number=1) | has_words("reason"), name="later_edition_has_reason"),
        ]
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"edition {self.number}"


class SheetFile(DeskRow):
    """The bytes of one download, kept when the edition was signed off, so that they never change."""

    edition: DeskForeignKey[SheetEdition, SheetEdition] = DeskForeignKey(SheetEdition, related_name="files")
    format = models.SlugField(max_length=10)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "edition", "format"], name="file_format_once")]

    def __str__(self) -> str:
        return f"{self.format} {self.sha256[:12]}"
