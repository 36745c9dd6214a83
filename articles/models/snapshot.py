from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from articles.models.article import Original
from articles.models.base import DeskForeignKey, EditableRow
from articles.models.fields import MemberForeignKey, has_words
from articles.models.source import Source

if TYPE_CHECKING:
    from articles.models.person import Person


class Means(models.TextChoices):
    """How a copy came to the desk."""

    FETCH = "fetch", "Fetched page"
    UPLOAD = "upload", "Uploaded file"
    SCREENSHOT = "screenshot", "Screenshot"
    PASTE = "paste", "Pasted text"


class Outcome(models.TextChoices):
    """What came of it. Only the first and the third are copies."""

    KEPT = "kept", "Kept"
    SAME = "same", "The page says the same"
    DIFFERS = "differs", "The page says something else"
    FAILED = "failed", "Not reached"


COPIES = (Outcome.KEPT, Outcome.DIFFERS)


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def copies(self) -> SnapshotQuerySet:
        return self.filter(outcome__in=COPIES)

    def kept(self) -> SnapshotQuerySet:
        """The copies that a person asked for: what the checker saw."""
        return self.filter(outcome=Outcome.KEPT)


class Snapshot(EditableRow):
    """One try to keep what a source says: the copy with its bytes, or the sentence that says why there is none.

    A page that is fetched once more is compared with the newest ``kept`` fetch, ``compared_with``; what it then says is
    kept only where it ``differs``. ``text`` is what could be read in the bytes, without the furniture of a page.
    Nothing of it ever changes but the source, where two that were double became one.
    """

    source: DeskForeignKey[Source, Source] = DeskForeignKey(Source, related_name="snapshots")
    means = models.CharField(max_length=10, choices=Means)
    outcome = models.CharField(max_length=7, choices=Outcome)
    original: DeskForeignKey[Original | None, Original | None] = DeskForeignKey(
        Original, null=True, related_name="snapshots"
    )
    filename = models.CharField(max_length=255, blank=True)
    media_type = models.CharField(max_length=100, blank=True, help_text="as it was declared")
    text = models.TextField(blank=True)
    unreadable = models.TextField(blank=True, help_text="the sentence that says why there is no text")
    asked = models.CharField(max_length=2000, blank=True, help_text="the address that was asked for")
    reached = models.CharField(max_length=2000, blank=True, help_text="the address that answered")
    failure = models.TextField(blank=True, help_text="the sentence that says why there is no copy")
    compared_with: DeskForeignKey[Snapshot | None, Snapshot | None] = DeskForeignKey(
        "self", null=True, related_name="checks"
    )
    kept_by: MemberForeignKey[Person, Person] = MemberForeignKey()
    kept_at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager.from_queryset(SnapshotQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(means__in=Means.values), name="snapshot_means_is_known"),
            models.CheckConstraint(
                condition=Q(outcome__in=COPIES, original__isnull=False)
                | (~Q(outcome__in=COPIES) & Q(original=None, text="")),
                name="snapshot_copy_has_bytes",
            ),
            models.CheckConstraint(
                condition=(Q(outcome=Outcome.FAILED) & has_words("failure"))
                | (~Q(outcome=Outcome.FAILED) & Q(failure="")),
                name="snapshot_failure_says_why",
            ),
            models.CheckConstraint(
                condition=Q(compared_with=None, outcome__in=(Outcome.KEPT, Outcome.FAILED))
                | Q(compared_with__isnull=False, outcome__in=(Outcome.SAME, Outcome.DIFFERS)),
                name="snapshot_check_has_its_copy",
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "source", "-id"], name="snapshot_of_source"),
            models.Index(fields=["desk", "source", "id"], condition=Q(outcome="differs"), name="snapshot_differs"),
        ]

    def __str__(self) -> str:
        return self.filename or self.reached or self.get_means_display()

    @property
    def is_copy(self) -> bool:
        return self.outcome in COPIES
