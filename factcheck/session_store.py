"""Sessions in the database, as Django keeps them, but found by a query that is made once.

That query also says when the session was used last, so that it is written down again only after SEEN_AGAIN.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from factcheck.prepared import Prepared

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.sessions.base_session import AbstractBaseSession

SEEN_AGAIN = timedelta(minutes=5)


def _session(key: str) -> QuerySet[Session]:
    """``seen_at``: when it was used last, as far as it is known; None for one that nobody is signed in with."""
    noted = UserSession.objects.filter(session_key=OuterRef("session_key"))
    return Session.objects.filter(session_key=key).annotate(seen_at=Subquery(noted.values("last_seen_at")[:1]))


SESSION = Prepared(_session, str)


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key: str | None) -> bool:
        """Django's own asks for its length alone, and the database refuses to look for a NUL."""
        base: Any = super()
        return bool(base._validate_session_key(key) and key and key.isascii() and key.isalnum())

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        session: Any = SESSION.first(self.session_key) if self.session_key else None
        now = timezone.now()
        if session is None or session.expire_date <= now:
            self._session_key = None
            return None
        if session.seen_at and now - session.seen_at >= SEEN_AGAIN:
            _note(session, now)
        return session  # type: ignore[no-any-return]  # a row of Django's, with what was annotated


def _note(session: Any, now: datetime) -> None:
    """That the session is in use. Of requests that come in at once one writes."""
    UserSession.objects.filter(session_key=session.pk, last_seen_at=session.seen_at).update(last_seen_at=now)
