from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models

from articles.models.base import DeskRow


class AuditEvent(DeskRow):
    """One line of a desk's permanent history. Only the SQL function ``append_event`` writes here.

    ``canonical`` is the text that is hashed: ``hash = sha256(previous hash || canonical)``. Every other column
    repeats what it says, so that verifying can re-derive them. There are no foreign keys: an event outlives
    what it tells of.
    """

    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    action = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    data = models.JSONField()
    request_id = models.UUIDField(null=True)
    canonical = models.TextField()
    hash = models.BinaryField(max_length=32)

    DoesNotChange: ClassVar[str] = "An event is never changed or deleted; record a new one."

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "number"], name="event_number_once"),
            models.UniqueConstraint(fields=["desk", "request_id"], name="event_request_once"),
        ]
        indexes = [
            models.Index(fields=["desk", "subject_id", "number"], name="event_subject"),
            models.Index(fields=["desk", "actor_id", "-number"], name="event_actor_newest"),
            models.Index(fields=["desk", "at", "number"], name="event_day"),
            models.Index(fields=["desk", "subject_kind", "at", "number"], name="event_kind"),
            models.Index(fields=["desk", "actor_id", "at", "number"], name="event_actor_day"),
            models.Index(fields=["desk", "actor_id", "subject_kind", "at", "number"], name="event_actor_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(self.DoesNotChange)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(self.DoesNotChange)


class ChainHead(models.Model):
    """The last link of a desk's history; the row whose lock puts the desk's events in order."""

    desk = models.OneToOneField("articles.Desk", on_delete=models.PROTECT, primary_key=True, related_name="chain_head")
    number = models.PositiveBigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.number)
