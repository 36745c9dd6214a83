from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from articles.models.base import DeskForeignKey, DeskRow
from articles.models.claim import Claim
from articles.models.fields import MemberForeignKey
from articles.models.query import Query

if TYPE_CHECKING:
    from articles.models.person import Person


class NoticeKind(models.TextChoices):
    """Why a person is told."""

    ASSIGNED = "assigned", "Assigned to you"
    RETURNED = "returned", "Returned"
    APPROVED = "approved", "Approved"
    VOIDED = "voided", "Taken back from review"
    REOPENED = "reopened", "Reopened"
    ASIDE = "aside", "Set aside"
    DUE = "due", "Due"
    ASKED = "asked", "Asked of you"
    ANSWERED = "answered", "Answered"
    RESOLVED = "resolved", "Another finding stands"


class Notice(DeskRow):
    """What one person is told: the event of that number concerns them, or the day on which a claim is due has come.
    It is about a claim, or about a query.

    It is made in the transaction of its event and never for the one who acted. It is no editorial state: whether it was
    read has no event, and nothing is decided from it. Of a change of many claims at once a person has one notice, about
    the first of their ``claims``.
    """

    person: MemberForeignKey[Person, Person] = MemberForeignKey()
    claim: DeskForeignKey[Claim | None, Claim | None] = DeskForeignKey(Claim, null=True, related_name="notices")
    query: DeskForeignKey[Query | None, Query | None] = DeskForeignKey(Query, null=True, related_name="notices")
    kind = models.CharField(max_length=8, choices=NoticeKind)
    number = models.PositiveBigIntegerField(null=True, help_text="of the event; none tells of a day that came")
    due = models.DateField(null=True, help_text="the day that came")
    claims = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=NoticeKind.values), name="notice_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(kind=NoticeKind.DUE, due__isnull=False, number__isnull=True)
                | (~models.Q(kind=NoticeKind.DUE) & models.Q(due__isnull=True, number__isnull=False)),
                name="notice_tells_of_something",
            ),
            models.CheckConstraint(
                condition=models.Q(claim__isnull=True, query__isnull=False)
                | models.Q(claim__isnull=False, query__isnull=True),
                name="notice_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["desk", "person", "claim", "due"],
                condition=models.Q(kind=NoticeKind.DUE),
                name="notice_of_a_day_once",
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "person", "-id"], name="notice_newest"),
            models.Index(
                fields=["desk", "person", "-id"], condition=models.Q(read_at__isnull=True), name="notice_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.claim_id or self.query_id}"

    @property
    def about(self) -> Claim | Query | None:
        return self.claim or self.query
