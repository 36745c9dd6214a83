from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import UUID7


class Person(AbstractUser):
    """Someone who signs in. What they may do is decided desk by desk, by their membership."""

    id = models.UUIDField(primary_key=True, db_default=UUID7(), editable=False)
    name = models.CharField(max_length=150)
    first_name = None  # type: ignore[assignment]  # takes away what Django's person has
    last_name = None  # type: ignore[assignment]  # likewise

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)
