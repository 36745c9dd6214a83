from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from articles.models.article import Article, ArticleVersion, Method, Original
from articles.models.base import DeskForeignKey, EditableRow
from articles.models.fields import MemberForeignKey

if TYPE_CHECKING:
    from articles.models.person import Person


class ArrivalState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    ADDED = "added", "Added"
    DISCARDED = "discarded", "Discarded"


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def waiting(self) -> ArrivalQuerySet:
        return self.filter(state=ArrivalState.WAITING)


class Arrival(EditableRow):
    """An article on its way in: what came, what was read in it, and what people corrected of that.

    It is unread as long as it has neither a ``draft`` nor the sentence of a ``failure``. A draft is read once and never
    changed; ``corrections`` and ``details`` lie over it until a version is made of all three.
    """

    original: DeskForeignKey[Original, Original] = DeskForeignKey(Original, related_name="arrivals")
    article: DeskForeignKey[Article | None, Article | None] = DeskForeignKey(
        Article, null=True, related_name="arrivals", help_text="the article whose next version it is meant to be"
    )
    batch = models.UUIDField(help_text="the same for what came together")
    method = models.CharField(max_length=7, choices=Method)
    filename = models.CharField(max_length=255, blank=True)
    address = models.CharField(max_length=2000, blank=True)
    media_type = models.CharField(max_length=100, blank=True, help_text="as it was declared")
    charset = models.CharField(max_length=40, blank=True, help_text="as it was declared")
    report = models.JSONField(default=list, help_text="notes on the way it came, as articles.intake.codec writes them")
    draft: models.JSONField[Any, Any] = models.JSONField(null=True, help_text="as articles.intake.codec writes it")
    failure = models.TextField(blank=True, help_text="the sentence that says why it could not be read")
    corrections = models.JSONField(default=list)
    details = models.JSONField(default=dict, help_text="what a person wrote over the guesses, by field")
    state = models.CharField(max_length=9, choices=ArrivalState, default=ArrivalState.WAITING)
    version: DeskForeignKey[ArticleVersion | None, ArticleVersion | None] = DeskForeignKey(
        ArticleVersion, null=True, related_name="arrivals"
    )
    arrived_by: MemberForeignKey[Person | None, Person | None] = MemberForeignKey(null=True)
    arrived_at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager.from_queryset(ArrivalQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ArrivalState.values), name="arrival_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=ArrivalState.ADDED, version__isnull=False)
                | (~Q(state=ArrivalState.ADDED) & Q(version__isnull=True)),
                name="arrival_added_has_version",
            ),
            models.CheckConstraint(condition=Q(draft__isnull=True) | Q(failure=""), name="arrival_read_or_failed"),
            models.CheckConstraint(
                condition=Q(draft__isnull=False) | Q(corrections=[]), name="arrival_corrections_of_a_draft"
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "-id"], condition=Q(state="waiting"), name="arrival_waiting"),
            models.Index(fields=["desk", "batch"], name="arrival_batch"),
            models.Index(fields=["desk", "version"], name="arrival_version"),
        ]

    def __str__(self) -> str:
        return self.filename or self.address or "Pasted text"

    @property
    def is_unread(self) -> bool:
        return self.draft is None and not self.failure

    @property
    def is_waiting(self) -> bool:
        return self.state == ArrivalState.WAITING
