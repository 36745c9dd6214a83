from __future__ import annotations

from django.db import models
from django.db.models.functions import UUID7
from django.urls import reverse

from articles.models.base import EditableRow
from articles.models.person import Person

MOST_ORIGINS = 9
"""More independent origins no desk asks for."""


class Role(models.TextChoices):
    """What a member of a desk may do; each role may do all that the one before it may."""

    READER = "reader", "Reader"
    REVIEWER = "reviewer", "Reviewer"
    EDITOR = "editor", "Editor"
    ADMINISTRATOR = "administrator", "Administrator"

    @property
    def rank(self) -> int:
        return list(Role).index(self)


class Desk(models.Model):
    """A team and its work, walled off from other desks."""

    id = models.UUIDField(primary_key=True, db_default=UUID7(), editable=False)
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=40, unique=True)
    scale_code = models.SlugField(max_length=40, default="evidence")
    second_factor_required = models.BooleanField(
        default=False, db_default=False, help_text="it opens only to sessions that were opened with a second factor"
    )
    blind_reviews = models.BooleanField(default=False)
    origins_needed = models.PositiveSmallIntegerField(
        default=2, db_default=2, help_text="independent origins that are enough for a claim; 0 where none are asked for"
    )
    primary_is_enough = models.BooleanField(default=True, db_default=True)
    founded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(origins_needed__lte=MOST_ORIGINS), name="desk_origins_in_reason")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:desk", args=[self.slug])


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> MembershipQuerySet:
        return self.filter(ended_at=None)


class Membership(EditableRow):
    """One person's place on one desk. It ends, and is never deleted: past acts keep their names."""

    CONTENT = ("role",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=13, choices=Role)
    joined_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "person"], name="one_membership_per_person"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display().lower()}"

    def may(self, role: Role) -> bool:
        return self.ended_at is None and Role(self.role).rank >= role.rank

    def may_give(self, role: Role) -> bool:
        """Whether this member may invite somebody as that: an editor at least, and nobody above their own role."""
        return self.may(Role.EDITOR) and self.may(role)
