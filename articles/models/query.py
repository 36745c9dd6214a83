from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from articles.models.base import DeskForeignKey, DeskRow, EditableRow
from articles.models.claim import Claim, Highlight
from articles.models.fields import MemberForeignKey, has_words
from articles.models.source import Source

if TYPE_CHECKING:
    from articles.models.person import Person


class Addressee(models.TextChoices):
    """To whom a query is put."""

    AUTHOR = "author", "The author"
    SOURCE = "source", "A source"
    COLLEAGUE = "colleague", "A colleague"


class QueryStatus(models.TextChoices):
    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"


UNCLOSED = (QueryStatus.OPEN, QueryStatus.ANSWERED)
"""Statuses in which somebody still has to do something."""


class AnswerMeans(models.TextChoices):
    """How an answer came."""

    HERE = "here", "Written here"
    PHONE = "phone", "By phone"
    EMAIL = "email", "By e-mail"
    IN_PERSON = "in_person", "In person"
    MESSAGE = "message", "By message"
    VIDEO = "video", "By video call"


class Query(EditableRow):
    """A question to the author of an article, to a source or to a colleague, about a claim or about marked words.

    ``highlight`` is the one that a person made, without a claim; in later versions another stands in its place.
    ``name`` says in words who the author is, or the source where it is none that the desk knows. What is asked stays as
    it is once it has been answered. ``status_reason`` are the words with which it was closed, or opened again.
    """

    CONTENT = ("addressee", "colleague", "source", "name", "question", "due")

    claim: DeskForeignKey[Claim | None, Claim | None] = DeskForeignKey(
        Claim, null=True, blank=True, related_name="queries"
    )
    highlight: DeskForeignKey[Highlight | None, Highlight | None] = DeskForeignKey(
        Highlight, null=True, blank=True, related_name="queries"
    )
    addressee = models.CharField(max_length=9, choices=Addressee)
    colleague: MemberForeignKey[Person | None, Person | None] = MemberForeignKey(null=True, blank=True)
    source: DeskForeignKey[Source | None, Source | None] = DeskForeignKey(
        Source, null=True, blank=True, related_name="queries"
    )
    name = models.CharField(max_length=200, blank=True)
    question = models.TextField()
    due = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=8, choices=QueryStatus, default=QueryStatus.OPEN)
    status_at = models.DateTimeField(auto_now_add=True)
    status_by: MemberForeignKey[Person, Person] = MemberForeignKey()
    status_reason = models.TextField(blank=True)
    asked_by: MemberForeignKey[Person, Person] = MemberForeignKey()
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "queries"
        constraints = [
            models.CheckConstraint(
                condition=Q(claim__isnull=True, highlight__isnull=False)
                | Q(claim__isnull=False, highlight__isnull=True),
                name="query_on_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(addressee=Addressee.AUTHOR, colleague__isnull=True, source__isnull=True)
                | Q(addressee=Addressee.COLLEAGUE, colleague__isnull=False, source__isnull=True, name="")
                | Q(addressee=Addressee.SOURCE, colleague__isnull=True, source__isnull=False, name="")
                | (Q(addressee=Addressee.SOURCE, colleague__isnull=True, source__isnull=True) & has_words("name")),
                name="query_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(colleague__isnull=True) | ~Q(colleague=models.F("asked_by")), name="query_to_another"
            ),
            models.CheckConstraint(condition=has_words("question"), name="query_has_question"),
            models.CheckConstraint(condition=Q(status__in=QueryStatus.values), name="query_status_is_known"),
        ]
        indexes = [
            models.Index(fields=["desk", "claim", "status"], name="query_of_claim"),
            models.Index(fields=["desk", "highlight", "status"], name="query_of_highlight"),
            models.Index(fields=["desk", "-id"], name="query_newest"),
            models.Index(fields=["desk", "status", "-id"], name="query_status_newest"),
            models.Index(fields=["desk", "addressee", "status", "-id"], name="query_addressee"),
            models.Index(fields=["desk", "colleague", "status", "-id"], name="query_colleague"),
            models.Index(fields=["desk", "asked_by", "status", "-id"], name="query_asked_by"),
            models.Index(
                fields=["desk", "due", "id"],
                condition=Q(status=QueryStatus.OPEN, due__isnull=False),
                name="query_due",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def to(self) -> str:
        """To whom it is put, in words."""
        if self.addressee == Addressee.AUTHOR:
            return f"{self.name}, the author" if self.name else "the author"
        return str(self.colleague or self.source or self.name)


class QueryAnswer(DeskRow):
    """What came back, as it was said and by whom it was written down. Several can follow each other."""

    query: DeskForeignKey[Query, Query] = DeskForeignKey(Query, related_name="answers")
    words = models.TextField()
    means = models.CharField(max_length=9, choices=AnswerMeans)
    given_on = models.DateField()
    recorded_by: MemberForeignKey[Person, Person] = MemberForeignKey()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=has_words("words"), name="answer_has_words"),
            models.CheckConstraint(condition=Q(means__in=AnswerMeans.values), name="answer_means_is_known"),
        ]
        indexes = [models.Index(fields=["desk", "query", "id"], name="answer_of_query")]

    def __str__(self) -> str:
        return self.words
