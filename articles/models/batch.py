from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from articles.models.base import DeskRow
from articles.models.fields import MemberForeignKey

if TYPE_CHECKING:
    from articles.models.person import Person


class BatchKind(models.TextChoices):
    """What is changed of many claims at once; never what was found about them."""

    ASSIGN = "assign", "Assign"
    DUE = "due", "Set a due date"
    PRIORITY = "priority", "Set the priority"
    ASIDE = "aside", "Set aside"


class Batch(DeskRow):
    """One change of many claims at once. Each claim has its own event, right after the one that made the batch."""

    what = models.CharField(max_length=8, choices=BatchKind)
    made_by: MemberForeignKey[Person, Person] = MemberForeignKey()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(what__in=BatchKind.values), name="batch_is_known")]

    def __str__(self) -> str:
        return str(self.get_what_display())
