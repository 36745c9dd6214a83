from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from articles.models.article import Article
from articles.models.base import PARTIAL_DATE, DeskForeignKey, EditableRow
from articles.models.fields import MemberForeignKey, PartialDateField, has_words, set_together
from articles.text.addresses import key

if TYPE_CHECKING:
    from typing import Any

    from articles.models.origin import Origin
    from articles.models.person import Person


WORDS_OF_SOURCE = SearchVector("title", "author", "container", "publisher", "number", "url", config="simple")


class SourceKind(models.TextChoices):
    """Types of the Citation Style Language, in the words of a newsroom."""

    NEWS = "article-newspaper", "News article"
    WEBPAGE = "webpage", "Web page"
    REPORT = "report", "Report"
    DATASET = "dataset", "Dataset"
    DOCUMENT = "document", "Document or record"
    JOURNAL = "article-journal", "Journal article"
    BOOK = "book", "Book"
    LEGISLATION = "legislation", "Law"
    LEGAL_CASE = "legal_case", "Court decision"
    HEARING = "hearing", "Hearing"
    POST = "post", "Post"
    BLOG = "post-weblog", "Blog post"
    BROADCAST = "broadcast", "Broadcast"
    VIDEO = "motion_picture", "Video"
    IMAGE = "graphic", "Image"
    MAP = "map", "Map"
    INTERVIEW = "interview", "Interview"
    PERSONAL = "personal_communication", "Letter, message or call"


CONVERSATIONS = (SourceKind.INTERVIEW, SourceKind.PERSONAL)
"""What was said to the desk, and is nowhere to be read: how it was said matters."""


class Reached(models.TextChoices):
    """How a person was reached."""

    PHONE = "phone", "By phone"
    EMAIL = "email", "By e-mail"
    IN_PERSON = "in_person", "In person"
    MESSAGE = "message", "By message"
    VIDEO = "video", "By video call"


class Terms(models.TextChoices):
    """What was agreed on how it may be used."""

    ON_RECORD = "on_record", "On the record"
    BACKGROUND = "background", "On background"
    OFF_RECORD = "off_record", "Off the record"


NOT_NAMED = {Terms.BACKGROUND: "A source on background", Terms.OFF_RECORD: "A source off the record"}
"""What stands, wherever a source leaves the desk, instead of whoever spoke on these terms."""


class SourceQuerySet(models.QuerySet["Source"]):
    def standing(self) -> SourceQuerySet:
        """Those that are not part of another by now. A withdrawn source stands, too: it is to be seen."""
        return self.filter(merged_into=None)

    def usable(self) -> SourceQuerySet:
        """Those that new evidence can be taken from."""
        return self.standing().filter(withdrawn_at=None)


class Source(EditableRow):
    """A citable work, record or person. A stored article that is cited has one source of its own.

    ``container`` is what it appeared in: an outlet, a journal, a series, a site. Of a conversation ``author`` is the
    person who spoke. ``origin`` is where it has it from. One that turned out to be double is ``merged_into`` another,
    and stays as what leads there.
    """

    CONTENT = (
        *("title", "author", "kind", "container", "publisher", "published", "url", "accessed_on", "number"),
        *("archive", "medium", "reached", "terms", "note"),
    )
    STATE: ClassVar[tuple[str, ...]] = ("merged_into", "withdrawn_at", "withdrawn_by", "withdrawn_reason")

    title = models.CharField(max_length=300)
    author = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=22, choices=SourceKind, default=SourceKind.NEWS)
    container = models.CharField("appeared in", max_length=200, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    published = PartialDateField()
    url = models.URLField("URL", max_length=2000, blank=True)
    url_key = models.CharField(max_length=32, blank=True, editable=False, help_text="the same for the same page")
    accessed_on = models.DateField(null=True, blank=True)
    number = models.CharField("DOI or number", max_length=200, blank=True)
    archive = models.CharField("kept at", max_length=200, blank=True)
    medium = models.CharField(max_length=100, blank=True)
    reached = models.CharField("how reached", max_length=9, choices=Reached, blank=True)
    terms = models.CharField("on what terms", max_length=10, choices=Terms, blank=True)
    note = models.TextField(blank=True)
    article: DeskForeignKey[Article | None, Article | None] = DeskForeignKey(
        Article, null=True, blank=True, related_name="sources"
    )
    origin: DeskForeignKey[Origin | None, Origin | None] = DeskForeignKey(
        "articles.Origin", null=True, blank=True, related_name="sources", db_index=False
    )
    merged_into: DeskForeignKey[Source | None, Source | None] = DeskForeignKey(
        "self", null=True, blank=True, related_name="doubles"
    )
    withdrawn_by: MemberForeignKey[Person | None, Person | None] = MemberForeignKey(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    made_by: MemberForeignKey[Person, Person] = MemberForeignKey()
    made_at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager.from_queryset(SourceQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "article"], name="one_source_per_article"),
            models.CheckConstraint(
                condition=Q(published="") | Q(published__regex=PARTIAL_DATE),
                name="source_date_is_partial_iso",
            ),
            models.CheckConstraint(condition=has_words("title"), name="source_has_title"),
            models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="source_kind_is_known"),
            models.CheckConstraint(
                condition=Q(reached__in=["", *Reached.values]) & Q(terms__in=["", *Terms.values]),
                name="source_conversation_is_known",
            ),
            models.CheckConstraint(
                condition=set_together("withdrawn_at", "withdrawn_by"), name="source_withdrawn_by_someone"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & has_words("withdrawn_reason")),
                name="source_withdrawn_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("id")), name="source_merged_into_another"
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "-id"], name="source_newest"),
            models.Index(fields=["desk", "-id"], condition=Q(withdrawn_at__isnull=False), name="source_withdrawn"),
            models.Index(fields=["desk", "url_key"], condition=~Q(url_key=""), name="source_address"),
            models.Index("desk", Lower("title"), name="source_same_title"),
            models.Index(fields=["desk", "origin", "-id"], condition=Q(origin__isnull=False), name="source_traced"),
            GinIndex(WORDS_OF_SOURCE, name="source_search"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, **options: Any) -> None:
        self.url_key = key(self.url)
        names = options.get("update_fields")
        if names is not None and "url" in names:
            options["update_fields"] = [*names, "url_key"]
        super().save(**options)

    @property
    def is_conversation(self) -> bool:
        return self.kind in CONVERSATIONS

    @property
    def is_usable(self) -> bool:
        return self.merged_into_id is None and self.withdrawn_at is None

    @property
    def credit(self) -> str:
        """Who wrote or said it and where it appeared: "Ida Falk, Orm Valley Courier"."""
        return ", ".join(dict.fromkeys(filter(None, (self.author, self.container or self.publisher))))
