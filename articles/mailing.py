"""The daily e-mail of what is new, for those who asked for it: one for each person and day, and none about nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from articles.models import Claim, Membership, Person, Role
from articles.queries.notices import unread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from articles.queries.notices import Told

SHOWN = 20
"""Notices of a desk in one e-mail; the others are behind a link."""
REVIEWS = 100
"""How far verdicts that wait are counted."""


class OfDesk(NamedTuple):
    """What is new for a person on one desk, and how many verdicts wait for their review."""

    member: Membership
    notices: list[Told]
    are_more: bool
    reviews: int


def due_for_a_digest(now: datetime) -> Iterator[Person]:
    """Who asked for it and has had none today, by the time of the site."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    none_today = Q(digest_sent_at=None) | Q(digest_sent_at__lt=midnight)
    return (
        Person.objects.filter(none_today, wants_digest=True, is_active=True).exclude(email="").order_by("id").iterator()
    )


def digest(person: Person, until: datetime) -> EmailMessage | None:
    """What is new for the person since the last one, as far as ``until``; None where that is nothing."""
    desks = [of_desk for of_desk in _desks(person, until) if of_desk.notices]
    if not desks:
        return None
    number = sum(len(of_desk.notices) for of_desk in desks)
    context: dict[str, Any] = {"person": person, "desks": desks, "site": settings.SITE_ADDRESS}
    body = render_to_string("mail/digest.txt", context)
    subject = f"{number} new notice{'' if number == 1 else 's'} on {_named(desks)}"
    return EmailMessage(subject=" ".join(subject.split()), body=body, to=[person.email])


def take_turn(person: Person, until: datetime) -> bool:
    """Note that the person gets today's, which tells of all until then; False where another process was first."""
    seen = Person.objects.filter(pk=person.pk, digest_sent_at=person.digest_sent_at)
    return bool(seen.update(digest_sent_at=until))


def give_turn_back(person: Person) -> None:
    """It could not be sent: the next run tries again."""
    Person.objects.filter(pk=person.pk).update(digest_sent_at=person.digest_sent_at)


def _desks(person: Person, until: datetime) -> Iterator[OfDesk]:
    memberships = Membership.objects.current().filter(person=person).select_related("desk", "person")
    for member in memberships.order_by("desk__name", "id"):
        found = unread(member, person.digest_sent_at, SHOWN + 1, until=until)
        waiting = Claim.objects.filter(desk_id=member.desk_id).waiting_for_review_by(person)[:REVIEWS]
        reviews = waiting.count() if member.may(Role.REVIEWER) else 0
        yield OfDesk(member, found[:SHOWN], len(found) > SHOWN, reviews)


def _named(desks: list[OfDesk]) -> str:
    return desks[0].member.desk.name if len(desks) == 1 else f"{len(desks)} desks"
