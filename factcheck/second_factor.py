"""The second factor: who has one, whether this session was opened with it, and how its secrets are kept."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from allauth.mfa.webauthn.internal.auth import parse_authentication_response
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.dispatch import receiver
from qrcode.main import QRCode

from factcheck import sessions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser
    from django.http import HttpRequest

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What can be a second factor. Recovery codes only stand in for one."""

CODE_COUNTS = 90
"""Seconds for which a code of an authenticator app can be right: its own time, and that before and after it."""


class SecondFactorNeeded(PermissionDenied):
    """What was asked for needs a session that was opened with a second factor."""


def exists_for(person: str) -> Exists:
    """Whether the person whose id is in this column of the outer query has set up a second factor."""
    return Exists(Authenticator.objects.filter(user_id=OuterRef(person), type__in=KINDS))


def kinds_of(person: AbstractBaseUser) -> set[str]:
    return set(Authenticator.objects.filter(user=person, type__in=KINDS).values_list("type", flat=True))


@dataclass(frozen=True, slots=True)
class Passkey:
    id: int
    name: str
    added_at: datetime
    used_at: datetime | None
    signs_in: bool
    """Whether it opens the account by itself, and not only after the password."""


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person has set up. ``codes_left`` is None where there are no recovery codes."""

    app_since: datetime | None
    passkeys: list[Passkey]
    codes_left: int | None


def factors_of(person: AbstractBaseUser) -> Factors:
    rows = list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))
    app = next((row for row in rows if row.type == Authenticator.Type.TOTP), None)
    passkeys = [
        Passkey(row.pk, str(row), row.created_at, row.last_used_at, bool(row.wrap().is_passwordless))
        for row in rows
        if row.type == Authenticator.Type.WEBAUTHN
    ]
    codes = _codes_in(rows)
    return Factors(app.created_at if app else None, passkeys, None if codes is None else len(codes))


def codes_of(person: AbstractBaseUser) -> list[str] | None:
    """The recovery codes that are left; None where there are none at all."""
    return _codes_in(Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES))


def _codes_in(rows: Iterable[Any]) -> list[str] | None:
    kept = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    if kept is None:
        return None
    return list(kept.wrap().get_unused_codes()) if _deciphered(kept.data["seed"]) else []


@dataclass(frozen=True, slots=True)
class Picture:
    """A code that an authenticator app reads, as the outline of its black squares; ``size`` is that of its side."""

    outline: str
    size: int


def picture_of(address: str) -> Picture:
    code = QRCode(border=4)
    code.add_data(address)
    rows = code.get_matrix()
    squares = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return Picture("".join(squares), len(rows))


def is_proven(request: HttpRequest) -> bool:
    """Whether the signed-in person gave a second factor, or a recovery code, in this session."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def forget(person: AbstractBaseUser) -> int:
    """Take away every second factor and end every session. Returns how many factors there were."""
    found = Authenticator.objects.filter(user=person)
    number: int = found.filter(type__in=KINDS).count()
    found.delete()
    sessions.end_all(person)
    return number


@receiver(authenticator_added)
def _on_added(request: HttpRequest, user: AbstractBaseUser, authenticator: Authenticator, **_: Any) -> None:
    """Who has just shown that a factor works need not do so again; other sessions were opened without it."""
    if authenticator.type in KINDS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
        sessions.end_others(request, user)


@receiver(authenticator_removed)
def _on_removed(request: HttpRequest, user: AbstractBaseUser, **_: Any) -> None:
    sessions.end_others(request, user)


class OnceMixin:
    """A code of an authenticator app counts once, for as long as it could be right."""

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # that of the form it is mixed into
        form: Any = self
        if form.authenticator.type == Authenticator.Type.TOTP and not _is_first_use(form.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class OnceAuthenticateForm(OnceMixin, AuthenticateForm):  # type: ignore[misc]  # allauth carries no types
    pass


class OnceActivateForm(ActivateTOTPForm):  # type: ignore[misc]  # likewise
    """The code that sets the app up has been used by that: it confirms nothing and signs nobody in afterwards."""

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if not _is_first_use(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class OnceReauthenticateForm(OnceMixin, ReauthenticateForm):  # type: ignore[misc]  # likewise
    pass


class AloneForm(LoginWebAuthnForm):  # type: ignore[misc]  # likewise
    """A passkey signs in by itself only where it was made for that, and where it has asked who holds it.

    The challenge alone says neither: that of the second factor, which demands less, is kept in the same place.
    """

    def clean_credential(self) -> Authenticator:
        key: Authenticator = super().clean_credential()
        answer = parse_authentication_response(self.cleaned_data["credential"]).response
        if not (key.wrap().is_passwordless and answer.authenticator_data.is_user_verified()):
            raise get_adapter().validation_error("incorrect_code")
        return key


def _is_first_use(person: AbstractBaseUser, code: str) -> bool:
    used = hashlib.sha256("".join(code.split()).encode()).hexdigest()
    return bool(cache.add(f"second-factor:{person.pk}:{used}", True, timeout=CODE_COUNTS))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth carries no types
    """Says things in our words, and keeps secrets unreadable for whoever reads the database alone."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That was not right. Codes change every 30 seconds: type the one you see now.",
        "cannot_generate_recovery_codes": "Recovery codes stand in for a second factor. Set one up first.",
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        # Where the secret key of the site is another by now, nothing that anyone can type is right.
        return _deciphered(encrypted_text) or base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002  # allauth's
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return str(user.get_username())


def _deciphered(text: str) -> str:
    """Empty where no key of the site fits."""
    try:
        return _cipher().decrypt(text.encode()).decode()
    except InvalidToken:
        return ""


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"factcheck second factor" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
