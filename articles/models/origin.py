from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from articles.models.base import DeskForeignKey, EditableRow
from articles.models.claim import Claim
from articles.models.fields import MemberForeignKey, set_together

if TYPE_CHECKING:
    from articles.models.person import Person

WORDS_OF_ORIGIN = SearchVector("name", config="simple")


class OriginKind(models.TextChoices):
    DISPATCH = "dispatch", "Wire dispatch"
    AUTHORITY = "authority", "Ministry or authority"
    WITNESS = "witness", "Eyewitness"
    OUTLET = "outlet", "Another outlet"
    DOCUMENT = "document", "Document or data"
    STATEMENT = "statement", "Press conference or statement"
    OTHER = "other", "Other"


class OriginQuerySet(models.QuerySet["Origin"]):
    def standing(self) -> OriginQuerySet:
        """Those that are not part of another by now."""
        return self.filter(merged_into=None)


class Origin(EditableRow):
    """The root of a report, or a station on the way to it: a dispatch that ``comes_from`` a ministry's statement.

    Reports whose ways end in the same origin have one origin. One that turned out to be double is ``merged_into``
    another: whatever comes from it then comes from that one, and keeps its own reference, so that it can be taken back.
    """

    CONTENT = ("name", "kind", "note", "comes_from")

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=9, choices=OriginKind, default=OriginKind.OTHER)
    note = models.TextField(blank=True)
    comes_from: DeskForeignKey[Origin | None, Origin | None] = DeskForeignKey(
        "self", null=True, blank=True, related_name="passed_on_as"
    )
    merged_into: DeskForeignKey[Origin | None, Origin | None] = DeskForeignKey(
        "self", null=True, blank=True, related_name="doubles"
    )
    made_by: MemberForeignKey[Person, Person] = MemberForeignKey()
    made_at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager.from_queryset(OriginQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint("desk", Lower("name"), name="origin_name_once_per_desk"),
            models.CheckConstraint(condition=Q(name__regex=r"^\S+( \S+)*$"), name="origin_name_is_tidy"),
            models.CheckConstraint(condition=Q(kind__in=OriginKind.values), name="origin_kind_is_known"),
            models.CheckConstraint(
                condition=(Q(comes_from=None) | ~Q(comes_from=F("id")))
                & (Q(merged_into=None) | ~Q(merged_into=F("id"))),
                name="origin_leads_to_another",
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "-id"], name="origin_newest"),
            GinIndex(WORDS_OF_ORIGIN, name="origin_search"),
        ]

    def __str__(self) -> str:
        return self.name


class Dismissal(EditableRow):
    """What a person says to the proposal that places of one claim have one origin: they are no copies of each other.

    ``key`` stands for just these places, so that one more is proposed anew.
    """

    claim: DeskForeignKey[Claim, Claim] = DeskForeignKey(Claim, related_name="dismissals")
    key = models.CharField(max_length=64)
    made_by: MemberForeignKey[Person, Person] = MemberForeignKey()
    made_at = models.DateTimeField(auto_now_add=True)
    taken_back_by: MemberForeignKey[Person | None, Person | None] = MemberForeignKey(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "claim", "key"], condition=Q(taken_back_at=None), name="dismissal_said_once"
            ),
            models.CheckConstraint(
                condition=set_together("taken_back_at", "taken_back_by"), name="dismissal_taken_back_by_someone"
            ),
        ]

    def __str__(self) -> str:
        return f"Not the same copy: {self.claim}"
