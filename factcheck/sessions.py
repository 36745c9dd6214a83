"""Where a person is signed in, and how that ends. allauth notes each sign-in; the session itself is Django's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.signals import password_changed
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.dispatch import receiver
from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser
    from django.db.models import QuerySet
    from django.http import HttpRequest

# The first that matches is meant: each of these says that it is one of those after it, too.
BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"(Firefox|FxiOS)/"),
    ("Chrome", r"(Chrome|CriOS|Chromium)/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("ChromeOS", r"CrOS"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One session, as the person reads it. ``used`` is when it was used last, to a few minutes."""

    id: int
    device: str
    ip: str
    since: datetime
    used: datetime
    is_here: bool


def places_of(request: HttpRequest, person: AbstractBaseUser) -> list[Place]:
    """Where the person is signed in: here first, then where they were last."""
    here = request.session.session_key
    found = _living(person).order_by("-last_seen_at", "-pk")
    places = [
        Place(row.pk, device_of(row.user_agent), row.ip, row.created_at, row.last_seen_at, row.session_key == here)
        for row in found
    ]
    return sorted(places, key=lambda place: not place.is_here)


def end(request: HttpRequest, person: AbstractBaseUser, place: int) -> bool:
    """End one other session of the person; False when there is none of that id any more."""
    return bool(_end(_of(person).filter(pk=place).exclude(session_key=request.session.session_key)))


def end_others(request: HttpRequest, person: AbstractBaseUser) -> int:
    """End every session but the one of this request, and say how many there were."""
    return _end(_of(person).exclude(session_key=request.session.session_key))


def end_all(person: AbstractBaseUser) -> int:
    return _end(_of(person))


@receiver(password_changed)
def _on_password_changed(request: HttpRequest, user: AbstractBaseUser, **_: Any) -> None:
    end_others(request, user)


def device_of(user_agent: str) -> str:
    """ "Firefox on Linux", as far as the browser says so."""
    browser, system = (_named(user_agent, names) for names in (BROWSERS, SYSTEMS))
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "A browser that does not say what it is"


def _named(user_agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for name, pattern in names if re.search(pattern, user_agent)), "")


def _of(person: AbstractBaseUser) -> QuerySet[Any]:
    rows: QuerySet[Any] = UserSession.objects.filter(user=person)
    return rows


def _living(person: AbstractBaseUser) -> QuerySet[Any]:
    session = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    return _of(person).filter(Exists(session))


@transaction.atomic
def _end(rows: QuerySet[Any]) -> int:
    keys = list(rows.values_list("session_key", flat=True))
    living = Session.objects.filter(session_key__in=keys)
    number = living.count()
    living.delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return number
