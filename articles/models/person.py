from __future__ import annotations

import json

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import UUID7, Upper


class Person(AbstractUser):
    """Someone who signs in. What they may do is decided desk by desk, by their membership."""

    id = models.UUIDField(primary_key=True, db_default=UUID7(), editable=False)
    name = models.CharField(max_length=150)
    first_name = None  # type: ignore[assignment]  # takes away what Django's person has
    last_name = None  # type: ignore[assignment]  # likewise
    # How a person likes to work. It follows the account, and comes with it: no page asks for it.
    keys = models.JSONField(default=dict, blank=True, editable=False)
    keys_on = models.BooleanField(default=True, editable=False)
    whole_words = models.BooleanField(default=True, editable=False)
    closed = models.JSONField(default=list, blank=True, editable=False)
    wants_digest = models.BooleanField(default=False, editable=False)
    digest_sent_at = models.DateTimeField(null=True, editable=False)

    class Meta(AbstractUser.Meta):
        constraints = [
            # People sign in with it in small letters or large.
            models.UniqueConstraint(
                Upper("username"), name="username_once", violation_error_message="Someone else signs in with this name."
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    @property
    def keys_as_json(self) -> str:
        """The keys that were changed, by what they are at first."""
        return json.dumps(self.keys)

    def get_short_name(self) -> str:
        return str(self)
