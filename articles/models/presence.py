from __future__ import annotations

from django.db import models


class Presence(models.Model):
    """Where in an article a person is, as their page last said.

    It is no record: it has no event, one row for each person and article is written over again and again, and the table
    is unlogged, so that it costs no wait for the disk and is empty after a crash of the database.
    """

    pk = models.CompositePrimaryKey("desk_id", "article_id", "person_id")
    desk_id = models.UUIDField()
    article_id = models.UUIDField()
    person_id = models.UUIDField()
    block = models.PositiveIntegerField(help_text="where the block begins that is read, in code points")
    claim_id = models.UUIDField(null=True, help_text="the claim in hand")
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} at {self.block}"
