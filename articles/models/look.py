from __future__ import annotations

from django.db import models


class LastLook(models.Model):
    """Up to which event a person has seen what happened on a desk. Like ``Presence`` it has no event."""

    pk = models.CompositePrimaryKey("desk_id", "person_id")
    desk_id = models.UUIDField()
    person_id = models.UUIDField()
    number = models.PositiveBigIntegerField()
    looked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} up to {self.number}"
