from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models.base import EditableRow
from articles.models.desk import Role
from articles.models.fields import MemberForeignKey, has_words, set_together

LASTS = timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())


class Invitation(EditableRow):
    """A way onto the desk for one person: whoever has the link that was made with it may take it, once.

    The link holds a token, of which only the hash is kept. ``token`` is there for whoever made it, and never again.
    """

    token: str = ""

    invited = models.CharField(max_length=254, help_text="who is meant: a name or an e-mail address")
    role = models.CharField(max_length=13, choices=Role)
    link_sha256 = models.CharField(max_length=64)
    made_by = MemberForeignKey()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = MemberForeignKey(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = MemberForeignKey(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "link_sha256"], name="invitation_link_once"),
            models.CheckConstraint(condition=has_words("invited"), name="invitation_says_who"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_is_known"),
            models.CheckConstraint(condition=Q(link_sha256__regex="^[0-9a-f]{64}$"), name="invitation_keeps_a_hash"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at"), expires_at__lte=F("made_at") + LASTS),
                name="invitation_lasts_a_week",
            ),
            models.CheckConstraint(
                condition=set_together("accepted_at", "accepted_by"), name="invitation_accepted_by_someone"
            ),
            models.CheckConstraint(
                condition=set_together("revoked_at", "revoked_by"), name="invitation_revoked_by_someone"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None), name="invitation_ends_in_one_way"
            ),
        ]
        indexes = [
            models.Index(
                fields=["desk", "-id"], condition=Q(accepted_at=None, revoked_at=None), name="invitation_waiting"
            )
        ]

    def __str__(self) -> str:
        return self.invited

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
